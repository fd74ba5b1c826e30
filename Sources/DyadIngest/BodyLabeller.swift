import DyadCore

/// Labels the body and what stands in it and below it, up to the comments.
struct BodyLabeller {
    private let judge: UnitJudge
    private var draft: ArticleDraft
    private let end: Int
    /// First unit behind which no more body is expected.
    private var closing: Int
    private var lastProse = 0
    private var isInLinks = false
    private var isAfterAuthor = false
    /// What has stood since the last paragraph: nothing, links and the like, or a footer.
    private var gap = Gap.none
    private var hashes: [UInt64: Int] = [:]
    private var seenCaptions: Set<UInt64> = []
    private var hasNameLine = false

    private enum Gap: Int, Comparable {
        case none, soft, hard

        static func < (left: Gap, right: Gap) -> Bool { left.rawValue < right.rawValue }
    }

    /// The draft with its body labelled up to the comments.
    static func label(_ draft: ArticleDraft, judge: UnitJudge) -> ArticleDraft {
        var labeller = BodyLabeller(judge: judge, draft: draft)
        labeller.run()
        return labeller.draft
    }

    private init(judge: UnitJudge, draft: ArticleDraft) {
        self.judge = judge
        self.draft = draft
        end = draft.commentStart ?? draft.units.count
        closing = end
    }

    private mutating func run() {
        for unit in draft.units.prefix(2000) { hashes[unit.facts.hash, default: 0] += 1 }
        closing = findClosing()
        lastProse = (draft.bodyStart..<max(draft.bodyStart, closing)).last { isBodyProse($0) } ?? draft.bodyStart
        for unit in draft.bodyStart..<max(draft.bodyStart, end) { label(unit) }
        dropIdleHeadings()
        cutDatelines()
    }

    private func facts(_ unit: Int) -> LineFacts { draft.units[unit].facts }

    private func isBodyProse(_ unit: Int) -> Bool {
        judge.isStrongProse(unit) && judge.furniture(unit) == nil && !judge.isForeign(unit) && !isBio(unit)
    }
}

// Where the body ends.
extension BodyLabeller {
    /// The first unit that closes an article and has little text behind it.
    private func findClosing() -> Int {
        guard end > draft.bodyStart + 1 else { return end }
        var total = 0
        var sums: [Int] = []
        for unit in draft.bodyStart..<end {
            sums.append(total)
            if judge.isStrongProse(unit) && judge.furniture(unit) == nil && !judge.isForeign(unit) {
                total += facts(unit).words
            }
        }
        for unit in (draft.bodyStart + 1)..<end where isClosing(unit) {
            let before = sums[unit - draft.bodyStart]
            if before > 0 && (total - before) * 2 <= before { return unit }
        }
        return end
    }

    private func isClosing(_ unit: Int) -> Bool {
        if isAuthorLine(unit) || isBio(unit) { return true }
        switch judge.furniture(unit) {
        case .byline, .authorNote: return true
        case .footer: return isCopyright(unit) || facts(unit).match.whole.contains(.noComments)
        default: return judge.isDateLine(unit) && facts(unit).startsPublished
        }
    }

    private func isCopyright(_ unit: Int) -> Bool {
        draft.pieces(unit).prefix(3).contains { $0.key == "©" || $0.key == "copyright" }
    }

    /// An author's name alone on a line below the text: printed twice, or known from the byline, or with a note under it.
    private func isAuthorLine(_ unit: Int) -> Bool {
        guard unit > draft.bodyStart + 1, judge.isNameLine(unit) else { return false }
        if hashes[facts(unit).hash, default: 0] > 1 { return true }
        let name = draft.text(unit)
        if draft.article.byline.contains(where: { $0 == name }) { return true }
        return unit + 1 < end && startsWith(name: judge.tokens(of: name), unit + 1)
    }

