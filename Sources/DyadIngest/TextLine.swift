import Foundation

/// One line of the input.
struct TextLine: Sendable {
    /// First byte.
    var start: Int
    /// One past the line's end mark.
    var end: Int
    /// The line without white space around it; empty for a blank line.
    var text: Range<Int>
    /// Columns of white space before the text.
    var indent: Int

    var isBlank: Bool { text.isEmpty }
}

/// Cuts bytes into lines at LF, CR LF, or CR alone where no LF occurs.
enum LineScanner {
    /// All lines, which together cover every byte.
    ///
    /// A byte order mark counts as white space.
    static func lines(of bytes: [UInt8]) -> [TextLine] {
        let newline: UInt8 = position(of: 0x0A, in: bytes, from: 0) == nil ? 0x0D : 0x0A
        var out: [TextLine] = []
        var start = 0
        while start < bytes.count {
            let end = position(of: newline, in: bytes, from: start).map { $0 + 1 } ?? bytes.count
            out.append(line(bytes, start, end))
            start = end
        }
        return out
    }

    private static func position(of byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, start < buffer.count,
                let found = memchr(base + start, Int32(byte), buffer.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    private static func line(_ bytes: [UInt8], _ start: Int, _ end: Int) -> TextLine {
        var first = start
        var indent = 0
        while first < end {
            let (scalar, length) = ScalarReader.scalar(in: bytes, at: first)
            guard ScalarReader.kind(of: scalar) == .space else { break }
            indent += scalar == 0x09 ? 4 : scalar == 0xFEFF ? 0 : 1
            first += min(length, end - first)
        }
        var last = end
        while last > first, let length = spaceLength(bytes, endingAt: last, from: first) { last -= length }
        return TextLine(start: start, end: end, text: first..<last, indent: first == last ? 0 : indent)
    }

    /// Length of the white-space character that ends at a position.
    private static func spaceLength(_ bytes: [UInt8], endingAt end: Int, from start: Int) -> Int? {
        var first = end - 1
        while first > start, bytes[first] & 0xC0 == 0x80, end - first < 4 { first -= 1 }
        let (scalar, length) = ScalarReader.scalar(in: bytes, at: first)
        return first + length == end && ScalarReader.kind(of: scalar) == .space ? length : nil
    }
}
