import DyadCore

/// One act told twice in a sentence: "killed nine people when they attacked a market".
enum SentenceRepeats {
    /// The frames without those that tell an event of the same kind, parties and class again; the surer one stays.
    static func dropped(_ frames: [Frame]) -> [Frame] {
        var kept: [Frame] = []
        // What a line of the lexicon says goes before what only the judge does.
        func rank(_ frame: Frame) -> Double { frame.confidence - (frame.isGuess ? 1 : 0) }
        for frame in frames.sorted(by: { (rank($1), $0.trigger) < (rank($0), $1.trigger) })
        where !kept.contains(where: { tells($0, frame) }) {
            kept.append(frame)
        }
        return kept
    }

    private static func tells(_ stronger: Frame, _ frame: Frame) -> Bool {
        guard stronger.type == frame.type, stronger.factuality == frame.factuality, !stronger.isOwn, !frame.isOwn,
            stronger.mode == frame.mode || stronger.mode == nil || frame.mode == nil,
            stronger.isMutual == frame.isMutual, stronger.trigger != frame.trigger
        else { return false }
        return bodies(stronger.sources) == bodies(frame.sources) && bodies(stronger.targets) == bodies(frame.targets)
    }

    private static func bodies(_ mentions: [ActorMention]) -> Set<String> { Set(mentions.map { $0.code.body ?? "-" }) }
}
