import DyadCore

// Opening lines.
extension CommentReader {
    func stamp(at index: Int) -> CommentStamp? {
        let facts = draft.facts[index]
        guard facts.hasDate || facts.hasAgo, facts.words <= 22, facts.rest <= 9, !isHeader(index) else { return nil }
        let line = draft.lines[index]
        let start = line.text.lowerBound + (facts.isNumbered ? facts.bullet : bulletLength(index))
        let pieces = PieceReader.pieces(of: draft.bytes, in: start..<line.text.upperBound)
        let timed = TimedPieces(lexicon: draft.lexicon, pieces: pieces)
        guard let core = timed.core, core.lowerBound <= 12 else { return nil }
        let before = tidy(Array(pieces[..<core.lowerBound]))
        let tail = Array(pieces[core.upperBound...].drop { isZoneOrSign($0) })
        let after = isReply(tail) ? tail : tidy(tail)
        let name = before.isEmpty ? after : before
        guard name.count(where: { $0.kind != .symbol }) <= 6, !isSentence(name), before.isEmpty || after.count <= 9
        else {
            return nil
        }
        if !before.isEmpty && !after.isEmpty && !isReply(after) { return nil }
        var stamp = CommentStamp(first: index, line: index, text: nil)
        stamp.timeText = draft.text(pieces[core.lowerBound].start..<pieces[core.upperBound - 1].end)
        stamp.time = time(timed, pieces)
        set(name: before.isEmpty ? after : before + after, &stamp)
        if stamp.author == nil { takeAuthorAbove(&stamp) }
        return stamp
    }

    func isSentence(_ pieces: [TextPiece]) -> Bool {
        guard let last = pieces.last else { return false }
        let words = pieces.filter { $0.kind == .word }
        return words.count > 3 && ([".", "!", "?"].contains(last.key) || words.count { !$0.isCapitalised } > 3)
    }

    func isReply(_ pieces: [TextPiece]) -> Bool {
        !TimedPieces.ranges(of: LexiconKinds(.reply), draft.lexicon, pieces).isEmpty
    }

    func isZoneOrSign(_ piece: TextPiece) -> Bool {
        piece.kind == .symbol || draft.lexicon.has(.zone, piece.key) || draft.lexicon.has(.zoneUs, piece.key)
    }

    func bulletLength(_ index: Int) -> Int { draft.facts[index].isNumbered ? 0 : draft.facts[index].bullet }

    /// Without separators, "Posted by", "says", buttons and a number at either end.
    func tidy(_ pieces: [TextPiece]) -> [TextPiece] {
        let kinds = LexiconKinds(.published, .byline, .filler, .says, .button, .share, .zone, .updated)
        var out = pieces[...]
        if pieces.count > 2, pieces[0].isSymbol("#"), pieces[1].kind == .number { out = out.dropFirst(2) }
        let ranges = TimedPieces.ranges(of: kinds, draft.lexicon, pieces)
        for range in ranges where range.lowerBound == out.startIndex || startsWithSigns(pieces, range.lowerBound) {
            if range.upperBound >= out.startIndex { out = out[min(range.upperBound, out.endIndex)...] }
        }
        for range in ranges.reversed() where range.upperBound <= out.endIndex && range.lowerBound >= out.startIndex {
            let tail = pieces[range.upperBound..<out.endIndex]
            if tail.allSatisfy({ $0.kind == .symbol }) { out = out[..<range.lowerBound] }
        }
        while let first = out.first, isLooseSign(first) || draft.lexicon.weekdays[first.key] != nil {
            out = out.dropFirst()
        }
        while let last = out.last, isLooseSign(last) && !last.isSymbol(")") || draft.lexicon.weekdays[last.key] != nil {
            out = out.dropLast()
        }
        if let last = out.last, last.isSymbol("("), out.count > 1 { out = out.dropLast() }
        return Array(out)
    }

    func startsWithSigns(_ pieces: [TextPiece], _ end: Int) -> Bool {
        pieces[..<end].allSatisfy { $0.kind == .symbol || $0.kind == .number }
    }

    func isLooseSign(_ piece: TextPiece) -> Bool {
        piece.kind == .symbol && !["~", "@", ".", "_", "*"].contains(piece.key)
    }

