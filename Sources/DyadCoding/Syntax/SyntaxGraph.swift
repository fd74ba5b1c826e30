import DyadCore

/// A sentence seen through its logical relations: who is the subject of a verb however it is said.
///
/// Passive voice, agents after "by", relative clauses, participles, coordination, control and light verbs are undone
/// here, so that patterns speak of subjects and objects only. Relations are those of Universal Dependencies 2.
struct SyntaxGraph {
    let sentence: Sentence
    let children: [[Int]]

    init(_ sentence: Sentence) {
        let sentence = TreeRepair.mended(sentence)
        self.sentence = sentence
        children = sentence.children()
    }

    func token(_ index: Int) -> Token { sentence.tokens[index] }
    func lemma(_ index: Int) -> String { sentence.tokens[index].lemma.lowercased() }
    func relation(_ index: Int) -> Substring { sentence.tokens[index].baseRelation }
    func head(_ index: Int) -> Int? { sentence.tokens[index].head >= 0 ? sentence.tokens[index].head : nil }

    func children(_ index: Int, _ relations: Substring...) -> [Int] {
        children[index].filter { relations.contains(relation($0)) }
    }

    func children(_ index: Int, full relation: String) -> [Int] {
        children[index].filter { sentence.tokens[$0].relation == relation }
    }

    func isVerb(_ index: Int) -> Bool { token(index).upos == "VERB" || token(index).upos == "AUX" }
    func isNominal(_ index: Int) -> Bool { ["NOUN", "PROPN", "PRON", "NUM"].contains(token(index).upos) }

    /// The preposition of a nominal, lower case.
    func preposition(_ index: Int) -> String? {
        children(index, "case").first { token($0).lemma != "'s" && token($0).lemma != "’s" && token($0).upos != "PART" }
            .map { token($0).form.lowercased() }
    }

    /// A token with all that is coordinated with it, itself first.
    func conjuncts(_ index: Int) -> [Int] {
        var out = [index]
        for child in children(index, "conj") { out += conjuncts(child) }
        return out
    }

    /// Tokens of the subtree, in order.
    func subtree(_ index: Int) -> [Int] {
        var out: [Int] = []
        var stack = [index]
        while let at = stack.popLast() {
            out.append(at)
            stack += children[at]
        }
        return out.sorted()
    }

    /// True when `index` lies under `top`, or is it.
    func isUnder(_ index: Int, _ top: Int) -> Bool {
        var at = index
        var steps = 0
        while at != top {
            guard let up = head(at), steps < sentence.tokens.count else { return false }
            at = up
            steps += 1
        }
        return true
    }

    // MARK: - Voice

    func isPassive(_ verb: Int) -> Bool {
        if children[verb].contains(where: { ["aux:pass", "nsubj:pass", "csubj:pass"].contains(token($0).relation) }) {
            return true
        }
        // "who had told them" is active: a perfect, or a relative clause with a subject of its own.
        guard token(verb).xpos == "VBN", !isRelative(verb), children(verb, "aux").isEmpty else {
            return false
        }
        // A participle after a noun or before one ("troops sent by", "banned group").
        return relation(verb) == "acl" || relation(verb) == "amod"
            || (relation(verb) == "advcl" && surfaceSubject(verb) == nil)
    }

    /// True for a passive with a subject of its own, not for a participle beside a noun.
    func isPassiveClause(_ verb: Int) -> Bool { isPassive(verb) && surfaceSubject(verb) != nil }

    private func surfaceSubject(_ verb: Int) -> Int? { children(verb, "nsubj", "csubj").first }

    // MARK: - Subjects and objects

    /// Logical subjects: the agent of a passive, otherwise the subject, found through coordination, control and clauses.
    func subjects(_ verb: Int, depth: Int = 0) -> [Int] {
        guard depth < 6 else { return [] }
        if isPassive(verb) {
            let agents = children[verb].filter { isAgent($0) }
            // "it was by Libya that Chad was shelled".
            if agents.isEmpty, isRelative(verb), let name = head(verb), preposition(name) == "by",
                !children(name, "cop").isEmpty
            {
                return conjuncts(name)
            }
            return agents.flatMap(conjuncts)
        }
        return surfaceSubjects(verb, depth: depth)
    }

