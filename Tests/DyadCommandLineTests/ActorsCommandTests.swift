import DyadTesting
import Foundation
import Testing

/// `dyad actors` and `dyad lexicon compile`, run as a user runs them.
@Suite struct ActorsCommandTests {
    private static let first = """
        Lome, 12 March 2024 (Dunmore Wire) - Orlan Veskari, the Togolese foreign minister, visited Ghana on Monday.

        Veskari met President Nana Akufo-Addo in Accra. Ama Badu, who heads the Ghanaian navy, welcomed him.
        """
    private static let second = """
        Lome, 20 May 2024 (Dunmore Wire) - Togolese Foreign Minister Orlan Veskari thanked Benin on Sunday.
        """
    private static let third = """
        Lome, 2 April 2024 (Dunmore Wire) - Togolese Foreign Minister Kofi Landau criticised Niger on Monday.
        """

    private func store(_ folder: TemporaryFolder) throws -> Program.Run {
        for (name, text) in [("a.txt", Self.first), ("b.txt", Self.second), ("c.txt", Self.third)] {
            try folder.write(text, to: name)
        }
        return try Program.run(["code", "a.txt", "b.txt", "c.txt", "--store", "s.sqlite"], in: folder.url)
    }

    @Test func showsWhoWasWho() throws {
        let folder = try TemporaryFolder()
        #expect(try store(folder).status == 0)
        let run = try Program.run(["actors", "Veskari", "--store", "s.sqlite", "--format", "json"], in: folder.url)
        #expect(run.status == 0)
        let people = run.objects.first?["people"] as? [[String: Any]] ?? []
        #expect(people.count == 1)
        let roles = people.first?["roles"] as? [[String: Any]] ?? []
        let role = try #require(roles.first { $0["office"] as? String == "foreign minister" })
        #expect(role["code"] as? String == "TGO GOV" && role["reports"] as? Int == 2)
        #expect(role["first_seen"] as? String == "2024-03-12" && role["last_seen"] as? String == "2024-05-20")
        let contradictions = run.objects.first?["contradictions"] as? [[String: Any]] ?? []
        #expect(contradictions.contains { $0["kind"] as? String == "two-holders" })
    }

    @Test func changesNothingWhenRunAgain() throws {
        let folder = try TemporaryFolder()
        _ = try store(folder)
        let words = ["actors", "--store", "s.sqlite", "--format", "csv"]
        let once = try Program.run(words, in: folder.url)
        #expect(once.output.first?.hasPrefix("person,role,actor,first seen") == true && once.output.count > 3)
        #expect(try store(folder).status == 0)
        #expect(try Program.run(words, in: folder.url).output == once.output)
        // A report that changed brings its own rows, and no others.
        try folder.write("Lome, 20 May 2024 (Dunmore Wire) - Togo thanked Benin on Sunday.\n", to: "b.txt")
        _ = try Program.run(["code", "b.txt", "--store", "s.sqlite"], in: folder.url)
        let after = try Program.run(words, in: folder.url)
        #expect(after.output != once.output)
        #expect(after.output.contains { $0.contains("Orlan Veskari") && $0.contains("2024-03-12,2024-03-12") })
    }

    @Test func saysWhenNobodyIsMeant() throws {
        let folder = try TemporaryFolder()
        _ = try store(folder)
        let run = try Program.run(["actors", "Nobody", "--store", "s.sqlite"], in: folder.url)
        #expect(run.status == 0 && run.errors.contains("tells an office of Nobody"))
        #expect(try Program.run(["actors", "--store", "nowhere.sqlite"], in: folder.url).status == 1)
    }

    @Test func compilesALexicon() throws {
        let folder = try TemporaryFolder()
        try folder.write("name\tcode\tsector\tfrom\tto\nOrlan Veskari\tTGO\tGOV\t2020\t\n", to: "own/actors.tsv")
        let run = try Program.run(["lexicon", "compile", "own"], in: folder.url)
        #expect(run.status == 0 && run.output.first?.contains("1 names") == true)
        let found = try Program.run(["lexicon", "lookup", "Orlan Veskari", "--lexicon", "own"], in: folder.url)
        #expect(found.output.first?.hasPrefix("TGO GOV\tOrlan Veskari") == true)
        try folder.write("name\tcode\tsector\tfrom\tto\nOrlan Veskari\tTGO\tGOV\tsoon\t\n", to: "own/actors.tsv")
        let broken = try Program.run(["lexicon", "compile", "own"], in: folder.url)
        #expect(broken.status == 1 && broken.errors.contains("actors.tsv:2:4"))
        #expect(try Program.run(["lexicon", "compile", "nowhere"], in: folder.url).status == 1)
    }
}
