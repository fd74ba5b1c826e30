import DyadCodebook
import DyadCore
import Foundation

/// A number read from the text.
struct NumberReading {
    enum Kind { case cardinal, ordinal, fraction, vague }

    /// Nil for an unsaid number ("dozens") and for one beyond all reason.
    var value: Double?
    var kind: Kind = .cardinal
    /// Pieces it covers; the end is exclusive.
    var end: Int
    /// True when it is written in digits, without and with a word such as "million".
    var isDigits = false
    var hasScale = false
    /// The words of an unsaid number, and the least it can mean.
    var words: String?
    var low: Double?
    /// Too large to mean anything.
    var isAbsurd = false
}

/// Reads numbers in digits and words: "1,234.5", "three crore twelve lakh", "half a million", "two-thirds", "dozens".
struct NumberReader {
    let pieces: QuantityPieces
    let lexicon: QuantityLexicon
    /// Numbers beyond this are taken for noise.
    static let limit = 1e18

    /// The number that begins at a piece.
    func read(at i: Int) -> NumberReading? {
        guard i < pieces.count else { return nil }
        guard var reading = vague(i) ?? part(i) ?? signed(i) else { return nil }
        if let value = reading.value, !value.isFinite || abs(value) > Self.limit {
            reading.value = nil
            reading.isAbsurd = true
        }
        return reading
    }

    private func word(_ i: Int) -> String { pieces.word(i) }
    private func scale(_ i: Int) -> Double? { lexicon.number("scale", word(i)) }
    private func isArticle(_ i: Int) -> Bool { word(i) == "a" || word(i) == "an" }
    private func isHyphen(_ i: Int) -> Bool { ["-", "–", "‑", "—"].contains(word(i)) }
    /// Position after a hyphen, or the same when there is none.
    private func afterHyphen(_ i: Int) -> Int { isHyphen(i) ? i + 1 : i }

    // MARK: - Unsaid numbers

    /// "dozens", "tens of thousands", "several hundred", "a few million".
    private func vague(_ i: Int) -> NumberReading? {
        if let base = lexicon.number("vague", word(i)) {
            var (end, low) = (i + 1, base * 2)
            while word(end) == "of", let next = lexicon.number("vague", word(end + 1)) {
                low *= next
                end += 2
            }
            return NumberReading(kind: .vague, end: end, words: words(i..<end), low: low)
        }
        let start = isArticle(i) ? i + 1 : i
        guard let few = lexicon.match("several", at: start, in: pieces.words), let least = Double(few.value) else {
            return nil
        }
        var (end, low) = (start + few.count, least)
        while let next = scale(end) {
            low *= next
            end += 1
        }
        guard end > start + few.count else { return nil }
        return NumberReading(kind: .vague, end: end, words: words(i..<end), low: low)
    }

    private func words(_ range: Range<Int>) -> String { pieces.words[range].joined(separator: " ") }

    // MARK: - Parts

    /// "half", "two-thirds", "a quarter of", "½", "half a million", "one in five".
    private func part(_ i: Int) -> NumberReading? {
        if let value = lexicon.number("part", word(i)) { return scaled(value, i + 1) }
        if word(i) == "half" || word(i) == "quarter" || isArticle(i) && ["half", "quarter"].contains(word(i + 1)) {
            return halfOrQuarter(isArticle(i) ? i + 1 : i)
        }
        let count = isArticle(i) ? (1.0, i + 1) : small(i).map { ($0.value, $0.end) }
        guard let (number, end) = count else { return nil }
        if let ratio = ratio(number, i, end) { return ratio }
        let at = afterHyphen(end)
        guard let parts = lexicon.number("fraction", word(at)) else { return nil }
        let isPlural = word(at).hasSuffix("s") || word(at) == "halves"
        // "a third of the crew" is a part, "a third term" is a rank; "one-third" is a part anyway.
        guard isPlural ? number > 1 : number == 1 && (word(at + 1) == "of" || !isArticle(i)) else { return nil }
        guard !isPlural || word(at) != "seconds" else { return nil }
        return scaled(number / parts, at + 1)
    }

