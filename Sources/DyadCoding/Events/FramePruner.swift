import DyadCore

/// Takes out frames that other frames of the sentence already tell: a noun used as the object of a matched verb, the
/// complement of "agree to", "refuse to", "call for".
struct FramePruner {
    let graph: SyntaxGraph

    func pruned(_ frames: [Frame]) -> [Frame] {
        var frames = frames
        var isTold = [Bool](repeating: false, count: frames.count)
        for (index, frame) in frames.enumerated() {
            for (other, stronger) in frames.enumerated() where other != index && covers(stronger, frame) {
                isTold[index] = true
                // "began a strike to protest against Chile": the purpose names the other side.
                if stronger.targets.isEmpty, !stronger.isMutual, stronger.type == frame.type, !isTold[other] {
                    frames[other].targets = frame.targets
                    frames[other].isOpen = frame.isOpen
                }
            }
        }
        return frames.indices.filter { !isTold[$0] }.map { frames[$0] }
    }

    /// Speech acts whose complement is their content.
    private static let embedding: Set<EventType> = [.agree, .concede, .request, .reject, .threaten]

    private func covers(_ stronger: Frame, _ frame: Frame) -> Bool {
        if stronger.used.contains(frame.trigger), !graph.isVerb(frame.trigger) { return true }
        // "did not fail to condemn": what is denied takes nothing back.
        guard stronger.factuality != .negated || frame.factuality == .negated else { return false }
        if stronger.used.contains(frame.trigger) { return true }
        guard stronger.trigger != frame.trigger, graph.isUnder(frame.trigger, stronger.trigger) else { return false }
        let known = bodies(stronger.sources + stronger.targets)
        let isSame = bodies(frame.sources + frame.targets).isSubset(of: known)
        if isSame, Self.embedding.contains(stronger.type) || stronger.type == frame.type { return true }
        // "pressure to help Iran", "met him to discuss the war": what is wanted or meant is not done yet.
        guard isPurpose(frame.trigger, of: stronger.trigger),
            frame.sources.first.map({ known.contains($0.code.body ?? "") }) ?? true
        else {
            return false
        }
        return stronger.type == .request || stronger.type == .reject || stronger.type == frame.type
    }

    private func bodies(_ mentions: [ActorMention]) -> Set<String> { Set(mentions.compactMap(\.code.body)) }

    /// True when infinitives lead from one trigger down to the other.
    private func isPurpose(_ index: Int, of top: Int) -> Bool {
        var at = index
        var isInfinitive = false
        while at != top {
            guard let up = graph.head(at) else { return false }
            if graph.isVerb(at) {
                guard ["xcomp", "advcl", "acl", "conj"].contains(graph.relation(at)),
                    graph.token(at).relation != "acl:relcl"
                else { return false }
                isInfinitive = isInfinitive || graph.children(at, "mark").contains { graph.lemma($0) == "to" }
            }
            at = up
        }
        return isInfinitive
    }
}
