/// Mends the learned lemma: words of the treebanks have the lemma they have there, listed irregular forms have theirs, and
/// a regular verb or noun that the model has not seen gets the stem that is a known word.
///
/// An uncased word-piece encoder cannot see that "confiscated" ends in "-ate" and "kidnapped" doubles its consonant.
struct Lemmatiser: Sendable {
    private var exact: [String: String] = [:]
    private var known: Set<String> = []

    private let irregular: IrregularForms

    /// Lines `form<tab>tag<tab>lemma`, words that are known to exist, and irregular forms.
    init(lines: [String], vocabulary: [String], irregular: IrregularForms = IrregularForms()) {
        self.irregular = irregular
        for line in lines {
            let cells = line.split(separator: "\t").map(String.init)
            guard cells.count == 3 else { continue }
            exact["\(cells[0])/\(cells[1])"] = cells[2]
            known.insert(cells[2])
        }
        for word in vocabulary where word.count > 3 && word.utf8.allSatisfy({ (97...122).contains($0) }) {
            known.insert(word)
        }
    }

    func lemma(_ form: String, tag: String, learned: String) -> String {
        guard tag == "VERB" || tag == "NOUN" || tag == "ADJ" || tag == "ADV" || tag == "AUX" else { return learned }
        let low = form.lowercased()
        if let listed = exact["\(low)/\(tag)"] ?? irregular.lemma(low, tag) { return listed }
        let stems = tag == "VERB" ? Stems.verb(low) : tag == "NOUN" ? Stems.noun(low) : []
        let mine = learned.lowercased()
        // A learned stem stands when it is a word and the ending fits it, or when nothing regular is there to mend.
        if stems.isEmpty || mine == low || (stems.contains(mine) && known.contains(mine)) { return learned }
        return stems.first(where: known.contains)
            ?? (tag == "VERB" || stems.contains(mine) ? stems.first ?? learned : learned)
    }
}
