public import DyadCore

/// Which actors are meant: `TUR` with any sector, `TUR GOV` with this one, `TU*` any body that begins so, `* MIL` any
/// body with this sector, `REB` also a bare sector.
public struct ActorPattern: Sendable, Equatable, ExpressibleByStringLiteral {
    /// Body to match, with `*` at its end for the beginning of one; nil for any.
    var body: String?
    /// Sector to match; nil for any.
    var sector: String?

    /// Reads a pattern.
    public init(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        body = parts.first == "*" ? nil : parts.first
        sector = parts.count > 1 ? parts[1] : nil
    }

    /// The body when nothing else is asked for.
    var plainBody: String? {
        guard let body, sector == nil, !body.hasSuffix("*") else { return nil }
        return body
    }

    /// A pattern written in the program.
    public init(stringLiteral text: String) { self.init(text) }
}

/// What to look for in a store; every condition that is set must hold.
///
///     var query = EventQuery()
///     query.pair = EventQuery.Pair("TUR", "PAK")
///     query.types = [.consult, .agree]
///     let events = try store.events(matching: query)
public struct EventQuery: Sendable, Equatable {
    /// Two actors that face each other in an event.
    ///
    /// A mutual event, all of whose parties are source actors, counts for both directions.
    public struct Pair: Sendable, Equatable {
        /// Who acts.
        public var source: ActorPattern
        /// On whom.
        public var target: ActorPattern
        /// True when the order does not matter.
        public var isEitherWay: Bool

        /// A pair of actors.
        public init(_ source: ActorPattern, _ target: ActorPattern, isEitherWay: Bool = true) {
            self.source = source
            self.target = target
            self.isEitherWay = isEitherWay
        }
    }

    /// In what order events come; both are total, so that the same store always answers the same.
    public enum Order: Sendable {
        /// By day, then document, then place in the document. Undated events come last.
        case date
        /// By document, then in the order in which they were saved.
        case document
    }

    /// Who faces whom.
    public var pair: Pair?
    /// An actor on either side.
    public var actor: ActorPattern?
    /// An actor who acts.
    public var sourceActor: ActorPattern?
    /// An actor who is acted on.
    public var targetActor: ActorPattern?
    /// Event types; empty for all.
    public var types: Set<EventType> = []
    /// Factuality classes; empty for all.
    public var factuality: Set<Factuality> = []
    /// Events that may have happened on or after this day.
    public var from: CalendarDate?
    /// Events that may have happened on or before this day.
    public var to: CalendarDate?
    /// Words that the sentence holds, in any order; words in double quotes stand together, `word*` is a beginning.
    public var text: String?
    /// Name of a document.
    public var document: String?
    /// Country of the place, ISO 3166 alpha-3.
    public var placeCountry: String?
    /// Least confidence.
    public var minimumConfidence: Double?
    /// Most events to return.
    public var limit: Int?
    /// Number of events to pass over.
    public var offset = 0
    /// Order of the events.
    public var order = Order.date

    /// A query that matches every event.
    public init() {}
}
