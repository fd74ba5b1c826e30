import ArgumentParser
import DyadCore
import DyadExchange
import Foundation

/// Where article lines go: standard output, or a file that is carried on when it is there already.
final class ArticleOutput {
    /// What was done with an article.
    enum Outcome { case added, changed, unchanged }

    private let handle: FileHandle?
    /// Hash by id of the articles that the file holds.
    private var known: [String: String] = [:]

    /// Opens a file; a line that an earlier run did not finish is cut off.
    init(path: String?) throws {
        guard let path else {
            handle = nil
            return
        }
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil) else {
                Console.message("dyad: \(path): cannot be written")
                throw ExitCode(1)
            }
        }
        guard let handle = FileHandle(forUpdatingAtPath: path) else {
            Console.message("dyad: \(path): cannot be written")
            throw ExitCode(1)
        }
        self.handle = handle
        let whole = try readKnown(handle)
        try handle.truncate(atOffset: whole)
        try handle.seek(toOffset: whole)
    }

    /// Notes the articles of the whole lines; bytes up to the end of the last.
    private func readKnown(_ handle: FileHandle) throws -> UInt64 {
        var pending: [UInt8] = []
        var whole: UInt64 = 0
        while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
            pending += part
            var start = 0
            while let end = pending[start...].firstIndex(of: 0x0A) {
                if let value = try? JSONValue(parsing: Array(pending[start..<end])), let id = value["id"]?.string {
                    known[id] = value["hash"]?.string ?? ""
                }
                whole += UInt64(end + 1 - start)
                start = end + 1
            }
            pending.removeFirst(start)
        }
        return whole
    }

    /// Writes an article unless the same is there.
    func write(_ line: ArticleLine) -> Outcome {
        let hash = line.hash
        let before = known.updateValue(hash, forKey: line.document.name)
        if before == hash { return .unchanged }
        if let handle {
            Console.write(Array((line.json + "\n").utf8), to: handle.fileDescriptor)
        } else {
            Console.line(line.json)
        }
        return before == nil ? .added : .changed
    }
}
