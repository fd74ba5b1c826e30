import DyadCodebook
import DyadCore

extension QuantityReader {
    mutating func finish(_ amount: Amount) -> Int {
        let comparison = comparisons.before(amount.start)
        let later = comparisons.after(amount.end)
        if amount.unitName != nil { return finishMeasure(amount, comparison?.sign ?? later?.sign) }
        if let often = repeated(amount, comparison?.sign) { return often }
        return finishCount(amount, comparison, later)
    }

    func quantity(_ amount: Amount, _ sign: String?) -> Quantity {
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
    mutating func finishMeasure(_ amount: Amount, _ sign: String?) -> Int {
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
    func age(_ end: Int) -> Int? {
        let at = pieces.word(end) == "-" ? end + 1 : end
        if ["old", "olds", "yo"].contains(pieces.word(at)) { return at + 1 }
        return pieces.word(end) == "of" && pieces.word(end + 1) == "age" ? end + 2 : nil
    }

    /// What a measure is of: "tonnes of grain", "percent of the vote", "a $500 million loan", "three-day visit".
    func matter(_ amount: Amount) -> (String, Int)? {
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
    func isInFront(_ amount: Amount, of phrase: Range<Int>) -> Bool {
        let range = pieces.tokens[amount.start]...pieces.tokens[amount.end - 1]
        return range.contains { token in
            graph.head(token).map { phrase.contains($0) } ?? false
                && ["compound", "nummod", "amod", "nmod"].contains(graph.relation(token))
        }
    }

    /// "eleven times", "10 times larger".
    mutating func repeated(_ amount: Amount, _ sign: String?) -> Int? {
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

    mutating func addRepeated(_ amount: Amount, _ sign: String?, _ end: Int, isMultiple: Bool) -> Int {
        var out = quantity(amount, sign)
        out.unit = "times"
        out.kind = isMultiple ? "multiple" : "count"
        out.thing = isMultiple ? nil : "time"
        out.span = span(amount.start..<end)
        add(out)
        return end
    }

    /// A count with the thing counted, or a bare number.
    mutating func finishCount(
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
    mutating func name(_ out: inout Quantity, _ thing: CountedThing?, _ state: String?, _ amount: Amount) {
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
    func pointed(_ amount: Amount) -> CountedThing? {
        guard !(earlier?.isNear ?? false), amount.end < pieces.count,
            things.pointsBack(from: pieces.tokens[amount.end])
        else { return nil }
        if let found = things.plural(before: pieces.tokens[amount.start]) { return found }
        guard let previous else { return nil }
        return CountedThingReader(graph: SyntaxGraph(previous), lexicon: lexicon, actors: [:]).plural(before: nil)
    }

    /// Words of the thing counted with what happened to it: "civilians killed", "rounds of talks".
    func described(_ thing: CountedThing, _ state: String?) -> String {
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
    func isElliptic(_ amount: Amount) -> Bool {
        amount.end >= pieces.count || !["NOUN", "PROPN"].contains(graph.token(pieces.tokens[amount.end]).upos)
    }

    /// An age without a unit: "Ali Khan, 45, said".
    mutating func bareAge(_ amount: Amount, _ thing: CountedThing?) -> Int? {
        guard thing == nil, let value = amount.reading.value, value >= 1, value < 120, amount.reading.isDigits,
            amount.start >= 2, isAged(amount)
        else { return nil }
        var out = quantity(amount, nil)
        (out.unit, out.kind) = ("year", "age")
        add(out)
        return amount.end
    }

    /// After a person's name between commas, after "aged", in "a boy of 15".
    func isAged(_ amount: Amount) -> Bool {
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

    func text(_ range: Range<Int>) -> String { document.text(sentence.span(of: range)) }
}
