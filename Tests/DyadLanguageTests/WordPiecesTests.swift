import DyadModels
import DyadTesting
import Foundation
import Testing

@testable import DyadLanguage

/// Features of words as the trainer makes them, recorded by `Tests/Corpora/language/record_word_features.py`.
@Suite struct WordPiecesTests {
    private struct Recorded: Decodable {
        var word: String
        var pieces: [Int32]
        var `case`: UInt8
        var affixes: [Int32]
    }

    private static let recorded = Result {
        let url = Repository.corpora.appendingPathComponent("language/word_features.json")
        return try JSONDecoder().decode([Recorded].self, from: Data(contentsOf: url))
    }

    private static let pieces = Result {
        let url = try #require(ModelLocation.file("language-en.dyad"))
        return WordPieces(vocabulary: try WeightsFile(url: url).lines("vocabulary"))
    }

    @Test func agreeWithTheTrainer() throws {
        let recorded = try Self.recorded.get(), pieces = try Self.pieces.get()
        #expect(recorded.count > 100)
        for entry in recorded {
            let found = pieces.features(entry.word)
            #expect(found.pieces == entry.pieces, "\(entry.word)")
            #expect(found.caseClass == entry.case, "\(entry.word)")
            // The trainer adds the offsets of the three tables later.
            #expect(
                [found.affixes.0, found.affixes.1 - 4096, found.affixes.2 - 8192] == entry.affixes, "\(entry.word)")
        }
    }

    @Test func keepAtMostEightPieces() throws {
        let ids = try Self.pieces.get().pieces("Pneumonoultramicroscopicsilicovolcanoconiosis")
        #expect(ids.count == WordPieces.maxPieces)
    }

    @Test func takeTheLongestMatchFirst() {
        let pieces = WordPieces(vocabulary: ["[UNK]", "un", "##sign", "##signed", "##ed", "unsign", "'"])
        #expect(pieces.pieces("Unsigned") == [5, 4])
        #expect(pieces.pieces("unsignedx") == [0], "a word with a rest is unknown as a whole")
        #expect(pieces.pieces("un'un") == [1, 6, 1])
        #expect(pieces.pieces("") == [0])
    }

    @Test(arguments: [
        ("1,000", "d,ddd"), ("F-16s", "X-ddx"), ("Turkey", "Xxxx"), ("USSR", "XXX"), ("…", "…"),
        ("aaaaBBBB1111", "xxxXXXddd"),
    ])
    func nameTheShape(_ word: String, _ shape: String) { #expect(WordPieces.shape(word) == shape) }
}
