/// "KARACHI, Pakistan (AA) -" before a paragraph.
struct Dateline {
    /// As printed, without the closing dash or colon.
    var text: String
    var place: String?
    var agency: String?
    var date: DateMatch?
    /// First byte of the paragraph behind it.
    var end: Int
    /// "NEWSDESK:"; names no place.
    var isDesk = false
    /// The words in capitals, the agency or the date leave no doubt.
    var isStrong = true
}

/// Finds a dateline at the start of a text.
struct DatelineReader {
    let bytes: [UInt8]
    let lexicon: BlockLexicon
    let pieces: [TextPiece]
    private var index = 0
    private var placeEnd = 0
    private var placeWords = 0
    private var upperLetters = 0
    private var isUpperPlace = true
    private var agency: String?
    private var date: DateMatch?
    private var lastEnd = 0

    init(bytes: [UInt8], lexicon: BlockLexicon, range: Range<Int>) {
        self.bytes = bytes
        self.lexicon = lexicon
        pieces = PieceReader.pieces(of: bytes, in: range.lowerBound..<min(range.upperBound, range.lowerBound + 400))
    }

    /// The dateline; one in small letters without date and agency counts only before the first paragraph.
    mutating func read(isFirst: Bool) -> Dateline? {
        if let desk = deskTag() { return desk }
        while index < min(pieces.count, 24) {
            if let length = separatorLength() { return finish(separator: length, isFirst: isFirst) }
            guard step() else { return nil }
        }
        return nil
    }

    /// The leading words in capitals of an archive export, which has no dash behind the place.
    func leadingCapitals() -> Dateline? {
        let count = pieces.prefix { $0.isUpper && $0.key.count >= 4 && !lexicon.has(.lead, $0.key) }.count
        guard (1...3).contains(count), pieces.count > count + 4, pieces[count].kind == .word,
            pieces[count].isCapitalised, !pieces[count].isUpper
        else { return nil }
        let place = text(pieces[0].start, pieces[count - 1].end)
        return Dateline(text: place, place: place, end: pieces[count].start)
    }

    private func deskTag() -> Dateline? {
        guard let colon = pieces.prefix(5).firstIndex(where: { $0.isSymbol(":") || $0.isDash }), colon > 0 else {
            return nil
        }
        let tokens = pieces[..<colon].compactMap { BlockLexicon.token(of: $0) }
        guard lexicon.match(tokens).whole.contains(.desk), pieces.count > colon + 4, !pieces[0].isDash else {
            return nil
        }
        let tag = text(pieces[0].start, pieces[colon - 1].end)
        return Dateline(text: tag, place: nil, end: pieces[colon + 1].start, isDesk: true)
    }

    /// Number of pieces of a closing " - ", "--", ".-", ":" or, after a date, ".".
    private func separatorLength() -> Int? {
        let piece = pieces[index]
        guard index > 0, piece.kind == .symbol else { return nil }
        if piece.isSymbol(":") { return piece.gap == 0 ? 1 : nil }
        if piece.isSymbol("."), index + 1 < pieces.count, pieces[index + 1].isDash {
            let isAbbreviation = pieces[index + 1].gap > 0 && pieces[index - 1].key.count == 1
            return isAbbreviation ? nil : 2
        }
        if piece.isSymbol("."), date != nil, agency == nil, index + 1 < pieces.count, pieces[index + 1].gap > 0 {
            return isAgencyAhead(index + 1) ? nil : 1
        }
        if piece.isSymbol("."), date != nil, agency != nil, pieces[index - 1].isSymbol("/") { return 1 }
        guard piece.isDash, index + 1 < pieces.count else { return nil }
        if pieces[index + 1].isDash { return 2 }
        return piece.gap > 0 || pieces[index + 1].gap > 0 || agency != nil ? 1 : nil
    }

    /// "KAZINFORM -" behind "BISHKEK. May 12."
    private func isAgencyAhead(_ start: Int) -> Bool {
        let words = pieces[start...].prefix(4).prefix { $0.kind == .word && $0.isCapitalised }
        let next = start + words.count
        return !words.isEmpty && next < pieces.count && pieces[next].isDash && pieces[next].gap > 0
    }

    /// Takes one part of the dateline; false when it cannot be one.
    private mutating func step() -> Bool {
        let piece = pieces[index]
        if let match = dateAhead(), placeWords > 0 || agency != nil || index == 0 { return take(date: match) }
        switch piece.kind {
        case .number: return false
        case .word: return takeWord(piece)
        case .symbol: return takeSymbol(piece)
        }
    }

    private func dateAhead() -> DateMatch? {
        guard date == nil else { return nil }
        let reader = DateReader(lexicon: lexicon, pieces: pieces)
        if let match = reader.date(at: index) { return match }
        return lexicon.weekdays[pieces[index].key] != nil && index + 1 < pieces.count ? reader.date(at: index + 1) : nil
    }

