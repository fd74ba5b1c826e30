public import DyadCore

/// Versions that stand in every event line.
public struct EventVersions: Sendable, Equatable {
    /// Version of the program.
    public var dyad: String
    /// Version of the codebook.
    public var codebook: String

    /// A pair of versions.
    public init(dyad: String, codebook: String) {
        self.dyad = dyad
        self.codebook = codebook
    }
}

/// Writes events as JSON Lines, one object a line with a fixed key set; absent values are null or empty lists.
///
///     let line = EventLine(versions: EventVersions(dyad: "0.1.0", codebook: "plover-2023.1"))
///     print(line.text(event))
public struct EventLine: Sendable {
    /// How much of an event a line holds.
    public enum Form: Sendable {
        /// The keys of the contract and no others: what users and other programs read.
        case exchange
        /// The same with a few more keys inside the objects, so that nothing of an event is lost: what the store keeps.
        case archive
    }

    /// Versions that are printed.
    public var versions: EventVersions
    /// How much is printed.
    public var form: Form

    /// A writer of one form.
    public init(versions: EventVersions, form: Form = .exchange) {
        self.versions = versions
        self.form = form
    }

    /// An event as text without a line feed.
    ///
    /// - Parameters:
    ///   - event: what to print.
    ///   - offsets: turns a byte offset of the document into the offset to print; see ``ScalarOffsets``.
    /// - Returns: one JSON object.
    public func text(_ event: Event, offsets: (Int) -> Int = { $0 }) -> String {
        var writer = JSONWriter(capacity: 1200)
        write(event, to: &writer, offsets: offsets)
        return writer.text
    }

    /// Appends an event as one JSON object, without a line feed.
    ///
    /// - Parameters:
    ///   - event: what to print.
    ///   - writer: where to.
    ///   - offsets: turns a byte offset of the document into the offset to print.
    public func write(_ event: Event, to writer: inout JSONWriter, offsets: (Int) -> Int = { $0 }) {
        withoutActuallyEscaping(offsets) { offsets in
            let body = EventBody(offsets: offsets, isArchive: form == .archive)
            writer.object {
                body.identity(event, &$0)
                body.coding(event, &$0)
                body.parties(event, &$0)
                body.evidence(event, &$0)
                body.origin(event, versions, &$0)
            }
        }
    }

    /// The line of a document in which nothing is coded: `"event":null` and the same key set.
    public func emptyText(
        document: String, publisher: String? = nil, published: CalendarDate? = nil, url: String? = nil
    ) -> String {
        var writer = JSONWriter(capacity: 600)
        writer.object { writer in
            for field in EventFields.event {
                writer.key(field.name)
                switch field.name {
                case "document": writer.string(document)
                case "publisher": writer.string(publisher)
                case "published": writer.string(published?.description)
                case "url": writer.string(url)
                case "dyad_version": writer.string(versions.dyad)
                case "codebook_version": writer.string(versions.codebook)
                default: if case .list = field.type { writer.array { _ in } } else { writer.null() }
                }
            }
        }
        return writer.text
    }

    /// One event for each pair of source and target actor (`--expand`), all else the same.
    ///
    /// A mutual event gives each ordered pair of its parties; an event with actors on one side only stays as it is,
    /// with one row for each of them.
    public static func expanded(_ event: Event) -> [Event] {
        let sources = event.sourceActors
        if event.targetActors.isEmpty {
            guard sources.count > 1 else { return [event] }
            return sources.indices.flatMap { first in
                sources.indices.filter { $0 != first }.map { pair(event, [sources[first]], [sources[$0]]) }
            }
        }
        if sources.isEmpty { return event.targetActors.map { pair(event, [], [$0]) } }
        return sources.flatMap { source in event.targetActors.map { pair(event, [source], [$0]) } }
    }

    private static func pair(_ event: Event, _ sources: [EventActor], _ targets: [EventActor]) -> Event {
        var row = event
        row.sourceActors = sources
        row.targetActors = targets
        return row
    }
}

/// Writes the parts of an event, in the order of the contract.
private struct EventBody {
    let offsets: (Int) -> Int
    let isArchive: Bool

    func identity(_ event: Event, _ writer: inout JSONWriter) {
        writer.member("id", event.id)
        writer.member("document", event.document)
        writer.member("publisher", event.publisher)
        writer.member("published", event.published?.description)
        writer.member("url", event.url)
    }

    func coding(_ event: Event, _ writer: inout JSONWriter) {
        writer.member("event", event.type.rawValue)
        writer.member("mode", event.mode)
        writer.key("context")
        writer.array(event.contexts) { $0.string($1) }
        writer.key("quad")
        writer.integer(event.type.quad)
        writer.member("intensity", event.intensity)
        writer.member("cameo", event.cameo)
        writer.member("goldstein", event.goldstein)
        // The fixed key set holds unless the user asked for a codebook of their own.
        if let code = event.ownCode { writer.member("code", code) }
    }

