import DyadCore
import Testing

@Suite struct SpanTests {
    @Test func comparesRanges() {
        #expect(Span(2, 5).count == 3)
        #expect(Span(2, 5).overlaps(Span(4, 9)))
        #expect(!Span(2, 5).overlaps(Span(5, 9)), "half-open: byte 5 is not inside")
        #expect(!Span(2, 2).overlaps(Span(0, 9)), "an empty span shares no byte")
        #expect(Span(0, 9).contains(Span(2, 9)) && Span(2, 9).contains(Span(2, 9)))
        #expect(!Span(2, 9).contains(Span(1, 3)))
        #expect(Span(2, 5).union(Span(7, 9)) == Span(2, 9))
        #expect([Span(3, 4), Span(0, 9), Span(0, 2)].sorted() == [Span(0, 2), Span(0, 9), Span(3, 4)])
    }

    @Test func cutsTheTextOfADocument() {
        let document = Document(name: "a", text: "Çavuşoğlu met")
        #expect(document.text(Span(0, 12)) == "Çavuşoğlu")
        #expect(document.text(Span(1, 3)) == "\u{FFFD}a", "a cut character is repaired")
        #expect(document.text(Span(12, 99)) == " met" && document.text(Span(50, 60)).isEmpty)
    }
}
