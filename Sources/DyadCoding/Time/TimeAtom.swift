import DyadCodebook
import DyadCore

/// A piece of a word with the symbols of the grammar that it is.
struct TimeAtom {
    /// Bytes of the document.
    var span: Span
    var token: Int
    /// White space or the start of the sentence stands before it.
    var isSpaced: Bool
    /// Symbols with the value of each.
    var symbols: [(symbol: Int, value: String)]
}

/// Cuts a sentence into atoms and says what each may be.
struct TimeAtomizer {
    private let grammar: TimeGrammar
    private let digits: DigitSymbols
    private let noun: Int?
    private let verbSensitive: Set<Int>
    private let nameSensitive: Set<Int>

    init(grammar: TimeGrammar) {
        self.grammar = grammar
        digits = DigitSymbols(grammar: grammar)
        noun = grammar.symbol("NOUN")
        verbSensitive = Set(["MONTH", "SEASON", "WEEKDAY"].compactMap(grammar.symbol))
        nameSensitive = verbSensitive.union(["HOLIDAY", "PART"].compactMap(grammar.symbol))
    }

    /// The atoms of a sentence, left to right.
    func atoms(of sentence: Sentence) -> [TimeAtom] {
        var out: [TimeAtom] = []
        out.reserveCapacity(sentence.tokens.count + 8)
        var spaced = true
        for (index, token) in sentence.tokens.enumerated() {
            let pieces = TimePieces.of(token.form)
            let isExact = token.form.utf8.count == token.span.end - token.span.start
            for (number, piece) in pieces.enumerated() {
                let span =
                    isExact
                    ? Span(token.span.start + piece.bytes.lowerBound, token.span.start + piece.bytes.upperBound)
                    : token.span
                let symbols = symbols(piece, of: token, alone: pieces.count == 1)
                out.append(TimeAtom(span: span, token: index, isSpaced: number == 0 && spaced, symbols: symbols))
            }
            spaced = token.spaceAfter
        }
        return YearJudge(sentence: sentence, grammar: grammar).judged(withoutPersons(out, sentence))
    }

    private func symbols(_ piece: TimePieces.Piece, of token: Token, alone: Bool) -> [(symbol: Int, value: String)] {
        var out: [(symbol: Int, value: String)] = []
        switch piece.kind {
        case .digits, .ordinal: digits.add(piece, to: &out)
        case .letters, .mark: break
        }
        if let literal = grammar.symbol(piece.text) { out.append((literal, piece.text)) }
        if piece.kind == .digits || piece.kind == .ordinal { return out }
        let isVerb = token.upos == "VERB" || token.upos == "AUX"
        let isCapital = token.form.utf8.first.map { $0 >= 0x41 && $0 <= 0x5A } ?? false
        var hasClass = false
        for word in grammar.classes(of: piece.text) {
            if word.letters == .capital && !isCapital || word.letters == .small && isCapital { continue }
            if isVerb && alone && verbSensitive.contains(word.symbol) { continue }
            out.append((word.symbol, word.value))
            hasClass = true
        }
        if !hasClass, alone, let noun, token.upos == "NOUN" || token.upos == "PROPN" { out.append((noun, piece.text)) }
        return out
    }

    /// "April" and "May" in the name of a person are no months.
    private func withoutPersons(_ atoms: [TimeAtom], _ sentence: Sentence) -> [TimeAtom] {
        let persons = sentence.names.filter { $0.type == .person }
        guard !persons.isEmpty else { return atoms }
        var out = atoms
        for index in out.indices where persons.contains(where: { $0.tokens.contains(out[index].token) }) {
            out[index].symbols.removeAll { nameSensitive.contains($0.symbol) }
        }
        return out
    }
}

/// What a run of digits may be.
private struct DigitSymbols {
    private let number, day, plainDay, ordinalDay, month, year, shortYear, compact, hour, minute, military,
        ordinal: Int?

    init(grammar: TimeGrammar) {
        number = grammar.symbol("DIGITS")
        day = grammar.symbol("DAY")
        plainDay = grammar.symbol("PLAINDAY")
        ordinalDay = grammar.symbol("ORDDAY")
        month = grammar.symbol("MM")
        year = grammar.symbol("YEAR")
        shortYear = grammar.symbol("YY")
        compact = grammar.symbol("YMD")
        hour = grammar.symbol("HOUR")
        minute = grammar.symbol("MIN")
        military = grammar.symbol("HHMM")
        ordinal = grammar.symbol("ORD")
    }

