import DyadCodebook
import DyadCore
import Foundation

/// Gives every event the place where it happened.
///
/// The tree comes first: the place phrase whose clause is that of the event, or a clause below it; then that of a clause
/// around it, unless the event is only what somebody there says. What is done by saying it happens where it is said. A
/// happening (a meeting, an attack, a march) that names no place takes that of the sentence before about the same party,
/// and in the lead of the report the only place that the title and the lead name, else that of the dateline. A headline
/// takes the place of the same event in the text.
struct EventPlaces {
    let article: AnnotatedArticle
    private let gazetteer: Gazetteer
    private let byPlace: [Int: [PlaceMention]]
    private let byEvent: [Int: [Int]]

    init(article: AnnotatedArticle, gazetteer: Gazetteer) {
        self.article = article
        self.gazetteer = gazetteer
        byPlace = Dictionary(grouping: article.places, by: \.sentence)
        byEvent = Dictionary(grouping: article.events.indices, by: { article.events[$0].sentence })
    }

    func assigned() -> [PlaceMention?] {
        var out = [PlaceMention?](repeating: nil, count: article.events.count)
        for index in byEvent.keys.sorted() {
            guard let events = byEvent[index] else { continue }
            if let places = byPlace[index] {
                let tree = PlaceTree(article: article, sentence: index, events: events, words: gazetteer.words)
                for event in events { out[event] = tree.place(of: event, among: places) }
            }
        }
        for index in article.events.indices where out[index] == nil { out[index] = spoken(index) }
        for index in byEvent.keys.sorted() {
            for event in byEvent[index] ?? [] where out[event] == nil && isHappening(event) {
                out[event] = carried(event, out) ?? lead(event)
            }
        }
        for index in article.events.indices where out[index] == nil {
            out[index] = EventTwins.twin(of: index, in: article) { out[$0] != nil }.flatMap { out[$0] }
        }
        return out
    }

    /// Where somebody said what is done by saying it: "told a rally in Bialystok that he rejected".
    private func spoken(_ index: Int) -> PlaceMention? {
        let event = article.events[index]
        guard EventDates.isVerbal(event.type), let statement = event.attribution.last,
            EventDates.isSpeaker(statement, of: event),
            let sentence = article.sentences.indices.first(where: {
                article.sentences[$0].span.overlaps(statement.cueSpan)
            }), let places = byPlace[sentence]
        else { return nil }
        let tree = PlaceTree(article: article, sentence: sentence, events: [], words: gazetteer.words)
        return tree.place(ofSaying: statement.cueSpan, among: places)
    }

    /// True for what happens somewhere, not only in words.
    static func isHappening(_ type: EventType) -> Bool {
        switch type {
        case .consult, .assault, .protest, .coerce, .mobilize: true
        default: false
        }
    }

    private func isHappening(_ event: Int) -> Bool { Self.isHappening(article.events[event].type) }

    // MARK: - From the sentences around

    /// How many sentences back, over paragraphs, an event between the same parties is still the one told.
    private static let reach = 2

    /// The place of an event about the same party in the sentence before, or about both parties a little farther back.
    private func carried(_ event: Int, _ known: [PlaceMention?]) -> PlaceMention? {
        let index = article.events[event].sentence
        let bodies = Set(parties(event))
        for step in 1...Self.reach where step <= index {
            let isNear = step == 1 && article.sentences[index - 1].block == article.sentences[index].block
            for other in byEvent[index - step] ?? [] {
                guard let place = known[other], isHappening(other), place.kind != "country" else { continue }
                let there = Set(parties(other))
                let isSame =
                    there == bodies && bodies.count > 1 && article.events[other].type == article.events[event].type
                if isSame || isNear && !there.isDisjoint(with: bodies) { return place }
            }
        }
        return nil
    }

    private func parties(_ event: Int) -> [String] {
        (article.events[event].sourceActors + article.events[event].targetActors).compactMap(\.code.body)
    }

    /// The place of the lead, for the events told in it.
    private func lead(_ event: Int) -> PlaceMention? {
        let index = article.events[event].sentence
        guard let first = article.sentences.firstIndex(where: { $0.label == .paragraph }),
            index <= first || article.sentences[index].block == article.sentences[first].block
        else { return nil }
        let end = article.sentences[first...].firstIndex { $0.block != article.sentences[first].block }
        let towns = (0..<(end ?? article.sentences.count)).flatMap { byPlace[$0] ?? [] }.filter { $0.kind != "country" }
        if let only = towns.first { return towns.allSatisfy { $0.name == only.name } ? only : nil }
        return dateline(before: article.sentences[first])
    }

    /// The place of the dateline, with its bytes where they are found before the lead.
    private func dateline(before sentence: Sentence) -> PlaceMention? {
        guard let text = article.article.datelinePlace, let name = text.split(separator: ",").first.map(String.init)
        else { return nil }
        let spelled = name == name.uppercased() ? name.capitalized : name
        let near = Set(article.actors.compactMap(\.code.body))
        guard
            let place = PlaceSenses(actors: article.actors).best(
                gazetteer.places(spelled), near: near, behind: nil),
            let span = span(of: text, before: sentence.span.start)
        else { return nil }
        return PlaceMention(
            name: place.name, country: place.country, kind: place.kind, latitude: place.latitude,
            longitude: place.longitude, text: text, span: span, sentence: 0, tokens: 0..<0)
    }

