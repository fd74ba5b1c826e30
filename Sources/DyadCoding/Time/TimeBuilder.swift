import DyadCodebook

/// Builds the meaning of a matched rule by the rule's builder.
struct TimeBuilder {
    let rule: TimeGrammar.Rule
    let slots: TimeSlots

    /// Nil when the values do not fit the builder, as a month of 13.
    func meaning() -> TimeMeaning? {
        switch rule.builder {
        case "word": rule.settings["value"].map(TimeMeaning.word)
        case "same": slots.entries.last?.meaning
        case "sum": .number(slots.entries.reduce(0) { $0 + (number(of: $1.meaning) ?? 0) })
        case "product": .number(slots.entries.reduce(1) { $0 * (number(of: $1.meaning) ?? 1) })
        case "number": setting("n").map(TimeMeaning.number)
        case "amount": amount().map(TimeMeaning.amount)
        case "amounts": amounts().map(TimeMeaning.amount)
        case "set": set().map(TimeMeaning.set)
        case "fields": fields().map(TimeMeaning.fields)
        case "clock": .clock(clock(), slots["date"])
        case "daypart": daypart()
        case "vague": .vague(step, unit)
        case "literal":
            (rule.settings["value"] ?? slots.entries.last.flatMap { word(of: $0.meaning) }).map(TimeMeaning.literal)
        case "reference": .reference(rule.settings["value"] ?? "PRESENT_REF")
        default: relation()
        }
    }

    // MARK: - Points counted from others

    private func relation() -> TimeMeaning? {
        switch rule.builder {
        case "shift": unit.map { .shifted($0, step) }
        case "near": nearFields().map { .near($0, step) }
        case "neighbour": nearFields().map { .neighbour($0, sign) }
        case "ago": amountOrUnit().map { .offset($0, sign, from: slots["from"]) }
        case "rest": (slots["inner"] ?? unit.map { .shifted($0, 0) }).map(TimeMeaning.rest)
        case "stretch": slots.amount("amount").flatMap { amount in slots["from"].map { .stretch(amount, from: $0) } }
        case "discourse": amountOrUnit().map { .discourse($0, sign) }
        case "window": amountOrUnit().map { .window($0, step) }
        case "within": both("inner", "outer", TimeMeaning.within)
        case "nth": nth()
        case "part": part()
        case "range": both("a", "b", TimeMeaning.range)
        case "open": slots["a"].map { .open(slots.word("side") ?? rule.settings["side"] ?? "since", $0) }
        case "weekof": slots["inner"].map(TimeMeaning.weekOf)
        case "anchor": unit.map(TimeMeaning.same)
        case "ahead": slots.amount("amount").map(TimeMeaning.ahead)
        default: years()
        }
    }

    /// Builders of less common years and parts of them.
    private func years() -> TimeMeaning? {
        switch rule.builder {
        case "fiscal": fiscalYear()
        case "yearspan": yearSpan()
        case "withinfields": fields().flatMap { inner in slots["outer"].map { .within(.fields(inner), $0) } }
        default: nil
        }
    }

    private func fiscalYear() -> TimeMeaning? {
        if let start = slots.number("start") { return .fiscal(start + 1, 0) }
        if let short = slots.number("yy") { return .fiscal(2000 + short, 0) }
        return .fiscal(slots.number("year"), slots.number("shift") ?? 0)
    }

    /// "2017-18" is two years, "2015-12" a month.
    private func yearSpan() -> TimeMeaning? {
        guard let start = slots.number("start"), let end = slots.number("end") else { return nil }
        if end > start % 100 { return .literal("\(start)/\(start / 100 * 100 + end)") }
        guard (1...12).contains(end), slots["dash"] != nil else { return nil }
        var out = TimeFields()
        (out.year, out.month) = (start, end)
        return .fields(out)
    }

    private func both(_ a: String, _ b: String, _ make: (TimeMeaning, TimeMeaning) -> TimeMeaning) -> TimeMeaning? {
        guard let left = slots[a], let right = slots[b] else { return nil }
        return make(left, right)
    }

    private func part() -> TimeMeaning? {
        guard let inner = slots["inner"] ?? unit.map({ .shifted($0, 0) }) else { return nil }
        return .part(slots.word("mod") ?? rule.settings["mod"] ?? "MID", inner)
    }

    private func nth() -> TimeMeaning? {
        guard let outer = slots["outer"], let unit else { return nil }
        return .nth(slots.number("ord") ?? setting("n") ?? 1, unit, count: slots.number("count") ?? 1, of: outer)
    }

    // MARK: - Numbers and amounts

    private func setting(_ name: String) -> Int? { rule.settings[name].flatMap { Int($0) } }

    private func number(of meaning: TimeMeaning) -> Int? {
        switch meaning {
        case .number(let value): value
        case .word(let text): Int(text)
        default: nil
        }
    }

    private func word(of meaning: TimeMeaning) -> String? { if case .word(let text) = meaning { text } else { nil } }

    private var unit: TimeUnit? { (slots.word("unit") ?? rule.settings["unit"]).flatMap(TimeUnit.init) }
    private var step: Int { slots.number("shift") ?? setting("n") ?? 0 }
    private var sign: Int { slots.number("sign") ?? setting("n") ?? -1 }

