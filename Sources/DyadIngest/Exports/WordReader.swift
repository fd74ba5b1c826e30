/// Takes the paragraphs out of a Word file (.docx).
struct WordReader {
    /// Name of the part that holds the text.
    static let part = "word/document.xml"
    /// More paragraphs are refused.
    static let maximumParagraphs = 1_000_000

    private var paragraphs: [String] = []
    private var open: [[UInt8]] = []
    private var isText = false
    /// Elements open inside one whose content stands elsewhere too.
    private var skipped = 0

    /// The paragraphs, and what is wrong with the XML.
    static func paragraphs(of xml: [UInt8]) throws(ZipArchive.Trouble) -> (paragraphs: [String], notes: [String]) {
        var reader = WordReader()
        var scanner = XMLScanner(bytes: xml)
        while let token = scanner.next() {
            reader.take(token)
            if reader.paragraphs.count > maximumParagraphs {
                throw ZipArchive.Trouble(reason: "it has more than \(maximumParagraphs) paragraphs")
            }
        }
        if let failure = scanner.failure { throw ZipArchive.Trouble(reason: failure) }
        while !reader.open.isEmpty { reader.close() }
        return (reader.paragraphs, scanner.notes.sentences(of: xml))
    }

    private mutating func take(_ token: XMLScanner.Token) {
        switch token {
        case .start(let tag): start(tag)
        case .text(let bytes): if isText, skipped == 0, !open.isEmpty { open[open.count - 1] += bytes }
        case .end(let name): end(name)
        }
    }

    private mutating func start(_ tag: XMLTag) {
        if skipped > 0 || tag.name == "mc:fallback" {
            if !tag.isEmpty { skipped += 1 }
            return
        }
        switch tag.name {
        case "w:p": if tag.isEmpty { paragraphs.append("") } else if open.count < 100 { open.append([]) }
        case "w:t": isText = !tag.isEmpty
        case "w:tab", "w:br", "w:cr": if !open.isEmpty { open[open.count - 1].append(0x20) }
        case "w:nobreakhyphen": if !open.isEmpty { open[open.count - 1].append(0x2D) }
        default: break
        }
    }

    private mutating func end(_ name: String) {
        if skipped > 0 {
            skipped -= 1
            return
        }
        if name == "w:t" { isText = false }
        if name == "w:p" { close() }
    }

    private mutating func close() {
        guard let last = open.popLast() else { return }
        paragraphs.append(String(decoding: last, as: UTF8.self))
    }
}
