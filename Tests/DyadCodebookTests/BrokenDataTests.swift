import DyadCodebook
import DyadTesting
import Foundation
import Testing

/// Mistakes in data files are all reported, with file, line and column.
@Suite struct BrokenDataTests {
    /// The shipped data with some files changed.
    private func mistakes(_ changes: [String: String]) throws -> [String] {
        let folder = try TemporaryFolder()
        for part in ["codebook", "lexicons", "rules"] {
            try FileManager.default.copyItem(
                at: Repository.data.appendingPathComponent(part), to: folder.url.appendingPathComponent(part))
        }
        for (path, text) in changes { try folder.write(text, to: path) }
        do {
            _ = try Knowledge(folder: folder.url)
            return []
        } catch {
            return error.errors.map(\.description)
        }
    }

    private static let header = "pattern\tevent\tmode\tsource\ttarget\texample\texpect\n"

    @Test func reportsEveryMistakeOfATriggerFile() throws {
        let text =
            Self.header + """
                sign/v obj=pact\tSUPPORT\t\tsubj\twith\tx\tPER > CHL
                sign/v\tSUPORT\t\tsubj\twith\tx\tPER > CHL
                # a remark
                sign\tSUPPORT\t\tsubj\twith\tx\tPER > CHL
                sign/v obj=@nowhere\tSUPPORT\t\tsubj\twith\tx\tPER > CHL
                sign/v obj\tSUPPORT\t\tsubj\twith\tx\tPER > CHL
                sign/v\tSUPPORT\t\tsubj\twith\tx\tPER > CHL\tone too many

                """
        let name = "lexicons/en/triggers/new.tsv"
        #expect(
            Set(try mistakes([name: text])) == [
                "\(name):3:2: SUPORT is no PLOVER event",
                "\(name):5:1: a pattern begins with lemma/pos, as in sign/v",
                "\(name):6:1: obj=@nowhere is not slot=words or names an unknown class",
                "\(name):7:1: obj is not slot=words or names an unknown class",
                "\(name):8:8: 8 cells, but 7 columns",
            ])
    }

    @Test func reportsMissingColumns() throws {
        let found = try mistakes(["lexicons/en/agents.tsv": "phrase\tkind\nminister\tGOV\n"])
        #expect(found == ["lexicons/en/agents.tsv:1: the header has no column sector"])
    }

    @Test func reportsFilesThatAreMissingOrNotText() throws {
        let folder = try TemporaryFolder()
        #expect {
            try Knowledge(folder: folder.url)
        } throws: { error in
            let lines = ((error as? DataErrors)?.errors ?? []).map(\.description)
            return lines.contains("codebook/plover.yaml: the file is missing or is not UTF-8")
                && lines.contains("lexicons/en/triggers: no trigger files")
                && lines.contains("rules/en/implicatives.tsv: the file is missing or is not UTF-8")
        }
    }

    @Test func reportsBrokenYAMLWithItsLine() throws {
        let found = try mistakes(["codebook/plover.yaml": "version: 1\nevents:\n  AGREE: [unclosed\n"])
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("codebook/plover.yaml:4:1: ") ?? false, "\(found)")
    }

    @Test func reportsEventsThatTheCodebookLeavesOut() throws {
        let found = try mistakes(["codebook/plover.yaml": "version: 1\nevents:\n  AGREE: {definition: x, quad: 1}\n"])
        #expect(found.count == 15 && found.contains("codebook/plover.yaml: no entry for ASSAULT"))
    }

    @Test func reportsPlacesWithoutCoordinates() throws {
        let found = try mistakes([
            "lexicons/en/places.tsv":
                "name\tcountry\tkind\tlatitude\tlongitude\tpopulation\tnames\nLima\tPER\tcity\tsouth\t-77\t1\t\n"
        ])
        #expect(found == ["lexicons/en/places.tsv:2:4: latitude and longitude are decimal degrees"])
    }

    @Test func readsALexiconOfGivenText() throws {
        let lexicon = try TriggerLexicon(
            tsv: Self.header + "meet|greet/v with=* obj=!pact\tCONSULT\tvisit\tsubj\twith,mutual\tx\tPER + CHL\n",
            name: "own.tsv")
        let entry = try #require(lexicon.entries(lemma: "greet", pos: "v").first)
        #expect(entry.heads == ["meet", "greet"] && entry.mode == "visit" && entry.isMutual && entry.line == 2)
        #expect(entry.targetSlots == [["with"]] && entry.constraints.map(\.isNegative) == [false, true])
        #expect(entry.specificity == 2)
        #expect(lexicon.entries(lemma: "meet", pos: "n").isEmpty)
        #expect {
            try TriggerLexicon(tsv: Self.header + "x\tAGREE\n", name: "own.tsv")
        } throws: { ($0 as? DataErrors)?.description == "own.tsv:2:1: a pattern begins with lemma/pos, as in sign/v" }
    }

    /// Files of a made-up data folder, and what stands twice in them.
    @Test func reportsWhatStandsTwice() throws {
        let folder = try TemporaryFolder()
        for (path, text) in [
            ("lexicons/en/agents.tsv", "phrase\tsector\ndoctor\tMED\nsoldier\tMIL\ndoctor\tCVL\n"),
            ("lexicons/en/people.tsv", "name\tcountry\trole\tfrom\tnames\nAda\tPER\tenvoy\t2020\tA|B|A\n"),
            ("lexicons/en/triggers/a.tsv", Self.header + "sign|ink/v obj=pact with=*\tAGREE\n"),
            ("lexicons/en/triggers/b.tsv", Self.header + "sign/v\tAGREE\nink/v with=* obj=pact\tSUPPORT\n"),
            ("lexicons/en/triggers/classes-a.tsv", "class\tmembers\nx\tone|two|one\nx\tthree\n"),
            ("rules/en/times.tsv", "kind\tword\tvalue\nmonth\tmay|june\t5\nmonth\tjune\t6\nday\tmay\t1\n"),
            ("rules/en/own.tsv", "one\ttwo\na\tb\na\tc\na\tb\n"),
            ("codebook/goldstein.csv", "code,score\n01,1\n010,2\n01,3\n"),
        ] {
            try folder.write(text, to: path)
        }
        #expect(
            DataRepetitions(folder: folder.url).mistakes.map(\.description) == [
                "codebook/goldstein.csv:4:1: “01” stands in line 2 already",
                "lexicons/en/agents.tsv:4:1: “doctor” stands in line 2 already",
                "lexicons/en/people.tsv:2:5: “A” stands twice in the cell",
                "lexicons/en/triggers/b.tsv:3:1: “ink/v obj=pact with=*” stands in lexicons/en/triggers/a.tsv:2 already",
                "lexicons/en/triggers/classes-a.tsv:2:2: “one” stands twice in the cell",
                "lexicons/en/triggers/classes-a.tsv:3:1: “x” stands in line 2 already",
                "rules/en/own.tsv:4:1: “a · b” stands in line 2 already",
                "rules/en/times.tsv:3:2: “month · june” stands in line 2 already",
            ])
    }
}
