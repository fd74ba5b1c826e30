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
    private(set) var earlier: Counted?

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
    private mutating func step(_ i: Int) -> Int {
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

    private mutating func absurd(_ amount: Amount) -> Int {
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

    // MARK: - Amounts

    /// A number with its unit, before it is known what it counts.
    struct Amount {
        /// First piece, with the currency sign; first piece of the number; the end is exclusive.
        var start: Int
        var number: Int
        var end: Int
        var reading: NumberReading
        var currency: String?
        var unit: QuantityLexicon.Unit?
        var high: Double?

        var unitName: String? { currency ?? unit?.name }
        var kind: String {
            currency != nil ? "money" : unit?.kind ?? (reading.kind == .fraction ? "fraction" : "number")
        }
    }

    private func amount(at i: Int) -> Amount? {
        let before = units.currency(before: i)
        let start = before?.end ?? i
        guard let reading = numbers.read(at: start), reading.kind != .ordinal else { return nil }
        var amount = Amount(start: i, number: start, end: reading.end, reading: reading, currency: before?.code)
        guard readSuffix(&amount) else { return nil }
        if amount.currency == nil { readUnit(&amount) } else { readLateScale(&amount) }
        return amount
    }

    /// Letters that touch the digits: "7.3bn", "$10K", "9m people"; false when the digits are part of a name ("2A4").
    private func readSuffix(_ amount: inout Amount) -> Bool {
        let at = amount.end
        guard amount.reading.isDigits, at < pieces.count else { return true }
        let isGlued = pieces.glued(at) && pieces.forms[at].first?.isLetter ?? false
        guard isGlued || amount.currency != nil, let scale = lexicon.number("suffix", pieces.words[at]),
            amount.currency != nil || isScale(at)
        else {
            return !isGlued || units.unit(at: at, isDigits: true) != nil || units.currency(after: at) != nil
                || pieces.words[at].utf8.count > 3
        }
        amount.reading.value = amount.reading.value.map { $0 * scale }
        amount.reading.hasScale = true
        amount.end = at + 1
        return true
    }

    /// "9m people" are millions, "a 9m wall" are metres.
    private func isScale(_ at: Int) -> Bool {
        guard lexicon.unitLetters[pieces.forms[at]] != nil else { return true }
        if units.currency(after: at + 1) != nil { return true }
        let next = at + 1 < pieces.count ? sentence.tokens[pieces.tokens[at + 1]] : nil
        return next.map { ["NOUN", "PROPN"].contains($0.upos) && $0.form.hasSuffix("s") || $0.form == "people" }
            ?? false
    }

    private func readUnit(_ amount: inout Amount) {
        let isDigits = amount.reading.isDigits
        let measured = units.unit(at: amount.end, isDigits: isDigits)
        if let currency = units.currency(after: amount.end), measured == nil || currency.end > (measured?.end ?? 0) {
            // "six pounds of meat" is a weight.
            if pieces.word(currency.end - 1).hasPrefix("pound"), pieces.word(currency.end) == "of",
                !amount.reading.hasScale
            {
                amount.unit = QuantityLexicon.Unit(name: "pound", kind: "measure")
            } else {
                amount.currency = currency.code
            }
            amount.end = currency.end
            readLateScale(&amount)
            if amount.currency != nil { readCents(&amount) }
        } else if let measured, !isAdjective(measured.end, from: amount.end) {
            amount.unit = measured.unit
            amount.end = measured.end
        }
    }

    /// "12 second-hand jets": the word is no unit.
    private func isAdjective(_ end: Int, from start: Int) -> Bool {
        guard pieces.word(end) == "-", pieces.glued(end), pieces.glued(end + 1), pieces.word(start) != "-",
            !pieces.isDigits(end + 1)
        else { return false }
        return !["old", "long", "wide", "high", "tall", "deep"].contains(pieces.word(end + 1))
    }

    /// "75 USD million"
    private func readLateScale(_ amount: inout Amount) {
        guard !amount.reading.hasScale, let scale = lexicon.number("scale", pieces.word(amount.end)), scale >= 1000
        else { return }
        amount.reading.value = amount.reading.value.map { $0 * scale }
        amount.end += 1
    }

    /// "20 dollars and 43 cents"
    private func readCents(_ amount: inout Amount) {
        let at = pieces.word(amount.end) == "and" ? amount.end + 1 : amount.end
        guard let cents = numbers.read(at: at), cents.kind == .cardinal, let part = cents.value, part < 100,
            let value = amount.reading.value, let unit = units.unit(at: cents.end, isDigits: cents.isDigits),
            unit.unit.kind == "money"
        else { return }
        amount.reading.value = value + part / 100
        amount.end = unit.end
    }

    // MARK: - Ranges

    /// "10 to 15", "$10-$20", "between 3 and 5 km", "75 to 80 percent".
    private func range(_ first: Amount) -> Amount? {
        guard first.reading.kind != .vague, let low = first.reading.value else { return nil }
        let joint = pieces.word(first.end)
        let isBetween = pieces.word(first.start - 1) == "between"
        let isHyphen = ["-", "–", "—"].contains(joint)
        guard isHyphen || ["to", "or"].contains(joint) || isBetween && ["and", "to"].contains(joint),
            let second = amount(at: first.end + 1), let high = second.reading.value, !second.reading.isAbsurd,
            first.unitName == nil || second.unitName == first.unitName
        else { return nil }
        var scaled = low
        if !first.reading.hasScale, second.reading.hasScale, let factor = scale(second.reading, high),
            low * factor < high
        {
            scaled = low * factor
        }
        guard scaled < high, second.reading.kind != .vague, joint != "or" || scaled < 100 && high <= scaled * 3 else {
            return nil
        }
        if joint == "to", !isBetween, isChange(first) { return nil }
        var out = second
        out.start = isBetween ? first.start - 1 : first.start
        out.number = first.number
        out.reading.value = scaled
        out.high = high
        return out
    }

    /// "rose from 5 to 8 percent": the first number has the unit of the second.
    private func shareUnit(_ first: inout Amount) {
        guard first.unitName == nil, pieces.word(first.end) == "to", pieces.word(first.start - 1) == "from",
            let second = amount(at: first.end + 1)
        else { return }
        (first.unit, first.currency) = (second.unit, second.currency)
    }

    /// Factor of the scale words of a number such as "20 million".
    private func scale(_ reading: NumberReading, _ value: Double) -> Double? {
        for exponent in [12.0, 9, 7, 6, 5, 3, 2] {
            var factor = 1.0
            for _ in 0..<Int(exponent) { factor *= 10 }
            if value / factor >= 1 { return factor }
        }
        return nil
    }

    /// "rose from 5 to 10 percent", "cut to": a start and an end.
    private func isChange(_ first: Amount) -> Bool {
        guard pieces.word(first.start - 1) == "from" else { return false }
        for i in max(0, first.start - 5)..<max(0, first.start - 1) where i < pieces.count {
            if lexicon.has("change", graph.lemma(pieces.tokens[i])) { return true }
        }
        return false
    }

    // MARK: - Ranks and frequencies

    /// "met twice": how often.
    private mutating func often(_ i: Int) -> Int? {
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
    private mutating func rank(_ i: Int) -> Int? {
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
    private func isRank(_ reading: NumberReading, _ next: String) -> Bool {
        let token = pieces.tokens[reading.end - 1]
        guard ["ADJ", "NUM", "ADV", "NOUN"].contains(graph.token(token).upos) else { return false }
        if ["amod", "nummod", "compound"].contains(graph.relation(token)) || next == "-" {
            return graph.token(token).upos != "ADV" || next == "-"
        }
        if reading.value == 1 || next == "," && token == 0 { return false }
        return ["root", "xcomp", "obj", "advmod", "acl"].contains(graph.relation(token))
    }

    private func longOrdinal(_ i: Int) -> NumberReading? {
        guard lexicon.number("number", pieces.word(i)) != nil || lexicon.number("scale", pieces.word(i)) != nil,
            let reading = numbers.read(at: i), reading.kind == .ordinal
        else { return nil }
        return reading
    }

    // MARK: - What is counted

    private mutating func finish(_ amount: Amount) -> Int {
        let comparison = comparisons.before(amount.start)
        let later = comparisons.after(amount.end)
        if amount.unitName != nil { return finishMeasure(amount, comparison?.sign ?? later?.sign) }
        if let often = repeated(amount, comparison?.sign) { return often }
        return finishCount(amount, comparison, later)
    }

    private func quantity(_ amount: Amount, _ sign: String?) -> Quantity {
        let reading = amount.reading
        let isRange = amount.high != nil
        var out = Quantity(
            value: isRange ? nil : reading.value, low: isRange ? reading.value : nil, high: amount.high,
            comparison: isRange ? "between" : sign ?? "=", unit: amount.unitName,
            kind: amount.kind, text: "", span: span(amount.start..<amount.end), sentence: index)
        guard reading.kind == .vague else { return out }
        out.words = reading.words
        out.comparison = "~"
        // "not even in hundreds": fewer than a hundred.
        if sign == "<" {
            (out.high, out.comparison) = (reading.low.map { $0 / 2 }, "<")
        } else {
            out.low = reading.low
        }
        return out
    }

    /// Money, shares, measures and durations, with what they are of.
    private mutating func finishMeasure(_ amount: Amount, _ sign: String?) -> Int {
        var out = quantity(amount, sign)
        var end = amount.end
        if out.kind == "duration", let age = age(amount.end) {
            (out.kind, end) = ("age", age)
        } else if let (phrase, after) = matter(amount) {
            out.of = phrase
            end = after
        }
        out.span = span(amount.start..<end)
        add(out)
        return amount.end
    }

    /// "25-year-old", "29 years old", "three years of age".
    private func age(_ end: Int) -> Int? {
        let at = pieces.word(end) == "-" ? end + 1 : end
        if ["old", "olds", "yo"].contains(pieces.word(at)) { return at + 1 }
        return pieces.word(end) == "of" && pieces.word(end + 1) == "age" ? end + 2 : nil
    }

    /// What a measure is of: "tonnes of grain", "percent of the vote", "a $500 million loan", "three-day visit".
    private func matter(_ amount: Amount) -> (String, Int)? {
        var at = amount.end
        if ["a", "per", "each", "every"].contains(pieces.word(at)),
            let period = lexicon.unitNames.match(at: at + 1, in: pieces.words), period.value.kind == "duration"
        {
            return ("per \(period.value.name)", at + 1 + period.count)
        }
        guard at < pieces.count else { return nil }
        var isLinked = false
        if pieces.word(at) == "worth", pieces.word(at + 1) == "of" { at += 1 }
        if pieces.word(at) == "of" || amount.currency != nil && pieces.word(at) == "in" {
            isLinked = true
            at += 1
        }
        var token = at < pieces.count ? pieces.tokens[at] : sentence.tokens.count
        if pieces.word(at) == "-", pieces.glued(at) { token += 1 }
        guard let phrase = isLinked ? things.owned(from: token) : things.phrase(from: token),
            isLinked || isInFront(amount, of: phrase),
            graph.token(phrase.lowerBound).upos != "PROPN" || pieces.word(at - 1) != "in"
        else { return nil }
        return (text(phrase), pieces.firsts[phrase.upperBound])
    }

    /// True when an amount modifies the noun phrase behind it.
    private func isInFront(_ amount: Amount, of phrase: Range<Int>) -> Bool {
        let range = pieces.tokens[amount.start]...pieces.tokens[amount.end - 1]
        return range.contains { token in
            graph.head(token).map { phrase.contains($0) } ?? false
                && ["compound", "nummod", "amod", "nmod"].contains(graph.relation(token))
        }
    }

    /// "eleven times", "10 times larger".
    private mutating func repeated(_ amount: Amount, _ sign: String?) -> Int? {
        guard ["times", "time", "fold"].contains(pieces.word(amount.end)), amount.reading.kind == .cardinal,
            amount.reading.value != 1
        else {
            if pieces.word(amount.end) == "-", pieces.word(amount.end + 1) == "fold" {
                return addRepeated(amount, sign, amount.end + 2, isMultiple: true)
            }
            return nil
        }
        let next = pieces.word(amount.end + 1)
        let token = amount.end + 1 < pieces.count ? graph.token(pieces.tokens[amount.end + 1]) : nil
        let isMultiple =
            pieces.word(amount.end) == "fold" || ["more", "as", "the", "less", "its"].contains(next)
            || token?.feats.contains("Degree=Cmp") ?? false
        return addRepeated(amount, sign, amount.end + 1, isMultiple: isMultiple)
    }

    private mutating func addRepeated(_ amount: Amount, _ sign: String?, _ end: Int, isMultiple: Bool) -> Int {
        var out = quantity(amount, sign)
        out.unit = "times"
        out.kind = isMultiple ? "multiple" : "count"
        out.thing = isMultiple ? nil : "time"
        out.span = span(amount.start..<end)
        add(out)
        return end
    }

    /// A count with the thing counted, or a bare number.
    private mutating func finishCount(
        _ amount: Amount, _ before: (sign: String, start: Int)?, _ later: (sign: String, end: Int)?
    ) -> Int {
        var out = quantity(amount, before?.sign ?? later?.sign)
        let number = pieces.tokens[amount.end - 1]
        let start = later?.end ?? amount.end
        let from = start < pieces.count ? pieces.tokens[start] : sentence.tokens.count
        let behind = from > number ? things.thing(number: number, from: from) : nil
        let figure = behind == nil ? things.figure(number: number) : nil
        let thing = behind ?? figure?.thing
        let first = pieces.tokens[before?.start ?? amount.start]
        let end = behind.map { $0.tokens.upperBound } ?? from
        let state = figure?.state ?? casualties.state(first: first, end: end, thing: thing)
        if let age = bareAge(amount, thing) { return age }
        guard names.isCount(amount.reading, amount.number, thing: thing, isCompared: before != nil || state != nil)
        else { return amount.end }
        name(&out, thing, state, amount)
        if let behind {
            out.span = span(amount.start..<pieces.firsts[behind.tokens.upperBound])
        }
        add(out)
        return amount.end
    }

    /// Gives a count its unit, its noun and its words.
    private mutating func name(_ out: inout Quantity, _ thing: CountedThing?, _ state: String?, _ amount: Amount) {
        out.casualty = state
        let isOther = thing.map { lexicon.has("others", $0.noun) } ?? true
        if let thing, !isOther {
            out.unit = thing.isPerson ? "person" : "item"
            out.thing = thing.noun
            out.of = described(thing, state)
        } else if let state {
            out.unit = "person"
            out.thing = "person"
            out.of = state
        } else if let thing = pointed(amount) {
            out.unit = thing.isPerson ? "person" : "item"
            out.thing = thing.noun
            out.of = thing.noun
        } else if amount.reading.kind == .vague, earlier.map({ !$0.isNear }) ?? true {
            // "thousands took to the streets"
            out.unit = "person"
            out.thing = "person"
        } else if let earlier, amount.reading.kind != .fraction, earlier.isNear || isElliptic(amount) {
            (out.unit, out.thing, out.of) = (earlier.unit, earlier.thing, earlier.of)
        }
        if out.kind != "fraction" { out.kind = out.unit == nil ? "number" : "count" }
        if out.unit != nil, out.kind == "count" {
            earlier = Counted(unit: out.unit, thing: out.thing, of: out.of, isNear: true)
        }
        if out.kind == "fraction" { out.unit = nil }
    }

    /// What "36 of them" counts when no number before has said it.
    private func pointed(_ amount: Amount) -> CountedThing? {
        guard !(earlier?.isNear ?? false), amount.end < pieces.count,
            things.pointsBack(from: pieces.tokens[amount.end])
        else { return nil }
        if let found = things.plural(before: pieces.tokens[amount.start]) { return found }
        guard let previous else { return nil }
        return CountedThingReader(graph: SyntaxGraph(previous), lexicon: lexicon, actors: [:]).plural(before: nil)
    }

    /// Words of the thing counted with what happened to it: "civilians killed", "rounds of talks".
    private func described(_ thing: CountedThing, _ state: String?) -> String {
        var range = thing.tokens
        if range.upperBound + 1 < sentence.tokens.count, graph.token(range.upperBound).form == "of",
            let more = things.phrase(from: range.upperBound + 1)
        {
            range = range.lowerBound..<more.upperBound
        }
        // "voted 84 to 30": the votes are not written.
        let words = graph.token(thing.head).upos == "NUM" ? thing.noun : text(range)
        guard thing.isPerson, let state, lexicon.value("victims", thing.noun) == nil,
            !range.contains(where: { lexicon.value("casualty", graph.token($0).form.lowercased()) == state })
        else { return words }
        return "\(words) \(state)"
    }

    /// True for a number that ends its clause, so that its noun is left out.
    private func isElliptic(_ amount: Amount) -> Bool {
        amount.end >= pieces.count || !["NOUN", "PROPN"].contains(graph.token(pieces.tokens[amount.end]).upos)
    }

    /// "Ali Khan, 45, said"
    private mutating func bareAge(_ amount: Amount, _ thing: CountedThing?) -> Int? {
        guard thing == nil, let value = amount.reading.value, value >= 1, value < 120, amount.reading.isDigits,
            amount.start >= 2, isAged(amount)
        else { return nil }
        var out = quantity(amount, nil)
        (out.unit, out.kind) = ("year", "age")
        add(out)
        return amount.end
    }

    /// After a person's name between commas, after "aged", in "a boy of 15".
    private func isAged(_ amount: Amount) -> Bool {
        let before = pieces.tokens[amount.start - 2]
        switch pieces.word(amount.start - 1) {
        case "aged": return true
        case "of":
            return lexicon.isPerson(graph.lemma(before)) && !graph.token(before).feats.contains("Number=Plur")
        case ",":
            return [",", ".", ")"].contains(pieces.word(amount.end))
                && sentence.names.contains { $0.type == .person && $0.tokens.contains(before) }
        default: return false
        }
    }

    private func text(_ range: Range<Int>) -> String { document.text(sentence.span(of: range)) }
}