    private mutating func take(date match: DateMatch) -> Bool {
        date = match
        index = match.pieces.upperBound
        lastEnd = pieces[index - 1].end
        guard pieces[index - 1].isSymbol(".") else { return true }
        lastEnd = pieces[index - 1].start
        // The full stop of "3 May. The government" ends the dateline; that of "3 mar. (Agency)" does not.
        if index < pieces.count, pieces[index].kind == .word || pieces[index].isSymbol("“") { index -= 1 }
        return true
    }

    private mutating func takeWord(_ piece: TextPiece) -> Bool {
        if agency != nil { return false }
        if date != nil { return takeAgency(until: index) }
        if !piece.isCapitalised {
            guard placeWords > 0, lexicon.has(.particle, piece.key) || lexicon.has(.foreign, piece.key) else {
                return false
            }
        } else {
            guard placeWords < 6 else { return false }
            placeWords += 1
            if placeWords == 1 || !isAfterComma() { note(upper: piece) }
        }
        placeEnd = piece.end
        lastEnd = piece.end
        index += 1
        return true
    }

    private func isAfterComma() -> Bool { pieces[..<index].contains { $0.isSymbol(",") } }

    private mutating func note(upper piece: TextPiece) {
        if piece.isUpper || piece.key.count == 1 { upperLetters += piece.key.count } else { isUpperPlace = false }
    }

    /// An agency without brackets after the date: "Nov 12, Reuters -".
    private mutating func takeAgency(until start: Int) -> Bool {
        var end = index
        while end < pieces.count, end < start + 4, pieces[end].kind == .word, pieces[end].isCapitalised { end += 1 }
        guard end > start, end < pieces.count, pieces[end].isDash || pieces[end].isSymbol(".") else { return false }
        agency = text(pieces[start].start, pieces[end - 1].end)
        lastEnd = pieces[end - 1].end
        index = end
        return true
    }

    private mutating func takeSymbol(_ piece: TextPiece) -> Bool {
        switch piece.key {
        case "(": return takeBracket(closing: ")")
        case "/" where piece.gap > 0: return takeBracket(closing: "/")
        case "/", "'", "’": index += 1
        case "|": index += 1
        case ",":
            guard index + 1 < pieces.count, pieces[index + 1].kind != .symbol || pieces[index + 1].isSymbol("(") else {
                return false
            }
            index += 1
        case ".":
            let isShort = index > 0 && pieces[index - 1].key.count <= 4 && pieces[index - 1].isCapitalised
            let isBeforeDate = date == nil && DateReader(lexicon: lexicon, pieces: pieces).date(at: index + 1) != nil
            guard isShort && date == nil || isBeforeDate || (date != nil && agency == nil) else { return false }
            if pieces[index - 1].key.count == 1 {
                placeEnd = piece.end
                lastEnd = piece.end
            }
            index += 1
        default: return false
        }
        return true
    }

    private mutating func takeBracket(closing: String) -> Bool {
        guard agency == nil, let close = pieces[(index + 1)...].prefix(8).firstIndex(where: { $0.isSymbol(closing) }),
            close > index + 1
        else { return false }
        let inside = pieces[(index + 1)..<close]
        guard inside.allSatisfy({ $0.kind != .number }), inside.contains(where: \.isCapitalised) else { return false }
        agency = text(pieces[index + 1].start, pieces[close - 1].end)
        lastEnd = pieces[close].end
        index = close + 1
        return true
    }

    private func finish(separator: Int, isFirst: Bool) -> Dateline? {
        let next = index + separator
        guard next < pieces.count, pieces.count - next >= 4, placeWords > 0 || agency != nil, lastEnd > 0 else {
            return nil
        }
        let isPeriod = pieces[index].isSymbol(".") && separator == 1
        let isMarked = agency != nil || date != nil
        let isUpper = isUpperPlace && upperLetters >= 3 && placeWords > 0
        if isPeriod && date == nil { return nil }
        if isLead() { return nil }
        if !isMarked && !isUpper && !(isFirst && isMildPlace(next)) { return nil }
        let place = placeWords > 0 ? text(pieces[0].start, placeEnd) : nil
        return Dateline(
            text: text(pieces[0].start, lastEnd), place: place, agency: agency, date: date, end: pieces[next].start,
            isStrong: isMarked || isUpper)
    }

    /// "Correction:", "Q:" and their like.
    private func isLead() -> Bool {
        let tokens = pieces[..<index].compactMap { BlockLexicon.token(of: $0) }
        return lexicon.match(tokens).whole.contains(.lead) || lexicon.has(.lead, pieces[0].key)
    }

    /// "New Delhi: India …": up to three capitalised words that are no function words, then a capital or a quotation.
    private func isMildPlace(_ next: Int) -> Bool {
        guard placeWords <= 3, !pieces[..<index].contains(where: { lexicon.has(.english, $0.key) }) else {
            return false
        }
        guard pieces.count - next >= 8 else { return false }
        return pieces[next].isCapitalised || pieces[next].isSymbol("“") || pieces[next].isSymbol("\"")
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[start..<end], as: UTF8.self).split { $0.isWhitespace }.joined(separator: " ")
    }
}
