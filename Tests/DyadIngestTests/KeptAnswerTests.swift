import DyadCore
import DyadTesting
import Foundation
import Testing

@testable import DyadIngest

@Suite struct KeptAnswerTests {
    private func record(_ fields: String, _ body: [UInt8]) -> [UInt8] {
        let block = Array("HTTP/1.1 200 OK\r\n\(fields)\r\n\r\n".utf8) + body
        let head = """
            WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2021-05-04T10:00:00Z\r\n\
            WARC-Target-URI: https://wire.example/feed\r\nWARC-Dyad-Asked: https://wire.example/f\r\n\
            Content-Length: \(block.count)\r\n\r\n
            """
        return Array(head.utf8) + block + Array("\r\n\r\n".utf8)
    }

    private func read(_ bytes: [UInt8]) throws -> (documents: [Document], report: CollectionReport) {
        let reader = try FileReader(folder: Repository.data)
        var out: [Document] = []
        let report = try reader.read(bytes: bytes, name: "wire-feed-00.warc") { out.append($0) }
        return (out, report)
    }

    @Test func readsAFeed() throws {
        let feed = """
            <rss version="2.0"><channel><title>Strait Wire</title>
            <item><title>Palau and Nauru share a plane</title><link>https://wire.example/1</link></item>
            <item><title>Tonga recalls its envoy from Fiji</title></item></channel></rss>
            """
        let (documents, report) = try read(record("Content-Type: application/rss+xml", Array(feed.utf8)))
        #expect(report.format == "RSS feed")
        #expect(documents.map(\.url) == ["https://wire.example/1", "https://wire.example/feed"])
        #expect(
            documents.allSatisfy { $0.captured == CalendarDate("2021-05-04") && $0.name.hasPrefix("wire-feed-00#") })
    }

    @Test func readsAPageInTheEncodingThatTheServerNames() throws {
        let page =
            Array("<html><body><h1>".utf8) + [0xCD, 0xEE, 0xE2, 0xEE, 0xF1, 0xF2, 0xE8]
            + Array("</h1><p>a text in the body</p></body></html>".utf8)
        let (documents, _) = try read(record("Content-Type: text/html; charset=windows-1251", page))
        #expect(documents.first?.format == .html)
        #expect(documents.first.map { String(decoding: $0.bytes, as: UTF8.self).contains("Новости") } == true)
        #expect(documents.first?.url == "https://wire.example/feed")
    }

    @Test func refusesABomb() throws {
        let bomb = try Data(contentsOf: Repository.root.appendingPathComponent("Tests/Samples/ingest/bomb.warc.gz"))
        #expect(throws: IngestError.self) {
            try self.read(self.record("Content-Type: text/html\r\nContent-Encoding: gzip", Array(bomb)))
        }
    }

    @Test func keepsWhatIsThereOfACutOffFile() throws {
        let page = Array("<html><body><p>The islands signed an accord on Monday, officials said.</p>".utf8)
        let whole = record("Content-Type: text/html", page)
        let (documents, report) = try read(Array(whole.dropLast(30)))
        #expect(documents.count == 1)
        #expect(report.notes.contains { $0.contains("cut off") })
    }

    @Test func doesNotUnpackItselfForEver() throws {
        var bytes = record("Content-Type: text/html", Array("<p>x</p>".utf8))
        for _ in 0..<3 { bytes = record("Content-Type: application/warc", bytes) }
        #expect(throws: IngestError.self) { try self.read(bytes) }
    }
}
