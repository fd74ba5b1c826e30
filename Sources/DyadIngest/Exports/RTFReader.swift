/// Takes the paragraphs out of a Rich Text file.
///
/// Formatting, pictures, styles and headers are left out. One pass over the bytes; groups may nest up to a limit.
struct RTFReader {
    /// Files that nest deeper are refused.
    static let maximumDepth = 10_000

    /// Why a file cannot be read, as half a sentence.
    struct Trouble: Error { let reason: String }

    private struct Group {
        var isSkipped = false
        /// Characters to leave out behind a character given by number.
        var fallback = 1
    }

    private let bytes: [UInt8]
    private var index = 0
    private var group = Group()
    private var outer: [Group] = []
    private var codePage = "windows-1252"
    private var line: [UInt8] = []
    private var paragraphs: [String] = []
    /// Bytes of the code page that wait to be decoded together.
    private var pending: [UInt8] = []
    private var toSkip = 0
    private var high: UInt32?

    /// True for the first bytes of such a file.
    static func recognises(_ head: [UInt8]) -> Bool { head.drop { $0 <= 0x20 }.starts(with: Array("{\\rtf".utf8)) }

    /// The paragraphs, and whether the end is missing.
    static func paragraphs(of bytes: [UInt8]) throws(Trouble) -> (paragraphs: [String], isCutOff: Bool) {
        var reader = RTFReader(bytes: bytes)
        while reader.index < bytes.count { try reader.step() }
        reader.endParagraph()
        return (reader.paragraphs, !reader.outer.isEmpty)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func step() throws(Trouble) {
        let byte = bytes[index]
        index += 1
        switch byte {
        case 0x7B:
            guard outer.count < Self.maximumDepth else {
                throw Trouble(reason: "its groups nest more than \(Self.maximumDepth) deep, at byte \(index)")
            }
            outer.append(group)
        case 0x7D: if let last = outer.popLast() { group = last }
        case 0x5C: control()
        case 0x0A, 0x0D, 0x00: break
        default: put(byte)
        }
    }

    private mutating func put(_ byte: UInt8) {
        if toSkip > 0 {
            toSkip -= 1
        } else if !group.isSkipped {
            pending.append(byte)
        }
    }

    private mutating func put(_ text: String) {
        guard !group.isSkipped else { return }
        flush()
        line.append(contentsOf: text.utf8)
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        if pending.allSatisfy({ $0 < 0x80 }) {
            line.append(contentsOf: pending)
        } else {
            line.append(
                contentsOf: HTMLSniffer.decoded(pending, from: codePage)
                    ?? TextEncoding.windows1252.decode(pending[...]))
        }
        pending.removeAll(keepingCapacity: true)
    }

    private mutating func endParagraph() {
        flush()
        paragraphs.append(String(decoding: line, as: UTF8.self))
        line.removeAll(keepingCapacity: true)
    }

    /// A backslash and what follows it.
    private mutating func control() {
        guard index < bytes.count else { return }
        let byte = bytes[index]
        guard (0x61...0x7A).contains(byte | 0x20) else {
            index += 1
            return symbol(byte)
        }
        let start = index
        while index < bytes.count, (0x61...0x7A).contains(bytes[index] | 0x20), index - start < 32 { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        let number = parameter()
        if index < bytes.count, bytes[index] == 0x20 { index += 1 }
        apply(word, number)
    }

    private mutating func parameter() -> Int? {
        var sign = 1
        if index + 1 < bytes.count, bytes[index] == 0x2D, (0x30...0x39).contains(bytes[index + 1]) {
            sign = -1
            index += 1
        }
        var value: Int?
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
            value = min((value ?? 0) * 10 + Int(bytes[index] - 0x30), 1 << 40)
            index += 1
        }
        return value.map { $0 * sign }
    }

    private mutating func symbol(_ byte: UInt8) {
        switch byte {
        case 0x27:
            let end = min(index + 2, bytes.count)
            let value = UInt8(String(decoding: bytes[index..<end], as: UTF8.self), radix: 16)
            index = end
            if let value { put(value) }
        case 0x2A: group.isSkipped = true
        case 0x7E: put("\u{A0}")
        case 0x5F: put("-")
        case 0x5C, 0x7B, 0x7D: put(byte)
        case 0x0A, 0x0D: if !group.isSkipped { endParagraph() }
        default: break
        }
    }

    private mutating func apply(_ word: String, _ number: Int?) {
        switch word {
        case "par", "row", "sect", "page": if !group.isSkipped { endParagraph() }
        case "line", "tab", "cell": put(" ")
        case "u": unicode(number ?? 0)
        case "uc": group.fallback = min(max(number ?? 1, 0), 16)
        case "ansicpg": codePage = "windows-\(number ?? 1252)"
        case "bin": index = min(bytes.count, index + max(0, number ?? 0))
        default:
            if let sign = Self.signs[word] { put(sign) }
            if Self.destinations.contains(word) { group.isSkipped = true }
        }
    }

    private mutating func unicode(_ number: Int) {
        let value = UInt32(truncatingIfNeeded: number < 0 ? number + 65_536 : number)
        toSkip = group.fallback
        if (0xD800..<0xDC00).contains(value) {
            high = value
        } else if (0xDC00..<0xE000).contains(value), let first = high {
            high = nil
            put(String(Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (value - 0xDC00)) ?? "\u{FFFD}"))
        } else {
            put(String(Unicode.Scalar(value) ?? "\u{FFFD}"))
        }
    }

    private static let signs = [
        "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
        "emspace": " ", "enspace": " ", "qmspace": " ",
    ]

    /// Groups whose text is none of the document's.
    private static let destinations: Set<String> = [
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf",
        "footer", "footerl", "footerr", "footerf", "footnote", "themedata", "colorschememapping", "datastore",
        "latentstyles", "listtable", "listoverridetable", "rsidtbl", "xmlnstbl", "generator", "fldinst", "filetbl",
        "revtbl", "pgptbl", "mmathPr", "bkmkstart", "bkmkend", "nonshppict",
    ]
}
