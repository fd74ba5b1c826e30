import DyadCore

/// Verbs and clauses that hang on the wrong word.
extension TreeRepair {
    /// "said Benin shelled villages": a verb between its subject and its object, taken for a modifier of the latter.
    mutating func mendVerbAsModifier(_ verb: Int) {
        let noun = tokens[verb].head
        guard verb > 0, noun > verb, ["VBN", "VBD"].contains(tokens[verb].xpos), tokens[noun].relation == "ccomp",
            isNominal(noun), isNominal(verb - 1), !hasChild(noun, "cop"),
            tokens[verb - 1].head == verb || tokens[verb - 1].head == noun
        else { return }
        let subject = verb - 1
        for index in tokens.indices where tokens[index].head == noun && index < subject {
            if ["mark", "nsubj", "advmod", "aux"].contains(tokens[index].baseRelation) { tokens[index].head = verb }
        }
        attach(verb, to: tokens[noun].head, "ccomp")
        attach(noun, to: verb, "obj")
        attach(subject, to: verb, "nsubj")
        (tokens[verb].upos, tokens[verb].xpos) = ("VERB", "VBD")
    }

    /// "Peru never tires of": a root with a subject and no copula is a verb.
    mutating func mendNounAsVerb(_ index: Int) {
        guard tokens[index].xpos == "NNS", hasChild(index, "nsubj"),
            !hasChild(index, "cop", "det", "amod", "case", "compound", "nummod")
        else { return }
        (tokens[index].upos, tokens[index].xpos) = ("VERB", "VBZ")
    }

    /// "whose flag Honduran crowds burned": an adjective belongs to the noun behind it.
    mutating func mendModifierBehind(_ index: Int) {
        let noun = index + 1
        guard tokens[index].head == index - 1, noun < tokens.count, tokens[index].upos == "ADJ",
            tokens[noun].baseRelation == "nsubj", isNominal(noun)
        else { return }
        tokens[index].head = noun
    }

    /// "the banker Peru refused to extradite has": a clause between a subject and its verb tells of the subject.
    mutating func mendBareRelative(_ verb: Int) {
        let main = tokens[verb].head
        guard main > verb, !hasChild(verb, "mark"),
            let noun = tokens.indices.first(where: {
                $0 < verb && tokens[$0].head == main && tokens[$0].baseRelation == "nsubj"
            }),
            tokens.indices.contains(where: {
                $0 > noun && $0 < verb && tokens[$0].head == verb && tokens[$0].baseRelation == "nsubj"
            })
        else { return }
        attach(verb, to: noun, "acl:relcl")
    }

    /// "warned both men the bloc would leave": of two subjects the first is who is told.
    mutating func mendToldSubject(_ index: Int) {
        let clause = tokens[index].head
        guard clause >= 0, tokens[clause].baseRelation == "ccomp", case let verb = tokens[clause].head, verb >= 0,
            verb < index, Self.telling.contains(tokens[verb].lemma),
            !tokens.contains(where: { $0.head == verb && ["obj", "iobj"].contains($0.baseRelation) }),
            tokens[(index + 1)...].contains(where: { $0.head == clause && $0.baseRelation == "nsubj" })
        else { return }
        attach(index, to: verb, "obj")
    }

    private static let telling: Set<String> = [
        "warn", "tell", "inform", "remind", "assure", "promise", "convince", "persuade", "notify", "advise",
    ]

    /// "whose flag crowds burned": of two subjects the owned one is the object.
    mutating func mendWhose(_ index: Int) {
        let verb = tokens[index].head
        guard verb > index, tokens[verb].relation.hasSuffix(":relcl"),
            tokens.contains(where: { $0.head == index && $0.xpos == "WP$" }),
            tokens.indices.contains(where: {
                $0 > index && $0 < verb && tokens[$0].head == verb && tokens[$0].baseRelation == "nsubj"
            })
        else { return }
        tokens[index].relation = "obj"
    }

    mutating func mendConjunct(_ index: Int) {
        if tokens[index].upos == "VERB" {
            mendVerbAfterNames(index)
            mendSubjectOfConjunct(index)
            mendTenseOfConjunct(index)
        } else if isLeftOut(index) {
            tokens[index].relation = "dep"
        }
    }

