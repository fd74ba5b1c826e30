import DyadCodebook
import DyadCore
import DyadTesting
import Foundation
import Testing

/// Codebooks that stand beside PLOVER.
@Suite struct OntologyTests {
    private static let columns = "code\tevent\tmode\ttold\tpattern\texample\n"

    private func read(_ files: [String: String]) throws -> Result<Ontology, DataErrors> {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(text, to: "mine/\(name)") }
        let path = folder.url.appendingPathComponent("mine").path
        let knowledge: Knowledge
        do { knowledge = try Knowledge(folder: Repository.data, own: path) } catch { return .failure(error) }
        return .success(try #require(knowledge.own))
    }

    private func mistakes(_ files: [String: String]) throws -> [String] {
        guard case .failure(let error) = try read(files) else { return [] }
        return error.errors.map { error in
            let name = error.file.split(separator: "/").last.map(String.init) ?? ""
            return "\(name):\(error.line):\(error.column): \(error.message)"
        }
    }

    @Test func shipsCAMEOToFourDigits() throws {
        let cameo = try #require(try ShippedDataTests.loaded.get().cameo)
        #expect(cameo.codes.count > 300)
        #expect(Set(cameo.patterns.map(\.code)).count > 270)
        for family in [
            "031", "033", "035", "081", "083", "101", "103", "105", "112", "121", "122", "123", "124", "131", "138",
            "162", "172", "183",
        ] {
            for code in cameo.children(of: family) where code.count == 4 {
                #expect(cameo.patterns.contains { $0.code == code }, "no pattern gives \(code)")
            }
        }
        // A line that takes whatever is left of an event needs none.
        for pattern in cameo.patterns where pattern.example.isEmpty && pattern.specificity > 2 {
            Issue.record("\(pattern.file):\(pattern.line): no example")
        }
    }

    @Test func readsAFolderOfOnesOwn() throws {
        let knowledge = try Knowledge(
            folder: Repository.data, own: Repository.root.appendingPathComponent("Examples/codebooks/border").path)
        let border = try #require(knowledge.own)
        #expect(border.name == "Border" && border.version == "1")
        #expect(border.children(of: "B") == ["B1", "B2", "B3", "B4"])
        #expect(border.patterns(of: .assault).map(\.code) == ["B3"])
        #expect(border.mapped(.assault, mode: nil, contexts: []) == nil)
    }

    @Test func explainsMistakesOfAConvention() throws {
        let found = try mistakes([
            "codebook.yaml": "name: Mine\ncodes:\n  A: {definition: a}\n",
            "conventions/old.tsv": "rule\tcode\tbecomes\tpattern\texample\texpect\n"
                + "turn\t\t\t*\n" + "code\tA\tB\t*\n" + "code\tZ*\tA\t* over=@nothing\n" + "history\t\tlong\t*\n",
        ])
        #expect(
            found == [
                "old.tsv:2:1: turn is none of code, leave-out, host, history, once",
                "old.tsv:3:3: B is no code of codebook.yaml", "old.tsv:4:2: Z* is no code of codebook.yaml",
                "old.tsv:4:4: over=@nothing is not slot=words or names an unknown class",
                "old.tsv:5:3: history takes a number of years",
            ])
    }

    @Test func putsTheMostSpecificLineFirst() throws {
        let files = [
            "codebook.yaml": "name: Mine\ncodes:\n  A: {definition: a}\n  B: {definition: b}\n  C: {definition: c}\n",
            "patterns.tsv": Self.columns
                + "A\tAID\t\t\t*\t\nB\tAID\t\t\tgive/v words=rice\t\nC\tAID\t\t\t* words=rice\t\n",
        ]
        #expect(try read(files).get().patterns(of: .aid).map(\.code) == ["B", "C", "A"])
    }

    @Test func reportsEveryMistakeWithItsPlace() throws {
        let files = [
            "codebook.yaml": "name: Mine\ncolour: red\ncodes:\n  A: {definition: a, parent: Z}\n  B: {quad: 7}\n",
            "patterns.tsv": Self.columns
                + "X\tAID\t\t\t*\t\nA\tADE\t\t\t*\t\nA\tAID\t\tADE\t*\t\nA\tAID\t\t\tgive\t\nA\tAID\t\t\t* words\t\nA\tAID\t\t\t*\t\nA\tAID\t\t\t*\t\n",
            "mapping.tsv": "code\tevent\tmode\tcontext\nA\tNONE\t\t\nY\tAID\t\t\n",
        ]
        let found = Set(try mistakes(files))
        for wanted in [
            "codebook.yaml:2:1: colour is none of name, version, mapping, codes",
            "codebook.yaml:4:0: A has the parent Z, which is no code",
            "codebook.yaml:5:3: B has no definition",
            "patterns.tsv:2:1: X is no code of codebook.yaml",
            "patterns.tsv:3:2: ADE is no PLOVER event",
            "patterns.tsv:4:4: ADE is no PLOVER event",
            "patterns.tsv:5:5: a pattern begins with lemma/pos, as in sign/v, or with * for any word",
            "patterns.tsv:6:5: words is not slot=words or names an unknown class",
            "patterns.tsv:8:5: the same conditions stand in line 7 already",
            "mapping.tsv:2:2: NONE is no PLOVER event",
            "mapping.tsv:3:1: Y is no code of codebook.yaml",
        ] {
            #expect(found.contains(wanted), "\(wanted)\nfound: \(found.sorted().joined(separator: "\n"))")
        }
        #expect(found.contains { $0.hasPrefix("codebook.yaml:5:") && $0.hasSuffix("quad is 1, 2, 3 or 4") })
    }

    @Test func namesTheShippedOnesWhenThereIsNone() throws {
        #expect {
            try Knowledge(folder: Repository.data, own: "nowhere")
        } throws: { "\($0)" == "nowhere: no codebook: a folder with codebook.yaml is expected, or one of cameo" }
    }

    @Test func looksThroughTheFilesOfPLOVER() throws {
        #expect(CodebookCheck(folder: Repository.data).mistakes.isEmpty)
        let folder = try TemporaryFolder()
        try folder.write(
            "version: 1\nevents:\n  AID:\n    definition: x\n    quad: 3\n    mode: {}\n", to: "codebook/plover.yaml")
        try folder.write("event,mode,score\nAID,,20\nADE,,1\n", to: "codebook/plover_scores.csv")
        #expect(
            CodebookCheck(folder: folder.url).mistakes.map(\.description) == [
                "codebook/plover.yaml:6:5: mode is none of definition, quad, boundaries, modes",
                "codebook/plover.yaml:5:11: AID has quad 2",
                "codebook/plover_scores.csv:2:3: a score is a number from -10 to 10",
                "codebook/plover_scores.csv:3:1: ADE is no PLOVER event",
            ])
    }
}
