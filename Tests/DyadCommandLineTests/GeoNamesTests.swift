import DyadExchange
import DyadTesting
import Foundation
import Testing

/// Places from a dump of geonames.org as an additional lexicon.
@Suite struct GeoNamesTests {
    private static func line(
        _ name: String, _ feature: String, latitude: String = "48.5", population: String = "5200",
        others: String = ""
    ) -> String {
        let parts = feature.split(separator: ".")
        return
            "7\t\(name)\t\(name)\t\(others)\t\(latitude)\t2.25\t\(parts[0])\t\(parts[1])\tFR\t\t\t\t\t\t\(population)\t\t1\tEurope/Paris\t2023-01-01"
    }

    private let table = GeoNamesTable(
        kinds: ["P": "city", "A.ADM1": "region"], countries: ["FR": "FRA"], smallest: 1000)

    @Test func keepsNameStateKindAndSize() throws {
        let line = try table.line(Self.line("Orvault", "P.PPL", others: "orv,Orvault Town,Орво,ORV")[...])
        #expect(line == "Orvault\tFRA\tcity\t48.50\t2.25\t5200\tOrvault Town\n")
    }

    @Test(arguments: [("P.PPL", "12", false), ("P.PPLA", "12", true), ("A.ADM1", "", true), ("R.ROAD", "", false)])
    func leavesOutWhatIsSmallOrNoPlace(feature: String, population: String, isKept: Bool) {
        let line = Self.line("Orvault", feature, population: population)
        #expect(((try? table.line(line[...])) != nil) == isKept)
    }

    @Test(arguments: [("one cell", 0), (line("Orvault", "P.PPL", latitude: "91"), 5)])
    func namesTheColumnOfAMistake(text: String, column: Int) {
        #expect {
            try table.line(text[...])
        } throws: { error in
            guard case .malformed(column, _)? = error as? GeoNamesTable.Refusal else { return false }
            return true
        }
    }

    @Test func theProgramFindsImportedPlaces() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            Self.line("Quillanroy", "P.PPL") + "\nnonsense\n" + Self.line("Tinquill", "P.PPL", population: "3"),
            to: "FR.txt")
        let lexicon = folder.url.appendingPathComponent("own").path
        let run = try Program.run([
            "import", "geonames", folder.url.appendingPathComponent("FR.txt").path, "--out", lexicon,
        ])
        #expect(run.status == 1)
        #expect(run.errors.contains("FR.txt:2:0: 1 columns"))
        #expect(run.output.contains { $0.contains("1 places; 1 lines of other features") })
        let found = try Program.run(["lexicon", "lookup", "Quillanroy", "--lexicon", lexicon])
        #expect(found.output.contains { $0.hasPrefix("place\tQuillanroy\tcity\tFRA") })
    }
}