    private func isAgent(_ index: Int) -> Bool {
        token(index).relation == "obl:agent" || (relation(index) == "obl" && preposition(index) == "by")
    }

    /// What stands in subject position, whatever the voice.
    func surfaceSubjects(_ verb: Int, depth: Int = 0) -> [Int] {
        guard depth < 6 else { return [] }
        let own = children(verb, "nsubj")
        if let subject = own.first { return conjuncts(resolved(subject, under: verb)) }
        guard let up = head(verb) else { return [] }
        switch relation(verb) {
        case "conj": return surfaceSubjects(up, depth: depth + 1)
        case "xcomp": return controller(of: verb, by: up, depth: depth)
        case "advcl" where isRelative(verb): return aclSubjects(verb, noun: up, depth: depth)
        case "advcl" where isDoneByObject(verb, of: up), "obl" where isDoneByObject(verb, of: up):
            return objects(up)
        case "advcl", "parataxis": return isVerb(up) || hasSubject(up) ? surfaceSubjects(up, depth: depth + 1) : []
        case "ccomp" where !hasSubject(verb) && token(verb).feats.contains("VerbForm=Inf"):
            return surfaceSubjects(up, depth: depth + 1)
        case "acl": return aclSubjects(verb, noun: up, depth: depth)
        case "obl", "nmod", "obj": return isVerb(up) ? surfaceSubjects(up, depth: depth + 1) : []
        default: return []
        }
    }

    /// "accused Chad of arming", "stopped them from crossing", "thanked Peru for helping": the object does it.
    private func isDoneByObject(_ verb: Int, of up: Int) -> Bool {
        guard isVerb(up), token(verb).xpos == "VBG", !objects(up).isEmpty else { return false }
        let marks = Set(children(verb, "mark", "case").map { token($0).form.lowercased() })
        if !marks.isDisjoint(with: ["of", "from", "into"]) { return true }
        return !marks.isDisjoint(with: ["for", "with", "over"]) && Self.judging.contains(lemma(up))
    }

    /// Verbs by which somebody is judged for what he did.
    private static let judging: Set<String> = [
        "accuse", "applaud", "arrest", "ban", "berate", "blame", "censure", "charge", "chide", "commend", "condemn",
        "congratulate", "convict", "criticise", "criticize", "denounce", "deport", "detain", "expel", "fault", "fine",
        "forgive", "hail", "imprison", "indict", "investigate", "jail", "lambast", "lambaste", "mock", "praise",
        "prosecute", "punish", "rebuke", "reprimand", "reproach", "reward", "sanction", "scold", "sentence", "slam",
        "sue", "thank", "try", "upbraid",
    ]

    private func hasSubject(_ index: Int) -> Bool { !children(index, "nsubj").isEmpty }

    /// Who does the complement: the object of "urge", the subject of "promise" and of raising verbs.
    private func controller(of verb: Int, by up: Int, depth: Int) -> [Int] {
        let objects = children(up, "obj", "iobj")
        if let object = objects.first, !Self.subjectControl.contains(lemma(up)) { return conjuncts(object) }
        if isPassive(up) { return children(up, "nsubj").flatMap { conjuncts(resolved($0, under: up)) } }
        return surfaceSubjects(up, depth: depth + 1)
    }

    private static let subjectControl: Set<String> = [
        "promise", "vow", "threaten", "pledge", "offer", "agree", "use", "take",
    ]

