import DyadCore

/// A date in a line, with the pieces it covers.
struct DateMatch: Sendable {
    var year: Int?
    var month: Int
    var day: Int
    var pieces: Range<Int>
    /// True for 3/5/2024, which may be read in two ways.
    var isAmbiguous = false

    /// The day, when the year is printed.
    var date: CalendarDate? { year.flatMap { CalendarDate(year: $0, month: month, day: day) } }

    /// Day and month exchanged.
    var swapped: DateMatch {
        var out = self
        (out.month, out.day) = (day, month)
        return out
    }
}

/// A time of day in a line.
struct TimeMatch: Sendable {
    var hour: Int
    var minute: Int
    var pieces: Range<Int>
}

/// Finds dates and times among the pieces of a line.
struct DateReader {
    let lexicon: BlockLexicon
    let pieces: [TextPiece]

    /// All dates, left to right.
    func dates() -> [DateMatch] {
        var out: [DateMatch] = []
        var index = 0
        while index < pieces.count {
            if let match = date(at: index) {
                out.append(match)
                index = match.pieces.upperBound
            } else {
                index += 1
            }
        }
        return out
    }

    /// A date that begins with a given piece.
    func date(at index: Int) -> DateMatch? {
        guard index < pieces.count else { return nil }
        if pieces[index].kind == .number {
            return numericDate(at: index) ?? eastAsianDate(at: index) ?? dayFirstDate(at: index)
        }
        return monthFirstDate(at: index)
    }

    /// Times that lie outside the given dates.
    func times(outside dates: [DateMatch] = []) -> [TimeMatch] {
        var out: [TimeMatch] = []
        var index = 0
        while index < pieces.count {
            if let date = dates.first(where: { $0.pieces.contains(index) }) {
                index = date.pieces.upperBound
            } else if let match = time(at: index) {
                out.append(match)
                index = match.pieces.upperBound
            } else {
                index += 1
            }
        }
        return out
    }
}

extension DateReader {
    /// 12.11.2021, 2021-11-12, 03/05/24.
    private func numericDate(at index: Int) -> DateMatch? {
        guard let first = pieces[index].number, let second = tight(index + 2)?.number,
            let third = tight(index + 4)?.number, let sign = tight(index + 1), let again = tight(index + 3),
            sign.key == again.key, ["-", "/", "."].contains(sign.key)
        else { return nil }
        let pieceRange = index..<index + 5
        if pieces[index].key.utf8.count == 4 {
            return checked(DateMatch(year: first, month: second, day: third, pieces: pieceRange))
        }
        guard let year = year(third, digits: pieces[index + 4].key.utf8.count) else { return nil }
        if second > 12 { return checked(DateMatch(year: year, month: first, day: second, pieces: pieceRange)) }
        let isOpen = first <= 12 && first != second && sign.key != "."
        return checked(DateMatch(year: year, month: second, day: first, pieces: pieceRange, isAmbiguous: isOpen))
    }

    /// 2021年11月12日.
    private func eastAsianDate(at index: Int) -> DateMatch? {
        guard let year = pieces[index].number, tight(index + 1)?.key == "年", let month = tight(index + 2)?.number,
            tight(index + 3)?.key == "月", let day = tight(index + 4)?.number
        else { return nil }
        let end = tight(index + 5)?.key == "日" ? index + 6 : index + 5
        return checked(DateMatch(year: year, month: month, day: day, pieces: index..<end))
    }

    /// The day first, as in 3 March 2018, 15th of October 2015 or 3 de marzo de 2018.
    private func dayFirstDate(at index: Int) -> DateMatch? {
        guard let day = pieces[index].number, pieces[index].key.utf8.count <= 2 else { return nil }
        var next = index + 1
        if next < pieces.count, pieces[next].gap == 0, isOrdinalEnding(pieces[next]) { next += 1 }
        if next < pieces.count, isOf(pieces[next]) || (pieces[next].gap == 0 && pieces[next].isDash) { next += 1 }
        guard next < pieces.count, let month = month(next) else { return nil }
        next += 1
        if next < pieces.count, pieces[next].isSymbol(".") && pieces[next].gap == 0 { next += 1 }
        let match = DateMatch(year: nil, month: month, day: day, pieces: index..<next)
        return checked(withYear(match, from: next))
    }

