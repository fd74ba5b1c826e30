/// A table for a terminal: aligned columns, numbers to the right, never wider than a limit.
///
///     MONTH     EVENTS  MEAN
///     2015-10        3   0.5
///     2015-11       12  -2.1
public struct TextTable: Sendable {
    /// Heads of the columns.
    public let header: [String]
    /// Cells, row by row.
    public private(set) var rows: [[String]] = []

    /// A table without rows.
    public init(_ header: [String]) { self.header = header }

    /// Appends a row; missing cells are empty, line breaks and tabs become spaces.
    public mutating func row(_ cells: [String?]) {
        let padded = cells + [String?](repeating: nil, count: max(0, header.count - cells.count))
        rows.append(padded.prefix(header.count).map { singleLine($0 ?? "") })
    }

    /// The table as text, each line ended by a line feed.
    ///
    /// - Parameter width: most columns of the terminal a line may take; the widest table columns are cut to keep it.
    /// - Returns: header and rows.
    public func text(width: Int = 120) -> String {
        let widths = columnWidths(limit: width)
        let isNumber = header.indices.map { column in
            rows.contains { !$0[column].isEmpty } && rows.allSatisfy { isNumeric($0[column]) }
        }
        var out = line(header, widths, isNumber)
        for row in rows { out += line(row, widths, isNumber) }
        return out
    }

    private func line(_ cells: [String], _ widths: [Int], _ isNumber: [Bool]) -> String {
        var out = ""
        for (column, cell) in cells.enumerated() {
            let shown = DisplayWidth.cut(cell, to: widths[column])
            let pad = String(repeating: " ", count: max(0, widths[column] - DisplayWidth.of(shown)))
            out += (column == 0 ? "" : "  ") + (isNumber[column] ? pad + shown : shown + pad)
        }
        while out.last == " " { out.removeLast() }
        return out + "\n"
    }

    /// Widths that fit the limit: the widest column gives way first, none below eight.
    private func columnWidths(limit: Int) -> [Int] {
        var widths = header.indices.map { column in
            rows.reduce(DisplayWidth.of(header[column])) { max($0, DisplayWidth.of($1[column])) }
        }
        let gaps = 2 * max(0, widths.count - 1)
        while widths.reduce(gaps, +) > limit, let widest = widths.max(), widest > 8,
            let column = widths.firstIndex(of: widest)
        {
            widths[column] -= 1
        }
        return widths
    }
}

/// How many columns of a terminal a text takes.
enum DisplayWidth {
    static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    static func of(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x300...0x36F, 0x200B...0x200F, 0xFEFF: return 0
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// The text when it fits, otherwise its beginning and an ellipsis.
    static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var out = ""
        var used = 0
        for character in text {
            used += of(character)
            if used > width - 1 { break }
            out.append(character)
        }
        return out + "…"
    }
}

private func singleLine(_ text: String) -> String {
    String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
}

/// True for an empty cell and for a number with sign, thousands and percent marks.
private func isNumeric(_ cell: String) -> Bool {
    guard !cell.isEmpty, cell != "-" else { return true }
    var digits = 0
    for byte in cell.utf8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "%"): continue
        default: return false
        }
    }
    return digits > 0 && CalendarShape.matches(cell) == false
}

/// Days and months look like numbers and are aligned like words.
private enum CalendarShape {
    static func matches(_ cell: String) -> Bool {
        let bytes = Array(cell.utf8)
        return bytes.count >= 7 && bytes[4] == UInt8(ascii: "-")
    }
}
