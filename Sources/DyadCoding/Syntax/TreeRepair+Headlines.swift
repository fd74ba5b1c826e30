import DyadCore

/// Headlines: commas for "and", infinitives for what will be.
extension TreeRepair {
    /// "Iraq, Kuwait sign gas accord": the comma stands for "and".
    mutating func mendHeadlineList() {
        guard let comma = tokens.indices.first(where: { tokens[$0].form == "," }), comma > 0, comma < 4,
            tokens[..<comma].allSatisfy({ $0.upos == "PROPN" })
        else { return }
        var at = comma + 1
        while at < tokens.count, ["PROPN", "CCONJ"].contains(tokens[at].upos), at - comma < 7 { at += 1 }
        let isAhead = at < tokens.count && tokens[at].xpos == "TO"
        let verb = isAhead ? at + 1 : at
        guard at > comma + 1, verb < tokens.count, tokens[verb].upos == "VERB",
            ["VB", "VBP", "VBD"].contains(tokens[verb].xpos)
        else { return }
        let first = top(of: 0..<comma), second = top(of: (comma + 1)..<at)
        attach(verb, to: -1, "root")
        for index in tokens.indices where index > verb {
            // What the verb was taken to belong to is its object.
            guard tokens[index].head <= at, tokens[index].head < verb || tokens[index].head == -1 else { continue }
            let isObject = !hasChild(index, "case") && ["NOUN", "PROPN", "NUM"].contains(tokens[index].upos)
            attach(index, to: verb, isObject ? "obj" : tokens[index].upos == "PUNCT" ? "punct" : "obl")
        }
        attach(first, to: verb, "nsubj")
        attach(second, to: first, "conj")
        if isAhead { attach(at, to: verb, "mark") }
    }

    /// "Lao, Thai premiers": adjectives of two states before a plural.
    mutating func mendHeadlineModifiers() {
        guard tokens.count > 4, tokens[1].form == ",", tokens[0].head == tokens[2].head, tokens[0].head > 2,
            tokens[tokens[0].head].xpos.hasSuffix("NS"),
            [0, 2].allSatisfy({
                ["amod", "compound"].contains(tokens[$0].baseRelation) && ["ADJ", "PROPN"].contains(tokens[$0].upos)
            })
        else { return }
        attach(0, to: 2, "conj")
    }

    /// The word of a stretch whose head lies outside of it.
    private func top(of range: Range<Int>) -> Int {
        range.last { !range.contains(tokens[$0].head) && tokens[$0].upos != "CCONJ" } ?? range.lowerBound
    }

    /// "Lao, Thai premiers to meet": the noun is the subject of what will be.
    mutating func mendHeadlineInfinitive() {
        guard let noun = tokens.indices.first(where: { tokens[$0].head == -1 }), isNominal(noun),
            !hasChild(noun, "cop", "nsubj", "case"),
            let verb = tokens.indices.first(where: {
                $0 > noun && tokens[$0].head == noun && tokens[$0].relation == "acl" && tokens[$0].xpos == "VB"
            }), hasMark(verb, "to"), !tokens.contains(where: { ["VBZ", "VBP", "VBD", "MD"].contains($0.xpos) })
        else { return }
        attach(verb, to: -1, "root")
        attach(noun, to: verb, "nsubj")
    }

    /// "Qatar-Kuwait summit": two names before a noun.
    mutating func mendHyphen(_ index: Int) {
        guard index >= 2, tokens[index].upos == "PROPN", ["-", "–"].contains(tokens[index - 1].form),
            !tokens[index - 2].spaceAfter, tokens[index - 2].upos == "PROPN", tokens[index].head > index,
            tokens[index - 2].baseRelation != "flat"
        else { return }
        let name = index - 2, noun = tokens[index].head
        if tokens[name].head == noun { return }
        let verb = tokens[noun].head
        if verb >= 0, tokens[verb].head == name { attach(verb, to: tokens[name].head, tokens[name].relation) }
        if tokens[noun].head == name { attach(noun, to: tokens[name].head, tokens[name].relation) }
        attach(name, to: index, "conj")
    }
}
