import DyadCore

/// Counts the meaning of an expression from the document time, the text around it and the tense of its clause.
///
/// The grain is kept: "last week" is a week, and a day counted in years is a year.
struct TimeResolver {
    /// Day of publication.
    let reference: CalendarDate?
    let direction: TimeDirection
    /// What the text dated last, for "two days later" and "that year".
    let anchor: TimePeriod?
    /// True when dates without a year continue the story of the anchor.
    let isStory: Bool
    let order: DateOrder

    func resolve(_ meaning: TimeMeaning) -> ResolvedTime {
        switch meaning {
        case .fields(let fields): date(fields, year: nil)
        case .shifted(let unit, let steps): ResolvedTime(shifted(unit, steps))
        case .near(let fields, let step): near(fields, step)
        case .neighbour(let fields, let sign): neighbour(fields, sign)
        case .offset(let amount, let sign, let from): offset(amount, sign, from)
        case .discourse(let amount, let sign): discourse(amount, sign)
        case .window(let amount, let step): window(amount, step)
        case .within(let inner, let outer): within(inner, resolve(outer))
        case .nth(let number, let unit, let count, let outer): nth(number, unit, count, resolve(outer))
        case .weekOf(let inner): week(of: resolve(inner))
        case .same(let unit): ResolvedTime(anchor.flatMap { covering(unit, $0) })
        case .fiscal(let year, let shift): fiscal(year, shift)
        default: other(meaning)
        }
    }

    private func other(_ meaning: TimeMeaning) -> ResolvedTime {
        switch meaning {
        case .part(let mod, let inner):
            var out = resolve(inner)
            out.mod = mod
            return out
        case .range(let a, let b): return range(a, b).whole
        case .open(_, let inner): return resolve(inner)
        case .amount(let amount): return ResolvedTime(type: "DURATION", value: amount.value)
        case .set(let value): return ResolvedTime(type: "SET", value: value)
        case .clock(let clock, let date): return time(clock, date)
        case .literal(let value): return literal(value)
        case .reference(let value):
            // A moment has no calendar grain, so it is a time, not a date.
            return ResolvedTime(type: "TIME", value: value, isStated: false)
        case .ahead(let amount): return ahead(amount)
        case .rest(let inner): return rest(of: resolve(inner))
        case .stretch(let amount, let from): return stretch(amount, from)
        case .vague(let side, let unit): return vague(side, unit)
        default: return ResolvedTime(nil)
        }
    }

    private func ahead(_ amount: TimeAmount) -> ResolvedTime {
        direction == .future ? offset(amount, 1, nil) : ResolvedTime(type: "DURATION", value: amount.value)
    }

    func vague(_ side: Int, _ unit: TimeUnit?) -> ResolvedTime {
        var out = ResolvedTime(nil)
        if side != 0, let unit, let reference {
            let coarser: TimeUnit =
                switch unit {
                case .day: .week
                case .week, .weekend, .fortnight: .month
                case .month, .quarter, .season: .year
                default: .decade
                }
            out.rough = TimePeriod(coarser, holding: reference)?.value
        }
        out.mod = side < 0 ? "BEFORE" : side > 0 ? "AFTER" : nil
        return out
    }

    private func literal(_ value: String) -> ResolvedTime {
        if !value.contains("/"), let day = CalendarDate(value) { return ResolvedTime(TimePeriod(day), isStated: true) }
        return ResolvedTime(type: "DATE", value: value)
    }

    /// A fiscal year lies within two calendar years; which months it has depends on the country.
    private func fiscal(_ year: Int?, _ shift: Int) -> ResolvedTime {
        if let year, (1800...2199).contains(year) { return ResolvedTime(type: "DATE", value: "\(year - 1)/\(year)") }
        guard let reference else { return ResolvedTime(nil) }
        let first = reference.year + shift - (reference.month <= 6 ? 1 : 0)
        return ResolvedTime(type: "DATE", value: "\(first)/\(first + 1)", isStated: false)
    }

    // MARK: - Times of day

    private func time(_ clock: TimeClock, _ date: TimeMeaning?) -> ResolvedTime {
        let day = date.map(resolve)
        guard let text = clock.value else {
            var out = day ?? ResolvedTime(nil)
            out.type = "TIME"
            return out
        }
        guard let day else { return ResolvedTime(type: "TIME", value: text, isStated: false) }
        var out = day
        // The value stays ISO 8601, so the night of a day is that day with a shade.
        guard clock.hour != nil else {
            out.mod = clock.part ?? out.mod
            return out
        }
        out.type = "TIME"
        // Only a day has hours; "next week in the morning" stays a week.
        if let value = day.value, day.period?.unit == .day || value.hasPrefix("XXXX") { out.value = value + text }
        return out
    }

    // MARK: - Ranges

