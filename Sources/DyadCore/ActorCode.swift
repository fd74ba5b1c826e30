/// Who is meant: a country or organisation, and the sector that acts.
public struct ActorCode: Hashable, Sendable, CustomStringConvertible {
    /// ISO 3166 alpha-3 of the country, or an organisation's own code (`NATO`, `PKK`); nil for an unknown one.
    public var body: String?
    /// PLOVER sector such as `GOV` or `MIL`; nil when the state as such is meant.
    public var sector: String?

    /// A code of a body and a sector.
    public init(_ body: String?, sector: String? = nil) {
        self.body = body
        self.sector = sector
    }

    /// `TUR GOV`, `PKK`, `REB`; `UNK` when nothing is known.
    public var description: String {
        switch (body, sector) {
        case (let body?, let sector?): "\(body) \(sector)"
        case (let body?, nil): body
        case (nil, let sector?): sector
        case (nil, nil): "UNK"
        }
    }
}

/// How a mention came to its actor.
public enum ActorKind: String, Sendable, Codable {
    /// A state by its name, adjective, capital or other metonym.
    case country
    /// A named organisation or group.
    case organisation
    /// A named person.
    case person
    /// A role without a name: "the army chief", "Turkish troops".
    case role
    /// "he", "they", "the former".
    case pronoun
    /// A name that no lexicon knows; kept as itself.
    case unknown
}

/// Words in a sentence and the actor they denote.
public struct ActorMention: Sendable, Equatable {
    /// Who is meant.
    public var code: ActorCode
    /// Canonical name, "Turkey".
    public var name: String
    /// How it was found.
    public var kind: ActorKind
    /// Tokens of the noun phrase's core.
    public var tokens: Range<Int>
    /// Syntactic head.
    public var head: Int
    /// Index of the sentence in the article.
    public var sentence: Int
    /// Where the words stand.
    public var span: Span
    /// True for an adjective or possessor inside a larger noun phrase ("Turkish" in "Turkish exports").
    public var isModifier: Bool
    /// True when the words may denote a place only ("in Ankara"): no actor unless the frame asks for one.
    public var isPlace: Bool
    /// Name of the rule or lexicon that decided.
    public var rule: String
    /// Number of the chain it belongs to; nil when it stands alone.
    public var entity: Int?
    /// True for a region, a people or a collective ("Arab states"), which is no state or organisation of its own.
    public var isCollective = false
    /// True for whoever stands behind the actor of the phrase: "Turkish" in "Turkish-backed fighters".
    public var isBacker = false

    /// A mention; see the properties.
    public init(
        code: ActorCode, name: String, kind: ActorKind, tokens: Range<Int>, head: Int, sentence: Int, span: Span,
        isModifier: Bool = false, isPlace: Bool = false, rule: String
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.tokens = tokens
        self.head = head
        self.sentence = sentence
        self.span = span
        self.isModifier = isModifier
        self.isPlace = isPlace
        self.rule = rule
    }
}

/// An actor as an event names it.
public struct EventActor: Sendable, Equatable {
    public var code: ActorCode
    /// Canonical name.
    public var name: String
    /// The words.
    public var text: String
    public var span: Span

    /// An actor of an event.
    public init(code: ActorCode, name: String, text: String, span: Span) {
        self.code = code
        self.name = name
        self.text = text
        self.span = span
    }
}
