import DyadCore

/// What of a predicate and its surroundings `certainty.tsv` gives weights to.
struct CertaintyFeatures {
    let graph: SyntaxGraph
    let index: Int
    let label: Factuality

    /// False for nouns and adjectives, whose class alone counts.
    var isVerbal: Bool { graph.isVerb(index) }

    /// Names of the features that hold.
    func names() -> [String] {
        let tense = tense
        let relation = relation
        var out = ["bias", "label=\(label.rawValue)", "tense=\(tense)", "rel=\(relation)"]
        out.append("\(label.rawValue)&\(tense == "perf" ? "past" : tense)")
        if label == .asserted { out += ["asserted&\(tense)", "asserted&\(relation)"] }
        out += Set(auxiliaries.compactMap(Self.modal)).map { "aux=\($0)" }
        out += Set(marks).map { "mark=\($0)" }
        if words(graph.children[index]).contains(where: Self.negators.contains) { out.append("neg") }
        if let person { out.append("subj=\(person)") }
        if graph.sentence.tokens.suffix(3).contains(where: { $0.form == "?" }) { out.append("question") }
        if let up = graph.head(index) {
            let above = above(up)
            if let above { out.append("head=\(above)") }
            out.append("\(relation)&\(above == "past" ? "past" : "other")")
        }
        // A name may be given twice by the rules above; it counts once.
        return Array(Set(out))
    }

    private static let negators: Set<String> = ["not", "n't", "never", "no", "n’t"]

    private func words(_ tokens: [Int]) -> [String] { tokens.map { graph.token($0).form.lowercased() } }

    private var auxiliaries: [String] { words(graph.children(index, "aux")) }

    private var marks: [String] { words(graph.children(index, "mark", "case")) }

    private var relation: String {
        graph.token(index).relation == "acl:relcl" ? "relcl" : String(graph.relation(index))
    }

    private static func modal(_ form: String) -> String? {
        switch form {
        case "will", "wo", "'ll", "shall": "will"
        case "would", "'d": "would"
        case "can", "ca": "can"
        case "could", "may", "might", "should", "must": form
        default: nil
        }
    }

    /// 1 for "I" and "we", 2 for "you".
    private var person: Int? {
        guard let subject = graph.children(index, "nsubj").first else { return nil }
        switch graph.token(subject).form.lowercased() {
        case "i", "we": return 1
        case "you": return 2
        default: return nil
        }
    }

    private var tense: String {
        guard isVerbal else { return "nom" }
        let own = graph.token(index).feats
        let finite = own.contains("VerbForm=Fin") ? own : finiteAuxiliary ?? ""
        if own.contains("Mood=Imp") { return "imp" }
        if finite.contains("Tense=Past") { return "past" }
        if ["has", "have", "'ve"].contains(auxiliaries.first ?? "") { return "perf" }
        let isPresentPart = own.contains("VerbForm=Part") && own.contains("Tense=Pres")
        if finite.contains("Tense=Pres") {
            let isBe = auxiliaries.contains { ["is", "are", "am", "'s", "'re", "'m"].contains($0) }
            return isBe && (own.contains("VerbForm=Ger") || own.contains("Tense=Pres")) ? "prog" : "pres"
        }
        if own.contains("VerbForm=Inf") { return "inf" }
        if own.contains("VerbForm=Ger") || isPresentPart { return "ing" }
        return own.contains("VerbForm=Part") ? "part" : "none"
    }

    private var finiteAuxiliary: String? {
        graph.children(index, "aux", "cop").map { graph.token($0).feats }.first { $0.contains("VerbForm=Fin") }
    }

    /// What the word above is: `past`, `modal`, `imp`, `inf`.
    private func above(_ up: Int) -> String? {
        let feats = graph.token(up).feats
        let helpers = graph.children(up, "aux")
        if feats.contains("Tense=Past") && feats.contains("VerbForm=Fin")
            || helpers.contains(where: { graph.token($0).feats.contains("Tense=Past") })
        {
            return "past"
        }
        if words(helpers).contains(where: {
            Self.modal($0) != nil && $0 != "'d" && $0 != "ca" && $0 != "shall" && $0 != "wo"
        }) {
            return "modal"
        }
        if feats.contains("Mood=Imp") { return "imp" }
        return feats.contains("VerbForm=Inf") ? "inf" : nil
    }
}
