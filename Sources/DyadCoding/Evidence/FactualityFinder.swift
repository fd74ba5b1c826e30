import DyadCodebook
import DyadCore

/// How factual a predicate is: negation, modals, the words that govern it, conditions, reports.
///
/// After TruthTeller (Lotan, Stern and Dagan 2013) and Stanovsky et al. 2017: the signature of every governing word is
/// applied from the predicate up to the root.
struct FactualityFinder {
    let graph: SyntaxGraph
    let cues: CueLexicon
    let mood: PredicateMood

    init(graph: SyntaxGraph, cues: CueLexicon) {
        self.graph = graph
        self.cues = cues
        mood = PredicateMood(graph: graph, cues: cues)
    }

    /// The class of a predicate and its holder's words ("" for the report itself).
    ///
    /// Words in `ignoring` are part of the predicate itself ("not happy with") and do not negate it.
    func judge(_ index: Int, ignoring: [Int] = []) -> (Factuality, String) {
        let found = judgement(index, ignoring: ignoring)
        return (found.label, found.holder.map { NominalPhrase(graph: graph).text($0) } ?? "")
    }

    /// The class of a predicate with the words that gave it.
    func judgement(_ index: Int, ignoring: [Int] = []) -> Judgement {
        var state = Judgement(label: .asserted)
        if let own = mood.shared(index), !(own == .negated && ignoring.contains(where: mood.isNegator)) {
            state.label = own
            state.isAhead = mood.isAhead(index)
        }
        describe(index, &state)
        var at = index
        for _ in 0..<24 {
            besides(at, &state)
            guard let up = graph.head(at), !isApart(at, up) else { break }
            climb(from: at, to: up, &state)
            at = up
        }
        return state
    }

    /// "must", "should", "ought to", "has to": somebody is to do it.
    func isObligation(_ index: Int) -> Bool {
        mood.auxiliaries(index).contains { cues.isMood("duty-modal", $0) }
            || graph.relation(index) == "xcomp"
                && graph.head(index).map { graph.lemma($0) == "have" || graph.lemma($0) == "need" } ?? false
    }

    /// "unless you leave": what is announced is a threat, whatever it is.
    func isUltimatum(_ index: Int) -> Bool {
        let verb = graph.isVerb(index) ? index : graph.carrier(of: index) ?? index
        return graph.children(verb, "advcl").contains { clause in
            graph.children(clause, "mark").contains { graph.lemma($0) == "unless" }
        }
    }

    /// True inside a condition: "if it attacks" announces nothing.
    func isSupposed(_ index: Int) -> Bool {
        var at = index
        for _ in 0..<8 {
            if mood.conditionClass(at) != nil { return true }
            guard let up = graph.head(at), graph.relation(at) != "ccomp" else { return false }
            at = up
        }
        return false
    }

    /// "no longer", "not any more": what was done has ended.
    func isNoLonger(_ index: Int) -> Bool {
        let verb = graph.isVerb(index) ? index : graph.carrier(of: index) ?? index
        return graph.children(verb, "advmod").contains { mood.isNoLonger($0) }
    }

    /// "would have left": looks back, not ahead.
    func isPerfect(_ index: Int) -> Bool {
        graph.children(index, "aux").contains { graph.lemma($0) == "have" }
    }

    /// "will not", "would not", "cannot": cooperation that is refused.
    func isRefusal(_ index: Int) -> Bool {
        guard mood.own(index) == .negated else { return false }
        let verb = graph.isVerb(index) ? index : graph.carrier(of: index) ?? index
        return graph.children(verb, "aux").contains {
            ["will", "would", "can", "shall"].contains(graph.lemma($0)) || graph.token($0).form.lowercased() == "would"
        }
    }

    /// A semicolon parts two statements of one sentence.
    private func isApart(_ at: Int, _ up: Int) -> Bool {
        ["parataxis", "conj"].contains(graph.relation(at)) && graph.isVerb(at)
            && (min(at, up)..<max(at, up)).contains { graph.token($0).form == ";" }
    }

    // MARK: - Words beside the predicate

    /// Adjectives and adverbs of the predicate itself: "alleged attack", "planned visit", "allegedly jammed".
    private func describe(_ index: Int, _ state: inout Judgement) {
        for child in graph.children(index, "amod", "compound") {
            guard let signature = adjective(child),
                !["factive", "implies+", "denied"].contains(signature.effect)
            else { continue }
            state.apply(signature, isNegated: mood.hasOwnNegator(child), holder: nil, cue: nil)
        }
    }

