import ArgumentParser
import DyadCodebook
import DyadExchange
import Foundation

/// `dyad import`.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract:
            "Make an additional lexicon from dictionaries of other programs and dumps of places; put coded events into a store.",
        subcommands: [Petrarch.self, CSV.self, GeoNames.self, Events.self])

    struct Petrarch: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "petrarch",
            abstract: "PETRARCH, PETRARCH2, UniversalPetrarch and TABARI: actors, agents, discards, issues, verbs.",
            discussion:
                "What a file holds is told from its name (actors, agents, discards, issues, verbs), else from its lines. The "
                + "tables are used with `--lexicon FOLDER`. Lines that cannot be expressed are listed, with the reason, in "
                + "FOLDER/not-imported.tsv. Mistakes are told with file, line and column; the good entries are used, and the "
                + "exit status is 1.")
        @Argument(help: "Dictionary files, or folders of .txt files.") var paths: [String]
        @Option(help: "Folder to write.") var out: String

        func run() throws { try ImportRun(paths: paths, out: out, kind: nil).run() }
    }

    struct CSV: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "csv", abstract: "Actors as a table with the columns name, code, from, to.")
        @Argument(help: "Files.") var paths: [String]
        @Option(help: "Folder to write.") var out: String

        func run() throws { try ImportRun(paths: paths, out: out, kind: .table).run() }
    }
}

/// One import: reads the files, writes the tables, tells what came of it.
private struct ImportRun {
    let paths: [String]
    let out: String
    let kind: DictionaryKind?

    func run() throws {
        let knowledge = try LexiconCommand.knowledge("")
        let codebook = knowledge.codebook
        var tables = LexiconTables(
            codes: CameoCodes(
                events: codebook.cameoEvents, sectors: codebook.cameoSectors,
                organisations: knowledge.actors.internationals))
        let (files, missing) = Session.files(paths)
        var failures = missing
        for file in files {
            if let problem = add(file, &tables) { failures.append(problem) }
        }
        for text in failures { Console.message("dyad: \(text)") }
        for mistake in tables.mistakes { Console.message(mistake.description) }
        try write(tables)
        for (path, count) in tables.counts.sorted(by: { $0.key < $1.key }) { Console.line("\(path): \(count) lines") }
        if !tables.leftovers.isEmpty {
            Console.line("not expressed in full: \(tables.leftovers.count) lines, listed in \(out)/not-imported.tsv")
        }
        if !tables.mistakes.isEmpty || !failures.isEmpty { throw ExitCode(1) }
    }

    private func add(_ file: URL, _ tables: inout LexiconTables) -> String? {
        guard let data = try? Data(contentsOf: file) else { return "\(file.relativePath): cannot be read" }
        // Old dictionaries are often Latin-1.
        guard let text = String(data: data, encoding: .utf8) ?? String(data: data, encoding: .isoLatin1) else {
            return "\(file.relativePath): neither UTF-8 nor Latin-1"
        }
        guard let kind = kind ?? DictionaryKind.of(name: file.lastPathComponent, text: text) else {
            Console.message("dyad: \(file.relativePath): no dictionary, left aside")
            return nil
        }
        tables.add(kind, text: text, file: file.relativePath)
        return nil
    }

    private func write(_ tables: LexiconTables) throws {
        let folder = URL(fileURLWithPath: out)
        var files = tables.files
        if !tables.leftovers.isEmpty {
            let lines = tables.leftovers.map { "\($0.file)\t\($0.line)\t\($0.reason)\t\($0.text)\n" }
            files.append(("not-imported.tsv", "file\tline\treason\ttext\n" + lines.joined()))
        }
        do {
            for (path, text) in files {
                let file = folder.appendingPathComponent(path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file, options: .atomic)
            }
        } catch {
            Console.message("dyad: \(out) cannot be written: \(error.localizedDescription)")
            throw ExitCode(1)
        }
    }
}
