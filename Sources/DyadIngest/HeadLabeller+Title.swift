import DyadCore

// Title, deck and what is left.
extension HeadLabeller {
    mutating func chooseTitle() {
        if draft.isArchive { takeArchiveHead() }
        guard draft.article.title == nil, let title = bestTitle() else { return }
        draft.labels[title] = .title
        draft.article.title = draft.text(title)
        if judge.isDateLine(title) { addDates(of: title, place: .head) }
        let hash = facts(title).hash
        for unit in candidates where unit != title && facts(unit).hash == hash { draft.labels[unit] = .repeatedTitle }
        takeSuffixedTitles(title)
        candidates.removeAll { draft.labels[$0] != nil }
    }

    func bestTitle() -> Int? {
        var best: (score: Int, unit: Int)?
        for (position, unit) in candidates.enumerated() {
            let score = titleScore(unit) + (position == 0 ? 1 : 0)
            if score > best?.score ?? 0 { best = (score, unit) }
        }
        return best?.unit
    }

    func titleScore(_ unit: Int) -> Int {
        let facts = facts(unit)
        var score = 3
        if repeats[facts.hash, default: 0] > 1 { score += 10 }
        if (4...30).contains(facts.words) { score += 4 } else if facts.words > 45 { return 0 }
        if facts.lowerCase > 0 { score += 2 }
        if facts.isAllUpper && facts.words <= 3 { score -= 3 }
        if facts.endsColon { score -= 4 }
        if facts.separators > 0 { score -= 2 }
        if facts.bullet > 0 { score -= 2 }
        if isOutletLine(unit) { score -= 6 }
        if judge.isNameLine(unit) { score -= 2 }
        return score
    }

    func isOutletLine(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard facts.words <= 8 else { return false }
        let pieces = draft.pieces(unit)
        let small = pieces.filter { $0.kind == .word && !$0.isCapitalised }
        let isPlain = small.allSatisfy { word in
            [.role, .lead, .particle, .filler].contains { draft.lexicon.has($0, word.key) }
        }
        return isPlain && outletName(pieces) != nil
    }

    /// "Headline - The Indus Courier" above or below the bare headline.
    mutating func takeSuffixedTitles(_ title: Int) {
        let pieces = draft.pieces(title)
        for unit in candidates where draft.labels[unit] == nil {
            let other = draft.pieces(unit)
            takeSuffix(long: other, short: pieces, unit: unit, title: title)
            takeSuffix(long: pieces, short: other, unit: unit, title: title)
        }
    }

    mutating func takeSuffix(long: [TextPiece], short: [TextPiece], unit: Int, title: Int) {
        guard long.count > short.count + 1, long.count <= short.count + 8, short.count >= 3,
            zip(long, short).allSatisfy({ $0.key == $1.key }),
            long[short.count].isDash || long[short.count].isSymbol("|")
        else { return }
        let bare = draft.text(short[0].start..<short[short.count - 1].end)
        draft.article.title = bare
        let isLongTitle = long[0].start == draft.units[title].range.lowerBound
        draft.labels[title] = isLongTitle ? .repeatedTitle : .title
        draft.labels[unit] = isLongTitle ? .title : .repeatedTitle
        if let name = judge.capitalisedName(long[(short.count + 1)...]) {
            draft.publishers.add(name, place: .titleSuffix)
        }
    }

    /// The centred lines above the headline of an exported article.
    mutating func takeArchiveHead() {
        let title = candidates.first { draft.units[$0].indent < 10 && facts($0).words >= 2 && isAfterOutlet($0) }
        for unit in candidates where unit < title ?? Int.max {
            if draft.article.publisher == nil, facts(unit).words <= 10 {
                draft.article.publisher = draft.text(unit)
                draft.publishers.add(draft.text(unit), place: .field)
                draft.labels[unit] = .publication
            } else {
                draft.labels[unit] = .footer
            }
        }
        candidates.removeAll { draft.labels[$0] != nil }
    }

    /// The outlet's name stands before the headline; in an export without centred lines it is the first candidate.
    func isAfterOutlet(_ unit: Int) -> Bool {
        candidates.contains { $0 < unit } || draft.labels[..<unit].contains(.publication)
    }

    mutating func chooseDeck() {
        guard draft.article.title != nil, draft.article.deck == nil else { return }
        guard let title = draft.labels.firstIndex(where: { $0 == .title }) else { return }
        guard let deck = candidates.first(where: { $0 > title && isDeck($0) }) else { return }
        draft.labels[deck] = .deck
        draft.article.deck = draft.text(deck)
        candidates.removeAll { $0 == deck }
    }

    func isDeck(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard facts.words >= 4, facts.words <= 70, !facts.isAllUpper, !facts.endsColon, facts.bullet == 0 else {
            return false
        }
        if isOutletLine(unit) || isHeadingOfBody(unit) { return false }
        let isBelowFurniture = draft.labels[..<unit].prefix(40).contains {
            $0 == .share || $0 == .publication || $0 == .caption
        }
        return !(isBelowFurniture && judge.isSentence(unit) && datelineUnit != nil)
    }

    /// A line straight above a list of points.
    func isHeadingOfBody(_ unit: Int) -> Bool {
        unit + 1 == draft.bodyStart && unit + 1 < draft.units.count && draft.units[unit + 1].facts.bullet > 0
    }

    /// "TBILISI" alone in capitals, below the date or the byline and straight above the text.
    func isPlaceLine(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard unit + 1 == draft.bodyStart, facts.isAllUpper, facts.words <= 2, facts.english == 0, !facts.endsSentence,
            !isHeadingOfBody(unit), datelineUnit == nil
        else { return false }
        return draft.labels[..<unit].suffix(12).contains { $0 == .publication || $0 == .byline || $0 == .share }
    }

    mutating func labelLeftovers() {
        let title = draft.labels.firstIndex { $0 == .title }
        for unit in candidates {
            if captionHashes.contains(facts(unit).hash) {
                draft.labels[unit] = .repeatedCaption
            } else if isPlaceLine(unit) {
                draft.labels[unit] = .dateline
                draft.article.dateline = draft.text(unit)
                draft.article.datelinePlace = draft.text(unit)
            } else if unit + 1 == draft.bodyStart, title.map({ unit > $0 }) ?? false, !judge.isSentence(unit),
                !isOutletLine(unit), !draft.isArchive
            {
                draft.labels[unit] = .subheading
            } else if isOutletLine(unit) {
                draft.labels[unit] = .publication
                noteOutlet(unit)
            } else if judge.isSentence(unit), facts(unit).words > 30 {
                draft.labels[unit] = .paragraph
            } else if judge.isSentence(unit), title.map({ unit > $0 }) ?? false {
                draft.labels[unit] = .caption
                captionHashes.insert(facts(unit).hash)
            } else {
                draft.labels[unit] = .footer
            }
        }
    }
}
