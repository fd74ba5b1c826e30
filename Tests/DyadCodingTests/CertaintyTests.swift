import DyadCoding
import DyadCore
import DyadPipeline
import Foundation
import Testing

/// The two numbers of the factuality layer: whether it happened, and how sure the holder is at whatever time.
@Suite struct CertaintyTests {
    private func reading(_ text: String, _ word: String) throws -> FactualityReading {
        let document = Document(name: "t", text: text)
        let reader = try Shipped.reader.get()
        let at = try #require(text.range(of: word))
        let start = text.utf8.distance(from: text.startIndex, to: at.lowerBound)
        return reader.factuality(of: Span(start, start + word.utf8.count), in: reader.read(text: document))
    }

    @Test(arguments: [
        ("The Danish fleet left the port on Monday.", "left", 3.0),
        ("The Danish fleet will leave the port on Monday.", "leave", 3.0),
        ("The Danish fleet did not leave the port.", "leave", -3.0),
        ("The Danish fleet may leave the port.", "leave", 0.75),
        ("The owners postponed the voyage to Oslo.", "voyage", -3.0),
    ])
    func certaintyLeavesTheTimeAside(text: String, word: String, certainty: Double) throws {
        #expect(try reading(text, word).certainty == certainty)
    }

    @Test func whatIsToComeHasNotHappened() throws {
        let done = try reading("The Danish fleet left the port on Monday.", "left").value
        let planned = try reading("The Danish fleet will leave the port on Monday.", "leave").value
        #expect(done > 2 && planned < 1.5)
    }
}