    private func halfOrQuarter(_ i: Int) -> NumberReading? {
        // "the second quarter of the year" is a time.
        if lexicon.has("ordinal", word(i - 1)) { return nil }
        let value = word(i) == "half" ? 0.5 : 0.25
        var end = afterHyphen(i + 1)
        if word(end) == "of" || word(end) == "a" || word(end) == "an" {
            let next = word(end) == "of" && isArticle(end + 1) ? end + 2 : end + 1
            if scale(next) != nil { return scaled(value, next) }
            if word(end) != "of" { return NumberReading(value: value, kind: .fraction, end: end + 1) }
            end = i + 1
        }
        if let reading = scaledOnly(value, end) { return reading }
        // "the first quarter" and "a quarter" are times; only a quarter of something is a part.
        guard word(i) == "half" || word(i + 1) == "of" else { return nil }
        return NumberReading(value: value, kind: .fraction, end: i + 1)
    }

    /// "one in five", "nine out of ten".
    private func ratio(_ number: Double, _ start: Int, _ end: Int) -> NumberReading? {
        guard !isArticle(start), number > 0 else { return nil }
        let isOut = word(end) == "out" && word(end + 1) == "of"
        guard isOut || word(end) == "in" || word(end) == "over" && !pieces.isDigits(start) else { return nil }
        guard let whole = cardinal(end + (isOut ? 2 : 1), depth: 1), let of = whole.value, of > number, of <= 1000,
            pieces.isDigits(start) == whole.isDigits, isOut || of <= 100 && !pieces.isDigits(start)
        else { return nil }
        // "one in three villages" is a share, "two in six months" is not.
        guard lexicon.unitNames.match(at: whole.end, in: pieces.words)?.value.kind != "duration" else { return nil }
        return NumberReading(value: number / of, kind: .fraction, end: whole.end)
    }

    private func scaled(_ value: Double, _ end: Int) -> NumberReading {
        scaledOnly(value, end) ?? NumberReading(value: value, kind: .fraction, end: end)
    }

    /// A part followed by "million" or "dozen" is a number.
    private func scaledOnly(_ value: Double, _ at: Int) -> NumberReading? {
        var (end, value) = (at, value)
        while let next = scale(afterHyphen(end)) {
            value *= next
            end = afterHyphen(end) + 1
        }
        return end > at ? NumberReading(value: value, end: end, hasScale: true) : nil
    }

    // MARK: - Whole numbers

    private func signed(_ i: Int) -> NumberReading? {
        let isMinus = ["minus", "negative"].contains(word(i))
        let isSign = ["-", "−"].contains(word(i)) && !pieces.glued(i) && pieces.glued(i + 1)
        guard isMinus || isSign, pieces.isDigits(i + 1) || isMinus else { return cardinal(i, depth: 0) }
        guard var reading = cardinal(i + 1, depth: 0) else { return nil }
        reading.value = reading.value.map { -$0 }
        return reading
    }

    /// "three hundred and two", "4 thousand 3 hundred", "two and a half million".
    private func cardinal(_ i: Int, depth: Int) -> NumberReading? {
        guard let first = group(i) else { return nil }
        var reading = first.reading
        var least = first.scale
        while depth < 2, reading.kind == .cardinal, let total = reading.value {
            if let half = mixedPart(total, reading, least) {
                reading = half
                break
            }
            let hasAnd = ["and", "&"].contains(word(reading.end))
            let at = hasAnd || word(reading.end) == "," ? reading.end + 1 : reading.end
            guard least > 1, let next = group(at), let more = next.reading.value, next.reading.kind == .cardinal,
                more < least, next.scale < least
            else { break }
            // "2 million 500" are two numbers unless the second goes on in words.
            if next.reading.isDigits, !next.reading.hasScale, !(hasAnd && least == 100) { break }
            if at > reading.end, !hasAnd, next.scale == 1 { break }
            reading.value = total + more
            reading.end = next.reading.end
            least = next.scale
        }
        return ordinal(after: reading) ?? reading
    }

