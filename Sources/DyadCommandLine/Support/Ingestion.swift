import ArgumentParser
import DyadCore
import DyadData
import DyadIngest
import Foundation

/// Reads files one after another and hands their documents over in groups.
struct Ingestion {
    /// Documents and bytes of a group.
    private static let groupCount = 64, groupBytes = 16_000_000

    let articles: ArticleReader
    private let reader: FileReader
    /// Paths of the files that were read, by the names they have in their documents.
    private var names: [String: String] = [:]
    private let published: CalendarDate?
    var report = IngestReport()
    /// Documents that wait to be handed over, of one file or of many, and their bytes.
    private var group: [Document] = []
    private var bytes = 0

    /// Loads the data that reading needs; no model.
    init(columns: ColumnMap, published: CalendarDate?) throws {
        guard let folder = DataLocation.folder() else {
            Console.message("dyad: the folder Data was not found; DYAD_DATA may name it")
            throw ExitCode(1)
        }
        do {
            articles = try ArticleReader(folder: folder)
            reader = try FileReader(folder: folder, map: columns)
        } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
        self.published = published
    }

    /// Reads the files behind some paths; `take` says of each document of a group what came of it.
    mutating func run(_ paths: [String], _ take: ([Document]) throws -> [ArticleOutput.Outcome]) throws {
        let inputs = InputFiles(paths)
        report.leftOut = inputs.leftOut
        for text in inputs.missing { refuse(text) }
        try run(inputs.files, take)
    }

    /// Reads some files.
    mutating func run(
        _ files: [InputFiles.Entry], _ take: ([Document]) throws -> [ArticleOutput.Outcome]
    ) throws {
        for (index, entry) in files.enumerated() {
            // Two files must not share a name: their documents would replace each other.
            let name =
                names[entry.name].map { $0 == entry.url.path ? entry.name : entry.url.relativePath } ?? entry.name
            names[name] = entry.url.path
            try read(entry.url, name, take)
            if index + 1 == files.count { try finish(take) }
            Console.progress("\(index + 1) of \(files.count) files, \(report.articles) articles")
        }
        Console.progress("")
    }

    private mutating func read(
        _ file: URL, _ name: String, _ take: ([Document]) throws -> [ArticleOutput.Outcome]
    ) throws {
        let reader = reader, published = published
        do {
            let found = try reader.read(file, name: name) { document in
                var document = document
                document.published = document.published ?? published
                group.append(document)
                bytes += document.bytes.count
                if group.count >= Self.groupCount || bytes >= Self.groupBytes {
                    try finish(take)
                    Console.progress("\(name): \(report.articles) articles")
                }
            }
            report.take(found, of: file.relativePath)
        } catch let error as IngestError {
            report.refusals.append(.init(file: file.relativePath, reason: error.trouble))
        }
    }

    /// Hands over what waits.
    private mutating func finish(_ take: ([Document]) throws -> [ArticleOutput.Outcome]) throws {
        let outcomes = try group.isEmpty ? [] : take(group)
        for outcome in outcomes {
            switch outcome {
            case .added: report.added += 1
            case .changed: report.changed += 1
            case .unchanged: report.unchanged += 1
            }
        }
        group.removeAll()
        bytes = 0
    }

    private mutating func refuse(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        report.refusals.append(.init(file: parts[0], reason: parts.count > 1 ? String(parts[1].dropFirst()) : text))
    }
}
