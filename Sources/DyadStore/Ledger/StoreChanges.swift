/// What saving did to a store, or would do.
public struct StoreChanges: Sendable, Equatable {
    /// An entry of the ledger that is new, gone or other than before.
    public struct Entry: Sendable, Equatable {
        public var kind: String
        public var id: String
        /// Status before; nil for a new entry.
        public var before: String?
        /// Status afterwards; nil for an entry that is gone.
        public var after: String?
    }

    /// An event that is new, gone or coded otherwise.
    public struct EventChange: Sendable, Equatable {
        public var document: String
        public var id: String
        public var type: String
        public var quote: String
    }

    public var added: [String] = []
    public var replaced: [String] = []
    public var unchanged: [String] = []
    public var removed: [String] = []
    public var newEvents: [EventChange] = []
    public var withdrawnEvents: [EventChange] = []
    /// Events whose identifier stays and whose coding changes.
    public var changedEvents: [EventChange] = []
    public var entries: [Entry] = []

    /// No change.
    public init() {}
}

/// An event that was coded once and is no longer: its document changed, or is gone.
public struct WithdrawnEvent: Sendable, Equatable {
    public var id: String
    public var document: String
    public var type: String
    /// First day, `YYYY-MM-DD`.
    public var day: String?
    public var quote: String
    /// `document changed` or `document removed`.
    public var reason: String
}
