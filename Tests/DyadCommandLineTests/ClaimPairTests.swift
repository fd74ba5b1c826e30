import DyadTesting
import Foundation
import Testing

/// Pairs of claims with what the second is to the first: `Tests/Corpora/claims/pairs.jsonl`.
@Suite struct ClaimPairTests {
    @Test func pairsAreReadAsTheirLinesSay() throws {
        let file = Repository.root.appendingPathComponent("Tests/Corpora/claims/pairs.jsonl")
        let data = try Data(contentsOf: file)
        let gold = String(decoding: data, as: UTF8.self).split(separator: "\n").map {
            (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: String] ?? [:]
        }
        let answers = try Program.run(["compare", "--jsonl"], input: data).objects
        #expect(gold.count >= 200 && answers.count == gold.count)
        var right = 0
        for (pair, answer) in zip(gold, answers) {
            let label = answer["label"] as? String
            #expect(answer["id"] as? String == pair["id"])
            if label == pair["label"] { right += 1 }
            #expect(!(pair["label"] == "contradicts" && label == "corroborates"), "\(pair["id"] ?? "")")
        }
        #expect(right * 100 >= gold.count * 90, "\(right) of \(gold.count) pairs")
    }

    @Test func badRecordsAreNamed() throws {
        let run = try Program.run(["compare", "--jsonl"], input: Data("{\"id\":7,\"a\":\"x\"}\n".utf8))
        #expect(run.output.count == 1 && run.output[0].contains("\"id\":7") && run.output[0].contains("error"))
        #expect(try Program.run(["compare", "one"]).status == 64)
        #expect(try Program.run(["merge"]).status == 64)
    }

    @Test func mentionsAreClustered() throws {
        let records = [
            #"{"id":"a","text":"Chile expelled the consul of Peru on Monday.","mentions":[{"id":"1","start":6,"end":14}]}"#,
            #"{"id":"b","text":"The expulsion of the Peruvian consul by Chile on Monday angered Lima.","mentions":[{"id":"1","start":4,"end":13},{"id":"2","start":56,"end":63}]}"#,
        ]
        let run = try Program.run(["merge", "--jsonl"], input: Data(records.joined(separator: "\n").utf8))
        #expect(run.status == 0 && run.output.count == 2)
        #expect(run.output[1].contains("\"id\":\"2\""))
    }
}
