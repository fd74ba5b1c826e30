public import DyadCodebook
public import DyadCore

/// Why triggers of a sentence gave no event, for `explain`.
public struct NearMissReader {
    private let knowledge: Knowledge

    /// A reader with a trigger lexicon.
    public init(knowledge: Knowledge) { self.knowledge = knowledge }

    /// One line for each trigger whose frame gave no event.
    public func misses(in article: AnnotatedArticle, sentence index: Int) -> [String] {
        let sentence = article.sentences[index]
        let graph = SyntaxGraph(sentence)
        let coded = Set(article.events.filter { $0.sentence == index }.map(\.triggerSpan))
        let mentions = article.actors.filter { $0.sentence == index }
        let parties = PartyFinder(graph: graph, mentions: mentions, knowledge: knowledge)
        return sentence.tokens.indices.compactMap { at in
            guard !coded.contains(sentence.tokens[at].span),
                let match = PatternMatcher(graph: graph).matches(at: at, lexicon: knowledge.triggers).first
            else { return nil }
            let sources = parties.find(match.entry.sourceSlots, of: at, wantPlaces: false)
            let targets = parties.find(match.entry.targetSlots, of: at, wantPlaces: true)
            let reason =
                sources.isEmpty
                ? "no known actor as source" : targets.isEmpty ? "no known actor as target" : "told by another trigger"
            return "“\(sentence.tokens[at].form)” as \(match.entry.event.rawValue) (\(match.entry.pattern)): \(reason)"
        }
    }
}
