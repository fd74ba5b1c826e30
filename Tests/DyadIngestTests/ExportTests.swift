import DyadCore
import Foundation
import Testing

@testable import DyadIngest

/// Archive exports, tables and records: whole, cut off, mislabelled, hostile.
@Suite struct ExportTests {
    private static let data = IngestCorpus.root.appendingPathComponent("Data")
    private static let samples = IngestCorpus.root.appendingPathComponent("Tests/Samples/exports")

    private struct Found {
        var articles: [Article] = []
        var report: CollectionReport
        var titles: [String] { articles.map { $0.title ?? "" } }
        func texts(_ index: Int, _ label: BlockLabel = .paragraph) -> [String] {
            articles[index].blocks.filter { $0.label == label }.map {
                articles[index].document.text($0.span).singleSpaced
            }
        }
    }

    private func read(_ name: String, _ map: String...) throws -> Found {
        var columns = ColumnMap()
        for pair in map { #expect(columns.add(pair) == nil) }
        let reader = try FileReader(folder: Self.data, map: columns)
        let articles = try ArticleReader(folder: Self.data)
        var found = Found(report: CollectionReport(format: ""))
        found.report = try reader.read(Self.samples.appendingPathComponent(name)) {
            found.articles += articles.read($0)
        }
        return found
    }

    private func trouble(_ name: String) throws -> String {
        do {
            let found = try read(name)
            return found.report.notes.joined(separator: "; ")
        } catch let error as IngestError {
            return error.message
        }
    }

    @Test func readsLexisNexis() throws {
        let found = try read("lexis.txt")
        #expect(
            found.titles == [
                "Velia expels two Quarn diplomats over the tanker dispute", "Quarn frees the tanker's crew",
            ])
        let first = try #require(found.articles.first)
        #expect(first.published?.description == "2019-03-01")
        #expect(first.publisher == "The Harbour Gazette")
        #expect(first.byline == ["Cara Lund"])
        #expect(first.section == "FOREIGN; Pg. 7")
        #expect(found.texts(0).count == 2)
        #expect(found.texts(0)[0].hasSuffix("the foreign ministry said."))
        #expect(found.texts(0, .caption) == ["The tanker Morning Star at anchor. (Photo: Harbour Gazette)"])
        #expect(found.texts(1, .deck) == ["Velia calls the step overdue"])
        #expect(first.document.place?.number == 1)
        #expect(found.report.refusals.map(\.number) == [2])
        #expect(found.report.refusals.first?.reason.hasPrefix("line 45: ") == true)
    }

    @Test func readsGermanLexisNexis() throws {
        let found = try read("lexis-german.txt")
        #expect(found.titles == ["Lomar liefert Teska wieder Strom", "Teska dankt Lomar"])
        #expect(found.articles.map { $0.published?.description } == ["2019-03-01", "2019-03-02"])
        #expect(found.articles[0].byline == ["Ben Ott"])
    }

    @Test(arguments: ["nexis-uni.docx", "nexis-uni.rtf", "mislabelled.doc"]) func readsNexisUni(_ name: String) throws {
        let found = try read(name)
        #expect(found.titles == ["Lomar and Teska reopen the mountain road", "Teska halts grain sales & blames Lomar"])
        #expect(found.articles.map { $0.published?.description } == ["2023-06-02", "2023-06-09"])
        #expect(found.articles.map(\.publisher) == ["The Alder Post", "Teska Times"])
        #expect(found.articles[0].byline == ["Ana Sol", "Ben Ott"])
        #expect(found.articles[0].datelinePlace == "LOMAR CITY")
        #expect(found.texts(0).last == "“We are neighbours,” said Teska’s minister.")
        #expect(found.texts(1).count == 2)
        #expect(found.report.refusals.isEmpty)
    }

    @Test func namesArticlesAlikeInEveryPacking() throws {
        let names = try ["nexis-uni.docx", "nexis-uni.rtf"].map { try read($0).articles.map(\.document.name) }
        #expect(names[0].map { $0.split(separator: "#")[1] } == names[1].map { $0.split(separator: "#")[1] })
        #expect(Set(names[0]).count == 2)
    }

