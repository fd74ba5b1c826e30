/// The sixteen event types of PLOVER 2023.
public enum EventType: String, Sendable, Codable, CaseIterable {
    case agree = "AGREE"
    case consult = "CONSULT"
    case support = "SUPPORT"
    case concede = "CONCEDE"
    case cooperate = "COOPERATE"
    case aid = "AID"
    case retreat = "RETREAT"
    case request = "REQUEST"
    case accuse = "ACCUSE"
    case reject = "REJECT"
    case threaten = "THREATEN"
    case protest = "PROTEST"
    case sanction = "SANCTION"
    case mobilize = "MOBILIZE"
    case coerce = "COERCE"
    case assault = "ASSAULT"

    /// Verbal or material, cooperation or conflict: 1 to 4.
    ///
    /// SANCTION is 4.
    public var quad: Int {
        switch self {
        case .agree, .consult, .support, .concede: 1
        case .cooperate, .aid, .retreat: 2
        case .request, .accuse, .reject, .threaten: 3
        case .protest, .sanction, .mobilize, .coerce, .assault: 4
        }
    }
}

/// Which stage and which line of which file made a value.
public struct Explanation: Sendable, Equatable {
    public var stage: String
    /// The pattern or rule.
    public var rule: String
    public var file: String
    /// 1 for the first line; 0 when no file is involved.
    public var line: Int

    /// An explanation; see the properties.
    public init(stage: String, rule: String, file: String, line: Int) {
        self.stage = stage
        self.rule = rule
        self.file = file
        self.line = line
    }
}

/// One report's telling of who did what to whom, with all its evidence; `docs`: section 3 of the contracts.
public struct Event: Sendable, Equatable {
    /// Hash of document, trigger span and event; the same on every run.
    public var id: String
    public var document: String
    public var publisher: String?
    public var published: CalendarDate?
    public var url: String?
    public var type: EventType
    public var mode: String?
    public var contexts: [String] = []
    /// PLOVER score from -10 to 10.
    public var intensity: Double?
    public var cameo: String?
    public var goldstein: Double?
    /// Code of a codebook that the user chose to stand beside PLOVER; nil when none was chosen, or when it has none.
    public var ownCode: String?
    /// Who acts; for a mutual event everybody.
    public var sourceActors: [EventActor]
    /// On whom; empty for a mutual event.
    public var targetActors: [EventActor]
    /// The words that express the event.
    public var trigger: String
    public var triggerSpan: Span
    public var date: EventDate?
    public var place: PlaceMention?
    public var factuality: Factuality = .asserted
    /// Whose view `factuality` is; nil for the report itself.
    public var holder: String?
    public var attribution: [Attribution] = []
    public var quantities: [Quantity] = []
    /// The sentence.
    public var span: Span
    public var text: String
    /// Index of the sentence in its article.
    public var sentence: Int
    /// 0 to 1, calibrated.
    public var confidence: Double = 0.5
    public var explanation: Explanation

    /// An event with its required parts; the evidence is added by later stages.
    public init(
        id: String, document: String, type: EventType, mode: String?, sourceActors: [EventActor],
        targetActors: [EventActor], trigger: String, triggerSpan: Span, span: Span, text: String, sentence: Int,
        explanation: Explanation
    ) {
        self.id = id
        self.document = document
        self.type = type
        self.mode = mode
        self.sourceActors = sourceActors
        self.targetActors = targetActors
        self.trigger = trigger
        self.triggerSpan = triggerSpan
        self.span = span
        self.text = text
        self.sentence = sentence
        self.explanation = explanation
    }
}
