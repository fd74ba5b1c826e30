import DyadCore
import DyadIngest
import Foundation
import Testing

@Suite struct WebArchiveReaderTests {
    private let addresses = ["1", "chunks", "gzip", "deflate", "tr"].map { "https://courier.example/\($0)" }

    @Test(arguments: ["pages.warc", "pages.warc.gz"])
    func readsThePagesOfAnArchive(_ name: String) throws {
        let (documents, report) = try Samples.collection(name)
        #expect(documents.compactMap(\.url) == addresses)
        #expect(documents.map(\.name) == [3, 4, 5, 6, 7].map { "\(name)#\($0)" })
        #expect(documents.allSatisfy { $0.format == .html })
        for document in documents.prefix(4) {
            #expect(Samples.text(document) == Samples.text(documents[0]))
        }
        #expect(Samples.text(documents[4]).contains("Dışişleri Bakanı salı günü"))
        #expect(documents[0].captured == CalendarDate("2019-05-20"))
        #expect(documents[0].place?.identifier == "<urn:uuid:00000000-0000-0000-0000-000000000003>")
        #expect(report.skipped["images"] == 1)
        #expect(report.skipped["answers with status 404"] == 1)
        #expect(report.skipped["pages seen before"] == 1)
        #expect(report.skipped["requests"] == 1)
        #expect(report.refusals.map(\.number) == [11])
        #expect(report.refusals.first?.reason.contains("\"br\"") == true)
    }

    @Test func placesLeadToTheMembers() throws {
        let bytes = Array(try Data(contentsOf: Samples.url("pages.warc.gz")))
        for document in try Samples.collection("pages.warc.gz").documents {
            let byte = try #require(document.place?.byte)
            #expect(bytes[byte..<byte + 3].elementsEqual([0x1F, 0x8B, 8]))
        }
        let plain = Array(try Data(contentsOf: Samples.url("pages.warc")))
        for document in try Samples.collection("pages.warc").documents {
            let byte = try #require(document.place?.byte)
            #expect(plain[byte..<byte + 5].elementsEqual("WARC/".utf8))
        }
    }

    @Test func keepsWhatStandsBeforeTheCut() throws {
        let (documents, report) = try Samples.collection("cut-off.warc.gz")
        #expect(documents.compactMap(\.url).starts(with: addresses.prefix(4)))
        #expect(
            report.notes.contains { $0.contains("cut off") }
                || report.refusals.contains { $0.reason.contains("cut off") })
    }

    @Test func readsOnBehindADamagedMember() throws {
        let (documents, report) = try Samples.collection("damaged.warc.gz")
        #expect(documents.compactMap(\.url) == addresses.filter { !$0.hasSuffix("chunks") })
        #expect(report.refusals.contains { $0.reason.contains("damaged") })
    }

    @Test func aRecordEndsWhereItsMemberEnds() throws {
        let (documents, report) = try Samples.collection("wrong-length.warc.gz")
        #expect(documents.count == 2)
        #expect(report.notes.contains { $0.contains("it is cut off") })
    }

    @Test func passesOverRecordsOfImpossibleLength() throws {
        let (documents, report) = try Samples.collection("huge-length.warc")
        #expect(documents.count >= 1)
        #expect(report.refusals.contains { $0.reason.contains("over the limit") })
    }

    @Test func refusesBombs() throws {
        let inside = try Samples.collection("body-bomb.warc.gz")
        #expect(inside.documents.count == 1)
        #expect(inside.report.refusals.contains { $0.reason.contains("100 times") })
        let outside = try Samples.collection("bomb.warc.gz")
        #expect(outside.documents.count == 1)
        #expect(outside.report.refusals.contains { $0.reason.contains("100 times") })
    }

    @Test func namesBytesThatAreNoRecord() throws {
        let (documents, report) = try Samples.collection("strange.warc")
        #expect(documents.isEmpty || documents.count == 1)
        #expect(report.refusals.contains { $0.reason.contains("no record") } || documents.isEmpty)
    }

    @Test(arguments: ["text.warc.wet", "text.warc.wet.gz"]) func readsTextArchives(_ name: String) throws {
        let documents = try Samples.collection(name).documents
        #expect(documents.map(\.format) == [.text])
        #expect(documents.first.map(Samples.text)?.hasPrefix("LOMÉ: Togo's trade minister") == true)
    }

    @Test func everyCutOfAnArchiveIsRead() throws {
        let reader = try CollectionReader(folder: Samples.data)
        for name in ["pages.warc", "pages.warc.gz"] {
            let bytes = Array(try Data(contentsOf: Samples.url(name)))
            for end in stride(from: 8, to: bytes.count, by: 97) {
                _ = try reader.read(bytes: Array(bytes[..<end]), as: .webArchive, name: name) { _ in }
            }
        }
    }

    @Test func aPageIsNotYoungerThanItsCopy() throws {
        var document = Document(
            name: "a", text: "Ministers meet\n\nPublished: 3 May 2021\n\nThe two ministers met in Doha on Monday.")
        document.captured = CalendarDate("2020-01-01")
        let article = try #require(try ArticleReader(folder: Samples.data).read(document).first)
        #expect(article.published == nil)
        #expect(article.diagnostics.contains { $0.identifier == "date.future" })
    }
}
