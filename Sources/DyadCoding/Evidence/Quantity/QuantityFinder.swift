public import DyadCodebook
public import DyadCore

/// Finds amounts with their units: counts with the thing counted, money, shares, durations, measures, ranks.
///
/// A number that stands alone ("and wounded more than 40", "the governor counted 31") counts what the number before it
/// in the same paragraph counted.
public struct QuantityFinder: Stage {
    public let name = "quantity"
    public let requires: Set<Layer> = [.sentences, .names, .actors, .times]
    public let provides: Set<Layer> = [.quantities]
    private let lexicon: QuantityLexicon

    /// A finder with the words of a lexicon.
    public init(knowledge: Knowledge) { lexicon = knowledge.quantities }

    public func annotate(_ article: inout AnnotatedArticle) {
        let dates = Dictionary(grouping: article.times.filter { $0.type != "DURATION" }, by: \.sentence)
        let actors = Dictionary(grouping: article.actors, by: \.sentence)
        let weights = Self.weights(article.actors)
        var earlier: QuantityReader.Counted?
        for (index, sentence) in article.sentences.enumerated() {
            let before = index > 0 ? article.sentences[index - 1] : nil
            let previous = before?.block == sentence.block ? before : nil
            if previous == nil { earlier = nil }
            var reader = QuantityReader(
                sentence: sentence, index: index, lexicon: lexicon, weights: weights, actors: actors[index] ?? [],
                dates: (dates[index] ?? []).map(\.span), earlier: earlier, previous: previous,
                document: article.article.document)
            reader.run()
            article.quantities += reader.found
            article.diagnostics += reader.diagnostics
            earlier = reader.earlier
        }
    }

    /// How often each state is named.
    private static func weights(_ actors: [ActorMention]) -> [String: Int] {
        var out: [String: Int] = [:]
        for actor in actors { if let body = actor.code.body { out[body, default: 0] += 1 } }
        return out
    }
}
