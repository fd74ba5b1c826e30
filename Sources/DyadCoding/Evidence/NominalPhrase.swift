import DyadCore

/// The words of a noun phrase, for sources and holders.
struct NominalPhrase {
    let graph: SyntaxGraph

    /// Tokens of the phrase without clauses and appositions that hang on it.
    func core(_ head: Int) -> Range<Int> {
        range(head) { index in
            switch graph.relation(index) {
            case "acl", "appos", "parataxis", "punct", "advcl", "ccomp", "case", "mark", "discourse", "dep":
                graph.relation(index) == "case" && graph.token(index).head < index
                    || graph.relation(index) == "punct" && index > 0 && graph.token(index).form == "-"
            default: true
            }
        }
    }

    /// Tokens of the phrase with appositions and what narrows it; a relative clause after a comma is left out.
    func full(_ head: Int) -> Range<Int> {
        let found = range(head) { index in
            switch graph.relation(index) {
            case "parataxis", "advcl", "ccomp", "discourse", "dep", "mark": false
            case "case", "cc": graph.token(index).head != head || graph.token(index).head < index
            case "advmod": graph.token(index).head != head || index < head
            // "according to the institute's figures, between 2014 and 2019": no part of the source.
            case "nmod" where graph.token(index).head == head: !startsAfterComma(index) || index < head
            case "acl" where graph.token(index).relation == "acl:relcl":
                !startsAfterComma(index)
            default: true
            }
        }
        return trimmed(found, head)
    }

    /// The words of the phrase as they are written.
    func text(_ head: Int) -> String {
        let tokens = core(head)
        return tokens.map {
            graph.token($0).form + (graph.token($0).spaceAfter && $0 != tokens.upperBound - 1 ? " " : "")
        }.joined()
    }

    private func range(_ head: Int, keeps: (Int) -> Bool) -> Range<Int> {
        var low = head
        var high = head
        var stack = graph.children[head].filter(keeps)
        while let at = stack.popLast() {
            low = min(low, at)
            high = max(high, at)
            stack += graph.children[at].filter(keeps)
        }
        return low..<high + 1
    }

    private func startsAfterComma(_ clause: Int) -> Bool {
        guard let first = graph.subtree(clause).first(where: { graph.token($0).upos != "PUNCT" }), first > 0 else {
            return false
        }
        return graph.token(first - 1).form == ","
    }

    /// The second bracket of "the authority (NACTA)".
    private func closesBracket(_ index: Int, from low: Int) -> Bool {
        guard graph.token(index).form == ")" else { return false }
        let open = (low..<index).last { ["(", ")"].contains(graph.token($0).form) }
        return open.map { graph.token($0).form == "(" } ?? false
    }

    private func trimmed(_ found: Range<Int>, _ head: Int) -> Range<Int> {
        var low = found.lowerBound
        var high = found.upperBound
        while high - 1 > head, graph.token(high - 1).upos == "PUNCT", !closesBracket(high - 1, from: low) { high -= 1 }
        if high < graph.sentence.tokens.count, closesBracket(high, from: low) { high += 1 }
        while low < head, graph.token(low).upos == "PUNCT" || graph.relation(low) == "case" && graph.head(low) == head {
            low += 1
        }
        return low..<high
    }
}