    private func amount() -> TimeAmount? {
        guard let unit else { return nil }
        let whole = slots.number("count").map(Double.init) ?? rule.settings["count"].flatMap(Double.init)
        let digits = slots.word("fraction") ?? rule.settings["fraction"]
        let fraction = digits.flatMap { Double("0.\($0)") } ?? 0
        return TimeAmount(parts: [.init(count: whole.map { $0 + fraction }, unit: unit)])
    }

    private func amounts() -> TimeAmount? {
        let all = slots.entries.reversed().compactMap { if case .amount(let one) = $0.meaning { one } else { nil } }
        return all.isEmpty ? nil : TimeAmount(parts: all.flatMap(\.parts))
    }

    private func amountOrUnit() -> TimeAmount? {
        slots.amount("amount")
            ?? unit.map { TimeAmount(parts: [.init(count: slots.number("count").map(Double.init) ?? 1, unit: $0)]) }
    }

    private func set() -> String? {
        if let value = rule.settings["value"] ?? slots.word("freq") { return value }
        if let weekday = slots.number("weekday") { return "XXXX-WXX-\(weekday)" }
        if let part = slots.word("part") { return "T\(part)" }
        if let month = slots.number("month") { return "XXXX-\(TimePeriod.pad(month))" }
        if let season = slots.word("season") { return "XXXX-\(season)" }
        return (slots.amount("amount") ?? unit.map { TimeAmount(parts: [.init(count: 1, unit: $0)]) })?.value
    }

    // MARK: - Dates

    private func nearFields() -> TimeFields? { slots.fields("inner") ?? fields() }

    private func fields() -> TimeFields? {
        var out = slots.fields("base") ?? TimeFields()
        out.year = slots.number("year") ?? slots.number("plus").map { 2000 + $0 } ?? out.year
        out.shortYear = slots.number("yy") ?? out.shortYear
        out.month = slots.number("month") ?? out.month
        out.day = slots.number("day") ?? out.day
        out.weekday = slots.number("weekday") ?? out.weekday
        out.week = slots.number("week") ?? out.week
        out.quarter = slots.number("quarter") ?? out.quarter
        out.half = slots.number("half") ?? out.half
        out.season = slots.word("season") ?? out.season
        out.decade = slots.number("decade") ?? out.decade
        out.century = slots.number("century").map { ($0 - 1) * 100 } ?? out.century
        out.isWeekend = out.isWeekend || rule.settings["weekend"] != nil
        out.easter = setting("easter") ?? out.easter
        out.isMonthFirst = rule.settings["order"].map { $0 == "month" } ?? out.isMonthFirst
        if let number = slots.number("nth") ?? setting("nth") { out.nthWeekday = number }
        if let date = slots.word("holiday") { read(holiday: date, &out) }
        if let date = slots.word("ymd") { read(compact: date, &out) }
        if let first = slots.number("first"), let second = slots.number("second") { out.pair = [first, second] }
        return isPossible(out) ? out : nil
    }

    /// `12-25`, `easter-2` or `11-4#4` (the fourth Thursday of November).
    private func read(holiday text: String, _ out: inout TimeFields) {
        if text.hasPrefix("easter") {
            out.easter = Int(text.dropFirst(6)) ?? 0
            return
        }
        let parts = text.split { "-#".contains($0) }.compactMap { Int($0) }
        guard parts.count >= 2 else { return }
        out.month = parts[0]
        if parts.count == 3 {
            // 9 stands for the last one.
            (out.weekday, out.nthWeekday) = (parts[1], parts[2] == 9 ? -1 : parts[2])
        } else {
            out.day = parts[1]
        }
    }

    private func read(compact text: String, _ out: inout TimeFields) {
        out.year = Int(text.prefix(4))
        out.month = Int(text.dropFirst(4).prefix(2))
        out.day = Int(text.suffix(2))
    }

    private func isPossible(_ fields: TimeFields) -> Bool {
        if let quarter = fields.quarter, !(1...4).contains(quarter) { return false }
        if let half = fields.half, !(1...2).contains(half) { return false }
        if let day = fields.day, !(1...31).contains(day) { return false }
        if let decade = fields.decade, decade % 10 != 0 { return false }
        if let week = fields.week, !(1...53).contains(week) { return false }
        if let century = fields.century, !(0...3000).contains(century) { return false }
        return true
    }

    // MARK: - Clock

    private func clock() -> TimeClock {
        var out = TimeClock()
        out.hour = slots.number("hour") ?? setting("hour")
        out.minute = slots.number("min") ?? setting("min")
        out.second = slots.number("sec")
        out.half = slots.word("ampm")
        out.part = slots.word("part")
        out.isUniversal = slots["utc"] != nil
        if let digits = slots.number("hhmm") {
            guard digits / 100 <= 24, digits % 100 < 60 else { return TimeClock() }
            (out.hour, out.minute) = (digits / 100, digits % 100)
        }
        if case .clock(let inner, _)? = slots["clock"] {
            let (part, zone) = (out.part, out.isUniversal)
            out = inner
            out.part = part ?? out.part
            out.isUniversal = zone || inner.isUniversal
        }
        return out
    }

    private func daypart() -> TimeMeaning {
        var out = TimeClock()
        out.part = slots.word("part") ?? rule.settings["part"]
        return .clock(out, slots["date"] ?? setting("n").map { .shifted(.day, $0) })
    }
}
