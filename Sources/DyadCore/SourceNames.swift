/// Names the source of a statement that says only "he", "she", "they" or "I".
///
/// The words are those of the report itself: the name or noun phrase that the pronoun takes up. The place of the source
/// stays that of the pronoun.
public struct SourceNames: Sendable {
    /// A longer phrase is no name for anybody.
    private static let longest = 12

    private let document: Document
    private let chains: [EntityChain]
    /// Chain by where a pronoun stands.
    private let chainOf: [Span: Int]

    /// Names for the sources of an article whose chains of mentions are known.
    public init(_ article: AnnotatedArticle) {
        document = article.article.document
        chains = article.chains
        var chainOf: [Span: Int] = [:]
        for (number, chain) in article.chains.enumerated() {
            for mention in chain.mentions where mention.form == .pronoun { chainOf[mention.span] = number }
        }
        self.chainOf = chainOf
    }

    /// The attribution with its source in words that say who it is, and so for those nested in it.
    public func named(_ attribution: Attribution) -> Attribution {
        var out = attribution
        out.nested = attribution.nested.map(named)
        guard let span = attribution.sourceSpan, let number = chainOf[span],
            let mention = best(chains[number].mentions, before: span)
        else { return out }
        out.source = document.text(mention.span)
        out.kind = mention.form == .named ? .named : .role
        return out
    }

    /// A name before a noun phrase, the last one before the pronoun; failing that, the first one after it.
    private func best(_ mentions: [EntityMention], before span: Span) -> EntityMention? {
        let telling = mentions.filter { $0.form != .pronoun && $0.tokens.count <= Self.longest }
        let earlier = telling.filter { $0.span.start < span.start }
        return earlier.last { $0.form == .named } ?? earlier.last ?? telling.first
    }
}
