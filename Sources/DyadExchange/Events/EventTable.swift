public import DyadCore

/// Events as rows of a flat table, for CSV: lists are joined by `; `, spans are two columns.
public enum EventTable {
    /// Names of the columns.
    public static let header: [String] = columns.map(\.name)

    /// The row of an event.
    public static func row(_ event: Event) -> [String?] { columns.map { $0.value(event) } }

    private struct Column: Sendable {
        let name: String
        let value: @Sendable (Event) -> String?

        init(_ name: String, _ value: @escaping @Sendable (Event) -> String?) {
            self.name = name
            self.value = value
        }
    }

    private static let columns: [Column] = [
        Column("id") { $0.id },
        Column("document") { $0.document },
        Column("publisher") { $0.publisher },
        Column("published") { $0.published?.description },
        Column("url") { $0.url },
        Column("event") { $0.type.rawValue },
        Column("mode") { $0.mode },
        Column("context") { list($0.contexts) },
        Column("quad") { String($0.type.quad) },
        Column("intensity") { number($0.intensity) },
        Column("cameo") { $0.cameo },
        Column("goldstein") { number($0.goldstein) },
        Column("source_actor") { list($0.sourceActors.map(\.code.description)) },
        Column("source_name") { list($0.sourceActors.map(\.name)) },
        Column("target_actor") { list($0.targetActors.map(\.code.description)) },
        Column("target_name") { list($0.targetActors.map(\.name)) },
        Column("trigger") { $0.trigger },
        Column("date") { $0.date?.value },
        Column("date_precision") { $0.date?.precision },
        Column("date_basis") { $0.date?.basis },
        Column("place") { $0.place?.name },
        Column("country") { $0.place?.country },
        Column("latitude") { number($0.place?.latitude) },
        Column("longitude") { number($0.place?.longitude) },
        Column("factuality") { $0.factuality.rawValue },
        Column("holder") { $0.holder },
        Column("attribution") { list($0.attribution.map(\.source).filter { !$0.isEmpty }) },
        Column("quantities") { list($0.quantities.map(\.text)) },
        Column("span_start") { String($0.span.start) },
        Column("span_end") { String($0.span.end) },
        Column("text") { $0.text },
        Column("confidence") { number($0.confidence) },
    ]

    private static func list(_ items: [String]) -> String? { items.isEmpty ? nil : items.joined(separator: "; ") }

    private static func number(_ value: Double?) -> String? {
        value.map { (JSONValue.number($0)).line }
    }
}
