import DyadTesting
import Foundation
import Testing

/// A file that cannot be coded is named at the end and stops nothing: `dyad code` of one folder of trouble.
@Suite struct BadInputTests {
    private static let report =
        "Kenya thanks Uganda\n\nPublished: May 14, 2024\n\nNAIROBI: Kenya thanked Uganda on Monday for its help with the fire at the port.\n"

    /// One run over all of them, good files first, in the middle and last.
    private static let run = Result {
        let folder = try TemporaryFolder()
        try folder.write(report, to: "first.txt")
        try folder.write("", to: "empty.txt")
        try folder.write(" \n\t\n\u{A0}\n", to: "blank.txt")
        try folder.write(Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 1, 2, 3, 4, 5]), to: "picture.txt")
        try folder.write(Data("Kenya thanked".utf8) + [0] + Data("Uganda.".utf8), to: "nul.txt")
        try folder.write("Share on Facebook\n\nRead more: Fire at the port\n", to: "links.txt")
        try folder.write(
            Data("Peru thanked Chile ".utf8) + [0xC3, 0x28, 0xFF, 0xFE, 0xE2, 0x82] + Data(" on Monday.\n".utf8),
            to: "broken.txt")
        try folder.write(report.replacing("Uganda", with: "Rwanda"), to: "middle.txt")
        try folder.write(String(repeating: "x", count: 5_000_000), to: "long.txt")
        try folder.write(String(repeating: "Peru thanked Chile. ", count: 600_000), to: "endless.txt")
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("hollow"), withIntermediateDirectories: true)
        // In a folder: a folder and a link to nowhere that are called like texts, and a file whose name another has.
        try folder.write("", to: "mixed/inner.txt/keep")
        try folder.write("", to: "mixed/empty.txt")
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appendingPathComponent("mixed/link.txt").path, withDestinationPath: "nowhere")
        try folder.write(report.replacing("Uganda", with: "Ghana"), to: "last.txt")
        let names = ["first", "empty", "blank", "picture", "nul", "links", "broken", "middle", "long", "missing"].map {
            $0 + ".txt"
        }
        return try Program.run(["code"] + names + ["endless.txt", "hollow", "mixed", "last.txt"], in: folder.url)
    }

    @Test func endsWithStatusOne() throws {
        let run = try Self.run.get()
        #expect(run.status == 1)
        #expect(run.errors.contains("10 of 16 inputs could not be read"))
    }

    @Test(arguments: [
        ("empty.txt", "the file is empty"), ("blank.txt", "nothing but white space"),
        ("picture.txt", "this is a picture"),
        ("nul.txt", "not a text file"), ("endless.txt", "line 1 has 12000000 bytes"),
        ("mixed/inner.txt", "not a regular file"), ("mixed/link.txt", "not a regular file"),
        ("mixed/empty.txt", "the file is empty"), ("missing.txt", "no such file"),
        ("hollow", "holds no .txt or .html files"),
    ]) func namesTheFileAndTheTrouble(_ name: String, _ trouble: String) throws {
        let lines = try Self.run.get().errors.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("dyad: \(name): ") && $0.contains(trouble) }, "\(lines)")
    }

    @Test func codesTheOthersInOrder() throws {
        let objects = try Self.run.get().objects
        #expect(objects.allSatisfy { !$0.isEmpty }, "standard output holds JSON objects only")
        let documents = objects.compactMap { $0["document"] as? String }
        var order: [String] = []
        for name in documents where order.last != name { order.append(name) }
        #expect(order == ["first.txt", "links.txt", "broken.txt", "middle.txt", "long.txt", "last.txt"])
        for name in ["first.txt", "middle.txt", "last.txt"] {
            #expect(
                objects.contains { $0["document"] as? String == name && $0["event"] as? String == "SUPPORT" }, "\(name)"
            )
        }
    }

    @Test func writesALineForATextWithoutEvents() throws {
        for name in ["links.txt", "long.txt"] {
            let lines = try Self.run.get().objects.filter { $0["document"] as? String == name }
            #expect(lines.count == 1 && lines[0]["event"] is NSNull, "\(name)")
        }
    }

    @Test func repairsBrokenCharacters() throws {
        let found = try Self.run.get().objects.filter { $0["document"] as? String == "broken.txt" }
        #expect(found.contains { $0["event"] as? String == "SUPPORT" })
    }

    /// One column of an event line is as the contract has it, in every line.
    @Test func writesTheSameKeysInEveryLine() throws {
        let objects = try Self.run.get().objects
        let keys = Set(objects.first.map { Array($0.keys) } ?? [])
        #expect(
            keys.isSuperset(of: [
                "id", "document", "event", "mode", "quad", "source_actor", "target_actor", "factuality", "span", "text",
                "explain",
            ]))
        #expect(objects.allSatisfy { Set($0.keys) == keys })
    }
}
