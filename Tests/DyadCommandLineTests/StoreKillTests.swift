import DyadTesting
import Foundation
import Testing

/// A short form of `Quality/kill_store.py`: a writing program is killed, and a second run makes good what it left.
@Suite struct StoreKillTests {
    @Test func aKilledImportIsMadeGoodByTheNext() throws {
        let folder = try TemporaryFolder()
        let lines = try folder.write(Data(Self.lines(documents: 40).utf8), to: "events.jsonl").path
        let whole = folder.url.appendingPathComponent("whole.sqlite").path
        #expect(try Program.run(["import", "events", lines, "--store", whole]).status == 0)
        let expected = try Program.run(["store", "export", "--store", whole]).output
        #expect(expected.count > 160)
        for milliseconds in [5, 30, 60, 120] {
            let store = folder.url.appendingPathComponent("killed-\(milliseconds).sqlite").path
            try Program.kill(["import", "events", lines, "--store", store], afterMilliseconds: milliseconds)
            #expect(try Program.run(["import", "events", lines, "--store", store]).status == 0)
            #expect(try Program.run(["store", "check", "--store", store]).status == 0)
            #expect(try Program.run(["store", "export", "--store", store]).output == expected)
        }
    }

    @Test func aDryRunSaysWhatWouldChangeAndChangesNothing() throws {
        let folder = try TemporaryFolder()
        let old = try folder.write(Data(Self.lines(documents: 3).utf8), to: "old.jsonl").path
        let changed = Self.lines(documents: 3).replacingOccurrences(of: "Kenya", with: "Peru")
        let new = try folder.write(Data(changed.replacingOccurrences(of: "\"e1-", with: "\"f1-").utf8), to: "new.jsonl")
            .path
        let store = folder.url.appendingPathComponent("dry.sqlite").path
        _ = try Program.run(["import", "events", old, "--store", store])
        let before = try Program.run(["store", "export", "--store", store]).output
        let dry = try Program.run(["import", "events", new, "--store", store, "--dry-run"])
        #expect(dry.status == 0)
        #expect(dry.output.contains("documents: 0 new, 3 changed, 0 unchanged"))
        #expect(dry.output.contains { $0.hasPrefix("  withdrawn  e1-") })
        #expect(try Program.run(["store", "export", "--store", store]).output == before)

        _ = try Program.run(["import", "events", new, "--store", store])
        let withdrawn = try Program.run(["events", "--withdrawn", "--store", store, "--format", "csv"]).output
        #expect(withdrawn.contains { $0.hasPrefix("e1-0,report-1.txt") })
    }

    /// Four events a document, in the form that `dyad code` prints.
    private static func lines(documents: Int) -> String {
        (0..<documents).map { document in
            (0..<4).map { event in
                let text = "Kenya visited Ghana on trip \(event) of \(document)."
                let start = event * 100
                let day = "2024-03-\(10 + event)"
                let parts: [String] = [
                    #"{"id":"e\#(document)-\#(event)","document":"report-\#(document).txt","publisher":"Paper","#,
                    #""published":"\#(day)","url":null,"event":"CONSULT","mode":"visit","context":[],"quad":1,"#,
                    #""intensity":1,"cameo":null,"goldstein":null,"#,
                    #""source_actor":[{"code":"KEN","name":"Kenya","text":"Kenya","span":[\#(start),\#(start + 5)]}],"#,
                    #""target_actor":[{"code":"GHA","name":"Ghana","text":"Ghana","span":[\#(start + 14),\#(start + 19)]}],"#,
                    #""trigger":{"text":"visited","span":[\#(start + 6),\#(start + 13)]},"date":null,"place":null,"#,
                    #""factuality":"asserted","holder":null,"attribution":[],"quantities":[],"#,
                    #""span":[\#(start),\#(start + text.utf8.count)],"text":"\#(text)","confidence":0.8,"#,
                    #""explain":{"stage":"events","rule":"r","file":"f","line":1},"dyad_version":"1","#,
                    #""codebook_version":"1"}"#,
                ]
                return parts.joined()
            }.joined(separator: "\n")
        }.joined(separator: "\n") + "\n"
    }
}
