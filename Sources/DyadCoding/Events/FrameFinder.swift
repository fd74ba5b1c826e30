import DyadCodebook
import DyadCore

/// The frames of one sentence.
struct FrameFinder {
    let graph: SyntaxGraph
    let mentions: [ActorMention]
    let knowledge: Knowledge
    let certainty: FactualityFinder
    let parties: PartyFinder
    let isPair: Bool

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
        return knowledge.triggers.isAlone ? kept : withoutAtLarge(kept) + guesses(kept, silent)
    }

    /// "Western efforts", "a trip to North Africa": regions at large are parties only where nobody else is.
    func withoutAtLarge(_ frames: [Frame]) -> [Frame] {
        func isAtLarge(_ frame: Frame) -> Bool {
            [frame.sources, frame.targets].contains { !$0.isEmpty && !$0.contains(where: isNamed) }
        }
        return frames.contains { !isAtLarge($0) } ? frames.filter { !isAtLarge($0) } : frames
    }

    /// Lists of verbs do not mean the auxiliaries: "will" as a verb is no "will leave".
    func isMeant(_ match: PatternMatcher.Match, _ index: Int) -> Bool {
        if match.entry.isOwn { return graph.token(index).upos != "AUX" }
        return isPair || !isPartOfActor(index)
    }

    /// "a relief group", "an attack helicopter": a noun that only says of what kind somebody is.
    private func isPartOfActor(_ index: Int) -> Bool {
        graph.relation(index) == "compound" && graph.token(index).upos == "NOUN"
            && graph.head(index).map { head in
                mentions.contains { [.role, .organisation].contains($0.kind) && $0.head == head }
            } ?? false
    }

    func frame(_ match: PatternMatcher.Match) -> Frame? {
        let entry = match.entry
        var (sources, targets) = sides(match)
        if isVenue(match, targets) { return nil }
        if isReply(match.trigger), !isAddressed(targets, match.trigger) { return nil }
        if entry.isOwn { targets = ownTargets(match, sources, targets) }
        if entry.isMutual, targets.isEmpty, bodies(sources).count < 2 { return nil }
        return assembled(match, sources, targets)
    }

    func assembled(
        _ match: PatternMatcher.Match, _ sources: [ActorMention], _ targets: [ActorMention], isOpen: Bool = false
    ) -> Frame? {
        let entry = match.entry
        let known = sources.filter { $0.code.body != nil }
        let whole = parties.completed(
            targets, beside: known, at: match.trigger, isForced: BoundaryRules.isForced(entry.event, entry.mode))
        var reached = whole.map { ofTheirOwn($0, known, entry) }
            .filter { target in target.code.body != nil && !known.contains { $0.code == target.code } }
        reached = reached.filter { target in !known.contains { BoundaryRules.isOneSide($0.code, target.code) } }
        if known.isEmpty {
            let sufferers = sufferers(match.trigger).flatMap(graph.conjuncts)
            reached = reached.filter { mention in sufferers.contains { parties.denotes($0, mention) } }
        }
        guard !known.isEmpty || isBySomebody(match), !reached.isEmpty || !known.isEmpty else { return nil }
        let reading = reading(match, by: known)
        var acting = known
        // "will meet with dissidents" is a plan of the one who will; "they will meet" is one of both.
        let isOneWay = reading.type != entry.event && !known.isEmpty && !reached.isEmpty
        if !isPair, entry.event == .consult, isInterview(known, reached) { return nil }
        if entry.isMutual, !isOpen, !isOneWay, !certainty.isRefusal(match.trigger) {
            acting += reached
            reached = []
            guard bodies(acting).count > 1 || Set(acting.map(\.code)).count > 1 else { return nil }
        } else if reached.isEmpty, !isOpen, !BoundaryRules.isOneSided(entry.event, entry.mode) {
            return nil
        }
        return Frame(
            type: reading.type, mode: reading.mode, trigger: match.trigger, used: match.used,
            sources: unique(acting), targets: unique(reached),
            isMutual: entry.isMutual && !isOpen && reading.type == entry.event,
            factuality: reading.isRetold ? .asserted : reading.factuality, told: reading.factuality,
            holder: reading.holder,
            rule: entry.pattern, file: entry.file, line: entry.line, specificity: entry.specificity,
            confidence: 0.45 + 0.05 * Double(min(entry.specificity, 6)),
            isOpen: isOpen && !BoundaryRules.isOneSided(reading.type, reading.mode), isOwn: entry.isOwn,
            isReply: isReply(match.trigger), isUnnamed: entry.isUnnamed, code: entry.code)
    }

    /// Who suffers what nobody is named for: the subject of a passive, the object of "shells killed", the noun before
    /// "killed by shells", the place of "a mine exploded in" and "grenades were thrown at".
    private func sufferers(_ trigger: Int) -> [Int] {
        guard graph.isVerb(trigger) else { return graph.children(trigger, "nsubj") }
        let things = knowledge.triggers.members(of: "deadly_thing")
        var found = graph.children(trigger, graph.isPassive(trigger) || !isByThing(trigger) ? "nsubj" : "obj")
        if isByThing(trigger), graph.relation(trigger) == "acl", let noun = graph.head(trigger) { found = [noun] }
        if isByThing(trigger) || !found.isEmpty, found.allSatisfy({ things.contains(graph.lemma($0)) }) {
            found = graph.children(trigger, "obl")
        }
        return found
    }

    /// "Two Kenyan guards were abducted": harm without a word on who did it is an event by somebody unknown.
    func isBySomebody(_ match: PatternMatcher.Match) -> Bool {
        guard BoundaryRules.harm.contains(match.entry.event), !match.entry.isMutual,
            !match.used.contains(where: graph.isVerb)
        else { return false }
        return isByThing(match.trigger)
            || isAgentless(match.trigger) && graph.isPassiveClause(match.trigger)
    }

    /// "The army shelled a town in the west": a place at home stands for those who live there.
    private func ofTheirOwn(_ target: ActorMention, _ acting: [ActorMention], _ entry: TriggerEntry) -> ActorMention {
        guard !isPair, entry.event == .assault, target.kind == .country, target.code.sector == nil,
            acting.contains(where: { $0.code.body == target.code.body && $0.code.sector != nil })
        else { return target }
        var out = target
        out.code = ActorCode(target.code.body, sector: "CVL")
        return out
    }

    /// Talk with the press is no consultation.
    func isInterview(_ known: [ActorMention], _ reached: [ActorMention]) -> Bool {
        [known, reached].contains { side in !side.isEmpty && side.allSatisfy { $0.code.sector == "JRN" } }
    }

    /// A state, organisation or person, not a region or a people at large ("relations with Asia").
    func isNamed(_ mention: ActorMention) -> Bool { !mention.isCollective }

    /// Demonstrators: the harm that they do is a riot.
    func isCrowd(_ mention: ActorMention) -> Bool {
        knowledge.triggers.members(of: "conf_crowd").contains(graph.lemma(mention.head))
    }

    func unique(_ mentions: [ActorMention]) -> [ActorMention] {
        var seen: Set<ActorCode> = []
        return mentions.filter { seen.insert($0.code).inserted }
    }
}
