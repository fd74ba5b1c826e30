public import DyadCore

/// One telling of an event on a timeline.
public struct TimelineEntry: Sendable, Equatable {
    /// Identifier of the event.
    public var id: String
    /// When, as precise as the text is; nil when neither text nor document says.
    public var date: EventDate?
    /// What happened.
    public var type: EventType
    /// How it happened.
    public var mode: String?
    /// Codes of those who act.
    public var sources: [ActorCode]
    /// Codes of those acted on.
    public var targets: [ActorCode]
    /// How factual it is told.
    public var factuality: Factuality
    /// Whose view that is; nil for the report itself.
    public var holder: String?
    /// The document.
    public var document: String
    /// The outlet.
    public var publisher: String?
    /// The sentence.
    public var quote: String
}

/// What happened between two, one telling after another.
public struct Timeline: Sendable, Equatable {
    /// Entries by date, then document, then place in it; undated ones last.
    public var entries: [TimelineEntry]

    /// The timeline of a dyad, both directions; of all events when there is none.
    public init(_ events: [Event], dyad: Dyad? = nil) {
        let chosen = events.filter { dyad?.holdsEitherWay($0) ?? true }
        entries = chosen.sorted(by: isEarlier).map { event in
            TimelineEntry(
                id: event.id, date: event.dateOrPublication, type: event.type, mode: event.mode,
                sources: event.sourceActors.map(\.code), targets: event.targetActors.map(\.code),
                factuality: event.factuality, holder: event.holder, document: event.document,
                publisher: event.publisher, quote: event.text)
        }
    }

    /// The entries as values.
    public var value: AnalysisValue { .list(entries.map(\.value)) }
}

extension TimelineEntry {
    /// The entry as a value.
    public var value: AnalysisValue {
        .record([
            .init("id", .text(id)),
            .init("date", .optional(date?.value)),
            .init("precision", .optional(date?.precision)),
            .init("event", .text(type.rawValue)),
            .init("mode", .optional(mode)),
            .init("source_actor", .list(sources.map { .text($0.description) })),
            .init("target_actor", .list(targets.map { .text($0.description) })),
            .init("factuality", .text(factuality.rawValue)),
            .init("holder", .optional(holder)),
            .init("document", .text(document)),
            .init("publisher", .optional(publisher)),
            .init("quote", .text(quote)),
        ])
    }
}

extension Event {
    /// The date of the text, or the day of publication marked as such.
    var dateOrPublication: EventDate? {
        date ?? published.map { EventDate(value: $0.description, precision: "day", basis: "publication") }
    }
}

/// The order of a timeline; total, so that the same events always come in the same order.
func isEarlier(_ left: Event, _ right: Event) -> Bool {
    let (first, second) = (left.days, right.days)
    if first != second {
        guard let first else { return false }
        guard let second else { return true }
        return (first.first, first.last) < (second.first, second.last)
    }
    if left.document != right.document { return left.document < right.document }
    if left.triggerSpan != right.triggerSpan { return left.triggerSpan < right.triggerSpan }
    return left.id < right.id
}
