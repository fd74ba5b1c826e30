import DyadCore

/// Reads the comments under an article.
///
/// A comment begins where a line holds a date or "2 hours ago" and little else but a name; the name may also stand on
/// the line above. What follows is its text, up to the next one.
struct CommentReader {
    /// The comments and the labels of their lines.
    struct Result {
        var comments: [Comment] = []
        var labels: [Int: BlockLabel] = [:]
        /// First line behind the last comment.
        var end: Int
    }

    let draft: ArticleDraft
    let judge: UnitJudge
    let range: Range<Int>
    let published: CalendarDate?
    var stamps: [CommentStamp] = []
    /// Names of those who wrote so far, by first word.
    var authors: [String: [String]] = [:]
    var namesStandAbove = false
    var result: Result

    /// Reads the lines of a range; `published` lends its year to dates without one.
    static func read(_ draft: ArticleDraft, judge: UnitJudge, lines: Range<Int>, published: CalendarDate?) -> Result {
        var reader = CommentReader(draft: draft, judge: judge, range: lines, published: published)
        reader.run()
        return reader.result
    }

    private init(draft: ArticleDraft, judge: UnitJudge, range: Range<Int>, published: CalendarDate?) {
        self.draft = draft
        self.judge = judge
        self.range = range
        self.published = published
        result = Result(end: range.lowerBound)
    }

    mutating func run() {
        for index in range {
            guard let stamp = stamp(at: index) else { continue }
            stamps.append(stamp)
            namesStandAbove = namesStandAbove || stamp.first < stamp.line
        }
        guard !stamps.isEmpty else { return readNamed() }
        for (position, stamp) in stamps.enumerated() {
            let isLast = position + 1 == stamps.count
            let end = isLast ? lastEnd(after: stamp) : stamps[position + 1].first
            result.comments.append(comment(stamp, end: end))
            result.end = end
        }
        stripButtons()
        for index in range.lowerBound..<min(range.upperBound, stamps[0].first) where !draft.lines[index].isBlank {
            result.labels[index] = isHeader(index) ? .commentHeader : .footer
        }
    }

    func isHeader(_ index: Int) -> Bool {
        let facts = draft.facts[index]
        return facts.match.whole.contains(.comments) || facts.covered.contains(.comments)
    }
}

/// The line that opens a comment.
struct CommentStamp {
    /// First line of the comment: the author's, or the one with the time.
    var first: Int
    var line: Int
    var author: String?
    var time: String?
    var timeText: String?
    var replyTo: String?
    /// First byte of text on the stamp's own line; nil when there is none.
    var text: Int?
}

// Texts.
extension CommentReader {
    mutating func comment(_ stamp: CommentStamp, end: Int) -> Comment {
        if stamp.first < stamp.line { result.labels[stamp.first] = .commentAuthor }
        result.labels[stamp.line] = stamp.author == nil || stamp.first < stamp.line ? .commentTime : .commentAuthor
        var comment = Comment(
            author: stamp.author, time: stamp.time, timeText: stamp.timeText, replyTo: stamp.replyTo, text: "",
            span: Span(draft.lines[stamp.first].start, draft.lines[max(stamp.line, end - 1)].end))
        fill(&comment, lines: stamp.line + 1..<max(stamp.line + 1, end))
        return comment
    }

    mutating func fill(_ comment: inout Comment, lines: Range<Int>) {
        var texts: [String] = []
        for index in lines where !draft.lines[index].isBlank {
            if isButtonLine(index) {
                result.labels[index] = .footer
                continue
            }
            var text = draft.text(draft.lines[index].text)
            result.labels[index] = .commentText
            if texts.isEmpty, let reply = address(text, index) {
                comment.replyTo = comment.replyTo ?? reply.name
                text = reply.rest
                if text.isEmpty {
                    result.labels[index] = .commentReply
                    continue
                }
            }
            texts.append(text)
        }
        comment.text = texts.joined(separator: "\n")
        remember(comment.author)
    }

