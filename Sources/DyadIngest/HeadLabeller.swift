import DyadCore

/// Finds where the body begins and labels what stands above it.
struct HeadLabeller {
    let judge: UnitJudge
    var draft: ArticleDraft
    var repeats: [UInt64: Int] = [:]
    var candidates: [Int] = []
    var captionHashes: Set<UInt64> = []
    var dateLines: [Int] = []
    var datelineUnit: Int?

    /// The draft with its head labelled, its title, deck, date, byline and publisher found.
    static func label(_ draft: ArticleDraft, judge: UnitJudge) -> ArticleDraft {
        var labeller = HeadLabeller(judge: judge, draft: draft)
        labeller.run()
        return labeller.draft
    }

    private init(judge: UnitJudge, draft: ArticleDraft) {
        self.judge = judge
        self.draft = draft
    }

    mutating func run() {
        for unit in draft.units.prefix(40) { repeats[unit.facts.hash, default: 0] += 1 }
        draft.bodyStart = bodyStart()
        for unit in 0..<draft.bodyStart { label(unit) }
        chooseTitle()
        readDateLines()
        chooseDeck()
        labelLeftovers()
    }

    func facts(_ unit: Int) -> LineFacts { draft.units[unit].facts }
}

// What each unit of the head is.
extension HeadLabeller {
    mutating func label(_ unit: Int) {
        if let field = judge.field(unit) {
            take(field: field, unit: unit)
        } else if judge.isDateLine(unit), !isTitleWithDate(unit) {
            takeDateLine(unit)
        } else if let label = judge.furniture(unit) {
            take(furniture: label, unit: unit)
        } else if let names = judge.byline(unit) {
            draft.labels[unit] = .byline
            addNames(names)
        } else if isAuthorLine(unit) {
            draft.labels[unit] = .byline
            addNames(judge.names.names(in: draft.pieces(unit)))
        } else if let dateline = ownDateline(unit) {
            take(dateline: dateline, unit: unit)
        } else if judge.hasAgencyTail(unit) && !candidates.isEmpty {
            take(furniture: .caption, unit: unit)
        } else if judge.isForeign(unit) && !candidates.isEmpty {
            draft.labels[unit] = .footer
        } else {
            candidates.append(unit)
        }
    }

    mutating func take(furniture label: BlockLabel, unit: Int) {
        if label == .caption {
            let isNew = captionHashes.insert(facts(unit).hash).inserted
            draft.labels[unit] = isNew ? .caption : .repeatedCaption
            return
        }
        draft.labels[unit] = label
        if label == .byline { draft.takeCredit(unit, judge: judge) }
        noteOutlet(unit)
    }

    mutating func addNames(_ names: [String]) {
        for name in names where !draft.article.byline.contains(name) { draft.article.byline.append(name) }
    }

    /// Names without "By", once a headline has been seen.
    func isAuthorLine(_ unit: Int) -> Bool {
        guard judge.isNameLine(unit), repeats[facts(unit).hash, default: 0] < 2 else { return false }
        return !candidates.isEmpty || hasBetterTitle(after: unit)
    }

    func hasBetterTitle(after unit: Int) -> Bool {
        (unit + 1..<max(unit + 1, min(unit + 12, draft.bodyStart))).contains { later in
            facts(later).words >= 5 && judge.furniture(later) == nil && !judge.isDateLine(later)
                && judge.byline(later) == nil && !judge.isSentence(later)
        }
    }

    /// "WEEK IN REVIEW: Friday 1 December 2023" when nothing else could be the headline.
    func isTitleWithDate(_ unit: Int) -> Bool {
        guard candidates.isEmpty, facts(unit).rest >= 2, facts(unit).separators == 0,
            !facts(unit).startsPublished, !facts(unit).startsUpdated, judge.byline(unit) == nil, !draft.isArchive
        else { return false }
        let pieces = draft.pieces(unit)
        if pieces.contains(where: { draft.lexicon.has(.outlet, $0.key) }) { return false }
        return !(unit + 1..<max(unit + 1, min(unit + 12, draft.bodyStart))).contains {
            facts($0).words >= 4 && isPlain($0)
        }
    }

    func isPlain(_ unit: Int) -> Bool {
        judge.furniture(unit) == nil && !judge.isDateLine(unit) && judge.byline(unit) == nil
            && !judge.isNameLine(unit)
    }

    mutating func takeDateLine(_ unit: Int) {
        draft.labels[unit] = .publication
        dateLines.append(unit)
        let pieces = draft.pieces(unit)
        if let names = judge.byline(unit) { addNames(names) }
        for segment in judge.segments(pieces) { takeSegment(segment) }
        if let imprint = judge.imprint(pieces) { draft.publishers.add(imprint, place: .imprint) }
    }

    /// A name of an outlet or a person beside the date.
    mutating func takeSegment(_ segment: [TextPiece]) {
        let reader = DateReader(lexicon: draft.lexicon, pieces: segment)
        let dates = reader.dates()
        let stop = dates.first?.pieces.lowerBound ?? segment.count
        let words = Array(segment[..<stop])
        if let name = outletName(words) ?? namedPublisher(words, of: segment) {
            draft.publishers.add(name, place: .head)
        }
        if dates.isEmpty, draft.article.byline.isEmpty, judge.names.isNameLine(words), outletName(words) == nil,
            !candidates.isEmpty
        {
            addNames(judge.names.names(in: words))
        }
    }

