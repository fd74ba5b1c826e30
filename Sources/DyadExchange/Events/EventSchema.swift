/// Describes an event line for other programs, made from the same table that the writer is held to.
public enum EventSchema {
    /// JSON Schema (draft 2020-12) of an event line, indented, with a line feed at the end.
    public static var jsonSchema: String {
        var out = SchemaText()
        out.open("{")
        out.line("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",")
        out.line("\"title\": \"Dyad event\",")
        out.line("\"description\": \"One line of JSON Lines; every key is always there.\",")
        out.open("\"$defs\": {")
        out.line("\"span\": \(spanSchema),")
        out.open("\"attribution\": {")
        objectBody(EventFields.attribution, &out)
        out.close("}")
        out.close("},")
        objectBody(EventFields.event, &out)
        out.close("}")
        return out.text
    }

    /// The columns as a Spark DDL string, for `spark.read.schema(…)` and `from_json`.
    ///
    /// Spark has no recursive types: attributions are nested two deep, what lies deeper is kept as JSON text.
    public static var sparkDDL: String {
        EventFields.event.map { "`\($0.name)` \(sparkType($0.type, depth: 2))" }.joined(separator: ", ")
    }

    /// Names of the keys, in order.
    public static var keys: [String] { EventFields.event.map(\.name) }

    private static let spanSchema =
        #"{"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}"#

    private static func objectBody(_ fields: [EventField], _ out: inout SchemaText) {
        out.line("\"type\": \"object\",")
        out.line("\"additionalProperties\": false,")
        out.line("\"required\": [\(fields.map { quoted($0.name) }.joined(separator: ", "))],")
        out.open("\"properties\": {")
        for (index, field) in fields.enumerated() {
            property(field, isLast: index == fields.count - 1, &out)
        }
        out.close("}")
    }

    private static func property(_ field: EventField, isLast: Bool, _ out: inout SchemaText) {
        let comma = isLast ? "" : ","
        let note = "\"description\": \(quoted(field.note))"
        guard let inner = innerFields(field.type) else {
            out.line("\(quoted(field.name)): {\(note), \(constraint(field.type, field.isOptional))}\(comma)")
            return
        }
        out.open("\(quoted(field.name)): {")
        out.line("\(note),")
        if case .list = field.type {
            out.line("\"type\": \"array\",")
            out.open("\"items\": {")
            objectBody(inner, &out)
            out.close("}")
        } else if field.isOptional {
            out.open("\"anyOf\": [{\"type\": \"null\"}, {")
            objectBody(inner, &out)
            out.close("}]")
        } else {
            objectBody(inner, &out)
        }
        out.close("}\(comma)")
    }

    /// The fields of an object or of the objects of a list; nil for other types and for those kept in `$defs`.
    private static func innerFields(_ type: FieldType) -> [EventField]? {
        switch type {
        case .object(let fields): fields
        case .list(.object(let fields)): fields == EventFields.attribution ? nil : fields
        default: nil
        }
    }

    private static func constraint(_ type: FieldType, _ isOptional: Bool) -> String {
        switch type {
        case .span: isOptional ? "\"anyOf\": [{\"type\": \"null\"}, \(spanReference)]" : "\"$ref\": \"#/$defs/span\""
        case .choice(let values): choice(values, isOptional)
        case .list(.span): "\"type\": \"array\", \"items\": \(spanReference)"
        case .attributions, .list(.object):
            "\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/attribution\"}"
        case .list(let item): "\"type\": \"array\", \"items\": {\(constraint(item, false))}"
        case .day: "\(typeName("string", isOptional)), \"format\": \"date\""
        case .number: typeName("number", isOptional)
        case .integer: typeName("integer", isOptional)
        case .boolean: typeName("boolean", isOptional)
        case .string, .object: typeName("string", isOptional)
        }
    }

    private static let spanReference = "{\"$ref\": \"#/$defs/span\"}"

    private static func typeName(_ name: String, _ isOptional: Bool) -> String {
        isOptional ? "\"type\": [\"\(name)\", \"null\"]" : "\"type\": \"\(name)\""
    }

    private static func choice(_ values: [String], _ isOptional: Bool) -> String {
        "\"enum\": [\((values.map(quoted) + (isOptional ? ["null"] : [])).joined(separator: ", "))]"
    }

    private static func quoted(_ text: String) -> String { JSONValue.string(text).line }

    private static func sparkType(_ type: FieldType, depth: Int) -> String {
        switch type {
        case .string, .choice: "STRING"
        case .day: "DATE"
        case .number: "DOUBLE"
        case .integer: "INT"
        case .boolean: "BOOLEAN"
        case .span: "ARRAY<INT>"
        case .list(let item): "ARRAY<\(sparkType(item, depth: depth))>"
        case .object(let fields): sparkStruct(fields, depth: depth)
        case .attributions:
            depth > 1 ? "ARRAY<\(sparkStruct(EventFields.attribution, depth: depth - 1))>" : "STRING"
        }
    }

    private static func sparkStruct(_ fields: [EventField], depth: Int) -> String {
        let columns = fields.map { "`\($0.name)`: \(sparkType($0.type, depth: depth))" }
        return "STRUCT<\(columns.joined(separator: ", "))>"
    }
}

/// Lines with their indentation.
private struct SchemaText {
    private(set) var text = ""
    private var level = 0

    mutating func line(_ content: String) {
        text += String(repeating: "  ", count: level) + content + "\n"
    }

    mutating func open(_ content: String) {
        line(content)
        level += 1
    }

    mutating func close(_ content: String) {
        level -= 1
        line(content)
    }
}
