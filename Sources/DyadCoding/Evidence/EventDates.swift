import DyadCodebook
import DyadCore

/// Dates the events of a report.
///
/// First by the expression that governs the clause; a stay gets all its days, and "the last day of his visit" is counted
/// from them. What somebody says is dated by the saying. A sentence in the past that names no date goes on with the date
/// of the sentence before. A headline takes the date of the same event in the text. What is left gets the day of
/// publication, marked as that.
struct EventDates {
    private let article: AnnotatedArticle
    private let words: PlaceWords
    private let times: [Int: [TimeExpression]]
    private let graphs: [Int: SyntaxGraph]
    private let stays: [Stay]
    /// Date that the main clause of each sentence tells or goes on with.
    private var told: [Int: EventDate] = [:]

    init(article: AnnotatedArticle, words: PlaceWords) {
        self.article = article
        self.words = words
        times = Dictionary(grouping: article.times, by: \.sentence)
        var graphs: [Int: SyntaxGraph] = [:]
        let used = Set(article.events.map(\.sentence)).union(
            article.events.filter { $0.sentence > 0 }.map { $0.sentence - 1 })
        for index in used.union(times.keys) { graphs[index] = SyntaxGraph(article.sentences[index]) }
        self.graphs = graphs
        var stays: [Stay] = []
        for index in times.keys.sorted() {
            guard let graph = graphs[index] else { continue }
            stays += StayReader(graph: graph, sentence: index, times: times[index] ?? [], words: words).stays()
        }
        self.stays = stays
        tell()
    }

    /// The date of every event, in their order.
    func assigned() -> [EventDate?] {
        var out = article.events.map { stated($0) ?? said($0) ?? carried($0) }
        for index in article.events.indices where out[index] == nil {
            guard let twin = EventTwins.twin(of: index, in: article, where: { out[$0] != nil }) else { continue }
            out[index] = out[twin]
        }
        return out.map { date in
            date
                ?? article.documentTime.map {
                    EventDate(value: $0.description, precision: "day", basis: "publication")
                }
        }
    }

    // MARK: - In the sentence

    private func stated(_ event: Event) -> EventDate? {
        guard let graph = graphs[event.sentence], let near = times[event.sentence] else { return nil }
        let clause = ClauseSearch(graph: graph, trigger: event.triggerSpan)
        if let stay = stay(event, clause) { return stay }
        let chooser = EventDateChooser(
            clause: clause, published: article.documentTime, isSaying: Self.isVerbal(event.type))
        guard let time = chooser.governing(among: near) else { return nil }
        if time.value == nil, let day = dayOfStay(time, graph, event.sentence) { return day }
        return chooser.date(of: time)
    }

    /// All days of the stay that the event is, or during which people met.
    private func stay(_ event: Event, _ clause: ClauseSearch) -> EventDate? {
        let here = stays.filter { $0.sentence == event.sentence }
        if let own = here.first(where: { $0.noun == clause.trigger || $0.verb == clause.trigger }) { return own.date }
        guard event.type == .consult, let graph = graphs[event.sentence],
            EventDateChooser(clause: clause, published: nil).governing(among: times[event.sentence] ?? []) == nil
        else { return nil }
        return here.first { graph.isUnder($0.noun, clause.trigger) || graph.isUnder($0.noun, clause.top) }?.date
    }

    /// "On the last day of his visit".
    private func dayOfStay(_ time: TimeExpression, _ graph: SyntaxGraph, _ sentence: Int) -> EventDate? {
        let inside = graph.sentence.tokens.filter { $0.span.overlaps(time.span) }.map { $0.lemma.lowercased() }
        guard inside.contains("day"), inside.contains(where: { words.has("stay", $0) }),
            let number = inside.lazy.compactMap({ words.number("stay-day", $0) }).first,
            let stay = stays.last(where: { $0.sentence <= sentence }) ?? stays.first, let day = stay.day(number)
        else { return nil }
        return EventDate(
            value: day.description, precision: "day", basis: "relative", text: time.text, span: time.span)
    }

    // MARK: - By who says it