    func isButtonLine(_ index: Int) -> Bool {
        let facts = draft.facts[index]
        let isCount = facts.capitalised + facts.lowerCase == 0 && facts.words <= 3
        return isCount || (facts.covered.overlaps(LexiconKinds(.button, .share)) && facts.words <= 10)
    }

    /// "@Karim:", "@Karim text", "In reply to Karim".
    func address(_ text: String, _ index: Int) -> (name: String, rest: String)? {
        guard text.hasPrefix("@") else { return phrasedAddress(index) }
        let body = text.dropFirst().drop { $0 == " " }
        if let colon = body.prefix(48).firstIndex(of: ":") {
            return (String(body[..<colon].trimmingEnd(" ")), clean(body[body.index(after: colon)...]))
        }
        if let author = knownAuthor(in: body) { return (author, clean(body.dropFirst(author.count))) }
        if body.split(separator: " ").count <= 3, !body.hasSuffix("!"), !body.hasSuffix("?") {
            return (String(body.trimmingEnd(",.;- ")), "")
        }
        let name = body.prefix { !$0.isWhitespace && !",;!?".contains($0) }
        return name.isEmpty ? nil : (String(name.trimmingEnd(".")), clean(body.dropFirst(name.count)))
    }

    func phrasedAddress(_ index: Int) -> (name: String, rest: String)? {
        let facts = draft.facts[index]
        guard facts.match.opening.contains(.reply) || facts.match.inside.contains(.reply), facts.words <= 9 else {
            return nil
        }
        let pieces = PieceReader.pieces(of: draft.bytes, in: draft.lines[index].text)
        if !facts.match.opening.contains(.reply),
            let range = TimedPieces.ranges(of: LexiconKinds(.reply), draft.lexicon, pieces).first
        {
            return name(pieces[..<range.lowerBound]).map { ($0, "") }
        }
        let words = pieces.drop { $0.kind == .symbol }.dropFirst(facts.match.openingLength)
        return name(words).map { ($0, "") }
    }

    func clean(_ text: Substring) -> String {
        String(text.drop { $0.isWhitespace || ",;:.-–—".contains($0) })
    }

    /// The longest name of an earlier commenter that the text begins with.
    func knownAuthor(in text: Substring) -> String? {
        let lower = text.prefix(80).lowercased()
        return authors[Self.firstWord(lower)]?.filter { author in
            guard lower.hasPrefix(author.lowercased()) else { return false }
            return text.dropFirst(author.count).first.map { !$0.isLetter && !$0.isNumber } ?? true
        }.max { $0.count < $1.count }
    }

    mutating func remember(_ author: String?) {
        guard let author else { return }
        let key = Self.firstWord(author.lowercased())
        if let names = authors[key], names.count >= 40 || names.contains(author) { return }
        authors[key, default: []].append(author)
    }

    private static func firstWord(_ text: String) -> String {
        String(text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "~" })
    }

    /// Where the last comment ends: at a line of the page's foot, or at one that is set out to the left.
    func lastEnd(after stamp: CommentStamp) -> Int {
        let isIndented = stamps.allSatisfy { draft.lines[$0.line].indent >= 2 }
        for index in stamp.line + 1..<max(stamp.line + 1, range.upperBound) where !draft.lines[index].isBlank {
            if isIndented && draft.lines[index].indent == 0 && draft.lines[index - 1].isBlank { return index }
            let isBelowStamp = index == stamp.line + 1 && draft.facts[index].endsSentence
            if !isBelowStamp && isFoot(index) && !isButtonLine(index) { return index }
        }
        return range.upperBound
    }

    func isFoot(_ index: Int) -> Bool {
        let facts = draft.facts[index]
        if isHeader(index) { return true }
        let kinds = LexiconKinds(.footer, .links, .link, .noComments, .archive, .authorNote, .legal)
        if facts.isKind(kinds) || facts.covered.overlaps(LexiconKinds(.links, .footer, .noComments)) { return true }
        if facts.match.inside.overlaps(LexiconKinds(.notice, .legal)) || facts.isRule { return true }
        if facts.isKind(LexiconKinds(.share)) && facts.words <= 12 { return true }
        let isFirstText = index > 0 && !draft.lines[index - 1].isBlank
        return !isFirstText && facts.separators >= 2 && !facts.endsSentence
    }

    /// Takes a button's word off the end of the texts when several comments carry it: "in the worldRecommend".
    mutating func stripButtons() {
        let found = result.comments.map { glued($0.text) }
        let count = found.count { $0 != nil }
        guard count >= 2 || (count == 1 && found.count == 1) else { return }
        for (index, button) in found.enumerated() {
            guard let button else { continue }
            let text = result.comments[index].text.dropLast(button.count)
            result.comments[index].text = String(text.trimmingEnd(" "))
        }
    }

    func glued(_ text: String) -> String? {
        let tail = text.suffix(24)
        guard let start = tail.lastIndex(where: { $0.isUppercase }) else { return nil }
        let word = String(tail[start...])
        return draft.lexicon.has(.button, word.lowercased()) ? word : nil
    }
}

