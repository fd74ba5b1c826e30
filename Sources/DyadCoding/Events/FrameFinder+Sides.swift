import DyadCodebook
import DyadCore

/// Who stands on either side of a matched line.
extension FrameFinder {
    /// A list of words around a verb does not say where the other side stands: whoever else the verb's phrase names.
    func ownTargets(
        _ match: PatternMatcher.Match, _ sources: [ActorMention], _ targets: [ActorMention]
    ) -> [ActorMention] {
        if match.entry.isMutual { return [] }
        let acting = bodies(sources)
        let others = targets.filter { $0.code.body.map { !acting.contains($0) } ?? true }
        guard others.isEmpty, !acting.isEmpty else { return targets }
        let nearest = parties.nearest(to: match.trigger, excluding: sources, places: true, isMutual: false)
        if !nearest.isEmpty { return nearest }
        let rest = parties.find([["words-after"]], of: match.trigger, wantPlaces: true, excludingBodies: acting)
        if let first = rest.min(by: { $0.tokens.lowerBound < $1.tokens.lowerBound }) { return [first] }
        // Nobody but itself: only its own people or services are another side.
        return targets.filter { $0.code.sector != nil }
    }

    /// A frame with its source only: the other side is what the report has been speaking of.
    func openFrame(_ match: PatternMatcher.Match) -> Frame? {
        let (sources, targets) = sides(match)
        let venue = isVenue(match, targets) ? targets : []
        let isAnswer = isReply(match.trigger) && !isAddressed(targets, match.trigger)
        guard !venue.isEmpty || isAnswer || bodies(targets).isSubset(of: bodies(sources)),
            bodies(sources).count == 1, isStatement(match.trigger),
            !match.entry.isMutual || BoundaryRules.signed.contains(match.entry.event)
        else { return nil }
        var frame = assembled(match, sources, [], isOpen: true)
        frame?.venue = venue
        frame?.victims = victims(match)?.mentions ?? []
        if isAnswer { frame?.tellers = tellers(match.trigger, sources) }
        // "abducted two officers": somebody is named, only not whose.
        frame?.isVague =
            BoundaryRules.harm.contains(match.entry.event)
            && !parties.find([["obj"]], of: match.trigger, wantPlaces: true, nameless: true).isEmpty
        return frame
    }

    /// "lodged a complaint with the WTO": the body that hears a case is not who it is brought against.
    func isVenue(_ match: PatternMatcher.Match, _ targets: [ActorMention]) -> Bool {
        guard !isPair, !match.entry.isOwn, !targets.isEmpty else { return false }
        let cases = knowledge.triggers.members(of: "legal_case"), arbiters = knowledge.triggers.members(of: "arbiter")
        return ([match.trigger] + match.used).contains { cases.contains(graph.lemma($0)) }
            && targets.allSatisfy { arbiters.contains($0.code.body ?? "") }
    }

