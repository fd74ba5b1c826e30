import DyadCore
import DyadIngest
import Foundation
import Testing

@Suite struct FeedReaderTests {
    private func read(_ text: String) throws -> (documents: [Document], report: CollectionReport) {
        let reader = try CollectionReader(folder: Samples.data)
        let bytes = Array(text.utf8)
        let format = try #require(CollectionFormat(head: Array(bytes.prefix(16_384))))
        var documents: [Document] = []
        let report = try reader.read(bytes: bytes, as: format, name: "feed.xml") { documents.append($0) }
        return (documents, report)
    }

    @Test func readsRSS() throws {
        let (documents, report) = try Samples.collection("feed.rss")
        #expect(report.format == "RSS feed")
        #expect(report.isClean)
        let first = try #require(documents.first)
        #expect(documents.count == 2)
        #expect(Samples.text(first).hasPrefix("Togo reopens port to Ghanaian trucks\n\nLOMÉ: Togo's trade minister"))
        #expect(Samples.text(first).split(separator: "\n\n").count == 4)
        #expect(first.published == CalendarDate("2019-05-14"))
        #expect(first.publisher == "Gulf of Guinea Courier")
        #expect(first.url == "https://courier.example/1")
        #expect(first.place?.identifier == "courier-1")
        #expect(first.place?.number == 1)
        #expect(documents[1].url == "https://courier.example/2")
        #expect(Samples.text(documents[1]).hasPrefix("Envoy visits Lomé & Cotonou\n\nGhana's envoy"))
    }

    @Test func articlesOfItemsKnowTitleAuthorAndSection() throws {
        let document = try #require(try Samples.collection("feed.rss").documents.first)
        let article = try #require(try ArticleReader(folder: Samples.data).read(document).first)
        #expect(article.title == "Togo reopens port to Ghanaian trucks")
        #expect(article.byline == ["Ama Lawson"])
        #expect(article.section == "Trade")
        #expect(article.deck == "The crossing had been closed since March.")
        #expect(article.datelinePlace == "LOMÉ")
        #expect(article.metadata.contains { $0.field == .published && $0.source == "feed pubdate" })
        #expect(article.blocks.filter { $0.label == .paragraph }.count == 3)
    }

    @Test func readsAtom() throws {
        let (documents, report) = try Samples.collection("feed.atom")
        #expect(report.format == "Atom feed")
        #expect(documents.map(\.published) == [CalendarDate("2020-02-03"), CalendarDate("2020-02-04")])
        #expect(documents.map(\.url) == ["https://lake.example/1", "https://lake.example/2"])
        #expect(Samples.text(documents[0]).contains("Mzuzu on Monday.\n\nNeither side"))
        #expect(Samples.text(documents[0]).hasPrefix("Malawi & Tanzania meet"))
        #expect(documents[0].statements.contains { $0.field == .author && $0.value == "Chisomo Phiri" })
        #expect(Samples.text(documents[1]).contains("Fishermen from both shores"))
    }

