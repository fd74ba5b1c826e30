import DyadCore

extension TimeFields {
    /// True for "the 28th" without month.
    var isDayOnly: Bool {
        day != nil && month == nil && year == nil && weekday == nil && pair.isEmpty
    }

    /// Settles which of two numbers is the month.
    ///
    /// - Returns: True when both could be.
    @discardableResult
    mutating func settlePair(_ order: DateOrder) -> Bool {
        guard pair.count == 2 else { return false }
        let (a, b) = (pair[0], pair[1])
        pair = []
        let isMonthFirst =
            b > 12 || a <= 12 && (order == .monthFirst || order == .unknown && year == nil && shortYear == nil)
        (month, day) = isMonthFirst ? (a, b) : (b, a)
        return a <= 12 && b <= 12 && a != b && order == .unknown
    }

    /// The period with these parts in a year; nil when there is none.
    func period(in year: Int) -> TimePeriod? {
        guard (1...9999).contains(year) else { return nil }
        if let easter { return Self.easter(year).map { TimePeriod($0.adding(days: easter)) } }
        if let month, let weekday, let nthWeekday { return Self.nth(nthWeekday, weekday, month: month, year: year) }
        if let month, let day { return CalendarDate(year: year, month: month, day: day).map { TimePeriod($0) } }
        if let month { return TimePeriod(.month, months: (year, month), count: 1) }
        if let season { return TimePeriod.season(season, year: year) }
        if let quarter { return TimePeriod(.quarter, months: (year, quarter * 3 - 2), count: 3) }
        if let half { return TimePeriod(.half, months: (year, half * 6 - 5), count: 6) }
        if let week { return Self.week(week, year: year) }
        return TimePeriod(.year, months: (year, 1), count: 12)
    }

    /// True when a year is all that is missing.
    var lacksOnlyYear: Bool {
        month != nil || season != nil || quarter != nil || half != nil || week != nil || easter != nil
    }

    /// Week of a year after ISO 8601.
    private static func week(_ number: Int, year: Int) -> TimePeriod? {
        CalendarDate(year: year, month: 1, day: 4).flatMap { TimePeriod(.week, holding: $0)?.moved(number - 1) }
    }

    /// The second Tuesday of a month, or the last one when the number is negative.
    private static func nth(_ number: Int, _ weekday: Int, month: Int, year: Int) -> TimePeriod? {
        guard (1...12).contains(month) else { return nil }
        let length = CalendarDate.daysIn(month: month, year: year)
        guard let first = CalendarDate(year: year, month: month, day: 1) else { return nil }
        let start = 1 + (weekday - first.weekday + 7) % 7
        let day = number > 0 ? start + (number - 1) * 7 : start + (length - start) / 7 * 7 + (number + 1) * 7
        return CalendarDate(year: year, month: month, day: day).map { TimePeriod($0) }
    }

    /// Easter Sunday of the western churches (the anonymous Gregorian algorithm, Meeus, "Astronomical Algorithms").
    private static func easter(_ year: Int) -> CalendarDate? {
        let a = year % 19
        let (b, c) = (year / 100, year % 100)
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let number = h + l - 7 * m + 114
        return CalendarDate(year: year, month: number / 31, day: number % 31 + 1)
    }

    /// As far as it is known without any year: `--12-30`, `XXXX-WXX-2`.
    var openValue: String? {
        if let weekday, month == nil { return "XXXX-WXX-\(weekday)" }
        if let month, let day { return "--\(TimePeriod.pad(month))-\(TimePeriod.pad(day))" }
        if let month { return "--\(TimePeriod.pad(month))" }
        if let season { return "XXXX-\(season)" }
        if let quarter { return "XXXX-Q\(quarter)" }
        return nil
    }
}
