public import DyadCore

/// A place in the ledger where rows meet: only rows of one name whose days lie near each other can be made into one entry.
public struct LedgerPlace: Sendable, Hashable {
    /// Days that stand for "any time".
    public static let always = -1_000_000...1_000_000

    /// Whatever brings rows together, such as a pair of actors.
    public var name: String
    /// First day, in days since 1970-01-01.
    public var first: Int
    /// Last day.
    public var last: Int

    /// A place of some days, or of any time.
    public init(_ name: String, _ days: ClosedRange<Int> = LedgerPlace.always) {
        self.name = name
        first = days.lowerBound
        last = days.upperBound
    }
}

/// What one document says for a part of the ledger.
public struct LedgerRow: Sendable, Equatable {
    /// The same on every run.
    public var id: String
    /// Where it meets others.
    public var places: [LedgerPlace]
    /// Its content; nil when it is the line of an event of the document.
    public var json: String?
    /// Position of that event in the document.
    public var event: Int?
    /// Places where other rows of the same document find it; a new row there unsettles nothing.
    public var quietPlaces: [LedgerPlace] = []

    /// A row with content of its own.
    public init(id: String, places: [LedgerPlace], json: String) {
        self.id = id
        self.places = places
        self.json = json
    }

    /// A row whose content is an event of the document.
    public init(id: String, places: [LedgerPlace], event: Int, quietPlaces: [LedgerPlace] = []) {
        self.id = id
        self.places = places
        self.event = event
        self.quietPlaces = quietPlaces
    }
}

/// A row as it is read back to make entries.
public struct LedgerMember: Sendable, Equatable {
    public var id: String
    public var document: String
    /// True for a row whose content is an event of its document.
    public var isEvent: Bool
    /// The content, or the archived line of the event.
    public var json: String
}

/// What some rows together come to: a merged event, a claim, an entry of a register.
public struct LedgerEntry: Sendable, Equatable {
    /// `records`, `claims`, `arms` and so on: one of the outputs of its kind.
    public var kind: String
    /// The same on every run.
    public var id: String
    /// Where it stands, in the words of its kind.
    public var status: String
    /// First day, `YYYY-MM-DD`.
    public var firstDay: String?
    public var lastDay: String?
    /// Bodies of the actors, each once.
    public var bodies: [String]
    /// Identifiers of its rows.
    public var members: [String]
    public var json: String

    /// An entry; see the properties.
    public init(
        kind: String, id: String, status: String, firstDay: String?, lastDay: String?, bodies: [String],
        members: [String], json: String
    ) {
        self.kind = kind
        self.id = id
        self.status = status
        self.firstDay = firstDay
        self.lastDay = lastDay
        self.bodies = bodies
        self.members = members
        self.json = json
    }
}

/// A part of the ledger: how rows give entries.
///
/// The store keeps both, and knows which entries a change touches; what they mean is the caller's.
public struct LedgerKind: Sendable {
    /// Name under which its rows are kept.
    public var name: String
    /// Kinds of entries that its rows make.
    public var outputs: [String]
    /// Days by which rows of one place may miss each other and still meet.
    public var slack: Int
    /// The entries that rows make, a function of their set.
    public var entries: @Sendable ([LedgerMember], [StoredDocument]) throws -> [LedgerEntry]

    /// Sets of rows that hang together, by identifier; the entries of a set depend on its rows alone.
    ///
    /// Nil where rows that hang together share a place.
    public var parts: (@Sendable ([LedgerMember]) throws -> [[String]])?

    /// A part of the ledger; see the properties.
    public init(
        name: String, outputs: [String], slack: Int, parts: (@Sendable ([LedgerMember]) throws -> [[String]])? = nil,
        entries: @escaping @Sendable ([LedgerMember], [StoredDocument]) throws -> [LedgerEntry]
    ) {
        self.name = name
        self.outputs = outputs
        self.slack = slack
        self.parts = parts
        self.entries = entries
    }
}

/// The kinds of ledger that a store keeps, how documents give their rows, and the version of both.
public struct LedgerPlan: Sendable {
    /// A document whose rows were made by another version is read anew.
    public var version: String
    public var kinds: [LedgerKind]
    /// The rows of an article with its events, by the name of the kind.
    public var rows: @Sendable (AnnotatedArticle, [Event]) throws -> [String: [LedgerRow]]

    /// A plan.
    public init(
        version: String, kinds: [LedgerKind],
        rows: @escaping @Sendable (AnnotatedArticle, [Event]) throws -> [String: [LedgerRow]]
    ) {
        self.version = version
        self.kinds = kinds
        self.rows = rows
    }
}