    func sides(_ match: PatternMatcher.Match) -> ([ActorMention], [ActorMention]) {
        let entry = match.entry
        let sourceSlots = entry.sourceSlots.isEmpty ? Self.defaultSources : entry.sourceSlots
        let targetSlots = entry.targetSlots.isEmpty ? Self.defaultTargets : entry.targetSlots
        let isAdjective = entry.pos == "a"
        var sources = parties.find(sourceSlots, of: match.trigger, wantPlaces: false, asAdjective: isAdjective)
        var targets = parties.find(
            targetSlots, of: match.trigger, wantPlaces: true, excluding: sources, asAdjective: isAdjective)
        if !targets.isEmpty, targets.allSatisfy({ parties.isOwned($0, by: sources) }) {
            // "offered to hand its nationals to Britain": who receives them is the other side.
            let others = parties.find(
                targetSlots, of: match.trigger, wantPlaces: false, excludingBodies: bodies(sources))
            // "denied that its men were missing" is said to somebody else.
            if !others.isEmpty || entry.event == .reject { targets = others }
        }
        if sources.isEmpty {
            sources = parties.find(Self.defaultSources, of: match.trigger, wantPlaces: false, excluding: targets)
        }
        if sources.isEmpty {
            let nameless = parties.find(sourceSlots, of: match.trigger, wantPlaces: false, nameless: true)
            sources = parties.completed(nameless, beside: targets, at: match.trigger)
        }
        if sources.isEmpty, !isPair, graph.isVerb(match.trigger) {
            sources = deadlyThings(match.trigger).flatMap { owners(of: $0, at: match.trigger) }
                .filter { owner in !targets.contains { $0.code == owner.code } }
        }
        if sources.isEmpty, !isAgentless(match.trigger),
            let inherited = parties.inheritedSource(of: match.trigger, excluding: targets)
        {
            sources = inherited
        }
        if sources.isEmpty, !isPair, entry.event == .protest {
            let masses = knowledge.triggers.members(of: "masses")
            sources = parties.crowd(of: match.trigger, isCrowd: masses.contains)
        }
        if sources.isEmpty, !isPair, isAgentless(match.trigger), !BoundaryRules.harm.contains(entry.event) {
            let announcing = knowledge.triggers.members(of: "announcing")
            sources =
                entry.event == .protest ? [] : parties.announcer(of: match.trigger, isAnnouncing: announcing.contains)
        }
        if targets.isEmpty {
            targets = parties.find(
                targetSlots, of: match.trigger, wantPlaces: false, excluding: sources, nameless: true)
        }
        if targets.isEmpty, !entry.isMutual || bodies(sources).count < 2 {
            targets = parties.nearest(
                to: match.trigger, excluding: sources,
                places: entry.isOwn || BoundaryRules.spatial.contains(entry.event),
                isMutual: entry.isMutual)
        }
        return (sources, withoutVictims(targets, match))
    }

    /// "condemned the attack on Ghana", "demanded the release of the officers": whom the deed has hit that somebody is
    /// accused of or asked to undo.
    private func victims(_ match: PatternMatcher.Match) -> (deed: Int, mentions: [ActorMention])? {
        guard match.entry.event == .accuse || match.entry.event == .request, !isPair, !match.entry.isOwn,
            let deed = deed(match.trigger, isDemand: match.entry.event == .request)
        else { return nil }
        let phrases = graph.children(deed, "nmod").filter {
            ["on", "of", "against"].contains(graph.preposition($0) ?? "") && graph.token($0).relation != "nmod:poss"
        }
        return (
            deed,
            mentions.filter { mention in
                phrases.contains { graph.isUnder(mention.head, $0) }
            }
        )
    }

    /// The deed under a verb or noun of condemning, the undoing under one of demanding.
    private func deed(_ trigger: Int, isDemand: Bool) -> Int? {
        let triggers = knowledge.triggers
        if !isDemand, !triggers.members(of: "condemning").contains(graph.lemma(trigger)) { return nil }
        let deeds = triggers.members(of: isDemand ? "freeing" : "deed")
        var nouns =
            graph.isVerb(trigger) ? graph.children(trigger, "obj") : graph.children(trigger, "nmod")
        if isDemand, graph.isVerb(trigger) {
            nouns += graph.children(trigger, "obl").filter { graph.preposition($0) == "for" }
        }
        return nouns.first { deeds.contains(graph.lemma($0)) }
    }

    /// Those of the targets that may be accused; whoever did the deed where only its victims were found.
    private func withoutVictims(_ targets: [ActorMention], _ match: PatternMatcher.Match) -> [ActorMention] {
        guard let (deed, victims) = victims(match), !victims.isEmpty, targets.allSatisfy(victims.contains) else {
            return targets
        }
        return mentions.filter {
            $0.code.body != nil && !$0.isPlace && graph.isUnder($0.head, deed) && !victims.contains($0)
        }
    }

    /// "officials accused of fraud": a passive without an agent does not say who acts.
    func isAgentless(_ trigger: Int) -> Bool {
        !isPair && graph.isVerb(trigger) && (graph.isPassive(trigger) || isByThing(trigger))
    }

