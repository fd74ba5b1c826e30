public import DyadCodebook
public import DyadCore
import DyadLanguage

/// Names the event between two marked actors: the judge's probabilities with the vote of the rules.
///
/// The marked words stand in for the actors, whoever they are; the frames of the sentence are found as for a report, and
/// a frame whose sides are the marked ones votes for its event as in ``Ballot``.
public struct RelationCoder: Sendable {
    private let knowledge: Knowledge
    private let judge: RelationJudge

    /// A coder with a lexicon and a judge.
    public init(knowledge: Knowledge, judge: RelationJudge) {
        self.knowledge = knowledge
        self.judge = judge
    }

    /// Probability of every event between the marked actors of an analysed sentence, and the likeliest mode.
    public func relate(_ sentence: Sentence, source: [Range<Int>], target: [Range<Int>]) -> (
        events: [EventType: Double], mode: String?
    ) {
        let pair = MarkedPair(tokens: sentence.tokens, source: source, target: target)
        let verdict = judge.judge([pair]).first
        var scores: [EventType: Double] = [:]
        let total = EventType.allCases.reduce(0) { $0 + (verdict?.events[$1.rawValue] ?? 0) }
        for type in EventType.allCases { scores[type] = (verdict?.events[type.rawValue] ?? 0) / max(total, 1e-9) }
        let frame = frame(sentence, source, target)
        if let frame {
            let weight = min(Self.base + Self.step * Double(frame.specificity), Self.most)
            for type in EventType.allCases {
                scores[type] = (scores[type] ?? 0) * (1 - weight) + (type == frame.type ? weight : 0)
            }
        }
        let best = scores.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
        return (scores, best.flatMap { mode($0, frame, verdict) })
    }

    private static let base = 0.35, step = 0.04, most = 0.6

    private func mode(_ type: EventType, _ frame: Frame?, _ verdict: Verdict?) -> String? {
        if let frame, frame.type == type, let mode = frame.mode { return mode }
        let fitting = (verdict?.modes ?? [:]).filter { knowledge.codebook.hasMode($0.key, of: type) }
        guard let best = fitting.max(by: { $0.value < $1.value }), best.value > 0.3 else { return nil }
        return best.key
    }

    /// The most specific frame whose sides are the marked actors.
    private func frame(_ sentence: Sentence, _ source: [Range<Int>], _ target: [Range<Int>]) -> Frame? {
        let graph = SyntaxGraph(sentence)
        let mentions = source.map { mention($0, "SOURCE", graph) } + target.map { mention($0, "TARGET", graph) }
        let frames = FrameFinder(graph: graph, mentions: mentions, knowledge: knowledge, pair: true).frames().filter {
            frame in
            guard !frame.isGuess, !frame.isOpen else { return false }
            let bodies = Set((frame.sources + frame.targets).compactMap(\.code.body))
            return bodies.count == (source.isEmpty || target.isEmpty ? 1 : 2)
                && (frame.isMutual || frame.sources.first?.code.body == "SOURCE")
        }
        // Of two lines of equal weight the one of the main clause is meant.
        return frames.max {
            ($0.specificity, -graph.depth($0.trigger)) < ($1.specificity, -graph.depth($1.trigger))
        }
    }

    private func mention(_ tokens: Range<Int>, _ body: String, _ graph: SyntaxGraph) -> ActorMention {
        let head = tokens.first { i in graph.head(i).map { !tokens.contains($0) } ?? true } ?? tokens.lowerBound
        return ActorMention(
            code: ActorCode(body), name: body, kind: .organisation, tokens: tokens, head: head, sentence: 0,
            span: graph.sentence.span(of: tokens), rule: "marked")
    }
}
