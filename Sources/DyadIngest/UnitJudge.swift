import DyadCore

/// Says what a unit is by its own words, without regard to its neighbours.
struct UnitJudge {
    let draft: ArticleDraft
    let lexicon: BlockLexicon
    let names: NameReader
    private var labels: [BlockLabel?] = []
    /// The article is English, so that lines without English words are not its body.
    let isEnglish: Bool

    init(_ draft: ArticleDraft) {
        self.draft = draft
        lexicon = draft.lexicon
        names = NameReader(bytes: draft.bytes, lexicon: draft.lexicon)
        var words = 0
        var english = 0
        for unit in draft.units where unit.facts.words >= 12 && unit.facts.columns < 1600 {
            words += unit.facts.words
            english += unit.facts.english
        }
        isEnglish = english * 6 > words && words >= 30
        labels = draft.units.indices.map { label(of: $0) }
    }

    private func facts(_ unit: Int) -> LineFacts { draft.units[unit].facts }

    /// Twelve words or more and the end of a sentence, or very many words.
    func isStrongProse(_ unit: Int) -> Bool {
        let facts = facts(unit)
        return (facts.words >= 12 && (facts.endsSentence || facts.endsColon)) || facts.words >= 22
    }

    /// A sentence, however short.
    func isSentence(_ unit: Int) -> Bool {
        let facts = facts(unit)
        return isStrongProse(unit) || (facts.words >= 3 && facts.endsSentence && facts.lowerCase > 0)
    }

    /// Words in another language than the article's.
    func isForeign(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard isEnglish, facts.columns < 1600 else { return false }
        if facts.isForeignScript { return true }
        let strange = facts.foreign + facts.accented
        if facts.words <= 5 {
            return strange > 0 && facts.english == 0 && (!facts.endsSentence || strange * 2 >= facts.words)
        }
        return strange >= 2 && strange > facts.english * 2 && strange * 8 >= facts.words
    }

    /// The label that phrases and shape give in any place; nil for plain text.
    func furniture(_ unit: Int) -> BlockLabel? { labels[unit] }

    private func label(of unit: Int) -> BlockLabel? {
        let facts = facts(unit)
        if facts.isRule { return .footer }
        if let label = whole(facts) ?? opening(facts, unit: unit) { return label }
        if isCaption(unit) { return .caption }
        if isNotice(facts) { return .footer }
        if isMenu(unit) { return .footer }
        if facts.match.inside.contains(.credit) && facts.words <= 8 { return .byline }
        return isSignature(unit) ? .byline : nil
    }

    private func whole(_ facts: LineFacts) -> BlockLabel? {
        let whole = facts.match.whole
        if whole.contains(.links) || facts.covered.contains(.links) { return .link }
        if whole.contains(.share) || facts.covered.contains(.share) { return .share }
        if whole.overlaps(LexiconKinds(.footer, .button, .noComments, .archive)) || !facts.covered.isEmpty {
            return .footer
        }
        if whole.contains(.desk) { return .deskTag }
        return whole.contains(.authorNote) ? .authorNote : nil
    }

    private func opening(_ facts: LineFacts, unit: Int) -> BlockLabel? {
        let opening = facts.match.opening
        if opening.isEmpty || !isOpeningMeant(facts, unit: unit) { return nil }
        if opening.contains(.link) && facts.words <= 40 { return .link }
        if opening.contains(.links) && facts.words <= 10 && !facts.endsSentence { return .link }
        if opening.contains(.share) && facts.words <= 16 { return .share }
        if opening.contains(.footer) && facts.words <= 40 { return .footer }
        if opening.contains(.credit) && facts.words <= 50 { return .byline }
        return opening.contains(.authorNote) ? .authorNote : nil
    }

    /// In a full sentence a short phrase counts only with a sign behind it: "Source: PNA", not "Sources said …".
    private func isOpeningMeant(_ facts: LineFacts, unit: Int) -> Bool {
        let isSentence = facts.words >= 22 || (facts.words >= 7 && facts.endsSentence)
        guard isSentence, facts.match.openingLength < 3 else { return true }
        let pieces = draft.pieces(unit)
        if pieces.first?.isSymbol("(") == true { return true }
        var tokens = 0
        for (index, piece) in pieces.enumerated() where BlockLexicon.token(of: piece) != nil {
            tokens += 1
            guard tokens == facts.match.openingLength else { continue }
            guard index + 1 < pieces.count else { return false }
            let next = pieces[index + 1]
            if facts.match.opening.contains(.credit) && next.isCapitalised { return true }
            return next.kind == .symbol && !next.isSymbol(",")
        }
        return false
    }