    /// "Eleni Varda is a columnist …": a paragraph about the author, last or after the author's name.
    private func isBio(_ unit: Int) -> Bool {
        guard unit > draft.bodyStart + 1, facts(unit).words >= 5, facts(unit).words <= 160 else { return false }
        if draft.article.byline.contains(where: { startsWith(name: judge.tokens(of: $0), unit) }) {
            return proseBehind(unit) <= 1
        }
        guard proseBehind(unit) == 0 else { return false }
        let pieces = draft.pieces(unit)
        let name = pieces.prefix { $0.isCapitalised || $0.isSymbol(".") }
        guard (2...4).contains(name.count { $0.kind == .word }), name.count < pieces.count,
            ["is", "was", "teaches", "writes", "covers", "has", "works", "reports"].contains(pieces[name.count].key)
        else { return false }
        return pieces.dropFirst(name.count).prefix(14).contains { judge.lexicon.has(.bio, $0.key) }
    }

    private func startsWith(name: [String], _ unit: Int) -> Bool {
        guard name.count >= 2 else { return false }
        let tokens = draft.pieces(unit).prefix(name.count + 4).compactMap { BlockLexicon.token(of: $0) }
        return tokens.count > name.count && tokens.starts(with: name)
    }

    private func proseBehind(_ unit: Int) -> Int {
        var count = 0
        for later in unit + 1..<max(unit + 1, min(end, unit + 12))
        where judge.isStrongProse(later) && judge.furniture(later) == nil && !judge.isForeign(later) {
            count += 1
        }
        return count
    }
}

// What each unit is.
extension BodyLabeller {
    private mutating func label(_ unit: Int) {
        let label = chosenLabel(unit)
        draft.labels[unit] = label
        isInLinks = label == .link && (isInLinks || isLinkHeading(unit))
        switch label {
        case .paragraph: gap = .none
        case .subheading: break
        case .link, .share, .caption, .repeatedCaption: gap = max(gap, .soft)
        default: gap = .hard
        }
        if label == .byline { hasNameLine = true }
        isAfterAuthor = label == .authorNote && judge.isNameLine(unit) || (label == .byline && judge.isNameLine(unit))
        collect(unit, label)
    }

    private mutating func chosenLabel(_ unit: Int) -> BlockLabel {
        if draft.isArchive, let field = judge.field(unit) { return fieldLabel(field.kind) }
        if isPublicationLine(unit) { return .publication }
        if isBio(unit) && unit >= closing { return .authorNote }
        if let label = judge.furniture(unit), !(label == .deskTag && unit < lastProse) { return settled(label, unit) }
        if isAuthorLine(unit), unit >= closing { return draft.article.byline.isEmpty ? .byline : authorLabel(unit) }
        if judge.byline(unit) != nil, unit >= lastProse || facts(unit).words <= 6 { return .byline }
        if isAfterAuthor && facts(unit).words >= 4 && unit >= closing { return .authorNote }
        if isCalledLink(unit) { return .link }
        if isInLinks && !judge.isSentence(unit) && !isHeadingAfterLinks(unit) { return .link }
        if judge.isForeign(unit) { return .footer }
        return unit >= closing ? .footer : textLabel(unit)
    }

    private func authorLabel(_ unit: Int) -> BlockLabel {
        hasNameLine ? .byline : .authorNote
    }

    private func fieldLabel(_ kind: LexiconKind) -> BlockLabel {
        switch kind {
        case .fieldCaption: .caption
        case .fieldByline: .byline
        case .fieldDeck: .deck
        default: .footer
        }
    }

    private mutating func settled(_ label: BlockLabel, _ unit: Int) -> BlockLabel {
        if label == .deskTag { return .footer }
        if label == .caption, hashes[facts(unit).hash, default: 0] > 1 {
            let isFirst =
                seenCaptions.insert(facts(unit).hash).inserted
                && !draft.units[..<draft.bodyStart].prefix(40).contains { $0.facts.hash == facts(unit).hash }
            return isFirst ? .caption : .repeatedCaption
        }
        return label
    }

