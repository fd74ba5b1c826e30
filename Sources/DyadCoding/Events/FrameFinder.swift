import DyadCodebook
import DyadCore

/// The frames of one sentence.
struct FrameFinder {
    let graph: SyntaxGraph
    let mentions: [ActorMention]
    let knowledge: Knowledge
    private let certainty: FactualityFinder
    private let parties: PartyFinder
    private let isPair: Bool

    /// A finder; with `pair`, both sides are given and the question is only what is between them.
    init(graph: SyntaxGraph, mentions: [ActorMention], knowledge: Knowledge, pair: Bool = false) {
        isPair = pair
        self.graph = graph
        self.mentions = mentions
        self.knowledge = knowledge
        certainty = FactualityFinder(graph: graph, cues: knowledge.cues)
        parties = PartyFinder(graph: graph, mentions: mentions, isPair: pair, knowledge: knowledge)
    }

    func frames() -> [Frame] {
        guard !mentions.isEmpty else { return [] }
        var out: [Frame] = []
        var silent: Set<Int> = []
        let matcher = PatternMatcher(graph: graph)
        for index in graph.sentence.tokens.indices {
            let all = matcher.matches(at: index, lexicon: knowledge.triggers).filter { isMeant($0, index) }
            // Lines behind one that says "no event" are not asked.
            let matches = all.prefix { !$0.entry.isSilent }
            if matches.count < all.count { silent.insert(index) }
            let told = matches.lazy.compactMap(frame)
            if let frame = (knowledge.triggers.isAlone ? nil : obligation(index))
                ?? told.first(where: { $0.isOwn || !$0.sources.isEmpty }) ?? told.first
                ?? matches.first.flatMap(openFrame)
            {
                out.append(frame)
            }
        }
        let kept = FramePruner(graph: graph).pruned(out)
        return knowledge.triggers.isAlone ? kept : kept + guesses(kept, silent)
    }

    /// Lists of verbs do not mean the auxiliaries: "will" as a verb is no "will leave".
    private func isMeant(_ match: PatternMatcher.Match, _ index: Int) -> Bool {
        !match.entry.isOwn || graph.token(index).upos != "AUX"
    }

    // MARK: - Frames without a pattern

    /// "Russia said that Sudan must return the helicopter": a demand of the speaker on the subject.
    private func obligation(_ index: Int) -> Frame? {
        guard certainty.isObligation(index), let cue = graph.head(index),
            ["ccomp", "parataxis"].contains(graph.relation(index)), knowledge.cues.stance(graph.lemma(cue), "v") != nil
        else { return nil }
        let speakers = graph.subjects(cue).flatMap { parties.actors(at: $0, depth: 0) }.filter {
            $0.code.body != nil && !$0.isPlace
        }
        let bound = graph.surfaceSubjects(index).flatMap { parties.actors(at: $0, depth: 0) }
            .filter { mention in mention.code.body != nil && !speakers.contains { $0.code == mention.code } }
        guard !speakers.isEmpty, !bound.isEmpty else { return nil }
        return Frame(
            type: .request, mode: "change", trigger: index, used: [], sources: unique(speakers), targets: unique(bound),
            isMutual: false,
            factuality: .asserted, holder: "", rule: "a speaker says that another must", file: "", line: 0,
            specificity: 3, confidence: 0.6)
    }

    /// Verbs with an actor on either side that no pattern knows: candidates for the judge alone.
    private func guesses(_ known: [Frame], _ silent: Set<Int>) -> [Frame] {
        let told = silent.union(known.map(\.trigger)).union(known.flatMap(\.used))
        return graph.sentence.tokens.indices.compactMap { index in
            guard graph.token(index).upos == "VERB", !told.contains(index),
                knowledge.cues.stance(graph.lemma(index), "v") == nil,
                !known.contains(where: { graph.isUnder(index, $0.trigger) && index != $0.trigger })
            else { return nil }
            let sources = parties.find([["subj"]], of: index, wantPlaces: false)
            let targets = parties.find(
                Self.defaultTargets + [["from"], ["obj", "from"]], of: index, wantPlaces: false,
                excludingBodies: bodies(sources))
            guard !sources.isEmpty, !targets.isEmpty, (sources + targets).allSatisfy(isNamed) else { return nil }
            let (factuality, holder) = certainty.judge(index)
            // What may or will be is too little for a guess.
            guard ![.planned, .hypothetical, .conditional, .requested].contains(factuality) else { return nil }
            return Frame(
                type: .consult, mode: nil, trigger: index, used: [], sources: unique(sources), targets: unique(targets),
                isMutual: false,
                factuality: factuality, holder: holder, rule: "", file: "", line: 0, specificity: 0, confidence: 0.5,
                isGuess: true)
        }
    }

