import DyadCore

/// Finds where the body begins and labels what stands above it.
struct HeadLabeller {
    private let judge: UnitJudge
    private var draft: ArticleDraft
    private var repeats: [UInt64: Int] = [:]
    private var candidates: [Int] = []
    private var captionHashes: Set<UInt64> = []
    private var dateLines: [Int] = []
    private var datelineUnit: Int?

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

    private mutating func run() {
        for unit in draft.units.prefix(40) { repeats[unit.facts.hash, default: 0] += 1 }
        draft.bodyStart = bodyStart()
        for unit in 0..<draft.bodyStart { label(unit) }
        chooseTitle()
        readDateLines()
        chooseDeck()
        labelLeftovers()
    }

    private func facts(_ unit: Int) -> LineFacts { draft.units[unit].facts }
}

// Where the body begins.
extension HeadLabeller {
    private mutating func bodyStart() -> Int {
        let limit = draft.units.count
        if limit == 1 { return 0 }
        if draft.isArchive, let field = lastHeadField() { return min(field + 1, limit) }
        let prose = firstProse(from: 0) ?? firstSentence() ?? min(1, limit)
        if let list = listStart(before: prose) { return list }
        if let dateline = strongDateline(near: prose) {
            datelineUnit = dateline
            return dateline
        }
        return withShortLead(afterDeck(prose))
    }

    /// The last field above the text of an exported article; what follows is body.
    private func lastHeadField() -> Int? {
        var last: Int?
        for unit in draft.units.indices {
            if let field = judge.field(unit), field.kind != .fieldCaption {
                last = unit
            } else if last != nil, judge.isStrongProse(unit) {
                break
            }
        }
        return last
    }

    private func isBodyLike(_ unit: Int) -> Bool {
        judge.furniture(unit) == nil && !judge.isDateLine(unit) && !judge.isForeign(unit) && judge.field(unit) == nil
            && repeats[facts(unit).hash, default: 0] < 2 && judge.byline(unit) == nil
    }

    private func firstProse(from start: Int) -> Int? {
        (start..<draft.units.count).first { judge.isStrongProse($0) && isBodyLike($0) }
    }

    private func firstSentence() -> Int? {
        draft.units.indices.first { judge.isSentence($0) && isBodyLike($0) }
    }

    /// A list of points above the first paragraph, with its heading.
    private func listStart(before prose: Int) -> Int? {
        var run = 0
        for unit in 0..<prose {
            let isPoint = facts(unit).bullet > 0 && facts(unit).words >= 4 && judge.furniture(unit) == nil
            run = isPoint ? run + 1 : 0
            if run == 2 {
                let first = unit - 1
                return first > 0 && draft.units[first - 1].facts.match.isLinkHeading ? nil : first
            }
        }
        return nil
    }

    /// A paragraph near the top whose dateline leaves no doubt; what stands above it is no body.
    private func strongDateline(near prose: Int) -> Int? {
        var words = 0
        for unit in max(0, prose - 3)..<min(draft.units.count, prose + 4) {
            var reader = DatelineReader(bytes: draft.bytes, lexicon: draft.lexicon, range: draft.units[unit].range)
            if judge.isSentence(unit), let line = reader.read(isFirst: false), line.isStrong { return unit }
            if unit >= prose { words += facts(unit).words }
            if words > 90 { return nil }
        }
        return nil
    }

    /// A short first sentence straight above the first long paragraph belongs to the body, if a headline stands above.
    private func withShortLead(_ start: Int) -> Int {
        var first = start
        while first > 1, facts(first - 1).endsSentence, !facts(first - 1).endsQuestion, facts(first - 1).words >= 4,
            facts(first - 1).bullet == 0, isBodyLike(first - 1), !judge.hasAgencyTail(first - 1)
        {
            guard (0..<(first - 1)).suffix(8).contains(where: { isPlain($0) }) else { break }
            first -= 1
        }
        return first
    }

    /// A standfirst may be a full sentence: the body begins behind the byline or date under it.
    private func afterDeck(_ prose: Int) -> Int {
        guard prose > 0, facts(prose).words <= 45 else { return prose }
        for unit in (prose + 1)..<max(prose + 1, min(draft.units.count, prose + 4))
        where judge.isDateLine(unit) || judge.byline(unit) != nil {
            if let next = firstProse(from: unit + 1), firstProse(from: next + 1) != nil { return next }
        }
        return prose
    }
}