    private func adjective(_ index: Int) -> CueLexicon.Signature? {
        if graph.relation(index) == "compound" { return nil }
        if let found = cues.signature(graph.token(index).form.lowercased(), "a", frame: "np") { return found }
        return graph.token(index).xpos == "VBN" ? cues.signature(graph.lemma(index), "v", frame: "np") : nil
    }

    /// What stands beside a clause on the way up: hearsay adverbs, "according to", "…, he said".
    private func besides(_ index: Int, _ state: inout Judgement) {
        for child in graph.children(index, "advmod") where state.inherits {
            let form = graph.token(child).form.lowercased()
            if cues.isMood("hearsay-adverb", form) {
                state.apply(.init(effect: "alleged", negated: ""), isNegated: false, holder: nil, cue: child)
            } else if cues.isMood("possible-adverb", form) {
                state.apply(.init(effect: "hypothetical", negated: ""), isNegated: false, holder: nil, cue: child)
            }
        }
        if let (cue, source) = sourcePhrase(under: index) {
            state.report("neutral", isNegated: false, holder: source, cue: cue)
        }
        for child in graph.children(index, "advcl") where isComment(child) {
            guard let stance = cues.stance(graph.lemma(child), "v") else { continue }
            state.report(stance, isNegated: mood.isNegated(child), holder: subject(child), cue: child)
        }
        for child in graph.children(index, "parataxis") {
            guard let stance = cues.stance(graph.lemma(child), "v"), isBareSaying(child) else { continue }
            state.report(stance, isNegated: mood.isNegated(child), holder: subject(child), cue: child)
        }
    }

    /// "As the minister said, …", "…, it is claimed, …": a saying beside the clause that it speaks of.
    private func isComment(_ clause: Int) -> Bool {
        let marks = graph.children(clause, "mark", "advmod").map { graph.lemma($0) }
        if marks.contains("as") {
            return !graph.children(clause, "nsubj").isEmpty && graph.children(clause, "ccomp", "xcomp").isEmpty
                && graph.children(clause, "obj").allSatisfy { graph.lemma($0) == "it" } && !mood.isNegated(clause)
        }
        let isInserted = clause > 0 && graph.token(clause).feats.contains("VerbForm=Fin") || graph.isPassive(clause)
        return marks.isEmpty && isInserted && isBareSaying(clause)
            && graph.children(clause, "punct").contains { graph.token($0).form == "," }
    }

    /// "…, the minister said": a subject and nothing else that is said.
    func isBareSaying(_ cue: Int) -> Bool {
        graph.children(cue, "ccomp", "obj", "xcomp").isEmpty && !graph.children(cue, "nsubj").isEmpty
            && (!graph.isPassive(cue) || graph.children(cue, "nsubj").contains { graph.lemma($0) == "it" })
            && !mood.isNegated(cue) && !(graph.head(cue).map { isApart(cue, $0) } ?? false)
    }

    /// "according to X" under a clause: the first word of the phrase and the head of X.
    func sourcePhrase(under index: Int) -> (cue: Int, source: Int)? {
        for child in graph.children(index, "obl", "nmod", "advcl", "parataxis", "dep") {
            for word in graph.children[child] where graph.relation(word) == "case" || graph.relation(word) == "mark" {
                let phrase = cues.sourcePhrase(graph.token(word).form.lowercased()) { step in
                    word + step < graph.sentence.tokens.count ? graph.token(word + step).form.lowercased() : nil
                }
                guard let phrase, phrase.count > 1 else { continue }
                if word + phrase.count <= child { return (word, child) }
                // "in the words of X": the phrase has a noun of its own, and X hangs on it.
                if let source = graph.children(child, "nmod").first(where: { $0 >= word + phrase.count }) {
                    return (word, source)
                }
            }
        }
        return nil
    }

    // MARK: - Words that govern it

    private func climb(from at: Int, to up: Int, _ state: inout Judgement) {
        if mood.opensCondition(at) { return setApart(&state) }
        switch graph.relation(at) {
        case "xcomp": complement(at, up, &state)
        case "ccomp", "csubj": clause(at, up, &state)
        case "acl" where graph.token(at).relation != "acl:relcl": nounClause(at, up, &state)
        case "advcl" where graph.isRelative(at):
            // "it was not Chad that left".
            if mood.isNegated(up) {
                state.apply(.init(effect: "implies-", negated: ""), isNegated: false, holder: nil, cue: up)
            }
            setApart(&state)
        case "advcl": adverbial(at, up, &state)
        case "obj", "iobj", "obl", "nsubj": nominal(at, up, &state)
        case "nmod", "compound", "amod", "appos": nounUnderNoun(at, up, &state)
        case "conj": conjunct(at, up, &state)
        case "aux", "cop", "flat", "fixed", "case": break
        case "parataxis", "dep", "discourse", "vocative": state.inherits = false
        default: setApart(&state)
        }
    }

