import DyadTesting
import Foundation
import Testing

/// `dyad ingest`: what is read, told, carried on and left alone.
@Suite struct ArticleIngestTests {
    private static let samples = Repository.root.appendingPathComponent("Tests/Samples/exports")

    /// A folder with exports, a page with its parts, a picture and a file that cannot be read.
    private static func folder() throws -> TemporaryFolder {
        let place = try TemporaryFolder()
        for name in ["lexis.txt", "nexis-uni.docx", "table.csv"] {
            try place.write(Data(contentsOf: samples.appendingPathComponent(name)), to: "in/a/\(name)")
        }
        try place.write(
            "<html><body><p>Quarn thanked Velia on Monday for its help after the flood.</p></body></html>",
            to: "in/page.html")
        try place.write("p { }", to: "in/page_files/style.txt")
        try place.write(Data([0x89, 0x50, 0x4E, 0x47]), to: "in/photo.png")
        try place.write("", to: "in/empty.txt")
        return place
    }

    @Test func readsFoldersAndCarriesOn() throws {
        let place = try Self.folder()
        let output = place.url.appendingPathComponent("out.jsonl")
        let arguments = ["ingest", "in", "-o", "out.jsonl", "--report", "report.json"]
        let first = try Program.run(arguments, in: place.url)
        #expect(first.status == 1)
        #expect(first.errors.contains("4 files read, 7 articles: 7 new, 0 changed, 0 already there"))
        #expect(first.errors.contains("png (1)"))
        #expect(first.errors.contains("in/empty.txt: the file is empty"))
        let whole = try Data(contentsOf: output)
        let names = whole.split(separator: 0x0A).compactMap {
            ((try? JSONSerialization.jsonObject(with: $0)) as? [String: Any])?["id"] as? String
        }
        #expect(Set(names).count == 7)
        #expect(names.contains("page.html"))
        #expect(names.filter { $0.hasPrefix("a/nexis-uni.docx#") }.count == 2)
        // As a kill in the middle of a line leaves it.
        try whole.dropLast(40).write(to: output)
        let second = try Program.run(arguments, in: place.url)
        #expect(second.errors.contains("1 new, 0 changed, 6 already there"))
        #expect(try Data(contentsOf: output) == whole)
        let report = try JSONSerialization.jsonObject(
            with: Data(contentsOf: place.url.appendingPathComponent("report.json")))
        #expect((report as? [String: Any])?["unchanged"] as? Int == 6)
    }

    @Test func keepsArticlesInAStore() throws {
        let place = try Self.folder()
        let arguments = ["ingest", "in", "--store", "s.sqlite"]
        #expect(try Program.run(arguments, in: place.url).errors.contains("7 articles: 7 new"))
        #expect(
            try Program.run(arguments, in: place.url).errors.contains("7 articles: 0 new, 0 changed, 7 already there"))
    }

    @Test func takesNamesOfColumns() throws {
        let place = try TemporaryFolder()
        try place.write("Kopf,Inhalt\nA,Velia thanked Quarn on Monday.\n", to: "t.csv")
        let run = try Program.run(["ingest", "t.csv", "--map", "text=Inhalt", "--map", "title=Kopf"], in: place.url)
        #expect(run.status == 0)
        #expect(run.objects.first?["title"] as? String == "A")
        #expect(try Program.run(["ingest", "t.csv", "--map", "colour=Kopf"], in: place.url).status == 64)
        #expect(try Program.run(["code", "t.csv", "--map", "text=Inhalt"], in: place.url).status == 0)
        #expect(try Program.run(["code", "t.csv"], in: place.url).errors.contains("the columns are Kopf, Inhalt"))
    }
}
