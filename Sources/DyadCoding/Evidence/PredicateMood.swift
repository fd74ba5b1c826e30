import DyadCodebook
import DyadCore

/// What the words in a predicate's own clause say of it: negation, modals, conditions, questions.
struct PredicateMood {
    let graph: SyntaxGraph
    let cues: CueLexicon
    private let conditions: [ConditionClause]

    init(graph: SyntaxGraph, cues: CueLexicon) {
        self.graph = graph
        self.cues = cues
        conditions = ConditionClause.all(in: graph, cues)
    }

    /// The class its own clause gives a predicate; nil when the clause states it plainly.
    func own(_ index: Int) -> Factuality? {
        if let condition = conditionClass(index) { return condition }
        let forms = auxiliaries(index)
        if isAsked(index) { return .hypothetical }
        if isNegated(index) {
            if !forms.isEmpty, hasCondition(index) { return .conditional }
            return forms.contains { isPossible($0) && !isCannot($0) } ? .hypothetical : .negated
        }
        if let modal = modalClass(index, forms) { return modal }
        if forms.isEmpty, graph.token(index).feats.contains("Tense=Pres"), hasCondition(index) { return .conditional }
        if isRequestMood(index) { return .requested }
        if isScheduled(index) { return endsAsQuestion ? .hypothetical : .planned }
        if isQuestion(index) { return .hypothetical }
        return nil
    }

    /// The class of a predicate with what it shares with the verb it is coordinated with: "will stop and search".
    func shared(_ index: Int) -> Factuality? {
        if let found = own(index) { return found }
        var at = index
        for _ in 0..<6 {
            guard graph.relation(at) == "conj", let up = graph.head(at), sharesAuxiliary(at, with: up) else {
                return nil
            }
            if let found = own(up), found != .negated || joins(at, ["or", "nor", ","]) { return found }
            at = up
        }
        return nil
    }

    private func sharesAuxiliary(_ index: Int, with up: Int) -> Bool {
        graph.isVerb(index) && graph.isVerb(up) && auxiliaries(index).isEmpty && graph.children(index, "nsubj").isEmpty
            && graph.token(index).xpos == graph.token(up).xpos
            && ["VB", "VBN", "VBG"].contains(graph.token(index).xpos)
            && !joins(index, ["but"])
    }

    private func joins(_ index: Int, _ words: Set<String>) -> Bool {
        let own = graph.children(index, "cc").map { graph.token($0).form.lowercased() }
        return own.isEmpty ? words.contains(",") : own.contains(where: words.contains)
    }

    /// Modals and auxiliaries, lower case.
    func auxiliaries(_ index: Int) -> [String] {
        graph.children(index, "aux").map { graph.token($0).form.lowercased() }
    }

    /// True for what lies ahead: "will not sign".
    func isAhead(_ index: Int) -> Bool {
        auxiliaries(index).contains { form in
            ["future-modal", "backshift-modal", "duty-modal"].contains { cues.isMood($0, form) }
        }
    }

    // MARK: - Negation

    func isNegated(_ index: Int) -> Bool {
        hasNegator(index) || hasNegativeSubject(index) || hasNegativeObject(index) || hasNegativePhrase(index)
            || isPrivative(index) || isNearMiss(index)
    }

    /// "nearly broke the record".
    private func isNearMiss(_ index: Int) -> Bool {
        graph.isVerb(index)
            && graph.children(index, "advmod").contains {
                $0 < index && cues.isMood("near-adverb", graph.token($0).form.lowercased())
            }
    }

    /// "not planned": the word has a negator of its own.
    func hasOwnNegator(_ index: Int) -> Bool { graph.children(index, "advmod").contains(where: isNegator) }

    /// True for a word that itself negates.
    func isNegator(_ index: Int) -> Bool { cues.isMood("negator", graph.token(index).form.lowercased()) }

    private func hasNegator(_ index: Int) -> Bool {
        graph.children[index].contains { child in
            switch graph.relation(child) {
            case "advmod", "aux", "cc":
                isNegator(child) && !isFocus(after: child) || isNoLonger(child) || isNegatedAdverb(child)
                    || isCalledOff(index, child)
            case "det": graph.isNominal(index) && !graph.isVerb(index) && isNegativeDeterminer(child)
            default: false
            }
        }
    }

    /// "Summit off": the headline of what does not take place.
    private func isCalledOff(_ index: Int, _ child: Int) -> Bool {
        child > index && graph.head(index) == nil && !graph.isVerb(index)
            && cues.isMood("called-off", graph.token(child).form.lowercased())
    }

    private func isFocus(after index: Int) -> Bool {
        guard index + 1 < graph.sentence.tokens.count else { return false }
        if cues.isMood("focus", graph.lemma(index + 1)) { return true }
        let next = graph.sentence.tokens[(index + 1)...].prefix(4).map { $0.form.lowercased() }
        return cues.isMood("focus", next.joined(separator: " "))
    }

