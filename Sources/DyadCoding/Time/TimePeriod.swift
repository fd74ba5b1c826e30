import DyadCore

/// A stretch of the calendar of one grain: a day, a week, a month, a year and so on.
struct TimePeriod: Equatable {
    var unit: TimeUnit
    var first: CalendarDate
    var last: CalendarDate

    /// The period of a unit that holds a day; nil beyond the calendar.
    init?(_ unit: TimeUnit, holding day: CalendarDate) {
        switch unit {
        case .second, .minute, .hour, .day: self.init(day)
        case .week, .fortnight: self.init(.week, from: day.adding(days: 1 - day.weekday), days: 7)
        // From Monday to Friday, the weekend is the one to come.
        case .weekend: self.init(.weekend, from: day.adding(days: 6 - day.weekday), days: 2)
        case .month: self.init(.month, months: (day.year, day.month), count: 1)
        case .quarter: self.init(.quarter, months: (day.year, (day.month - 1) / 3 * 3 + 1), count: 3)
        case .half: self.init(.half, months: (day.year, day.month <= 6 ? 1 : 7), count: 6)
        case .season: self.init(.season, months: Self.season(of: day), count: 3)
        case .year: self.init(.year, months: (day.year, 1), count: 12)
        case .decade: self.init(.decade, months: (day.year / 10 * 10, 1), count: 120)
        case .century: self.init(.century, months: (day.year / 100 * 100, 1), count: 1200)
        }
    }

    private init(_ unit: TimeUnit, from first: CalendarDate, days: Int) {
        (self.unit, self.first, self.last) = (unit, first, first.adding(days: days - 1))
    }

    /// A day.
    init(_ day: CalendarDate) { (unit, first, last) = (.day, day, day) }

    /// Whole months from one on.
    init?(_ unit: TimeUnit, months start: (year: Int, month: Int), count: Int) {
        // The first decade and century have no year 0.
        let begin = start.year == 0 ? 1 : start.year
        let end = start.year * 12 + start.month - 1 + count - 1
        let (year, month) = (end / 12, end % 12 + 1)
        guard let first = CalendarDate(year: begin, month: start.month, day: 1),
            let last = CalendarDate(year: year, month: month, day: CalendarDate.daysIn(month: month, year: year))
        else { return nil }
        (self.unit, self.first, self.last) = (unit, first, last)
    }

    /// The period of the same unit some steps away; nil beyond the calendar.
    func moved(_ steps: Int) -> TimePeriod? {
        guard abs(steps) < 100_000 else { return nil }
        let days: Int? =
            switch unit {
            case .second, .minute, .hour, .day: 1
            case .week, .weekend: 7
            case .fortnight: 14
            default: nil
            }
        if let days { return TimePeriod(unit, holding: first, days: steps * days) }
        let months = first.year * 12 + first.month - 1 + steps * Self.months(unit)
        guard months >= 12, months < 9990 * 12,
            let day = CalendarDate(year: months / 12, month: months % 12 + 1, day: 1)
        else { return nil }
        return TimePeriod(unit, holding: day)
    }

    private init?(_ unit: TimeUnit, holding day: CalendarDate, days: Int) {
        let number = day.daysSince1970 + days
        guard (-719_162...2_932_896).contains(number) else { return nil }
        self.init(unit, holding: CalendarDate(daysSince1970: number))
    }

    static func months(_ unit: TimeUnit) -> Int {
        switch unit {
        case .month: 1
        case .quarter, .season: 3
        case .half: 6
        case .decade: 120
        case .century: 1200
        default: 12
        }
    }

    /// First month of the season that holds a day; winter begins in December.
    private static func season(of day: CalendarDate) -> (year: Int, month: Int) {
        day.month < 3 ? (day.year - 1, 12) : (day.year, day.month / 3 * 3)
    }

    /// A season of a year: `SP`, `SU`, `FA`, `WI`.
    static func season(_ name: String, year: Int) -> TimePeriod? {
        let month = ["SP": 3, "SU": 6, "FA": 9, "WI": 12][name]
        return month.flatMap { TimePeriod(.season, months: (year, $0), count: 3) }
    }

    /// ISO 8601, as coarse as the period.
    var value: String {
        switch unit {
        case .second, .minute, .hour, .day: first.description
        case .week, .fortnight: Self.week(first)
        case .weekend: Self.week(first) + "-WE"
        case .month: "\(Self.pad4(first.year))-\(Self.pad(first.month))"
        case .quarter: "\(Self.pad4(first.year))-Q\((first.month + 2) / 3)"
        case .half: "\(Self.pad4(first.year))-H\(first.month == 1 ? 1 : 2)"
        case .season: "\(Self.pad4(first.year))-\(["SP", "SU", "FA", "WI"][first.month / 3 - 1])"
        case .year: Self.pad4(first.year)
        case .decade: String(Self.pad4(first.year).prefix(3))
        case .century: String(Self.pad4(first.year).prefix(2))
        }
    }

    /// ISO 8601 week that holds a day.
    private static func week(_ day: CalendarDate) -> String {
        let thursday = day.adding(days: 4 - day.weekday)
        let start = CalendarDate(year: thursday.year, month: 1, day: 1) ?? thursday
        return "\(pad4(thursday.year))-W\(pad((thursday.daysSince1970 - start.daysSince1970) / 7 + 1))"
    }

    static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func pad4(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 4 - text.count)) + text
    }
}

extension TimeAmount {
    /// TIMEX3 duration: `P3D`, `PT48H`, `P1Y6M`, `PXD` for several days.
    var value: String {
        var date = ""
        var clock = ""
        for part in parts {
            let (letter, factor): (String, Double) =
                switch part.unit {
                case .second: ("S", 1)
                case .minute: ("M", 1)
                case .hour: ("H", 1)
                case .day: ("D", 1)
                case .weekend: ("WE", 1)
                case .week: ("W", 1)
                case .fortnight: ("W", 2)
                case .month, .season: ("M", part.unit == .season ? 3 : 1)
                case .quarter: ("M", 3)
                case .half: ("M", 6)
                case .year: ("Y", 1)
                case .decade: ("Y", 10)
                case .century: ("Y", 100)
                }
            let count = part.count.map { Self.plain($0 * factor) } ?? "X"
            if part.unit.isShorterThanDay { clock += count + letter } else { date += count + letter }
        }
        return "P" + date + (clock.isEmpty ? "" : "T" + clock)
    }

    private static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
    }

    /// The coarsest unit, which is the grain of a point counted with the amount.
    var grain: TimeUnit { parts.last?.unit ?? .day }
}