    /// What follows above speaks of the noun or the clause around, not of this predicate.
    private func setApart(_ state: inout Judgement) {
        state.inherits = false
        state.isBackground = true
    }

    private func pos(_ index: Int) -> String {
        graph.isVerb(index) ? "v" : graph.token(index).upos == "ADJ" || graph.token(index).upos == "ADV" ? "a" : "n"
    }

    /// The signature of a word with its particle or the preposition of its complement, else of the word alone.
    private func signature(_ up: Int, _ at: Int, frame: String) -> CueLexicon.Signature? {
        let pos = pos(up)
        for child in graph.children[up] where child != at {
            let isPart = graph.token(child).relation == "compound:prt" || graph.relation(child) == "advmod"
            // "Rumour has it that", "took the trouble to": the object is part of the verb.
            let isObject = ["obj", "expl"].contains(graph.relation(child))
            guard isPart || isObject else { continue }
            if let found = cues.signature("\(graph.lemma(up)) \(graph.lemma(child))", pos, frame: frame) {
                return found
            }
        }
        for child in graph.children(at, "case", "mark") {
            let word = graph.token(child).form.lowercased()
            if let found = cues.signature("\(graph.lemma(up)) \(word)", pos, frame: frame) { return found }
        }
        // "stopped short of bombing": the adverb may carry the complement.
        if ["advmod", "compound", "xcomp", "fixed"].contains(graph.relation(up))
            || graph.relation(up) == "obj" && graph.token(up).upos == "ADJ", let verb = graph.head(up),
            graph.isVerb(verb),
            let found = cues.signature("\(graph.lemma(verb)) \(graph.token(up).form.lowercased())", "v", frame: frame)
                ?? cues.signature("\(graph.lemma(verb)) \(graph.lemma(up))", "v", frame: frame)
        {
            return found
        }
        for lemma in lemmas(up) {
            if let found = cues.signature(lemma, pos, frame: frame) { return found }
        }
        return nil
    }

    /// The form first: "going to" and "had to" say more than their lemmas.
    private func lemmas(_ index: Int) -> [String] {
        let form = graph.token(index).form.lowercased()
        return (form == graph.lemma(index) ? [] : [form]) + [graph.lemma(index)]
    }

    private func apply(_ signature: CueLexicon.Signature, _ up: Int, _ state: inout Judgement, isClause: Bool = false) {
        let holder =
            ["alleged", "denied", "requested", "conditional"].contains(signature.effect)
            ? subject(up) : nil
        let before = state.label
        state.apply(
            signature, isNegated: state.inherits && mood.shared(up) == .negated, holder: holder, cue: up,
            isClause: isClause)
        guard ["implies+", "implies-"].contains(signature.effect), state.inherits else {
            state.inherits = false
            return
        }
        if let own = mood.shared(up), own != .negated, before == .asserted || before == .negated { state.label = own }
    }

    /// "managed to sign", "wants Turkey to leave", "accused of arming".
    private func complement(_ at: Int, _ up: Int, _ state: inout Judgement) {
        let isInfinitive = graph.children(at, "mark").contains { graph.token($0).form.lowercased() == "to" }
        if isInfinitive, isTooMuch(up) { return apply(.init(effect: "implies-", negated: "+"), up, &state) }
        let hasObject = !graph.children(up, "obj", "iobj").isEmpty || graph.isPassive(up)
        let frame = isInfinitive ? (hasObject ? "obj-to" : "to") : graph.token(at).xpos == "VBG" ? "ing" : "to"
        if let found = signature(up, at, frame: frame) { return apply(found, up, &state) }
        if graph.isPassive(up), let stance = cues.stance(graph.lemma(up), "v") {
            return state.report(stance, isNegated: mood.isNegated(up), holder: subject(up), cue: up)
        }
        // An infinitive under a verb that nothing is known of says what is wanted, not what is so.
        if isInfinitive, graph.token(up).upos == "VERB", !isBare(up), state.inherits {
            state.apply(.init(effect: "hypothetical"), isNegated: false, holder: nil, cue: up)
        }
        inheritMood(up, &state)
    }

