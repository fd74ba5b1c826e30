public import DyadCodebook
public import DyadCore

/// How factual given words are.
public struct FactualityReading: Sendable {
    /// One of the eight classes.
    public var label: Factuality
    /// Words of the holder; empty for the report itself.
    public var holder: String
    /// From -3 to 3: whether a reader takes it that this happened or holds; what is only to come is not there yet.
    public var value: Double
    /// From -3 to 3: how sure and with which sign the holder says it, at whatever time: a firm announcement counts fully.
    public var certainty: Double

    /// A reading; see the properties.
    public init(label: Factuality, holder: String, value: Double, certainty: Double) {
        self.label = label
        self.holder = holder
        self.value = value
        self.certainty = certainty
    }

    /// What is told plainly.
    public static let plain = FactualityReading(label: .asserted, holder: "", value: 3, certainty: 3)
}

/// Says how factual given words are, for texts whose events are marked by somebody else.
public struct CertaintyReader {
    private let cues: CueLexicon

    /// A reader with the cue words of a lexicon.
    public init(knowledge: Knowledge) { cues = knowledge.cues }

    /// Class, holder and both values of the words at a place.
    public func certainty(of span: Span, in article: AnnotatedArticle) -> FactualityReading {
        guard let sentence = article.sentences.first(where: { $0.span.overlaps(span) }) else { return .plain }
        let inside = sentence.tokens.indices.filter { sentence.tokens[$0].span.overlaps(span) }
        let head = inside.first { i in sentence.tokens[i].head < 0 || !inside.contains(sentence.tokens[i].head) }
        guard let head else { return .plain }
        let graph = SyntaxGraph(sentence)
        let finder = FactualityFinder(graph: graph, cues: cues)
        let judgement = finder.judgement(head)
        var label = judgement.label
        var holder = judgement.holder.map { NominalPhrase(graph: graph).text($0) } ?? ""
        let features = CertaintyFeatures(graph: graph, index: head, label: label)
        // The graded value is of the words in their sentence; who says the whole of it changes only class and holder.
        let value = value(features)
        let certainty = certainty(label, features, judgement.cue.map { graph.lemma($0) })
        if let statement = statement(around: span, in: article), holder.isEmpty, label == .asserted || label == .negated
        {
            label = label == .asserted ? .alleged : .denied
            holder = statement.source
        }
        return FactualityReading(label: label, holder: holder, value: value, certainty: certainty)
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

    /// What the class is worth whatever the time, unless the word that gives it or the auxiliary is less sure.
    private func certainty(_ label: Factuality, _ features: CertaintyFeatures, _ cue: String?) -> Double {
        let names = cue.map { ["certain&\(label.rawValue)&cue=\($0)", "certain&cue=\($0)"] } ?? []
        let helpers = features.names().filter { $0.hasPrefix("aux=") }.sorted().map { "certain&\($0)" }
        let words = label == .asserted || label == .alleged ? [] : names + helpers
        return words.lazy.compactMap { cues.certainty($0) }.first ?? cues.certaintyWeight("certain=\(label.rawValue)")
    }
}
