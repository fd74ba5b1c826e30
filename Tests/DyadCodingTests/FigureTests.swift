import DyadCore
import DyadPipeline
import DyadTesting
import Foundation
import Testing

/// `Tests/Corpora/quantities`: sentences, and the amounts and places that must be read in them.
@Suite struct FigureTests {
    struct Row: Sendable, CustomStringConvertible {
        var text: String
        var wanted: [String]
        var description: String { text }
    }

    private static func rows(_ name: String) -> [Row] {
        let url = Repository.corpora.appendingPathComponent("quantities/\(name).tsv")
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let wanted = cells.count > 1 ? cells[1].split(separator: ";") : []
            return Row(text: cells[0], wanted: wanted.map { $0.trimmingCharacters(in: .whitespaces) })
        }
    }

    private func read(_ text: String) throws -> AnnotatedArticle {
        try Shipped.reader.get().read(text: Document(name: "a", text: text))
    }

    /// `= 30 boat of patrol boats`, as the annotate command names the unit of a count.
    private static func summary(_ quantity: Quantity) -> String {
        func plain(_ value: Double) -> String {
            value == value.rounded() ? "\(Int(value))" : "\((value * 10_000).rounded() / 10_000)"
        }
        let value =
            quantity.words ?? quantity.value.map(plain)
            ?? [quantity.low, quantity.high].compactMap { $0.map(plain) }.joined(separator: "-")
        let unit =
            switch quantity.kind {
            case "count": quantity.thing ?? quantity.unit ?? "count"
            case "rank", "fraction", "multiple": quantity.kind
            default: quantity.unit ?? quantity.kind
            }
        return "\(quantity.comparison) \(value) \(unit)" + (quantity.of.map { " of \($0)" } ?? "")
    }

    @Test func hasRows() { #expect(Self.rows("figures").count >= 30 && Self.rows("places").count >= 9) }

    @Test(arguments: rows("figures")) func readsFigures(_ row: Row) throws {
        #expect(try read(row.text).quantities.map(Self.summary) == row.wanted)
    }

    @Test(arguments: rows("places")) func readsPlaces(_ row: Row) throws {
        #expect(try read(row.text).places.map { "\($0.text) = \($0.name) \($0.country ?? "None")" } == row.wanted)
    }

    @Test func tiesFiguresToTheirEvents() throws {
        let article = try read(
            "Turkey sold Pakistan corvettes under a deal that covers 30 helicopters worth $1.5 billion.")
        let event = try #require(article.events.first)
        #expect(event.quantities.map(\.unit) == ["item", "USD"] && event.quantities.first?.of == "helicopters")
    }

    @Test func marksNumbersBeyondReason() throws {
        let article = try read(String(repeating: "9", count: 10_000) + " soldiers crossed the border.")
        #expect(article.quantities.allSatisfy { $0.value == nil })
        #expect(article.diagnostics.contains { $0.identifier == "quantity.absurd" })
    }
}
