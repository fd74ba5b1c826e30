import DyadCore

extension TimeResolver {
    /// "Last week", "this month", "the weekend".
    func shifted(_ unit: TimeUnit, _ steps: Int) -> TimePeriod? {
        guard let reference, !unit.isShorterThanDay else { return nil }
        let now = TimePeriod(unit, holding: reference)
        if unit == .weekend, steps == 0, reference.weekday < 6, direction == .past { return now?.moved(-1) }
        if unit == .weekend, steps < 0, reference.weekday == 7 || reference.weekday == 6 { return now?.moved(steps) }
        return now?.moved(steps)
    }

    /// "Two years ago", "in three weeks", "ten days after 3 May".
    func offset(_ amount: TimeAmount, _ sign: Int, _ from: TimeMeaning?) -> ResolvedTime {
        guard let from else {
            guard let reference else { return ResolvedTime(nil) }
            return hourly(amount, ResolvedTime(point(amount, sign, from: TimePeriod(reference), grain: amount.grain)))
        }
        let base = resolve(from)
        guard let period = base.period ?? (base.value == "PRESENT_REF" ? reference.map { TimePeriod($0) } : nil) else {
            return ResolvedTime(nil, doubt: base.doubt ?? .unanchored)
        }
        // Counted from a stated day, two weeks lead to a day.
        var out = ResolvedTime(point(amount, sign, from: period, grain: period.unit))
        out.isStated = base.isStated
        return out
    }

    /// "The following Tuesday", "the previous March": next to what the text dated last, else next to the report.
    func neighbour(_ fields: TimeFields, _ sign: Int) -> ResolvedTime {
        guard let anchor else { return near(fields, sign) }
        let moved = TimeResolver(
            reference: sign > 0 ? anchor.last : anchor.first, direction: direction, anchor: anchor, isStory: false,
            order: order)
        if let weekday = fields.weekday, fields.month == nil, fields.day == nil, sign > 0 {
            let days = (weekday - anchor.last.weekday + 7) % 7
            return ResolvedTime(TimePeriod(anchor.last.adding(days: days == 0 ? 7 : days)))
        }
        return moved.near(fields, sign)
    }

    /// "Two days later": from what the text dated last.
    func discourse(_ amount: TimeAmount, _ sign: Int) -> ResolvedTime {
        guard let anchor else { return hourly(amount, undatedDiscourse(amount, sign)) }
        if amount.grain != anchor.unit, TimePeriod.coarser(anchor.unit, amount.grain) == anchor.unit {
            // A day after a month, or a week after a year, could be any.
            let isNear = [.week, .weekend, .month].contains(anchor.unit) && amount.grain != .day
            return hourly(amount, isNear ? spread(amount, sign, from: anchor) : ResolvedTime(nil))
        }
        return hourly(amount, ResolvedTime(point(amount, sign, from: anchor, grain: amount.grain)))
    }

    /// "In May … three weeks later": every day of May moves by three weeks.
    private func spread(_ amount: TimeAmount, _ sign: Int, from base: TimePeriod) -> ResolvedTime {
        guard let last = point(amount, sign, from: TimePeriod(base.last), grain: .day),
            let first = point(amount, sign, from: TimePeriod(base.first), grain: .day)
        else { return ResolvedTime(nil) }
        return ResolvedTime(type: "DATE", value: "\(first.value)/\(last.value)", isStated: false)
    }

    /// Hours and minutes make a time of day.
    private func hourly(_ amount: TimeAmount, _ resolved: ResolvedTime) -> ResolvedTime {
        var out = resolved
        if amount.grain.isShorterThanDay { out.type = "TIME" }
        return out
    }

    /// "The previous year" of an annual figure is counted from the report; "the next day" needs a date before it.
    private func undatedDiscourse(_ amount: TimeAmount, _ sign: Int) -> ResolvedTime {
        guard amount.parts.count == 1, amount.parts[0].count == 1,
            TimePeriod.coarser(amount.grain, .week) == amount.grain
        else { return ResolvedTime(nil) }
        return ResolvedTime(shifted(amount.grain, sign))
    }

