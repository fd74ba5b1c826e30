public import DyadCodebook
public import DyadCore

/// Finds amounts with their units: counts with the thing counted, money, shares, durations, ranks.
public struct QuantityFinder: Stage {
    public let name = "quantity"
    public let requires: Set<Layer> = [.sentences, .times]
    public let provides: Set<Layer> = [.quantities]
    private let lexicon: QuantityLexicon

    /// A finder with the words of a lexicon.
    public init(knowledge: Knowledge) { lexicon = knowledge.quantities }

    public func annotate(_ article: inout AnnotatedArticle) {
        let dates = Dictionary(grouping: article.times.filter { $0.type != "DURATION" }, by: \.sentence)
        for (index, sentence) in article.sentences.enumerated() {
            let reader = QuantityReader(
                sentence: sentence, index: index, lexicon: lexicon, dates: (dates[index] ?? []).map(\.span),
                document: article.article.document)
            article.quantities += reader.quantities()
        }
    }
}

/// The quantities of one sentence.
struct QuantityReader {
    let sentence: Sentence
    let index: Int
    let lexicon: QuantityLexicon
    let dates: [Span]
    let document: Document

    private func word(_ i: Int) -> String {
        i >= 0 && i < sentence.tokens.count ? sentence.tokens[i].form.lowercased() : ""
    }

    func quantities() -> [Quantity] {
        var out: [Quantity] = []
        var i = 0
        while i < sentence.tokens.count {
            if let found = read(at: i) {
                out.append(found.quantity)
                i = max(found.end, i + 1)
            } else {
                i += 1
            }
        }
        return out
    }

    private func read(at start: Int) -> (quantity: Quantity, end: Int)? {
        if dates.contains(where: { $0.overlaps(sentence.tokens[start].span) }) { return nil }
        var i = start
        var currency = lexicon.value("currency", word(i))
        if currency != nil { i += 1 }
        guard let (first, afterFirst) = number(at: i) else { return nil }
        if isDesignator(i) { return nil }
        var (low, high): (Double?, Double?) = (nil, nil)
        var end = afterFirst
        if ["-", "–", "to", "and"].contains(word(end)), let (second, after) = number(at: end + 1), second > first,
            word(end) != "and" || word(start - 1) == "between"
        {
            low = first
            high = second
            end = after
        }
        if currency == nil, let after = lexicon.value("currency", word(end)), sentence.tokens[end].form != "$" || true {
            currency = after
            end += 1
        }
        return (finished(start, end, first, low, high, currency), end)
    }

    /// A number at a token with its scale: "1.5 billion", "twenty-five", "two dozen".
    private func number(at i: Int) -> (Double, Int)? {
        guard i < sentence.tokens.count else { return nil }
        var value: Double
        var end = i + 1
        let text = word(i).replacingCommas()
        if let plain = Double(text), text.first?.isNumber ?? false {
            value = plain
        } else if let named = lexicon.number("number", word(i)),
            !(word(i) == "one" && sentence.tokens[i].upos == "PRON")
        {
            value = named
            if named >= 20, word(end) == "-", let unit = lexicon.number("number", word(end + 1)), unit < 10 {
                value += unit
                end += 2
            }
        } else {
            return nil
        }
        while let scale = lexicon.number("scale", word(end)) {
            value *= scale
            end += 1
        }
        if word(end) == "dozen" {
            value *= 12
            end += 1
        }
        return (value, end)
    }

    /// "F-16", "S-400", "Article 5", "UN resolution 242": a number that names a thing.
    private func isDesignator(_ i: Int) -> Bool {
        if word(i - 1) == "-", i >= 2, let last = sentence.tokens[i - 2].form.last, last.isLetter,
            !sentence.tokens[i - 2].spaceAfter
        {
            return true
        }
        return ["article", "resolution", "section", "chapter", "no.", "number", "phase", "route", "flight"].contains(
            word(i - 1))
    }

    private func finished(
        _ start: Int, _ end: Int, _ value: Double, _ low: Double?, _ high: Double?, _ currency: String?
    ) -> Quantity {
        var last = end
        var unit = currency
        var kind = currency == nil ? "number" : "money"
        var of: String?
        if currency == nil {
            let at = word(end) == "-" ? end + 1 : end
            if let known = lexicon.value("unit", word(at))
                ?? (word(at) == "per" && word(at + 1) == "cent" ? "percent" : nil)
            {
                unit = known
                kind =
                    known == "percent"
                    ? "percent"
                    : ["day", "week", "month", "year", "hour", "minute"].contains(known) ? "duration" : "dimension"
                last = word(at) == "per" ? at + 2 : at + 1
            } else if let (phraseEnd, head) = counted(from: end) {
                of = words(end..<phraseEnd)
                unit = sentence.tokens[head].lemma.lowercased()
                kind = "count"
                last = phraseEnd
            }
        }
        let range = start..<min(max(last, start + 1), sentence.tokens.count)
        let span = sentence.span(of: range)
        return Quantity(
            value: low == nil ? value : nil, low: low, high: high,
            comparison: low == nil ? comparison(start) : "between", unit: unit, of: of,
            kind: kind, text: document.text(span), span: span, sentence: index)
    }

    private func comparison(_ start: Int) -> String {
        if word(start - 1) == "than" { return word(start - 2) == "less" || word(start - 2) == "fewer" ? "<" : ">" }
        if word(start - 1) == "to", word(start - 2) == "up" { return "<=" }
        if word(start - 1) == "as", word(start - 2) == "many" || word(start - 2) == "much" { return "<=" }
        return lexicon.value("approximation", word(start - 1)) ?? "="
    }

    /// The noun phrase counted: modifiers up to and with the head noun.
    private func counted(from i: Int) -> (end: Int, head: Int)? {
        var j = i
        while j < sentence.tokens.count, j - i < 7 {
            let token = sentence.tokens[j]
            if ["NOUN", "PROPN"].contains(token.upos) {
                let next = j + 1 < sentence.tokens.count ? sentence.tokens[j + 1] : nil
                if let next, ["NOUN", "PROPN"].contains(next.upos),
                    token.baseRelation == "compound" || next.baseRelation == "flat"
                {
                    j += 1
                    continue
                }
                return (j + 1, j)
            }
            guard
                ["ADJ", "NUM"].contains(token.upos) || token.form == "-"
                    || (token.upos == "VERB" && token.baseRelation == "amod")
            else { return nil }
            j += 1
        }
        return nil
    }

    private func words(_ range: Range<Int>) -> String { document.text(sentence.span(of: range)) }
}

extension String {
    /// Digit grouping taken out.
    fileprivate func replacingCommas() -> String { String(filter { $0 != "," }) }
}
