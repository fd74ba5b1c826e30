/// What is known of a line from its own words.
struct LineFacts: Sendable {
    /// Words and numbers.
    var words = 0
    /// Characters.
    var columns = 0
    /// Characters of the first word.
    var firstWordColumns = 0
    var capitalised = 0
    var lowerCase = 0
    var upper = 0
    /// Words by which a page speaks to its reader.
    var reader = 0
    /// Function words of English, of other languages.
    var english = 0
    var foreign = 0
    /// Words in small letters with accents.
    var accented = 0
    var foreignScript = 0
    /// Words that are neither date, time, zone, weekday nor a word that goes with them.
    var rest = 0
    /// Bytes of a bullet or number and the space behind it.
    var bullet = 0
    var isNumbered = false
    var startsLower = false
    var startsQuoted = false
    var endsSentence = false
    var endsQuestion = false
    var endsColon = false
    var endsComma = false
    var hasFullDate = false
    var hasPartialDate = false
    var hasTime = false
    var hasAgo = false
    /// Begins with "Published" or "Updated".
    var startsPublished = false
    var startsUpdated = false
    /// Signs only.
    var isRule = false
    /// Signs that part the entries of a menu or a date line.
    var separators = 0
    /// Equal for lines with the same words.
    var hash: UInt64 = 0
    var match = LexiconMatch()
    /// Kinds whose phrases together make up the whole line.
    var covered = LexiconKinds()

    /// A date or a relative time stands in the line.
    var hasDate: Bool { hasFullDate || hasPartialDate }
    /// Any of these kinds as the whole line or its opening.
    func isKind(_ kinds: LexiconKinds) -> Bool { match.whole.overlaps(kinds) || match.opening.overlaps(kinds) }
    /// Most letters belong to another alphabet.
    var isForeignScript: Bool { foreignScript * 2 > words }
    /// Every letter capital, in at least one word.
    var isAllUpper: Bool { upper > 0 && lowerCase == 0 && upper * 2 > capitalised }
}

/// Computes the facts of lines.
struct LineFactReader {
    let bytes: [UInt8]
    let lexicon: BlockLexicon

    /// Lines longer than this are looked at by their two ends only.
    private static let longLine = 1600
    /// Lines of more words are no date lines.
    private static let longSentence = 60

    /// The facts of one line.
    func facts(of line: TextLine) -> LineFacts {
        guard !line.isBlank else { return LineFacts() }
        if line.text.count > Self.longLine { return longFacts(line) }
        let pieces = PieceReader.pieces(of: bytes, in: line.text)
        var facts = counted(pieces)
        facts.columns = columns(line.text)
        readBullet(pieces, &facts)
        readEnds(pieces, &facts)
        if line.text.count <= 700 { readPhrases(pieces, &facts) } else { facts.rest = facts.words }
        facts.hash = hash(pieces)
        return facts
    }

    private func longFacts(_ line: TextLine) -> LineFacts {
        let start = line.text.lowerBound
        let end = line.text.upperBound
        let tail = boundary(end - 300)..<end
        var facts = counted(PieceReader.pieces(of: bytes, in: start..<boundary(start + 900)))
        readBullet(PieceReader.pieces(of: bytes, in: start..<boundary(start + 60)), &facts)
        var ends = LineFacts()
        readEnds(PieceReader.pieces(of: bytes, in: tail), &ends)
        (facts.endsSentence, facts.endsColon) = (ends.endsSentence, ends.endsColon)
        facts.columns = line.text.count
        facts.words = line.text.count / 7
        facts.rest = facts.words
        facts.hash = UInt64(start)
        return facts
    }

    /// The start of the character at or before a byte.
    private func boundary(_ position: Int) -> Int {
        var index = position
        while index > 0, index < bytes.count, bytes[index] & 0xC0 == 0x80 { index -= 1 }
        return index
    }

    private func columns(_ range: Range<Int>) -> Int {
        bytes[range].count { $0 & 0xC0 != 0x80 }
    }