    /// "never again", "not once": the negator stands with the adverb.
    private func isNegatedAdverb(_ index: Int) -> Bool {
        graph.relation(index) == "advmod" && index > 0 && cues.isMood("negated-adverb", graph.lemma(index))
            && graph.token(index - 1).head == index && isNegator(index - 1)
    }

    /// "no longer": the adverb carries the negation.
    func isNoLonger(_ index: Int) -> Bool {
        graph.relation(index) == "advmod" && index > 0 && graph.token(index - 1).form.lowercased() == "no"
            && graph.token(index - 1).head == index && !cues.isMood("no-sooner", graph.token(index).form.lowercased())
    }

    private func isNegativeDeterminer(_ index: Int) -> Bool {
        cues.isMood("negative-determiner", graph.token(index).form.lowercased())
    }

    /// "no ship", "neither side", "nobody".
    func isNegativeNominal(_ index: Int) -> Bool {
        cues.isMood("negative-pronoun", graph.token(index).form.lowercased())
            || graph.children(index, "det", "cc", "advmod").contains(where: isNegativeDeterminer)
            || graph.children(index, "advmod", "det").contains(where: isNegatorOfOne)
    }

    /// "not one of the states", "not a single shell", "hardly a word".
    private func isNegatorOfOne(_ index: Int) -> Bool {
        isNegator(index) && index + 1 < graph.sentence.tokens.count
            && cues.isMood("one", graph.token(index + 1).form.lowercased())
    }

    private func hasNegativeSubject(_ index: Int) -> Bool {
        var at = index
        for _ in 0..<6 {
            if let subject = graph.children(at, "nsubj", "csubj").first { return isNegativeNominal(subject) }
            guard graph.relation(at) == "conj", let up = graph.head(at), !joins(at, ["but"]) else { return false }
            at = up
        }
        return false
    }

    private func hasNegativeObject(_ index: Int) -> Bool {
        graph.isVerb(index) && graph.children(index, "obj").contains(where: isNegativeNominal)
    }

    private func hasNegativePhrase(_ index: Int) -> Bool {
        graph.isVerb(index)
            && graph.children(index, "obl").contains {
                cues.isMood("negative-phrase", graph.lemma($0)) && isNegativeNominal($0)
            }
    }

    func isPrivative(_ index: Int) -> Bool {
        graph.children(index, "case", "mark").contains { cues.isMood("privative", graph.token($0).form.lowercased()) }
    }

    // MARK: - Modals

    private func modalClass(_ index: Int, _ forms: [String]) -> Factuality? {
        if forms.contains(where: isPossible) { return hasCondition(index) ? .conditional : .hypothetical }
        if forms.contains(where: { cues.isMood("backshift-modal", $0) }) {
            if hasCondition(index) { return isCounterfactual(index) ? .hypothetical : .conditional }
            return isReported(index) ? .planned : .hypothetical
        }
        if forms.contains(where: { cues.isMood("future-modal", $0) }) {
            return hasCondition(index) ? .conditional : .planned
        }
        // "must have strayed" is a guess, "should have signed" did not come about.
        if forms.contains(where: { cues.isMood("duty-modal", $0) }) {
            return forms.contains("have") ? .hypothetical : .requested
        }
        return nil
    }

    private func isPossible(_ form: String) -> Bool { cues.isMood("possible-modal", form) }

    /// "cannot", "can't": refusal or inability, not doubt.
    private func isCannot(_ form: String) -> Bool { form.hasPrefix("ca") || form == "could" }

    /// "would have signed".
    private func isCounterfactual(_ index: Int) -> Bool { auxiliaries(index).contains("have") }

    private func isReported(_ index: Int) -> Bool {
        graph.relation(index) == "ccomp" || graph.relation(index) == "parataxis" || graph.relation(index) == "conj"
            || graph.children(index, "ccomp", "parataxis").contains { cues.stance(graph.lemma($0), "v") != nil }
    }

    /// An order in a quotation, or "the ministry is to close the port".
    private func isRequestMood(_ index: Int) -> Bool {
        graph.token(index).feats.contains("Mood=Imp") && graph.children(index, "nsubj").isEmpty
    }

    /// "is to visit", "Turkey to buy gas" in a headline.
    private func isScheduled(_ index: Int) -> Bool {
        // "was due to be signed", with "due to" read as one mark.
        if graph.children(index, "mark", "case").contains(where: {
            cues.signature(graph.lemma($0), "a", frame: "to")?.effect == "planned"
        }) {
            return true
        }
        // "who was to be arrested".
        if hasTo(index), graph.children(index, full: "aux").contains(where: { graph.lemma($0) == "be" }) { return true }
        guard graph.token(index).feats.contains("VerbForm=Inf"), hasTo(index) else { return false }
        if isCleft(index) { return false }
        if graph.relation(index) == "root" || isHeadline(index) { return true }
        guard let up = graph.head(index), ["xcomp", "ccomp"].contains(graph.relation(index)) else { return false }
        return graph.lemma(up) == "be"
    }

