import Foundation
import Testing

/// `dyad code --jsonl`: one answer a line, in order, whatever the line holds.
@Suite struct FilterTests {
    private static let lines: [Data] = [
        Data(#"{"id":"good","text":"Kenya thanked Uganda.","date":"2024-05-14"}"#.utf8),
        Data("not JSON".utf8),
        Data(),
        Data(#"{"id":"cut","text":"Kenya"#.utf8),
        Data(#"{"id":7}"#.utf8),
        Data(#"["a list"]"#.utf8),
        Data(#"{"id":{"deep":[1]},"text":17}"#.utf8),
        Data(#"{"id":"latin","text":"Peru "#.utf8) + [0xE9, 0xFF] + Data(#""}"#.utf8),
        Data(#"{"id":"nul","text":"Kenya\u0000thanked Uganda"}"#.utf8),
        Data([0, 1, 2, 0xFF]),
        Data(String(repeating: "[", count: 20_000).utf8),
        Data(#"{"id":"half","text":"\ud83d Peru"}"#.utf8),
        Data(#"{"id":"date","text":"Peru thanked Chile.","date":"yesterday"}"#.utf8),
        Data(#"{"id":"large","text":""#.utf8) + Data(String(repeating: "x", count: 10_000_001).utf8)
            + Data(#""}"#.utf8),
        Data("{\"id\":\"return\",\"text\":\"Peru thanked Chile.\"}\r".utf8),
        Data(#"{"id":"last","text":"Peru thanked Chile."}"#.utf8),
    ]

    private static let run = Result {
        try Program.run(["code", "--jsonl"], input: Data(lines.joined(separator: [0x0A])))
    }

    @Test func answersEveryLineInOrder() throws {
        let run = try Self.run.get()
        #expect(run.status == 0)
        #expect(run.output.count == Self.lines.count)
        #expect(run.objects.allSatisfy { $0["events"] is [Any] && $0.keys.contains("id") })
        let named = run.objects.map { $0["id"] as? String }
        #expect(named.first == "good" && named.last == "last" && named[12] == "date" && named[14] == "return")
        #expect(run.objects[4]["id"] as? Int == 7)
        #expect(((run.objects[6]["id"] as? [String: Any])?["deep"] as? [Int]) == [1])
    }

    @Test func codesTheGoodLines() throws {
        let objects = try Self.run.get().objects
        for index in [0, 12, 14, 15] {
            let events = objects[index]["events"] as? [[String: Any]] ?? []
            #expect(events.contains { $0["event"] as? String == "SUPPORT" }, "line \(index + 1)")
            #expect(objects[index]["error"] == nil, "line \(index + 1)")
        }
    }

    @Test(arguments: [
        (1, "parse"), (2, "parse"), (3, "parse"), (4, "parse"), (5, "parse"), (6, "parse"), (7, "encoding"),
        (9, "encoding"), (10, "parse"), (13, "too_large"),
    ])
    func tellsWhatIsWrong(_ index: Int, _ kind: String) throws {
        let error = try #require(try Self.run.get().objects[index]["error"] as? [String: Any], "line \(index + 1)")
        #expect(error["kind"] as? String == kind, "line \(index + 1): \(error)")
        #expect((error["message"] as? String ?? "").isEmpty == false)
    }

    /// A line that cannot be read still says which record it was.
    @Test func echoesTheIdOfBrokenLines() throws {
        let objects = try Self.run.get().objects
        for (index, name) in [(3, "cut"), (7, "latin"), (8, "nul"), (11, "half"), (13, "large")] {
            #expect(objects[index]["id"] as? String == name)
        }
        #expect(objects[1]["id"] is NSNull)
    }

    /// The built program as its own worker, stopped again and again.
    @Test func answersRecordsThatTakeTooLong() throws {
        let record = #"{"id":"long","text":"\#(String(repeating: "Peru thanked Chile. ", count: 20_000))"}"#
        let run = try Program.run(
            ["code", "--jsonl", "--timeout", "0.2", "--workers", "1"],
            input: Data("\(record)\n\(record)\n{\"id\":7}\n".utf8))
        #expect(run.status == 0 && run.objects.count == 3)
        for object in run.objects.prefix(2) {
            #expect(object["id"] as? String == "long")
            #expect((object["error"] as? [String: Any])?["kind"] as? String == "timeout")
        }
        #expect(run.errors.contains("2 of 3 records lost their worker"))
    }

    @Test func writesASCII() throws {
        #expect(try Self.run.get().output.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
    }
}