    /// "The rest of the year": from the day of publication, or from what was told of a year gone by, which is not known.
    func rest(of outer: ResolvedTime) -> ResolvedTime {
        guard let period = outer.period, let reference, period.first <= reference, reference <= period.last else {
            return vague(0, nil)
        }
        return ResolvedTime(type: "DATE", value: "\(reference)/\(period.last)", isStated: outer.isStated)
    }

    /// "For three days from Monday": all its days.
    func stretch(_ amount: TimeAmount, _ from: TimeMeaning) -> ResolvedTime {
        let base = resolve(from)
        guard let period = base.period, period.unit == .day, !amount.grain.isShorterThanDay,
            let end = point(amount, 1, from: period, grain: .day), end.first > period.first
        else { return ResolvedTime(nil, doubt: base.doubt ?? .unanchored) }
        let value = "\(period.first)/\(end.first.adding(days: -1))"
        return ResolvedTime(type: "DATE", value: value, isStated: base.isStated)
    }

    /// The point some amount away from a period; nil for "several years".
    private func point(_ amount: TimeAmount, _ sign: Int, from base: TimePeriod, grain: TimeUnit) -> TimePeriod? {
        var months = 0.0
        var days = 0.0
        for part in amount.parts {
            guard let count = part.count, count < 100_000 else { return nil }
            switch part.unit {
            case .second, .minute: break
            case .hour: days += (count / 24).rounded(.down)
            case .day: days += count
            case .week, .weekend: days += count * 7
            case .fortnight: days += count * 14
            default: months += count * Double(TimePeriod.months(part.unit))
            }
        }
        guard let moved = Self.day(base.first, months: sign * Int(months)) else { return nil }
        let number = moved.daysSince1970 + sign * Int(days)
        guard (-719_162...2_932_896).contains(number) else { return nil }
        // A decade ago is ten years ago, not a calendar decade; half a month away is still a day.
        let grain: TimeUnit =
            switch grain {
            case .decade, .century: .year
            case .season, .quarter, .half: .month
            default: grain
            }
        return TimePeriod(grain, holding: CalendarDate(daysSince1970: number))
    }

    /// The same day some months away, or the last of a shorter month.
    private static func day(_ date: CalendarDate, months: Int) -> CalendarDate? {
        let number = date.year * 12 + date.month - 1 + months
        guard number >= 12, number < 9990 * 12 else { return nil }
        let (year, month) = (number / 12, number % 12 + 1)
        return CalendarDate(
            year: year, month: month, day: min(date.day, CalendarDate.daysIn(month: month, year: year)))
    }

    /// "The past three years", "the next two days".
    func window(_ amount: TimeAmount, _ step: Int) -> ResolvedTime {
        let grain = amount.grain
        if grain.isShorterThanDay { return ResolvedTime(type: "DURATION", value: amount.value) }
        guard let reference else { return ResolvedTime(nil) }
        guard
            let far = point(amount, step, from: TimePeriod(reference), grain: grain),
            let near = TimePeriod(far.unit, holding: reference)
        else { return vague(step, grain) }
        if grain == .quarter || grain == .half { return window(grain, amount, step, reference) }
        // Today's events are part of "the past days", but not of "the next days".
        let start = step > 0 && grain == .day ? near.moved(1) ?? near : near
        let (first, last) = step < 0 ? (far, near) : (start, far)
        return ResolvedTime(
            type: "DATE", value: first == last ? first.value : "\(first.value)/\(last.value)", isStated: false)
    }

    /// Quarters of business reports are whole ones, without the present one.
    private func window(_ unit: TimeUnit, _ amount: TimeAmount, _ step: Int, _ reference: CalendarDate) -> ResolvedTime
    {
        guard let count = amount.parts.first?.count, count >= 1, count < 1000,
            let now = TimePeriod(unit, holding: reference), let near = now.moved(step),
            let far = now.moved(step * Int(count))
        else { return vague(step, unit) }
        let (first, last) = step < 0 ? (far, near) : (near, far)
        return ResolvedTime(
            type: "DATE", value: first == last ? first.value : "\(first.value)/\(last.value)", isStated: false)
    }

