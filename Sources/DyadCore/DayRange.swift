/// First and last day that an ISO 8601 value of an event can mean.
public struct DayRange: Sendable, Equatable {
    /// First day.
    public let first: CalendarDate
    /// Last day.
    public let last: CalendarDate

    /// Reads a day, month, year, week, quarter, half, season, decade (`199`) or interval `a/b`; nil for anything else.
    public init?(_ value: String) {
        let ends = value.split(separator: "/", omittingEmptySubsequences: false)
        if ends.count == 2 {
            guard let first = DayRange(String(ends[0])), let last = DayRange(String(ends[1])),
                first.first <= last.last
            else { return nil }
            self.init(first.first, last.last)
        } else {
            self.init(single: value.prefix { $0 != "T" })
        }
    }

    private init(_ first: CalendarDate, _ last: CalendarDate) {
        self.first = first
        self.last = last
    }

    private init?(single value: Substring) {
        let parts = value.split(separator: "-", omittingEmptySubsequences: false)
        switch parts.count {
        case 1: self.init(yearOrDecade: parts[0])
        case 2, 3:
            guard let year = Int(parts[0]), parts[0].utf8.count == 4 else { return nil }
            if parts.count == 3, let day = CalendarDate(String(value)) {
                self.init(day, day)
            } else {
                self.init(year: year, part: parts[1])
            }
        default: return nil
        }
    }

    private init?(yearOrDecade text: Substring) {
        guard let number = Int(text), number > 0 else { return nil }
        switch text.utf8.count {
        case 4: self.init(from: (number, 1), to: (number, 12))
        case 3: self.init(from: (number * 10, 1), to: (number * 10 + 9, 12))
        default: return nil
        }
    }

    /// A month `10`, week `W42`, quarter `Q1`, half `H2` or season `SP`, `SU`, `FA`, `WI` of a year.
    private init?(year: Int, part: Substring) {
        if let month = Int(part), part.utf8.count == 2 {
            self.init(from: (year, month), to: (year, month))
            return
        }
        let number = Int(part.dropFirst())
        switch (part.first, number) {
        case ("W", let week?): self.init(year: year, week: week)
        case ("Q", let quarter?): self.init(from: (year, quarter * 3 - 2), to: (year, quarter * 3))
        case ("H", let half?): self.init(from: (year, half * 6 - 5), to: (year, half * 6))
        default: self.init(year: year, season: part)
        }
    }

    private init?(year: Int, season: Substring) {
        switch season {
        case "SP": self.init(from: (year, 3), to: (year, 5))
        case "SU": self.init(from: (year, 6), to: (year, 8))
        case "FA": self.init(from: (year, 9), to: (year, 11))
        case "WI": self.init(from: (year, 12), to: (year + 1, 2))
        default: return nil
        }
    }

    /// A week after ISO 8601: the first one holds 4 January.
    private init?(year: Int, week: Int) {
        guard (1...53).contains(week), let day = CalendarDate(year: year, month: 1, day: 4) else { return nil }
        let monday = day.adding(days: (week - 1) * 7 - (day.weekday - 1))
        self.init(monday, monday.adding(days: 6))
    }

    private init?(from start: (year: Int, month: Int), to end: (year: Int, month: Int)) {
        guard (1...12).contains(start.month), (1...12).contains(end.month),
            let first = CalendarDate(year: start.year, month: start.month, day: 1),
            let last = CalendarDate(
                year: end.year, month: end.month, day: CalendarDate.daysIn(month: end.month, year: end.year))
        else { return nil }
        self.init(first, last)
    }
}

extension Event {
    /// An interval that is still open reaches to the day of publication.
    private func closed(_ value: String) -> String {
        guard value.hasSuffix("/.."), let published else { return value }
        return value.dropLast(2) + published.description
    }

    /// Days on which the event may have happened; the day of publication when the text gives none.
    public var days: DayRange? {
        if let value = date?.value, let range = DayRange(closed(value)) { return range }
        return published.flatMap { DayRange($0.description) }
    }
}
