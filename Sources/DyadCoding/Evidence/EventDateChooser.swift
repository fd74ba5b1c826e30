import DyadCore

/// Chooses the date of an event: the expression that governs its clause, else the day of publication, marked as that.
struct EventDateChooser {
    let clause: ClauseSearch
    /// Day of publication.
    let published: CalendarDate?

    /// The date, never sharper than the words; nil when neither the text nor the publication gives one.
    func date(among times: [TimeExpression]) -> EventDate? {
        let candidates = times.filter { isPoint($0) && !clause.isAttribute($0.span) }
        if let time = clause.nearest(candidates, span: \.span) { return date(of: time) ?? undated(time) }
        return published.map { EventDate(value: $0.description, precision: "day", basis: "publication") }
    }

    /// Durations, sets and bare hours date nothing; "now" is the day of publication anyway.
    private func isPoint(_ time: TimeExpression) -> Bool {
        switch time.type {
        case "DATE": true
        case "TIME": time.value.map { !$0.hasPrefix("T") && !$0.hasSuffix("_REF") } ?? false
        default: false
        }
    }

    private func date(of time: TimeExpression) -> EventDate? {
        guard let value = time.range.map(\.value) ?? time.value else { return nil }
        let day = value.contains("/") ? value : String(value.prefix { $0 != "T" })
        let span = time.range?.span ?? time.span
        return EventDate(
            value: day, precision: Self.precision(day), basis: time.basis, text: time.text, span: span)
    }

    /// "In recent weeks": some day up to the publication; "in the coming days": some day after it.
    private func undated(_ time: TimeExpression) -> EventDate? {
        published.map { day -> EventDate in
            let value = time.mod == "AFTER" ? "\(day)/.." : "../\(day)"
            return EventDate(value: value, precision: "range", basis: "unknown", text: time.text, span: time.span)
        }
    }

    private static func precision(_ value: String) -> String {
        if value.contains("/") { return "range" }
        if value.contains("-W"), !value.hasSuffix("-WI") { return "week" }
        if value.contains("-Q") { return "quarter" }
        if value.contains("-H") { return "range" }
        switch value.count {
        case ...2: return "century"
        case 3: return "decade"
        case 4: return "year"
        case 7: return value.last?.isNumber ?? false ? "month" : "season"
        default: return "day"
        }
    }
}

extension ClauseSearch {
    /// True when a date only names a thing, as in "the 2015 agreement", and does not say when the clause happened.
    func isAttribute(_ span: Span) -> Bool {
        let tokens = graph.sentence.tokens
        guard let first = tokens.firstIndex(where: { $0.span.overlaps(span) }) else { return false }
        let inside = tokens.indices.filter { tokens[$0].span.overlaps(span) }
        guard let top = inside.first(where: { !inside.contains(tokens[$0].head) }), let head = graph.head(top),
            !inside.contains(head), head != trigger, graph.isNominal(head)
        else { return false }
        let hasPreposition = graph.children(top, "case").contains { $0 < first }
        return !hasPreposition && ["compound", "nummod", "amod", "nmod"].contains(graph.relation(top))
            && graph.token(top).relation != "nmod:tmod"
    }
}
