import Foundation

/// What a file is, told by its content; its name decides only where the content leaves it open.
enum FileKind: Equatable {
    /// Several documents in a format of feeds, agencies or web archives.
    case collection(CollectionFormat)
    case zip, word, rtf, pdf, table, jsonLines, json, factivaXML, page, text
    /// Known, and not read; half a sentence says why.
    case refused(String)

    /// The kind of a file with a name that begins with some bytes.
    init(head: [UInt8], name: String, fields: ExportFields, map: ColumnMap) {
        if let reason = Self.refusal(head) {
            self = .refused(reason)
        } else if let format = CollectionFormat(head: head) {
            self = .collection(format)
        } else if ZipArchive.recognises(head) {
            self = .zip
        } else if RTFReader.recognises(head) {
            self = .rtf
        } else if PDFReader.recognises(head) {
            self = .pdf
        } else if HTMLSniffer.isPage(head, name: name) {
            self = .page
        } else {
            self = Self.textual(head, name, fields, map)
        }
    }

    private static func textual(_ head: [UInt8], _ name: String, _ fields: ExportFields, _ map: ColumnMap) -> FileKind {
        let start = Array((start(of: head)).drop { $0 <= 0x20 }.prefix(32_768))
        if start.first == 0x3C {
            let text = String(decoding: start.prefix(4096), as: UTF8.self).lowercased()
            let marks = ["<ppsarticle", "<accessionno", "<leadparagraph"]
            if marks.contains(where: text.contains) { return .factivaXML }
        }
        let ending = Self.ending(name)
        if let kind = json(start, ending) { return kind }
        return isTable(start, ending, fields, map) ? .table : .text
    }

    /// Without mark and, of UTF-16, without zeros.
    private static func start(of head: [UInt8]) -> [UInt8] {
        let encoding = TextEncoding.announced(by: head)?.encoding ?? TextEncoding.guessed(from: head) ?? .utf8
        if encoding == .utf16LittleEndian || encoding == .utf16BigEndian { return head.filter { $0 != 0 && $0 < 0x80 } }
        return head.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(head.dropFirst(3)) : head
    }

    private static func json(_ start: [UInt8], _ ending: String) -> FileKind? {
        let signs = start.lazy.filter { $0 > 0x20 }.prefix(2)
        guard let first = signs.first else { return nil }
        let second = signs.dropFirst().first
        if first == 0x5B { return second == 0x7B || second == 0x5D && ending == "json" ? .json : nil }
        guard first == 0x7B, second == 0x22 || second == 0x7D else {
            return ["jsonl", "ndjson"].contains(ending) ? .jsonLines : nil
        }
        if ["jsonl", "ndjson"].contains(ending) { return .jsonLines }
        guard let end = start.firstIndex(of: 0x0A) else { return .jsonLines }
        let line = start[..<end]
        let isWhole = (try? JSONSerialization.jsonObject(with: Data(line))) != nil
        return isWhole || line.last { $0 > 0x20 } == 0x7D ? .jsonLines : .json
    }

    /// A header with cells, and of files that are not called a table, one whose names are known.
    private static func isTable(
        _ start: [UInt8], _ ending: String, _ fields: ExportFields, _ map: ColumnMap
    ) -> Bool {
        var scanner = TableScanner(separator: TableScanner.separator(in: start), source: once(start))
        guard let record = try? scanner.next(), record.cells.count > 1 else { return false }
        if ["csv", "tsv", "tab"].contains(ending) { return true }
        let names = record.cells.map { String(decoding: $0, as: UTF8.self) }
        guard names.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 40 }) else { return false }
        let known = names.compactMap { fields.field($0, in: .column) }
        return known.contains(.text) && known.count >= 2 && known.count * 2 >= names.count
    }

    /// A source that hands over some bytes once.
    static func once(_ bytes: [UInt8]) -> (Int) throws -> [UInt8] {
        let rest = Rest(bytes)
        return { limit in
            let part = Array(rest.bytes.prefix(limit))
            rest.bytes = rest.bytes.dropFirst(limit)
            return part
        }
    }

    private final class Rest {
        var bytes: ArraySlice<UInt8>
        init(_ bytes: [UInt8]) { self.bytes = bytes[...] }
    }

    private static func refusal(_ head: [UInt8]) -> String? {
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            return "this is an old Word file (.doc) or an encrypted one; save it as .docx or .rtf without a password"
        }
        let pictures: [[UInt8]] = [[0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8)]
        if pictures.contains(where: head.starts) { return "this is a picture, and pictures are not read" }
        if head.starts(with: Array("SQLite format 3".utf8)) { return "this is an SQLite database and no report" }
        let opening = String(decoding: head.prefix(1500), as: UTF8.self)
        if opening.contains("multipart/related"), opening.contains("MIME-Version") {
            return "this is a page saved as one file (.mht); save it as HTML"
        }
        return nil
    }

    /// What stands behind the last full stop of a name, in small letters.
    static func ending(_ name: String) -> String {
        name.contains(".") ? (name.split(separator: ".").last ?? "").lowercased() : ""
    }
}

extension FileKind {
    /// In words, as in "it is a saved page".
    var words: String {
        switch self {
        case .collection(let format):
            switch format {
            case .feed: "a feed"
            case .sitemap: "a sitemap"
            case .newsML: "an agency file"
            case .webArchive: "a web archive"
            case .gzip: "a gzipped file"
            }
        case .zip: "a ZIP archive"
        case .word: "a Word file"
        case .rtf: "a Rich Text file"
        case .pdf: "a PDF"
        case .table: "a table"
        case .jsonLines, .json: "JSON"
        case .factivaXML: "a Factiva export"
        case .page: "a saved page"
        case .text: "plain text"
        case .refused: "something else"
        }
    }

    /// True when files called so are of this kind; names that say nothing fit every kind.
    func fits(ending: String) -> Bool {
        guard let kinds = Self.kindsByEnding[ending] else { return true }
        return kinds.contains(self)
    }

    private static let kindsByEnding: [String: [FileKind]] = [
        "txt": [.text], "html": [.page], "htm": [.page], "docx": [.word, .zip], "rtf": [.rtf], "pdf": [.pdf],
        "zip": [.zip],
        "csv": [.table], "tsv": [.table], "json": [.json, .jsonLines], "jsonl": [.jsonLines], "ndjson": [.jsonLines],
        "rss": [.collection(.feed)], "atom": [.collection(.feed)], "warc": [.collection(.webArchive)],
        "xml": [.factivaXML, .collection(.feed), .collection(.sitemap), .collection(.newsML), .page],
    ]
}
