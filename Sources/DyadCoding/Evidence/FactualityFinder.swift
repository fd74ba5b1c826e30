import DyadCodebook
import DyadCore

/// How factual a predicate is: negation, modals, the words that govern it, conditions.
///
/// After TruthTeller (Lotan, Stern and Dagan 2013) and Stanovsky et al. 2017: the signature of every governing word is
/// applied from the predicate up to the root.
struct FactualityFinder {
    let graph: SyntaxGraph
    let cues: CueLexicon

    /// The class of a predicate and its holder's words ("" for the report itself).
    ///
    /// Words in `ignoring` are part of the predicate itself ("not happy with") and do not negate it.
    func judge(_ index: Int, ignoring: [Int] = []) -> (Factuality, String) {
        if let own = ownClass(index), !(own == .negated && !ignoring.isEmpty && ignoring.contains { isNegation($0) }) {
            return (own, holder(above: index))
        }
        var at = index
        var holder = ""
        var result: Factuality = .asserted
        for _ in 0..<10 {
            guard let up = graph.head(at) else { break }
            if let (found, who) = effect(of: up, on: at) {
                if found == .asserted { return (result, holder) }
                result = combined(found, with: result)
                if holder.isEmpty { holder = who }
                if result != .asserted { return (result, holder) }
            }
            if isVerbLike(up), continuesClause(at), let own = ownClass(up), own != .asserted { return (own, holder) }
            at = up
        }
        return (result, holder)
    }

    private func combined(_ found: Factuality, with result: Factuality) -> Factuality {
        result == .asserted ? found : result
    }

    private func isVerbLike(_ index: Int) -> Bool { graph.isVerb(index) || graph.token(index).upos == "ADJ" }

    /// An object, coordinated or light-verb noun shares the modality of its verb.
    private func continuesClause(_ index: Int) -> Bool {
        ["obj", "nsubj", "obl", "xcomp", "conj", "nmod", "compound"].contains(graph.relation(index))
    }

    private func isNegation(_ index: Int) -> Bool {
        ["not", "n't", "n’t", "never"].contains(graph.token(index).form.lowercased())
    }

    // MARK: - In the predicate's own clause

    private func ownClass(_ index: Int) -> Factuality? {
        let children = graph.children[index]
        let words = children.map { graph.token($0).form.lowercased() }
        let isNegated = zip(children, words).contains { child, word in
            ["not", "n't", "n’t", "never", "no", "neither", "nor"].contains(word)
                && ["advmod", "det", "cc", "aux"].contains(graph.relation(child))
                || word == "without"
        }
        let modals = children.filter { graph.relation($0) == "aux" }.map { graph.lemma($0) }
        let forms = children.filter { graph.relation($0) == "aux" }.map { graph.token($0).form.lowercased() }
        if children.contains(where: {
            graph.relation($0) == "mark" && ["if", "unless", "should"].contains(graph.lemma($0))
        }) {
            return .conditional
        }
        if isNegated { return modals.contains { ["may", "might", "could"].contains($0) } ? .hypothetical : .negated }
        if modals.contains(where: { ["may", "might", "can"].contains($0) }) || forms.contains("could") {
            return .hypothetical
        }
        if forms.contains("would") {
            return hasCondition(index) ? .conditional : isReported(index) ? .planned : .hypothetical
        }
        if modals.contains(where: { ["will", "shall"].contains($0) }) || forms.contains("'ll") {
            return hasCondition(index) ? .conditional : .planned
        }
        if forms.contains("should") || modals.contains("must") || modals.contains("ought") { return .requested }
        return nil
    }

    /// "must", "should", "ought to", "has to": somebody is to do it.
    func isObligation(_ index: Int) -> Bool {
        graph.children(index, "aux").contains {
            ["must", "should", "ought"].contains(graph.token($0).form.lowercased())
        }
            || graph.relation(index) == "xcomp"
                && graph.head(index).map { graph.lemma($0) == "have" || graph.lemma($0) == "need" } ?? false
    }

    /// "will not", "would not", "cannot": cooperation that is refused.
    func isRefusal(_ index: Int) -> Bool {
        guard ownClass(index) == .negated else { return false }
        let verb = graph.isVerb(index) ? index : graph.carrier(of: index) ?? index
        return graph.children(verb, "aux").contains {
            ["will", "would", "can", "shall"].contains(graph.lemma($0)) || graph.token($0).form.lowercased() == "would"
        }
    }

    private func isReported(_ index: Int) -> Bool {
        graph.relation(index) == "ccomp" || graph.relation(index) == "parataxis"
            || graph.children(index, "ccomp", "parataxis").contains { cues.stance(graph.lemma($0), "v") != nil }
    }

