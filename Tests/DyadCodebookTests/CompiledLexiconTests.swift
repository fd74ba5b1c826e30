import DyadCore
import DyadTesting
import Foundation
import Testing

@testable import DyadCodebook

/// The compiled form of a lexicon says what its text says, or is not used.
@Suite struct CompiledLexiconTests {
    private static let text = """
        name\tcode\tsector\tfrom\tto\tnames
        Orlan Veskari\tTUR\tGOV\t2010-03\t2014-05\tVeskari|O. Veskari
        Orlan Veskari\tTUR\tLEG\t2014-06\t\tVeskari
        Northern Şural Front\tNSF\tREB\t\t\tNSF
        Ruritania\tRUR\t\t\t\t

        """
    private static let keys = [
        "Orlan Veskari", "VESKARI", "veskari", "O. Veskari", "Northern Şural Front", "Northern Sural Front", "NSF",
        "nsf", "Ruritania", "nobody", "Veskary",
    ]

    private func lexicon(_ folder: URL) throws -> OwnActors {
        var errors: [DataError] = []
        let found = OwnActors(folder: folder, errors: &errors)
        #expect(errors.isEmpty)
        return found
    }

    @Test func answersLikeItsText() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.text, to: "actors.tsv")
        let plain = try lexicon(folder.url)
        let done = try ActorLexicon.compile(folder.url, isOwn: true)
        let compiled = try lexicon(folder.url)
        #expect(plain.index?.isCompiled == false && compiled.index?.isCompiled == true)
        #expect(done.nameCount == plain.index?.names.count && done.byteCount > 0)
        for key in Self.keys {
            #expect(plain.readings(key) == compiled.readings(key), "\(key)")
            #expect(plain.longestName(from: key) == compiled.longestName(from: key), "\(key)")
        }
        #expect(compiled.readings("Veskari").map(\.code.description) == ["TUR GOV", "TUR LEG"])
        #expect(compiled.readings("Northern Sural Front").map(\.line) == [4])
        #expect(compiled.readings("nsf").isEmpty && compiled.readings("veskari").isEmpty)
        #expect(compiled.states == ["RUR"] && compiled.lines.map(\.names.count) == [3, 2, 2, 1])
        #expect(compiled.longestName(from: "northern") == 3)
    }

    @Test func isNotUsedForAnotherText() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.text, to: "actors.tsv")
        _ = try ActorLexicon.compile(folder.url, isOwn: true)
        // The same length, one letter other.
        try folder.write(Self.text.replacingOccurrences(of: "TUR\tLEG", with: "TUR\tJUD"), to: "actors.tsv")
        let found = try lexicon(folder.url)
        #expect(found.index?.isCompiled == false)
        #expect(found.readings("Veskari").map(\.code.description) == ["TUR GOV", "TUR JUD"])
        try folder.write(Self.text, to: "actors.tsv")
        #expect(try lexicon(folder.url).index?.isCompiled == true)
    }

    @Test(arguments: [0, 7, 20, 40, 200, -1, -30]) func isNotUsedWhenDamaged(_ place: Int) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.text, to: "actors.tsv")
        let file = try ActorLexicon.compile(folder.url, isOwn: true).file
        var bytes = try Data(contentsOf: file)
        if place < 0 { bytes.removeLast(-place) } else { bytes[place] ^= 0x10 }
        try bytes.write(to: file)
        let found = try lexicon(folder.url)
        #expect(found.index?.isCompiled == false && found.readings("Ruritania").count == 1)
    }

    @Test func isNotMadeOfBrokenText() throws {
        let folder = try TemporaryFolder()
        try folder.write("name\tcode\tfrom\tto\nOne\tTUR\t2010-13\t\nTwo\tPAK\t\tsoon\n", to: "actors.tsv")
        #expect {
            try ActorLexicon.compile(folder.url, isOwn: true)
        } throws: { error in
            (error as? DataErrors)?.errors.map { "\($0.line):\($0.column)" } == ["2:3", "3:4"]
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(!files.contains("actors.compiled"))
    }

    @Test func findsNamesSpeltWrongByOneLetter() throws {
        let lexicon = try ShippedDataTests.loaded.get().actors
        for wrong in ["Afganistan", "Azerbajian", "Kazakhstann", "Angela Merkal"] {
            #expect(!lexicon.misspelt(wrong).isEmpty, "\(wrong)")
        }
        for other in ["Iron", "Chine", "Perus", "Qqqqqqqqqqq"] {
            #expect(lexicon.misspelt(other).isEmpty, "\(other)")
        }
    }
}