    /// "not Iran but Iraq accused": a verb that was joined to the names of its subject.
    mutating func mendVerbAfterNames(_ verb: Int) {
        let first = tokens[verb].head, second = verb - 1
        guard first >= 0, second > first, tokens[first].head == -1, tokens[first].upos == "PROPN",
            ["VBD", "VBZ", "VBP"].contains(tokens[verb].xpos), !hasChild(verb, "nsubj", "cc"), !hasChild(first, "cop"),
            tokens[second].head == first, tokens[second].baseRelation == "conj", tokens[second].upos == "PROPN"
        else { return }
        let isMeant = !isLeftOut(first)
        attach(verb, to: -1, "root")
        attach(isMeant ? first : second, to: verb, "nsubj")
        if !isMeant { attach(first, to: second, "dep") }
    }

    /// "Peru praised Chile and Togo praised Mali": the name before the second verb is its subject.
    mutating func mendSubjectOfConjunct(_ verb: Int) {
        guard verb > 2, ["VBD", "VBZ", "VBP"].contains(tokens[verb].xpos), !hasChild(verb, "nsubj", "cc", "aux"),
            isNominal(verb - 1)
        else { return }
        var name = verb - 1
        while tokens[name].head >= 0, tokens[name].head < verb, tokens[name].baseRelation == "flat" {
            name = tokens[name].head
        }
        guard tokens[name].baseRelation == "conj", tokens[tokens[name].head].baseRelation == "obj",
            tokens[tokens[name].head].head == tokens[verb].head,
            let word = tokens.indices.first(where: { tokens[$0].head == name && tokens[$0].upos == "CCONJ" })
        else { return }
        attach(name, to: verb, "nsubj")
        tokens[word].head = verb
    }

    /// "agreed to free the cadet and freed him": a finite verb goes with a finite verb.
    mutating func mendTenseOfConjunct(_ verb: Int) {
        let first = tokens[verb].head
        guard first >= 0, ["VBD", "VBZ"].contains(tokens[verb].xpos), tokens[first].xpos == "VB", hasMark(first, "to"),
            !hasChild(verb, "nsubj"), hasChild(verb, "cc"), tokens[first].baseRelation == "xcomp"
        else { return }
        let governor = tokens[first].head
        if governor >= 0, tokens[governor].xpos == tokens[verb].xpos { tokens[verb].head = governor }
    }

    /// "what Laos did was expel the consul": Laos expelled him.
    mutating func mendWhatCleft(_ verb: Int) {
        guard ["VB", "VBN"].contains(tokens[verb].xpos),
            let what = tokens.indices.first(where: { tokens[$0].head == verb && tokens[$0].relation == "nsubj:outer" }),
            let did = tokens.indices.first(where: {
                $0 > what && $0 < verb && tokens[$0].lemma == "do" && [what, verb].contains(tokens[$0].head)
            }),
            let subject = tokens.indices.first(where: {
                $0 < did && [did, what].contains(tokens[$0].head) && tokens[$0].relation == "nsubj"
            })
        else { return }
        for index in tokens.indices where tokens[index].head == did && index != subject {
            if ["aux", "advmod"].contains(tokens[index].baseRelation) { tokens[index].head = verb }
        }
        for index in (did + 1)..<verb where tokens[index].head == verb {
            if ["cop", "aux", "mark"].contains(tokens[index].baseRelation) { tokens[index].relation = "dep" }
        }
        tokens[what].relation = "dep"
        tokens[did].relation = "dep"
        attach(subject, to: verb, "nsubj")
        (tokens[verb].upos, tokens[verb].xpos, tokens[verb].feats) = ("VERB", "VBD", "Tense=Past|VerbForm=Fin")
    }

    /// "had a pilot arrested": done for the one who had it done.
    mutating func mendCausative(_ verb: Int) {
        let have = tokens[verb].head
        guard have >= 0, have < verb, tokens[have].lemma == "have", tokens[verb].xpos == "VBN",
            let thing = tokens.indices.first(where: {
                $0 > have && $0 < verb
                    && (tokens[$0].head == have && tokens[$0].baseRelation == "obj"
                        || tokens[$0].head == verb && tokens[$0].baseRelation == "nsubj")
            }),
            // What is done to one's own, or by another, is suffered.
            !hasRelation(thing, "nmod:poss"),
            !tokens.indices.contains(where: { $0 > verb && tokens[$0].form.lowercased() == "by" })
        else { return }
        attach(verb, to: tokens[have].head, tokens[have].relation)
        for index in tokens.indices where tokens[index].head == have && index != verb && index != thing {
            tokens[index].head = verb
        }
        attach(thing, to: verb, "obj")
        attach(have, to: verb, "dep")
        (tokens[verb].upos, tokens[verb].xpos) = ("VERB", "VBD")
    }
}