    /// The date of the saying, for what is done by saying it.
    private func said(_ event: Event) -> EventDate? {
        guard Self.isVerbal(event.type), let statement = event.attribution.last, Self.isSpeaker(statement, of: event),
            let sentence = article.sentences.indices.first(where: {
                article.sentences[$0].span.overlaps(statement.cueSpan)
            }), let near = times[sentence], let graph = graphs[sentence]
        else { return nil }
        let clause = ClauseSearch(graph: graph, trigger: statement.cueSpan)
        return EventDateChooser(clause: clause, published: article.documentTime, isSaying: true).date(among: near)
    }

    /// True for what is done in words.
    static func isVerbal(_ type: EventType) -> Bool { type != .consult && (type.quad == 1 || type.quad == 3) }

    /// True when a party of the event is the one who speaks.
    static func isSpeaker(_ statement: Attribution, of event: Event) -> Bool {
        guard let body = statement.actor?.body else { return false }
        return event.sourceActors.contains { $0.code.body == body }
    }

    // MARK: - By the sentence before

    /// A date older than this many days is history, which what somebody said does not go on with.
    private static let history = 45

    private func carried(_ event: Event) -> EventDate? {
        guard goesOn(event.sentence), isOwnWord(event), let graph = graphs[event.sentence],
            let date = told[event.sentence - 1]
        else { return nil }
        let clause = ClauseSearch(graph: graph, trigger: event.triggerSpan)
        guard Self.isPast(Self.finite(clause.top, graph), graph) else { return nil }
        if Self.isVerbal(event.type), let published = article.documentTime,
            let days = DayRange(date.value), published.daysSince1970 - days.last.daysSince1970 > Self.history
        {
            return nil
        }
        return date
    }

    /// False for what stands in a quotation or is told in another sentence.
    private func isOwnWord(_ event: Event) -> Bool {
        guard !event.attribution.isEmpty else { return true }
        let sentence = article.sentences[event.sentence]
        return event.attribution.allSatisfy { sentence.span.contains($0.cueSpan) }
            && !sentence.tokens.contains { ["\"", "“", "”", "''", "``"].contains($0.form) }
    }

    /// True for a sentence of the same paragraph as the one before that names no date of its own.
    private func goesOn(_ sentence: Int) -> Bool {
        guard sentence > 0, article.sentences[sentence].block == article.sentences[sentence - 1].block,
            article.sentences[sentence].label == .paragraph
        else { return false }
        return !(times[sentence] ?? []).contains(where: EventDateChooser.isPoint)
    }

    private mutating func tell() {
        for index in article.sentences.indices {
            guard let graph = graphs[index],
                let root = graph.sentence.tokens.indices.first(where: { graph.head($0) == nil }),
                Self.isPast(root, graph)
            else { continue }
            let clause = ClauseSearch(graph: graph, trigger: graph.token(root).span)
            if let near = times[index], near.contains(where: EventDateChooser.isPoint) {
                let date = EventDateChooser(clause: clause, published: nil).date(among: near)
                if let date, DayRange(date.value) != nil { told[index] = date }
            } else if goesOn(index) {
                told[index] = told[index - 1]
            }
        }
    }

    /// The verb whose tense an infinitive or a participle shares: "promised to hold", "answered by summoning".
    private static func finite(_ verb: Int, _ graph: SyntaxGraph) -> Int {
        var at = verb
        for _ in 0..<6 {
            let isOpen = graph.token(at).xpos != "VBD" && graph.children(at, "nsubj", "aux").isEmpty
            guard isOpen, ["xcomp", "conj", "advcl"].contains(graph.relation(at)), let up = graph.head(at) else {
                break
            }
            at = up
        }
        return at
    }

    /// True for a clause that tells what happened, not what would happen or has happened by now.
    private static func isPast(_ verb: Int, _ graph: SyntaxGraph) -> Bool {
        let helpers = graph.children(verb, "aux", "cop").map { graph.token($0) }
        if helpers.contains(where: { $0.xpos == "MD" }) { return false }
        let feats = [graph.token(verb).feats] + helpers.map(\.feats)
        return feats.contains { $0.contains("Tense=Past") && $0.contains("VerbForm=Fin") }
    }
}
