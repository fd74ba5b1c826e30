import Foundation

/// A tab-separated file kept as bytes: its rows are found at once, its cells when they are asked for.
///
/// For files of hundreds of thousands of lines, where a dictionary for each row would cost seconds. The form is that of
/// ``TSVFile``: a header line, comments after `#`.
struct LexiconFile: Sendable {
    let name: String
    private let bytes: [UInt8]
    private var starts: [UInt32] = []
    private var lines: [UInt32] = []
    private var header: [String] = []

    /// Reads a file of the data folder; mistakes are added to `errors`, and what can be read is kept.
    init(_ name: String, in folder: URL, columns: [String], errors: inout [DataError]) {
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(name), options: .mappedIfSafe) else {
            errors.append(DataError(file: name, line: 0, column: 0, message: "the file is missing or is not UTF-8"))
            self.init(name, bytes: [], columns: [], errors: &errors)
            return
        }
        self.init(name, bytes: [UInt8](data), columns: columns, errors: &errors)
    }

    init(_ name: String, bytes: [UInt8], columns: [String], errors: inout [DataError]) {
        self.name = name
        self.bytes = bytes
        var start = 0
        var line = 0
        while start < bytes.count {
            let end = Self.find(0x0A, bytes, start, bytes.count)
            line += 1
            if end > start, bytes[start] != UInt8(ascii: "#") { addRow(start, line, end, columns, &errors) }
            start = end + 1
        }
    }

    private mutating func addRow(
        _ start: Int, _ line: Int, _ end: Int, _ columns: [String], _ errors: inout [DataError]
    ) {
        if header.isEmpty {
            header = bytes[start..<end].split(separator: 0x09, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            for column in columns where !header.contains(column) {
                errors.append(
                    DataError(file: name, line: line, column: 0, message: "the header has no column \(column)"))
            }
            return
        }
        let cells = bytes.withUnsafeBufferPointer { all in
            all[start..<end].reduce(into: 1) { if $1 == 0x09 { $0 += 1 } }
        }
        guard cells <= header.count else {
            errors.append(
                DataError(
                    file: name, line: line, column: header.count + 1,
                    message: "\(cells) cells, but \(header.count) columns"))
            return
        }
        starts.append(UInt32(start))
        lines.append(UInt32(line))
    }

    private static func find(_ byte: Int32, _ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
        bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress, let found = memchr(base + start, byte, end - start) else { return end }
            return UnsafeRawPointer(found) - base
        }
    }

    /// Number of rows.
    var count: Int { starts.count }

    /// Line in the file, from 1.
    func line(_ row: Int) -> Int { Int(lines[row]) }

    /// Place of a column; nil when the file has none of that name.
    func column(_ name: String) -> Int? { header.firstIndex(of: name) }

    /// The bytes of a cell; empty when the row is short or has no such column.
    func range(_ row: Int, _ column: Int?) -> Range<Int> {
        guard let column else { return 0..<0 }
        return bytes.withUnsafeBufferPointer { all in
            var at = Int(starts[row])
            var left = column
            while left > 0, at < all.count, all[at] != 0x0A {
                if all[at] == 0x09 { left -= 1 }
                at += 1
            }
            if left > 0 { return 0..<0 }
            var end = at
            while end < all.count, all[end] != 0x09, all[end] != 0x0A { end += 1 }
            return at..<end
        }
    }

    /// The text of a cell.
    func text(_ row: Int, _ column: Int?) -> String {
        let range = range(row, column)
        return range.isEmpty ? "" : String(decoding: bytes[range], as: UTF8.self)
    }

    /// The text of a cell, nil when it is empty.
    func value(_ row: Int, _ column: Int?) -> String? {
        let range = range(row, column)
        return range.isEmpty ? nil : String(decoding: bytes[range], as: UTF8.self)
    }

    /// Calls a function with each value of a cell of several, separated by `|`, cut into words as the tokeniser cuts text.
    func forEachName(_ row: Int, _ column: Int?, _ body: ([UInt8]) -> Void) {
        let range = range(row, column)
        var name: [UInt8] = []
        bytes.withUnsafeBufferPointer { all in
            var at = range.lowerBound
            while at < range.upperBound {
                var end = at
                while end < range.upperBound, all[end] != UInt8(ascii: "|") { end += 1 }
                NameBytes.cut(UnsafeBufferPointer(rebasing: all[at..<end]), into: &name)
                if !name.isEmpty { body(name) }
                at = end + 1
            }
        }
    }
}

/// Names cut into words joined by single spaces: hyphens and possessives apart, apostrophes made straight.
enum NameBytes {
    static func cut(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
        out.removeAll(keepingCapacity: true)
        var wordStart = 0
        var i = 0
        func space(_ out: inout [UInt8]) { if let last = out.last, last != 0x20 { out.append(0x20) } }
        while i < text.count {
            let byte = text[i]
            switch byte {
            case 0x20:
                close(&out, wordStart)
                space(&out)
                wordStart = out.count
            case 0x2D, 0x2C, 0x2F:
                space(&out)
                out.append(byte)
                out.append(0x20)
                wordStart = out.count
            case 0xE2 where i + 2 < text.count && text[i + 1] == 0x80 && text[i + 2] == 0x99:
                out.append(0x27)
                i += 2
            default: out.append(byte)
            }
            i += 1
        }
        close(&out, wordStart)
        while out.last == 0x20 { out.removeLast() }
    }

    /// Cuts the possessive from the word that ends here.
    private static func close(_ out: inout [UInt8], _ start: Int) {
        let count = out.count - start
        guard count > 1 else { return }
        if count > 2, out[out.count - 1] == 0x73, out[out.count - 2] == 0x27 {
            out.insert(0x20, at: out.count - 2)
        } else if out[out.count - 1] == 0x27, out[out.count - 2] == 0x73 {
            out.insert(0x20, at: out.count - 1)
        }
    }
}