    /// "Monday of next week", "30 December last year", "the summer of 2014".
    func within(_ inner: TimeMeaning, _ outer: ResolvedTime) -> ResolvedTime {
        guard let period = outer.period else {
            var out = ResolvedTime(nil, doubt: outer.doubt ?? .unanchored)
            if case .fields(let fields) = inner { out.value = fields.openValue }
            return out
        }
        switch inner {
        case .fields(let fields): return place(fields, in: period, isStated: outer.isStated)
        case .part(let mod, let core):
            var out = within(core, outer)
            out.mod = mod
            return out
        case .clock(let clock, nil): return resolve(.clock(clock, .literal(period.value)))
        default: return resolve(inner)
        }
    }

    private func place(_ given: TimeFields, in period: TimePeriod, isStated: Bool) -> ResolvedTime {
        var fields = given
        fields.settlePair(order)
        switch period.unit {
        case .year:
            var out = date(fields, year: period.first.year)
            out.isStated = isStated
            return out
        case .week, .weekend, .day:
            guard let weekday = fields.weekday else { return ResolvedTime(period, isStated: isStated) }
            let monday = period.first.adding(days: 1 - period.first.weekday)
            return ResolvedTime(TimePeriod(monday.adding(days: weekday - 1)), isStated: isStated)
        case .month:
            fields.month = period.first.month
            if fields.weekday != nil, fields.day == nil, fields.nthWeekday == nil { return ResolvedTime(nil) }
            return ResolvedTime(fields.period(in: period.first.year), isStated: isStated, doubt: .impossible)
        default: return ResolvedTime(nil)
        }
    }

    /// "The first week of June", "the last four months of 2021".
    func nth(_ number: Int, _ unit: TimeUnit, _ count: Int, _ outer: ResolvedTime) -> ResolvedTime {
        guard let period = outer.period, (1...400).contains(count), abs(number) < 1000, number != 0 else {
            return ResolvedTime(nil, doubt: outer.doubt ?? .unanchored)
        }
        // A week belongs to the month or year that holds its Thursday.
        let lean = unit == .week ? 3 : 0
        let start = number > 0 ? period.first : period.last
        guard var first = TimePeriod(unit, holding: start) else { return ResolvedTime(nil) }
        if unit == .week {
            let thursday = first.first.adding(days: lean)
            if number > 0, thursday < period.first { first = first.moved(1) ?? first }
            if number < 0, thursday > period.last { first = first.moved(-1) ?? first }
        }
        if unit == .weekend, number > 0, first.last < period.first { first = first.moved(1) ?? first }
        guard let begin = first.moved(number > 0 ? number - 1 : number + 1 - (count - 1)),
            let end = begin.moved(count - 1),
            end.first.adding(days: lean) <= period.last, begin.first.adding(days: lean) >= period.first
        else { return ResolvedTime(nil, doubt: .impossible) }
        if count == 1 { return ResolvedTime(begin, isStated: outer.isStated) }
        return ResolvedTime(type: "DATE", value: "\(begin.value)/\(end.value)", isStated: outer.isStated)
    }

    /// "The week of 10 April".
    func week(of inner: ResolvedTime) -> ResolvedTime {
        guard let period = inner.period else { return ResolvedTime(nil, doubt: inner.doubt ?? .unanchored) }
        return ResolvedTime(TimePeriod(.week, holding: period.first), isStated: inner.isStated)
    }

    /// The unit that holds what the text dated last; nil when that is coarser.
    func covering(_ unit: TimeUnit, _ period: TimePeriod) -> TimePeriod? {
        TimePeriod.coarser(unit, period.unit) == unit ? TimePeriod(unit, holding: period.first) : nil
    }
}

extension TimePeriod {
    private static let order: [TimeUnit] = [
        .second, .minute, .hour, .day, .weekend, .week, .fortnight, .month, .quarter, .season, .half, .year, .decade,
        .century,
    ]

    /// The greater of two units.
    static func coarser(_ a: TimeUnit, _ b: TimeUnit) -> TimeUnit {
        let first = order.firstIndex(of: a) ?? 0
        return first >= order.firstIndex(of: b) ?? 0 ? a : b
    }
}