    private func hasCondition(_ index: Int) -> Bool {
        graph.children(index, "advcl").contains { clause in
            graph.children(clause, "mark").contains { ["if", "unless"].contains(graph.lemma($0)) }
        }
    }

    // MARK: - From the words that govern it

    /// What `up` says of `at`; `.asserted` closes the search (a factive).
    private func effect(of up: Int, on at: Int) -> (Factuality, String)? {
        let relation = graph.relation(at)
        guard ["xcomp", "ccomp", "acl", "advcl", "obj", "obl", "nmod", "csubj", "parataxis"].contains(relation) else {
            return nil
        }
        let pos = graph.isVerb(up) ? "v" : graph.token(up).upos == "ADJ" ? "a" : "n"
        let negated = ownClass(up) == .negated
        if relation == "obj" || relation == "obl" || relation == "nmod" {
            return nominalEffect(up, pos, at)
        }
        if relation == "parataxis" { return cues.stance(graph.lemma(at), "v") != nil ? nil : nil }
        if relation == "advcl" {
            return graph.children(at, "mark").contains { ["if", "unless"].contains(graph.lemma($0)) }
                ? (.conditional, "") : nil
        }
        if let signature = cues.signature(graph.lemma(up), pos), let found = Self.class(signature, negated: negated) {
            return (found, ["alleged", "denied"].contains(signature) ? subject(up) : "")
        }
        if relation == "ccomp", let stance = cues.stance(graph.lemma(up), pos) {
            return (Self.class(stance: stance, negated: negated), subject(up))
        }
        return nil
    }

    /// "denied the attack", "called for a ceasefire", "a plan for talks", "threat of sanctions".
    private func nominalEffect(_ up: Int, _ pos: String, _ at: Int) -> (Factuality, String)? {
        guard graph.token(at).upos == "NOUN" || graph.isVerb(at) else { return nil }
        guard let signature = cues.signature(graph.lemma(up), pos) else { return nil }
        switch signature {
        case "denied": return (.denied, subject(up))
        case "requested" where graph.relation(at) != "nmod": return (.requested, "")
        case "planned", "implies-", "hypothetical": return Self.class(signature, negated: false).map { ($0, "") }
        case "alleged" where graph.isVerb(at): return (.alleged, subject(up))
        default: return nil
        }
    }

    private static func `class`(_ signature: String, negated: Bool) -> Factuality? {
        switch signature {
        case "implies+": negated ? .negated : nil
        case "implies-": negated ? nil : .negated
        case "factive": .asserted
        case "planned": negated ? .hypothetical : .planned
        case "requested": .requested
        case "alleged": .alleged
        case "denied": negated ? .alleged : .denied
        case "hypothetical": .hypothetical
        case "conditional": .conditional
        default: nil
        }
    }

    private static func `class`(stance: String, negated: Bool) -> Factuality {
        switch stance {
        case "deny": negated ? .alleged : .denied
        case "doubt", "think": .hypothetical
        case "demand": .requested
        case "learn", "evaluate": .asserted
        default: .alleged
        }
    }

    private func subject(_ verb: Int) -> String {
        let heads = graph.isVerb(verb) ? graph.subjects(verb) : graph.children(verb, full: "nmod:poss")
        guard let head = heads.first else { return "" }
        return phrase(head)
    }

    /// The words of a noun phrase without clauses that hang on it.
    func phrase(_ head: Int) -> String {
        let tokens = span(of: head)
        return tokens.map {
            graph.token($0).form + (graph.token($0).spaceAfter && $0 != tokens.upperBound - 1 ? " " : "")
        }.joined()
    }

    /// Tokens of a noun phrase: its subtree without relative clauses and appositions after a comma.
    func span(of head: Int) -> Range<Int> {
        var inside: Set<Int> = [head]
        var stack = graph.children[head].filter { keeps($0) }
        while let at = stack.popLast() {
            inside.insert(at)
            stack += graph.children[at].filter { keeps($0) }
        }
        let low = inside.min() ?? head
        let high = inside.max() ?? head
        return low..<high + 1
    }

    private func keeps(_ index: Int) -> Bool {
        switch graph.relation(index) {
        case "acl", "appos", "parataxis", "punct", "advcl", "ccomp", "case", "mark", "discourse", "dep":
            return graph.relation(index) == "case" && graph.token(index).head < index
                || graph.relation(index) == "punct" && index > 0 && graph.token(index).form == "-"
        case "cc", "conj": return true
        default: return true
        }
    }

    private func holder(above index: Int) -> String {
        var at = index
        for _ in 0..<6 {
            guard let up = graph.head(at) else { return "" }
            if graph.relation(at) == "ccomp", cues.stance(graph.lemma(up), "v") != nil { return subject(up) }
            at = up
        }
        return ""
    }
}
