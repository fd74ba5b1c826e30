import DyadCodebook
import DyadCore

/// The frames of one sentence.
struct FrameFinder {
    let graph: SyntaxGraph
    let mentions: [ActorMention]
    let knowledge: Knowledge
    private let certainty: FactualityFinder
    private let parties: PartyFinder

    init(graph: SyntaxGraph, mentions: [ActorMention], knowledge: Knowledge) {
        self.graph = graph
        self.mentions = mentions
        self.knowledge = knowledge
        certainty = FactualityFinder(graph: graph, cues: knowledge.cues)
        parties = PartyFinder(graph: graph, mentions: mentions)
    }

    func frames() -> [Frame] {
        guard !mentions.isEmpty else { return [] }
        var out: [Frame] = []
        let matcher = PatternMatcher(graph: graph)
        for index in graph.sentence.tokens.indices {
            let matches = matcher.matches(at: index, lexicon: knowledge.triggers)
            if let frame = matches.first.flatMap(frame) ?? obligation(index) { out.append(frame) }
        }
        let kept = pruned(out)
        return kept.isEmpty ? guesses(kept) : kept
    }

    // MARK: - Frames without a pattern

    /// "Russia said that Sudan must return the helicopter": a demand of the speaker on the subject.
    private func obligation(_ index: Int) -> Frame? {
        guard graph.isVerb(index), certainty.isObligation(index), let cue = graph.head(index),
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
    private func guesses(_ known: [Frame]) -> [Frame] {
        let told = Set(known.map(\.trigger)).union(known.flatMap(\.used))
        return graph.sentence.tokens.indices.compactMap { index in
            guard graph.token(index).upos == "VERB", !told.contains(index),
                knowledge.cues.stance(graph.lemma(index), "v") == nil,
                !known.contains(where: { graph.isUnder(index, $0.trigger) && index != $0.trigger })
            else { return nil }
            let sources = parties.find([["subj"]], of: index, wantPlaces: false)
            let targets = parties.find(
                Self.defaultTargets + [["from"], ["obj", "from"]], of: index, wantPlaces: false, excluding: sources)
            guard !sources.isEmpty, !targets.isEmpty, bodies(sources).isDisjoint(with: bodies(targets)) else {
                return nil
            }
            let (factuality, holder) = certainty.judge(index)
            return Frame(
                type: .consult, mode: nil, trigger: index, used: [], sources: unique(sources), targets: unique(targets),
                isMutual: false,
                factuality: factuality, holder: holder, rule: "", file: "", line: 0, specificity: 0, confidence: 0.5,
                isGuess: true)
        }
    }

    private func frame(_ match: PatternMatcher.Match) -> Frame? {
        let entry = match.entry
        var sources = parties.find(
            entry.sourceSlots.isEmpty ? Self.defaultSources : entry.sourceSlots, of: match.trigger, wantPlaces: false)
        var targets = parties.find(
            entry.targetSlots.isEmpty ? Self.defaultTargets : entry.targetSlots, of: match.trigger, wantPlaces: true,
            excluding: sources)
        if sources.isEmpty {
            sources = parties.find(Self.defaultSources, of: match.trigger, wantPlaces: false, excluding: targets)
        }
        if sources.isEmpty {
            sources = parties.completed(
                parties.find(
                    entry.sourceSlots.isEmpty ? Self.defaultSources : entry.sourceSlots, of: match.trigger,
                    wantPlaces: false, nameless: true),
                beside: targets, at: match.trigger)
        }
        if sources.isEmpty, let inherited = parties.inheritedSource(of: match.trigger, excluding: targets) {
            sources = inherited
        }
        if targets.isEmpty {
            targets = parties.find(
                entry.targetSlots.isEmpty ? Self.defaultTargets : entry.targetSlots, of: match.trigger,
                wantPlaces: false, excluding: sources, nameless: true)
        }
        if targets.isEmpty, !(entry.isMutual && bodies(sources).count > 1) {
            targets = parties.nearest(to: match.trigger, excluding: sources)
        }
        if entry.isMutual, targets.isEmpty, bodies(sources).count < 2 { return nil }
        return assembled(match, sources, targets)
    }

    private static let defaultSources = ["subj", "by", "poss", "amod", "compound", "of", "between", "from"].map { [$0] }
    private static let defaultTargets = [
        ["obj"], ["iobj"], ["to"], ["with"], ["against"], ["on"], ["for"], ["obj", "of"], ["obj", "with"],
        ["obj", "to"],
        ["obj", "against"], ["obj", "on"], ["obj", "amod"], ["obj", "poss"], ["of"],
    ]

    private func bodies(_ mentions: [ActorMention]) -> Set<String> { Set(mentions.compactMap(\.code.body)) }

    private func assembled(_ match: PatternMatcher.Match, _ sources: [ActorMention], _ targets: [ActorMention])
        -> Frame?
    {
        let entry = match.entry
        let known = sources.filter { $0.code.body != nil }
        let whole = parties.completed(targets, beside: known, at: match.trigger)
        var reached = whole.filter { target in target.code.body != nil && !known.contains { $0.code == target.code } }
        reached = reached.filter { target in !known.contains { Self.isOneSide($0.code, target.code) } }
        guard !known.isEmpty else { return nil }
        var acting = known
        if entry.isMutual, !certainty.isRefusal(match.trigger) {
            acting += reached
            reached = []
            guard bodies(acting).count > 1 || Set(acting.map(\.code)).count > 1 else { return nil }
        } else if reached.isEmpty, !Self.oneSided.contains(entry.event) {
            return nil
        }
        let (factuality, holder) = certainty.judge(match.trigger, ignoring: match.used)
        let isRefusal = (factuality == .negated || factuality == .denied) && certainty.isRefusal(match.trigger)
        let (type, mode) = Self.retyped(entry.event, entry.mode, factuality, isRefusal: isRefusal)
        let isRetold = type != entry.event && (isRefusal || type == .threaten)
        return Frame(
            type: type, mode: mode, trigger: match.trigger, used: match.used,
            sources: unique(acting), targets: unique(reached), isMutual: entry.isMutual && type == entry.event,
            factuality: isRetold ? .asserted : factuality, told: factuality,
            holder: holder,
            rule: entry.pattern, file: entry.file, line: entry.line, specificity: entry.specificity,
            confidence: 0.45 + 0.05 * Double(min(entry.specificity, 6)))
    }

    /// Two offices of one state, or a body and itself: no event between them.
    ///
    /// A state and its people are two sides.
    private static func isOneSide(_ source: ActorCode, _ target: ActorCode) -> Bool {
        guard let body = source.body, body == target.body else { return false }
        func isAuthority(_ code: ActorCode) -> Bool {
            ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"].contains(code.sector ?? "GOV")
        }
        return isAuthority(source) == isAuthority(target)
    }

    /// Events that are events without anybody on the other side.
    private static let oneSided: Set<EventType> = [.protest, .mobilize]

    /// PLOVER's rules: cooperation that is only promised or planned is AGREE, a promise to yield CONCEDE; announced harm is
    /// THREATEN; cooperation that somebody says will not come is REJECT.
    private static func retyped(_ type: EventType, _ mode: String?, _ factuality: Factuality, isRefusal: Bool) -> (
        EventType, String?
    ) {
        if isRefusal {
            switch type {
            case .support, .cooperate, .aid, .agree: return (.reject, "assist")
            case .consult: return (.reject, "meet")
            case .concede, .retreat: return (.reject, "yield")
            default: return (type, mode)
            }
        }
        guard factuality == .planned || factuality == .conditional else { return (type, mode) }
        switch type {
        case .support, .cooperate, .aid, .consult: return (.agree, nil)
        case .retreat: return (.concede, nil)
        case .assault, .mobilize: return (.threaten, "violence")
        case .sanction, .coerce, .protest: return (.threaten, nil)
        default: return (type, mode)
        }
    }

    private func unique(_ mentions: [ActorMention]) -> [ActorMention] {
        var seen: Set<ActorCode> = []
        return mentions.filter { seen.insert($0.code).inserted }
    }

    /// Frames that others already tell are taken out: a noun used as the object of a matched verb, the complement of
    /// "agree to", "refuse to", "call for" with the same parties.
    private func pruned(_ frames: [Frame]) -> [Frame] {
        frames.enumerated().filter { index, frame in
            !frames.enumerated().contains { other, stronger in
                other != index && covers(stronger, frame)
            }
        }.map(\.element)
    }

    private static let embedding: Set<EventType> = [.agree, .concede, .request, .reject, .threaten]

    private func covers(_ stronger: Frame, _ frame: Frame) -> Bool {
        if stronger.used.contains(frame.trigger) { return true }
        guard stronger.trigger != frame.trigger, graph.isUnder(frame.trigger, stronger.trigger) else { return false }
        let same = bodies(frame.sources + frame.targets).isSubset(of: bodies(stronger.sources + stronger.targets))
        if Self.embedding.contains(stronger.type), same { return true }
        return same && stronger.type == frame.type
    }
}