    /// "too weak to hold the town".
    private func isTooMuch(_ index: Int) -> Bool {
        graph.token(index).upos == "ADJ"
            && graph.children(index, "advmod").contains { cues.isMood("too", graph.token($0).form.lowercased()) }
    }

    /// Verbs that only carry the infinitive: "has to", "is to", "used to".
    private func isBare(_ verb: Int) -> Bool { cues.isMood("carrier", graph.lemma(verb)) }

    /// "said that it left", "It is clear that", "What they did was".
    private func clause(_ at: Int, _ up: Int, _ state: inout Judgement) {
        let isWh = graph.children(at, "mark").contains { cues.isMood("whether", graph.token($0).form.lowercased()) }
        let isInfinitive = graph.token(at).feats.contains("VerbForm=Inf") && graph.children(at, "nsubj").isEmpty
        if isInfinitive || graph.children(at, "mark").contains(where: { graph.token($0).form.lowercased() == "to" }) {
            return complement(at, up, &state)
        }
        if isMandative(at), cues.stance(graph.lemma(up), pos(up)) != nil || isRequest(up, at) {
            return state.report("demand", isNegated: mood.isNegated(up), holder: subject(up), cue: up)
        }
        let pos = pos(up)
        if let found = signature(up, at, frame: isWh ? "wh" : "that") {
            return apply(found, up, &state, isClause: true)
        }
        if let stance = cues.stance(graph.lemma(up), pos), !isImpersonal(up) {
            state.report(stance, isNegated: mood.isNegated(up), holder: subject(up), cue: up)
        } else {
            state.inherits = false
        }
    }

    /// "It is important to note that": nobody says it.
    private func isImpersonal(_ cue: Int) -> Bool {
        guard graph.token(cue).xpos == "VB", graph.children(cue, "aux", "nsubj").isEmpty, let up = graph.head(cue),
            !graph.isVerb(up)
        else { return false }
        return graph.children(up, "expl").contains { graph.lemma($0) == "it" }
            || graph.children(up, "nsubj").contains { graph.lemma($0) == "it" }
    }

    /// "insisted that Albania apologise": the bare form says what is wanted.
    private func isMandative(_ clause: Int) -> Bool {
        guard graph.children(clause, "aux", "cop").isEmpty, let subject = graph.children(clause, "nsubj").first,
            graph.children(clause, "mark").contains(where: { graph.lemma($0) == "that" })
        else { return false }
        if graph.token(clause).xpos == "VB" { return true }
        // The parser may take the bare form for a plural: "that Albania apologise".
        return graph.token(clause).xpos != "VBD" && graph.isVerb(clause)
            && graph.token(clause).form.lowercased() == graph.lemma(clause)
            && ["NN", "NNP"].contains(graph.token(subject).xpos) && graph.children(subject, "conj").isEmpty
    }

    private func isRequest(_ up: Int, _ at: Int) -> Bool {
        signature(up, at, frame: "that")?.effect == "requested" || signature(up, at, frame: "to")?.effect == "requested"
    }

    /// "a plan to leave", "the claim that it left", "called on Baku to release"; a participle stands by itself.
    private func nounClause(_ at: Int, _ up: Int, _ state: inout Judgement) {
        let marks = graph.children(at, "mark").map { graph.token($0).form.lowercased() }
        if marks.contains("to") {
            if graph.relation(up) == "obj", let verb = graph.head(up),
                let found = cues.signature("\(graph.lemma(verb)) \(graph.lemma(up))", "v", frame: "to")
            {
                return apply(found, verb, &state)
            }
            if let found = signature(up, at, frame: "to") { return apply(found, up, &state) }
            // The infinitive belongs to the verb whose phrase the noun is.
            if let verb = graph.head(up), ["obl", "obj", "iobj"].contains(graph.relation(up)), graph.isVerb(verb) {
                if let found = signature(verb, up, frame: "obj-to") { return apply(found, verb, &state) }
            }
            state.apply(.init(effect: "hypothetical", negated: ""), isNegated: false, holder: nil, cue: nil)
        } else if !marks.isEmpty || hasSubject(at) {
            if isMandative(at), isRequest(up, at) {
                state.report("demand", isNegated: false, holder: subject(up), cue: up)
            } else if let found = signature(up, at, frame: "that") {
                apply(found, up, &state)
                state.isNounClaim = true
            } else if let stance = cues.stance(graph.lemma(up), "n") {
                state.report(stance, isNegated: false, holder: subject(up), cue: up)
                state.isNounClaim = true
            }
        } else if graph.children(at, "case").contains(where: { _ in true }), let found = signature(up, at, frame: "ing")
        {
            return apply(found, up, &state)
        } else {
            setApart(&state)
        }
        state.inherits = false
    }

