import Foundation
import Synchronization

/// Finds files that are new or changed in folders and whole: a file is handed over when it has stood still from one look
/// to the next, so that one which is still being written is left alone.
struct FolderWatch {
    /// What tells whether a file changed.
    private struct Stamp: Equatable {
        var bytes: Int
        var modified: Date
    }

    let paths: [String]
    private var seen: [String: Stamp] = [:]
    private var handled: [String: Stamp] = [:]

    init(_ paths: [String]) { self.paths = paths }

    /// The files that are ready since the last look, in order of name.
    mutating func ready() -> [InputFiles.Entry] {
        var now: [String: Stamp] = [:]
        var out: [InputFiles.Entry] = []
        for entry in InputFiles(paths).files where !Self.isUnfinished(entry.name) {
            let path = entry.url.path
            guard let stamp = Self.stamp(path) else { continue }
            now[path] = stamp
            if seen[path] == stamp, handled[path] != stamp, stamp.bytes > 0 {
                handled[path] = stamp
                out.append(entry)
            }
        }
        seen = now
        return out
    }

    private static func stamp(_ path: String) -> Stamp? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let modified = attributes[.modificationDate] as? Date
        else { return nil }
        return Stamp(bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0, modified: modified)
    }

    /// Names that programs give to what they have not finished.
    private static func isUnfinished(_ name: String) -> Bool {
        let name = name.lowercased()
        return [".part", ".crdownload", ".download", ".tmp", ".filepart", ".partial", "~"].contains {
            name.hasSuffix($0)
        }
    }
}

/// Whether the user or the system asked the program to end.
enum StopRequest {
    private static let isAsked = Atomic<Bool>(false)

    /// From now on, an interrupt ends the work at the next pause instead of at once.
    static func listen() {
        for number in [SIGINT, SIGTERM] { signal(number) { _ in StopRequest.isAsked.store(true, ordering: .relaxed) } }
    }

    static var isSet: Bool { isAsked.load(ordering: .relaxed) }

    /// Waits, or returns at once when the end is asked for.
    static func pause(seconds: Double) {
        let end = ProcessInfo.processInfo.systemUptime + seconds
        while !isSet, ProcessInfo.processInfo.systemUptime < end { usleep(50_000) }
    }
}
