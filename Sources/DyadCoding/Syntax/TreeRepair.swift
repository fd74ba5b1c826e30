import DyadCore

/// Puts right what the parser tends to get wrong and the words themselves show: headlines, double objects, a clause whose
/// subject was taken for the end of the clause before, names that are named only to be left out.
///
/// Relations are those of Universal Dependencies 2. No word is added or removed.
struct TreeRepair {
    var tokens: [Token]

    /// The sentence with its tree mended.
    static func mended(_ sentence: Sentence) -> Sentence {
        guard sentence.tokens.count > 2, sentence.tokens.count < 200 else { return sentence }
        var repair = TreeRepair(tokens: sentence.tokens)
        repair.mend()
        var out = sentence
        out.tokens = repair.tokens
        return out
    }

    private mutating func mend() {
        if let last = tokens.last, last.form != ".", last.form != "?" {
            mendHeadlineModifiers()
            mendHeadlineList()
            mendHeadlineInfinitive()
        }
        for index in tokens.indices {
            switch tokens[index].baseRelation {
            case "amod":
                mendVerbAsModifier(index)
                mendModifierBehind(index)
            case "nsubj":
                mendWhose(index)
                mendToldSubject(index)
            case "csubj": mendBareRelative(index)
            case "compound": mendHyphen(index)
            case "conj": mendConjunct(index)
            case "appos": mendLeftOut(index)
            case "obl", "nmod": mendPhrase(index)
            case "obj": mendSecondObject(index)
            case "xcomp":
                mendCausative(index)
                mendKeptObject(index)
            case "root":
                mendNounAsVerb(index)
                mendWhatCleft(index)
            default: break
            }
        }
    }

    // MARK: - Help

    /// Hangs a word on another one, unless that one hangs on it.
    mutating func attach(_ index: Int, to head: Int, _ relation: String) {
        var at = head
        while at >= 0 {
            if at == index { return }
            at = tokens[at].head
        }
        tokens[index].head = head
        tokens[index].relation = relation
    }

    func isNominal(_ index: Int) -> Bool { ["NOUN", "PROPN", "PRON", "NUM"].contains(tokens[index].upos) }

    func hasChild(_ index: Int, _ relations: Substring...) -> Bool {
        tokens.contains { $0.head == index && relations.contains($0.baseRelation) }
    }

    func hasRelation(_ index: Int, _ relation: String) -> Bool {
        tokens.contains { $0.head == index && $0.relation == relation }
    }

    func hasMark(_ index: Int, _ word: String) -> Bool {
        tokens.contains { $0.head == index && $0.baseRelation == "mark" && $0.form.lowercased() == word }
    }

    func hasCase(_ index: Int, _ word: String) -> Bool {
        tokens.contains { $0.head == index && $0.baseRelation == "case" && $0.form.lowercased() == word }
    }
}
