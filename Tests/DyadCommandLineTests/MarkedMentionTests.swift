import Foundation
import Testing

/// `dyad merge --jsonl`: which marked words are one event.
@Suite struct MarkedMentionTests {
    /// Documents with the marked words in square brackets.
    private let documents = [
        "a": "A ferry [sank] off Tiranga island on Tuesday and 40 passengers drowned, the coast guard [said].",
        "b": "The Tiranga ferry [went down] on Tuesday with 40 passengers aboard, the harbour office [said].",
        "c": "Coast guard: Tiranga island ferry [sank] with 40 passengers on Tuesday.",
        "d": "A ferry [sank] on Lake Morvo on Friday after a storm, and 12 fishermen swam ashore.",
        "e": "The Lake Morvo ferry [capsized] in a storm on Friday; 12 fishermen swam ashore.",
        "f": "Twelve fishermen of Lake Morvo swam ashore when the ferry [sank] in the storm on Friday.",
    ]

    /// Cluster of the marked words, named by document and number.
    private func clusters(_ order: [String]) throws -> [String: String] {
        let lines = try order.map { id in
            var text = "", starts: [Int] = [], mentions: [[String: Any]] = []
            for character in documents[id] ?? "" {
                if character == "[" {
                    starts.append(text.utf8.count)
                } else if character == "]", let start = starts.last {
                    mentions.append(["id": "\(id)\(mentions.count)", "start": start, "end": text.utf8.count])
                } else {
                    text.append(character)
                }
            }
            return try JSONSerialization.data(withJSONObject: ["id": id, "text": text, "mentions": mentions])
        }
        let run = try Program.run(["merge", "--jsonl"], input: Data(lines.joined(separator: Data("\n".utf8))))
        #expect(run.status == 0 && run.output.count == order.count)
        var out: [String: String] = [:]
        for answer in run.objects {
            for mention in answer["mentions"] as? [[String: Any]] ?? [] {
                if let id = mention["id"] as? String { out[id] = mention["cluster"] as? String }
            }
        }
        return out
    }

    /// Groups of marked words, whatever the names of the clusters.
    private func groups(_ order: [String]) throws -> Set<Set<String>> {
        let found = try clusters(order)
        return Set(Dictionary(grouping: found.keys, by: { found[$0] ?? "" }).values.map(Set.init))
    }

    @Test func wordsAndPhrasesOfOneHappeningMeet() throws {
        let found = try clusters(["a", "b", "c", "d", "e", "f"])
        #expect(found["a0"] == found["b0"] && found["a0"] == found["c0"])
        #expect(found["d0"] == found["e0"] && found["d0"] == found["f0"])
    }

    @Test func oneWordForTwoHappeningsStaysApart() throws {
        let found = try clusters(["a", "b", "c", "d", "e", "f"])
        #expect(found["a0"] != nil && found["a0"] != found["d0"])
    }

    @Test func speakersDoNotShareAnActOfSaying() throws {
        let found = try clusters(["a", "b", "c"])
        #expect(found["a1"] != nil && found["a1"] != found["b1"])
    }

    @Test func orderDoesNotMatter() throws {
        #expect(try groups(["f", "b", "d", "a", "e", "c"]) == groups(["a", "b", "c", "d", "e", "f"]))
    }
}
