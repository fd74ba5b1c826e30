import DyadCodebook
import DyadCore

/// What a matched line says where it stands.
extension FrameFinder {
    /// What a matched line says here: its event as negation, plans and conditions change it.
    struct Reading {
        var type: EventType
        var mode: String?
        var factuality: Factuality
        var holder: String
        /// True when the change makes it an act of its own: a refusal, a threat.
        var isRetold: Bool
    }

    func reading(_ match: PatternMatcher.Match, isCrowd: Bool) -> Reading {
        let entry = match.entry
        let (factuality, holder) = certainty.judge(match.trigger, ignoring: match.used)
        // A user's line says what its words mean, also of what is planned or left undone.
        if entry.isOwn {
            return Reading(
                type: entry.event, mode: entry.mode, factuality: factuality, holder: holder, isRetold: false)
        }
        let isRefusal = (factuality == .negated || factuality == .denied) && certainty.isRefusal(match.trigger)
        let announced = certainty.isSupposed(match.trigger) ? .hypothetical : factuality
        var (type, mode) = BoundaryRules.retyped(
            entry.event, entry.mode, announced, isRefusal: isRefusal, isCommitted: isCommitted(match.trigger) || isDecreed(match))
        if let ended = BoundaryRules.ended(entry.event), factuality == .negated || factuality == .denied,
            certainty.isNoLonger(match.trigger)
        {
            return Reading(
                type: ended, mode: "discontinue", factuality: .asserted, holder: holder, isRetold: true)
        }
        // "would have taken": what others report, not what somebody will do.
        if announced == .conditional || announced == .planned, certainty.isPerfect(match.trigger) {
            (type, mode) = (entry.event, entry.mode)
        }
        if certainty.isUltimatum(match.trigger), announced == .planned || announced == .conditional {
            (type, mode) = (.threaten, nil)
        }
        if type == .assault, isCrowd { (type, mode) = (.protest, "riot") }
        return Reading(
            type: type, mode: mode, factuality: factuality, holder: holder,
            isRetold: Self.isOwnAct(type, entry.event) || isRefusal && type != entry.event)
    }

    /// "agreed to freeze the assets of": the act stands under a word of commitment.
    func isCommitted(_ trigger: Int) -> Bool {
        let commissives = knowledge.triggers.members(of: "commissive")
        var at = trigger
        while ["xcomp", "conj", "acl", "obj"].contains(graph.relation(at)), let up = graph.head(at) {
            if commissives.contains(graph.lemma(up)) { return true }
            at = up
        }
        return false
    }

    /// "announced that it would ban imports": what a government makes known of its own measures is no threat.
    func isDecreed(_ match: PatternMatcher.Match) -> Bool {
        guard match.entry.event == .sanction || match.entry.event == .coerce,
            graph.relation(match.trigger) == "ccomp", let cue = graph.head(match.trigger),
            graph.children(match.trigger, "advcl").isEmpty
        else { return false }
        return knowledge.triggers.members(of: "announcing").contains(graph.lemma(cue))
    }

    /// A threat or refusal read from an act that is announced or left undone has itself taken place.
    static func isOwnAct(_ type: EventType, _ told: EventType) -> Bool {
        type != told && (type == .threaten || type == .reject)
    }
}
