import DyadCodebook
import DyadCore

/// A sentence with what was found in it, as the readers of registers ask for it.
struct SentenceView {
    let index: Int
    let tokens: [Token]
    let span: Span
    let children: [[Int]]
    let actors: [ActorMention]
    let quantities: [Quantity]
    let times: [TimeExpression]
    let places: [PlaceMention]
    let events: [Event]
    let names: [Name]
    /// Index of the block that the sentence stands in.
    let block: Int

    /// Lemma in lower case.
    func lemma(_ token: Int) -> String { tokens[token].lemma.lowercased() }

    /// Lemma with the particle of a phrasal verb: `hand over`.
    func phrase(_ token: Int) -> String {
        let particle = children[token].first { tokens[$0].relation == "compound:prt" }
        return particle.map { "\(lemma(token)) \(lemma($0))" } ?? lemma(token)
    }

    func relation(_ token: Int) -> Substring { tokens[token].baseRelation }

    func isVerb(_ token: Int) -> Bool { tokens[token].upos == "VERB" || tokens[token].upos == "AUX" }

    func isNoun(_ token: Int) -> Bool { tokens[token].upos == "NOUN" || tokens[token].upos == "PROPN" }

    /// `v`, `n` or `a`, as the cue files write it.
    func pos(_ token: Int) -> String {
        switch tokens[token].upos {
        case "VERB", "AUX": "v"
        case "NOUN", "PROPN": "n"
        default: "a"
        }
    }

    /// The tokens above a token, from its head to the root.
    func ancestors(_ token: Int) -> [Int] {
        var out: [Int] = []
        var current = tokens[token].head
        while current >= 0, out.count < tokens.count {
            out.append(current)
            current = tokens[current].head
        }
        return out
    }

    /// First and last token of everything under a token.
    func subtree(_ token: Int) -> ClosedRange<Int> {
        var low = token, high = token
        var open = [token]
        while let next = open.popLast() {
            (low, high) = (min(low, next), max(high, next))
            open += children[next]
        }
        return low...high
    }

    /// All tokens under a token, itself among them, in order.
    func members(_ token: Int, without excluded: Set<String> = []) -> [Int] {
        var out: [Int] = []
        var open = [token]
        while let next = open.popLast() {
            out.append(next)
            open += children[next].filter { !excluded.contains(String(relation($0))) }
        }
        return out.sorted()
    }

    /// A token and what is coordinated with it.
    func coordinated(_ token: Int) -> [Int] { [token] + children[token].filter { relation($0) == "conj" } }

    /// Children in a relation, without its subtype.
    func children(_ token: Int, _ relations: String...) -> [Int] {
        children[token].filter { child in relations.contains { relation(child) == $0 } }
    }

    /// The preposition of a noun.
    func preposition(_ token: Int) -> String? { children(token, "case").first.map(lemma) }

    /// Nouns that depend on a token through a preposition.
    func nouns(of token: Int, with prepositions: Set<String>) -> [Int] {
        children(token, "obl", "nmod").filter { child in preposition(child).map(prepositions.contains) ?? false }
    }

    /// The subject of a verb, or of the verb that controls it; none of a passive.
    func subject(_ token: Int) -> Int? {
        if let own = children[token].first(where: { tokens[$0].relation == "nsubj" }) { return own }
        if children[token].contains(where: { relation($0) == "nsubj" || relation($0) == "csubj" }) { return nil }
        guard ["xcomp", "conj", "advcl", "ccomp"].contains(relation(token)), tokens[token].head >= 0 else { return nil }
        return subject(tokens[token].head)
    }

    func isPassive(_ token: Int) -> Bool {
        children[token].contains { tokens[$0].relation.hasSuffix(":pass") }
    }

    /// True for "did not sell", "never ratified".
    func isNegated(_ token: Int) -> Bool {
        children[token].contains { ["not", "never", "no", "neither", "hardly"].contains(lemma($0)) && $0 < token }
    }

    /// True for "will sell", "is to sell".
    func isFuture(_ token: Int) -> Bool {
        children[token].contains { relation($0) == "aux" && ["will", "shall", "'ll"].contains(lemma($0)) }
    }

    /// True for "could sell", "may".
    func isPossible(_ token: Int) -> Bool {
        children[token].contains {
            relation($0) == "aux" && ["may", "might", "could", "would", "can", "should"].contains(lemma($0))
        }
    }

    /// The actor that a token stands for, or that stands inside its phrase.
    func actor(_ token: Int) -> ActorMention? {
        actors.first { $0.head == token && isKnown($0) }
            ?? actors.first { $0.tokens.contains(token) && isKnown($0) }
    }

    /// The actor that a noun belongs to: "Turkish exports", "Pakistan's imports", "imports of Pakistan".
    func owner(_ token: Int) -> ActorMention? {
        let modifiers = children(token, "nmod", "amod", "compound").filter {
            tokens[$0].relation == "nmod:poss" || relation($0) != "nmod"
        }
        return modifiers.lazy.compactMap { child in actors.first { $0.tokens.contains(child) && $0.code.body != nil } }
            .first
    }

    /// Actors that a phrase names, with those coordinated with it.
    func actors(at token: Int) -> [ActorMention] {
        coordinated(token).compactMap { actor($0) ?? owner($0) }
    }

    private func isKnown(_ mention: ActorMention) -> Bool {
        mention.code.body != nil || ["MNC", "BUS"].contains(mention.code.sector)
    }

    /// The words of some tokens as written.
    func text(_ range: ClosedRange<Int>) -> String {
        var out = ""
        for token in range {
            out += tokens[token].form
            if tokens[token].spaceAfter, token < range.upperBound { out += " " }
        }
        return out
    }

    func span(_ range: ClosedRange<Int>) -> Span {
        Span(tokens[range.lowerBound].span.start, tokens[range.upperBound].span.end)
    }

    /// Tokens that overlap a span.
    func tokens(in span: Span) -> [Int] { tokens.indices.filter { tokens[$0].span.overlaps(span) } }

    /// The kind of thing that ends at a token: "patrol boats", "unmanned aerial vehicles".
    func thing(_ register: String, endingAt token: Int, _ lexicon: RegisterLexicon) -> (kind: String, first: Int)? {
        for length in stride(from: min(lexicon.longestThing(register), token + 1), through: 1, by: -1) {
            let first = token - length + 1
            let words = (first...token).map(lemma).joined(separator: " ")
            if let kind = lexicon.kind(register, words) { return (kind, first) }
        }
        return nil
    }
}

extension AnnotatedArticle {
    /// The sentences with their layers.
    func views() -> [SentenceView] {
        let actors = Dictionary(grouping: actors, by: \.sentence)
        let quantities = Dictionary(grouping: quantities, by: \.sentence)
        let times = Dictionary(grouping: times, by: \.sentence)
        let places = Dictionary(grouping: places, by: \.sentence)
        let events = Dictionary(grouping: events, by: \.sentence)
        return sentences.enumerated().map { index, sentence in
            SentenceView(
                index: index, tokens: sentence.tokens, span: sentence.span, children: sentence.children(),
                actors: actors[index] ?? [], quantities: quantities[index] ?? [], times: times[index] ?? [],
                places: places[index] ?? [], events: events[index] ?? [], names: sentence.names,
                block: sentence.block)
        }
    }
}