// Comments without times.
extension CommentReader {
    /// Bulleted names with text under them, or lines "Name: text".
    mutating func readNamed() {
        let bulleted = range.filter { draft.facts[$0].bullet > 0 && isNameLike($0) && hasTextBelow($0) }
        if bulleted.count >= 2 { return readBulleted(bulleted) }
        let inline = range.compactMap { index in inlineName(index).map { (line: index, colon: $0) } }
        if inline.count >= 2 { readInline(inline) }
    }

    func isNameLike(_ index: Int) -> Bool {
        let facts = draft.facts[index]
        return facts.words <= 4 && !facts.endsSentence && facts.covered.isEmpty
    }

    func hasTextBelow(_ index: Int) -> Bool {
        let next = (index + 1..<max(index + 1, range.upperBound)).first { !draft.lines[$0].isBlank }
        return next.map { draft.facts[$0].bullet == 0 && draft.facts[$0].words > 1 } ?? false
    }

    mutating func readBulleted(_ heads: [Int]) {
        stamps = heads.map { index in
            let line = draft.lines[index]
            let name = draft.text(line.text.lowerBound + draft.facts[index].bullet..<line.text.upperBound)
            return CommentStamp(first: index, line: index, author: name)
        }
        for (position, stamp) in stamps.enumerated() {
            let isLast = position + 1 == stamps.count
            let end = isLast ? lastEnd(after: stamp) : stamps[position + 1].first
            result.comments.append(comment(stamp, end: end))
            result.end = end
        }
        stripButtons()
    }

    /// The colon of "Name: text".
    func inlineName(_ index: Int) -> Int? {
        let facts = draft.facts[index]
        guard facts.words >= 3, facts.covered.isEmpty, !isFoot(index) else { return nil }
        let line = draft.lines[index].text
        let stop = min(line.upperBound, line.lowerBound + 60)
        let pieces = PieceReader.pieces(
            of: draft.bytes, in: line.lowerBound + facts.bullet..<max(stop, line.lowerBound + facts.bullet))
        guard let colon = pieces.firstIndex(where: { $0.isSymbol(":") }), (1...4).contains(colon) else { return nil }
        return pieces[..<colon].allSatisfy({ $0.kind != .number }) ? pieces[colon].start : nil
    }

    mutating func readInline(_ lines: [(line: Int, colon: Int)]) {
        for (index, colon) in lines {
            let line = draft.lines[index]
            let name = draft.text(line.text.lowerBound + draft.facts[index].bullet..<colon)
            var text = draft.text(colon + 1..<line.text.upperBound)
            var replyTo: String?
            if let reply = address(text, index) { (replyTo, text) = (reply.name, reply.rest) }
            result.comments.append(
                Comment(
                    author: name, time: nil, timeText: nil, replyTo: replyTo, text: text,
                    span: Span(line.start, line.end)))
            result.labels[index] = .commentText
            result.end = index + 1
        }
        stripButtons()
    }
}

extension StringProtocol {
    /// Without the given characters at the end.
    fileprivate func trimmingEnd(_ signs: String) -> SubSequence {
        var end = endIndex
        while end > startIndex, signs.contains(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }
}