    func set(name pieces: [TextPiece], _ stamp: inout CommentStamp) {
        guard let first = pieces.first, let last = pieces.last else { return }
        if let reply = TimedPieces.ranges(of: LexiconKinds(.reply), draft.lexicon, pieces).first {
            stamp.author = name(pieces[..<reply.lowerBound])
            stamp.replyTo = name(pieces[reply.upperBound...])
        } else if let arrow = pieces.firstIndex(where: { ["→", "►", "▶", "»", ">", "↳"].contains($0.key) }), arrow > 0 {
            stamp.author = name(pieces[..<arrow])
            stamp.replyTo = name(pieces[(arrow + 1)...])
        } else {
            stamp.author = draft.text(first.start..<last.end)
        }
    }

    func name(_ pieces: ArraySlice<TextPiece>) -> String? {
        let kept = pieces.drop { isLooseSign($0) }
        guard let first = kept.first,
            let last = kept.last(where: { !isLooseSign($0) || $0.isSymbol(")") || $0.isSymbol(".") })
        else {
            return nil
        }
        return draft.text(first.start..<last.end)
    }

    /// A short line straight above that is no text of the comment before.
    func takeAuthorAbove(_ stamp: inout CommentStamp) {
        guard draft.facts[stamp.line].bullet == 0, let above = lineAbove(stamp.line) else { return }
        let facts = draft.facts[above]
        guard (1...7).contains(facts.words), !facts.hasDate, !facts.hasAgo, facts.covered.isEmpty else { return }
        let isUsual = facts.words <= 4 && namesStandAbove
        guard facts.bullet > 0 || isFirstOfGroup(above) || isUsual, !isHeader(above) else { return }
        if facts.endsSentence && facts.words > 4 && facts.bullet == 0 { return }
        let start = draft.lines[above].text.lowerBound + facts.bullet
        let pieces = PieceReader.pieces(of: draft.bytes, in: start..<draft.lines[above].text.upperBound)
        set(name: tidyAbove(pieces), &stamp)
        stamp.first = above
    }

    /// The author's line without "says:" and "Posted by".
    func tidyAbove(_ pieces: [TextPiece]) -> [TextPiece] {
        var out = tidy(pieces)
        if let last = pieces.last, last.isSymbol(".") || last.isSymbol(")"), out.last?.end != last.end, !out.isEmpty,
            pieces.count == out.count + 1
        {
            out.append(last)
        }
        return out
    }

    func lineAbove(_ index: Int) -> Int? {
        guard index > range.lowerBound else { return nil }
        return draft.lines[index - 1].isBlank ? nil : index - 1
    }

    /// A blank line, a row of buttons or the heading stands above.
    func isFirstOfGroup(_ index: Int) -> Bool {
        guard index > range.lowerBound else { return true }
        return draft.lines[index - 1].isBlank || !draft.facts[index - 1].covered.isEmpty || isHeader(index - 1)
            || draft.facts[index - 1].isKind(LexiconKinds(.footer, .button, .share))
            || draft.facts[index].words <= 3 && !draft.facts[index].endsSentence
    }
}

// Times.
extension CommentReader {
    func time(_ timed: TimedPieces, _ pieces: [TextPiece]) -> String? {
        guard let match = timed.dates.first, let day = day(match, pieces) else { return nil }
        guard let time = timed.times.first else { return day.description }
        return "\(day)T\(padded(time.hour)):\(padded(time.minute))"
    }

    func day(_ match: DateMatch, _ pieces: [TextPiece]) -> CalendarDate? {
        guard match.year == nil else {
            if match.isAmbiguous, let published, let first = match.date, let second = match.swapped.date {
                let distance = { (date: CalendarDate) in abs(date.daysSince1970 - published.daysSince1970) }
                return distance(second) < distance(first) ? second : first
            }
            return PublicationReader(lexicon: draft.lexicon).settled(match, in: pieces)
        }
        guard let published else { return nil }
        var dated = match
        dated.year = published.year
        if let date = dated.date, date < published { dated.year = published.year + 1 }
        return dated.date
    }

    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
