import DyadTesting
import Foundation
import Testing

@Suite struct IngestCommandTests {
    private static let report = """
        Tonga and Samoa sign fishing accord

        Published: 3 May 2021

        APIA: Tonga signed an agreement with Samoa on Monday that lets boats of both countries fish in common waters.

        Tonga's premier visited Apia for the ceremony and praised the accord.

        Comments

        Sione (Nuku'alofa) – 3 May 2021, 18:12
        Well done, this is a great step. Long live the friendship of Tonga and Samoa!

        Mele – 3 May 2021, 19:01 in reply to Sione
        Not a good idea. Fiji was never asked, what a shame.

        Rua – 3 May 2021, 19:40
        How much does a licence cost?

        """

    @Test func summarisesComments() throws {
        let place = try TemporaryFolder()
        try place.write(Data(Self.report.utf8), to: "a.txt")
        let run = try Program.run(["comments", place.url.path, "--format", "json"])
        #expect(run.status == 0)
        let lists = try JSONSerialization.jsonObject(with: Data(run.output.joined().utf8)) as? [[String: Any]]
        let summary = try #require(lists?.first)
        #expect(summary["comments"] as? Int == 3)
        #expect(summary["replies"] as? Int == 1)
        #expect(summary["threads"] as? Int == 1)
        #expect(summary["stance"] as? [String: Int] == ["for": 1, "against": 1, "unclear": 1])
        let actors = (summary["actors"] as? [[String: Any]] ?? []).compactMap { $0["key"] as? String }
        #expect(Set(actors) == ["TON", "WSM", "FJI"])
        #expect((summary["main_relation"] as? String)?.hasPrefix("TON → WSM") == true)
        #expect(
            try Program.run(["comments", place.url.path, "--format", "csv"]).output.first?.hasPrefix("document,")
                == true)
    }

    @Test func keepsCommentsInTheStoreAndOutOfTheEvents() throws {
        let place = try TemporaryFolder()
        try place.write(Data(Self.report.utf8), to: "a.txt")
        let store = place.url.appendingPathComponent("s.sqlite").path
        #expect(
            try Program.run(["code", place.url.appendingPathComponent("a.txt").path, "--store", store]).status == 0)
        let run = try Program.run(["comments", "--store", store])
        #expect(run.output.contains { $0.hasPrefix("a.txt") && $0.contains(" 3 ") })
        #expect(run.output.contains { $0.contains("a.txt, against, Mele: Not a good idea.") })
        let events = try Program.run(["code", place.url.appendingPathComponent("a.txt").path])
        #expect(!events.output.contains { $0.contains("Fiji") })
    }

    @Test func survivesChangedSamples() throws {
        let samples = Repository.root.appendingPathComponent("Tests/Samples").path
        let run = try Program.run(["fuzz", samples, "--count", "400", "--seed", "7", "--seconds", "60"])
        #expect(run.status == 0)
        #expect(run.output.last?.hasSuffix("0 failures") == true)
    }

    private static let body = """
        Palau and Nauru agreed on Tuesday to share a patrol plane, the two governments said in a statement.

        The plane will look for ships that fish at night without lights, of which nine were seen in the spring alone.

        Nauru's fisheries minister thanked Palau and said that crews would begin to train together in October.

        """

    @Test func marksCopiesAndCredits() throws {
        let place = try TemporaryFolder()
        let folder = place.url.appendingPathComponent("in").path
        try place.write(
            "Islands share a plane\n\nPublished: 4 May 2021\n\n\(Self.body)\n(Reuters)\n", to: "in/late.txt")
        try place.write("Plane for two islands\n\nPublished: 3 May 2021\n\n\(Self.body)", to: "in/first.txt")
        try place.write(
            "Other news\n\nPublished: 2 May 2021\n\nKiribati held an election on Sunday, and all went well.\n",
            to: "in/other.txt")
        let store = place.url.appendingPathComponent("s.sqlite").path
        let run = try Program.run(["ingest", folder, "--store", store])
        #expect(run.status == 0)
        #expect(run.errors.contains("copies of other documents in the store: 1"))
        #expect(run.errors.contains("3 new"))
        #expect(try Program.run(["ingest", folder, "--store", store]).errors.contains("3 already there"))
    }

    @Test func readsEverySampleAndNamesWhatItRefuses() throws {
        let samples = Repository.root.appendingPathComponent("Tests/Samples/ingest").path
        let run = try Program.run(["ingest", samples])
        #expect(run.status == 1)
        #expect(run.objects.count > 40)
        for words in [
            "100 times", "damaged", "declares entities", "packed more than once", "cut off", "over the limit", "\"br\"",
        ] {
            #expect(run.errors.contains(words), "\(words)")
        }
    }

    @Test func watchesAFolderAndLeavesUnfinishedFilesAlone() throws {
        let place = try TemporaryFolder()
        let folder = place.url.appendingPathComponent("in").path
        try place.write("Plane for two islands\n\n\(Self.body)", to: "in/whole.txt")
        try place.write("Half of a", to: "in/half.txt.part")
        try place.write("", to: "in/empty.txt")
        let output = place.url.appendingPathComponent("out.jsonl").path
        let arguments = ["ingest", folder, "--output", output, "--watch", "--every", "0.2", "--looks", "3"]
        let run = try Program.run(arguments)
        #expect(run.status == 0)
        #expect(run.errors.contains("1 file read, 1 article: 1 new"))
        try place.write("Half of a report is a whole one now\n\n\(Self.body)", to: "in/half.txt")
        #expect(
            try Program.run(arguments).errors.contains("2 files read, 2 articles: 1 new, 0 changed, 1 already there"))
        #expect(try Program.run(["ingest", folder + "-nowhere", "--watch"]).status == 1)
    }

    @Test func aFileOfWhichNothingCouldBeReadIsRefused() throws {
        let sample = Repository.root.appendingPathComponent("Tests/Samples/ingest/billion-laughs.rss").path
        let run = try Program.run(["ingest", sample])
        #expect(run.status == 1)
        #expect(run.errors.contains("0 files read, 0 articles"))
        #expect(run.errors.contains("refused: 1"))
    }

    /// Killed at any moment, the next run gives the store of an undisturbed one.
    @Test func aKilledIngestIsMadeGoodByTheNext() throws {
        let place = try TemporaryFolder()
        let folder = place.url.appendingPathComponent("in").path
        for number in 0..<12 {
            try place.write(
                "Boats of \(number + 2) owners\n\nPublished: \(number + 1) May 2021\n\n\(Self.body)",
                to: "in/\(number).txt")
        }
        let whole = place.url.appendingPathComponent("whole.sqlite").path
        #expect(try Program.run(["ingest", folder, "--store", whole]).status == 0)
        let expected = try Program.run(["store", "export", "--store", whole]).output
        for milliseconds in [200, 700, 1500, 3000] {
            let store = place.url.appendingPathComponent("\(milliseconds).sqlite").path
            try Program.kill(["ingest", folder, "--store", store], afterMilliseconds: milliseconds)
            #expect(try Program.run(["ingest", folder, "--store", store]).status == 0)
            #expect(try Program.run(["store", "export", "--store", store]).output == expected)
        }
    }
}
