import DyadCore

/// The type of a value in an event line.
package indirect enum FieldType: Sendable, Equatable {
    case string
    /// A string with a closed list of values.
    case choice([String])
    /// `YYYY-MM-DD`.
    case day
    case number
    case integer
    case boolean
    /// A pair of offsets, first and one past the last.
    case span
    case list(FieldType)
    case object([EventField])
    /// Attributions within an attribution.
    case attributions
}

/// One key of an event line: its name, type and meaning.
package struct EventField: Sendable, Equatable {
    package var name: String
    package var type: FieldType
    /// True when the value may be null.
    package var isOptional: Bool
    /// One phrase for the schema.
    package var note: String

    init(_ name: String, _ type: FieldType, optional: Bool = false, _ note: String) {
        self.name = name
        self.type = type
        isOptional = optional
        self.note = note
    }
}

/// The table of all keys, in the order of the line.
///
/// The schemas are made from it, and tests hold the writer to it.
package enum EventFields {
    /// Keys of an event line.
    package static let event: [EventField] = identity + coding + parties + evidence + origin

    /// Keys of an attribution.
    package static let attribution: [EventField] = [
        EventField("source", .string, "words of the source, empty when nobody is named"),
        EventField("kind", .choice(sourceKinds), "what kind of source it is"),
        EventField("actor", .string, optional: true, "code of the actor the source denotes"),
        EventField("cue", .string, "the saying word"),
        EventField("span", .span, "where the cue stands"),
        EventField("content", .list(.span), "where the words stand that are attributed"),
        EventField("nested", .attributions, "what the content itself reports"),
    ]

    private static let identity: [EventField] = [
        EventField("id", .string, optional: true, "hash of document, trigger and event; null in an empty line"),
        EventField("document", .string, "name of the input"),
        EventField("publisher", .string, optional: true, "the outlet"),
        EventField("published", .day, optional: true, "day of publication"),
        EventField("url", .string, optional: true, "address of the document"),
    ]

    private static let coding: [EventField] = [
        EventField("event", .choice(EventType.allCases.map(\.rawValue)), optional: true, "PLOVER event type"),
        EventField("mode", .string, optional: true, "PLOVER mode"),
        EventField("context", .list(.string), "PLOVER contexts"),
        EventField("quad", .integer, optional: true, "1 verbal, 2 material cooperation; 3 verbal, 4 material conflict"),
        EventField("intensity", .number, optional: true, "PLOVER score, -10 to 10"),
        EventField("cameo", .string, optional: true, "derived CAMEO code"),
        EventField("goldstein", .number, optional: true, "Goldstein score of the CAMEO code"),
    ]

    private static let parties: [EventField] = [
        EventField("source_actor", .list(.object(actor)), "who acts; all parties of a mutual event"),
        EventField("target_actor", .list(.object(actor)), "on whom; empty for a mutual event"),
        EventField("trigger", .object(trigger), optional: true, "the words that express the event"),
    ]

    private static let evidence: [EventField] = [
        EventField("date", .object(date), optional: true, "when it happened"),
        EventField("place", .object(place), optional: true, "where it happened"),
        EventField(
            "factuality", .choice(Factuality.allCases.map(\.rawValue)), optional: true, "how factual it is told"),
        EventField("holder", .string, optional: true, "whose view that is; null for the report itself"),
        EventField("attribution", .list(.object(attribution)), "who says it"),
        EventField("quantities", .list(.object(quantity)), "amounts in the event"),
        EventField("span", .span, optional: true, "where the sentence stands"),
        EventField("text", .string, optional: true, "the sentence"),
        EventField("confidence", .number, optional: true, "0 to 1, calibrated"),
    ]

    private static let origin: [EventField] = [
        EventField("explain", .object(explanation), optional: true, "the rule that made the event"),
        EventField("dyad_version", .string, "version of the program"),
        EventField("codebook_version", .string, "version of the codebook"),
    ]

    private static let actor: [EventField] = [
        EventField("code", .string, "country or organisation, and sector"),
        EventField("name", .string, "canonical name"),
        EventField("text", .string, "the words"),
        EventField("span", .span, "where they stand"),
    ]

    private static let trigger: [EventField] = [
        EventField("text", .string, "the words"),
        EventField("span", .span, "where they stand"),
    ]

    private static let date: [EventField] = [
        EventField("value", .string, "ISO 8601 day, week, month, year or interval"),
        EventField("precision", .string, "day, week, month, season, quarter, year, decade or range"),
        EventField("basis", .string, "stated, relative or publication"),
        EventField("text", .string, optional: true, "the words"),
        EventField("span", .span, optional: true, "where they stand"),
    ]

    private static let place: [EventField] = [
        EventField("name", .string, "canonical name"),
        EventField("country", .string, optional: true, "ISO 3166 alpha-3"),
        EventField("latitude", .number, optional: true, "degrees, north positive"),
        EventField("longitude", .number, optional: true, "degrees, east positive"),
        EventField("text", .string, "the words"),
        EventField("span", .span, "where they stand"),
    ]

    private static let quantity: [EventField] = [
        EventField("value", .number, optional: true, "the number"),
        EventField("low", .number, optional: true, "lower end of a range"),
        EventField("high", .number, optional: true, "upper end of a range"),
        EventField("unit", .string, optional: true, "currency code, percent, item, person, km, …"),
        EventField("of", .string, optional: true, "what is counted"),
        EventField("approximate", .boolean, "true for \"about\", \"nearly\", \"dozens of\""),
        EventField("text", .string, "the words"),
        EventField("span", .span, "where they stand"),
    ]

    private static let explanation: [EventField] = [
        EventField("stage", .string, "name of the stage"),
        EventField("rule", .string, "the pattern or rule"),
        EventField("file", .string, "file of the rule"),
        EventField("line", .integer, "line in the file, 0 when there is none"),
    ]

    private static let sourceKinds = ["named", "role", "anonymous", "metonym", "medium", "document", "none"]
}
