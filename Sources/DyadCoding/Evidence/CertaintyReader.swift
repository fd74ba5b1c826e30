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
        let graph = SyntaxGraph(sentence)
        var (label, holder) = FactualityFinder(graph: graph, cues: cues).judge(head)
        let features = CertaintyFeatures(graph: graph, index: head, label: label)
        // The graded value is of the words in their sentence; who says the whole of it changes only class and holder.
        let value = value(features)
        if let statement = statement(around: span, in: article), holder.isEmpty, label == .asserted || label == .negated
        {
            label = label == .asserted ? .alleged : .denied
            holder = statement.source
        }
        return (label, holder, value)
    }

    /// A statement of another sentence that the words are part of: a quotation that goes on.
    private func statement(around span: Span, in article: AnnotatedArticle) -> Attribution? {
        guard let sentence = article.sentences.first(where: { $0.span.overlaps(span) }) else { return nil }
        return article.attributions.last { statement in
            !statement.cueSpan.overlaps(sentence.span) && !statement.source.isEmpty
                && (statement.content + statement.continued).contains { $0.contains(span) }
        }
    }

    private func value(_ features: CertaintyFeatures) -> Double {
        let plain = cues.certaintyWeight("class=\(features.label.rawValue)")
        guard features.isVerbal else { return plain }
        let sum = features.names().reduce(0) { $0 + cues.certaintyWeight($1) }
        let share = cues.certaintyWeight("share")
        return share * min(max(sum, -3), 3) + (1 - share) * plain
    }
}
