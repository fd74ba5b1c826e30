import DyadTesting
import Foundation
import Testing

@Suite struct CodebookCommandTests {
    private let border = Repository.root.appendingPathComponent("Examples/codebooks/border").path
    private let annotated = Repository.corpora.appendingPathComponent("score/small.jsonl").path

    @Test func listsEventsAndCodes() throws {
        let plover = try Program.run(["codebook", "list"])
        #expect(plover.status == 0)
        #expect(plover.output.count == 16)
        #expect(plover.output.contains { $0.hasPrefix("CONSULT\tquad 1\t") && $0.contains("visit") })
        let own = try Program.run(["codebook", "list", "--codebook", border])
        #expect(own.output.contains("B3\tquad 4\t1 patterns\tShots or shells across a border"))
    }

    @Test func explainsAnEventAndACode() throws {
        let event = try Program.run(["codebook", "explain", "sanction"])
        #expect(event.status == 0)
        #expect(event.output.contains { $0.hasPrefix("Mode withdraw") })
        #expect(event.output.contains { $0.contains("lexicons/en/triggers/sanction.tsv:") })
        let code = try Program.run(["codebook", "explain", "0841"])
        #expect(code.output.contains { $0.contains("codebook/cameo/patterns.tsv:") })
        #expect(try Program.run(["codebook", "explain", "9999"]).status == 1)
    }

    @Test func checksShippedFilesAndOnesOwn() throws {
        let clean = try Program.run(["codebook", "check", border])
        #expect(clean.status == 0, "\(clean.errors)")
        #expect(clean.output.contains { $0.hasPrefix("Border 1: 5 codes, 4 patterns") })
        let folder = try TemporaryFolder()
        try folder.write("name: Mine\ncodes:\n  A: {parent: B, definition: a}\n", to: "mine/codebook.yaml")
        let wrong = try Program.run(["codebook", "check", "mine"], in: folder.url)
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("mine/codebook.yaml:3: A has the parent B, which is no code"))
    }

    @Test func codesByAConvention() throws {
        let record = Data(#"{"id":1,"text":"Canada agreed to lift sanctions on Iran."}"#.utf8)
        let plain = try Program.run(["code", "--jsonl"], input: record)
        #expect(plain.output.contains { $0.contains(#""event":"AGREE""#) && $0.contains(#""cameo":"0354""#) })
        let old = try Program.run(["code", "--jsonl", "--convention", "petrarch"], input: record)
        #expect(old.output.contains { $0.contains(#""event":"RETREAT""#) && $0.contains(#""cameo":"085""#) })
        #expect(old.output.contains { $0.contains(#""factuality":"planned""#) })
        let unknown = try Program.run(["code", "--convention", "nobody", "x.txt"])
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("petrarch"))
    }

    @Test func codesWithACodebookOfOnesOwn() throws {
        let record = Data(#"{"id":1,"text":"Malawi closed its border with Zambia."}"#.utf8)
        let run = try Program.run(["code", "--jsonl", "--codebook", border], input: record)
        let events = run.objects.first?["events"] as? [[String: Any]] ?? []
        #expect(events.contains { $0["code"] as? String == "B2" }, "\(run.output)")
        #expect(events.first?["codebook_version"] as? String == "plover-2023.1+border-1")
        let plain = try Program.run(["code", "--jsonl"], input: record)
        #expect((plain.objects.first?["events"] as? [[String: Any]] ?? []).allSatisfy { $0["code"] == nil })
    }

    @Test func scoresAnAnnotatedFile() throws {
        let own = try Program.run(["score", annotated, "--json"])
        #expect(own.status == 0, "\(own.errors)")
        let measures = own.objects.first?["measures"] as? [String: [String: Any]] ?? [:]
        let pairs = try #require(measures["source+target+event/country"])
        #expect(pairs["gold"] as? Int == 4)
        #expect(pairs["correct"] as? Int == 3)
        let same = try Program.run(["score", annotated, annotated])
        #expect(same.output.first?.hasPrefix("MEASURE") == true)
        #expect(same.output.contains { $0.hasPrefix("event+mode") && $0.contains("100.0") })
        let broken = try TemporaryFolder()
        try broken.write("{\"id\":1}\n", to: "gold.jsonl")
        let wrong = try Program.run(["score", "gold.jsonl"], in: broken.url)
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("gold.jsonl: line 1: "))
    }
}
