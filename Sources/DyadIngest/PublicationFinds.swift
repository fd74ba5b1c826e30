import DyadCore

/// Candidates for the day of publication, the best of which wins.
struct PublicationDates {
    /// Where a date was found, best first.
    enum Place: Int { case field, head, banner, dateline, tail }

    /// What the words before it say.
    enum Role: Int { case published, plain, updated }

    private var best: (order: (Int, Int), date: CalendarDate, text: String)?

    /// The winner.
    var date: CalendarDate? { best?.date }
    /// The words it was read from.
    var text: String? { best?.text }

    /// Adds a candidate; of equals the first stays.
    mutating func add(_ date: CalendarDate, role: Role, place: Place, text: String) {
        let order = (place.rawValue, role.rawValue)
        if let best, best.order <= order { return }
        best = (order, date, text)
    }
}

/// Candidates for the outlet's name.
struct PublisherNames {
    /// Where a name was found, best first.
    enum Place: Int { case field, titleSuffix, imprint, copyright, head, notice, agency }

    private var best: (place: Place, name: String)?

    /// The winner.
    var name: String? { best?.name }

    /// Adds a candidate; of equals the first stays.
    mutating func add(_ name: String, place: Place) {
        if name.isEmpty { return }
        if let best, best.place.rawValue <= place.rawValue { return }
        best = (place, name)
    }
}

/// Reads publication lines such as "First published: 12 Aug 2019 | Updated: 13 Aug 2019".
struct PublicationReader {
    let lexicon: BlockLexicon

    /// The dates of a line with the role that the words before each give it.
    func dates(in pieces: [TextPiece]) -> [(date: CalendarDate, role: PublicationDates.Role)] {
        let found = DateReader(lexicon: lexicon, pieces: pieces).dates()
        let published = TimedPieces.ranges(of: LexiconKinds(.published), lexicon, pieces)
        let updated = TimedPieces.ranges(of: LexiconKinds(.updated), lexicon, pieces)
        return found.compactMap { match in
            guard let date = settled(match, in: pieces) else { return nil }
            return (date, role(at: match.pieces.lowerBound, published: published, updated: updated))
        }
    }

    private func role(
        at index: Int, published: [Range<Int>], updated: [Range<Int>]
    ) -> PublicationDates.Role {
        let last = published.last { $0.lowerBound < index }?.lowerBound ?? -1
        let change = updated.last { $0.lowerBound < index }?.lowerBound ?? -1
        if last < 0 && change < 0 { return .plain }
        return last > change ? .published : .updated
    }

    /// 3/5/2024 read by the weekday beside it or by an American time zone, else day first.
    func settled(_ match: DateMatch, in pieces: [TextPiece]) -> CalendarDate? {
        guard match.isAmbiguous, let date = match.date, let other = match.swapped.date else { return match.date }
        let weekdays = Set(pieces.compactMap { lexicon.weekdays[$0.key] })
        if weekdays.contains(date.weekday) { return date }
        if weekdays.contains(other.weekday) { return other }
        let isAmerican = pieces.contains { $0.kind == .word && lexicon.has(.zoneUs, $0.key) }
        return isAmerican ? other : date
    }
}