    private func counted(_ pieces: [TextPiece]) -> LineFacts {
        var facts = LineFacts()
        for piece in pieces {
            switch piece.kind {
            case .number: facts.words += 1
            case .word: count(word: piece, &facts)
            case .symbol: if isSeparator(piece) { facts.separators += 1 }
            }
        }
        facts.isRule = facts.words == 0
        return facts
    }

    private func count(word: TextPiece, _ facts: inout LineFacts) {
        facts.words += 1
        if word.isUpper { facts.upper += 1 }
        if word.isCapitalised { facts.capitalised += 1 } else { facts.lowerCase += 1 }
        if word.isForeignScript { facts.foreignScript += 1 }
        if word.hasAccent && !word.isCapitalised && !word.isForeignScript { facts.accented += 1 }
        let kinds = lexicon.kinds(of: word.key)
        if kinds.contains(.reader) { facts.reader += 1 }
        if kinds.contains(.english) {
            facts.english += 1
        } else if (!word.isCapitalised || facts.words == 1) && kinds.contains(.foreign) {
            facts.foreign += 1
        }
    }

    private func isSeparator(_ piece: TextPiece) -> Bool {
        ["|", "·", "•", "»", "›", ">", "¦"].contains(piece.key) || (piece.key == "/" && piece.gap > 0)
    }

    private func readBullet(_ pieces: [TextPiece], _ facts: inout LineFacts) {
        guard let first = pieces.first, pieces.count > 1 else { return }
        let signs = ["•", "●", "▪", "■", "*", "-", "–", "—", "·", "‣", "◦", "►", "▶", "+", "‐"]
        if first.kind == .symbol, signs.contains(first.key), pieces[1].gap > 0 {
            facts.bullet = pieces[1].start - first.start
        } else if first.kind == .number, first.key.utf8.count <= 2, pieces.count > 2, pieces[1].gap == 0,
            [".", ")"].contains(pieces[1].key), pieces[2].gap > 0, pieces[2].kind == .word
        {
            facts.bullet = pieces[2].start - first.start
            facts.isNumbered = true
        }
    }

    private func readEnds(_ pieces: [TextPiece], _ facts: inout LineFacts) {
        if let first = pieces.first(where: { $0.kind != .symbol }) {
            facts.startsLower = first.kind == .word && !first.isCapitalised && !first.isForeignScript
            facts.firstWordColumns = first.end - first.start
        }
        facts.startsQuoted = pieces.first.map { ["\"", "“", "„", "«", "‘", "'"].contains($0.key) } ?? false
        let closing = ["\"", "”", "’", "'", "»", ")", "]", "“"]
        let last = pieces.last { $0.kind != .symbol || !closing.contains($0.key) }
        guard let last, last.kind == .symbol else { return }
        facts.endsSentence = [".", "!", "?", "…", "؟", "。", "।", "۔", "！", "？"].contains(last.key)
        facts.endsComma = [",", ";", "،"].contains(last.key)
        facts.endsQuestion = last.key == "?" || last.key == "؟"
        facts.endsColon = last.key == ":" && last.end == pieces.last?.end
    }

    private func hash(_ pieces: [TextPiece]) -> UInt64 {
        var value: UInt64 = 0xcbf2_9ce4_8422_2325
        for piece in pieces where piece.kind != .symbol {
            for byte in piece.key.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
            value = (value ^ 0x20) &* 0x100_0000_01b3
        }
        return value
    }
}

extension LineFactReader {
    private func readPhrases(_ pieces: [TextPiece], _ facts: inout LineFacts) {
        let tokens = pieces.compactMap { BlockLexicon.token(of: $0) }
        facts.match = lexicon.match(tokens)
        let bare = tokens.filter { $0 != "#" }
        if bare.count < tokens.count, !bare.isEmpty {
            facts.match.whole = facts.match.whole.union(lexicon.match(bare).whole)
        }
        if bare.count <= 16 { facts.covered = covered(bare) }
        if tokens.count <= Self.longSentence { readTimes(pieces, tokens, &facts) } else { facts.rest = facts.words }
    }

