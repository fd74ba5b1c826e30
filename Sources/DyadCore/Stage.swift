/// What a stage may need or give.
public enum Layer: String, Sendable, Codable, CaseIterable {
    case article, sentences, names, actors, coreference, times, places, quantities, frames, events, attribution,
        factuality, contexts
}

/// One article with everything that was found in it so far.
public struct AnnotatedArticle: Sendable {
    public var article: Article
    public var sentences: [Sentence] = []
    /// Mentions of all sentences, in reading order.
    public var actors: [ActorMention] = []
    /// What the mentions denote: one chain for each entity of the report.
    public var chains: [EntityChain] = []
    /// Offices of persons that the report itself tells.
    public var roles: [LearnedRole] = []
    /// Who speaks each sentence, where the text is a dialogue; empty or as long as `sentences`.
    public var speakers: [String?] = []
    public var times: [TimeExpression] = []
    public var places: [PlaceMention] = []
    public var quantities: [Quantity] = []
    public var attributions: [Attribution] = []
    public var events: [Event] = []
    public var diagnostics: [Diagnostic] = []

    /// An article before the first stage.
    public init(article: Article) { self.article = article }

    /// The day that "yesterday" is counted from.
    public var documentTime: CalendarDate? { article.document.published ?? article.published }
}

/// One step of the way from text to events.
///
/// A stage is pure: the same article and configuration give the same result, on any thread. It says which layers it
/// reads and which it writes, so that the pipeline can refuse a wrong order before any text is read.
public protocol Stage: Sendable {
    /// Stable name, shown by `explain`.
    var name: String { get }
    /// Layers that must be there.
    var requires: Set<Layer> { get }
    /// Layers that are there afterwards.
    var provides: Set<Layer> { get }
    /// Adds this stage's layers.
    func annotate(_ article: inout AnnotatedArticle)
}