    private func span(of text: String, before end: Int) -> Span? {
        let wanted = Array(text.utf8), bytes = article.article.document.bytes
        guard !wanted.isEmpty, end <= bytes.count else { return nil }
        for start in stride(from: end - wanted.count, through: max(0, end - 400), by: -1)
        where bytes[start..<start + wanted.count].elementsEqual(wanted) {
            return Span(start, start + wanted.count)
        }
        return nil
    }
}

/// Places of one sentence against its events.
struct PlaceTree {
    private let article: AnnotatedArticle
    private let graph: SyntaxGraph
    private let words: PlaceWords
    /// Trigger and clause of each event.
    private var clauses: [Int: ClauseSearch] = [:]
    /// Tokens that are triggers or clauses of events.
    private var marks: Set<Int> = []

    init(article: AnnotatedArticle, sentence: Int, events: [Int], words: PlaceWords) {
        self.article = article
        self.words = words
        graph = SyntaxGraph(article.sentences[sentence])
        for event in events {
            let clause = ClauseSearch(graph: graph, trigger: article.events[event].triggerSpan)
            clauses[event] = clause
            marks.insert(clause.trigger)
            marks.insert(clause.top)
        }
    }

    /// The place that governs the clause of an event.
    func place(of event: Int, among places: [PlaceMention]) -> PlaceMention? {
        guard let clause = clauses[event] else { return nil }
        let type = article.events[event].type
        let fitting = places.filter { isWhere($0, EventPlaces.isHappening(type), clause) }
        // "flew to Athens and signed": where one has gone is where one then acts.
        return nearest(fitting, clause, isVerbal: EventDates.isVerbal(type))
            ?? around(clause, places.filter { isWhere($0, true, clause) })
    }

    /// Where somebody says something.
    func place(ofSaying cue: Span, among places: [PlaceMention]) -> PlaceMention? {
        let clause = ClauseSearch(graph: graph, trigger: cue)
        return nearest(places.filter { isWhere($0, false, clause) }, clause, isVerbal: true)
    }

    private func nearest(_ places: [PlaceMention], _ clause: ClauseSearch, isVerbal: Bool) -> PlaceMention? {
        var best: (place: PlaceMention, cost: Int)?
        for place in places {
            guard let cost = cost(place, clause, isVerbal: isVerbal) else { continue }
            if best.map({ cost < $0.cost }) ?? true { best = (place, cost) }
        }
        return best?.place
    }

    /// False for "the Kashmir dispute", and for a way ("flights to Mashhad") in what is only said or agreed.
    private func isWhere(_ place: PlaceMention, _ isHappening: Bool, _ clause: ClauseSearch) -> Bool {
        let head = head(of: place)
        if graph.token(head).upos == "ADV" { return true }
        let preposition = graph.preposition(head)
        if let preposition, words.has("to", preposition), !isHappening { return false }
        if LocativeTest(graph: graph, words: words).holds(head, isState: place.kind == "country") { return true }
        guard let up = graph.head(head), place.kind != "country" else { return false }
        // "the siege of Aleppo", "the Mosul offensive", "the Medyka crossing"
        return preposition == "of" && up == clause.trigger
            || graph.relation(head) == "compound" && (up == clause.trigger || words.has("kind", graph.lemma(up)))
    }

    private func head(of place: PlaceMention) -> Int {
        place.tokens.first { i in graph.head(i).map { !place.tokens.contains($0) } ?? true } ?? place.tokens.lowerBound
    }

    /// Steps from a place up to the event's clause; more for each clause on the way, nil when it belongs elsewhere.
    private func cost(_ place: PlaceMention, _ clause: ClauseSearch, isVerbal: Bool) -> Int? {
        var at = head(of: place)
        var cost = place.kind == "country" ? 4 : 0
        for _ in 0...graph.sentence.tokens.count {
            if at == clause.trigger || at == clause.top { return cost + abs(at - head(of: place)) / 8 }
            if marks.contains(at), at != clause.top { return nil }
            if isSeat(at) { return nil }
            // Words are not spoken where the clause beside them happens: "is unhappy, as the war in Syria goes on".
            if isVerbal, graph.relation(at) == "advcl", graph.isVerb(at), !graph.children(at, "mark").isEmpty {
                return nil
            }
            cost += step(at)
            guard let up = graph.head(at), cost < 60 else { return nil }
            at = up
        }
        return nil
    }

    /// What it costs to go up from a token.
    private func step(_ at: Int) -> Int {
        switch graph.relation(at) {
        case "ccomp", "parataxis": 60
        case "advcl", "acl": 10
        case "conj": graph.isVerb(at) ? 12 : 1
        default: 1
        }
    }

    /// "his ambassador in Kigali": where an office sits, unless its holder is the one who acts.
    private func isSeat(_ at: Int) -> Bool {
        words.has("seat", graph.lemma(at)) && graph.relation(at) != "nsubj"
    }

    /// The place of a clause around the event, not through what is said there.
    private func around(_ clause: ClauseSearch, _ places: [PlaceMention]) -> PlaceMention? {
        var at = clause.top
        for _ in 0..<graph.sentence.tokens.count {
            guard !["ccomp", "parataxis"].contains(graph.relation(at)), let up = graph.head(at) else { return nil }
            let found = places.first { place in
                let first = head(of: place)
                guard let parent = graph.head(first), !isSeat(parent) else { return false }
                return parent == up || graph.head(parent) == up && !graph.isVerb(parent)
            }
            if let found { return found }
            at = up
        }
        return nil
    }
}
