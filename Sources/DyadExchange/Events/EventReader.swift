public import DyadCore

/// What an event line holds.
public struct EventLineContent: Sendable, Equatable {
    /// The event; nil for a document in which nothing was coded.
    public var event: Event?
    /// Name of the document.
    public var document: String
    /// Versions that made the event.
    public var versions: EventVersions
}

/// Why an event line cannot be read: the line, the place in it and the reason.
public struct EventReaderError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Number of the line, 1 for the first.
    public var line: Int
    /// Key with its way from the top, `source_actor[0].span`; empty when the line is no JSON.
    public var place: String
    /// What was expected.
    public var reason: String

    /// One sentence.
    public var description: String {
        place.isEmpty ? "line \(line): \(reason)" : "line \(line), \(place): \(reason)"
    }
}

/// Reads event lines, in the exchange form or the archive form.
///
/// The exchange form does not say everything. What it leaves out is filled in: a code of one word is a sector when it
/// is one of ``sectors``, otherwise a country or organisation; an approximate amount is compared by `~`.
public struct EventReader: Sendable {
    /// Codes that mean a sector when they stand alone.
    public var sectors: Set<String>

    /// Sectors of PLOVER 2023.
    public static let ploverSectors: Set<String> = [
        "GOV", "MIL", "REB", "OPP", "PTY", "AGR", "BUS", "CVL", "EDU", "ELI", "HLH", "IGO", "JUD", "LAB", "LEG", "MED",
        "NGO", "IMG", "MNC", "COP", "CRM", "SPY", "REF", "REL", "UAF", "UNK", "CRIM", "IDP", "JRN", "LGL", "STU", "NON",
    ]

    /// A reader that knows some sectors.
    public init(sectors: Set<String> = EventReader.ploverSectors) { self.sectors = sectors }

    /// Reads one line that must hold an event.
    public func event(_ text: String) throws(EventReaderError) -> Event {
        guard let event = try read(text).event else {
            throw EventReaderError(line: 1, place: "event", reason: "an event is expected, not null")
        }
        return event
    }

