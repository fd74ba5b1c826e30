public import DyadLanguage

/// The trained judge with workspaces of its own, for any thread.
public final class RelationJudge: Sendable {
    private let model: JudgeModel
    private let pool = WorkspacePool()

    /// A judge of a model.
    public init(model: JudgeModel) { self.model = model }

    /// Verdicts on marked pairs, in order.
    public func judge(_ pairs: [MarkedPair]) -> [Verdict] {
        guard !pairs.isEmpty else { return [] }
        let box = pool.take()
        defer { pool.give(box) }
        return model.judge(pairs, box)
    }
}