    /// "What they did next was to close the border".
    private func isCleft(_ index: Int) -> Bool {
        graph.children(index, "nsubj", "csubj").contains { subject in
            graph.lemma(subject) == "what" && graph.children(subject, "acl").contains { graph.lemma($0) == "do" }
                || graph.lemma(subject) == "do" && graph.children[subject].contains { graph.lemma($0) == "what" }
        }
    }

    /// "Markets to stay closed until Friday": an infinitive beside the only noun of a line without a finite verb.
    private func isHeadline(_ index: Int) -> Bool {
        guard graph.relation(index) == "acl", let up = graph.head(index), graph.relation(up) == "root", up < index
        else {
            return false
        }
        return !graph.sentence.tokens.contains { $0.feats.contains("VerbForm=Fin") }
    }

    private func hasTo(_ index: Int) -> Bool {
        graph.children(index, "mark").contains { graph.token($0).form.lowercased() == "to" }
    }

    // MARK: - Conditions and questions

    /// What a clause is that opens as a condition or a question; nil for any other.
    func conditionClass(_ index: Int) -> Factuality? {
        if let clause = conditions.first(where: { $0.condition == index }) {
            let isPast = clause.consequence.map { auxiliaries($0) }.map { $0.contains("would") && $0.contains("have") }
            return isPast ?? false ? .hypothetical : .conditional
        }
        if isInverted(index) { return auxiliaries(index).contains("had") ? .hypothetical : .conditional }
        let marks = graph.children(index, "mark").map { graph.token($0).form.lowercased() }
        if ["ccomp", "csubj", "acl"].contains(graph.relation(index)),
            marks.contains(where: { cues.isMood("whether", $0) })
        {
            return .hypothetical
        }
        if marks.contains("whether") { return .hypothetical }
        guard marks.contains(where: { cues.isMood("condition", $0) }) else { return nil }
        return graph.head(index).map { auxiliaries($0) }.map { $0.contains("would") && $0.contains("have") } ?? false
            ? .hypothetical : .conditional
    }

    /// "Should the truce hold, …", "Had they signed, …", "Were the bloc to act, …": the auxiliary before its subject,
    /// outside a question.
    private func isInverted(_ index: Int) -> Bool {
        guard let subject = graph.children(index, "nsubj").first, !endsAsQuestion,
            let first = graph.children(index, "aux", "cop").first(where: { $0 < subject }),
            ["should", "had", "were"].contains(graph.token(first).form.lowercased())
        else { return false }
        let before = graph.children[index].filter { $0 < first && graph.token($0).upos != "PUNCT" }
        return before.allSatisfy { ["cc", "discourse"].contains(graph.relation($0)) }
    }

    /// True for what a phrase such as "on condition that" opens.
    func opensCondition(_ index: Int) -> Bool { conditions.contains { $0.condition == index } }

    /// True for a clause that another one makes depend on a condition.
    func hasCondition(_ index: Int) -> Bool {
        if conditions.contains(where: { $0.consequence == index }) { return true }
        return graph.children(index, "advcl", "ccomp", "parataxis", "dep").contains { clause in
            graph.children(clause, "mark").contains { cues.isMood("condition", graph.token($0).form.lowercased()) }
                || graph.relation(clause) != "ccomp" && isInverted(clause)
        } || graph.children(index, "obl").contains { $0 < index && isPrivative($0) }
            || graph.relation(index) != "root"
                && graph.head(index).map { isInverted($0) && graph.relation(index) != "obj" } ?? false
    }

    /// "Will Cuba send doctors?", also inside a quotation: the auxiliary before its subject, and a question mark behind.
    private func isAsked(_ index: Int) -> Bool {
        guard let subject = graph.children(index, "nsubj").first,
            let first = graph.children(index, "aux", "cop").first, first < subject, subject < index
        else { return false }
        let isOpen = graph.children[index].contains { $0 < first && cues.isMood("question", graph.lemma($0)) }
        let end = graph.sentence.tokens[index...].first { ["?", ".", "!"].contains($0.form) }
        return end?.form == "?" && !isOpen
    }

    private var endsAsQuestion: Bool {
        graph.sentence.tokens.reversed().prefix(3).contains { $0.form == "?" }
    }

    /// A yes-or-no question; one that asks why or when takes the event for granted.
    private func isQuestion(_ index: Int) -> Bool {
        guard endsAsQuestion, graph.relation(index) == "root" || graph.relation(index) == "conj" else { return false }
        return !graph.children[index].contains { child in
            cues.isMood("question", graph.lemma(child))
                || graph.children[child].contains { cues.isMood("question", graph.lemma($0)) }
        }
    }
}
