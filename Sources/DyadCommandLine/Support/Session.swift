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
import Synchronization

/// What every command needs: the loaded reader, readers of files, the writer of lines.
struct Session {
    let reader: Reader
    let lines: EventLine

    /// Loads data and models; a missing or damaged file ends the program with a message that names it.
    ///
    /// A worker leaves warnings to its parent. `own` names a folder of the user's own actors and triggers.
    init(isQuiet: Bool = false, codebook: String? = nil, own: LexiconOption? = nil) throws {
        if !isQuiet { Session.warnOfMissingModels() }
        do {
            reader = try Reader(lexicon: own?.lexicon, isAlone: own?.ownVerbsOnly ?? false, codebook: codebook)
        } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
        lines = EventLine(versions: Session.versions(reader.knowledge))
    }

    /// Without the judge events are still coded, but otherwise than with it: nobody should have to guess.
    static func warnOfMissingModels() {
        guard ModelLocation.file(LanguageModel.fileName) != nil, ModelLocation.file(JudgeModel.fileName) == nil else {
            return
        }
        Console.message("dyad: model file \(JudgeModel.fileName) not found: events are coded by the rules alone")
    }

    private static func versions(_ knowledge: Knowledge) -> EventVersions {
        let own = knowledge.own.map { "+\($0.name.lowercased())-\($0.version)" } ?? ""
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
        do {
            return try EventStore(path: path, version: "\(versions.dyad) \(versions.codebook)", coding: coding)
        } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
    }

    func store(_ path: String) throws -> EventStore { try Session.store(path, versions: lines.versions) }

    /// One file read and coded, or the reason why not.
    enum Outcome: Sendable {
        case coded([AnnotatedArticle])
        case failed(String)
    }

    /// Codes files on all cores; results come in the order of the files.
    func code(
        _ files: [URL], plain: Bool = false, published: CalendarDate? = nil, _ each: (URL, Outcome) throws -> Void
    ) rethrows {
        let width = ProcessInfo.processInfo.activeProcessorCount
        let reader = reader
        for start in stride(from: 0, to: files.count, by: width * 4) {
            let part = Array(files[start..<min(start + width * 4, files.count)])
            let results = Mutex<[Int: Outcome]>([:])
            DispatchQueue.concurrentPerform(iterations: part.count) { index in
                let outcome = Session.code(part[index], reader, plain, published)
                results.withLock { $0[index] = outcome }
            }
            let done = results.withLock { $0 }
            for (index, file) in part.enumerated() {
                try each(file, done[index] ?? .failed("\(file.lastPathComponent): not coded"))
            }
            Console.progress("\(min(start + part.count, files.count)) of \(files.count) files")
        }
        Console.progress("")
    }

    private static func code(_ file: URL, _ reader: Reader, _ plain: Bool, _ published: CalendarDate?) -> Outcome {
        do {
            var document = try DocumentReader().read(file: file)
            document.published = published
            return .coded(plain ? [reader.read(text: document)] : reader.read(document))
        } catch {
            return .failed(describe(error, file))
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
                    [".txt", ".html", ".htm"].contains { name.lowercased().hasSuffix($0) }
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
