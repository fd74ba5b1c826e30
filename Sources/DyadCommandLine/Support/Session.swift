import ArgumentParser
import DyadCodebook
import DyadCore
import DyadExchange
import DyadIngest
import DyadLanguage
import DyadModels
import DyadPipeline
import DyadStore
import Foundation

/// What every command needs: the loaded reader, readers of files, the writer of lines.
struct Session {
    let reader: Reader
    let lines: EventLine

    /// Loads data and models; a missing or damaged file ends the program with a message that names it.
    ///
    /// A worker leaves warnings to its parent. `own` names a folder of the user's own actors and triggers.
    init(
        isQuiet: Bool = false, codebook: String? = nil, own: LexiconOption? = nil, convention: String? = nil
    ) throws {
        if !isQuiet { Session.warnOfMissingModels() }
        do {
            reader = try Reader(
                lexicon: own?.lexicon, isAlone: own?.ownVerbsOnly ?? false, codebook: codebook, convention: convention)
        } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
        lines = EventLine(versions: Session.versions(reader.knowledge, convention))
    }

    /// Without the judge events are still coded, but otherwise than with it: nobody should have to guess.
    static func warnOfMissingModels() {
        guard ModelLocation.file(LanguageModel.fileName) != nil, ModelLocation.file(JudgeModel.fileName) == nil else {
            return
        }
        Console.message("dyad: model file \(JudgeModel.fileName) not found: events are coded by the rules alone")
    }

    private static func versions(_ knowledge: Knowledge, _ convention: String?) -> EventVersions {
        let own =
            (knowledge.own.map { "+\($0.name.lowercased())-\($0.version)" } ?? "")
            + (convention.map { "+\($0.lowercased())" } ?? "")
        return EventVersions(dyad: Version.text, codebook: "plover-\(knowledge.codebook.version)\(own)")
    }

    /// Opens a store that keeps events as archive lines.
    static func store(_ path: String, versions: EventVersions = EventVersions(dyad: Version.text, codebook: "")) throws
        -> EventStore
    {
        let writer = EventLine(versions: versions, form: .archive)
        let reader = EventReader()
        let coding = EventCoding(
            encode: { writer.text($0) },
            decode: { text in
                guard let event = try reader.read(text).event else {
                    throw ValidationError("a stored line holds no event")
                }
                return event
            })
        let ledger = try LedgerPlans.standard()
        do {
            return try EventStore(
                path: path, version: "\(versions.dyad) \(versions.codebook)", coding: coding, ledger: ledger)
        } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
    }

    func store(_ path: String) throws -> EventStore { try Session.store(path, versions: lines.versions) }

    /// What came of a document of a file, or of the file.
    enum Outcome: Sendable {
        case coded([AnnotatedArticle])
        /// The file gave nothing; why.
        case failed(String)
        /// An article of a file could not be read; why.
        case refused(String)
        /// What is wrong with a file that was read.
        case noted(String)
    }

    /// Codes files on all cores; results come in the order of the files and of the documents in them.
    ///
    /// - Throws: what `each` throws, and `ExitCode` when the data for reading files is broken.
    func code(
        _ files: [URL], published: CalendarDate? = nil, columns: ColumnMap = ColumnMap(),
        _ each: (URL, Outcome) throws -> Void
    ) throws {
        var group = CodingGroup(reader: reader)
        let source = try fileReader(columns)
        for (index, file) in files.enumerated() {
            do {
                let report = try source.read(file) { document in
                    var document = document
                    if let published { document.published = published }
                    group.add(document, of: file)
                    if group.isFull { try group.finish(each) }
                }
                for refusal in report.refusals {
                    group.add(.refused("\(file.relativePath): \(refusal.reason)"), of: file)
                }
                for note in report.notes { group.add(.noted("\(file.relativePath): \(note)"), of: file) }
            } catch let error as IngestError {
                group.add(.failed(error.message(naming: file.relativePath)), of: file)
            }
            if group.isFull { try group.finish(each) }
            Console.progress("\(index + 1) of \(files.count) files")
        }
        try group.finish(each)
        Console.progress("")
    }

    private func fileReader(_ columns: ColumnMap) throws -> FileReader {
        do { return try FileReader(folder: reader.knowledge.folder, map: columns) } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
    }

    /// An error in words, with the file as the user named it.
    static func describe(_ error: any Error, _ file: URL) -> String {
        switch error {
        case let error as IngestError: error.message(naming: file.relativePath)
        case let error as ConlluError: "\(file.relativePath): \(error)"
        default: "\(error)"
        }
    }

    /// The text of one file; a folder or a binary file is an error that names it.
    static func document(_ url: URL) throws -> Document { try DocumentReader().read(file: url) }

    /// False for a folder, a pipe or a link to nowhere, any of which may be called like a text.
    private static func isRegular(_ file: URL) -> Bool {
        let path = file.resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        return type == .typeRegular
    }

    /// The files behind paths: a folder stands for its text files, in order of name.
    static func files(_ paths: [String]) -> (files: [URL], missing: [String]) {
        var files: [URL] = []
        var missing: [String] = []
        for path in paths {
            var isFolder: ObjCBool = false
            let url = URL(fileURLWithPath: path)
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                missing.append("\(path): no such file or folder")
                continue
            }
            if isFolder.boolValue {
                let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
                let texts = names.filter { name in
                    [".txt", ".html", ".htm", ".docx", ".rtf"].contains { name.lowercased().hasSuffix($0) }
                }
                if texts.isEmpty { missing.append("\(path): the folder holds no .txt or .html files") }
                for text in texts {
                    let file = url.appendingPathComponent(text)
                    if isRegular(file) {
                        files.append(file)
                    } else {
                        missing.append("\(file.relativePath): not a regular file")
                    }
                }
            } else {
                files.append(url)
            }
        }
        return (files, missing)
    }
}

/// Documents that wait to be coded together, and what else is to be told between them.
private struct CodingGroup {
    private enum Entry: Sendable {
        case document(Document)
        case outcome(Session.Outcome)
    }

    /// Documents and bytes that are coded together at most.
    private static let count = ProcessInfo.processInfo.activeProcessorCount * 32, bytes = 16_000_000

    private let reader: Reader
    private var entries: [(file: URL, entry: Entry)] = []
    private var size = 0

    init(reader: Reader) { self.reader = reader }

    var isFull: Bool { entries.count >= Self.count || size >= Self.bytes }

    mutating func add(_ document: Document, of file: URL) {
        entries.append((file, .document(document)))
        size += document.bytes.count
    }

    mutating func add(_ outcome: Session.Outcome, of file: URL) { entries.append((file, .outcome(outcome))) }

    private static func weight(_ entry: Entry) -> Int {
        if case .document(let document) = entry { document.bytes.count } else { 0 }
    }

    /// Codes what waits and hands everything over, in order.
    mutating func finish(_ each: (URL, Session.Outcome) throws -> Void) rethrows {
        let reader = reader
        let outcomes = Lanes.map(entries.map(\.entry), weight: Self.weight) { entry -> Session.Outcome in
            switch entry {
            case .document(let document): .coded(reader.read(document))
            case .outcome(let outcome): outcome
            }
        }
        for (file, outcome) in zip(entries.map(\.file), outcomes) { try each(file, outcome) }
        entries.removeAll()
        size = 0
    }
}
