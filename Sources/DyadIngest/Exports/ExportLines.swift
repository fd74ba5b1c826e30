/// The lines of an export, whatever it was packed in.
struct ExportLines {
    struct Line {
        var text: String
        /// Number of the line in the file or, for formats without lines, of the paragraph.
        var number: Int
        /// First byte in the file, where lines are told by bytes.
        var byte: Int
        var isBlank: Bool { text.isEmpty }
    }

    var lines: [Line]
    /// Paragraphs are runs of lines between empty ones; else each line is a paragraph.
    var isWrapped: Bool
    /// What lines are called in messages: "line", "paragraph".
    var unit = "line"

    /// The lines of a text in UTF-8.
    init(text: [UInt8]) {
        let found = LineScanner.lines(of: text)
        lines = found.enumerated().map { index, line in
            Line(
                text: String(decoding: text[line.text], as: UTF8.self).singleSpaced, number: index + 1, byte: line.start
            )
        }
        let long = lines.count { $0.text.utf8.count > 120 }
        isWrapped = long * 20 <= lines.count { !$0.isBlank }
    }

    /// The paragraphs of a document.
    init(paragraphs: [String], unit: String = "paragraph") {
        lines = paragraphs.enumerated().map { Line(text: $1.singleSpaced, number: $0 + 1, byte: 0) }
        isWrapped = false
        self.unit = unit
    }

    /// All lines as one text.
    var text: [UInt8] { Array(lines.map(\.text).joined(separator: "\n").utf8) + [0x0A] }

    /// Runs of lines between empty ones, each as one text; every line when lines are paragraphs.
    func paragraphs(_ range: Range<Int>) -> [String] {
        guard isWrapped else { return lines[range].filter { !$0.isBlank }.map(\.text) }
        return lines[range].split(whereSeparator: \.isBlank).map { $0.map(\.text).joined(separator: " ") }
    }
}
