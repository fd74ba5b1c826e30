import DyadExchange
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        ("null", JSONValue.null), (" [ ] ", .array([])), ("{}", .object([])), ("-0", .integer(0)), ("12", .integer(12)),
        ("1.5e3", .number(1500)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
        (#""a\u00e9\ud834\udd1e\n\/""#, .string("aé𝄞\n/")), (#""\ud834x""#, .string("\u{FFFD}x")),
        (#""\ud834\u0041""#, .string("\u{FFFD}A")), ("\"ü\"", .string("ü")), ("\u{FEFF}true", .boolean(true)),
    ])
    func parsesValues(text: String, expected: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == expected)
    }

    @Test(arguments: [
        ("", 0, "ends where a value"), ("{", 1, "a key"), (#"{"a"}"#, 4, "a colon"), (#"{"a":1,}"#, 7, "a key"),
        ("[1 2]", 3, "a comma or ]"), ("[1,]", 3, "a value is expected"), ("01", 0, "begin with 0"),
        ("1.", 2, "after the point"), ("1e", 2, "exponent"), ("-", 1, "a digit"), ("tru", 0, "a value"),
        ("NaN", 0, "a value"), ("1e999", 0, "too large"),
        (#""abc"#, 0, "not closed"), ("\"a\nb\"", 2, "control character"), (#""\x""#, 2, "unknown escape"),
        (#""\u12g4""#, 5, "four hexadecimal"), ("1 1", 2, "after the value"), (#"{"a":1 "b":2}"#, 7, "a comma or }"),
        ("'a'", 0, "a value"),
    ])
    func explainsMistakes(text: String, offset: Int, reason: String) throws {
        let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error.offset == offset)
        #expect(error.reason.contains(reason))
        #expect(error.kind == .syntax)
    }

    @Test func refusesBrokenEncodingAndDepth() throws {
        let broken = try #require(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        #expect(broken.kind == .encoding)
        let deep = String(repeating: "[", count: 201)
        let error = try #require(throws: JSONError.self) { try JSONValue(parsing: deep) }
        #expect(error.kind == .depth)
        let fine = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(try JSONValue(parsing: fine).array?.count == 1)
    }

    @Test func cutTextNeverPasses() {
        let bytes = Array(#"{"a":[1,2.5,{"b":"x\u00e9"}],"c":null}"#.utf8)
        for count in 0..<bytes.count {
            #expect(throws: JSONError.self) { try JSONValue(parsing: bytes.prefix(count)) }
        }
    }

    @Test func keepsOrderAndFindsKeys() throws {
        let value = try JSONValue(parsing: #"{"b":1,"a":{"x":[true,"t",2.5]},"b":3.0}"#)
        #expect(value.object?.map(\.key) == ["b", "a", "b"])
        #expect(value["b"]?.integer == 3)
        #expect(value["a"]?["x"]?.array?.last?.number == 2.5)
        #expect(value["none"] == nil)
        #expect(value.line == #"{"b":1,"a":{"x":[true,"t",2.5]},"b":3}"#)
    }

    @Test func writesASCIIInShortestForm() {
        var json = JSONWriter()
        json.object {
            $0.key("é\"\\")
            $0.string("\u{01}\t\r\n\u{7F}𝄞/")
            $0.key("n")
            $0.array([0.1, 30, -0.0, 1e300, 1e-7, .infinity, .nan]) { $0.number($1) }
            $0.key("e")
            $0.array { _ in }
        }
        json.endLine()
        #expect(
            json.text == #"{"\u00e9\"\\":"\u0001\t\r\n\u007f\ud834\udd1e/","#
                + #""n":[0.1,30,0,1e+300,1e-07,null,null],"e":[]}"# + "\n")
    }
}