    /// Kinds of buttons and menu entries that together make up all words.
    private func covered(_ tokens: [String]) -> LexiconKinds {
        let kinds = LexiconKinds(.share, .button, .footer, .comments, .links, .noComments)
        let found = lexicon.phrases(of: kinds, in: tokens)
        guard !tokens.isEmpty, found.reduce(0, { $0 + $1.range.count }) == tokens.count else { return LexiconKinds() }
        return found.reduce(into: LexiconKinds()) { $0.insert($1.kind) }
    }

    private func readTimes(_ pieces: [TextPiece], _ tokens: [String], _ facts: inout LineFacts) {
        let timed = TimedPieces(lexicon: lexicon, pieces: pieces)
        facts.hasFullDate = timed.dates.contains { $0.date != nil }
        facts.hasPartialDate = timed.dates.contains { $0.year == nil }
        facts.hasTime = !timed.times.isEmpty
        facts.hasAgo = timed.hasAgo
        facts.rest = timed.rest.count
        facts.startsPublished = lexicon.opens(tokens, with: .published)
        facts.startsUpdated = lexicon.opens(tokens, with: .updated)
    }
}

/// The pieces of a line parted into time words and the rest.
struct TimedPieces {
    let pieces: [TextPiece]
    let dates: [DateMatch]
    let times: [TimeMatch]
    let hasAgo: Bool
    /// Pieces of dates, times, relative times, zones and the words that go with them.
    let timeWords: Set<Int>
    /// Words and numbers that are left.
    let rest: [Int]
    /// From the first to the last piece of a date or time; nil when there is none.
    let core: Range<Int>?

    init(lexicon: BlockLexicon, pieces: [TextPiece]) {
        let reader = DateReader(lexicon: lexicon, pieces: pieces)
        let hasNumber = pieces.contains { $0.kind == .number }
        self.pieces = pieces
        dates = hasNumber ? reader.dates() : []
        times = hasNumber ? reader.times(outside: dates) : []
        let words = Self.phrases(of: timeKinds, lexicon, pieces)
        let relative = words.filter { $0.kind == .ago }.map(\.range)
        hasAgo = !relative.isEmpty
        let exact = dates.map(\.pieces) + times.map(\.pieces) + relative
        core = exact.isEmpty ? nil : (exact.map(\.lowerBound).min() ?? 0)..<(exact.map(\.upperBound).max() ?? 0)
        var used = Set(exact.joined())
        used.formUnion(words.map(\.range).joined())
        for index in pieces.indices where lexicon.weekdays[pieces[index].key] != nil { used.insert(index) }
        if let last = times.last?.pieces.upperBound, last < pieces.count, Self.isZone(pieces, last) {
            used.insert(last)
        }
        timeWords = used
        rest = pieces.indices.filter { pieces[$0].kind != .symbol && !used.contains($0) }
    }

    private static func isZone(_ pieces: [TextPiece], _ index: Int) -> Bool {
        pieces[index].isUpper && (2...5).contains(pieces[index].key.utf8.count)
    }

    /// Ranges of pieces that are phrases of some kinds.
    static func ranges(of kinds: LexiconKinds, _ lexicon: BlockLexicon, _ pieces: [TextPiece]) -> [Range<Int>] {
        phrases(of: kinds, lexicon, pieces).map(\.range)
    }

    private static func phrases(
        of kinds: LexiconKinds, _ lexicon: BlockLexicon, _ pieces: [TextPiece]
    ) -> [(range: Range<Int>, kind: LexiconKind)] {
        var tokens: [String] = []
        var owners: [Int] = []
        for (index, piece) in pieces.enumerated() {
            guard let token = BlockLexicon.token(of: piece) else { continue }
            tokens.append(token)
            owners.append(index)
        }
        return lexicon.phrases(of: kinds, in: tokens).map { phrase in
            (owners[phrase.range.lowerBound]..<owners[phrase.range.upperBound - 1] + 1, phrase.kind)
        }
    }
}

private let timeKinds = LexiconKinds(.ago, .published, .updated, .filler, .zone, .zoneUs)