    /// "killed by mortars", "shells killed nine": what does it is a thing, and nobody says whose.
    func isByThing(_ trigger: Int) -> Bool {
        guard !isPair, graph.isVerb(trigger) else { return false }
        return deadlyThings(trigger).contains { owners(of: $0, at: trigger).isEmpty }
    }

    /// Weapons, blasts and clashes as what does it.
    private func deadlyThings(_ trigger: Int) -> [Int] {
        let things = knowledge.triggers.members(of: "deadly_thing")
        return doers(trigger).filter { things.contains(graph.lemma($0)) }
    }

    /// The agent of a passive, or the subject; a relative pronoun is the noun it stands for.
    private func doers(_ trigger: Int) -> [Int] {
        let agents = graph.children(trigger, full: "obl:agent")
        let found = agents.isEmpty && !graph.isPassive(trigger) ? graph.children(trigger, "nsubj") : agents
        return found.map { graph.antecedent($0) ?? $0 }
    }

    /// "shells fired from the Iraqi side killed nine": whoever is named with the thing that does it.
    private func owners(of thing: Int, at trigger: Int) -> [ActorMention] {
        let isRelative = graph.isUnder(trigger, thing)
        return mentions.filter { mention in
            mention.code.body != nil && !mention.isPlace && graph.isUnder(mention.head, thing)
                && !(isRelative && graph.isUnder(mention.head, trigger))
        }
    }

    /// Who tells of an answer without giving it: most often the one who has asked.
    private func tellers(_ trigger: Int, _ sources: [ActorMention]) -> [ActorMention] {
        let acting = bodies(sources)
        var at = trigger
        while ["ccomp", "parataxis", "xcomp"].contains(graph.relation(at)), let cue = graph.head(at) {
            let speakers = graph.subjects(cue).flatMap { parties.actors(at: $0, depth: 0) }
            if let speaker = speakers.first(where: { $0.code.body.map { !acting.contains($0) } ?? false }) {
                return [speaker]
            }
            at = cue
        }
        return []
    }

    /// What an answer is given to.
    private func answered(_ trigger: Int) -> [Int] {
        graph.isPassive(trigger) ? graph.children(trigger, "nsubj") : graph.children(trigger, "obj")
    }

    /// True when the verb's own phrase names whom an answer is given to; "it" is what is answered.
    func isAddressed(_ targets: [ActorMention], _ trigger: Int) -> Bool {
        let objects = answered(trigger)
        return targets.contains { target in
            graph.isUnder(target.head, trigger) && !(target.kind == .pronoun && objects.contains(target.head))
        }
    }

    /// "accepted the offer", "turned down a clause of it": an answer, in words that do not say to whom.
    func isReply(_ trigger: Int) -> Bool {
        guard !isPair, graph.isVerb(trigger), knowledge.triggers.members(of: "replying").contains(graph.lemma(trigger))
        else { return false }
        let proposals = knowledge.triggers.members(of: "proposal")
        return answered(trigger).contains { object in
            (proposals.contains(graph.lemma(object)) || ["it", "this", "that"].contains(graph.lemma(object)))
                && !mentions.contains { $0.kind != .pronoun && graph.isUnder($0.head, object) }
        }
    }

    static let defaultSources = ["subj", "by", "poss", "amod", "compound", "of", "between", "from"].map { [$0] }
    static let defaultTargets = [
        ["obj"], ["iobj"], ["to"], ["with"], ["against"], ["on"], ["for"], ["obj", "of"], ["obj", "with"],
        ["obj", "to"],
        ["obj", "against"], ["obj", "on"], ["obj", "amod"], ["obj", "poss"], ["of"],
    ]

    func bodies(_ mentions: [ActorMention]) -> Set<String> { Set(mentions.compactMap(\.code.body)) }

    /// A clause of its own, not a gerund in passing ("experience in fighting terrorism").
    func isStatement(_ trigger: Int) -> Bool {
        guard graph.isVerb(trigger) else { return false }
        return !graph.children(trigger, "nsubj", "aux").isEmpty
            || ["root", "conj", "ccomp", "parataxis", "xcomp"].contains(graph.relation(trigger))
    }
}