    private func frame(_ match: PatternMatcher.Match) -> Frame? {
        let entry = match.entry
        var (sources, targets) = sides(match)
        if entry.isOwn { targets = ownTargets(match, sources, targets) }
        if entry.isMutual, targets.isEmpty, bodies(sources).count < 2 { return nil }
        return assembled(match, sources, targets)
    }

    /// A list of words around a verb does not say where the other side stands: whoever else the verb's phrase names.
    private func ownTargets(
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
    private func openFrame(_ match: PatternMatcher.Match) -> Frame? {
        let (sources, targets) = sides(match)
        guard bodies(targets).isSubset(of: bodies(sources)), bodies(sources).count == 1, isStatement(match.trigger),
            !match.entry.isMutual
        else { return nil }
        var frame = assembled(match, sources, [], isOpen: true)
        // "abducted two officers": somebody is named, only not whose.
        frame?.isVague =
            BoundaryRules.harm.contains(match.entry.event)
            && !parties.find([["obj"]], of: match.trigger, wantPlaces: true, nameless: true).isEmpty
        return frame
    }

    private func sides(_ match: PatternMatcher.Match) -> ([ActorMention], [ActorMention]) {
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
            if !others.isEmpty { targets = others }
        }
        if sources.isEmpty {
            sources = parties.find(Self.defaultSources, of: match.trigger, wantPlaces: false, excluding: targets)
        }
        if sources.isEmpty {
            let nameless = parties.find(sourceSlots, of: match.trigger, wantPlaces: false, nameless: true)
            sources = parties.completed(nameless, beside: targets, at: match.trigger)
        }
        if sources.isEmpty, !isAgentless(match.trigger),
            let inherited = parties.inheritedSource(of: match.trigger, excluding: targets)
        {
            sources = inherited
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
        return (sources, targets)
    }

    /// "officials accused of fraud": a passive without an agent does not say who acts.
    private func isAgentless(_ trigger: Int) -> Bool {
        !isPair && graph.isVerb(trigger) && graph.isPassive(trigger)
    }

    private static let defaultSources = ["subj", "by", "poss", "amod", "compound", "of", "between", "from"].map { [$0] }
    private static let defaultTargets = [
        ["obj"], ["iobj"], ["to"], ["with"], ["against"], ["on"], ["for"], ["obj", "of"], ["obj", "with"],
        ["obj", "to"],
        ["obj", "against"], ["obj", "on"], ["obj", "amod"], ["obj", "poss"], ["of"],
    ]

    private func bodies(_ mentions: [ActorMention]) -> Set<String> { Set(mentions.compactMap(\.code.body)) }

    private func assembled(
        _ match: PatternMatcher.Match, _ sources: [ActorMention], _ targets: [ActorMention], isOpen: Bool = false
    ) -> Frame? {
        let entry = match.entry
        let known = sources.filter { $0.code.body != nil }
        let whole = parties.completed(targets, beside: known, at: match.trigger)
        var reached = whole.filter { target in target.code.body != nil && !known.contains { $0.code == target.code } }
        reached = reached.filter { target in !known.contains { BoundaryRules.isOneSide($0.code, target.code) } }
        if known.isEmpty {
            let sufferers = graph.children(match.trigger, "nsubj").flatMap(graph.conjuncts)
            reached = reached.filter { mention in sufferers.contains { parties.denotes($0, mention) } }
        }
        guard !known.isEmpty || isBySomebody(match), !reached.isEmpty || !known.isEmpty else { return nil }
        let reading = reading(match, isCrowd: !known.isEmpty && known.allSatisfy(isCrowd))
        var acting = known
        // "will meet with dissidents" is a plan of the one who will; "they will meet" is one of both.
        let isOneWay = reading.type != entry.event && !known.isEmpty && !reached.isEmpty
        if entry.isMutual, !isOneWay, !certainty.isRefusal(match.trigger) {
            acting += reached
            reached = []
            guard bodies(acting).count > 1 || Set(acting.map(\.code)).count > 1 else { return nil }
        } else if reached.isEmpty, !isOpen, !BoundaryRules.isOneSided(entry.event, entry.mode) {
            return nil
        }
        return Frame(
            type: reading.type, mode: reading.mode, trigger: match.trigger, used: match.used,
            sources: unique(acting), targets: unique(reached),
            isMutual: entry.isMutual && reading.type == entry.event,
            factuality: reading.isRetold ? .asserted : reading.factuality, told: reading.factuality,
            holder: reading.holder,
            rule: entry.pattern, file: entry.file, line: entry.line, specificity: entry.specificity,
            confidence: 0.45 + 0.05 * Double(min(entry.specificity, 6)),
            isOpen: isOpen && !BoundaryRules.isOneSided(reading.type, reading.mode), isOwn: entry.isOwn,
            isUnnamed: entry.isUnnamed, code: entry.code)
    }

    /// What a matched line says here: its event as negation, plans and conditions change it.
    private struct Reading {
        var type: EventType
        var mode: String?
        var factuality: Factuality
        var holder: String
        /// True when the change makes it an act of its own: a refusal, a threat.
        var isRetold: Bool
    }

    private func reading(_ match: PatternMatcher.Match, isCrowd: Bool) -> Reading {
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
            entry.event, entry.mode, announced, isRefusal: isRefusal, isCommitted: isCommitted(match.trigger))
        if certainty.isUltimatum(match.trigger), announced == .planned || announced == .conditional {
            (type, mode) = (.threaten, nil)
        }
        if type == .assault, isCrowd { (type, mode) = (.protest, "riot") }
        return Reading(
            type: type, mode: mode, factuality: factuality, holder: holder,
            isRetold: Self.isOwnAct(type, entry.event) || isRefusal && type != entry.event)
    }

