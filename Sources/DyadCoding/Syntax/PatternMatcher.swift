import DyadCodebook
import DyadCore
import DyadLanguage

/// Tells whether the words of a trigger entry are there.
struct PatternMatcher {
    let graph: SyntaxGraph

    /// A matched entry with the tokens that met its conditions.
    struct Match {
        var entry: TriggerEntry
        var trigger: Int
        var used: [Int]
    }

    /// The most specific entry that a token begins, and the next best for `explain`.
    func matches(at index: Int, lexicon: TriggerLexicon) -> [Match] {
        let token = graph.token(index)
        guard let pos = Self.pos(token) else { return [] }
        var out: [Match] = []
        for lemma in Self.lemmas(token) {
            for p in pos {
                for entry in lexicon.entries(lemma: lemma, pos: p) {
                    if let used = satisfied(entry, at: index, lexicon.containers) {
                        out.append(Match(entry: entry, trigger: index, used: used))
                    }
                }
            }
        }
        let form = token.form.lowercased()
        return out.sorted {
            if $0.entry.isOwn != $1.entry.isOwn { return $0.entry.isOwn }
            if $0.entry.isOwn { return Self.comesFirst($0.entry, $1.entry, form) }
            return ($0.entry.specificity, $1.entry.file, $1.entry.line) > (
                $1.entry.specificity, $0.entry.file, $0.entry.line
            )
        }
    }

    /// Of a user's lines the more specific comes first; then the one for two parties, the one that has the verb in this
    /// very form, and the earlier one.
    private static func comesFirst(_ left: TriggerEntry, _ right: TriggerEntry, _ form: String) -> Bool {
        func key(_ entry: TriggerEntry) -> (Int, Int, Int) {
            (entry.specificity, entry.isMutual ? 1 : 0, entry.heads.first == form ? 1 : 0)
        }
        return key(left) == key(right) ? left.line < right.line : key(left) > key(right)
    }

    /// The lemma, the form, and the stems that a regular ending may hide: the lexicon decides which of them is a word.
    private static func lemmas(_ token: Token) -> Set<String> {
        let form = token.form.lowercased()
        return Set([token.lemma.lowercased(), form] + (token.upos == "NOUN" ? Stems.noun(form) : Stems.verb(form)))
    }

    private static func pos(_ token: Token) -> [String]? {
        switch token.upos {
        case "VERB", "AUX": token.xpos == "VBN" ? ["v", "a"] : ["v"]
        case "NOUN", "PROPN": ["n"]
        case "ADJ": ["a", "v"]
        default: nil
        }
    }

    /// The tokens that meet the conditions, or nil when one is not met.
    private func satisfied(_ entry: TriggerEntry, at index: Int, _ containers: Set<String>) -> [Int]? {
        var used: [Int] = []
        for constraint in entry.constraints {
            let found = filler(constraint, of: index, asAdjective: entry.pos == "a", containers)
            if constraint.isNegative {
                if found != nil { return nil }
            } else {
                guard let found else { return nil }
                used.append(found)
            }
        }
        return used
    }

    private func filler(
        _ constraint: SlotConstraint, of index: Int, asAdjective: Bool, _ containers: Set<String>
    ) -> Int? {
        contents(graph.fillers(constraint.path, of: index, asAdjective: asAdjective), containers)
            .first { filler in
                constraint.lemmas.isEmpty || matches(filler, constraint.lemmas)
                    || constraint.phrases.contains { stands($0, endingAt: filler) }
            }
    }

    /// True when one condition holds of a word.
    func holds(_ constraint: SlotConstraint, at index: Int, asAdjective: Bool, _ containers: Set<String>) -> Bool {
        (filler(constraint, of: index, asAdjective: asAdjective, containers) == nil) == constraint.isNegative
    }

    /// True when a word is one of some lemmas; an empty set or part of speech stands for any.
    func isHead(_ index: Int, lemmas: Set<String>, pos: String) -> Bool {
        let token = graph.token(index)
        return (pos.isEmpty || Self.pos(token)?.contains(pos) ?? false)
            && (lemmas.isEmpty || !lemmas.isDisjoint(with: Self.lemmas(token)))
    }

    /// Fillers with what they hold: "launched a series of attacks" has attacks for an object, too.
    private func contents(_ fillers: [Int], _ containers: Set<String>) -> [Int] {
        fillers
            + fillers.filter { containers.contains(graph.lemma($0)) }.flatMap { container in
                graph.children(container, "nmod").filter { graph.preposition($0) == "of" }.flatMap(graph.conjuncts)
            }
    }

    private func matches(_ index: Int, _ lemmas: Set<String>) -> Bool {
        if !lemmas.isDisjoint(with: Self.lemmas(graph.token(index))) { return true }
        // "car bomb" written as "car-bomb" or "air strike": the compound with its noun.
        guard let before = graph.children(index, "compound").last else { return false }
        return lemmas.contains(graph.lemma(before) + " " + graph.lemma(index))
            || lemmas.contains(graph.lemma(before) + "-" + graph.lemma(index))
    }

    /// True when the words of a phrase stand one after another, the last of them here.
    private func stands(_ phrase: String, endingAt index: Int) -> Bool {
        let words = phrase.split(separator: " ")
        guard words.count <= index + 1 else { return false }
        return words.enumerated().allSatisfy { place, word in
            Self.lemmas(graph.token(index - words.count + 1 + place)).contains(String(word))
        }
    }
}
