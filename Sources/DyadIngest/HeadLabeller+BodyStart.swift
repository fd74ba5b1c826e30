import DyadCore

// Where the body begins.
extension HeadLabeller {
    mutating func bodyStart() -> Int {
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
    func lastHeadField() -> Int? {
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

    func isBodyLike(_ unit: Int) -> Bool {
        judge.furniture(unit) == nil && !judge.isDateLine(unit) && !judge.isForeign(unit) && judge.field(unit) == nil
            && repeats[facts(unit).hash, default: 0] < 2 && judge.byline(unit) == nil
    }

    func firstProse(from start: Int) -> Int? {
        (start..<draft.units.count).first { judge.isStrongProse($0) && isBodyLike($0) }
    }

    func firstSentence() -> Int? {
        draft.units.indices.first { judge.isSentence($0) && isBodyLike($0) }
    }

    /// A list of points above the first paragraph, with its heading.
    func listStart(before prose: Int) -> Int? {
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
    func strongDateline(near prose: Int) -> Int? {
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
    func withShortLead(_ start: Int) -> Int {
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
    func afterDeck(_ prose: Int) -> Int {
        guard prose > 0, facts(prose).words <= 45 else { return prose }
        for unit in (prose + 1)..<max(prose + 1, min(draft.units.count, prose + 4))
        where judge.isDateLine(unit) || judge.byline(unit) != nil {
            if let next = firstProse(from: unit + 1), firstProse(from: next + 1) != nil { return next }
        }
        return prose
    }
}
