import DyadCodebook
import DyadCore

/// Reads the amounts of one sentence from left to right.
struct QuantityReader {
    /// What a number counted, for the numbers after it that stand alone.
    struct Counted {
        var unit: String?
        var thing: String?
        var of: String?
        var isNear: Bool
    }

    let sentence: Sentence
    let index: Int
    let lexicon: QuantityLexicon
    let graph: SyntaxGraph
    let pieces: QuantityPieces
    let numbers: NumberReader
    let units: UnitReader
    let things: CountedThingReader
    let casualties: CasualtyReader
    let comparisons: ComparisonReader
    let document: Document
    let names: NumberNames
    /// The sentence before in the same paragraph.
    let previous: Sentence?
    private(set) var found: [Quantity] = []
    private(set) var diagnostics: [Diagnostic] = []
    var earlier: Counted?

    init(
        sentence: Sentence, index: Int, lexicon: QuantityLexicon, weights: [String: Int], actors: [ActorMention],
        dates: [Span], earlier: Counted?, previous: Sentence?, document: Document
    ) {
        self.sentence = sentence
        self.index = index
        self.lexicon = lexicon
        self.document = document
        self.previous = previous
        self.earlier = earlier.map { Counted(unit: $0.unit, thing: $0.thing, of: $0.of, isNear: false) }
        graph = SyntaxGraph(sentence)
        pieces = QuantityPieces(sentence)
        numbers = NumberReader(pieces: pieces, lexicon: lexicon)
        units = UnitReader(pieces: pieces, sentence: sentence, lexicon: lexicon, weights: weights)
        var covered: [Int: ActorMention] = [:]
        for actor in actors { for token in actor.tokens { covered[token] = actor } }
        things = CountedThingReader(graph: graph, lexicon: lexicon, actors: covered)
        casualties = CasualtyReader(graph: graph, lexicon: lexicon)
        comparisons = ComparisonReader(pieces: pieces, sentence: sentence, lexicon: lexicon)
        names = NumberNames(graph: graph, pieces: pieces, lexicon: lexicon, dates: dates)
    }

    mutating func run() {
        var i = 0
        while i < pieces.count {
            i = max(names.isTaken(i) ? i + 1 : step(i), i + 1)
        }
    }

    /// Reads what begins at a piece; gives where to go on.
    mutating func step(_ i: Int) -> Int {
        if let often = often(i) { return often }
        if let rank = rank(i) { return rank }
        guard var amount = amount(at: i) else {
            // The rest of "1.3e6" or "2A4" is no number either.
            return pieces.isDigits(i) ? pieces.firsts[pieces.tokens[i] + 1] : i + 1
        }
        if amount.currency == nil, names.isName(amount.number, amount.reading, end: amount.end) { return amount.end }
        if amount.reading.isAbsurd { return absurd(amount) }
        if let range = range(amount) { amount = range } else { shareUnit(&amount) }
        return finish(amount)
    }

    mutating func absurd(_ amount: Amount) -> Int {
        let span = span(amount.start..<amount.end)
        diagnostics.append(
            Diagnostic(.note, "quantity.absurd", span: span, "The number is too large to be read as an amount."))
        add(Quantity(value: nil, unit: amount.unitName, kind: amount.kind, text: "", span: span, sentence: index))
        return amount.end
    }

    mutating func add(_ quantity: Quantity) {
        var quantity = quantity
        quantity.text = document.text(quantity.span)
        found.append(quantity)
    }

    func span(_ range: Range<Int>) -> Span {
        Span(pieces.spans[range.lowerBound].start, pieces.spans[range.upperBound - 1].end)
    }

    // MARK: - Ranks and frequencies

    /// "met twice": how often.
    mutating func often(_ i: Int) -> Int? {
        if let value = lexicon.number("times", pieces.word(i)) {
            let kind = pieces.word(i + 1) == "as" || pieces.word(i + 1) == "the" ? "multiple" : "count"
            add(
                Quantity(
                    value: value, unit: "times", kind: kind, thing: "time", text: "", span: span(i..<i + 1),
                    sentence: index))
            return i + 1
        }
        guard let value = lexicon.number("multiple", pieces.word(i)) else { return nil }
        add(Quantity(value: value, unit: "times", kind: "multiple", text: "", span: span(i..<i + 1), sentence: index))
        return i + 1
    }

    /// "the third foreign minister", "the 11th largest economy".
    mutating func rank(_ i: Int) -> Int? {
        guard let reading = numbers.ordinal(at: i) ?? longOrdinal(i), let value = reading.value else { return nil }
        let isWord = !pieces.isDigits(i)
        let next = pieces.word(reading.end)
        let following = next == "-" ? pieces.word(reading.end + 1) : next
        if lexicon.has("no-rank", following) { return reading.end }
        guard !isWord || isRank(reading, next) else { return reading.end }
        if pieces.isDigits(reading.end) || lexicon.has("number", next) { return reading.end }
        var end = reading.end
        var of: String?
        if let phrase = things.phrase(from: pieces.tokens[end - 1] + (next == "-" ? 2 : 1)) {
            // "the first trucks" are no rank.
            if value == 1, graph.token(phrase.upperBound - 1).feats.contains("Number=Plur") { return reading.end }
            end = pieces.firsts[phrase.upperBound]
            of = text(phrase)
        }
        add(
            Quantity(
                value: value, unit: "rank", of: of, kind: "rank", text: "", span: span(i..<end), sentence: index))
        return reading.end
    }

    /// "Second, …" and "at first" rank nothing; "finished second" does.
    func isRank(_ reading: NumberReading, _ next: String) -> Bool {
        let token = pieces.tokens[reading.end - 1]
        guard ["ADJ", "NUM", "ADV", "NOUN"].contains(graph.token(token).upos) else { return false }
        if ["amod", "nummod", "compound"].contains(graph.relation(token)) || next == "-" {
            return graph.token(token).upos != "ADV" || next == "-"
        }
        if reading.value == 1 || next == "," && token == 0 { return false }
        return ["root", "xcomp", "obj", "advmod", "acl"].contains(graph.relation(token))
    }

    func longOrdinal(_ i: Int) -> NumberReading? {
        guard lexicon.number("number", pieces.word(i)) != nil || lexicon.number("scale", pieces.word(i)) != nil,
            let reading = numbers.read(at: i), reading.kind == .ordinal
        else { return nil }
        return reading
    }
}
