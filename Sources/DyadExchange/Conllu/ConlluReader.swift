import DyadCore

/// Reads CoNLL-U into sentences of given tokens over a text put together from their forms.
///
/// Multiword tokens keep their words; a word takes its part of the written form when the words add up to it ("did" and
/// "n't" of "didn't") and the whole of it otherwise. Empty nodes are passed over.
public struct ConlluReader: Sendable {
    /// True to keep tags, lemmas, heads and names; false to read the words only.
    public var keepsAnalysis: Bool

    /// A reader of words, or of words with their analysis.
    public init(keepsAnalysis: Bool = false) { self.keepsAnalysis = keepsAnalysis }

    /// Reads a file; each `# newdoc` begins a document.
    public func read(_ text: String) throws(ConlluError) -> [ConlluDocument] {
        var builder = DocumentBuilder(keepsAnalysis: keepsAnalysis)
        var number = 0
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for line in lines {
            number += 1
            if line.isEmpty {
                try builder.endSentence()
            } else if line.hasPrefix("#") {
                try builder.comment(line.dropFirst(), line: number)
            } else {
                try builder.row(line, line: number)
            }
        }
        try builder.endSentence()
        return builder.finished()
    }
}

/// One row of ten columns.
private struct Row {
    let line: Int
    let columns: [Substring]

    var form: Substring { columns[1] }
    var hasSpaceAfter: Bool { !columns[9].split(separator: "|").contains("SpaceAfter=No") }

    var name: Substring? {
        columns[9].split(separator: "|").first { $0.hasPrefix("Name=") }?.dropFirst(5)
    }
}

/// A word and the range of the multiword token it belongs to.
private struct Word {
    let row: Row
    var token: Token
}

/// Collects lines into sentences and sentences into documents.
private struct DocumentBuilder {
    let keepsAnalysis: Bool
    private var documents: [ConlluDocument] = []
    private var current = ConlluDocument(name: nil, bytes: [], sentences: [])
    private var comments: [String] = []
    private var rows: [Row] = []

    init(keepsAnalysis: Bool) { self.keepsAnalysis = keepsAnalysis }

    mutating func comment(_ text: Substring, line: Int) throws(ConlluError) {
        if !rows.isEmpty { throw ConlluError(line: line, reason: "a comment inside a sentence") }
        let comment = text.drop { $0 == " " }
        if comment == "newdoc" || comment.hasPrefix("newdoc ") { startDocument(comment) }
        comments.append(String(comment))
    }

    mutating func row(_ line: Substring, line number: Int) throws(ConlluError) {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard columns.count == 10 else {
            throw ConlluError(line: number, reason: "\(columns.count) columns, not 10 divided by tabs")
        }
        if columns[0].contains(".") { return }
        guard !columns[1].isEmpty else { throw ConlluError(line: number, reason: "the form is empty") }
        rows.append(Row(line: number, columns: columns))
    }

    mutating func endSentence() throws(ConlluError) {
        guard !rows.isEmpty else { return }
        separate()
        let words = try words()
        guard let first = words.first, let last = words.last else { return }
        var sentence = Sentence(
            span: Span(first.token.span.start, max(first.token.span.end, last.token.span.end)),
            tokens: words.map(\.token))
        if keepsAnalysis { try analyse(&sentence, words) }
        current.sentences.append(ConlluSentence(comments: comments, sentence: sentence))
        comments = []
        rows = []
    }

    mutating func finished() -> [ConlluDocument] {
        if !current.sentences.isEmpty { documents.append(current) }
        return documents
    }

    private mutating func startDocument(_ comment: Substring) {
        if !current.sentences.isEmpty { documents.append(current) }
        let name = comment.split(separator: "=", maxSplits: 1).dropFirst().first
        current = ConlluDocument(
            name: name.map { String($0.drop { $0 == " " }) }, bytes: [], sentences: [])
    }

    /// Puts a space or, before a new paragraph, an empty line between sentences.
    private mutating func separate() {
        guard let last = current.sentences.last?.sentence.tokens.last else { return }
        if comments.contains(where: { $0.hasPrefix("newpar") }) {
            current.bytes += [0x0A, 0x0A]
        } else if last.spaceAfter {
            current.bytes.append(0x20)
        }
    }