    @Test func aBrokenFeedKeepsItsItemsAndSaysWhatIsWrong() throws {
        let (documents, report) = try Samples.collection("broken.rss")
        let titles = documents.map { Samples.text($0).split(separator: "\n").first.map(String.init) ?? "" }
        #expect(
            titles == [
                "Peru & Chile sign fishing accord", "Second item is never closed", "Third item", "Fourth < fifth",
                "Cut off in the mid",
            ])
        #expect(Samples.text(documents[0]).contains("The accord… ends a dispute — and R&D goes on &nosuch;"))
        #expect(Samples.text(documents[1]).contains("Bolivia asked Chile for talks."))
        #expect(Samples.text(documents[2]).contains("Chile refused & said so."))
        for words in [
            "\"&\"", "unknown entity", "control character", "not closed before", "cut off", "end tag", "line ",
        ] {
            #expect(report.notes.contains { $0.contains(words) }, "\(words) in \(report.notes)")
        }
    }

    @Test func namesOfItemsStayWhenTheFeedGrows() throws {
        let item = "<item><title>Old news of the strait</title><guid>g1</guid></item>"
        let newer = "<item><title>New news of the strait</title><guid>g2</guid></item>"
        let before = try read("<rss><channel>\(item)</channel></rss>").documents.map(\.name)
        let after = try read("<rss><channel>\(newer)\(item)\(item)</channel></rss>").documents.map(\.name)
        #expect(after.contains(before[0]))
        #expect(Set(after).count == 3)
    }

    @Test func readsNewsSitemaps() throws {
        let (documents, report) = try Samples.collection("news-sitemap.xml")
        #expect(
            documents.map { Samples.text($0) } == [
                "Nepal and Bhutan agree on power line\n", "Thimphu hosts border talks\n",
            ])
        #expect(documents.map(\.published) == [CalendarDate("2021-11-05"), CalendarDate("2021-11-06")])
        #expect(documents.allSatisfy { $0.publisher == "Ridge Observer" })
        #expect(report.skipped == ["addresses without a title": 1])
    }

    @Test func readsAgencyFiles() throws {
        let (documents, report) = try Samples.collection("newsml.xml")
        #expect(report.skipped == ["items without text": 1])
        let item = try #require(documents.first)
        #expect(
            Samples.text(item).hasPrefix(
                "Fiji sends engineers to Vanuatu\n\nSUVA (HW) - Fiji sent forty engineers to Vanuatu on Saturday"))
        #expect(item.published == CalendarDate("2018-09-01"))
        #expect(item.publisher == "Harbour Wire")
        #expect(item.statements.contains { $0.field == .author && $0.value == "Mere Tora" })
        let nitf = try Samples.collection("nitf.xml").documents
        #expect(nitf.map(\.published) == [CalendarDate("2017-03-11")])
        #expect(Samples.text(try #require(nitf.first)).contains("TARAWA, Kiribati — Kiribati and Tuvalu signed"))
    }

    @Test(arguments: ["billion-laughs.rss", "external-entity.rss"])
    func neverExpandsEntities(_ name: String) throws {
        let (documents, report) = try Samples.collection(name)
        #expect(documents.isEmpty)
        #expect(report.notes.contains { $0.contains("declares entities of its own") })
    }

    @Test func stopsInFilesThatNestWithoutEnd() throws {
        let deep = "<rss><channel><item><title>Before</title></item>" + String(repeating: "<a>", count: 300_000)
        let (documents, report) = try read(deep)
        #expect(documents.count == 1)
        #expect(report.notes.contains { $0.contains("nest more than") })
    }

    /// Each of these makes a search for a closing mark fail again and again; a quadratic reader would take hours.
    @Test(arguments: ["<!-- ", "<a b=\"", "<![CDATA[", "<?x ", "<a ", "</", "<", "&", "<!DOCTYPE [", "<item><title>"])
    func readsHostileRepetitionsInLinearTime(_ part: String) throws {
        let text =
            "<rss><channel><item><title>Kept all the same</title></item>" + String(repeating: part, count: 200_000)
        #expect(try read(text).documents.count >= 1)
    }

    @Test func readsOtherEncodings() throws {
        let documents = try Samples.collection("windows-1254.rss").documents
        #expect(documents.first?.publisher == "Şişli Haber")
        #expect(documents.count == 2)
    }

    @Test func unpacksGzippedFilesOnce() throws {
        #expect(try Samples.collection("feed.rss.gz").documents.count == 2)
        #expect(throws: IngestError.self) { try Samples.collection("twice.gz") }
        let cut = try Samples.collection("cut-off.gz")
        #expect(cut.report.notes.contains { $0.contains("cut off") })
        #expect(!cut.documents.isEmpty)
    }

    @Test(arguments: ["report.txt", "<html><body>x", "", "<?xml version='1.0'?><unknown/>", "{\"a\":1}"])
    func leavesOtherFilesAlone(_ text: String) {
        #expect(CollectionFormat(head: Array(text.utf8)) == nil)
    }
}
