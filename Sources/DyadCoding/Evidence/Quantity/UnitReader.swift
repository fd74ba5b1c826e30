import DyadCodebook
import DyadCore

/// Reads what an amount is measured in: units, currencies, the percent sign.
struct UnitReader {
    let pieces: QuantityPieces
    let sentence: Sentence
    let lexicon: QuantityLexicon
    /// How often the report speaks of each state, to tell the rupees of one from those of another.
    let weights: [String: Int]

    typealias Unit = QuantityLexicon.Unit

    /// The unit that begins at a piece, after a number in digits or words.
    func unit(at i: Int, isDigits: Bool) -> (unit: Unit, end: Int)? {
        if let found = bracketed(i) { return found }
        let at = pieces.word(i) == "-" && pieces.glued(i + 1) ? i + 1 : i
        guard at < pieces.count else { return nil }
        if isDigits, pieces.glued(at) || isQuote(at) || isSymbol(at), let unit = lexicon.unitLetters[pieces.forms[at]],
            !isLetters(at + 1) || !pieces.glued(at + 1)
        {
            return (unit, at + 1)
        }
        if let found = named(at) { return found }
        // "two more weeks", "five straight days"
        if lexicon.has("between", pieces.word(at)), let found = named(at + 1), found.unit.kind != "percent" {
            return found
        }
        return nil
    }

    private func named(_ at: Int) -> (unit: Unit, end: Int)? {
        let symbol = lexicon.unitSymbols.match(at: at, in: pieces.forms)
        guard let found = symbol ?? lexicon.unitNames.match(at: at, in: pieces.words) else { return nil }
        return (found.value, at + found.count)
    }

    /// A unit in brackets: "20 (kg)".
    private func bracketed(_ i: Int) -> (unit: Unit, end: Int)? {
        guard ["(", "[", "{", "<"].contains(pieces.word(i)), let found = named(i + 1),
            [")", "]", "}", ">"].contains(pieces.word(found.end))
        else { return nil }
        return (found.unit, found.end + 1)
    }

    private func isQuote(_ i: Int) -> Bool { ["\"", "″", "'", "''"].contains(pieces.word(i)) && pieces.glued(i) }

    /// A letter that the tagger takes for a unit: "278,000 t".
    private func isSymbol(_ i: Int) -> Bool {
        ["NOUN", "SYM"].contains(sentence.tokens[pieces.tokens[i]].upos) && pieces.words[i] == pieces.forms[i]
    }

    private func isLetters(_ i: Int) -> Bool { pieces.word(i).first?.isLetter ?? false }

    // MARK: - Money

    /// The currency sign or code before a number.
    func currency(before i: Int) -> (code: String, end: Int)? {
        guard let found = symbol(at: i), isDigitsOrPart(i + found.count) else { return nil }
        return (code(found.value), i + found.count)
    }

    private func isDigitsOrPart(_ i: Int) -> Bool {
        pieces.isDigits(i) || lexicon.has("part", pieces.word(i)) || lexicon.has("number", pieces.word(i))
            || ["a", "half", "-"].contains(pieces.word(i))
    }

    /// The currency name, sign or code after a number.
    func currency(after i: Int) -> (code: String, end: Int)? {
        let at = pieces.word(i) == "-" && pieces.glued(i + 1) ? i + 1 : i
        if let found = lexicon.currencyNames.match(at: at, in: pieces.words), isNoun(at + found.count - 1) {
            return (code(found.value), at + found.count)
        }
        guard let found = symbol(at: at), !isDigitsOrPart(at + found.count) || !isSign(at) else { return nil }
        return (code(found.value), at + found.count)
    }

    /// A sign as written, or in lower case; a bare code must be in capitals ("CUP", not "cup").
    private func symbol(at i: Int) -> (value: [QuantityLexicon.Currency], count: Int)? {
        let exact = lexicon.currencySymbols.match(at: i, in: pieces.forms)
        guard let found = exact ?? lexicon.currencySymbols.match(at: i, in: pieces.words) else { return nil }
        // "A $350-million loan" is no Australian money.
        if found.count > 1, pieces.word(i) == "a", !pieces.glued(i + 1) { return nil }
        if found.count == 1, pieces.words[i].utf8.count == 3, isLetters(i), pieces.word(i).last?.isLetter ?? false,
            pieces.forms[i] != pieces.forms[i].uppercased()
        {
            return nil
        }
        return found
    }

    private func isSign(_ i: Int) -> Bool { !isLetters(i) }

    private func isNoun(_ i: Int) -> Bool {
        ["NOUN", "PROPN", "SYM", "ADJ", "X", "NUM"].contains(sentence.tokens[pieces.tokens[i]].upos)
    }

    /// The currency of the state that the report speaks of most, else the first that has the name.
    private func code(_ currencies: [QuantityLexicon.Currency]) -> String {
        func weight(_ currency: QuantityLexicon.Currency) -> Int {
            currency.countries.reduce(0) { $0 + (weights[$1] ?? 0) }
        }
        guard let first = currencies.first, currencies.count > 1 else { return currencies.first?.code ?? "" }
        var best = first
        for other in currencies.dropFirst() where weight(other) > weight(best) { best = other }
        return best.code
    }
}
