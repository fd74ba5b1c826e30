import DyadCore

extension TimeResolver {
    /// The date with given parts; a missing year is found by the direction of the clause.
    func date(_ given: TimeFields, year outerYear: Int?) -> ResolvedTime {
        var fields = given
        let isAmbiguous = fields.settlePair(order)
        if let century = fields.century {
            return ResolvedTime(
                TimePeriod(.century, months: (century, 1), count: 1200), isStated: true, doubt: .impossible)
        }
        if let decade = fields.decade { return self.decade(decade) }
        fields.year = fields.year ?? outerYear ?? fields.shortYear.map(fullYear)
        var out: ResolvedTime
        if let year = fields.year {
            out = ResolvedTime(fields.period(in: year), isStated: outerYear == nil, doubt: .impossible)
            out.doubt = out.doubt ?? contradiction(fields, out.period)
        } else if fields.lacksOnlyYear {
            out = yearless(fields)
        } else {
            out = ResolvedTime(nearby(fields))
        }
        if out.value == nil, out.doubt == .unanchored, fields.year == nil { out.value = fields.openValue }
        if isAmbiguous, out.doubt == nil { out.doubt = .order }
        return out
    }

    private func contradiction(_ fields: TimeFields, _ period: TimePeriod?) -> ResolvedTime.Doubt? {
        guard let weekday = fields.weekday, let period, period.unit == .day, period.first.weekday != weekday else {
            return nil
        }
        return .weekday
    }

    /// "'98", "12/05/16": at most twenty years ahead of the report.
    private func fullYear(_ short: Int) -> Int {
        let now = reference?.year ?? 2020
        let guess = now / 100 * 100 + short
        return guess > now + 20 ? guess - 100 : guess
    }

    /// "The 1990s", "the nineties".
    private func decade(_ number: Int) -> ResolvedTime {
        let year = number >= 100 ? number : fullDecade(number)
        return ResolvedTime(
            TimePeriod(.decade, months: (year, 1), count: 120), isStated: number >= 100, doubt: .impossible)
    }

    private func fullDecade(_ short: Int) -> Int {
        let now = reference?.year ?? 2020
        let guess = now / 100 * 100 + short
        return guess > now ? guess - 100 : guess
    }

    // MARK: - Without a year

    private func yearless(_ fields: TimeFields) -> ResolvedTime {
        guard let reference else { return unreferenced(fields) }
        let all = candidates(fields, around: reference.year)
        guard !all.isEmpty else { return ResolvedTime(nil, doubt: .impossible) }
        // What lies in the last three months needs no story around it.
        let recent = choose(all, reference).map { (0...92).contains(reference.daysSince1970 - $0.last.daysSince1970) }
        if isStory, recent != true, let anchor {
            let told = candidates(fields, around: anchor.first.year)
            return ResolvedTime(told.first { $0.last >= anchor.first } ?? told.last)
        }
        return ResolvedTime(choose(all, reference))
    }

    private func candidates(_ fields: TimeFields, around year: Int) -> [TimePeriod] {
        // A leap day may be up to eight years away.
        let reach = fields.month == 2 && fields.day == 29 ? 8 : 1
        return (year - reach...year + reach).compactMap { fields.period(in: $0) }
    }

    private func unreferenced(_ fields: TimeFields) -> ResolvedTime {
        if isStory, let anchor, let year = Optional(anchor.first.year) {
            let all = [year, year + 1].compactMap { fields.period(in: $0) }
            if let next = all.first(where: { $0.last >= anchor.first }) { return ResolvedTime(next) }
        }
        guard fields.month == nil || fields.day == nil || fields.period(in: 2000) != nil else {
            return ResolvedTime(nil, doubt: .impossible)
        }
        return ResolvedTime(nil)
    }

    /// The last one that has begun, the first one that has not ended, or the nearest, by the direction of the clause.
    ///
    /// A report is dated some days after or before the day its words were written, hence the slack.
    func choose(_ all: [TimePeriod], _ reference: CalendarDate) -> TimePeriod? {
        let slack = 3
        switch direction {
        case .past: return all.last { $0.first.daysSince1970 <= reference.daysSince1970 + slack } ?? all.first
        case .future: return all.first { $0.last.daysSince1970 >= reference.daysSince1970 - slack } ?? all.last
        case .unknown:
            return all.min {
                Self.distance($0, reference) < Self.distance($1, reference)
            }
        }
    }

    /// Days between; the future counts one and a half, since reports speak of the past more often.
    private static func distance(_ period: TimePeriod, _ day: CalendarDate) -> Double {
        if period.first <= day && day <= period.last { return 0 }
        let days =
            period.first > day
            ? period.first.daysSince1970 - day.daysSince1970 : period.last.daysSince1970 - day.daysSince1970
        return days > 0 ? Double(days) * 1.5 : Double(-days)
    }

    /// "Tuesday", "the 18th", "Monday the 21st".
    private func nearby(_ fields: TimeFields) -> TimePeriod? {
        guard let reference else { return nil }
        if let day = fields.day { return dayOfMonth(day, fields.weekday, reference) }
        guard let weekday = fields.weekday else { return nil }
        // A report of the same day says "on Tuesday" for today.
        var days = weekday - reference.weekday
        if direction == .future {
            if days < 0 { days += 7 }
        } else if days > 0 {
            days -= 7
        }
        return TimePeriod(reference.adding(days: days))
    }

    private func dayOfMonth(_ day: Int, _ weekday: Int?, _ reference: CalendarDate) -> TimePeriod? {
        let reach = weekday == nil ? 2 : 14
        let all = (-reach...reach).compactMap { step -> TimePeriod? in
            guard let month = TimePeriod(.month, holding: reference)?.moved(step)?.first,
                let date = CalendarDate(year: month.year, month: month.month, day: day),
                weekday == nil || date.weekday == weekday
            else { return nil }
            return TimePeriod(date)
        }
        return choose(all, reference)
    }

    // MARK: - Last and next

    /// "Last Tuesday", "next March", "this summer".
    func near(_ given: TimeFields, _ step: Int) -> ResolvedTime {
        var fields = given
        fields.settlePair(order)
        guard let reference else {
            var out = ResolvedTime(nil)
            out.value = fields.openValue
            return out
        }
        if let weekday = fields.weekday, fields.month == nil, fields.day == nil {
            return ResolvedTime(nearWeekday(weekday, step, reference))
        }
        guard fields.lacksOnlyYear else { return date(fields, year: nil) }
        let all = (reference.year - 2...reference.year + 2).compactMap { fields.period(in: $0) }
        guard !all.isEmpty else { return ResolvedTime(nil, doubt: .impossible) }
        switch step {
        case ..<0: return ResolvedTime(all.last { $0.last < reference })
        case 1...: return ResolvedTime(all.first { $0.first > reference })
        default: return ResolvedTime(all.first { $0.first.year == reference.year })
        }
    }

    private func nearWeekday(_ weekday: Int, _ step: Int, _ reference: CalendarDate) -> TimePeriod {
        let days = weekday - reference.weekday
        switch step {
        // Nobody calls yesterday "last Tuesday".
        case ..<0: return TimePeriod(reference.adding(days: days < -1 ? days : days - 7))
        case 2...: return TimePeriod(reference.adding(days: days > 0 ? days : days + 7))
        // "Next Friday" is that of next week; this week's is just "on Friday".
        case 1...: return TimePeriod(reference.adding(days: days + 7))
        default: return TimePeriod(reference.adding(days: days))
        }
    }
}
