import DyadCodebook
import DyadCore

extension QuantityReader {
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

    func amount(at i: Int) -> Amount? {
        let before = units.currency(before: i)
        let start = before?.end ?? i
        guard let reading = numbers.read(at: start), reading.kind != .ordinal else { return nil }
        var amount = Amount(start: i, number: start, end: reading.end, reading: reading, currency: before?.code)
        guard readSuffix(&amount) else { return nil }
        if amount.currency == nil { readUnit(&amount) } else { readLateScale(&amount) }
        return amount
    }

    /// Letters that touch the digits: "7.3bn", "$10K", "9m people"; false when the digits are part of a name ("2A4").
    func readSuffix(_ amount: inout Amount) -> Bool {
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
    func isScale(_ at: Int) -> Bool {
        guard lexicon.unitLetters[pieces.forms[at]] != nil else { return true }
        if units.currency(after: at + 1) != nil { return true }
        let next = at + 1 < pieces.count ? sentence.tokens[pieces.tokens[at + 1]] : nil
        return next.map { ["NOUN", "PROPN"].contains($0.upos) && $0.form.hasSuffix("s") || $0.form == "people" }
            ?? false
    }

    func readUnit(_ amount: inout Amount) {
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
    func isAdjective(_ end: Int, from start: Int) -> Bool {
        guard pieces.word(end) == "-", pieces.glued(end), pieces.glued(end + 1), pieces.word(start) != "-",
            !pieces.isDigits(end + 1)
        else { return false }
        return !["old", "long", "wide", "high", "tall", "deep"].contains(pieces.word(end + 1))
    }

    /// A scale word behind the currency: "75 USD million".
    func readLateScale(_ amount: inout Amount) {
        guard !amount.reading.hasScale, let scale = lexicon.number("scale", pieces.word(amount.end)), scale >= 1000
        else { return }
        amount.reading.value = amount.reading.value.map { $0 * scale }
        amount.end += 1
    }

    /// The cents behind an amount: "20 dollars and 43 cents".
    func readCents(_ amount: inout Amount) {
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
    func range(_ first: Amount) -> Amount? {
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
    func shareUnit(_ first: inout Amount) {
        guard first.unitName == nil, pieces.word(first.end) == "to", pieces.word(first.start - 1) == "from",
            let second = amount(at: first.end + 1)
        else { return }
        (first.unit, first.currency) = (second.unit, second.currency)
    }

    /// Factor of the scale words of a number such as "20 million".
    func scale(_ reading: NumberReading, _ value: Double) -> Double? {
        for exponent in [12.0, 9, 7, 6, 5, 3, 2] {
            var factor = 1.0
            for _ in 0..<Int(exponent) { factor *= 10 }
            if value / factor >= 1 { return factor }
        }
        return nil
    }

    /// "rose from 5 to 10 percent", "cut to": a start and an end.
    func isChange(_ first: Amount) -> Bool {
        guard pieces.word(first.start - 1) == "from" else { return false }
        for i in max(0, first.start - 5)..<max(0, first.start - 1) where i < pieces.count {
            if lexicon.has("change", graph.lemma(pieces.tokens[i])) { return true }
        }
        return false
    }
}