    /// A clause of its own, not a gerund in passing ("experience in fighting terrorism").
    private func isStatement(_ trigger: Int) -> Bool {
        guard graph.isVerb(trigger) else { return false }
        return !graph.children(trigger, "nsubj", "aux").isEmpty
            || ["root", "conj", "ccomp", "parataxis", "xcomp"].contains(graph.relation(trigger))
    }

    /// "agreed to freeze the assets of": the act stands under a word of commitment.
    private func isCommitted(_ trigger: Int) -> Bool {
        let commissives = knowledge.triggers.members(of: "commissive")
        var at = trigger
        while ["xcomp", "conj", "acl", "obj"].contains(graph.relation(at)), let up = graph.head(at) {
            if commissives.contains(graph.lemma(up)) { return true }
            at = up
        }
        return false
    }

    /// A threat or refusal read from an act that is announced or left undone has itself taken place.
    private static func isOwnAct(_ type: EventType, _ told: EventType) -> Bool {
        type != told && (type == .threaten || type == .reject)
    }

    /// "Two Kenyan guards were abducted": harm without a word on who did it is an event by somebody unknown.
    private func isBySomebody(_ match: PatternMatcher.Match) -> Bool {
        BoundaryRules.harm.contains(match.entry.event) && !match.entry.isMutual && isAgentless(match.trigger)
            && graph.isPassiveClause(match.trigger) && !match.used.contains(where: graph.isVerb)
    }

    /// A state, organisation or person, not a region or a people at large ("relations with Asia").
    private func isNamed(_ mention: ActorMention) -> Bool { !mention.rule.contains("generic_actors") }

    /// Demonstrators: the harm that they do is a riot.
    private func isCrowd(_ mention: ActorMention) -> Bool {
        knowledge.triggers.members(of: "conf_crowd").contains(graph.lemma(mention.head))
    }

    private func unique(_ mentions: [ActorMention]) -> [ActorMention] {
        var seen: Set<ActorCode> = []
        return mentions.filter { seen.insert($0.code).inserted }
    }
}