    private func aclSubjects(_ verb: Int, noun: Int, depth: Int) -> [Int] {
        if isRelative(verb) {
            // "forces which Turkey supports": the noun is the object, unless there is no subject at all.
            return hasSubject(verb) ? [] : conjuncts(noun)
        }
        if token(verb).xpos == "VBG" || token(verb).feats.contains("VerbForm=Ger")
            || token(verb).feats.contains("Tense=Pres")
        {
            return conjuncts(noun)
        }
        // "Turkey's decision to withdraw", "a plan by Turkey to", "Turkey rejected calls to".
        let owners = children(noun, full: "nmod:poss") + children(noun, "nmod").filter { preposition($0) == "by" }
        if !owners.isEmpty { return owners.flatMap(conjuncts) }
        guard let up = head(noun), relation(noun) == "obj" || relation(noun) == "xcomp" else { return [] }
        return surfaceSubjects(up, depth: depth + 1)
    }

    /// A relative clause, that of a cleft sentence ("it was Chad that left") too.
    func isRelative(_ verb: Int) -> Bool { token(verb).relation.hasSuffix(":relcl") }

    /// The noun that a relative pronoun anywhere in its clause stands for: "whose crowds", "to which Peru had sent".
    func antecedent(_ index: Int) -> Int? {
        guard token(index).xpos.hasPrefix("W") else { return nil }
        var at = index
        for _ in 0..<6 {
            guard let up = head(at) else { return nil }
            if isRelative(at) { return up < index ? up : nil }
            at = up
        }
        return nil
    }

    /// A relative pronoun replaced by the noun it stands for.
    func resolved(_ index: Int, under verb: Int) -> Int {
        guard ["who", "which", "that", "whom"].contains(lemma(index)), token(index).upos != "NOUN" else { return index }
        var at = verb
        for _ in 0..<4 {
            if isRelative(at), let noun = head(at) { return noun }
            guard relation(at) == "conj" || relation(at) == "xcomp" || relation(at) == "ccomp", let up = head(at) else {
                break
            }
            at = up
        }
        return index
    }

    /// Logical objects: the subject of a passive, otherwise the object, the noun of an object relative, or what a
    /// coordinated verb shares.
    func objects(_ verb: Int) -> [Int] {
        if isPassive(verb) {
            let subjects = children(verb, "nsubj").map { resolved($0, under: verb) }
            if !subjects.isEmpty { return (subjects + children(verb, "obj")).flatMap(conjuncts) }
            if relation(verb) == "acl" || relation(verb) == "amod", let noun = head(verb) { return conjuncts(noun) }
            return surfaceSubjects(verb)
        }
        // "asked Washington to sell": the parser may take the one asked for an indirect object.
        let direct = children(verb, "obj")
        let own = direct.isEmpty ? children(verb, "iobj") : direct
        if !own.isEmpty { return own.flatMap { conjuncts(resolved($0, under: verb)) } }
        if isRelative(verb), hasSubject(verb), let noun = head(verb),
            !children(verb, "nsubj").contains(where: { resolved($0, under: verb) == noun })
        {
            return conjuncts(noun)
        }
        // "shelled and bombed the town": the object stands with the last verb only.
        for other in children(verb, "conj") where isVerb(other) && !hasSubject(other) {
            let shared = children(other, "obj")
            if !shared.isEmpty { return shared.flatMap(conjuncts) }
        }
        return []
    }

    // MARK: - Slots

    /// Tokens that fill a slot of a predicate; see `Data/README.md` for the slot names.
    func slot(_ name: String, of index: Int) -> [Int] {
        switch name {
        case "subj":
            return isVerb(index) || token(index).upos == "ADJ" || hasSubject(index)
                ? subjects(index) : lightSubjects(index)
        case "obj": return objects(index)
        case "iobj": return receivers(index)
        case "xcomp": return complements(index)
        case "ccomp": return children(index, "ccomp", "parataxis")
        case "prt": return children(index, full: "compound:prt") + children(index, "advmod")
        case "advmod": return children(index, "advmod")
        case "poss": return children(index, full: "nmod:poss").flatMap(conjuncts)
        case "words-before": return Array(0..<index)
        case "words-after": return following(index)
        case "amod": return children(index, "amod").flatMap(conjuncts)
        case "compound":
            return (children(index, full: "compound") + children(index, "nmod").filter { preposition($0) == nil })
                .flatMap(conjuncts)
        default: return phrases(index, preposition: name)
        }
    }