    /// Legal words, or words to the reader; in a long paragraph these must be more than one.
    private func isNotice(_ facts: LineFacts) -> Bool {
        if facts.match.inside.contains(.legal) { return facts.words <= 120 }
        if facts.match.opening.contains(.legal) && facts.words <= 25 { return true }
        guard facts.match.inside.contains(.notice), facts.words <= 110 else { return false }
        return facts.words <= 25 || facts.reader >= 2
    }

    /// A picture's caption by its opening or its credit.
    func isCaption(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard facts.words <= 80 else { return false }
        if facts.match.opening.contains(.caption) && facts.words > 1 && isOpeningMeant(facts, unit: unit) {
            return true
        }
        return (facts.match.inside.contains(.caption) && facts.words <= 40) || hasCredit(unit)
    }

    /// "PHOTO: INP" behind the text, or "(AP Photo)" at its end.
    private func hasCredit(_ unit: Int) -> Bool {
        let range = draft.units[unit].range
        let tail = draft.bytes[max(range.lowerBound, range.upperBound - 200)..<range.upperBound]
        guard tail.contains(0x3A) || tail.last == 0x29 || range.count > 600 else { return false }
        let pieces = draft.pieces(unit)
        for index in max(3, pieces.count - 11)..<max(3, pieces.count - 1) where pieces[index].isCapitalised {
            if pieces[index + 1].isSymbol(":"), lexicon.has(.caption, pieces[index].key) { return true }
        }
        guard pieces.last?.isSymbol(")") == true, let open = pieces.lastIndex(where: { $0.isSymbol("(") }), open > 2
        else { return false }
        return pieces.count - open <= 10 && pieces[open...].contains { lexicon.has(.caption, $0.key) }
    }

    /// A few capitalised words behind the sentence, such as an agency under a picture.
    func hasAgencyTail(_ unit: Int) -> Bool {
        let pieces = draft.pieces(unit)
        guard facts(unit).words >= 5, facts(unit).words <= 60, !facts(unit).endsSentence,
            let stop = pieces.lastIndex(where: { $0.isSymbol(".") }), stop > 3, stop + 1 < pieces.count
        else { return false }
        let tail = pieces[(stop + 1)...]
        let words = tail.filter { $0.kind == .word }
        return tail.count <= 8 && !words.isEmpty && words.allSatisfy(\.isCapitalised)
            && (words.contains(where: \.isUpper) || tail.contains { $0.isSymbol("/") || $0.isSymbol("©") })
    }

    /// Short entries between signs: a navigation path, a row of links.
    private func isMenu(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard facts.separators > 0, !facts.endsSentence, facts.words <= 24, !facts.hasFullDate, !facts.hasAgo else {
            return false
        }
        let pieces = draft.pieces(unit)
        if facts.match.opening.contains(.byline) { return false }
        return segments(pieces).allSatisfy { $0.count { $0.kind != .symbol } <= 4 }
    }

    /// The pieces between bars, dots, arrows and wide gaps.
    func segments(_ pieces: [TextPiece]) -> [[TextPiece]] {
        var out: [[TextPiece]] = [[]]
        for piece in pieces {
            let isBar = piece.kind == .symbol && ["|", "·", "•", "»", "›", ">", "¦"].contains(piece.key)
            let isSlash = piece.isSymbol("/") && piece.gap > 0
            if isBar || isSlash {
                out.append([])
            } else {
                if piece.gap == 2 { out.append([]) }
                out[out.count - 1].append(piece)
            }
        }
        return out.filter { !$0.isEmpty }
    }

    /// Initials in brackets or "ns/ka" alone on a line.
    private func isSignature(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard facts.words <= 4, draft.units[unit].lines.count == 1 else { return false }
        let pieces = draft.pieces(unit)
        if names.isInitials(pieces) && facts.words <= 3 { return true }
        let parts = pieces.filter { $0.kind != .symbol }
        return pieces.contains { $0.isSymbol("/") && $0.gap == 0 } && parts.count >= 2
            && parts.allSatisfy {
                $0.kind == .number || lexicon.has(.zone, $0.key) || ($0.key.count <= 3 && !$0.isCapitalised)
            }
    }

