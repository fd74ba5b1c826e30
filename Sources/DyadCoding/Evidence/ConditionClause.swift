import DyadCodebook
import DyadCore

/// A condition that a phrase of several words or an inverted verb opens, and the clause that hangs on it.
///
/// "Provided that", "as long as", "on condition that", "in case of", "failing": parsers hang the words of these phrases in
/// many ways, so the phrase is found by its words, what it opens by the first word after it, and what hangs on it by going
/// up from there.
struct ConditionClause {
    /// Head of the clause or noun phrase that the phrase opens.
    let condition: Int
    /// Verb of the clause that hangs on it.
    let consequence: Int?

    /// All of a sentence.
    static func all(in graph: SyntaxGraph, _ cues: CueLexicon) -> [ConditionClause] {
        let tokens = graph.sentence.tokens
        return tokens.indices.compactMap { first in
            let word = tokens[first].form.lowercased()
            if let inverted = inverted(word, first, graph) { return inverted }
            let phrase = cues.conditionPhrase(word) { step in
                first + step < tokens.count ? tokens[first + step].form.lowercased() : nil
            }
            guard let phrase else { return nil }
            let range = first..<first + phrase.count
            guard let condition = opened(by: range, graph) else { return nil }
            let consequence = consequence(of: condition, range, graph)
            // "If" and its like are marks that the tree shows; words of time need something that is to come.
            if phrase.count == 1, !cues.isMood("condition-word", word) { return nil }
            if phrase.count == 1 || word == "the", !holds(condition, consequence, graph, cues) { return nil }
            return ConditionClause(condition: condition, consequence: consequence)
        }
    }

    private static func isClause(_ index: Int, _ graph: SyntaxGraph) -> Bool {
        graph.isVerb(index) || !graph.children(index, "nsubj", "cop").isEmpty
    }

    /// What the words after a phrase belong to: the verb of a clause, or a noun.
    private static func opened(by range: Range<Int>, _ graph: SyntaxGraph) -> Int? {
        let tokens = graph.sentence.tokens
        guard range.upperBound < tokens.count, tokens[range.upperBound].upos != "PUNCT" else { return nil }
        var at = range.upperBound
        for _ in 0..<12 {
            guard !isClause(at, graph), let up = graph.head(at), up >= range.upperBound else { break }
            // What lies behind a comma is the clause that hangs on it.
            if up > at, tokens[at..<up].contains(where: { $0.form == "," }) { break }
            at = up
        }
        return isClause(at, graph) || graph.isNominal(at) ? at : nil
    }

    private static func consequence(of condition: Int, _ range: Range<Int>, _ graph: SyntaxGraph) -> Int? {
        var at = condition
        for _ in 0..<8 {
            guard let up = graph.head(at) else { return nil }
            at = up
            if !range.contains(at), graph.isVerb(at) { return at }
        }
        return nil
    }

    /// "Once Iran signs, the banks would release the money"; not "once they had signed".
    private static func holds(_ condition: Int, _ consequence: Int?, _ graph: SyntaxGraph, _ cues: CueLexicon) -> Bool {
        guard let consequence else { return false }
        let helpers = graph.children(consequence, "aux").map { graph.token($0).form.lowercased() }
        let isAhead = helpers.contains { cues.isMood("future-modal", $0) || cues.isMood("backshift-modal", $0) }
        let verbs = [condition] + graph.children(condition, "aux", "cop")
        let isPast = verbs.contains { graph.token($0).feats.contains("Tense=Past|VerbForm=Fin") }
        return isAhead && !isPast
    }

    /// "Were Laos to raise the tariff, …".
    private static func inverted(_ word: String, _ first: Int, _ graph: SyntaxGraph) -> ConditionClause? {
        let tokens = graph.sentence.tokens
        guard word == "were", first == 0 || tokens[first - 1].upos == "PUNCT",
            !tokens.suffix(3).contains(where: { $0.form == "?" }),
            let to = tokens.indices.dropFirst(first + 1).prefix(8).first(where: { tokens[$0].form == "to" }),
            let verb = graph.head(to), verb > to, graph.isVerb(verb)
        else { return nil }
        return ConditionClause(condition: verb, consequence: consequence(of: verb, first..<first + 1, graph))
    }
}