    /// Reads one line.
    ///
    /// - Parameters:
    ///   - text: the line.
    ///   - number: its number, for messages.
    /// - Returns: the event with the versions that made it.
    /// - Throws: the first mistake with its place.
    public func read(_ text: String, line number: Int = 1) throws(EventReaderError) -> EventLineContent {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: text)
        } catch {
            throw EventReaderError(line: number, place: "", reason: error.description)
        }
        return try content(Place(value: value, path: "", line: number))
    }

    /// Reads all lines of a text; empty ones are passed over.
    public func readAll(_ text: String) throws(EventReaderError) -> [EventLineContent] {
        var out: [EventLineContent] = []
        var number = 0
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for line in lines {
            number += 1
            if line.allSatisfy(\.isWhitespace) { continue }
            out.append(try read(String(line), line: number))
        }
        return out
    }

    private func content(_ line: Place) throws(EventReaderError) -> EventLineContent {
        let versions = EventVersions(
            dyad: try line.optionalText("dyad_version") ?? "",
            codebook: try line.optionalText("codebook_version") ?? "")
        let document = try line.text("document")
        guard let name = try line.optionalText("event") else {
            return EventLineContent(event: nil, document: document, versions: versions)
        }
        guard let type = EventType(rawValue: name) else {
            throw line.error("event", "\(name) is not one of the sixteen event types")
        }
        return EventLineContent(event: try event(type, document, line), document: document, versions: versions)
    }

    private func event(_ type: EventType, _ document: String, _ line: Place) throws(EventReaderError) -> Event {
        let trigger = try line.member("trigger")
        var event = Event(
            id: try line.text("id"), document: document, type: type, mode: try line.optionalText("mode"),
            sourceActors: try actors(line.items("source_actor")), targetActors: try actors(line.items("target_actor")),
            trigger: try trigger.text("text"), triggerSpan: try trigger.span("span"), span: try line.span("span"),
            text: try line.text("text"), sentence: try line.optionalInteger("sentence") ?? 0,
            explanation: try explanation(line))
        event.publisher = try line.optionalText("publisher")
        event.published = try published(line)
        event.url = try line.optionalText("url")
        for context in try line.items("context") { event.contexts.append(try context.asText()) }
        event.intensity = try line.optionalNumber("intensity")
        event.cameo = try line.optionalText("cameo")
        event.goldstein = try line.optionalNumber("goldstein")
        event.ownCode = try line.optionalText("code")
        try addEvidence(to: &event, line)
        return event
    }

    private func addEvidence(to event: inout Event, _ line: Place) throws(EventReaderError) {
        if let place = line.optional("date") { event.date = try date(place) }
        if let place = line.optional("place") { event.place = try self.place(place) }
        if let name = try line.optionalText("factuality") {
            guard let factuality = Factuality(rawValue: name) else {
                throw line.error("factuality", "\(name) is not one of the eight classes")
            }
            event.factuality = factuality
        }
        event.holder = try line.optionalText("holder")
        for item in try line.items("attribution") { event.attribution.append(try attribution(item)) }
        for item in try line.items("quantities") { event.quantities.append(try quantity(item)) }
        event.confidence = try line.optionalNumber("confidence") ?? event.confidence
    }

    private func published(_ line: Place) throws(EventReaderError) -> CalendarDate? {
        guard let text = try line.optionalText("published") else { return nil }
        guard let day = CalendarDate(text) else { throw line.error("published", "\(text) is not a day YYYY-MM-DD") }
        return day
    }

    private func explanation(_ line: Place) throws(EventReaderError) -> Explanation {
        guard let place = line.optional("explain") else { return Explanation(stage: "", rule: "", file: "", line: 0) }
        return Explanation(
            stage: try place.text("stage"), rule: try place.text("rule"), file: try place.text("file"),
            line: try place.optionalInteger("line") ?? 0)
    }

    private func actors(_ items: [Place]) throws(EventReaderError) -> [EventActor] {
        var out: [EventActor] = []
        for item in items {
            out.append(
                EventActor(
                    code: try code(item, try item.text("code")), name: try item.text("name"),
                    text: try item.text("text"), span: try item.span("span")))
        }
        return out
    }

    /// The code of an actor: from the parts where the archive form gives them, otherwise from its printed form.
    private func code(_ item: Place, _ printed: String) throws(EventReaderError) -> ActorCode {
        if item.has("body") || item.has("sector") {
            return ActorCode(try item.optionalText("body"), sector: try item.optionalText("sector"))
        }
        return code(printed)
    }

    /// The code that prints as a text: `TUR GOV`, `PKK`, `REB`, `UNK`.
    public func code(_ printed: String) -> ActorCode {
        if printed == "UNK" { return ActorCode(nil) }
        let parts = printed.split(separator: " ", maxSplits: 1).map(String.init)
        if parts.count == 2 { return ActorCode(parts[0], sector: parts[1]) }
        return sectors.contains(printed) ? ActorCode(nil, sector: printed) : ActorCode(printed)
    }

    private func date(_ place: Place) throws(EventReaderError) -> EventDate {
        EventDate(
            value: try place.text("value"), precision: try place.text("precision"), basis: try place.text("basis"),
            text: try place.optionalText("text"), span: try place.optionalSpan("span"))
    }

    private func place(_ place: Place) throws(EventReaderError) -> PlaceMention {
        let tokens = try place.optionalSpan("tokens") ?? Span(0, 0)
        return PlaceMention(
            name: try place.text("name"), country: try place.optionalText("country"),
            kind: try place.optionalText("kind") ?? "", latitude: try place.optionalNumber("latitude"),
            longitude: try place.optionalNumber("longitude"), text: try place.text("text"),
            span: try place.span("span"), sentence: try place.optionalInteger("sentence") ?? 0,
            tokens: tokens.start..<tokens.end)
    }

    private func quantity(_ item: Place) throws(EventReaderError) -> Quantity {
        let low = try item.optionalNumber("low")
        let isRange = try item.optionalNumber("high") != nil && low != nil
        let approximate = try item.optionalBoolean("approximate") ?? false
        let unit = try item.optionalText("unit")
        var out = Quantity(
            value: try item.optionalNumber("value"), low: low, high: try item.optionalNumber("high"),
            comparison: try item.optionalText("comparison") ?? (approximate ? "~" : isRange ? "between" : "="),
            unit: unit, of: try item.optionalText("of"), kind: try item.optionalText("kind") ?? kind(of: unit),
            thing: try item.optionalText("thing"), words: try item.optionalText("words"),
            text: try item.text("text"), span: try item.span("span"),
            sentence: try item.optionalInteger("sentence") ?? 0)
        out.casualty = try item.optionalText("casualty")
        return out
    }

    private func kind(of unit: String?) -> String {
        guard let unit else { return "number" }
        if unit == "percent" || unit == "rank" { return unit }
        return unit.utf8.count == 3 && unit == unit.uppercased() ? "money" : "count"
    }

    private func attribution(_ item: Place) throws(EventReaderError) -> Attribution {
        let kindName = try item.text("kind")
        guard let kind = SourceKind(rawValue: kindName) else {
            throw item.error("kind", "\(kindName) is not a kind of source")
        }
        var content: [Span] = []
        for span in try item.items("content") { content.append(try span.asSpan()) }
        var nested: [Attribution] = []
        for inner in try item.items("nested") { nested.append(try attribution(inner)) }
        let printed = try item.optionalText("actor")
        return Attribution(
            source: try item.text("source"), sourceSpan: try item.optionalSpan("source_span"), kind: kind,
            actor: try printed.map { text throws(EventReaderError) in try code(item, text) },
            cue: try item.text("cue"), cueSpan: try item.span("span"), content: content,
            isNegative: try item.optionalBoolean("negative") ?? false, nested: nested)
    }
}