    private func isPublicationLine(_ unit: Int) -> Bool {
        guard judge.isDateLine(unit) else { return false }
        return facts(unit).rest == 0 || facts(unit).startsPublished || facts(unit).startsUpdated
    }

    private func isLinkHeading(_ unit: Int) -> Bool {
        let facts = facts(unit)
        return facts.match.whole.overlaps(LexiconKinds(.links, .link)) || facts.covered.contains(.links)
            || (facts.match.opening.contains(.links)) || (facts.match.opening.contains(.link) && facts.endsColon)
    }

    /// "Related: Egypt's gas exports fall".
    private func isCalledLink(_ unit: Int) -> Bool {
        guard !judge.isStrongProse(unit), facts(unit).words <= 30 else { return false }
        let pieces = draft.pieces(unit)
        guard let colon = pieces.prefix(7).firstIndex(where: { $0.isSymbol(":") || $0.isSymbol("|") }), colon > 0 else {
            return false
        }
        let tokens = pieces[..<colon].compactMap { BlockLexicon.token(of: $0) }
        return judge.lexicon.match(tokens).whole.overlaps(LexiconKinds(.link, .links))
    }

    /// A subheading behind a list of links: parted from it by a blank line, before a paragraph.
    private func isHeadingAfterLinks(_ unit: Int) -> Bool {
        let above = draft.units[unit - 1]
        guard unit + 1 < closing, draft.units[unit].blanksBefore > 0, !isLinkHeading(unit - 1) else { return false }
        return facts(unit).bullet == 0 && (above.facts.bullet > 0 || above.blanksBefore == 0)
            && isBodyProse(unit + 1)
    }

    private func textLabel(_ unit: Int) -> BlockLabel {
        let facts = facts(unit)
        if facts.hasTime && facts.rest == 0 { return .footer }
        if unit > lastProse {
            return isLateText(unit) || draft.units.count == 1 ? .paragraph : .footer
        }
        return isHeading(unit) ? .subheading : .paragraph
    }

    /// A short sentence below the last long paragraph: text, unless other things stand between or it speaks to the reader.
    private func isLateText(_ unit: Int) -> Bool {
        let facts = facts(unit)
        if gap == .none && judge.hasAgencyTail(unit) { return true }
        guard judge.isSentence(unit), !(facts.endsQuestion && facts.words < 6) else { return false }
        switch gap {
        case .none: return true
        case .soft: return facts.words >= 4 && facts.english > 0 && facts.reader == 0
        case .hard: return facts.words >= 8 && facts.english > 1 && facts.reader == 0
        }
    }

    private func isHeading(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard facts.words <= 14, !isListPoint(unit), draft.units.count > 1 else { return false }
        if facts.endsColon && facts.words > 5 { return false }
        if facts.endsQuestion { return facts.words <= 9 && !facts.startsQuoted && !isSpeech(unit) }
        return !facts.endsSentence && !facts.startsLower && !facts.endsComma
    }

    /// "Q: …" of an interview.
    private func isSpeech(_ unit: Int) -> Bool {
        let pieces = draft.pieces(unit)
        return pieces.count > 1 && pieces[1].isSymbol(":")
    }

    private func isListPoint(_ unit: Int) -> Bool {
        guard facts(unit).bullet > 0 else { return false }
        let before = unit > 0 && facts(unit - 1).bullet > 0
        return before || (unit + 1 < end && facts(unit + 1).bullet > 0)
    }

    /// A subheading with no paragraph under it is something else.
    private mutating func dropIdleHeadings() {
        var hasText = false
        for unit in (draft.bodyStart..<max(draft.bodyStart, end)).reversed() {
            switch draft.labels[unit] {
            case .paragraph: hasText = true
            case .subheading where !hasText: draft.labels[unit] = .footer
            default: break
            }
        }
    }
}