    /// A date with few other words, as above an article.
    func isDateLine(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard draft.units[unit].lines.count == 1, facts.words <= 26 else { return false }
        let isUpdate = (facts.startsPublished || facts.startsUpdated) && (facts.hasTime || facts.hasPartialDate)
        guard facts.hasFullDate || isUpdate else { return false }
        return facts.rest <= 8 && !(facts.endsSentence && facts.rest > 5)
    }

    /// The names after "By" or "Von"; nil when the unit is no byline.
    func byline(_ unit: Int) -> [String]? {
        let facts = facts(unit)
        guard facts.match.opening.contains(.byline), facts.words <= 24, !isStrongProse(unit) else { return nil }
        let rest = Array(draft.pieces(unit).drop { $0.kind == .symbol }.dropFirst(facts.match.openingLength))
        guard let first = rest.first(where: { $0.kind == .word }) else { return nil }
        guard first.isCapitalised || lexicon.has(.role, first.key) else { return nil }
        return names.names(in: segments(rest).first ?? rest)
    }

    /// True for a line of names only.
    func isNameLine(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard facts.words <= 12, !facts.endsSentence, draft.units[unit].lines.count == 1 else { return false }
        return names.isNameLine(draft.pieces(unit))
    }

    /// A field of an export, "BYLINE: Kristjan Ott", and the first byte of its value.
    func field(_ unit: Int) -> (kind: LexiconKind, value: Int)? {
        let pieces = draft.pieces(unit)
        guard let colon = pieces.prefix(6).firstIndex(where: { $0.isSymbol(":") }), colon > 0 else { return nil }
        let tokens = pieces[..<colon].compactMap { BlockLexicon.token(of: $0) }
        let whole = lexicon.match(tokens).whole
        guard let kind = fieldKinds.first(where: { whole.contains($0) }) else { return nil }
        let value = colon + 1 < pieces.count ? pieces[colon + 1].start : draft.units[unit].range.upperBound
        return (kind, value)
    }

    /// The name of an outlet in capitalised words, "The Nile Courier", at the start of some pieces.
    func capitalisedName(_ pieces: some Collection<TextPiece>) -> String? {
        var taken: [TextPiece] = []
        for piece in pieces {
            let isInner = lexicon.has(.particle, piece.key) || ["of", "the", "and", "for", "&"].contains(piece.key)
            if piece.kind == .word && (piece.isCapitalised || piece.isForeignScript || (isInner && !taken.isEmpty)) {
                taken.append(piece)
            } else if piece.isSymbol("&") && !taken.isEmpty {
                taken.append(piece)
            } else {
                break
            }
        }
        while let last = taken.last, !last.isCapitalised && !last.isForeignScript { taken.removeLast() }
        guard let first = taken.first, let last = taken.last, taken.count <= 7 else { return nil }
        return draft.text(first.start..<last.end)
    }
}

extension UnitJudge {
    /// The outlet named behind "Published in" or a copyright sign.
    func imprint(_ pieces: [TextPiece]) -> String? {
        for cue in TimedPieces.ranges(of: LexiconKinds(.publisher), lexicon, pieces) {
            let rest = pieces[cue.upperBound...].drop {
                $0.kind == .number || ($0.kind == .symbol && !$0.isSymbol("("))
            }
            guard let name = capitalisedName(rest.first?.key == "by" ? rest.dropFirst() : rest) else { continue }
            let match = lexicon.match(tokens(of: name))
            if match.whole.isEmpty && match.inside.isEmpty && match.opening.isEmpty { return name }
        }
        return nil
    }

    /// The outlet in a menu line such as "About Ledger Europe | Contact".
    func menuName(_ pieces: [TextPiece]) -> String? {
        let parts = segments(pieces)
        guard parts.count > 1, let about = parts.first(where: { $0.first?.key == "about" && $0.count > 2 }) else {
            return nil
        }
        return capitalisedName(about.dropFirst())
    }

    /// What phrases are compared with.
    func tokens(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        return PieceReader.pieces(of: bytes, in: 0..<bytes.count).compactMap { BlockLexicon.token(of: $0) }
    }
}

private let fieldKinds: [LexiconKind] = [
    .fieldTitle, .fieldDeck, .fieldByline, .fieldDate, .fieldDateline, .fieldPublisher, .fieldCaption, .fieldOther,
]