    /// Tokens of the sentence, their forms appended to the text.
    private mutating func words() throws(ConlluError) -> [Word] {
        var out: [Word] = []
        var index = 0
        while index < rows.count {
            let row = rows[index]
            index += 1
            if row.columns[0].contains("-") {
                let count = try wordCount(of: row, expected: out.count + 1)
                guard index + count <= rows.count else {
                    throw ConlluError(line: row.line, reason: "the sentence ends inside the token \(row.columns[0])")
                }
                let parts = Array(rows[index..<(index + count)])
                for (offset, part) in parts.enumerated() { try check(part, number: out.count + 1 + offset) }
                out += append(parts, of: row)
                index += count
            } else {
                try check(row, number: out.count + 1)
                let span = appendText(row.form)
                let token = Token(form: String(row.form), span: span, spaceAfter: row.hasSpaceAfter)
                out.append(Word(row: row, token: token))
            }
            if index < rows.count, row.hasSpaceAfter { current.bytes.append(0x20) }
        }
        return out
    }

    private func wordCount(of row: Row, expected first: Int) throws(ConlluError) -> Int {
        let ends = row.columns[0].split(separator: "-").compactMap { Int($0) }
        guard ends.count == 2, ends[0] == first, ends[1] >= ends[0] else {
            throw ConlluError(line: row.line, reason: "\(row.columns[0]) is no range that begins at word \(first)")
        }
        return ends[1] - ends[0] + 1
    }

    private func check(_ row: Row, number: Int) throws(ConlluError) {
        guard row.columns[0] == String(number) else {
            throw ConlluError(line: row.line, reason: "word \(number) is expected, not \(row.columns[0])")
        }
    }

    /// Words of a multiword token.
    private mutating func append(_ parts: [Row], of whole: Row) -> [Word] {
        let span = appendText(whole.form)
        let addsUp = parts.map(\.form).joined().utf8.elementsEqual(whole.form.utf8)
        var start = span.start
        var out: [Word] = []
        for (index, part) in parts.enumerated() {
            let end = start + part.form.utf8.count
            let isLast = index == parts.count - 1
            let token = Token(
                form: String(part.form), span: addsUp ? Span(start, end) : span,
                spaceAfter: isLast && whole.hasSpaceAfter, multiword: index == 0 ? parts.count : 0)
            out.append(Word(row: part, token: token))
            start = end
        }
        return out
    }

    private mutating func appendText(_ form: Substring) -> Span {
        let start = current.bytes.count
        current.bytes += form.utf8
        return Span(start, current.bytes.count)
    }

    /// Takes over tags, tree and names.
    private func analyse(_ sentence: inout Sentence, _ words: [Word]) throws(ConlluError) {
        for (index, word) in words.enumerated() {
            let columns = word.row.columns
            sentence.tokens[index].lemma = String(columns[2])
            sentence.tokens[index].upos = String(columns[3])
            sentence.tokens[index].xpos = String(columns[4])
            sentence.tokens[index].feats = String(columns[5])
            sentence.tokens[index].relation = String(columns[7])
            if columns[6] == "_" { continue }
            guard let head = Int(columns[6]), (0...words.count).contains(head), head != index + 1 else {
                throw ConlluError(line: word.row.line, reason: "\(columns[6]) is no head in this sentence")
            }
            sentence.tokens[index].head = head - 1
        }
        sentence.names = names(words)
    }

    private func names(_ words: [Word]) -> [Name] {
        var out: [Name] = []
        for (index, word) in words.enumerated() {
            guard let tag = word.row.name, let type = NameType(rawValue: String(tag.dropFirst(2))) else { continue }
            if tag.hasPrefix("I-"), let last = out.last, last.type == type, last.tokens.upperBound == index {
                out[out.count - 1].tokens = last.tokens.lowerBound..<(index + 1)
            } else {
                out.append(Name(type: type, tokens: index..<(index + 1)))
            }
        }
        return out
    }
}
