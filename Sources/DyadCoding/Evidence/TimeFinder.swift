public import DyadCodebook
public import DyadCore

/// Finds time expressions and gives them ISO 8601 values, counted from the day of publication.
///
/// A bare weekday in news is the last one ("on Wednesday"), the next one after a future verb. The grain is kept:
/// "last week" stays a week.
public struct TimeFinder: Stage {
    public let name = "time"
    public let requires: Set<Layer> = [.sentences]
    public let provides: Set<Layer> = [.times]
    private let lexicon: TimeLexicon

    /// A finder with the words of a lexicon.
    public init(knowledge: Knowledge) { lexicon = knowledge.times }

    public func annotate(_ article: inout AnnotatedArticle) {
        let reference = article.documentTime
        for (index, sentence) in article.sentences.enumerated() {
            let reader = TimeReader(sentence: sentence, index: index, reference: reference, lexicon: lexicon)
            article.times += reader.expressions()
        }
    }
}

/// The time expressions of one sentence.
struct TimeReader {
    let sentence: Sentence
    let index: Int
    let reference: CalendarDate?
    let lexicon: TimeLexicon

    func expressions() -> [TimeExpression] {
        var out: [TimeExpression] = []
        var i = 0
        while i < sentence.tokens.count {
            if let (length, type, value, basis) = read(at: i) {
                let range = i..<i + length
                let span = sentence.span(of: range)
                let text = range.map {
                    sentence.tokens[$0].form + (sentence.tokens[$0].spaceAfter && $0 + 1 < range.upperBound ? " " : "")
                }.joined()
                out.append(
                    TimeExpression(type: type, value: value, text: text, span: span, sentence: index, basis: basis))
                i += length
            } else {
                i += 1
            }
        }
        return out
    }

    private typealias Reading = (length: Int, type: String, value: String?, basis: String)

    private func word(_ i: Int) -> String {
        i >= 0 && i < sentence.tokens.count ? sentence.tokens[i].form.lowercased() : ""
    }

    private func read(at i: Int) -> Reading? {
        numeric(i) ?? monthFirst(i) ?? dayFirst(i) ?? shifted(i) ?? weekday(i) ?? plainDay(i) ?? ago(i) ?? year(i)
            ?? duration(i)
    }

    // MARK: - Stated dates