    func parties(_ event: Event, _ writer: inout JSONWriter) {
        writer.key("source_actor")
        writer.array(event.sourceActors) { actor($1, &$0) }
        writer.key("target_actor")
        writer.array(event.targetActors) { actor($1, &$0) }
        writer.key("trigger")
        writer.object {
            $0.member("text", event.trigger)
            span("span", event.triggerSpan, &$0)
        }
    }

    func evidence(_ event: Event, _ writer: inout JSONWriter) {
        writer.key("date")
        if let date = event.date { self.date(date, &writer) } else { writer.null() }
        writer.key("place")
        if let place = event.place { self.place(place, &writer) } else { writer.null() }
        writer.member("factuality", event.factuality.rawValue)
        writer.member("holder", event.holder)
        writer.key("attribution")
        writer.array(event.attribution) { attribution($1, &$0) }
        writer.key("quantities")
        writer.array(event.quantities) { quantity($1, &$0) }
        span("span", event.span, &writer)
        writer.member("text", event.text)
        writer.member("confidence", event.confidence)
    }

    func origin(_ event: Event, _ versions: EventVersions, _ writer: inout JSONWriter) {
        writer.key("explain")
        writer.object {
            $0.member("stage", event.explanation.stage)
            $0.member("rule", event.explanation.rule)
            $0.member("file", event.explanation.file)
            $0.member("line", event.explanation.line)
        }
        writer.member("dyad_version", versions.dyad)
        writer.member("codebook_version", versions.codebook)
        if isArchive { writer.member("sentence", event.sentence) }
    }

    private func actor(_ actor: EventActor, _ writer: inout JSONWriter) {
        writer.object {
            $0.member("code", actor.code.description)
            $0.member("name", actor.name)
            $0.member("text", actor.text)
            span("span", actor.span, &$0)
            guard isArchive else { return }
            $0.member("body", actor.code.body)
            $0.member("sector", actor.code.sector)
        }
    }

    private func date(_ date: EventDate, _ writer: inout JSONWriter) {
        writer.object {
            $0.member("value", date.value)
            $0.member("precision", date.precision)
            $0.member("basis", date.basis)
            $0.member("text", date.text)
            span("span", date.span, &$0)
        }
    }

    private func place(_ place: PlaceMention, _ writer: inout JSONWriter) {
        writer.object {
            $0.member("name", place.name)
            $0.member("country", place.country)
            $0.member("latitude", place.latitude)
            $0.member("longitude", place.longitude)
            $0.member("text", place.text)
            span("span", place.span, &$0)
            guard isArchive else { return }
            $0.member("kind", place.kind)
            $0.member("sentence", place.sentence)
            $0.key("tokens")
            $0.array([place.tokens.lowerBound, place.tokens.upperBound]) { $0.integer($1) }
        }
    }

    private func quantity(_ quantity: Quantity, _ writer: inout JSONWriter) {
        writer.object {
            $0.member("value", quantity.value)
            $0.member("low", quantity.low)
            $0.member("high", quantity.high)
            $0.member("unit", quantity.unit)
            $0.member("of", quantity.of)
            $0.key("approximate")
            $0.boolean(quantity.isApproximate)
            $0.member("text", quantity.text)
            span("span", quantity.span, &$0)
            guard isArchive else { return }
            $0.member("comparison", quantity.comparison)
            $0.member("kind", quantity.kind)
            $0.member("thing", quantity.thing)
            $0.member("words", quantity.words)
            $0.member("casualty", quantity.casualty)
            $0.member("sentence", quantity.sentence)
        }
    }

    private func attribution(_ attribution: Attribution, _ writer: inout JSONWriter) {
        writer.object {
            $0.member("source", attribution.source)
            $0.member("kind", attribution.kind.rawValue)
            $0.member("actor", attribution.actor?.description)
            $0.member("cue", attribution.cue)
            span("span", attribution.cueSpan, &$0)
            $0.key("content")
            $0.array(attribution.content) { pair($1, &$0) }
            $0.key("nested")
            $0.array(attribution.nested) { self.attribution($1, &$0) }
            guard isArchive else { return }
            $0.member("body", attribution.actor?.body)
            $0.member("sector", attribution.actor?.sector)
            span("source_span", attribution.sourceSpan, &$0)
            $0.key("negative")
            $0.boolean(attribution.isNegative)
        }
    }

    private func span(_ key: String, _ span: Span?, _ writer: inout JSONWriter) {
        writer.key(key)
        if let span { pair(span, &writer) } else { writer.null() }
    }

    private func pair(_ span: Span, _ writer: inout JSONWriter) {
        writer.array {
            $0.integer(offsets(span.start))
            $0.integer(offsets(span.end))
        }
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ value: String?) {
        key(name)
        string(value)
    }

    fileprivate mutating func member(_ name: String, _ value: Double?) {
        key(name)
        number(value)
    }

    fileprivate mutating func member(_ name: String, _ value: Int) {
        key(name)
        integer(value)
    }
}
