import DyadCoding
import DyadCore
import DyadLanguage
import DyadPipeline
import DyadTesting
import Foundation
import Testing

/// `Tests/Corpora/factuality`: sentences with events given by their place, and how factual each of them must be read.
@Suite struct GivenEventTests {
    private static let read = Result { try GivenRow.rows(of: "own_factuality.jsonl") }
    static let rows = (try? read.get()) ?? []

    @Test func readsTheRows() throws {
        #expect(throws: Never.self) { try Self.read.get() }
        #expect(try Self.rows.count + GivenRow.rows(of: "known_gaps.jsonl").count >= 700)
    }

    @Test(arguments: rows) func readsWhatTheRowSays(_ row: GivenRow) throws {
        let reader = try Shipped.reader.get()
        let article = reader.read(text: Document(name: row.id, text: row.text))
        var failures: [String] = []
        for event in row.events {
            let found = reader.factuality(of: event.span(in: row.text), in: article)
            if found.label.rawValue != event.label || !event.isHeld(by: found.holder) {
                failures.append(
                    "\(row.id) \(event.text): \(event.label) \(event.holder ?? ""), read as \(found.label.rawValue) \(found.holder) in: \(row.text)"
                )
            }
        }
        // AVX2 rounds more coarsely, and a tree may turn out otherwise there.
        withKnownIssue(isIntermittent: true) {
            for failure in failures { Issue.record("\(failure)") }
        } when: {
            KernelLevel.current == .avx2
        }
    }
}

/// A sentence and its events, as a line of `Tests/Corpora/factuality` gives them.
struct GivenRow: Decodable, Sendable, CustomStringConvertible {
    struct GivenEvent: Decodable, Sendable {
        /// Where it stands, in characters of Unicode.
        var start: Int
        var end: Int
        var text: String
        var label: String
        var holder: String?

        enum CodingKeys: String, CodingKey {
            case start, end, text, label
            case holder = "according_to"
        }

        /// True when these words name the holder that the row names, be it in fewer words; a possessive ending does not count.
        func isHeld(by found: String) -> Bool {
            let wanted = Self.plain(holder ?? ""), found = Self.plain(found)
            guard ["alleged", "denied", "requested"].contains(label), !wanted.isEmpty else { return true }
            return !found.isEmpty && (wanted.contains(found) || found.contains(wanted))
        }

        private static func plain(_ words: String) -> String {
            ["'s", "’s", "'", "’"].first(where: words.hasSuffix).map { String(words.dropLast($0.count)) } ?? words
        }

        /// The bytes of the words.
        func span(in text: String) -> Span {
            let scalars = text.unicodeScalars
            let from =
                scalars.index(scalars.startIndex, offsetBy: start, limitedBy: scalars.endIndex) ?? scalars.endIndex
            let to = scalars.index(scalars.startIndex, offsetBy: end, limitedBy: scalars.endIndex) ?? scalars.endIndex
            let bytes = text.utf8
            return Span(
                bytes.distance(from: bytes.startIndex, to: from), bytes.distance(from: bytes.startIndex, to: to))
        }
    }

    var id: String
    var text: String
    var events: [GivenEvent]
    var description: String { id }

    /// The rows of a file, in order.
    static func rows(of name: String) throws -> [GivenRow] {
        let url = Repository.corpora.appendingPathComponent("factuality").appendingPathComponent(name)
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        return try lines.map { try JSONDecoder().decode(GivenRow.self, from: Data($0.utf8)) }
    }
}