// What each unit of the head is.
extension HeadLabeller {
    private mutating func label(_ unit: Int) {
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

    private mutating func take(furniture label: BlockLabel, unit: Int) {
        if label == .caption {
            let isNew = captionHashes.insert(facts(unit).hash).inserted
            draft.labels[unit] = isNew ? .caption : .repeatedCaption
            return
        }
        draft.labels[unit] = label
        if label == .byline { draft.takeCredit(unit, judge: judge) }
        noteOutlet(unit)
    }

    private mutating func addNames(_ names: [String]) {
        for name in names where !draft.article.byline.contains(name) { draft.article.byline.append(name) }
    }

    /// Names without "By", once a headline has been seen.
    private func isAuthorLine(_ unit: Int) -> Bool {
        guard judge.isNameLine(unit), repeats[facts(unit).hash, default: 0] < 2 else { return false }
        return !candidates.isEmpty || hasBetterTitle(after: unit)
    }

    private func hasBetterTitle(after unit: Int) -> Bool {
        (unit + 1..<max(unit + 1, min(unit + 12, draft.bodyStart))).contains { later in
            facts(later).words >= 5 && judge.furniture(later) == nil && !judge.isDateLine(later)
                && judge.byline(later) == nil && !judge.isSentence(later)
        }
    }

    /// "WEEK IN REVIEW: Friday 1 December 2023" when nothing else could be the headline.
    private func isTitleWithDate(_ unit: Int) -> Bool {
        guard candidates.isEmpty, facts(unit).rest >= 2, facts(unit).separators == 0,
            !facts(unit).startsPublished, !facts(unit).startsUpdated, judge.byline(unit) == nil, !draft.isArchive
        else { return false }
        let pieces = draft.pieces(unit)
        if pieces.contains(where: { draft.lexicon.has(.outlet, $0.key) }) { return false }
        return !(unit + 1..<max(unit + 1, min(unit + 12, draft.bodyStart))).contains {
            facts($0).words >= 4 && isPlain($0)
        }
    }

    private func isPlain(_ unit: Int) -> Bool {
        judge.furniture(unit) == nil && !judge.isDateLine(unit) && judge.byline(unit) == nil
            && !judge.isNameLine(unit)
    }

    private mutating func takeDateLine(_ unit: Int) {
        draft.labels[unit] = .publication
        dateLines.append(unit)
        let pieces = draft.pieces(unit)
        if let names = judge.byline(unit) { addNames(names) }
        for segment in judge.segments(pieces) { takeSegment(segment) }
        if let imprint = judge.imprint(pieces) { draft.publishers.add(imprint, place: .imprint) }
    }

    /// A name of an outlet or a person beside the date.
    private mutating func takeSegment(_ segment: [TextPiece]) {
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
    private func namedPublisher(_ words: [TextPiece], of segment: [TextPiece]) -> String? {
        guard words.count < segment.count, words.count(where: { $0.kind == .word }) >= 2,
            words.allSatisfy({ !draft.lexicon.has(.published, $0.key) }), words[0].kind == .word,
            let name = judge.capitalisedName(words), name.contains(" "), !draft.article.byline.isEmpty
        else { return nil }
        return draft.article.byline.contains(name) || draft.lexicon.weekdays[words[0].key] != nil ? nil : name
    }

    private func outletName(_ pieces: [TextPiece]) -> String? {
        guard let name = judge.capitalisedName(pieces) else { return nil }
        let isOutlet = pieces.prefix(7).contains { draft.lexicon.has(.outlet, $0.key) && $0.isCapitalised }
        return isOutlet && name.contains(" ") ? name : nil
    }

    private mutating func noteOutlet(_ unit: Int) {
        guard let segment = judge.segments(draft.pieces(unit)).first, let name = outletName(segment) else { return }
        draft.publishers.add(name, place: .head)
    }

    /// The date above the headline is often that of the visit, so one below it wins.
    private mutating func readDateLines() {
        let title = draft.labels.firstIndex { $0 == .title } ?? 0
        for unit in dateLines {
            let isBanner = unit < title && !draft.isArchive && !facts(unit).startsPublished
            addDates(of: unit, place: isBanner ? .banner : .head)
        }
    }

    private mutating func addDates(of unit: Int, place: PublicationDates.Place) {
        let reader = PublicationReader(lexicon: draft.lexicon)
        let text = draft.text(unit)
        for (date, role) in reader.dates(in: draft.pieces(unit)) {
            draft.dates.add(date, role: role, place: place, text: text)
        }
    }

    /// A dateline alone on its line.
    private func ownDateline(_ unit: Int) -> Dateline? {
        guard !candidates.isEmpty, facts(unit).words <= 14, !facts(unit).endsSentence else { return nil }
        var reader = DatelineReader(bytes: draft.bytes, lexicon: draft.lexicon, range: draft.units[unit].range)
        guard let line = reader.read(isFirst: false), line.isStrong, !line.isDesk else { return nil }
        return line
    }

    private mutating func take(dateline: Dateline, unit: Int) {
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
    private mutating func take(field: (kind: LexiconKind, value: Int), unit: Int) {
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

    private var hasTitleField: Bool {
        (0..<min(20, draft.bodyStart)).contains { judge.field($0)?.kind == .fieldTitle }
    }

    private mutating func setField(
        _ label: BlockLabel, _ value: Range<Int>, _ unit: Int, _ set: (inout Article) -> Void
    ) {
        draft.labels[unit] = label
        draft.cuts[unit] = ArticleDraft.Cut(end: value.lowerBound, label: .footer)
        set(&draft.article)
    }

    private mutating func setDateline(_ text: String, _ value: Range<Int>) {
        draft.article.dateline = text
        let place = draft.pieces(in: value).prefix { !$0.isSymbol(",") && $0.kind != .number }
        if let first = place.first, let last = place.last {
            draft.article.datelinePlace = draft.text(first.start..<last.end)
        }
    }
}

// Title, deck and what is left.
extension HeadLabeller {
    private mutating func chooseTitle() {
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

    private func bestTitle() -> Int? {
        var best: (score: Int, unit: Int)?
        for (position, unit) in candidates.enumerated() {
            let score = titleScore(unit) + (position == 0 ? 1 : 0)
            if score > best?.score ?? 0 { best = (score, unit) }
        }
        return best?.unit
    }

    private func titleScore(_ unit: Int) -> Int {
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

    private func isOutletLine(_ unit: Int) -> Bool {
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
    private mutating func takeSuffixedTitles(_ title: Int) {
        let pieces = draft.pieces(title)
        for unit in candidates where draft.labels[unit] == nil {
            let other = draft.pieces(unit)
            takeSuffix(long: other, short: pieces, unit: unit, title: title)
            takeSuffix(long: pieces, short: other, unit: unit, title: title)
        }
    }

    private mutating func takeSuffix(long: [TextPiece], short: [TextPiece], unit: Int, title: Int) {
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
    private mutating func takeArchiveHead() {
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
    private func isAfterOutlet(_ unit: Int) -> Bool {
        candidates.contains { $0 < unit } || draft.labels[..<unit].contains(.publication)
    }

    private mutating func chooseDeck() {
        guard draft.article.title != nil, draft.article.deck == nil else { return }
        guard let title = draft.labels.firstIndex(where: { $0 == .title }) else { return }
        guard let deck = candidates.first(where: { $0 > title && isDeck($0) }) else { return }
        draft.labels[deck] = .deck
        draft.article.deck = draft.text(deck)
        candidates.removeAll { $0 == deck }
    }

    private func isDeck(_ unit: Int) -> Bool {
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
    private func isHeadingOfBody(_ unit: Int) -> Bool {
        unit + 1 == draft.bodyStart && unit + 1 < draft.units.count && draft.units[unit + 1].facts.bullet > 0
    }

    /// "TBILISI" alone in capitals, below the date or the byline and straight above the text.
    private func isPlaceLine(_ unit: Int) -> Bool {
        let facts = facts(unit)
        guard unit + 1 == draft.bodyStart, facts.isAllUpper, facts.words <= 2, facts.english == 0, !facts.endsSentence,
            !isHeadingOfBody(unit), datelineUnit == nil
        else { return false }
        return draft.labels[..<unit].suffix(12).contains { $0 == .publication || $0 == .byline || $0 == .share }
    }

    private mutating func labelLeftovers() {
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

extension LexiconMatch {
    /// "Read more", "Most read".
    var isLinkHeading: Bool {
        whole.overlaps(LexiconKinds(.links, .link)) || opening.overlaps(LexiconKinds(.links, .link))
    }
}
