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

    func reading(_ match: PatternMatcher.Match, by known: [ActorMention]) -> Reading {
        let isCrowd = !known.isEmpty && known.allSatisfy(isCrowd)
        let entry = match.entry
        let (factuality, holder) = certainty.judge(match.trigger, ignoring: match.used)
        // A user's line says what its words mean, also of what is planned or left undone.
        if entry.isOwn {
            return Reading(
                type: entry.event, mode: entry.mode, factuality: factuality, holder: holder, isRetold: false)
        }
        let isRefusal = (factuality == .negated || factuality == .denied) && certainty.isRefusal(match.trigger)
        let announced = certainty.isSupposed(match.trigger) ? .hypothetical : factuality
        let isFirm = isCommitted(match.trigger) || isDecreed(match)
        var (type, mode) = BoundaryRules.retyped(
            entry.event, entry.mode, announced, isRefusal: isRefusal, isCommitted: isFirm)
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
        if type == .protest, isVoiced(match, by: known) { (type, mode) = (.accuse, "disapprove") }
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

    /// "China protested against the sale": a government does not march, it complains.
    func isVoiced(_ match: PatternMatcher.Match, by known: [ActorMention]) -> Bool {
        guard !isPair, graph.isVerb(match.trigger),
            knowledge.triggers.members(of: "voicing").contains(graph.lemma(match.trigger))
        else { return false }
        return !known.isEmpty
            && known.allSatisfy { mention in
                let isPlural = ["NNS", "NNPS"].contains(graph.token(mention.head).xpos)
                if mention.code.sector == "GOV" { return true }
                return mention.code.sector == nil && mention.kind == .country && !isPlural
                    && graph.token(mention.head).upos == "PROPN"
            }
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
