import DyadCore

/// A noun phrase that may denote an entity.
struct NounPhrase {
    var head: Int
    /// With its complements and relative clauses, without apposition and coordination.
    var tokens: Range<Int>
    var form: MentionForm
}

/// The noun phrases of a sentence, by its tree.
struct NounPhraseFinder {
    let graph: SyntaxGraph
    /// Names: inside one there is one phrase for the whole, and one for every name in it.
    let names: [Range<Int>]

    func phrases() -> [NounPhrase] {
        let heads = Set(names.map(syntacticHead))
        return graph.sentence.tokens.indices.compactMap { i in
            form(i, isNameHead: heads.contains(i)).map { NounPhrase(head: i, tokens: span(i), form: $0) }
        }
    }

    /// The token of a range whose head lies outside it.
    func syntacticHead(_ range: Range<Int>) -> Int {
        range.first { i in graph.head(i).map { !range.contains($0) } ?? true } ?? range.upperBound - 1
    }

    private func form(_ i: Int, isNameHead: Bool) -> MentionForm? {
        let token = graph.token(i)
        let relation = graph.relation(i)
        if ["flat", "fixed", "goeswith", "expl"].contains(relation) || token.relation == "nmod:desc" { return nil }
        switch token.upos {
        case "PRON": return isReferring(token) ? .pronoun : nil
        case "PROPN":
            // Inside a longer name: "Defence" in "Ministry of Defence".
            if !isNameHead, relation == "compound" || names.contains(where: { $0.contains(i) }) { return nil }
            return .named
        case "NOUN":
            if relation == "compound" { return isNameHead ? .named : nil }
            return .nominal
        default: return isNameHead && token.upos != "ADJ" && relation != "amod" ? .named : nil
        }
    }

    /// Relative, interrogative and expletive pronouns refer to nothing of their own.
    private func isReferring(_ token: Token) -> Bool {
        !["PronType=Rel", "PronType=Int"].contains { token.feats.contains($0) } && token.form.lowercased() != "there"
    }

    private static let outside: Set<Substring> = [
        "appos", "conj", "cc", "parataxis", "punct", "cop", "nsubj", "csubj", "aux", "mark", "discourse", "vocative",
        "expl", "dislocated", "list", "orphan", "reparandum",
    ]
    private static let clausal: Set<Substring> = ["obl", "advmod", "advcl", "ccomp", "xcomp", "obj"]

    /// The tokens of the whole phrase.
    private func span(_ head: Int) -> Range<Int> {
        let isPredicate = graph.children[head].contains { ["cop", "nsubj"].contains(graph.relation($0)) }
        var low = head
        var high = head
        for child in graph.children[head] {
            let relation = graph.relation(child)
            if Self.outside.contains(relation) || relation == "case" && child < head { continue }
            if isPredicate, Self.clausal.contains(relation) { continue }
            let tokens = graph.subtree(child)
            low = min(low, tokens.first ?? child)
            high = max(high, tokens.last ?? child)
        }
        while high > head, graph.token(high).upos == "PUNCT" { high -= 1 }
        while low < head, graph.token(low).upos == "PUNCT" { low += 1 }
        return low..<high + 1
    }
}
