import Foundation

/// The files behind the paths that a user names: folders stand for all files in them, at any depth.
struct InputFiles {
    struct Entry {
        var url: URL
        /// Path below the folder that the user named; the file's name when the file itself was named.
        var name: String
    }

    private(set) var files: [Entry] = []
    /// What cannot be read at all, each with the reason.
    private(set) var missing: [String] = []
    /// Files in folders that hold no reports, counted by their ending.
    private(set) var leftOut: [String: Int] = [:]

    init(_ paths: [String]) {
        for path in paths {
            var isFolder: ObjCBool = false
            let url = URL(fileURLWithPath: path)
            if !FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
                missing.append("\(path): no such file or folder")
            } else if isFolder.boolValue {
                let count = files.count
                walk(url, name: "")
                if files.count == count { missing.append("\(path): the folder holds no files that could be reports") }
            } else {
                files.append(Entry(url: url, name: url.lastPathComponent))
            }
        }
    }

    /// In order of name; hidden files, links to folders and the parts that browsers save beside a page are left out.
    private mutating func walk(_ folder: URL, name: String, depth: Int = 0) {
        guard depth < 50, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            missing.append("\(folder.relativePath): the folder cannot be read")
            return
        }
        let pages = Set(names.filter { $0.lowercased().hasSuffix(".html") || $0.lowercased().hasSuffix(".htm") })
        for entry in names.sorted() where !entry.hasPrefix(".") {
            let url = folder.appendingPathComponent(entry)
            let inner = name.isEmpty ? entry : "\(name)/\(entry)"
            let type = try? FileManager.default.attributesOfItem(atPath: url.path)[.type] as? FileAttributeType
            switch type {
            case .typeDirectory:
                if !Self.isPartsFolder(entry, of: pages) { walk(url, name: inner, depth: depth + 1) }
            case .typeRegular, .typeSymbolicLink:
                let ending = entry.contains(".") ? (entry.split(separator: ".").last ?? "").lowercased() : ""
                if Self.noReports.contains(ending) || Self.isFolder(url) {
                    leftOut[ending, default: 0] += 1
                } else {
                    files.append(Entry(url: url, name: inner))
                }
            default: missing.append("\(url.relativePath): not a regular file")
            }
        }
    }

    private static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// `Report_files` beside `Report.html`.
    private static func isPartsFolder(_ name: String, of pages: Set<String>) -> Bool {
        ["_files", ".files", "-Dateien", "_fichiers"].contains { ending in
            guard name.hasSuffix(ending) else { return false }
            let stem = String(name.dropLast(ending.count))
            return pages.contains(stem + ".html") || pages.contains(stem + ".htm")
        }
    }

    /// Endings of files that lie beside reports and are none.
    private static let noReports: Set<String> = [
        "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "avif", "bmp", "tif", "tiff",
        "woff",
        "woff2", "ttf", "otf", "eot", "mp3", "mp4", "m4a", "webm", "mov", "avi", "wav", "sqlite", "sqlite-wal",
        "sqlite-shm", "db", "lock", "log", "yaml", "yml", "toml", "ini", "py", "r", "rdata", "rds", "swift", "sh",
        "md5", "sha256",
    ]
}
