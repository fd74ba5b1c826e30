import DyadCore

/// Lines that belong together: one line, or the lines of a hard-wrapped paragraph.
struct TextUnit {
    /// Indices of the lines.
    var lines: Range<Int>
    /// From the first to the last character.
    var range: Range<Int>
    var indent: Int
    /// Blank lines before it.
    var blanksBefore: Int
    var facts: LineFacts

    /// Adds a line below.
    mutating func append(line: TextLine, facts other: LineFacts) {
        lines = lines.lowerBound..<lines.upperBound + 1
        range = range.lowerBound..<line.text.upperBound
        facts.words += other.words
        facts.columns += other.columns
        facts.capitalised += other.capitalised
        facts.lowerCase += other.lowerCase
        facts.upper += other.upper
        facts.english += other.english
        facts.reader += other.reader
        facts.foreign += other.foreign
        facts.accented += other.accented
        facts.foreignScript += other.foreignScript
        facts.rest += other.rest
        facts.separators += other.separators
        facts.endsSentence = other.endsSentence
        facts.endsColon = other.endsColon
        facts.endsComma = other.endsComma
        facts.endsQuestion = other.endsQuestion
        facts.hasFullDate = facts.hasFullDate || other.hasFullDate
        facts.hash = facts.hash &* 31 &+ other.hash
        facts.match.whole = LexiconKinds()
        facts.match.inside = facts.match.inside.union(other.match.inside)
        facts.covered = LexiconKinds()
    }
}

/// One article while its lines are being labelled.
struct ArticleDraft {
    /// A part at the start of a unit that has a label of its own, such as a dateline.
    struct Cut {
        var end: Int
        var label: BlockLabel
    }

    let bytes: [UInt8]
    let lexicon: BlockLexicon
    let lines: [TextLine]
    let facts: [LineFacts]
    /// Lines of this article.
    let part: Range<Int>
    /// True for an article of an archive export.
    let isArchive: Bool
    private(set) var units: [TextUnit] = []
    var labels: [BlockLabel?] = []
    var cuts: [Int: Cut] = [:]
    /// First unit of the body, and of the comments if there are any.
    var bodyStart = 0
    var commentStart: Int?
    /// Labels of the lines from the comments on.
    var lineLabels: [Int: BlockLabel] = [:]
    var dates = PublicationDates()
    var publishers = PublisherNames()
    var article: Article

    init(
        document: Document, lexicon: BlockLexicon, lines: [TextLine], facts: [LineFacts], part: Range<Int>,
        isArchive: Bool
    ) {
        bytes = document.bytes
        self.lexicon = lexicon
        self.lines = lines
        self.facts = facts
        self.part = part
        self.isArchive = isArchive
        article = Article(document: document)
        units = UnitBuilder(lines: lines, facts: facts, part: part, isArchive: isArchive).units()
        labels = Array(repeating: nil, count: units.count)
    }

    /// The pieces of a unit's first 600 bytes.
    func pieces(_ unit: Int) -> [TextPiece] { pieces(in: units[unit].range) }

    /// The pieces of a range, at most 600 bytes of it.
    func pieces(in range: Range<Int>) -> [TextPiece] {
        PieceReader.pieces(of: bytes, in: range.lowerBound..<min(range.upperBound, range.lowerBound + 600))
    }

    /// The words of a range, white space made single spaces.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self).split { $0.isWhitespace }.joined(separator: " ")
    }

    /// The words of a unit.
    func text(_ unit: Int) -> String { text(units[unit].range) }
}

extension ArticleDraft {
    /// Takes the first names of a line "Reporting by …" if no byline is known.
    mutating func takeCredit(_ unit: Int, judge: UnitJudge) {
        guard article.byline.isEmpty else { return }
        let words = pieces(unit).drop { $0.kind == .symbol }.dropFirst(units[unit].facts.match.openingLength)
        let names = words.drop { $0.kind == .symbol }.prefix { !$0.isSymbol(";") }
        article.byline = judge.names.names(in: Array(names))
    }
}

/// Joins hard-wrapped lines.
struct UnitBuilder {
    let lines: [TextLine]
    let facts: [LineFacts]
    let part: Range<Int>
    let isArchive: Bool

    /// The units of all lines that are not blank.
    func units() -> [TextUnit] {
        let width = wrapWidth()
        var out: [TextUnit] = []
        var blanks = 0
        for index in part {
            if lines[index].isBlank {
                blanks += 1
            } else if blanks == 0, let last = out.last, continues(index, width: width, seen: out.count, unit: last) {
                out[out.count - 1].append(line: lines[index], facts: facts[index])
            } else {
                out.append(
                    TextUnit(
                        lines: index..<index + 1, range: lines[index].text, indent: lines[index].indent,
                        blanksBefore: blanks, facts: facts[index]))
                blanks = 0
            }
        }
        return out
    }

    /// The column at which the text was broken; nil when its lines are whole paragraphs.
    private func wrapWidth() -> Int? {
        var widest = 0
        var long = 0
        var full = 0
        for index in part where facts[index].columns > 0 {
            let columns = facts[index].columns + (lines[index].indent < 4 ? lines[index].indent : 0)
            if columns > 110 { long += 1 } else { widest = max(widest, columns) }
        }
        guard long <= part.count / 40, widest >= 50 else { return nil }
        for index in part.dropLast() where facts[index].columns * 4 >= widest * 3 && !lines[index + 1].isBlank {
            full += 1
        }
        return full >= (isArchive ? 1 : 3) ? widest : nil
    }

    /// True when a line carries on the one above it.
    private func continues(_ index: Int, width: Int?, seen: Int, unit: TextUnit) -> Bool {
        let above = facts[index - 1]
        let here = facts[index]
        if here.bullet > 0 || isFixed(here) || here.hash == above.hash || above.words == 0 || here.words == 0 {
            return false
        }
        if above.isKind(LexiconKinds(.share, .footer, .links, .comments, .button, .archive)) { return false }
        if !above.covered.isEmpty || isTimeLine(above) { return false }
        if !above.endsSentence && here.startsLower && above.words >= 3 && !here.hasAgo && !isCredit(above) {
            return true
        }
        if let width, above.columns * 20 >= width * 11, above.columns + 1 + here.firstWordColumns > width {
            return lines[index].indent <= lines[index - 1].indent + 1
        }
        let isLong = above.columns >= 50 && above.words >= 10
        return isLong && !above.endsSentence && !above.endsColon && seen > 4 && above.english > 1 && here.english > 0
    }

    private func isCredit(_ facts: LineFacts) -> Bool { facts.match.opening.overlaps(LexiconKinds(.credit, .byline)) }

    /// Lines that never carry on another one.
    private func isFixed(_ facts: LineFacts) -> Bool {
        !facts.covered.isEmpty || isTimeLine(facts)
            || facts.isKind(
                LexiconKinds(.share, .footer, .links, .link, .comments, .button, .archive, .noComments, .caption))
            || (facts.match.opening.contains(.byline) && facts.words <= 6)
    }

    private func isTimeLine(_ facts: LineFacts) -> Bool {
        (facts.hasDate || facts.hasTime || facts.hasAgo) && facts.rest <= 6 && facts.words <= 16
    }
}
