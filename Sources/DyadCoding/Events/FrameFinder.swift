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
            guard let best = matches.first else { continue }
            if let frame = frame(best) { out.append(frame) }
        }
        return pruned(out)
    }

    private func frame(_ match: PatternMatcher.Match) -> Frame? {
        let entry = match.entry
        var sources = parties.find(entry.sourceSlots.isEmpty ? Self.defaultSources : entry.sourceSlots, of: match.trigger, wantPlaces: false)
        var targets = parties.find(
            entry.targetSlots.isEmpty ? Self.defaultTargets : entry.targetSlots, of: match.trigger, wantPlaces: true,
            excluding: sources)
        if sources.isEmpty { sources = parties.find(Self.defaultSources, of: match.trigger, wantPlaces: false, excluding: targets) }
        if sources.isEmpty, let inherited = parties.inheritedSource(of: match.trigger, excluding: targets) { sources = inherited }
        if targets.isEmpty, !(entry.isMutual && bodies(sources).count > 1) {
            targets = parties.nearest(to: match.trigger, excluding: sources)
        }
        if entry.isMutual, targets.isEmpty, bodies(sources).count < 2 { return nil }
        return assembled(match, sources, targets)
    }

    private static let defaultSources = ["subj", "by", "poss", "amod", "compound", "of", "between", "from"].map { [$0] }
    private static let defaultTargets = [
        ["obj"], ["iobj"], ["to"], ["with"], ["against"], ["on"], ["for"], ["obj", "of"], ["obj", "with"], ["obj", "to"],
        ["obj", "against"], ["obj", "on"], ["obj", "amod"], ["obj", "poss"], ["of"],
    ]

    private func bodies(_ mentions: [ActorMention]) -> Set<String> { Set(mentions.compactMap(\.code.body)) }

    private func assembled(_ match: PatternMatcher.Match, _ sources: [ActorMention], _ targets: [ActorMention]) -> Frame? {
        let entry = match.entry
        let known = sources.filter { $0.code.body != nil }
        var reached = targets.filter { target in target.code.body != nil && !known.contains { $0.code == target.code } }
        guard !known.isEmpty else { return nil }
        var acting = known
        if entry.isMutual, !certainty.isRefusal(match.trigger) {
            acting += reached
            reached = []
            guard bodies(acting).count > 1 || Set(acting.map(\.code)).count > 1 else { return nil }
        } else if reached.isEmpty, !Self.oneSided.contains(entry.event) {
            return nil
        }
        let (factuality, holder) = certainty.judge(match.trigger)
        let isRefusal = factuality == .negated && certainty.isRefusal(match.trigger)
        let (type, mode) = Self.retyped(entry.event, entry.mode, factuality, isRefusal: isRefusal)
        return Frame(
            type: type, mode: mode, trigger: match.trigger, used: match.used,
            sources: unique(acting), targets: unique(reached), isMutual: entry.isMutual && type == entry.event,
            factuality: isRefusal || type == .threaten && entry.event != .threaten ? .asserted : factuality, holder: holder,
            rule: entry.pattern, file: entry.file, line: entry.line, specificity: entry.specificity,
            confidence: 0.45 + 0.05 * Double(min(entry.specificity, 6)))
    }

    /// Events that are events without anybody on the other side.
    private static let oneSided: Set<EventType> = [.protest, .mobilize]

    /// PLOVER's rules: cooperation that is only promised or planned is AGREE, a promise to yield CONCEDE; announced harm is
    /// THREATEN; cooperation that somebody says will not come is REJECT.
    private static func retyped(_ type: EventType, _ mode: String?, _ factuality: Factuality, isRefusal: Bool) -> (EventType, String?) {
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