    /// A name before the date when the author is named elsewhere: "El Faro del Norte, 18 February 2024".
    func namedPublisher(_ words: [TextPiece], of segment: [TextPiece]) -> String? {
        guard words.count < segment.count, words.count(where: { $0.kind == .word }) >= 2,
            words.allSatisfy({ !draft.lexicon.has(.published, $0.key) }), words[0].kind == .word,
            let name = judge.capitalisedName(words), name.contains(" "), !draft.article.byline.isEmpty
        else { return nil }
        return draft.article.byline.contains(name) || draft.lexicon.weekdays[words[0].key] != nil ? nil : name
    }

    func outletName(_ pieces: [TextPiece]) -> String? {
        guard let name = judge.capitalisedName(pieces) else { return nil }
        let isOutlet = pieces.prefix(7).contains { draft.lexicon.has(.outlet, $0.key) && $0.isCapitalised }
        return isOutlet && name.contains(" ") ? name : nil
    }

    mutating func noteOutlet(_ unit: Int) {
        guard let segment = judge.segments(draft.pieces(unit)).first, let name = outletName(segment) else { return }
        draft.publishers.add(name, place: .head)
    }

    /// The date above the headline is often that of the visit, so one below it wins.
    mutating func readDateLines() {
        let title = draft.labels.firstIndex { $0 == .title } ?? 0
        for unit in dateLines {
            let isBanner = unit < title && !draft.isArchive && !facts(unit).startsPublished
            addDates(of: unit, place: isBanner ? .banner : .head)
        }
    }

    mutating func addDates(of unit: Int, place: PublicationDates.Place) {
        let reader = PublicationReader(lexicon: draft.lexicon)
        let text = draft.text(unit)
        for (date, role) in reader.dates(in: draft.pieces(unit)) {
            draft.dates.add(date, role: role, place: place, text: text)
        }
    }

    /// A dateline alone on its line.
    func ownDateline(_ unit: Int) -> Dateline? {
        guard !candidates.isEmpty, facts(unit).words <= 14, !facts(unit).endsSentence else { return nil }
        var reader = DatelineReader(bytes: draft.bytes, lexicon: draft.lexicon, range: draft.units[unit].range)
        guard let line = reader.read(isFirst: false), line.isStrong, !line.isDesk else { return nil }
        return line
    }

    mutating func take(dateline: Dateline, unit: Int) {
        draft.labels[unit] = .dateline
        draft.article.dateline = dateline.text
        draft.article.datelinePlace = dateline.place
        draft.article.datelineAgency = dateline.agency
        let rest = draft.pieces(in: dateline.end..<max(dateline.end, draft.units[unit].range.upperBound))
        let sentences = rest.split { $0.isSymbol(".") }
        for sentence in sentences.map(Array.init) {
            if let name = outletName(sentence) {
                draft.publishers.add(name, place: .head)
            } else {
                addNames(judge.names.names(in: sentence))
            }
        }
    }
}

// Fields of exports.
extension HeadLabeller {
    mutating func take(field: (kind: LexiconKind, value: Int), unit: Int) {
        let value = field.value..<draft.units[unit].range.upperBound
        let text = value.isEmpty ? "" : draft.text(value)
        draft.labels[unit] = .footer
        guard !text.isEmpty else { return }
        switch field.kind {
        case .fieldTitle: setField(.title, value, unit) { $0.title = text }
        case .fieldDeck: setField(.deck, value, unit) { $0.deck = text }
        case .fieldCaption: setField(.caption, value, unit) { _ in }
        case .fieldByline:
            draft.labels[unit] = .byline
            addNames(judge.names.names(in: draft.pieces(in: value)))
        case .fieldDate:
            draft.labels[unit] = .publication
            addDates(of: unit, place: .field)
        case .fieldPublisher:
            draft.labels[unit] = .publication
            draft.publishers.add(text, place: .field)
        case .fieldDateline:
            draft.labels[unit] = .dateline
            setDateline(text, value)
        default:
            if !draft.isArchive, hasTitleField, draft.pieces(unit).first?.key == "source" {
                draft.labels[unit] = .publication
                draft.publishers.add(text, place: .field)
            }
        }
    }

    var hasTitleField: Bool {
        (0..<min(20, draft.bodyStart)).contains { judge.field($0)?.kind == .fieldTitle }
    }

    mutating func setField(
        _ label: BlockLabel, _ value: Range<Int>, _ unit: Int, _ set: (inout Article) -> Void
    ) {
        draft.labels[unit] = label
        draft.cuts[unit] = ArticleDraft.Cut(end: value.lowerBound, label: .footer)
        set(&draft.article)
    }

    mutating func setDateline(_ text: String, _ value: Range<Int>) {
        draft.article.dateline = text
        let place = draft.pieces(in: value).prefix { !$0.isSymbol(",") && $0.kind != .number }
        if let first = place.first, let last = place.last {
            draft.article.datelinePlace = draft.text(first.start..<last.end)
        }
    }
}

extension LexiconMatch {
    /// "Read more", "Most read".
    var isLinkHeading: Bool {
        whole.overlaps(LexiconKinds(.links, .link)) || opening.overlaps(LexiconKinds(.links, .link))
    }
}
