import DyadCore

/// Who a protest is against when its telling names nobody: the government of those who protest.
///
/// "Seven opposition parties called a general strike." Strikes and marches at home are aimed at those who govern (CAMEO
/// manual 1.1b3, root 14). A report that names other states leaves the other side open.
enum OwnGovernment {
    /// The frame with its own government as target, where it is a protest at home without a target.
    ///
    /// - Parameters:
    ///   - frame: the frame.
    ///   - mentions: all actors of the report.
    ///   - isState: whether a code is that of a state.
    /// - Returns: the frame, completed or as it was.
    static func completed(_ frame: Frame, among mentions: [ActorMention], isState: (String) -> Bool) -> Frame {
        guard frame.type == .protest, frame.targets.isEmpty, !frame.isMutual, let first = frame.sources.first,
            let body = first.code.body, isState(body),
            mentions.allSatisfy({ mention in mention.code.body.map { $0 == body || !isState($0) } ?? true })
        else { return frame }
        var government = first
        government.code = ActorCode(body, sector: "GOV")
        government.rule = "the protesters' own government"
        var out = frame
        out.targets = [government]
        out.rule += ", aimed at their own government"
        return out
    }
}