    /// "and a half", after a number or between it and "million".
    private func mixedPart(_ total: Double, _ reading: NumberReading, _ least: Double) -> NumberReading? {
        var at = reading.end
        if isHyphen(at) { at += 1 }
        guard word(at) == "and" else { return nil }
        at = afterHyphen(at + 1)
        var share: (Double, Int)?
        if isArticle(at) || word(at) == "one", let parts = lexicon.number("fraction", word(afterHyphen(at + 1))) {
            share = (1 / parts, afterHyphen(at + 1) + 1)
        } else if word(at) == "half" {
            share = (0.5, at + 1)
        } else if let count = small(at), let parts = lexicon.number("fraction", word(afterHyphen(count.end))),
            word(afterHyphen(count.end)).hasSuffix("s")
        {
            share = (count.value / parts, afterHyphen(count.end) + 1)
        }
        guard let (part, end) = share else { return nil }
        // "one billion and a half million": the part has a scale of its own.
        if least > 1, let own = scale(end) {
            return NumberReading(value: total + part * own, end: end + 1, hasScale: true)
        }
        let value = total + part * max(least, 1)
        return scaledOnly(value, end) ?? NumberReading(value: value, end: end, isDigits: reading.isDigits)
    }

    /// A number up to its scale words: "three hundred thousand", "7.3bn", "a dozen".
    private func group(_ i: Int) -> (reading: NumberReading, scale: Double)? {
        var (value, end, isDigits) = (1.0, i, false)
        if let digits = digits(i) {
            (value, end, isDigits) = (digits.value, digits.end, true)
        } else if let words = small(i) {
            (value, end) = (words.value, words.end)
        } else if isArticle(i), scale(i + 1) != nil {
            end = i + 1
        } else if scale(i) == nil || word(i).hasSuffix("s") || word(i).count < 5 {
            return couple(i).map { ($0, 1) }
        } else if word(i) == "score" {
            return nil
        }
        let start = end
        var multiplier = 1.0
        while let next = scale(afterHyphen(end)), !(word(end) == "score" && isDigits) {
            multiplier *= next
            end = afterHyphen(end) + 1
        }
        if multiplier == 100 || multiplier == 1, !isDigits || multiplier == 100 {
            (value, end, multiplier) = hundreds(value, end, multiplier)
        }
        return (
            NumberReading(value: value * multiplier, end: end, isDigits: isDigits, hasScale: end > start), multiplier
        )
    }

    /// What stands after "hundred", before a larger scale: "two hundred and fifty thousand".
    private func hundreds(_ value: Double, _ end: Int, _ multiplier: Double) -> (Double, Int, Double) {
        guard multiplier == 100 else { return (value, end, multiplier) }
        let at = ["and", "&"].contains(word(end)) ? end + 1 : end
        guard let rest = small(at), lexicon.number("fraction", word(afterHyphen(rest.end))) == nil,
            let large = scale(rest.end), large >= 1000
        else { return (value, end, multiplier) }
        return (value * 100 + rest.value, rest.end + 1, large)
    }

    /// "a couple of", "a pair of".
    private func couple(_ i: Int) -> NumberReading? {
        guard isArticle(i), ["couple", "pair"].contains(word(i + 1)), word(i + 2) == "of" || i + 2 >= pieces.count
        else { return nil }
        return NumberReading(value: 2, end: min(i + 3, pieces.count))
    }

    /// Words below a hundred, with decimals: "twenty-five", "three point five".
    private func small(_ i: Int) -> (value: Double, end: Int)? {
        if pieces.isDigits(i) { return digits(i) }
        guard var value = lexicon.number("number", word(i)) else { return nil }
        var end = i + 1
        let at = afterHyphen(end)
        if value >= 20, let unit = lexicon.number("number", word(at)), unit > 0, unit < 10 {
            value += unit
            end = at + 1
        }
        guard word(end) == "point", lexicon.number("number", word(end + 1)) != nil else { return (value, end) }
        return decimals(value, end + 1) ?? (value, end)
    }

