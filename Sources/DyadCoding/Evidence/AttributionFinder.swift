public import DyadCodebook
public import DyadCore

/// Finds who says what, over sentences and paragraphs, and ties events to those who tell them.
public struct AttributionFinder: Stage {
    public let name = "attribution"
    public let requires: Set<Layer> = [.sentences, .actors, .events]
    public let provides: Set<Layer> = [.attribution]
    private let cues: CueLexicon

    /// A finder with a cue lexicon.
    public init(knowledge: Knowledge) { cues = knowledge.cues }

    public func annotate(_ article: inout AnnotatedArticle) {
        let statements = statements(article)
        article.attributions += statements.map(\.attribution)
        guard !article.events.isEmpty else { return }
        // "It is important to note that": nobody says it.
        let told = statements.filter { !$0.attribution.source.isEmpty || !isInfinitive($0, article) }
        let holders = EventHolder(statements: told, cues: cues)
        let names = SourceNames(article)
        for i in article.events.indices {
            let sentence = article.sentences[article.events[i].sentence]
            holders.attach(&article.events[i], in: sentence, mentions(article, article.events[i].sentence))
            article.events[i].attribution = article.events[i].attribution.map(names.named)
        }
    }

    private func isInfinitive(_ statement: Statement, _ article: AnnotatedArticle) -> Bool {
        let tokens = article.sentences[statement.sentence].tokens
        return tokens.indices.contains(statement.cue) && tokens[statement.cue].xpos == "VB"
    }

    private func mentions(_ article: AnnotatedArticle, _ sentence: Int) -> [ActorMention] {
        article.actors.filter { $0.sentence == sentence }
    }

    /// All statements of an article in the order of their cues.
    func statements(_ article: AnnotatedArticle) -> [Statement] {
        let mentions = Dictionary(grouping: article.actors, by: \.sentence)
        func finder(_ index: Int) -> StatementFinder {
            StatementFinder(
                graph: SyntaxGraph(article.sentences[index]), mentions: mentions[index] ?? [],
                document: article.article.document, cues: cues, sentence: index)
        }
        let found = article.sentences.indices.flatMap { finder($0).statements() }
        let quotations = QuoteFinder.quotations(article.sentences)
        let spoken = QuoteSpeaker(sentences: article.sentences, finders: finder).spoken(found, quotations)
        return IndirectSpeech(sentences: article.sentences, cues: cues).continued(spoken)
    }
}
