public import DyadCodebook
public import DyadCore

/// How factual given words are, for texts whose events are marked by somebody else.
public struct CertaintyReader {
    private let cues: CueLexicon

    /// A reader with the cue words of a lexicon.
    public init(knowledge: Knowledge) { cues = knowledge.cues }

    /// Class, words of the holder, and a value from -3 (certainly not) to 3 (certainly).
    public func certainty(of span: Span, in article: AnnotatedArticle) -> (Factuality, String, Double) {
        guard let sentence = article.sentences.first(where: { $0.span.overlaps(span) }) else {
            return (.asserted, "", 3)
        }
        let inside = sentence.tokens.indices.filter { sentence.tokens[$0].span.overlaps(span) }
        let head = inside.first { i in sentence.tokens[i].head < 0 || !inside.contains(sentence.tokens[i].head) }
        guard let head else { return (.asserted, "", 3) }
        let (label, holder) = FactualityFinder(graph: SyntaxGraph(sentence), cues: cues).judge(head)
        return (label, holder, Self.value(label))
    }

    private static func value(_ label: Factuality) -> Double {
        switch label {
        case .asserted: 2.9
        case .alleged: 2
        case .negated: -2.5
        case .denied: -1.5
        case .planned: 0.5
        case .requested, .conditional, .hypothetical: -0.5
        }
    }
}
