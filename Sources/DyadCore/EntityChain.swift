/// How a text speaks of an entity at one place.
public enum MentionForm: String, Sendable, Codable {
    /// By a name: "Turkey", "Gen. Sharif".
    case named
    /// By a common noun: "the two sides", "the army chief".
    case nominal
    /// By a pronoun: "it", "his".
    case pronoun
}

/// What an entity is, as far as the text tells.
public enum EntityType: String, Sendable, Codable {
    case person, organisation, place
    /// Several persons or bodies: "soldiers", "Chile and Peru".
    case group
    /// Anything else.
    case thing
}

/// A noun phrase or pronoun that denotes an entity.
public struct EntityMention: Sendable, Equatable {
    /// Index of the sentence in the article.
    public var sentence: Int
    /// The whole noun phrase, without its apposition.
    public var tokens: Range<Int>
    /// Syntactic head.
    public var head: Int
    /// Where the phrase stands.
    public var span: Span
    public var form: MentionForm

    /// A mention; see the properties.
    public init(sentence: Int, tokens: Range<Int>, head: Int, span: Span, form: MentionForm) {
        self.sentence = sentence
        self.tokens = tokens
        self.head = head
        self.span = span
        self.form = form
    }
}

/// Everything in one report that denotes the same entity.
public struct EntityChain: Sendable, Equatable {
    /// Number within the report; ``ActorMention/entity`` refers to it.
    public var number: Int
    /// Its fullest name, or its first words.
    public var name: String
    public var type: EntityType
    /// Who it is, when that is known.
    public var code: ActorCode
    /// In reading order.
    public var mentions: [EntityMention]

    /// A chain; see the properties.
    public init(number: Int, name: String, type: EntityType, code: ActorCode, mentions: [EntityMention]) {
        self.number = number
        self.name = name
        self.type = type
        self.code = code
        self.mentions = mentions
    }
}

/// What a report tells of somebody's office: "Ihsan Ghani, chief of the counter-terrorism authority".
public struct LearnedRole: Sendable, Equatable {
    /// The name as written there.
    public var person: String
    /// Number of the person's chain.
    public var entity: Int
    /// The words of the role.
    public var role: String
    /// State or organisation, and sector.
    public var code: ActorCode
    /// Index of the sentence in the article.
    public var sentence: Int
    /// From the first to the last of both, name and role.
    public var span: Span

    /// A role; see the properties.
    public init(person: String, entity: Int, role: String, code: ActorCode, sentence: Int, span: Span) {
        self.person = person
        self.entity = entity
        self.role = role
        self.code = code
        self.sentence = sentence
        self.span = span
    }
}
