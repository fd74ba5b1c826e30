import Foundation

/// A tab-separated file kept as bytes: its rows are found at once, its cells when they are asked for.
///
/// For files of hundreds of thousands of lines, where a dictionary for each row would cost seconds. The form is that of
/// ``TSVFile``: a header line, comments after `#`.
struct LexiconFile: Sendable {
    let name: String
    private let bytes: FixedArray<UInt8>
    /// Where each row begins, and its line in the file.
    let starts, lines: FixedArray<UInt32>
    /// Names of the columns, in order.
    let header: [String]

    /// Finds the rows of a file's bytes; mistakes are added to `errors`, and what can be read is kept.
    init(_ name: String, bytes: FixedArray<UInt8>, columns: [String], errors: inout [DataError]) {
        self.name = name
        self.bytes = bytes
        var rows = Rows(name: name, columns: columns)
        rows.read(bytes.values)
        errors += rows.errors
        header = rows.header
        starts = FixedArray(rows.starts)
        lines = FixedArray(rows.lines)
    }

    init(_ name: String, bytes: [UInt8], columns: [String], errors: inout [DataError]) {
        self.init(name, bytes: FixedArray(bytes), columns: columns, errors: &errors)
    }

    /// A file whose rows were found before.
    init(_ name: String, bytes: FixedArray<UInt8>, starts: FixedArray<UInt32>, lines: FixedArray<UInt32>) {
        self.name = name
        self.bytes = bytes
        self.starts = starts
        self.lines = lines
        var rows = Rows(name: name, columns: [])
        rows.readHeader(bytes.values)
        header = rows.header
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
        let all = bytes.values
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

    /// The cells of a row, found in one pass.
    struct Cells {
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        fileprivate var ends: [Int]
        fileprivate let start: Int

        /// The text of a column; nil when it is empty or the row has no such.
        func value(_ column: Int?) -> String? {
            guard let column, column < ends.count else { return nil }
            let first = column == 0 ? start : ends[column - 1] + 1
            return first < ends[column] ? String(decoding: bytes[first..<ends[column]], as: UTF8.self) : nil
        }
    }

    /// The cells of a row; to be used while the file lives.
    func cells(_ row: Int) -> Cells {
        let all = bytes.values
        var at = Int(starts[row])
        var cells = Cells(bytes: all, ends: [], start: at)
        cells.ends.reserveCapacity(header.count)
        while at < all.count, all[at] != 0x0A {
            if all[at] == 0x09 { cells.ends.append(at) }
            at += 1
        }
        cells.ends.append(at)
        return cells
    }

    /// The text of a cell.
    func text(_ row: Int, _ column: Int?) -> String {
        let range = range(row, column)
        return range.isEmpty ? "" : String(decoding: bytes.values[range], as: UTF8.self)
    }

    /// The text of a cell, nil when it is empty.
    func value(_ row: Int, _ column: Int?) -> String? {
        let text = text(row, column)
        return text.isEmpty ? nil : text
    }

    /// The values of a cell of several, separated by `|`.
    func list(_ row: Int, _ column: Int?) -> [String] {
        text(row, column).split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// A mistake in a cell.
    func mistake(_ message: String, _ row: Int, _ column: Int?) -> DataError {
        DataError(file: name, line: line(row), column: column.map { $0 + 1 } ?? 0, message: message)
    }

    /// Calls a function with each value of a cell of several, separated by `|`, cut into words as the tokeniser cuts text.
    func forEachName(_ row: Int, _ column: Int?, _ body: ([UInt8]) -> Void) {
        let range = range(row, column)
        var name: [UInt8] = []
        let all = bytes.values
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

/// Finds the rows of a tab-separated file.
private struct Rows {
    let name: String
    let columns: [String]
    var header: [String] = []
    var starts: [UInt32] = []
    var lines: [UInt32] = []
    var errors: [DataError] = []
    private var line = 0

    init(name: String, columns: [String]) {
        self.name = name
        self.columns = columns
    }

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = readHeader(bytes)
        while start < bytes.count {
            let end = Self.find(0x0A, bytes, start)
            line += 1
            if end > start, bytes[start] != UInt8(ascii: "#") { addRow(bytes, start, end) }
            start = end + 1
        }
    }

    /// Reads the first line that is no comment; returns where the next one begins.
    @discardableResult
    mutating func readHeader(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var start = 0
        while start < bytes.count {
            let end = Self.find(0x0A, bytes, start)
            line += 1
            defer { start = end + 1 }
            if end == start || bytes[start] == UInt8(ascii: "#") { continue }
            header = bytes[start..<end].split(separator: 0x09, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            for column in columns where !header.contains(column) {
                errors.append(
                    DataError(file: name, line: line, column: 0, message: "the header has no column \(column)"))
            }
            return end + 1
        }
        return start
    }

    private mutating func addRow(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
        var cells = 1
        for i in start..<end where bytes[i] == 0x09 { cells += 1 }
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

    private static func find(_ byte: Int32, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        guard let base = bytes.baseAddress, let found = memchr(base + start, byte, bytes.count - start) else {
            return bytes.count
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
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