    /// Words behind a predicate that belong to it, down to other clauses with a subject of their own.
    private func following(_ index: Int) -> [Int] {
        var out: [Int] = []
        var stack = [index]
        while let at = stack.popLast() {
            if at > index { out.append(at) }
            stack += children[at].filter { child in
                !(["advcl", "conj", "parataxis"].contains(relation(child)) && isVerb(child) && hasSubject(child))
            }
        }
        return out.sorted()
    }

    /// The indirect object; of a passive with an object of its own the subject: "Chad was promised a loan".
    private func receivers(_ verb: Int) -> [Int] {
        if isPassive(verb), !children(verb, "obj").isEmpty {
            return children(verb, "nsubj").flatMap { conjuncts(resolved($0, under: verb)) }
        }
        return children(verb, "iobj").flatMap { conjuncts(resolved($0, under: verb)) }
    }

    private func complements(_ index: Int) -> [Int] {
        var out = children(index, "xcomp")
        out += children(index, "acl").filter { token($0).relation == "acl" && isVerb($0) }
        out += children(index, "ccomp").filter { !hasSubject($0) }
        if isVerb(index) {
            out += children(index, "advcl").filter { clause in
                children(clause, "mark").contains {
                    ["to", "from", "of", "by", "for", "with"].contains(token($0).form.lowercased())
                }
            }
            // "accused Iran of arming rebels" is parsed with the gerund under a preposition.
            out += children(index, "obl").filter { isVerb($0) }
        }
        return out.flatMap(conjuncts)
    }

    /// Phrases with a preposition under the predicate, under its object, or under the verb whose object it is.
    private func phrases(_ index: Int, preposition name: String) -> [Int] {
        func own(_ at: Int) -> [Int] {
            children[at].filter { ["obl", "nmod", "advcl", "acl"].contains(relation($0)) && preposition($0) == name }
                .map { antecedent($0) ?? $0 }
        }
        var out = own(index)
        if isVerb(index) {
            for object in children(index, "obj") + children(index, "xcomp") { out += own(object) }
        } else {
            // "the downing of a helicopter by …" is often parsed with the second phrase under the first.
            for inner in children(index, "nmod") { out += own(inner) }
            if let up = carrier(of: index) { out += own(up).filter { !isUnder(index, $0) } }
        }
        return out.flatMap(conjuncts)
    }

    /// The subject of the verb that carries a noun: "Turkey launched an attack", "Turkey is an ally".
    private func lightSubjects(_ noun: Int) -> [Int] {
        carrier(of: noun).map { subjects($0).filter { $0 != noun } } ?? []
    }

    /// How many heads stand above a token.
    func depth(_ index: Int) -> Int {
        var at = index, steps = 0
        while let up = head(at), steps < children.count {
            at = up
            steps += 1
        }
        return steps
    }

    /// The verb that carries a noun: "gave 5 million dollars of aid", "signed the deal".
    func carrier(of noun: Int) -> Int? {
        var at = noun
        while relation(at) == "nmod" || relation(at) == "conj" || relation(at) == "compound", let up = head(at),
            !isVerb(up)
        { at = up }
        guard let up = head(at), isVerb(up), ["obj", "obl", "xcomp", "nsubj"].contains(relation(at)) else { return nil }
        return up
    }

    /// Tokens at the end of a path of slots.
    ///
    /// A participle read as an adjective has its surface subject: "Israel is opposed to talks".
    func fillers(_ path: [String], of index: Int, asAdjective: Bool = false) -> [Int] {
        var at = [index]
        for (step, name) in path.enumerated() {
            at =
                step == 0 && name == "subj" && asAdjective && isVerb(index)
                ? surfaceSubjects(index) : at.flatMap { slot(name, of: $0) }
        }
        return at
    }
}
