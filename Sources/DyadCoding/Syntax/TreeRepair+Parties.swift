import DyadCore

/// Names and nouns that hang on the wrong word.
extension TreeRepair {
    /// "was guaranteed free transit": what is given stays an object.
    mutating func mendKeptObject(_ index: Int) {
        let verb = tokens[index].head
        guard verb >= 0, verb < index, tokens[index].upos == "NOUN", Self.giving.contains(tokens[verb].lemma),
            hasRelation(verb, "aux:pass"), !hasChild(index, "cop", "case", "mark")
        else { return }
        tokens[index].relation = "obj"
    }

    /// "Mali, not Niger, expelled": named to say that it is not meant.
    mutating func mendLeftOut(_ index: Int) {
        if isLeftOut(index) { tokens[index].relation = "dep" }
    }

    func isLeftOut(_ index: Int) -> Bool {
        guard isNominal(index) else { return false }
        return tokens.indices.contains {
            $0 < index && tokens[$0].head == index && ["not", "rather"].contains(tokens[$0].form.lowercased())
        }
    }

    mutating func mendPhrase(_ index: Int) {
        mendCompany(index)
        mendAgent(index)
    }

    /// "Peru, together with Chile, ...": both.
    mutating func mendCompany(_ index: Int) {
        var name = tokens[index].head
        // The phrase may hang on the adverb.
        if name >= 0, tokens[name].upos == "ADV" { name = tokens[name].head }
        if name > index, tokens[name].upos == "VERB" {
            // Or on the verb behind it.
            let subject = tokens.indices.last {
                $0 < index && tokens[$0].head == name && tokens[$0].baseRelation == "nsubj"
            }
            name = subject ?? name
        }
        guard index > 2, name >= 0, name < index, isNominal(index), isNominal(name),
            ["nsubj", "obj"].contains(tokens[name].baseRelation),
            let with = tokens.indices.last(where: {
                $0 < index && tokens[$0].head == index && tokens[$0].form.lowercased() == "with"
            }), with > 0, ["together", "along", "jointly"].contains(tokens[with - 1].form.lowercased())
        else { return }
        for word in [with - 1, with] where tokens[word].head == index { tokens[word].relation = "cc" }
        attach(index, to: name, "conj")
    }

    /// "was promised a radar by Peru": who acts was taken for whose the thing is.
    mutating func mendAgent(_ index: Int) {
        let thing = tokens[index].head
        guard thing >= 0, tokens[index].baseRelation == "nmod", tokens[thing].head >= 0, hasCase(index, "by") else {
            return
        }
        // "the handover of a spy to Peru by Chile": no state is by another.
        if tokens[thing].upos == "PROPN", tokens[thing].baseRelation == "nmod",
            tokens[tokens[thing].head].upos == "NOUN"
        {
            tokens[index].head = tokens[thing].head
            return
        }
        guard tokens[thing].baseRelation == "obj" else { return }
        let verb = tokens[thing].head
        if hasRelation(verb, "aux:pass"), hasRelation(verb, "nsubj:pass"), !hasRelation(verb, "obl:agent") {
            attach(index, to: verb, "obl:agent")
        }
    }

    /// "promised Cape Verde a ferry": of two objects the first one receives.
    mutating func mendSecondObject(_ index: Int) {
        let verb = tokens[index].head
        guard verb >= 0, verb < index, !Self.naming.contains(tokens[verb].lemma) else { return }
        let before = tokens.indices.first {
            $0 > verb && $0 < index && tokens[$0].head == verb && tokens[$0].baseRelation == "obj"
        }
        if let before, !hasChild(index, "cc") { tokens[before].relation = "iobj" }
    }

    /// Verbs whose second object says what the first one is.
    private static let naming: Set<String> = [
        "appoint", "brand", "call", "consider", "declare", "deem", "elect", "label", "make", "name", "proclaim", "term",
    ]

    private static let giving: Set<String> = [
        "allow", "award", "deny", "give", "grant", "guarantee", "hand", "lend", "offer", "pay", "pledge", "promise",
        "refuse", "sell", "send",
    ]
}
