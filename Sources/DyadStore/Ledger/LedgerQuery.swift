public import DyadCore

/// Which entries of the ledger are asked for; every condition that is set must hold.
public struct LedgerQuery: Sendable, Equatable {
    /// Bodies that all stand in the entry.
    public var bodies: [String] = []
    /// Entries that end on or after this day.
    public var from: CalendarDate?
    /// Entries that begin on or before this day.
    public var to: CalendarDate?
    public var status: String?
    /// Identifier or its beginning.
    public var id: String?
    /// Most entries to return, the newest ones; nil for all.
    public var limit: Int?

    /// Every entry.
    public init() {}
}

/// A sentence that a search has found.
public struct SearchHit: Sendable, Equatable {
    public var sentence: StoredSentence
    public var publisher: String?
    public var published: CalendarDate?
    public var title: String?
    /// Events coded in it.
    public var events: [String]
}