    func add(_ piece: TimePieces.Piece, to out: inout [(symbol: Int, value: String)]) {
        let text = String(piece.text.prefix { $0.isNumber })
        guard text.utf8.count <= 9, let value = Int(text) else { return }
        func put(_ symbol: Int?, _ condition: Bool) {
            if condition, let symbol { out.append((symbol, text)) }
        }
        let length = text.utf8.count
        put(day, length <= 2 && (1...31).contains(value))
        if piece.kind == .ordinal {
            put(ordinalDay, (1...31).contains(value))
            put(ordinal, value > 0)
            return
        }
        put(number, true)
        put(plainDay, length <= 2 && (1...39).contains(value))
        put(month, length <= 2 && (1...12).contains(value))
        put(year, length == 4 && (1000...2199).contains(value))
        put(shortYear, length == 2)
        put(compact, length == 8 && text.hasPrefix("20") || length == 8 && text.hasPrefix("19"))
        put(hour, length <= 2 && value <= 24)
        put(minute, length == 2 && value < 60)
        put(military, length == 4 && value < 2400 && value % 100 < 60)
    }
}

/// Decides which numbers of four digits are years by themselves: "the 2018 elections", not "2000 soldiers".
private struct YearJudge {
    let sentence: Sentence
    let year: Int?
    let bare: Int?
    let preposition: Int?
    let amountBefore: Int?

    init(sentence: Sentence, grammar: TimeGrammar) {
        self.sentence = sentence
        year = grammar.symbol("YEAR")
        bare = grammar.symbol("BAREYEAR")
        preposition = grammar.symbol("DATEPREP")
        amountBefore = grammar.symbol("AMOUNTWORD")
    }

    func judged(_ atoms: [TimeAtom]) -> [TimeAtom] {
        guard let year, let bare else { return atoms }
        var out = atoms
        for index in out.indices {
            guard let found = out[index].symbols.first(where: { $0.symbol == year }), isYear(index, found.value, out)
            else { continue }
            out[index].symbols.append((bare, found.value))
        }
        return out
    }

    private func isYear(_ index: Int, _ text: String, _ atoms: [TimeAtom]) -> Bool {
        guard let value = Int(text), !isPartOfNumber(index, atoms) else { return false }
        let before = index > 0 ? atoms[index - 1].symbols.map(\.symbol) : []
        if let preposition, before.contains(preposition) { return value >= 1000 && !countsSomething(atoms[index]) }
        if let amountBefore, before.contains(amountBefore) { return false }
        guard (1500...2150).contains(value) else { return false }
        return !countsSomething(atoms[index])
    }

    /// "$2000", "1,500", "2014.5".
    private func isPartOfNumber(_ index: Int, _ atoms: [TimeAtom]) -> Bool {
        func isNumberMark(_ at: Int, _ beyond: Int) -> Bool {
            guard atoms.indices.contains(at), atoms.indices.contains(beyond), !atoms[max(at, beyond)].isSpaced,
                !atoms[max(index, at)].isSpaced
            else { return false }
            let mark = text(atoms[at])
            return [",", "."].contains(mark) && text(atoms[beyond]).first?.isNumber ?? false
        }
        if isNumberMark(index - 1, index - 2) || isNumberMark(index + 1, index + 2) { return true }
        return index > 0 && ["$", "€", "£", "#", "№"].contains(text(atoms[index - 1]))
    }

    private func text(_ atom: TimeAtom) -> String {
        let token = sentence.tokens[atom.token]
        guard token.form.utf8.count == token.span.end - token.span.start else { return token.form }
        let start = atom.span.start - token.span.start
        return String(decoding: Array(token.form.utf8)[start..<start + atom.span.end - atom.span.start], as: UTF8.self)
    }

    /// True when the parser made the number the count of a plural noun that has no article.
    private func countsSomething(_ atom: TimeAtom) -> Bool {
        let token = sentence.tokens[atom.token]
        guard token.relation == "nummod", token.head > atom.token, sentence.tokens[token.head].xpos == "NNS" else {
            return false
        }
        let before = atom.token > 0 ? sentence.tokens[atom.token - 1] : nil
        let hasArticle =
            before.map { $0.upos == "DET" || $0.relation == "nmod:poss" || $0.upos == "ADJ" || $0.upos == "PART" }
            ?? false
        return !hasArticle
    }
}