    private func hasSubject(_ index: Int) -> Bool { !graph.children(index, "nsubj").isEmpty }

    /// Conditions, purposes and gerunds after prepositions: "accused Iran of arming", "refrained from firing".
    private func adverbial(_ at: Int, _ up: Int, _ state: inout Judgement) {
        let marks = graph.children(at, "mark", "case").map { graph.token($0).form.lowercased() }
        let isGerund = isGerund(at)
        if marks.contains("to"), !isGerund {
            if isTooMuch(up) { return apply(.init(effect: "implies-", negated: "+"), up, &state) }
            let frame = graph.children(up, "obj", "iobj", "obl").isEmpty ? "to" : "obj-to"
            if let found = signature(up, at, frame: frame) { return apply(found, up, &state) }
            if state.label == .asserted { state.isPurpose = true }
        } else if mood.isPrivative(at) {
            return setApart(&state)
        } else if isGerund, !marks.isEmpty {
            if let phrase = cues.signature(fullMark(at), "p", frame: "ing"), phrase.effect != "factive" {
                apply(phrase, up, &state)
            } else if isComplement(at), let found = signature(up, at, frame: "ing"),
                found.effect != "implies+" || mood.shared(up) != nil
            {
                // "was involved in shelling" takes the mood of its verb: "was not involved".
                return apply(found, up, &state)
            } else if marks.contains("by") {
                return inheritMood(up, &state)
            }
        } else if isGerund, graph.token(max(at, 1) - 1).form != ",", let found = signature(up, at, frame: "ing"),
            found.effect == "implies-" || up == at - 1 || graph.children(up, full: "compound:prt").contains(at - 1)
        {
            // "gave up selling", "held off naming", "mulls expelling".
            return apply(found, up, &state)
        } else if isGerund {
            // "…, closing the port": part of what the clause around tells.
            return inheritMood(up, &state)
        } else if let phrase = cues.signature(fullMark(at), "p", frame: "that"), phrase.effect == "implies-" {
            apply(phrase, up, &state)
        } else if isFutureTime(at, up, marks) {
            state.apply(.init(effect: "planned", negated: ""), isNegated: false, holder: nil, cue: nil)
        }
        setApart(&state)
    }

    /// "closing", "having closed".
    private func isGerund(_ index: Int) -> Bool {
        graph.token(index).xpos == "VBG" || graph.children(index, "aux").contains { graph.token($0).xpos == "VBG" }
    }

    /// "once the pact is signed, troops will leave".
    private func isFutureTime(_ at: Int, _ up: Int, _ marks: [String]) -> Bool {
        guard marks.contains(where: { ["once", "until", "when", "before", "till"].contains($0) }) else { return false }
        return graph.token(at).feats.contains("Tense=Pres")
            && mood.auxiliaries(up).contains { cues.isMood("future-modal", $0) }
    }

    /// The words of a mark with what is fixed to it: "instead of", "rather than".
    private func fullMark(_ index: Int) -> String {
        guard let mark = graph.children(index, "mark", "case").first else { return "" }
        let words = [mark] + graph.children(mark, "fixed")
        let rest = graph.children(index, "mark", "case").dropFirst()
        return (words + rest).map { graph.token($0).form.lowercased() }.joined(separator: " ")
    }

    /// A noun as subject or object: "denied the attack", "The talks were called off", "held talks".
    private func nominal(_ at: Int, _ up: Int, _ state: inout Judgement) {
        if graph.relation(at) == "nsubj", !graph.isVerb(up), judged(at, up, &state) { return }
        guard graph.isVerb(up) || graph.token(up).upos == "ADJ" else { return nounUnderNoun(at, up, &state) }
        if graph.isVerb(at), graph.token(at).xpos == "VBG" || graph.relation(at) == "obl" {
            if let found = signature(up, at, frame: "ing") { return apply(found, up, &state) }
        }
        let isSubject = graph.relation(at) == "nsubj" && !graph.isPassive(up)
        if !isSubject, let found = signature(up, at, frame: "np"), reaches(found, at), fits(found, at, up) {
            return apply(found, up, &state)
        }
        if isSubject ? isOccurrence(up) : isRealised(up) || !isDefinite(at) {
            return inheritMood(up, &state)
        }
        if isSubject, !isDefinite(at), let own = mood.shared(up), own != .negated { state.take(own) }
        setApart(&state)
    }