    private func decimals(_ value: Double, _ start: Int) -> (value: Double, end: Int)? {
        var (text, end) = ("", start)
        while text.count < 18,
            let digit = pieces.isDigits(end) ? digits(end)?.value : lexicon.number("number", word(end))
        {
            text += String(Int(digit))
            end += 1
        }
        return text.isEmpty ? nil : Double("0." + text).map { (value + $0, end) }
    }

    // MARK: - Ordinals

    /// "one hundred twenty-fifth"; plain ordinals and "21st" are read by ``ordinal(at:)``.
    private func ordinal(after reading: NumberReading) -> NumberReading? {
        guard let value = reading.value, !reading.isDigits else { return nil }
        let at = afterHyphen(reading.end)
        guard let last = lexicon.number("ordinal", word(at)) else { return nil }
        let isJoined = value.truncatingRemainder(dividingBy: 10) == 0 && value >= 20 && last < 10
        let isHundreds = value.truncatingRemainder(dividingBy: 100) == 0 && value >= 100 && last < 100
        guard isJoined || isHundreds else { return nil }
        return NumberReading(value: value + last, kind: .ordinal, end: at + 1)
    }

    /// "third", "21st".
    func ordinal(at i: Int) -> NumberReading? {
        if let value = lexicon.number("ordinal", word(i)) {
            return NumberReading(value: value, kind: .ordinal, end: i + 1)
        }
        guard pieces.isDigits(i), pieces.glued(i + 1), lexicon.has("ordinal-ending", word(i + 1)),
            let value = digits(i)?.value, value == value.rounded()
        else { return nil }
        return NumberReading(value: value, kind: .ordinal, end: i + 2)
    }

    // MARK: - Digits

    /// Digits with separators and the groups that follow: "1,234.5", "1.234.567", "40 000", "3/4".
    func digits(_ i: Int) -> (value: Double, end: Int)? {
        guard pieces.isDigits(i), let value = Self.value(pieces.words[i]) else { return nil }
        var (text, end) = (pieces.words[i], i + 1)
        if text.utf8.count <= 3, text.utf8.allSatisfy({ $0 != 0x2E && $0 != 0x2C && $0 != 0x2F }), text != "0" {
            while end < pieces.count, !pieces.isGlued[end], isThousandsGroup(pieces.words[end]),
                !pieces.glued(end + 1)
                    || !pieces.word(end + 1).allSatisfy(\.isLetter)
            {
                text += pieces.words[end]
                end += 1
            }
        }
        return end == i + 1 ? (value, end) : Double(text).map { ($0, end) }
    }

    private func isThousandsGroup(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Value of digits with separators; nil for dates and clock times.
    static func value(_ text: String) -> Double? {
        if text.contains(":") { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2, let a = plain(String(parts[0])), let b = plain(String(parts[1])), b > 0 { return a / b }
        return parts.count == 1 ? plain(text) : nil
    }

    private static func plain(_ text: String) -> Double? {
        var bare = text.filter { $0 != "'" && $0 != "’" }
        let commas = bare.utf8.filter { $0 == 0x2C }.count
        let points = bare.utf8.filter { $0 == 0x2E }.count
        let isPointLast = (bare.lastIndex(of: ".") ?? bare.startIndex) > (bare.lastIndex(of: ",") ?? bare.startIndex)
        if points > 1 && commas <= 1 || points == 1 && commas == 1 && !isPointLast {
            // "1.234.567,89": the continental way.
            bare = bare.filter { $0 != "." }
            bare = String(bare.map { $0 == "," ? "." : $0 })
        } else if commas == 1, points == 0, let comma = bare.lastIndex(of: ","),
            bare.distance(from: comma, to: bare.endIndex) != 4
        {
            bare = String(bare.map { $0 == "," ? "." : $0 })
        } else {
            bare = bare.filter { $0 != "," }
        }
        return Double(bare)
    }
}