    /// The month first, as in October 15, 2015 or March 5th, 2021.
    private func monthFirstDate(at index: Int) -> DateMatch? {
        guard let month = month(index) else { return nil }
        var next = index + 1
        if next < pieces.count, pieces[next].isSymbol(".") { next += 1 }
        guard next < pieces.count, let day = pieces[next].number, pieces[next].key.utf8.count <= 2 else { return nil }
        if let sign = tight(next + 1), sign.isSymbol(":"), tight(next + 2)?.kind == .number { return nil }
        next += 1
        if next < pieces.count, pieces[next].gap == 0, isOrdinalEnding(pieces[next]), pieces[next].kind == .word {
            next += 1
        }
        let match = DateMatch(year: nil, month: month, day: day, pieces: index..<next)
        return checked(withYear(match, from: next))
    }

    private func withYear(_ match: DateMatch, from index: Int) -> DateMatch {
        var next = index
        while next < pieces.count, next < index + 2, isOf(pieces[next]) || pieces[next].isSymbol(",") { next += 1 }
        if next < pieces.count, pieces[next].isDash, pieces[next].gap == 0 { next += 1 }
        guard next < pieces.count, pieces[next].key.utf8.count == 4, let number = pieces[next].number,
            let year = year(number, digits: 4)
        else { return match }
        var out = match
        out.year = year
        out.pieces = match.pieces.lowerBound..<next + 1
        return out
    }

    private func checked(_ match: DateMatch) -> DateMatch? {
        let isDay = CalendarDate(year: match.year ?? 2000, month: match.month, day: match.day) != nil
        return isDay && (match.year.map { (1900...2100).contains($0) } ?? true) ? match : nil
    }

    private func year(_ number: Int, digits: Int) -> Int? {
        switch digits {
        case 4 where (1900...2100).contains(number): number
        case 2: number < 70 ? 2000 + number : 1900 + number
        default: nil
        }
    }

    private func month(_ index: Int) -> Int? {
        pieces[index].kind == .word ? lexicon.months[pieces[index].key] : nil
    }

    private func isOf(_ piece: TextPiece) -> Bool {
        piece.kind == .word && ["of", "de", "del", "d'", "di"].contains(piece.key)
    }

    private func isOrdinalEnding(_ piece: TextPiece) -> Bool {
        ["st", "nd", "rd", "th", "er", "º", "o", ".", "-го", "e", "ª"].contains(piece.key)
    }

    /// The piece when nothing separates it from the one before.
    private func tight(_ index: Int) -> TextPiece? {
        index < pieces.count && pieces[index].gap == 0 ? pieces[index] : nil
    }
}

extension DateReader {
    /// 08:14, 9:41AM, 10.02 p.m., 3pm, 18h22, 14 Uhr.
    private func time(at index: Int) -> TimeMatch? {
        guard let hour = pieces[index].number, pieces[index].key.utf8.count <= 2, hour < 25 else { return nil }
        if let minute = minute(index + 2), let sign = tight(index + 1), [":", ".", "h", "："].contains(sign.key) {
            return clock(hour: hour, minute: minute, index: index, next: index + 3, needsHalf: sign.key == ".")
        }
        return clock(hour: hour, minute: 0, index: index, next: index + 1, needsHalf: true)
    }

    private func minute(_ index: Int) -> Int? {
        guard let piece = tight(index), piece.key.utf8.count == 2, let minute = piece.number, minute < 60 else {
            return nil
        }
        return minute
    }

    private func clock(hour: Int, minute: Int, index: Int, next: Int, needsHalf: Bool) -> TimeMatch? {
        var end = next
        if tight(end)?.isSymbol(":") == true, self.minute(end + 1) != nil { end += 2 }
        if let (isAfternoon, stop) = half(end), hour <= 12 {
            return TimeMatch(hour: hour % 12 + (isAfternoon ? 12 : 0), minute: minute, pieces: index..<stop)
        }
        if end < pieces.count, ["uhr", "hrs", "h"].contains(pieces[end].key) {
            return TimeMatch(hour: hour % 24, minute: minute, pieces: index..<end + 1)
        }
        return needsHalf || hour > 23 ? nil : TimeMatch(hour: hour, minute: minute, pieces: index..<end)
    }

    /// "AM", "p.m.", and the piece after it.
    private func half(_ index: Int) -> (isAfternoon: Bool, end: Int)? {
        guard index < pieces.count else { return nil }
        switch pieces[index].key {
        case "am": return (false, index + 1)
        case "pm": return (true, index + 1)
        case "a", "p":
            guard tight(index + 1)?.isSymbol(".") == true, tight(index + 2)?.key == "m" else { return nil }
            let end = tight(index + 3)?.isSymbol(".") == true ? index + 4 : index + 3
            return (pieces[index].key == "p", end)
        default: return nil
        }
    }
}
