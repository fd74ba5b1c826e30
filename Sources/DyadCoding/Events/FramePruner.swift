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
                let isSame = stronger.type == frame.type || isDemonstration(stronger, for: frame)
                if stronger.targets.isEmpty, !stronger.isMutual, isSame, !isTold[other] {
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
        if isDone(frame, under: stronger) { return false }
        if stronger.used.contains(frame.trigger) { return true }
        guard stronger.trigger != frame.trigger, graph.isUnder(frame.trigger, stronger.trigger),
            !isAside(frame.trigger, of: stronger.trigger)
        else { return false }
        let known = bodies(stronger.sources + stronger.targets)
        let isSame = bodies(frame.sources + frame.targets).isSubset(of: known)
        let isContent = Self.embedding.contains(stronger.type) && !isBeside(frame.trigger, stronger.trigger)
        if isSame, isContent || stronger.type == frame.type { return true }
        // "marched, calling for new elections", "blocked streets in defiance of the government".
        if isDemonstration(stronger, for: frame), isSame || isParticiple(frame.trigger, of: stronger.trigger) {
            return true
        }
        // "pressure to help Iran", "met him to discuss the war": what is wanted or meant is not done yet.
        guard isPurpose(frame.trigger, of: stronger.trigger),
            frame.sources.first.map({ known.contains($0.code.body ?? "") }) ?? true
        else {
            return false
        }
        // "will travel there to mediate": one plan.
        if stronger.type == .agree, stronger.told == .planned { return true }
        return stronger.type == .request || stronger.type == .reject || stronger.type == frame.type
            || isDemonstration(stronger, for: frame)
    }

    /// "agreed to free the pilot and freed him": a verb joined to the other one is no content of it.
    private func isBeside(_ index: Int, _ top: Int) -> Bool {
        var at = index
        while let up = graph.head(at), up != top { at = up }
        return graph.relation(at) == "conj" && graph.isVerb(at) && graph.isVerb(top)
    }

    /// "admits shelling Kosovo", "helped Peru arrest a Chilean": what the complement tells has happened, too.
    private func isDone(_ frame: Frame, under stronger: Frame) -> Bool {
        guard frame.factuality == .asserted, frame.told == .asserted, graph.isVerb(frame.trigger),
            stronger.factuality == .asserted, stronger.told == .asserted,
            ["xcomp", "ccomp"].contains(graph.relation(frame.trigger)), graph.head(frame.trigger) == stronger.trigger
        else { return false }
        let isHarm = BoundaryRules.harm.contains(frame.type) || frame.type == .sanction
        if stronger.type == .concede { return isHarm }
        let known = bodies(stronger.sources + stronger.targets)
        return stronger.type == .aid && isHarm && !bodies(frame.targets).isSubset(of: known)
    }

    /// "blocked roads to press the government": what a protest is for.
    private func isDemonstration(_ stronger: Frame, for frame: Frame) -> Bool {
        stronger.type == .protest && [.accuse, .request, .reject].contains(frame.type)
    }

    /// True for a participle beside the stronger word, without a subject of its own.
    private func isParticiple(_ index: Int, of top: Int) -> Bool {
        graph.head(index) == top && graph.relation(index) == "advcl" && graph.children(index, "nsubj").isEmpty
    }

    /// True for what a subject or a relative clause tells beside the stronger word: "Turkey, which they expelled, asked".
    private func isAside(_ index: Int, of top: Int) -> Bool {
        var at = index
        while at != top, let up = graph.head(at) {
            if graph.relation(at) == "nsubj" || graph.token(at).relation == "acl:relcl" { return true }
            at = up
        }
        return false
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
