import DyadCodebook
import DyadCore
import DyadPipeline
import Testing

/// Absurd numbers, impossible dates and endless nesting give a value, or none with a diagnostic, and always an end.
@Suite struct HostileTextTests {
    private static let published = CalendarDate(year: 2024, month: 5, day: 15)

    private func read(_ text: String) throws -> AnnotatedArticle {
        try Shipped.reader.get().read(text: Document(name: "t", text: text, published: Self.published))
    }

    @Test(arguments: ["31 February 2024", "30 February", "29 February 2023", "the year 0"])
    func impossibleDatesHaveNoValueAndSayWhy(_ date: String) throws {
        let article = try read("Peru thanked Chile on \(date).")
        #expect(article.times.allSatisfy { $0.value == nil })
        #expect(!article.times.isEmpty)
        #expect(article.diagnostics.contains { $0.identifier == "time.impossible" })
        #expect(article.events.allSatisfy { $0.date?.basis == "publication" || $0.date?.basis == "unknown" })
    }

    @Test(arguments: [
        "99/99/9999", "0000-00-00", "the year 99999999999", "99999999999999999999 years ago", "25:99", "32 May 2024",
    ])
    func absurdDatesEnd(_ date: String) throws {
        let values = try read("Peru thanked Chile on \(date).").times.compactMap(\.value)
        #expect(values.allSatisfy { $0.utf8.count < 30 })
    }

    @Test(arguments: [
        String(repeating: "9", count: 5000) + " soldiers", "1e999 dollars", "1/0 of the voters", "-5 soldiers",
        "0.0000000000000000000000001 percent", "between 500 and 3 tanks", "\u{663}\u{661} jets",
    ])
    func absurdAmountsAreFiniteOrNothing(_ amount: String) throws {
        let found = try read("Peru sent Chile \(amount).").quantities
        #expect(
            found.allSatisfy { $0.value?.isFinite ?? true && $0.low?.isFinite ?? true && $0.high?.isFinite ?? true })
    }

    @Test(arguments: [
        String(repeating: "\"", count: 300) + "Peru thanked Chile" + String(repeating: "\"", count: 300),
        String(repeating: "“", count: 300) + "Peru thanked Chile" + String(repeating: "”", count: 300),
        String(repeating: "“He said ", count: 100) + "Peru thanked Chile" + String(repeating: "”", count: 100),
        String(repeating: "(", count: 300) + "Peru thanked Chile" + String(repeating: ")", count: 300),
        String(repeating: "Peru said that ", count: 100) + "Chile left.",
        String(repeating: "two days after ", count: 100) + "Monday",
        String(repeating: "provided that ", count: 100) + "Peru thanks Chile.",
        String(repeating: "citing a report ", count: 100) + "Peru thanked Chile.",
        "Peru thanked " + String(repeating: "x", count: 20_000) + " on Monday.",
        "Peru thanked Chile \u{202E}\u{FFFD}\u{0}\u{1F4A3} on Monday.",
    ])
    func nestingAndLengthEndWithSpansInsideTheText(_ text: String) throws {
        let article = try read(text)
        let bytes = text.utf8.count
        let spans =
            article.times.map(\.span) + article.places.map(\.span) + article.quantities.map(\.span)
            + article.attributions.map(\.cueSpan) + article.attributions.flatMap(\.content)
            + article.events.map(\.triggerSpan)
        #expect(spans.allSatisfy { $0.start >= 0 && $0.start <= $0.end && $0.end <= bytes })
    }
}
