public import DyadCodebook
public import DyadCore

/// Gives every event its date, place, contexts, quantities, scores and the facts of its document.
public struct EvidenceStage: Stage {
    public let name = "evidence"
    public let requires: Set<Layer> = [.events, .times, .places, .quantities, .attribution]
    public let provides: Set<Layer> = [.factuality, .contexts]
    private let codebook: Codebook
    private let gazetteer: Gazetteer
    private let cameo: CodeFinder?
    private let own: CodeFinder?
    private let cameoScores: [String: Ontology.Code]
    private let ownPhrases: OwnPhrases

    /// A stage with a codebook and a gazetteer.
    public init(knowledge: Knowledge) {
        codebook = knowledge.codebook
        gazetteer = knowledge.gazetteer
        cameo = knowledge.cameo.map { CodeFinder(ontology: $0, triggers: knowledge.triggers) }
        cameoScores = knowledge.cameo?.codes ?? [:]
        own = knowledge.own.map { CodeFinder(ontology: $0, triggers: knowledge.triggers) }
        ownPhrases = knowledge.ownPhrases
    }

    public func annotate(_ article: inout AnnotatedArticle) {
        let dates = EventDates(article: article, words: gazetteer.words).assigned()
        let places = EventPlaces(article: article, gazetteer: gazetteer).assigned()
        let quantities = EventQuantities(article: article).assigned()
        for i in article.events.indices {
            let sentence = article.sentences[article.events[i].sentence]
            let clause = ClauseSearch(graph: SyntaxGraph(sentence), trigger: article.events[i].triggerSpan)
            article.events[i].publisher = article.article.document.publisher ?? article.article.publisher
            article.events[i].published = article.documentTime
            article.events[i].date = dates[i]
            AnnouncedEvent.mark(&article.events[i], clause, published: article.documentTime)
            article.events[i].place = places[i]
            article.events[i].quantities = quantities[i]
            score(&article.events[i], sentence, clause)
        }
    }

    private func score(_ event: inout Event, _ sentence: Sentence, _ clause: ClauseSearch) {
        event.contexts = contexts(sentence, event.contexts)
        event.intensity = codebook.intensity(event.type, mode: event.mode)
        // A code that a user's line gives stays.
        event.cameo =
            event.cameo ?? cameo.map { $0.code(of: event, clause)?.code }
            ?? codebook.cameo(event.type, mode: event.mode, contexts: event.contexts)
        event.goldstein = event.cameo.flatMap { codebook.goldstein($0) ?? cameoScores[$0]?.score }
        event.ownCode = own.flatMap { $0.code(of: event, clause)?.code }
    }

    /// Contexts whose cue words stand in the sentence, with those the judge gave first.
    private func contexts(_ sentence: Sentence, _ given: [String]) -> [String] {
        let lemmas = Set(sentence.tokens.map { $0.lemma.lowercased() })
        let text = " " + sentence.tokens.map { $0.lemma.lowercased() }.joined(separator: " ") + " "
        var out = given
        for (context, words) in codebook.contextWords.sorted(by: { $0.key < $1.key }) where !out.contains(context) {
            if words.contains(where: { $0.contains(" ") ? text.contains(" \($0) ") : lemmas.contains($0) }) {
                out.append(context)
            }
        }
        if !ownPhrases.isEmpty { out += ownPhrases.subjects(sentence.tokens.map { $0.form.lowercased() }) }
        return out
    }
}

/// Finds what belongs to the clause of a trigger.
struct ClauseSearch {
    let graph: SyntaxGraph
    let trigger: Int
    /// The verb of the clause.
    let top: Int

    init(graph: SyntaxGraph, trigger span: Span) {
        self.graph = graph
        trigger = graph.sentence.tokens.firstIndex { $0.span.overlaps(span) } ?? 0
        var at = trigger
        // A noun trigger belongs to the clause of its verb.
        while !graph.isVerb(at), let up = graph.head(at) { at = up }
        top = at
    }

    private func token(_ span: Span) -> Int? { graph.sentence.tokens.firstIndex { $0.span.overlaps(span) } }

    /// Steps from the clause's verb down to a token; nil outside or across another finite clause.
    private func distance(_ index: Int) -> Int? {
        var at = index
        var steps = 0
        while at != top {
            if ["ccomp", "parataxis", "advcl"].contains(graph.relation(at))
                || (graph.relation(at) == "conj" && graph.isVerb(at)) || graph.token(at).relation == "acl:relcl"
            {
                return nil
            }
            guard let up = graph.head(at), steps < 60 else { return nil }
            at = up
            steps += 1
        }
        return steps
    }

    /// The item of the clause nearest to the trigger; failing that, one of a clause around it.
    func nearest<Item>(_ items: [Item], span: (Item) -> Span) -> Item? {
        let inside = items.compactMap { item in
            token(span(item)).flatMap { index in distance(index).map { _ in (item, abs(index - trigger)) } }
        }
        if let best = inside.min(by: { $0.1 < $1.1 }) { return best.0 }
        var at = top
        while let up = graph.head(at) {
            let around = items.filter { item in
                guard let index = token(span(item)), let first = graph.head(index) else { return false }
                return first == up || graph.head(first) == up
            }
            if let first = around.first { return first }
            at = up
        }
        return nil
    }
}
