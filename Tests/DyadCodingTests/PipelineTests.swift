import DyadCore
import DyadPipeline
import DyadTesting
import Foundation
import Testing

@Suite struct PipelineTests {
    private struct Step: Stage {
        var name: String
        var requires: Set<Layer>
        var provides: Set<Layer>
        func annotate(_ article: inout AnnotatedArticle) { article.diagnostics = [] }
    }

    @Test func refusesAWrongOrder() throws {
        let words = Step(name: "words", requires: [.article], provides: [.sentences])
        let events = Step(name: "events", requires: [.sentences, .actors], provides: [.events])
        #expect {
            try Pipeline(stages: [Step(name: "words", requires: [.events, .times], provides: [])])
        } throws: { ($0 as? PipelineError)?.missing == ["events", "times"] }
        #expect {
            try Pipeline(stages: [words, events])
        } throws: {
            ($0 as? PipelineError)?.description == "stage events needs actors, which no stage before it provides"
        }
        #expect(try Pipeline(stages: [words]).stages.map(\.name) == ["words"])
    }

    @Test(arguments: [
        ("Peru.", [Span(0, 5)]), ("Peru.\nChile.\n\nBolivia.", [Span(0, 12), Span(14, 22)]),
        ("A\r\n\r\nB", [Span(0, 2), Span(4, 6)]),
        ("A\n \t\nB\n\n\n", [Span(0, 1), Span(4, 6)]), ("\n\n", []), ("", []),
    ]) func takesRunsBetweenBlankLinesForParagraphs(_ text: String, _ spans: [Span]) {
        let blocks = Reader.bare(Document(name: "a", text: text)).blocks
        #expect(blocks.count == spans.count)
        for (block, span) in zip(blocks, spans) {
            #expect(block.span.start <= span.start + 1 && block.span.end >= span.end - 1 && block.label == .paragraph)
        }
    }

    /// The same document gives the same values on one thread and on many.
    @Test func givesTheSameOnAnyThread() async throws {
        let reader = try Shipped.reader.get()
        let texts = [
            "Kenya thanked Uganda.", "Ghana recalled its envoy from Niger on Monday.", "Peru and Chile met in Lima.",
        ]
        let date = CalendarDate("2024-05-14")
        let once = texts.map { reader.read(text: Document(name: "a", text: $0, published: date)).events }
        await withTaskGroup(of: (Int, [Event]).self) { group in
            for round in 0..<12 {
                let index = round % texts.count, text = texts[index]
                group.addTask { (index, reader.read(text: Document(name: "a", text: text, published: date)).events) }
            }
            for await (index, events) in group { #expect(events == once[index]) }
        }
        #expect(once.allSatisfy { !$0.isEmpty })
    }

    /// Spans stay inside the text and hold the words they are said to hold, whatever the text is.
    @Test func keepsSpansInsideTextsCutAnywhere() throws {
        let reader = try Shipped.reader.get()
        let bytes = Array(
            "“Çavuşoğlu met Pakistan’s envoy,” Turkey’s ministry said; 1,000 troops left Syria on May 3…".utf8)
        for length in stride(from: 1, through: bytes.count, by: 9) {
            expectInside(reader, Document(name: "cut", bytes: Array(bytes[..<length])))
        }
        var numbers = RepeatableNumbers(seed: 1)
        for _ in 0..<6 {
            expectInside(
                reader,
                Document(name: "random", bytes: (0..<50).map { _ in UInt8.random(in: 0...255, using: &numbers) }))
        }
    }

    private func expectInside(_ reader: Reader, _ document: Document) {
        for article in reader.read(document) + [reader.read(text: document)] {
            let spans =
                article.sentences.map(\.span) + article.actors.map(\.span) + article.times.map(\.span)
                + article.places.map(\.span)
                + article.quantities.map(\.span) + article.events.flatMap { [$0.span, $0.triggerSpan] }
            #expect(spans.allSatisfy { $0.end <= document.bytes.count })
            for event in article.events {
                #expect(document.text(event.triggerSpan) == event.trigger)
                #expect((event.sourceActors + event.targetActors).allSatisfy { document.text($0.span) == $0.text })
            }
        }
    }
}