    @Test(arguments: ["factiva.xml", "factiva.html"]) func readsFactiva(_ name: String) throws {
        let found = try read(name)
        #expect(found.titles.count == 2)
        #expect(found.titles[0].hasSuffix("Lomar sign border accord"))
        #expect(found.articles.map { $0.published?.description } == ["2021-05-11", "2021-05-12"])
        #expect(found.articles.map(\.publisher) == ["Alder Post", "Teska Times"])
        #expect(found.articles[0].byline == ["Ana Sol"])
        #expect(found.texts(0)[1] == "Both sides will withdraw troops from the ridge.")
        #expect(
            found.articles.map { $0.document.place?.identifier } == [
                "ALDP000020210511eh5b0001a", "TSKT000020210512eh5c0002b",
            ])
    }

    @Test func readsProQuest() throws {
        let found = try read("proquest.html")
        #expect(found.titles == ["Quarn sends doctors to Velia", "Velia builds a dam with Lomar"])
        #expect(found.articles[0].byline == ["Cara Lund"])
        #expect(found.articles.map { $0.published?.description } == ["2018-04-12", "2018-05-08"])
        #expect(found.articles.map(\.publisher) == ["Harbour Gazette", "Alder Post"])
        #expect(found.texts(0).count == 2)
    }

    @Test func readsTables() throws {
        let found = try read("table.csv")
        #expect(found.titles == ["Lomar, Teska agree on water", "Teska bans fish from Velia"])
        #expect(found.texts(0)[1] == "The accord runs for ten years, \"no more\", a minister said.")
        #expect(found.articles.map { $0.published?.description } == ["2020-02-03", "2020-02-04"])
        #expect(found.articles[0].document.place?.identifier == "a1")
        #expect(found.report.refusals.map(\.number) == [3, 4])
        #expect(found.report.refusals.map { $0.reason.prefix(7) } == ["line 6:", "line 7:"])
        #expect(try read("windows.csv").texts(0) == ["Quarn ended the pact with Türkau on Sunday."])
    }

    @Test func takesColumnsFromTheUser() throws {
        let found = try read("own-columns.tsv", "title=Kopf", "text=Inhalt", "date=Tag")
        #expect(found.titles == ["Velia tritt aus"])
        #expect(found.articles[0].published?.description == "2020-02-07")
        #expect(try trouble("own-columns.tsv").contains("the columns are Kopf, Inhalt, Tag"))
        var map = ColumnMap()
        #expect(map.add("headline") != nil)
        #expect(map.add("colour=red") != nil)
    }

    @Test func readsRecords() throws {
        let found = try read("records.jsonl")
        #expect(found.titles == ["Lomar lends Teska money", "Markup"])
        #expect(found.articles[0].byline == ["Ana Sol", "Ben Ott"])
        #expect(found.texts(1).count == 2)
        #expect(found.report.refusals.map { $0.reason.prefix(6) } == ["line 2", "line 3", "line 6"])
        #expect(try read("records.json").articles[0].publisher == "Alder Post")
    }

    @Test func readsWhatIsInAnArchive() throws {
        let found = try read("several.zip")
        #expect(found.articles.count == 3)
        #expect(found.report.refusals.map(\.reason) == ["inner.zip: an archive inside an archive is not opened"])
    }

    @Test(arguments: [
        ("lexis-cut-off.txt", "announces 3 articles and holds 2"), ("nexis-uni-cut-off.docx", "is cut off"),
        ("nexis-uni-cut-off.rtf", "is cut off"), ("factiva-cut-off.xml", "line 29: the file is cut off"),
        ("encrypted.docx", "is encrypted"), ("bomb.docx", "more than 100 times its size"),
        ("entities.docx", "declares entities"), ("factiva-entities.xml", "declares entities"),
        ("deep.rtf", "nest more than 10000 deep"), ("lexis-called.html", "called .html, but it is plain text"),
        ("page-called.docx", "called .docx, but it is a saved page"),
    ]) func saysWhatIsWrong(_ name: String, _ words: String) throws {
        #expect(try trouble(name).contains(words))
    }

    /// Hostile strings of growing size must not take more than growing time; a limit is enough to catch what is square.
    @Test(arguments: [
        "\"", "\\'", "{\\u", "a,\"\n", "<article>", "Full text: \n", "End of Document\n", "1 of 9 DOCUMENTS\n",
    ])
    func survivesRepetition(_ part: String) throws {
        let reader = try FileReader(folder: Self.data)
        let text = String(repeating: part, count: 40_000)
        for opening in ["", "{\\rtf1 ", "title,text\n", "<?xml version=\"1.0\"?><ppsArticleResponse>", "{\"text\": "] {
            _ = try? reader.read(bytes: Array((opening + text).utf8), name: "hostile") { _ in }
        }
    }
}
