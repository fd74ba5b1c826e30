import DyadIngest
import Foundation
import Testing

@Suite struct BlockLexiconTests {
    private let file = IngestCorpus.root.appendingPathComponent("Data/rules/en/blocks.tsv")

    @Test func readsTheStandardTable() throws {
        _ = try BlockLexicon.standard(folder: IngestCorpus.root.appendingPathComponent("Data"))
    }

    @Test func keepsTheStandardTableSorted() throws {
        let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("#") && $0 != "kind\tphrase" }.map { $0.unicodeScalars.map(\.value) }
        #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    }

    @Test func namesEveryMistakeWithItsLine() {
        let table =
            "# remark\nkind\tphrase\nshare\tshare this\nshare\tshare this\nshares\tx\nlink\nmonth-13\tx\nlink\t*\n"
        #expect {
            try BlockLexicon(tsv: table)
        } throws: { error in
            (error as? BlockLexiconError)?.mistakes.map(\.line) == [4, 5, 6, 7, 8]
        }
    }

    @Test func saysWhichFileIsMissing() {
        let nowhere = URL(fileURLWithPath: "/nowhere")
        #expect {
            try BlockLexicon.standard(folder: nowhere)
        } throws: { error in
            (error as? BlockLexiconError)?.description.hasPrefix("/nowhere/rules/en/blocks.tsv") ?? false
        }
    }
}
