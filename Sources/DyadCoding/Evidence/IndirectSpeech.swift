import DyadCodebook
import DyadCore

/// Finds sentences in which an indirect report goes on without a cue: "The minister said the deal was done. The jets would
/// arrive in May."
///
/// What gives them away is the tense: after a report in the past, a main clause with "would", or a past perfect after
/// what was itself shifted back, is still the speaker's word, unless it hangs on a condition.
struct IndirectSpeech {
    let sentences: [Sentence]
    let cues: CueLexicon

    /// The statements, each with the sentences in which it goes on.
    func continued(_ statements: [Statement]) -> [Statement] {
        var out = statements
        var speaking: Int?
        let byCue = Dictionary(grouping: statements.indices, by: { statements[$0].sentence })
        for index in sentences.indices {
            let isNew = index == 0 || sentences[index].block != sentences[index - 1].block
            if isNew { speaking = nil }
            let graph = SyntaxGraph(sentences[index])
            if let own = byCue[index] {
                speaking = own.last { opens(out[$0], graph) }
            } else if let last = speaking, goesOn(graph, wasShifted: isShifted(out[last])) {
                out[last].attribution.continued.append(sentences[index].span)
            } else {
                speaking = nil
            }
        }
        return out
    }

    /// A report in the past by somebody named, told by the main clause.
    private func opens(_ statement: Statement, _ graph: SyntaxGraph) -> Bool {
        guard !statement.holder.isEmpty, !statement.isQuoted, !statement.attribution.isNegative,
            ["neutral", "assert"].contains(statement.stance), graph.sentence.tokens.indices.contains(statement.cue)
        else { return false }
        let cue = graph.token(statement.cue)
        return ["root", "conj", "parataxis"].contains(cue.baseRelation) && cue.feats.contains("Tense=Past")
            && cue.feats.contains("VerbForm=Fin")
    }

    /// True when the words of a statement are shifted back: "had been signed", "would sign".
    private func isShifted(_ statement: Statement) -> Bool {
        sentences[statement.sentence].tokens.contains { token in
            token.upos == "AUX" && (isPerfect(token) || cues.isMood("backshift-modal", token.form.lowercased()))
                && statement.attribution.content.contains { $0.contains(token.span) }
        }
    }

    private func goesOn(_ graph: SyntaxGraph, wasShifted: Bool) -> Bool {
        guard let root = graph.sentence.tokens.indices.first(where: { graph.head($0) == nil }),
            !graph.sentence.tokens.contains(where: { ["?", "\"", "“", "”"].contains($0.form) }),
            !graph.children(root, "advcl").contains(where: { clause in
                graph.children(clause, "mark").contains { cues.isMood("condition", graph.lemma($0)) }
            })
        else { return false }
        let helpers = graph.children(root, "aux").map { graph.token($0) }
        let isFuture = helpers.contains { cues.isMood("backshift-modal", $0.form.lowercased()) }
        return isFuture && !helpers.contains { $0.form == "have" } || wasShifted && helpers.contains(where: isPerfect)
    }

    private func isPerfect(_ token: Token) -> Bool { token.form.lowercased() == "had" }
}
