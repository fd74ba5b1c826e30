public import DyadCodebook
public import DyadCore

/// Everything that reports tell, merged: one record for one happening, one claim for one proposition.
///
/// The content is a function of what was added: order does not matter, and adding report after report gives the same as
/// adding all at once.
///
/// To update a store of many reports without loading it: take `keys(of:)` of the new tellings, load the tellings that
/// share a key and lie within `slack` days, together with all tellings of the records these stand in, merge all of
/// them with `merge`, and replace those records. Claims work the same way with `keys(of:)` of statements.
public struct Ledger: Sendable {
    /// Merged events in the order of a timeline.
    public let records: [EventRecord]
    /// Claims by date and first place.
    public let claims: [Claim]

    /// Days by which the dates of two tellings of one happening may miss each other.
    public static let slack = 3

    /// Merges tellings and statements.
    ///
    /// - Parameters:
    ///   - events: tellings of any number of documents.
    ///   - reports: what is known about the documents.
    ///   - statements: what the documents say of whom, from ``StatementReader``.
    ///   - decisions: a reviewer's joins and splits.
    ///   - lexicon: words and rules.
    /// - Returns: records and claims.
    public static func merge(
        events: [Event], reports: [Report] = [], statements: [Statement] = [], decisions: [MergeDecision] = [],
        lexicon: LedgerLexicon = .standard
    ) -> Ledger {
        let sorted = unique(events)
        var maker = TellingMaker(lexicon: lexicon)
        let voices = Voices(sorted, reports)
        let tellings = sorted.map { maker.telling($0, text: voices.text(of: $0.document)) }
        let likeness = Likeness(lexicon: lexicon)
        let groups = TellingClusters(tellings, likeness: likeness, decisions: decisions).groups()
        let claims = ClaimMaker(lexicon: lexicon, groups: groups.map { $0.map { sorted[$0].id } })
        let records = RecordMaker(
            lexicon: lexicon, likeness: likeness, voices: voices, words: maker.words, facts: claims.facts(statements))
        let made = groups.compactMap { group in records.record(group.map { (tellings[$0], sorted[$0]) }) }
            .sorted { isEarlier($0.members[0].event, $1.members[0].event) }
        let related = RecordRelations(lexicon: lexicon).related(made)
        return Ledger(records: related, claims: claims.claims(statements, records: related, voices: voices))
    }

    /// The ledger with another report; the same as merging everything at once.
    public func adding(
        events: [Event], reports: [Report] = [], statements: [Statement] = [], decisions: [MergeDecision] = []
    ) -> Ledger {
        Ledger.merge(
            events: records.flatMap(\.tellings) + events, reports: reports,
            statements: claims.flatMap(\.positions) + statements, decisions: decisions)
    }

    /// What a telling is found by.
    public static func keys(of event: Event, lexicon: LedgerLexicon = .standard) -> [LedgerKey] {
        var maker = TellingMaker(lexicon: lexicon)
        let telling = maker.telling(event)
        let words = maker.words
        let kinds = telling.classes.isEmpty ? telling.roots : telling.classes
        let bodies = telling.bodies.map { words.name($0) }.sorted()
        var names: [String] = []
        for (index, body) in bodies.enumerated() { names += bodies[(index + 1)...].map { "\(body) \($0)" } }
        for source in telling.sources { names += kinds.map { "\(words.name(source))|\(words.name($0))" } }
        return Set(names).sorted().map { LedgerKey(name: $0, first: Int(telling.first), last: Int(telling.last)) }
    }

    /// What a statement is found by: its terms and the actors it is about.
    public static func keys(of statement: Statement) -> [LedgerKey] {
        let (first, last) = statement.reach
        let names =
            statement.events.map { "event \($0)" }
            + statement.terms.flatMap { term in
                statement.bodies.map { "\($0)|\(term)" }
            }
        return Set(names).sorted().map { LedgerKey(name: $0, first: first, last: last) }
    }

    /// Each event once, by identifier.
    private static func unique(_ events: [Event]) -> [Event] {
        var out: [Event] = []
        for event in events.sorted(by: { ($0.id, $0.document) < ($1.id, $1.document) }) where out.last?.id != event.id {
            out.append(event)
        }
        return out
    }
}

extension Statement {
    /// Days over which it may belong together with others, counted from 1970-01-01.
    ///
    /// Answers, evidence and figures are told of what was said long before; plain sayings of one thing lie close together.
    var reach: (first: Int, last: Int) {
        let days = days.flatMap { DayRange($0) } ?? published.flatMap { DayRange($0.description) }
        guard let days else { return (0, Int(Int32.max / 2)) }
        let isWide = stance != .asserts || isAnswer || isEvidence || !reference.isEmpty || !figures.isEmpty
        let slack = isWide ? 400 : 5
        return (days.first.daysSince1970 - slack, days.last.daysSince1970 + slack)
    }

    /// True when two statements may belong together by their days.
    func canMeet(_ other: Statement) -> Bool {
        let (own, others) = (reach, other.reach)
        return own.first <= others.last + Ledger.slack && others.first <= own.last + Ledger.slack
    }
}
