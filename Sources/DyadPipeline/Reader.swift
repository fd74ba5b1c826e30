public import DyadCodebook
public import DyadCoding
public import DyadCore
public import DyadIngest
public import DyadLanguage
import DyadModels

/// Everything that is loaded once: knowledge, models and the stages made of them.
public final class Reader: Sendable {
    public let knowledge: Knowledge
    public let language: LanguageStage
    public let relations: RelationJudge?
    public let pipeline: Pipeline
    /// The same without the judge: what the lexicon's lines say by themselves.
    let rules: Pipeline
    private let articles: ArticleReader
    /// Reads files and bytes, encodings found with the languages of the data folder.
    public let documents: DocumentReader
    /// Reads feeds, agency files and web archives.
    public let collections: CollectionReader

    /// Loads the data and models that come with Dyad, and the additional lexicon in a folder or in `DYAD_LEXICON`.
    ///
    /// - Parameters:
    ///   - lexicon: the folder of an additional lexicon.
    ///   - isAlone: true when its triggers are to be the only ones.
    ///   - codebook: a codebook to stand beside PLOVER: a folder, or the name of a shipped one.
    ///   - convention: the name of a convention of CAMEO coding that the events are to follow.
    /// - Throws: ``DataErrors``, ``ModelError``, ``BlockLexiconError`` or ``PipelineError``, each with the file it is about.
    public init(
        lexicon: String? = nil, isAlone: Bool = false, codebook: String? = nil, convention: String? = nil
    ) throws {
        knowledge = try Knowledge.standard(lexicon: lexicon, isAlone: isAlone, own: codebook)
        let model = try LanguageModel.standard(irregular: IrregularForms(folder: knowledge.folder))
        let tokens = try TokenLexicon(folder: knowledge.folder)
        language = LanguageStage(
            model: model, tokeniser: Tokeniser(lexicon: tokens), chains: try PlaceChain(folder: knowledge.folder))
        relations =
            ModelLocation.file(JudgeModel.fileName) == nil
            ? nil : RelationJudge(model: try JudgeModel.standard(language: model))
        articles = try ArticleReader(folder: knowledge.folder)
        documents = DocumentReader(languages: LanguageProfiles.standard(folder: knowledge.folder))
        collections = try CollectionReader(folder: knowledge.folder)
        let last = try Self.convention(convention, knowledge)
        pipeline = try Pipeline(stages: Self.stages(knowledge, language, relations) + last)
        rules = try Pipeline(stages: Self.stages(knowledge, language, nil) + last)
    }

    /// The stage of a convention that was asked for.
    private static func convention(_ name: String?, _ knowledge: Knowledge) throws -> [any Stage] {
        guard let name else { return [] }
        guard let found = knowledge.cameo?.conventions[name.lowercased()] else {
            let known = (knowledge.cameo?.conventions.keys.sorted() ?? []).joined(separator: ", ")
            let message = "no convention: one of these is expected: \(known.isEmpty ? "none is there" : known)"
            throw DataErrors(errors: [DataError(file: name, line: 0, column: 0, message: message)])
        }
        return [ConventionStage(convention: found, knowledge: knowledge)]
    }

    private static func stages(_ knowledge: Knowledge, _ language: LanguageStage, _ judge: RelationJudge?)
        -> [any Stage]
    {
        [
            language, ActorFinder(knowledge: knowledge), TimeFinder(knowledge: knowledge),
            PlaceFinder(knowledge: knowledge),
            QuantityFinder(knowledge: knowledge), EventCoder(knowledge: knowledge, judge: judge),
            AttributionFinder(knowledge: knowledge), EvidenceStage(knowledge: knowledge),
        ]
    }

    /// The articles of a document with their parts named.
    public func articles(in document: Document) -> [Article] { articles.read(document) }

    /// Codes a saved report: anatomy first, then every stage.
    ///
    /// Events carry spans of the document as it arrived, sentences those of the article's text.
    public func read(_ document: Document) -> [AnnotatedArticle] {
        articles(in: document).map { article in
            var annotated = pipeline.run(article)
            annotated.diagnostics += article.diagnostics
            annotated.events = annotated.events.map { $0.inOriginal(of: article.document) }
            return annotated
        }
    }

    /// Codes a bare text: every paragraph is body, nothing is taken for a headline or a footer.
    public func read(text document: Document) -> AnnotatedArticle { pipeline.run(Self.bare(document)) }

    /// Actors and coreference of sentences that are given with their analysis.
    public func actors(in sentences: [Sentence], of document: Document, speakers: [String?] = []) -> AnnotatedArticle {
        var article = AnnotatedArticle(article: Article(document: document))
        article.sentences = sentences
        article.speakers = speakers
        ActorFinder(knowledge: knowledge).annotate(&article)
        return article
    }

    /// How factual the words at a place are: class, holder's words, values from -3 to 3.
    public func factuality(of span: Span, in article: AnnotatedArticle) -> FactualityReading {
        CertaintyReader(knowledge: knowledge).certainty(of: span, in: article)
    }

    /// Triggers of a sentence whose frames gave no event, each with the reason.
    public func nearMisses(in article: AnnotatedArticle, sentence: Int) -> [String] {
        NearMissReader(knowledge: knowledge).misses(in: article, sentence: sentence)
    }

    /// Codes of an event in the ontologies beside PLOVER, each with the name of its codebook and the line that gave it.
    public func codes(of event: Event, in article: AnnotatedArticle) -> [(codebook: String, found: CodeFinder.Found)] {
        [knowledge.cameo, knowledge.own?.name == knowledge.cameo?.name ? nil : knowledge.own].compactMap { ontology in
            guard let ontology else { return nil }
            let finder = CodeFinder(ontology: ontology, triggers: knowledge.triggers)
            return finder.code(of: event, in: article.sentences[event.sentence]).map { (ontology.name, $0) }
        }
    }

    /// An article whose paragraphs are the runs between blank lines.
    public static func bare(_ document: Document) -> Article {
        var article = Article(document: document)
        article.published = document.published
        article.publisher = document.publisher
        let bytes = document.bytes
        var start = 0
        func close(_ end: Int) {
            if bytes[start..<end].contains(where: { $0 > 0x20 }) {
                article.blocks.append(Block(label: .paragraph, span: Span(start, end)))
            }
        }
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x0A {
                var next = index + 1
                while next < bytes.count, [0x20, 0x09, 0x0D].contains(bytes[next]) { next += 1 }
                if next < bytes.count, bytes[next] == 0x0A {
                    close(index)
                    start = next + 1
                    index = next
                }
            }
            index += 1
        }
        if start < bytes.count { close(bytes.count) }
        return article
    }
}