    private func pad(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    private func iso(_ y: Int, _ m: Int) -> String { "\(y)-\(pad(m))" }

    private func yearNumber(_ i: Int) -> Int? {
        guard word(i).count == 4, let y = Int(word(i)), (1500...2199).contains(y) else { return nil }
        return y
    }

    private func dayNumber(_ i: Int) -> Int? {
        var text = word(i)
        for suffix in ["st", "nd", "rd", "th"] where text.hasSuffix(suffix) && text.count > 2 {
            text = String(text.dropLast(2))
        }
        guard let d = Int(text), (1...31).contains(d) else { return nil }
        return d
    }

    /// 2015-10-14, 14/10/2015, 14.10.2015; a day above 12 decides the order, otherwise day first.
    private func numeric(_ i: Int) -> Reading? {
        let parts = word(i).split { "/.-".contains($0) }.map(String.init)
        guard parts.count == 3, let a = Int(parts[0]), let b = Int(parts[1]), let c = Int(parts[2]) else { return nil }
        if parts[0].count == 4, let date = CalendarDate(year: a, month: b, day: c) {
            return (1, "DATE", date.description, "stated")
        }
        guard parts[2].count == 4 else { return nil }
        let date = b > 12 ? CalendarDate(year: c, month: a, day: b) : CalendarDate(year: c, month: b, day: a)
        return date.map { (1, "DATE", $0.description, "stated") }
    }

    /// "October 14, 2015", "14 Oct", "October 2015", "last October", bare "October".
    private func monthFirst(_ i: Int) -> Reading? {
        guard let month = monthNumber(i) else { return nil }
        if let day = dayNumber(i + 1) {
            var next = i + 2
            if word(next) == "," { next += 1 }
            if let year = yearNumber(next), let date = CalendarDate(year: year, month: month, day: day) {
                return (next - i + 1, "DATE", date.description, "stated")
            }
            if lexicon.number("shift", word(i + 2)) != nil, lexicon.value("unit", word(i + 3)) == "Y", let reference,
                let shift = lexicon.number("shift", word(i + 2)),
                let date = CalendarDate(year: reference.year + shift, month: month, day: day)
            {
                return (4, "DATE", date.description, "relative")
            }
            return (2, "DATE", nearest(month: month, day: day), "relative")
        }
        if let year = yearNumber(i + 1) { return (2, "DATE", iso(year, month), "stated") }
        if word(i + 1) == "of", let year = yearNumber(i + 2) { return (3, "DATE", iso(year, month), "stated") }
        if word(i) == "may" || word(i) == "march" || word(i) == "mar", sentence.tokens[i].upos != "PROPN" { return nil }
        return (
            1, "DATE",
            reference.map {
                iso(
                    month > $0.month ? $0.year - (isFuture ? 0 : 1) : $0.year + (isFuture && month < $0.month ? 1 : 0),
                    month)
            }, "relative"
        )
    }

    private func monthNumber(_ i: Int) -> Int? {
        guard i < sentence.tokens.count, sentence.tokens[i].form.first?.isUppercase ?? false else { return nil }
        return lexicon.number("month", word(i))
    }

    /// "14 October 2015", "14th of October", "28 to 29 April".
    private func dayFirst(_ i: Int) -> Reading? {
        guard let day = dayNumber(i) else { return nil }
        var next = i + 1
        var last: Int?
        if ["to", "-", "–", "and"].contains(word(next)), let second = dayNumber(next + 1), monthNumber(next + 2) != nil
        {
            last = second
            next += 2
        }
        if word(next) == "of" { next += 1 }
        guard let month = monthNumber(next) else { return nil }
        let year = yearNumber(next + 1)
        func value(_ d: Int) -> String? {
            year.map { CalendarDate(year: $0, month: month, day: d)?.description } ?? nearest(month: month, day: d)
        }
        let length = next - i + (year == nil ? 1 : 2)
        if let last {
            return (
                length, "DATE", value(day).flatMap { a in value(last).map { "\(a)/\($0)" } },
                year == nil ? "relative" : "stated"
            )
        }
        return (length, "DATE", value(day), year == nil ? "relative" : "stated")
    }

    private func nearest(month: Int, day: Int) -> String? {
        guard let reference else { return nil }
        var year = reference.year
        if let date = CalendarDate(year: year, month: month, day: day) {
            if date.daysSince1970 - reference.daysSince1970 > (isFuture ? 300 : 45) { year -= 1 }
            if reference.daysSince1970 - date.daysSince1970 > 300, isFuture { year += 1 }
        }
        return CalendarDate(year: year, month: month, day: day)?.description
    }

    private func year(_ i: Int) -> Reading? {
        if word(i).count == 5, word(i).hasSuffix("s"), let y = Int(word(i).dropLast()), y % 10 == 0,
            (1500...2190).contains(y)
        {
            return (1, "DATE", "\(y / 10)X", "stated")
        }
        guard let y = yearNumber(i) else { return nil }
        let before = word(i - 1)
        guard
            [
                "in", "since", "of", "from", "until", "by", "during", "to", "the", "late", "early", "mid", "-",
                "between", "and", "(", "before", "after", "around",
            ].contains(before)
        else { return nil }
        return (1, "DATE", "\(y)", "stated")
    }

    // MARK: - Relative to the document time

    /// True when the sentence speaks of what is to come.
    private var isFuture: Bool {
        sentence.tokens.contains {
            ["will", "shall", "'ll", "plans", "plan", "scheduled", "due", "upcoming", "expected"].contains(
                $0.form.lowercased())
        }
    }

    private func weekday(_ i: Int) -> Reading? {
        guard i < sentence.tokens.count, sentence.tokens[i].form.first?.isUppercase ?? false,
            let wanted = lexicon.number("weekday", word(i))
        else { return nil }
        var length = 1
        if ["night", "morning", "evening", "afternoon"].contains(word(i + 1)) { length = 2 }
        guard let reference else { return (length, "DATE", nil, "relative") }
        var days = wanted - reference.weekday
        if isFuture && !["last", "late"].contains(word(i - 1)) {
            if days <= 0 { days += 7 }
        } else if days > 0 {
            days -= 7
        }
        return (length, "DATE", reference.adding(days: days).description, "relative")
    }

    private func plainDay(_ i: Int) -> Reading? {
        guard let days = lexicon.number("day", word(i)) else { return nil }
        return (1, "DATE", reference?.adding(days: days).description, "relative")
    }

    /// "last week", "this month", "next year", "last August", "this summer".
    private func shifted(_ i: Int) -> Reading? {
        guard let shift = lexicon.number("shift", word(i)) else { return nil }
        if let unit = lexicon.value("unit", word(i + 1)), sentence.tokens[i + 1].form.last != "s" {
            return (2, "DATE", reference.flatMap { shiftedValue($0, unit, shift) }, "relative")
        }
        if let month = monthNumber(i + 1) {
            guard let reference else { return (2, "DATE", nil, "relative") }
            let year =
                shift < 0
                ? (month < reference.month ? reference.year : reference.year - 1)
                : shift > 0 ? (month > reference.month ? reference.year : reference.year + 1) : reference.year
            return (2, "DATE", iso(year, month), "relative")
        }
        if let season = lexicon.value("season", word(i + 1)) {
            return (2, "DATE", reference.map { "\($0.year + shift)-\(season)" }, "relative")
        }
        if let wanted = lexicon.number("weekday", word(i + 1)) {
            guard let reference else { return (2, "DATE", nil, "relative") }
            var days = wanted - reference.weekday
            if shift < 0, days >= 0 { days -= 7 }
            if shift > 0, days <= 0 { days += 7 }
            return (2, "DATE", reference.adding(days: days).description, "relative")
        }
        return nil
    }

    private func shiftedValue(_ date: CalendarDate, _ unit: String, _ shift: Int) -> String? {
        switch unit {
        case "D": return date.adding(days: shift).description
        case "W": return Self.week(date.adding(days: 7 * shift))
        case "M":
            let months = date.year * 12 + date.month - 1 + shift
            return iso(months / 12, months % 12 + 1)
        case "Y": return "\(date.year + shift)"
        case "DE": return "\(date.year / 10 + shift)X"
        default: return nil
        }
    }

    /// ISO 8601 week.
    static func week(_ date: CalendarDate) -> String {
        let thursday = date.adding(days: 4 - date.weekday)
        let first = CalendarDate(year: thursday.year, month: 1, day: 1) ?? thursday
        let number = (thursday.daysSince1970 - first.daysSince1970) / 7 + 1
        return "\(thursday.year)-W\(number < 10 ? "0" : "")\(number)"
    }

    private func ago(_ i: Int) -> Reading? {
        guard let n = Int(word(i)) ?? lexicon.number("number", word(i)), let unit = lexicon.value("unit", word(i + 1))
        else { return nil }
        let after = word(i + 2)
        guard ["ago", "earlier", "later"].contains(after) else { return nil }
        let shift = after == "later" ? n : -n
        return (3, "DATE", reference.flatMap { shiftedValue($0, unit, unit == "W" ? shift : shift) }, "relative")
    }

    /// "three years", "48 hours", "three-day".
    private func duration(_ i: Int) -> Reading? {
        guard let n = Int(word(i)) ?? lexicon.number("number", word(i)) else { return nil }
        let hyphen = word(i + 1) == "-" ? 1 : 0
        guard let unit = lexicon.value("unit", word(i + 1 + hyphen)), unit != "DE" else { return nil }
        if n == 1, ["a", "an"].contains(word(i)) { return nil }
        let value = unit.hasPrefix("T") ? "PT\(n)\(unit.dropFirst())" : "P\(n)\(unit)"
        return (2 + hyphen, "DURATION", value, "stated")
    }
}