    /// "The allegation that it armed them is false", "A withdrawal is possible": what the copula says of its subject.
    private func judged(_ at: Int, _ up: Int, _ state: inout Judgement) -> Bool {
        if state.isNounClaim, let found = signature(up, at, frame: "that"), found.effect == "implies-" {
            apply(found, up, &state)
            return true
        }
        guard !state.isNounClaim, !isDefinite(at), let found = signature(up, at, frame: "np"),
            ["hypothetical", "planned", "conditional"].contains(found.effect)
        else { return false }
        apply(found, up, &state)
        return true
    }

    /// What is only considered or hoped for does not undo a noun that is given as known: "discussed the attack".
    private func reaches(_ signature: CueLexicon.Signature, _ at: Int) -> Bool {
        !isDefinite(at) || !["hypothetical", "alleged"].contains(signature.effect)
    }

    /// "warned of an attack", not "left after an attack".
    private func isComplement(_ index: Int) -> Bool {
        graph.children(index, "case", "mark").contains {
            cues.isMood("complement-preposition", graph.token($0).form.lowercased())
        }
    }

    /// Of a phrase with a preposition only what the verb is known to say of such phrases holds: "dropped to a low".
    private func fits(_ signature: CueLexicon.Signature, _ at: Int, _ up: Int) -> Bool {
        guard graph.relation(at) == "obl", ["implies+", "implies-", "factive"].contains(signature.effect) else {
            return true
        }
        let words = graph.children(at, "case").map { graph.token($0).form.lowercased() }
        return words.contains("from")
            || words.contains { cues.signature("\(graph.lemma(up)) \($0)", "v", frame: "np") != nil }
    }

    private func inheritMood(_ up: Int, _ state: inout Judgement) {
        guard state.inherits, let own = mood.shared(up) else { return }
        state.take(own)
    }

    private func isOccurrence(_ verb: Int) -> Bool { isListed(verb, "occurs") }
    private func isRealised(_ verb: Int) -> Bool { isListed(verb, "realises") }

    private func isListed(_ verb: Int, _ kind: String) -> Bool {
        if cues.isMood(kind, graph.lemma(verb)) { return true }
        return graph.children(verb, "compound", "obj", "advmod").contains {
            cues.isMood(kind, "\(graph.lemma(verb)) \(graph.lemma($0))")
        }
    }

    /// "the attack", "its attack", "Turkey's attack", "this attack": taken for granted by the text.
    private func isDefinite(_ index: Int) -> Bool {
        graph.children(index, "det").contains {
            ["the", "this", "that", "these", "those", "both"].contains(graph.lemma($0))
        }
            || graph.children[index].contains { graph.token($0).relation == "nmod:poss" }
    }

    /// "a plan for talks", "threat of sanctions", "a series of raids".
    private func nounUnderNoun(_ at: Int, _ up: Int, _ state: inout Judgement) {
        if let found = signature(up, at, frame: "np"), graph.relation(at) == "nmod" {
            switch found.effect {
            case "factive", "implies+": break
            default: return apply(found, up, &state)
            }
        }
        if !(graph.relation(at) == "nmod" && cues.isMood("container", graph.lemma(up))) { setApart(&state) }
    }

    private func conjunct(_ at: Int, _ up: Int, _ state: inout Judgement) {
        // A coordinated noun or complement hangs on the same words; a coordinated clause with its own subject does not.
        if graph.isVerb(at), hasSubject(at), graph.isVerb(up) {
            state.inherits = false
        }
        if graph.isVerb(at), !graph.isVerb(up) { setApart(&state) }
    }

    /// Whose word it is: the subject of a verb, the owner of a noun.
    func subject(_ cue: Int) -> Int? {
        if graph.isVerb(cue) || graph.token(cue).upos == "ADJ" { return graph.subjects(cue).first }
        let owners =
            graph.children(cue, full: "nmod:poss")
            + graph.children(cue, "nmod").filter { ["by", "from", "of"].contains(graph.preposition($0) ?? "") }
        return owners.first ?? graph.carrier(of: cue).flatMap { graph.subjects($0).first { $0 != cue } }
    }
}
