/// A line of print with its place on the page, in points from the upper left corner.
struct PDFLine {
    var page: Int
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double
    var text: String

    var height: Double { bottom - top }
    var width: Double { right - left }

    /// True when the other line stands on the same line of print.
    func isLevel(with other: PDFLine) -> Bool {
        page == other.page && min(bottom, other.bottom) - max(top, other.top) > 0.5 * min(height, other.height)
    }
}

/// Pages and lines as `pdftotext -bbox-layout` prints them, in the order of reading.
struct PDFPages {
    private(set) var lines: [PDFLine] = []
    /// Heights of the pages, the first page first.
    private(set) var heights: [Double] = []
    /// True when the last page is complete.
    private(set) var isWhole = false

    private var line: PDFLine?

    /// Reads what the program printed; nil when it is something else, such as plain text.
    init?(_ bytes: [UInt8]) {
        guard ByteSearch.first(of: "<doc>", in: bytes, from: 0) != nil else { return nil }
        for row in bytes.split(separator: 0x0A) { take(row.drop { $0 == 0x20 }) }
    }

    private mutating func take(_ row: ArraySlice<UInt8>) {
        if Self.begins(row, "<word") {
            let text = Self.text(row)
            if text.isEmpty { return }
            if line?.text.isEmpty == false { line?.text += " " }
            line?.text += text
        } else if Self.begins(row, "<line") {
            guard let left = Self.number("xMin", row), let top = Self.number("yMin", row),
                let right = Self.number("xMax", row), let bottom = Self.number("yMax", row)
            else { return }
            line = PDFLine(page: heights.count, left: left, top: top, right: right, bottom: bottom, text: "")
        } else if Self.begins(row, "</line") {
            if let line, !line.text.isEmpty { add(line) }
            line = nil
        } else if Self.begins(row, "<page") {
            heights.append(Self.number("height", row) ?? 0)
        } else if Self.begins(row, "</doc") {
            isWhole = true
        }
    }

    /// Words that justification set far apart come as lines of their own and are put together again.
    private mutating func add(_ next: PDFLine) {
        if let last = lines.last, last.isLevel(with: next), next.left >= last.right,
            next.left - last.right < 6 * max(last.height, 1)
        {
            lines[lines.count - 1].text += " " + next.text
            lines[lines.count - 1].right = next.right
            lines[lines.count - 1].bottom = max(last.bottom, next.bottom)
        } else {
            lines.append(next)
        }
    }

    private static func begins(_ row: ArraySlice<UInt8>, _ tag: StaticString) -> Bool {
        tag.withUTF8Buffer { row.starts(with: $0) }
    }

    /// The value of an attribute, such as `xMin="50.5"`.
    private static func number(_ name: String, _ row: ArraySlice<UInt8>) -> Double? {
        let mark = Array((name + "=\"").utf8)
        var at = row.startIndex
        while at + mark.count < row.endIndex {
            if row[at..<at + mark.count].elementsEqual(mark) {
                let value = Double(String(decoding: row[(at + mark.count)...].prefix { $0 != 0x22 }, as: UTF8.self))
                return value.flatMap { $0.isFinite ? $0 : nil }
            }
            at += 1
        }
        return nil
    }

    /// What stands between the tags.
    private static func text(_ row: ArraySlice<UInt8>) -> String {
        guard let open = row.firstIndex(of: 0x3E), let close = row.lastIndex(of: 0x3C), open < close else { return "" }
        let raw = row[(open + 1)..<close]
        guard raw.contains(0x26) else { return String(decoding: raw, as: UTF8.self) }
        var out = ""
        var rest = Substring(String(decoding: raw, as: UTF8.self))
        while let mark = rest.firstIndex(of: "&") {
            out += rest[..<mark]
            rest = rest[rest.index(after: mark)...]
            if let end = rest.prefix(12).firstIndex(of: ";"), let scalar = XMLEntities.scalar(String(rest[..<end])) {
                out.unicodeScalars.append(scalar)
                rest = rest[rest.index(after: end)...]
            } else {
                out += "&"
            }
        }
        return out + rest
    }
}
