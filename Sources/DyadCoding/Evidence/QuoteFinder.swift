import DyadCore

/// Words between quotation marks, with all the sentences and paragraphs they run over.
struct Quotation {
    /// What stands between the marks, one range a paragraph.
    var spans: [Span]
    /// Indices of the sentences it touches.
    var sentences: ClosedRange<Int>
    /// Tokens between the marks, signs not counted.
    var words: Int
    /// True when the first word inside opens its sentence.
    var opensSentence: Bool
    /// True when a sentence ends inside it, or it runs over more than one.
    var endsSentence: Bool

    func contains(_ span: Span) -> Bool { spans.contains { $0.contains(span) } }
    func overlaps(_ span: Span) -> Bool { spans.contains { $0.overlaps(span) } }
}

/// Finds quotations by their marks.
///
/// A paragraph that begins with an opening mark while a quotation is still open goes on with it; any other paragraph
/// closes it. Single marks inside double ones are not looked at.
struct QuoteFinder {
    private struct Open {
        var spans: [Span] = []
        var start: Int
        var end: Int
        var first: Int
        var last: Int
        var words = 0
        var opensSentence: Bool
        var endsSentence = false
        var closing: Mark
    }

    private enum Mark { case double, curly, guillemet, single }

    private var open: Open?
    private var found: [Quotation] = []

    static func quotations(_ sentences: [Sentence]) -> [Quotation] {
        var finder = QuoteFinder()
        var block = -1
        for (index, sentence) in sentences.enumerated() {
            let isNewBlock = sentence.block != block
            block = sentence.block
            finder.read(sentence, index, isNewBlock: isNewBlock)
        }
        finder.close()
        return finder.found
    }

    private mutating func read(_ sentence: Sentence, _ index: Int, isNewBlock: Bool) {
        let tokens = sentence.tokens
        var at = 0
        if isNewBlock, open != nil {
            if let first = tokens.first, let mark = Self.mark(first.form), mark.opens != false {
                goOn(at: first.span.end)
                at = 1
            } else {
                close()
            }
        }
        while at < tokens.count {
            step(tokens, at, index)
            at += 1
        }
        if open != nil, (open?.words ?? 0) > 0 { open?.endsSentence = true }
    }

    private mutating func step(_ tokens: [Token], _ at: Int, _ sentence: Int) {
        let token = tokens[at]
        guard let (kind, opens) = Self.mark(token.form) else {
            guard open != nil else { return }
            open?.end = token.span.end
            open?.last = sentence
            if token.upos != "PUNCT" { open?.words += 1 }
            return
        }
        if let current = open {
            guard current.closing == kind else { return }
            guard opens == true else { return close() }
            close()
        }
        guard opens ?? true, kind != .single || Self.isOpening(tokens, at) else { return }
        let opensSentence = tokens[..<at].allSatisfy { $0.upos == "PUNCT" }
        open = Open(
            start: token.span.end, end: token.span.end, first: sentence, last: sentence, opensSentence: opensSentence,
            closing: kind)
    }

    private mutating func goOn(at start: Int) {
        guard var current = open else { return }
        if current.end > current.start { current.spans.append(Span(current.start, current.end)) }
        (current.start, current.end) = (start, start)
        open = current
    }

    private mutating func close() {
        guard var current = open else { return }
        open = nil
        if current.end > current.start { current.spans.append(Span(current.start, current.end)) }
        guard current.words > 0, !current.spans.isEmpty else { return }
        found.append(
            Quotation(
                spans: current.spans, sentences: current.first...max(current.first, current.last), words: current.words,
                opensSentence: current.opensSentence,
                endsSentence: current.endsSentence || current.last > current.first))
    }

    /// The kind of a mark, and whether it opens (nil: its shape does not say).
    private static func mark(_ form: String) -> (kind: Mark, opens: Bool?)? {
        switch form {
        case "\"", "''", "``": (.double, form == "``" ? true : nil)
        case "“", "„": (.curly, true)
        case "”": (.curly, false)
        case "«": (.guillemet, true)
        case "»": (.guillemet, false)
        case "‘": (.single, true)
        case "'": (.single, nil)
        case "’": (.single, false)
        default: nil
        }
    }

    /// A straight single mark opens only after a blank and before a word.
    private static func isOpening(_ tokens: [Token], _ at: Int) -> Bool {
        !tokens[at].spaceAfter && (at == 0 || tokens[at - 1].spaceAfter || tokens[at - 1].form == "(")
    }
}