// What the labelled units tell of the article.
extension BodyLabeller {
    private mutating func collect(_ unit: Int, _ label: BlockLabel) {
        switch label {
        case .byline where facts(unit).match.opening.contains(.credit): draft.takeCredit(unit, judge: judge)
        case .byline: addNames(unit)
        case .publication: collectDates(unit)
        case .footer, .share, .link: collectPublisher(unit)
        default: break
        }
        if draft.isArchive, let field = judge.field(unit), [.caption, .deck].contains(label) {
            draft.cuts[unit] = ArticleDraft.Cut(end: field.value, label: .footer)
        }
    }

    private mutating func addNames(_ unit: Int) {
        if draft.isArchive, let field = judge.field(unit) {
            append(judge.names.names(in: draft.pieces(in: field.value..<draft.units[unit].range.upperBound)))
        } else if let names = judge.byline(unit) {
            append(names)
        } else if draft.article.byline.isEmpty {
            append(judge.names.names(in: draft.pieces(unit).filter { !$0.isSymbol("(") && !$0.isSymbol(")") }))
        }
    }

    private mutating func append(_ names: [String]) {
        for name in names where !draft.article.byline.contains(name) { draft.article.byline.append(name) }
    }

    private mutating func collectDates(_ unit: Int) {
        let pieces = draft.pieces(unit)
        let isPrintEdition = pieces.contains { $0.key == "edition" }
        for (date, role) in PublicationReader(lexicon: judge.lexicon).dates(in: pieces)
        where !draft.isArchive && !isPrintEdition {
            draft.dates.add(date, role: role, place: .tail, text: draft.text(unit))
        }
        if let name = judge.imprint(pieces) { draft.publishers.add(name, place: .imprint) }
    }

    private mutating func collectPublisher(_ unit: Int) {
        draft.notePublisher(in: draft.units[unit].range, judge: judge)
    }

    /// Datelines that open paragraphs: any in the first one, those in capitals further on.
    private mutating func cutDatelines() {
        var isFirst = true
        for unit in draft.bodyStart..<max(draft.bodyStart, end) where draft.labels[unit] == .paragraph {
            var reader = DatelineReader(bytes: draft.bytes, lexicon: draft.lexicon, range: draft.units[unit].range)
            let line = reader.read(isFirst: isFirst) ?? (isFirst && draft.isArchive ? reader.leadingCapitals() : nil)
            if let line, isFirst || line.isUnmistakable { cut(line, unit) }
            isFirst = false
        }
    }

    private mutating func cut(_ line: Dateline, _ unit: Int) {
        draft.cuts[unit] = ArticleDraft.Cut(end: line.end, label: line.isDesk ? .deskTag : .dateline)
        guard draft.article.dateline == nil else { return }
        draft.article.dateline = line.text
        draft.article.datelinePlace = line.place
        draft.article.datelineAgency = line.agency
        if let agency = line.agency, agency.contains(" ") { draft.publishers.add(agency, place: .agency) }
        if let date = line.date?.date { draft.dates.add(date, role: .plain, place: .dateline, text: line.text) }
    }
}

extension Dateline {
    /// In capitals: counts in any paragraph.
    var isUnmistakable: Bool {
        guard let place, isStrong, !isDesk else { return false }
        return place.count >= 3 && place == place.uppercased()
    }
}

extension ArticleDraft {
    /// Takes an outlet's name from an imprint or a notice.
    mutating func notePublisher(in range: Range<Int>, judge: UnitJudge) {
        let pieces = pieces(in: range)
        guard let name = judge.imprint(pieces) ?? judge.menuName(pieces) else { return }
        let isCopyright = pieces.prefix(3).contains { $0.key == "©" || $0.key == "copyright" }
        publishers.add(name, place: isCopyright ? .copyright : .notice)
    }
}
