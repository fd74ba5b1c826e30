import DyadCore

/// Chooses the date of a clause: the expression that governs it.
///
/// A date belongs to the word it hangs on. One that hangs on the trigger is taken first, then one of the clause, then
/// one of a clause around it that tells the same story: the first of two coordinated verbs, the main verb of a
/// participle. The date of a saying ("said on Friday that …") does not date what is said.
struct EventDateChooser {
    private let graph: SyntaxGraph
    private let trigger: Int
    /// Day of publication.
    private let published: CalendarDate?

    /// True where the trigger says something, so that the date of a letter or a video is also that of the words in it.
    private let isSaying: Bool

    init(clause: ClauseSearch, published: CalendarDate?, isSaying: Bool = false) {
        graph = clause.graph
        trigger = clause.trigger
        self.published = published
        self.isSaying = isSaying
    }

    /// The date, never sharper than the words; nil when the sentence gives none.
    func date(among times: [TimeExpression]) -> EventDate? {
        governing(among: times).flatMap(date(of:))
    }

    /// The expression that governs the clause.
    func governing(among times: [TimeExpression]) -> TimeExpression? {
        let ranks = governors()
        var best: (time: TimeExpression, rank: Int, distance: Int)?
        for time in times where Self.isPoint(time) {
            guard let place = place(of: time), let rank = ranks[place.governor] else { continue }
            let found = (time, rank * 8 + min(place.nouns, 7), abs(place.token - trigger))
            if best.map({ (found.1, found.2) < ($0.rank, $0.distance) }) ?? true { best = found }
        }
        return best?.time
    }

    // MARK: - Which expression

    /// Durations, sets and bare hours date nothing, "now" is the day of publication anyway, and a deadline lies after
    /// what is done about it.
    static func isPoint(_ time: TimeExpression) -> Bool {
        if time.range?.side == "until" || time.range?.side == "before" { return false }
        switch time.type {
        case "DATE": return true
        case "TIME": return time.value.map { !$0.hasPrefix("T") && !$0.hasSuffix("_REF") } ?? false
        default: return false
        }
    }

    /// Clauses whose dates may be those of the event, with their rank; 0 is the best.
    private func governors() -> [Int: Int] {
        var out = [trigger: 0]
        var at = trigger
        var rank = 1
        while rank < 20, let up = graph.head(at) {
            if isClause(at), !Self.sameStory.contains(graph.relation(at)) || graph.token(at).relation == "acl:relcl" {
                break
            }
            at = up
            guard isClause(at) else { continue }
            if out[at] == nil { out[at] = rank }
            rank += 1
        }
        for clause in participles(beside: trigger) where out[clause] == nil { out[clause] = 2 }
        if isSaying { for clause in published(under: trigger) where out[clause] == nil { out[clause] = 1 } }
        return out
    }

    /// "Speaking in Doha on Sunday, he said": participles without a conjunction are of the same time.
    private func participles(beside verb: Int) -> [Int] {
        graph.children(verb, "advcl").filter { clause in
            graph.token(clause).xpos == "VBG" && graph.children(clause, "mark", "nsubj").isEmpty
        }
    }

    /// "Said in a video posted on Friday": participles beside what was said in.
    private func published(under verb: Int) -> [Int] {
        graph.children(verb, "obl", "obj", "nmod").flatMap { graph.children($0, "acl") }.filter {
            graph.token($0).xpos == "VBN" && graph.token($0).relation == "acl"
        }
    }

    private static let sameStory: Set<Substring> = ["xcomp", "conj", "advcl", "acl", "aux", "cop"]

    private func isClause(_ index: Int) -> Bool {
        graph.token(index).upos == "VERB" || !graph.children(index, "nsubj", "cop").isEmpty
    }

    /// The word that an expression dates, and how many nouns lie between; nil for "the 2015 agreement", which names a
    /// thing and dates no clause.
    private func place(of time: TimeExpression) -> (governor: Int, nouns: Int, token: Int)? {
        let tokens = graph.sentence.tokens
        guard let first = tokens.firstIndex(where: { $0.span.overlaps(time.span) }) else { return nil }
        var last = first
        while last + 1 < tokens.count, tokens[last + 1].span.overlaps(time.span) { last += 1 }
        let top = (first...last).first { tokens[$0].head < first || tokens[$0].head > last } ?? first
        guard var at = graph.head(top) else { return (top, 0, top) }
        if at != trigger, isName(top, of: at, first) { return nil }
        var nouns = 0
        for _ in 0..<60 {
            if at == trigger || isClause(at) { return (at, nouns, top) }
            guard let up = graph.head(at) else { return (at, nouns, top) }
            nouns += 1
            at = up
        }
        return nil
    }

    /// True for a date without preposition that is part of a noun phrase.
    private func isName(_ top: Int, of head: Int, _ first: Int) -> Bool {
        guard graph.isNominal(head), graph.token(top).relation != "nmod:tmod" else { return false }
        let hasPreposition = graph.children(top, "case").contains { $0 <= first }
        return !hasPreposition && ["compound", "nummod", "amod", "nmod"].contains(graph.relation(top))
    }

    // MARK: - Which value

    func date(of time: TimeExpression) -> EventDate? {
        guard let value = time.range.map(\.value) ?? time.value else { return undated(time) }
        let day = value.contains("/") ? value : String(value.prefix { $0 != "T" })
        return EventDate(
            value: Self.interval(day), precision: Self.precision(day),
            basis: time.value == nil ? "unknown" : time.basis,
            text: time.text, span: time.range?.span ?? time.span)
    }

    /// Weeks, quarters, seasons, decades and centuries as intervals, which every reader of dates understands; the
    /// precision names what they were.
    private static func interval(_ value: String) -> String {
        let isPlain = value.allSatisfy { $0.isNumber || $0 == "-" || $0 == "/" || $0 == "." } && value.utf8.count > 3
        guard !isPlain, let range = DayRange(value) else { return value }
        if value.contains("-W"), !value.hasSuffix("-WI") { return "\(range.first)/\(range.last)" }
        let length = value.utf8.count > 3 ? 7 : 4
        return "\(range.first.description.prefix(length))/\(range.last.description.prefix(length))"
    }

    /// "On the last day of his visit": some day up to the publication.
    private func undated(_ time: TimeExpression) -> EventDate? {
        published.map {
            EventDate(value: "../\($0)", precision: "range", basis: "unknown", text: time.text, span: time.span)
        }
    }

    private static func precision(_ value: String) -> String {
        if value.contains("/") || value.contains("-H") { return "range" }
        if value.contains("-W"), !value.hasSuffix("-WI") { return "week" }
        if value.contains("-Q") { return "quarter" }
        switch value.utf8.count {
        case ...2: return "century"
        case 3: return "decade"
        case 4: return "year"
        case 7: return value.last?.isNumber ?? false ? "month" : "season"
        default: return "day"
        }
    }
}
