import DyadCore

/// Ties the figures of a report to its events.
///
/// A figure belongs to the event whose clause holds it, however deep: a deal's thirty helicopters may stand in a
/// relative clause. Casualties go to the violence in the same sentence. A figure in a sentence that tells no event
/// belongs to the event of its paragraph, or to the nearest one about the same parties.
struct EventQuantities {
    let article: AnnotatedArticle
    /// Events of each sentence, as indices.
    private let events: [Int: [Int]]
    private let actors: [Int: [ActorMention]]
    /// How many sentences away a figure may look for its event outside its paragraph.
    private static let reach = 4

    init(article: AnnotatedArticle) {
        self.article = article
        events = Dictionary(grouping: article.events.indices, by: { article.events[$0].sentence })
        actors = Dictionary(grouping: article.actors, by: \.sentence)
    }

    /// The figures of every event, in the order of the text.
    func assigned() -> [[Quantity]] {
        var out = [[Quantity]](repeating: [], count: article.events.count)
        let told = Dictionary(grouping: article.quantities.filter(Self.isFigure), by: \.sentence)
        for index in told.keys.sorted() {
            guard let figures = told[index] else { continue }
            if let own = events[index] {
                let clauses = EventClauses(article: article, sentence: index, events: own)
                for figure in figures { for event in clauses.holders(of: figure) { out[event].append(figure) } }
            } else {
                for event in related(to: index) { out[event] += figures }
            }
        }
        return out.map { $0.map(Self.comparable).sorted { $0.span.start < $1.span.start } }
    }

    /// False for a person's age and for a number of nothing.
    private static func isFigure(_ quantity: Quantity) -> Bool {
        if quantity.kind == "rank" { return isRanking(quantity) }
        return quantity.kind != "age" && (quantity.unit != nil || quantity.kind == "fraction")
    }

    /// "the 11th largest", "the second-largest supplier"; "his first trip" ranks nothing.
    private static func isRanking(_ quantity: Quantity) -> Bool {
        if quantity.text.first?.isNumber ?? false { return true }
        return (quantity.of ?? "").lowercased().split { $0 == " " || $0 == "-" }.contains {
            $0.hasSuffix("est") && $0.count > 4 || ["most", "least"].contains($0)
        }
    }

    /// A part as a percentage, so that "a fifth" and "20 percent" compare.
    private static func comparable(_ quantity: Quantity) -> Quantity {
        guard quantity.kind == "fraction" else { return quantity }
        var out = quantity
        out.value = quantity.value.map { ($0 * 1_000_000).rounded() / 10_000 }
        out.low = quantity.low.map { $0 * 100 }
        out.high = quantity.high.map { $0 * 100 }
        out.unit = "percent"
        return out
    }

    // MARK: - Sentences without an event

    private func related(to index: Int) -> [Int] {
        let block = article.sentences[index].block
        var at = index - 1
        while at >= 0, article.sentences[at].block == block {
            if let found = events[at]?.last { return same(as: found) }
            at -= 1
        }
        at = index + 1
        while at < article.sentences.count, article.sentences[at].block == block {
            if let found = events[at]?.first { return same(as: found) }
            at += 1
        }
        return neighbour(of: index)
    }

    /// The nearest event about a party that the sentence names.
    private func neighbour(of index: Int) -> [Int] {
        let bodies = bodies(of: index)
        // A sentence that names nobody goes on with what was told before it.
        if bodies.isEmpty { return (events[index - 1] ?? events[index - 2])?.last.map(same) ?? [] }
        for step in 1...Self.reach {
            for at in [index - step, index + step] {
                let found = events[at]?.first { event in
                    let parties = article.events[event].sourceActors + article.events[event].targetActors
                    return parties.contains { $0.code.body.map(bodies.contains) ?? false }
                }
                if let found { return same(as: found) }
            }
        }
        return []
    }

    private func bodies(of index: Int) -> Set<String> {
        Set((actors[index] ?? []).compactMap(\.code.body))
    }

    /// The events that one trigger expresses.
    private func same(as event: Int) -> [Int] {
        (events[article.events[event].sentence] ?? []).filter {
            article.events[$0].triggerSpan == article.events[event].triggerSpan
        }
    }
}

/// Finds the events whose clauses hold a figure.
struct EventClauses {
    private let article: AnnotatedArticle
    private let sentence: Sentence
    private let events: [Int]
    /// Events by the token of their trigger and by the verb of its clause.
    private var byTrigger: [Int: [Int]] = [:]
    private var byClause: [Int: [Int]] = [:]

    init(article: AnnotatedArticle, sentence index: Int, events: [Int]) {
        self.article = article
        self.events = events
        sentence = article.sentences[index]
        let graph = SyntaxGraph(sentence)
        for event in events {
            let clause = ClauseSearch(graph: graph, trigger: article.events[event].triggerSpan)
            byTrigger[clause.trigger, default: []].append(event)
            byClause[clause.top, default: []].append(event)
        }
    }

    /// Going up from the figure, the first trigger or clause of an event; failing that, the nearest trigger.
    func holders(of figure: Quantity) -> [Int] {
        guard let first = sentence.tokens.firstIndex(where: { $0.span.overlaps(figure.span) }) else { return [] }
        if figure.casualty != nil {
            let violent = events.filter { [.assault, .coerce].contains(article.events[$0].type) }
            if !violent.isEmpty { return violent }
        }
        var (at, steps) = (first, 0)
        while at >= 0, steps <= sentence.tokens.count {
            if let found = byTrigger[at] ?? byClause[at] { return found }
            at = sentence.tokens[at].head
            steps += 1
        }
        guard let nearest = byTrigger.min(by: { (abs($0.key - first), $0.key) < (abs($1.key - first), $1.key) }) else {
            return []
        }
        return nearest.value
    }
}
