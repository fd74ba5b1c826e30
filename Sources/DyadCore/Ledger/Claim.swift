/// What somebody does with a proposition.
public enum Stance: String, Sendable, Codable, CaseIterable {
    /// Says that it is so.
    case asserts
    /// Says that it is so after others had said it.
    case confirms
    /// Says that it is not so.
    case denies
    /// Calls it doubtful, or says that it cannot be checked.
    case doubts
    /// Gives another value for what was said before.
    case corrects
    /// Takes back what it had said.
    case retracts
}

/// One saying of a report, as the ledger of claims reads it: who takes which stance to what.
public struct Statement: Sendable, Equatable, Codable {
    /// Hash of document and place; the same on every run.
    public var id: String
    public var document: String
    public var outlet: String?
    public var published: CalendarDate?
    /// Who says it: words of the source, or the outlet itself.
    public var holder: String
    /// Code of the holder, when known: `PAK GOV`.
    public var actor: String?
    /// True when the report itself speaks.
    public var isOwnVoice: Bool
    public var stance: Stance
    /// The words that say it, and where they stand.
    public var text: String
    public var span: Span
    /// Bodies of the actors it is about, sorted.
    public var bodies: [String]
    /// Words that carry its meaning: stems, sorted.
    public var terms: [String]
    /// Identifiers of the events coded in it.
    public var events: [String]
    public var figures: [StatementFigure]
    /// First and last day, ISO 8601, that it is about; nil when unknown.
    public var days: String?
    /// Identifier of the statement that it answers: "Turkey has denied these claims".
    public var answers: String?
    /// Words of what it answers when that stands in another document: "its claim about poisoned wells".
    public var reference: [String] = []
    /// True when a word says the stance ("denied", "confirmed"), and not only a negation.
    public var isAnswer = false
    /// True when records, an inquiry, a court or a proof speaks, and not a party.
    public var isEvidence = false
    /// True when the word for saying it accuses: "alleged", "accused".
    public var isAllegation = false
    /// Roots of the verbs in it and classes of what they tell, sorted.
    public var acts: [String] = []
    /// `stops` or `goes on`, where the text says that something did.
    public var phase: String?

    /// A statement; see the properties.
    public init(
        id: String, document: String, outlet: String?, published: CalendarDate?, holder: String, actor: String?,
        isOwnVoice: Bool, stance: Stance, text: String, span: Span, bodies: [String], terms: [String],
        events: [String], figures: [StatementFigure], days: String?
    ) {
        self.id = id
        self.document = document
        self.outlet = outlet
        self.published = published
        self.holder = holder
        self.actor = actor
        self.isOwnVoice = isOwnVoice
        self.stance = stance
        self.text = text
        self.span = span
        self.bodies = bodies
        self.terms = terms
        self.events = events
        self.figures = figures
        self.days = days
    }
}

/// A figure inside a statement.
public struct StatementFigure: Sendable, Equatable, Codable {
    /// What is counted: lemma, or what happened to the people counted.
    public var thing: String
    /// As in ``Quantity/unit``.
    public var unit: String?
    public var value: Double?
    public var low: Double?
    public var high: Double?
    /// As in ``Quantity/comparison``.
    public var comparison: String
    public var text: String
    public var span: Span
    /// True for the figure that a correction takes back.
    public var isWithdrawn = false

    /// A figure; see the properties.
    public init(
        thing: String, unit: String?, value: Double?, low: Double?, high: Double?, comparison: String, text: String,
        span: Span
    ) {
        self.thing = thing
        self.unit = unit
        self.value = value
        self.low = low
        self.high = high
        self.comparison = comparison
        self.text = text
        self.span = span
    }
}

/// A proposition with everybody's stance to it.
public struct Claim: Sendable, Equatable {
    /// Hash of its earliest statement.
    public var id: String
    /// What it is about, in the words of the statement that stands for it.
    public var proposition: String
    /// Bodies of the actors and the terms that its statements share, sorted: what blocking uses.
    public var key: [String]
    /// Identifier of the merged event it is about; nil when no event was coded.
    public var record: String?
    /// Statements in the order of publication, document and place; never empty.
    public var positions: [Statement]
    public var figures: [FigureRange]
    public var status: LedgerStatus
    /// Name of the rule that gave the status, as in `rules/en/ledger.tsv`, then the facts.
    public var reason: String

    /// A claim; see the properties.
    public init(
        id: String, proposition: String, key: [String], record: String?, positions: [Statement],
        figures: [FigureRange], status: LedgerStatus, reason: String
    ) {
        self.id = id
        self.proposition = proposition
        self.key = key
        self.record = record
        self.positions = positions
        self.figures = figures
        self.status = status
        self.reason = reason
    }
}
