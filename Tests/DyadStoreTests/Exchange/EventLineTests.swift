import DyadCore
import DyadExchange
import Testing

@Suite struct EventLineTests {
    private let line = EventLine(versions: Fixtures.versions)
    private let archive = EventLine(versions: Fixtures.versions, form: .archive)

    @Test func writesTheContract() {
        let expected = #"""
            {"id":"ID","document":"a.txt","publisher":"The \"Daily\"\nMail","published":"2015-10-15",
            "url":"https://example.org/a?b=c","event":"REQUEST","mode":"assist","context":["military","terrorism"],
            "quad":3,"intensity":0.5,"cameo":"021","goldstein":3.4,
            "source_actor":[{"code":"TUR GOV","name":"T\u00fcrkiye","text":"T\u00fcrkiye","span":[0,8]}],
            "target_actor":[{"code":"PAK","name":"Pakistan","text":"Pakistan","span":[14,22]},
            {"code":"REB","name":"rebels","text":"rebels","span":[0,6]}],
            "trigger":{"text":"seeks","span":[0,5]},
            "date":{"value":"2015-10-14","precision":"day","basis":"relative","text":"on Wednesday","span":[3,9]},
            "place":{"name":"Ankara","country":"TUR","latitude":39.92,"longitude":-32.85,"text":"Ankara","span":[1,7]},
            "factuality":"alleged","holder":"sources",
            "attribution":[{"source":"Sources","kind":"anonymous","actor":"TUR MIL","cue":"disclosed","span":[8,17],
            "content":[[0,5],[9,12]],"nested":[{"source":"","kind":"none","actor":null,"cue":"said","span":[1,5],
            "content":[],"nested":[]}]}],
            "quantities":[{"value":30,"low":25,"high":35.5,"unit":"item","of":"ATAK helicopters","approximate":true,
            "text":"at least 30","span":[4,15]}],
            "span":[0,37],"text":"T\u00fcrkiye seeks \ud834\udd1e Pakistan\u2019s help","confidence":0.83,
            "explain":{"stage":"events","rule":"seek","file":"triggers.tsv","line":3},
            "dyad_version":"0.0.1","codebook_version":"test"}
            """#.split(separator: "\n").joined()
        var event = Fixtures.fullEvent
        event.id = "ID"
        #expect(line.text(event) == expected)
    }

    @Test func archiveFormLosesNothing() throws {
        let full = Fixtures.fullEvent
        #expect(try EventReader().read(archive.text(full)).event == full)
        let bare = Fixtures.event(.agree, from: [], text: "x")
        #expect(try EventReader().read(archive.text(bare)).event == bare)
        #expect(try EventReader().read(archive.text(full)).versions == Fixtures.versions)
    }

    @Test func exchangeFormIsStable() throws {
        let text = line.text(Fixtures.fullEvent)
        let event = try #require(try EventReader().read(text).event)
        #expect(line.text(event) == text)
        #expect(event.targetActors.map(\.code) == [ActorCode("PAK"), ActorCode(nil, sector: "REB")])
    }

    @Test func writtenKeysAreTheSchemasKeys() throws {
        for text in [line.text(Fixtures.fullEvent), line.emptyText(document: "a.txt")] {
            let value = try JSONValue(parsing: text)
            #expect(value.object?.map(\.key) == EventSchema.keys)
            try check(value, EventFields.event, path: "")
        }
        #expect(try EventReader().read(line.emptyText(document: "a.txt")).event == nil)
    }

    /// Holds a value to its fields, types included.
    private func check(_ value: JSONValue, _ fields: [EventField], path: String) throws {
        #expect(value.object?.map(\.key) == fields.map(\.name), "\(path)")
        for field in fields {
            let member = try #require(value[field.name])
            if member.isNull {
                #expect(field.isOptional, "\(path).\(field.name) is null")
            } else {
                try check(member, field.type, path: "\(path).\(field.name)")
            }
        }
    }

    private func check(_ value: JSONValue, _ type: FieldType, path: String) throws {
        switch type {
        case .string: #expect(value.string != nil, "\(path)")
        case .choice(let values): #expect(values.contains(value.string ?? ""), "\(path)")
        case .day: #expect(CalendarDate(value.string ?? "") != nil, "\(path)")
        case .number: #expect(value.number != nil, "\(path)")
        case .integer: #expect(value.integer != nil, "\(path)")
        case .boolean: #expect(value.boolean != nil, "\(path)")
        case .span: #expect(value.array?.compactMap(\.integer).count == 2, "\(path)")
        case .list(let item): for inner in try #require(value.array) { try check(inner, item, path: path + "[]") }
        case .object(let fields): try check(value, fields, path: path)
        case .attributions:
            for inner in try #require(value.array) { try check(inner, EventFields.attribution, path: path + "[]") }
        }
    }

    @Test func schemasAreWellFormed() throws {
        let schema = try JSONValue(parsing: EventSchema.jsonSchema)
        #expect(schema["properties"]?.object?.map(\.key) == EventSchema.keys)
        #expect(schema["required"]?.array?.compactMap(\.string) == EventSchema.keys)
        #expect(schema["properties"]?["event"]?["enum"]?.array?.count == EventType.allCases.count + 1)
        #expect(schema["$defs"]?["attribution"]?["properties"]?["nested"]?["items"]?["$ref"] != nil)
        let spark = EventSchema.sparkDDL
        for key in EventSchema.keys { #expect(spark.contains("`\(key)` ")) }
        #expect(spark.contains("`place` STRUCT<`name`: STRING, `country`: STRING, `latitude`: DOUBLE"))
        #expect(spark.filter { $0 == "<" }.count == spark.filter { $0 == ">" }.count)
    }

    @Test func printsScalarOffsets() throws {
        let event = Fixtures.fullEvent
        let offsets = ScalarOffsets(Array(event.text.utf8))
        let value = try JSONValue(parsing: line.text(event, offsets: offsets.callAsFunction))
        #expect(value["span"]?.array?.compactMap(\.integer) == [0, event.text.unicodeScalars.count])
        #expect(value["source_actor"]?.array?.first?["span"]?.array?.compactMap(\.integer) == [0, 7])
        let long = ScalarOffsets(Array(String(repeating: "aé𝄞", count: 100).utf8))
        #expect(long(0) == 0 && long(1) == 1 && long(3) == 2 && long(7) == 3 && long(700) == 300 && long(900) == 300)
        #expect(ScalarOffsets([])(5) == 0)
        #expect(ScalarOffsets([UInt8](repeating: 0x61, count: 64))(64) == 64)
    }

    @Test func expandsPairs() {
        let (a, b, c) = (Fixtures.turkey, Fixtures.pakistan, Fixtures.actor("IRN", "Iran"))
        func pairs(_ sources: [EventActor], _ targets: [EventActor]) -> [String] {
            EventLine.expanded(Fixtures.event(.consult, from: sources, to: targets, text: "x")).map {
                ($0.sourceActors + $0.targetActors).map(\.code.description).joined(separator: ">")
            }
        }
        #expect(pairs([a, b], [c]) == ["TUR>IRN", "PAK>IRN"])
        #expect(pairs([a], [b, c]) == ["TUR>PAK", "TUR>IRN"])
        #expect(pairs([a, b], []) == ["TUR>PAK", "PAK>TUR"])
        #expect(pairs([a], []) == ["TUR"])
        #expect(pairs([], [a, b]) == ["TUR", "PAK"])
    }

    @Test(arguments: [
        (#"{"event":"REQUEST""#, "", "a comma or }"), (#"{"event":null}"#, "document", "missing"),
        (#"{"document":"a","event":"HUG"}"#, "event", "HUG is not one of the sixteen"),
        (#"{"document":"a","event":"AID","id":"x","trigger":{"text":"t","span":[5,1]}}"#, "trigger.span", "a pair"),
        (
            #"{"document":"a","event":"AID","id":"x","trigger":{"text":"t","span":[0,1]},"source_actor":[{"code":7}]}"#,
            "source_actor[0].code", "a string is expected, not a number"
        ),
        (#"{"document":5}"#, "document", "a string"), ("[]", "", "an object is expected"),
    ])
    func namesThePlaceOfMistakes(text: String, place: String, reason: String) throws {
        let error = try #require(throws: EventReaderError.self) { try EventReader().readAll("\n\(text)") }
        #expect(error.line == 2)
        #expect(error.place == place)
        #expect(error.reason.contains(reason))
    }
}
