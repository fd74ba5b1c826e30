import DyadCodebook
import DyadCore

/// Tells numbers that are part of a name or a date from those that say how many.
struct NumberNames {
    let graph: SyntaxGraph
    let pieces: QuantityPieces
    let lexicon: QuantityLexicon
    /// Tokens of dates, and tokens inside names that begin before them.
    private let taken: [Bool]

    init(graph: SyntaxGraph, pieces: QuantityPieces, lexicon: QuantityLexicon, dates: [Span]) {
        self.graph = graph
        self.pieces = pieces
        self.lexicon = lexicon
        var taken = [Bool](repeating: false, count: graph.sentence.tokens.count)
        var at = 0
        for date in dates.sorted(by: { $0.start < $1.start }) {
            while at < taken.count, graph.token(at).span.end <= date.start { at += 1 }
            var i = at
            while i < taken.count, graph.token(i).span.start < date.end {
                taken[i] = true
                i += 1
            }
        }
        for name in graph.sentence.names {
            for i in name.tokens.dropFirst() where i < taken.count { taken[i] = true }
        }
        self.taken = taken
    }

    /// True for a piece in a date, or inside a name.
    func isTaken(_ i: Int) -> Bool { taken[pieces.tokens[i]] }

    /// "F-16", "Article 5", "Boeing 737", "10 am": a number that names something.
    func isName(_ i: Int, _ reading: NumberReading, end: Int) -> Bool {
        let before = pieces.word(i - 1)
        if ["-", "‑", "/"].contains(before), pieces.glued(i), pieces.glued(i - 1),
            pieces.word(i - 2).last?.isLetter ?? false
        {
            return true
        }
        if lexicon.has("designator", before), reading.isDigits || before != "no" && before != "act" { return true }
        if reading.isDigits, lexicon.has("clock", pieces.word(end)) { return true }
        return reading.isDigits && !reading.hasScale && isModel(i)
    }

    /// "Boeing 737", "Apollo 11": a number that the parser hangs on the name before it.
    private func isModel(_ i: Int) -> Bool {
        let token = pieces.tokens[i]
        guard token > 0, graph.token(token - 1).upos == "PROPN" else { return false }
        // "the IAR 330 Puma"
        if token + 1 < graph.sentence.tokens.count, graph.token(token + 1).upos == "PROPN",
            graph.head(token - 1).map({ $0 > token }) ?? false
        {
            return true
        }
        guard graph.head(token) == token - 1 else { return false }
        return ["nummod", "flat", "compound"].contains(graph.relation(token))
    }

    /// False for a number that counts nothing: a year, "one" as a pronoun, an item of a list.
    func isCount(_ reading: NumberReading, _ i: Int, thing: CountedThing?, isCompared: Bool) -> Bool {
        if pieces.word(i) == "one", reading.value == 1, reading.end == i + 1 {
            let token = pieces.tokens[i]
            return thing != nil && graph.relation(token) == "nummod" && pieces.word(i - 1) != "no"
                && pieces.word(reading.end) != "of"
        }
        if isSaidBefore(i, reading), !isCompared { return false }
        guard reading.isDigits, !reading.hasScale, !isCompared, let value = reading.value else { return true }
        let isYear = (1800...2100).contains(value) && pieces.words[i].utf8.count == 4
        guard isYear, let thing else { return !isYear }
        return thing.noun != graph.token(thing.head).form.lowercased()
    }

    /// "the two leaders", "between the two": a small number that points back and tells nothing new.
    private func isSaidBefore(_ i: Int, _ reading: NumberReading) -> Bool {
        guard let value = reading.value, !reading.isDigits, value <= 4 else { return false }
        return ["the", "these", "those", "both", "its", "their"].contains(pieces.word(i - 1))
    }
}
