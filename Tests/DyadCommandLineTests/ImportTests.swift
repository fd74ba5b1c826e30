import DyadTesting
import Foundation
import Testing

/// A user's old dictionaries as an additional lexicon.
@Suite struct ImportTests {
    private static let actors = """
        VARDENHEIM [VRD]
        TOLMARCH [TLM]
        +TOLMARCHERS
        JORUN_ESKEL [VRDELI]
        \t[VRDGOV 20100105-20100131]
        BROKEN [
        """
    private static let verbs = """
        --- SERENADE [050] ---
        SERENADE
        - * (WITH INSULTS) [111]
        - * DUCKS [---]
        - * MOON [345]
        """

    /// The dictionaries in a folder, imported.
    private func imported() throws -> (folder: TemporaryFolder, lexicon: String, run: Program.Run) {
        let folder = try TemporaryFolder()
        try folder.write(Self.actors, to: "old/my.actors.txt")
        try folder.write(Self.verbs, to: "old/my.verbs.txt")
        try folder.write("REGATTA\n", to: "old/my.discards.txt")
        let lexicon = folder.url.appendingPathComponent("new").path
        let run = try Program.run([
            "import", "petrarch", folder.url.appendingPathComponent("old").path, "--out", lexicon,
        ])
        return (folder, lexicon, run)
    }

    private func events(
        _ text: String, _ date: String, _ lexicon: String, _ more: String...
    ) throws -> [String] {
        let line = try JSONSerialization.data(withJSONObject: ["id": "1", "text": text, "date": date])
        let run = try Program.run(
            ["code", "--jsonl", "--workers", "1", "--lexicon", lexicon] + more, input: line + Data("\n".utf8))
        let events = run.objects.first?["events"] as? [[String: Any]] ?? []
        return events.map { event in
            func codes(_ side: String) -> String {
                (event[side] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }.joined(separator: "+")
            }
            return "\(event["event"] ?? "") \(codes("source_actor")) > \(codes("target_actor"))"
        }
    }

    @Test func tellsMistakesAndLeftovers() throws {
        let (folder, lexicon, run) = try imported()
        #expect(run.status == 1)
        #expect(run.errors.contains("my.actors.txt:6:8: this [ has no ]"))
        #expect(run.output.contains { $0.hasPrefix("not expressed in full: 1 lines") })
        let left = try String(contentsOfFile: lexicon + "/not-imported.tsv", encoding: .utf8)
        #expect(left.contains("my.verbs.txt\t5\t345 is no code of the CAMEO table"))
        _ = folder
    }

    @Test func codesWithTheImportedLexicon() throws {
        let (folder, lexicon, _) = try imported()
        #expect(try events("Vardenheim serenaded Tolmarch.", "2010-02-01", lexicon) == ["SUPPORT VRD > TLM"])
        #expect(
            try events("Vardenheim serenaded Tolmarch with insults.", "2010-02-01", lexicon) == ["ACCUSE VRD > TLM"])
        #expect(try events("Vardenheim serenaded ducks near Tolmarch.", "2010-02-01", lexicon).isEmpty)
        #expect(try events("Vardenheim serenaded Tolmarch at a regatta.", "2010-02-01", lexicon).isEmpty)
        #expect(try events("Jorun Eskel serenaded Tolmarch.", "2010-01-31", lexicon) == ["SUPPORT VRD GOV > TLM"])
        #expect(try events("Jorun Eskel serenaded Tolmarch.", "2010-02-01", lexicon) == ["SUPPORT VRD ELI > TLM"])
        _ = folder
    }

    @Test func leavesTheShippedVerbsOutOnDemand() throws {
        let (folder, lexicon, _) = try imported()
        #expect(try events("Vardenheim attacked Tolmarch.", "2010-02-01", lexicon) == ["ASSAULT VRD > TLM"])
        #expect(try events("Vardenheim attacked Tolmarch.", "2010-02-01", lexicon, "--own-verbs-only").isEmpty)
        _ = folder
    }

    @Test func refusesAFolderWithoutTables() throws {
        let folder = try TemporaryFolder()
        let run = try Program.run(["explain", "--text", "It rained.", "--lexicon", folder.url.path])
        #expect(run.status == 1)
        #expect(run.errors.contains("no additional lexicon"))
    }

    @Test func readsATableAndPrintsTheLexicon() throws {
        let folder = try TemporaryFolder()
        try folder.write("name,code,from,to\nJorun Eskel,VRD GOV,2010-01,2010-01\n", to: "mine.csv")
        let lexicon = folder.url.appendingPathComponent("new").path
        let path = folder.url.appendingPathComponent("mine.csv").path
        #expect(try Program.run(["import", "csv", path, "--out", lexicon]).status == 0)
        let table = try Program.run(["export", "csv", "--lexicon", lexicon]).output
        #expect(table.first == "name,code,from,to")
        #expect(table.contains("Jorun Eskel,VRDGOV,2010-01-01,2010-01-31"))
        let dictionary = try Program.run(["export", "petrarch", "--lexicon", lexicon]).output
        #expect(dictionary.contains("JORUN_ESKEL_") && dictionary.contains("\t[VRDGOV 20100101-20100131]"))
    }
}
