import DyadCodebook
import DyadCore

/// Says whether the clause that a time expression stands in speaks of the past or of what is to come.
struct TenseReader {
    private let graph: SyntaxGraph
    private let lexicon: TimeLexicon

    init(sentence: Sentence, lexicon: TimeLexicon) {
        graph = SyntaxGraph(sentence)
        self.lexicon = lexicon
    }

    /// Direction of the clause around a token.
    func direction(at token: Int) -> TimeDirection {
        if announcesFuture(before: token) { return .future }
        var at = token
        for _ in 0..<40 {
            if let found = direction(of: at, from: token) { return found }
            guard let up = graph.head(at) else { return .unknown }
            at = up
        }
        return .unknown
    }

    /// "Set for Tuesday", "by Friday": words just before that look ahead.
    private func announcesFuture(before token: Int) -> Bool {
        guard token > 1, graph.lemma(token - 1) == "for" else { return false }
        return isFuture(token - 2)
    }

    private func isFuture(_ index: Int) -> Bool {
        lexicon.futureWords.contains(graph.lemma(index))
            || lexicon.futureWords.contains(graph.token(index).form.lowercased())
    }

    /// What one word on the way up says; nil when it leaves the question open.
    private func direction(of index: Int, from start: Int) -> TimeDirection? {
        guard graph.isVerb(index) else {
            if index != start, graph.children(index, "amod").contains(where: isFuture) { return .future }
            if graph.token(index).upos == "ADJ", isFuture(index), index != start { return .future }
            return graph.children(index, "cop").isEmpty ? nil : clause(index)
        }
        return clause(index)
    }

    private func clause(_ verb: Int) -> TimeDirection? {
        let helpers = graph.children(verb, "aux", "cop").map(graph.lemma)
        if helpers.contains(where: lexicon.modals.contains) { return .future }
        let isInfinitive = graph.children(verb, "mark").contains { graph.lemma($0) == "to" }
        if isInfinitive { return infinitive(verb) }
        return tense(verb)
    }

    /// "Agreed to meet", "is due to meet", "is to meet" look ahead; "failed to meet" has the tense of "failed".
    private func infinitive(_ verb: Int) -> TimeDirection? {
        guard let head = graph.head(verb) else { return .future }
        if isFuture(head) || graph.lemma(head) == "be" { return .future }
        return nil
    }

    private func tense(_ verb: Int) -> TimeDirection? {
        let helpers = graph.children(verb, "aux", "cop").map { graph.token($0) }
        if helpers.contains(where: { $0.xpos == "VBD" || $0.lemma == "have" }) { return .past }
        let token = graph.token(verb)
        if token.feats.contains("Mood=Imp") { return .future }
        // "Talks planned on 16 April", but "a deal agreed on 16 April".
        if token.xpos == "VBN", lexicon.appointingVerbs.contains(token.lemma.lowercased()) { return .future }
        switch token.xpos {
        case "VBD": return .past
        case "VBN": return helpers.isEmpty || helpers.contains { $0.xpos == "VBN" } ? .past : nil
        case "VBG": return helpers.contains { $0.xpos == "VBZ" || $0.xpos == "VBP" } ? .future : nil
        case "VBZ", "VBP":
            // "The summit opens on Monday", but "Turkey seeks help" in a headline.
            return lexicon.timetableVerbs.contains(graph.lemma(verb)) ? .future : .unknown
        default: return nil
        }
    }
}