    /// Both ends and the whole; each end borrows from the other what it does not say itself.
    func range(_ a: TimeMeaning, _ b: TimeMeaning) -> (first: ResolvedTime, last: ResolvedTime, whole: ResolvedTime) {
        var (left, right) = TimeMeaning.sharing(a, b, order: order)
        (left, right) = ending(left, right)
        if case .fields(let fields) = right, fields.year == nil, let end = after(resolve(left), fields) {
            right = end
        }
        var (first, last) = (resolve(left), resolve(right))
        var whole = ResolvedTime(nil)
        if let start = day(first), let end = day(last) { whole = ResolvedTime(type: "DATE", value: "\(start)/\(end)") }
        whole.isStated = resolve(a).isStated || resolve(b).isStated
        (first.isStated, last.isStated) = (whole.isStated, whole.isStated)
        whole.doubt = first.doubt ?? last.doubt
        if first.type == "TIME", last.type == "TIME" { whole.type = "TIME" }
        return (first, last, whole)
    }

    /// "From November to March" without years: the end is dated first, and the beginning is the last one before it.
    private func ending(_ a: TimeMeaning, _ b: TimeMeaning) -> (TimeMeaning, TimeMeaning) {
        guard case .fields(var left) = a, case .fields(var right) = b, left.year == nil, right.year == nil,
            let start = left.month, let end = right.month, let last = resolve(b).period
        else { return (a, b) }
        right.year = last.first.year
        left.year = (start, left.day ?? 0) > (end, right.day ?? 31) ? last.first.year - 1 : last.first.year
        return (.fields(left), .fields(right))
    }

    /// "From Monday to Friday", "from November to March": the end is the first such date after the beginning.
    private func after(_ start: ResolvedTime, _ end: TimeFields) -> TimeMeaning? {
        guard let from = start.period, reference != nil,
            start.isStated == false || end.weekday != nil || end.month != nil
        else { return nil }
        if let weekday = end.weekday, end.month == nil, end.day == nil {
            let days = (weekday - from.first.weekday + 7) % 7
            return .literal(from.first.adding(days: days == 0 ? 7 : days).description)
        }
        guard let month = end.month, from.unit == .day || from.unit == .month else { return nil }
        var out = end
        let isEarlier = (month, end.day ?? 31) < (from.first.month, from.unit == .day ? from.first.day : 0)
        out.year = from.first.year + (isEarlier ? 1 : 0)
        return .fields(out)
    }

    private func day(_ time: ResolvedTime) -> String? {
        if time.value == "PRESENT_REF" { return reference?.description }
        return time.value
    }
}

extension TimeClock {
    /// `T17:30`, `TNI`; nil when neither hour nor part of the day is known.
    var value: String? {
        guard var hour, (0...24).contains(hour) else { return part.map { "T\($0)" } }
        if half == "pm" && hour < 12 || half == nil && hour < 12 && ["AF", "EV"].contains(part) { hour += 12 }
        if half == nil && part == "NI" && (5..<12).contains(hour) { hour += 12 }
        if half == "am" && hour == 12 { hour = 0 }
        let zone = isUniversal ? "Z" : ""
        let seconds = second.map { ":\(TimePeriod.pad($0))" } ?? ""
        let minutes = minute.map { ":\(TimePeriod.pad($0))" } ?? ""
        return "T\(TimePeriod.pad(hour))\(minutes)\(seconds)\(zone)"
    }
}

extension TimeMeaning {
    /// Gives each end of a range the month or year that only the other one names.
    static func sharing(_ a: TimeMeaning, _ b: TimeMeaning, order: DateOrder) -> (TimeMeaning, TimeMeaning) {
        guard case .fields(var left) = a, case .fields(var right) = b else { return (a, b) }
        // Both ends are written in one way.
        let order = order == .unknown && (left.year ?? right.year) != nil ? .dayFirst : order
        left.settlePair(order)
        right.settlePair(order)
        if left.isDayOnly, let month = right.month {
            left.month = month
            left.year = right.year
        } else if right.day != nil, right.month == nil, right.weekday == nil, let month = left.month {
            left.year = left.year ?? right.year
            right.year = left.year
            // "28 April to the 3rd" ends in May.
            if let start = left.day, let end = right.day, end < start {
                right.month = month % 12 + 1
                if month == 12, let year = left.year { right.year = year + 1 }
            } else {
                right.month = month
            }
        } else if left.year == nil, left.month != nil, let year = right.year, let end = right.month {
            left.year = (left.month ?? 0, left.day ?? 0) > (end, right.day ?? 31) ? year - 1 : year
        } else if right.year == nil, right.month != nil, let year = left.year, let start = left.month {
            right.year = (right.month ?? 0, right.day ?? 31) < (start, left.day ?? 0) ? year + 1 : year
        }
        return (.fields(left), .fields(right))
    }
}
