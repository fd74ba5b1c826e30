import Foundation

/// Cuts a table into records, piece by piece: cells parted by a sign, in quotation marks where they hold it or line
/// breaks (RFC 4180).
struct TableScanner {
    /// Larger records are refused; an open quotation mark would swallow the rest of the file.
    static let maximumRecord = 10_000_000

    struct Record {
        var cells: [[UInt8]] = []
        /// Line and byte at which it begins.
        var line: Int
        var byte: Int
        /// Why it could not be read.
        var trouble: String?
    }

    let separator: UInt8
    private let source: (Int) throws -> [UInt8]
    private var buffer: [UInt8] = []
    private var index = 0
    private var line = 1
    private var byte = 0
    private var isAtEnd = false

    /// Reads from a source that hands over at most a number of bytes at a time, none at the end.
    init(separator: UInt8, source: @escaping (Int) throws -> [UInt8]) {
        self.separator = separator
        self.source = source
    }

    private mutating func peek() throws -> UInt8? {
        if index == buffer.count {
            if isAtEnd { return nil }
            buffer = try source(1 << 18)
            index = 0
            if buffer.isEmpty {
                isAtEnd = true
                return nil
            }
        }
        return buffer[index]
    }

    private mutating func advance() {
        if buffer[index] == 0x0A { line += 1 }
        index += 1
        byte += 1
    }

    /// The next record that is no empty line; nil at the end.
    mutating func next() throws -> Record? {
        while let first = try peek(), first == 0x0A || first == 0x0D { advance() }
        guard try peek() != nil else { return nil }
        var record = Record(line: line, byte: byte)
        var cell: [UInt8] = [], size = 0
        var isQuoted = false, wasQuoted = false
        while let sign = try peek() {
            advance()
            size += 1
            if size > Self.maximumRecord {
                record.trouble = "the record has more than \(Self.maximumRecord) bytes; a quotation mark may be missing"
                try skipLine()
                return record
            }
            if isQuoted {
                guard sign == 0x22 else {
                    cell.append(sign)
                    continue
                }
                if try peek() == 0x22 {
                    cell.append(0x22)
                    advance()
                } else {
                    isQuoted = false
                }
            } else if sign == 0x22, cell.isEmpty, !wasQuoted {
                (isQuoted, wasQuoted) = (true, true)
            } else if sign == separator {
                record.cells.append(cell)
                cell.removeAll()
                wasQuoted = false
            } else if sign == 0x0A || sign == 0x0D {
                break
            } else {
                cell.append(sign)
            }
        }
        if isQuoted { record.trouble = "the file ends inside a quotation" }
        record.cells.append(cell)
        return record
    }

    private mutating func skipLine() throws {
        while let sign = try peek() {
            if sign == 0x0A { return }
            advance()
        }
    }

    /// The sign that parts the cells of a header.
    static func separator(in head: [UInt8]) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in head {
            if byte == 0x22 { isQuoted.toggle() }
            if !isQuoted, byte == 0x0A || byte == 0x0D { break }
            if !isQuoted, [0x09, 0x2C, 0x3B, 0x7C].contains(byte) { counts[byte, default: 0] += 1 }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0x2C
    }
}
