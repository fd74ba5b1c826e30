import DyadCore

/// Finds the comment section and labels everything from it to the end.
struct TailLabeller {
    private let judge: UnitJudge
    private var draft: ArticleDraft

    /// The draft with the start of its comments set, if it has any.
    static func findComments(_ draft: ArticleDraft, judge: UnitJudge) -> ArticleDraft {
        var labeller = TailLabeller(judge: judge, draft: draft)
        labeller.find()
        return labeller.draft
    }

    /// The draft with its comments read and the lines below them labelled.
    static func label(_ draft: ArticleDraft, judge: UnitJudge) -> ArticleDraft {
        var labeller = TailLabeller(judge: judge, draft: draft)
        labeller.label()
        return labeller.draft
    }

    private mutating func find() {
        guard !draft.isArchive else { return }
        let behind = proseBehind()
        let all = behind[min(draft.bodyStart, draft.units.count)]
        var attempts = 0
        for unit in draft.units.indices where unit > draft.bodyStart && isHeader(draft.units[unit]) {
            if behind[unit] * 5 <= all * 2 || (isNearStamp(unit) && attempts < 4 && hasComments(below: unit)) {
                draft.commentStart = unit
                return
            }
            attempts += 1
        }
        draft.commentStart = headless()
    }

    private func hasComments(below unit: Int) -> Bool {
        let lines = draft.units[unit].lines.upperBound..<draft.part.upperBound
        return !CommentReader.read(draft, judge: judge, lines: lines, published: nil).comments.isEmpty
    }

    /// Words of paragraphs from each unit to the end.
    private func proseBehind() -> [Int] {
        var out = [Int](repeating: 0, count: draft.units.count + 1)
        for unit in draft.units.indices.reversed() {
            let isProse = judge.isStrongProse(unit) && judge.furniture(unit) == nil && !judge.isForeign(unit)
            out[unit] = out[unit + 1] + (isProse ? draft.units[unit].facts.words : 0)
        }
        return out
    }

    private func isHeader(_ unit: TextUnit) -> Bool {
        guard unit.facts.words <= 10, unit.lines.count == 1 else { return false }
        let kinds = LexiconKinds(.comments, .noComments)
        return unit.facts.match.whole.overlaps(kinds) || unit.facts.covered.overlaps(kinds)
    }

    /// A date or "2 hours ago" stands within the next few units.
    private func isNearStamp(_ unit: Int) -> Bool {
        draft.units[unit..<min(draft.units.count, unit + 6)].contains { $0.facts.hasAgo || $0.facts.hasDate }
    }

    /// Comments without a heading: two or more lines of a name and a date or relative time, near the end.
    private func headless() -> Int? {
        var found: [Int] = []
        for unit in draft.units.indices where unit > draft.bodyStart + 1 {
            let facts = draft.units[unit].facts
            let isStamp = (facts.hasAgo || (facts.hasDate && facts.hasTime)) && (1...6).contains(facts.rest)
            let isOther = facts.startsPublished || facts.startsUpdated || facts.endsSentence
            if isStamp && facts.words <= 18 && !isOther
                && (facts.separators + facts.bullet > 0 || (facts.hasTime && facts.words <= 12))
            {
                found.append(unit)
            }
        }
        guard found.count >= 2, let first = found.first else { return nil }
        return first
    }

    private mutating func label() {
        guard let start = draft.commentStart else { return }
        let first = draft.units[start].lines.lowerBound
        let published = draft.article.document.published ?? draft.dates.date
        let hasHeader = isHeader(draft.units[start])
        let lines = (hasHeader ? first + 1 : first)..<draft.part.upperBound
        let result = CommentReader.read(draft, judge: judge, lines: lines, published: published)
        draft.article.comments = result.comments
        draft.lineLabels = result.labels
        if hasHeader { draft.lineLabels[first] = headerLabel(first) }
        labelFoot(from: max(result.end, hasHeader ? first + 1 : first))
    }

    private func headerLabel(_ line: Int) -> BlockLabel {
        draft.facts[line].match.whole.contains(.noComments) ? .footer : .commentHeader
    }

    private mutating func labelFoot(from start: Int) {
        var isInLinks = false
        for index in start..<max(start, draft.part.upperBound) where !draft.lines[index].isBlank {
            let label = footLabel(index, isInLinks: isInLinks)
            isInLinks = label == .link
            draft.lineLabels[index] = label
            draft.notePublisher(in: draft.lines[index].text, judge: judge)
        }
    }

    private func footLabel(_ index: Int, isInLinks: Bool) -> BlockLabel {
        let facts = draft.facts[index]
        if facts.isKind(LexiconKinds(.links, .link)) || facts.covered.contains(.links) { return .link }
        if facts.match.whole.contains(.comments) { return .commentHeader }
        if facts.isKind(LexiconKinds(.share)) || facts.covered.contains(.share) { return .share }
        if facts.isKind(LexiconKinds(.authorNote)) { return .authorNote }
        let isKnown =
            facts.isKind(LexiconKinds(.footer, .noComments, .legal))
            || facts.match.inside.overlaps(LexiconKinds(.notice, .legal))
            || !facts.covered.isEmpty
        return isInLinks && !isKnown && facts.words >= 2 && facts.words <= 30 ? .link : .footer
    }
}
