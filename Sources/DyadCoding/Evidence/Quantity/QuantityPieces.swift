import DyadCore

/// The words of a sentence as amounts are read from them: "$1.5bn" in three pieces, "T129" in one.
struct QuantityPieces {
    /// As written, and in lower case.
    private(set) var forms: [String] = []
    private(set) var words: [String] = []
    /// The token each piece stands in, and the bytes it covers.
    private(set) var tokens: [Int] = []
    private(set) var spans: [Span] = []
    /// True where no white space stands before the piece.
    private(set) var isGlued: [Bool] = []
    /// First piece of each token, and the number of pieces after the last.
    private(set) var firsts: [Int] = []

    var count: Int { forms.count }

    init(_ sentence: Sentence) {
        for (index, token) in sentence.tokens.enumerated() {
            firsts.append(forms.count)
            var start = token.span.start
            let parts = Self.parts(token.form)
            // A form that does not have the bytes of its span (part of a contraction) is not cut.
            let isExact = token.form.utf8.count == token.span.end - token.span.start
            for (number, part) in (isExact ? parts : [token.form]).enumerated() {
                let end = isExact ? start + part.utf8.count : token.span.end
                isGlued.append(number > 0 || index > 0 && !sentence.tokens[index - 1].spaceAfter)
                forms.append(part)
                words.append(part.lowercased())
                tokens.append(index)
                spans.append(Span(start, end))
                start = end
            }
        }
        firsts.append(forms.count)
    }

    func word(_ i: Int) -> String { i >= 0 && i < count ? words[i] : "" }

    func glued(_ i: Int) -> Bool { i >= 0 && i < count && isGlued[i] }

    /// True for a piece that begins with a digit.
    func isDigits(_ i: Int) -> Bool {
        guard i >= 0, i < count, let first = words[i].utf8.first else { return false }
        return (0x30...0x39).contains(first) || (first == 0x2E && words[i].utf8.count > 1)
    }

    // MARK: - Cutting

    private enum Class { case number, letter, sign }

    private static func kind(_ scalar: Unicode.Scalar) -> Class {
        if scalar.isASCII { return isDigit(scalar) ? .number : scalar.properties.isAlphabetic ? .letter : .sign }
        return scalar.properties.isAlphabetic || scalar.properties.generalCategory == .otherNumber ? .letter : .sign
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isCurrency(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .currencySymbol
    }

    /// Cuts a word that has a digit or a currency sign among other things.
    private static func parts(_ form: String) -> [String] {
        let scalars = Array(form.unicodeScalars)
        guard scalars.count > 1, scalars.count < 200_000,
            scalars.contains(where: { isDigit($0) || isCurrency($0) || "%½¼¾⅓⅔".unicodeScalars.contains($0) })
        else { return [form] }
        var out: [String] = []
        var i = 0
        while i < scalars.count {
            let end = run(scalars, from: i)
            out.append(String(String.UnicodeScalarView(scalars[i..<end])))
            i = end
        }
        // "T129", "m3": letters before digits are one name, unless they are money ("Rs20", "USD5").
        guard out.count > 1, kind(scalars[0]) == .letter, out[0].count != 2 || out[0].lowercased() != "rs",
            out[0].count != 3 || out[0] != out[0].uppercased() || out.count > 3, !scalars.contains(where: isCurrency)
        else { return out }
        return [form]
    }

    /// End of a run of one class; separators stay inside a number.
    private static func run(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        let first = kind(scalars[start])
        if first == .sign, !(scalars[start] == "." && start + 1 < scalars.count && isDigit(scalars[start + 1])) {
            return start + 1
        }
        var i = start + 1
        while i < scalars.count {
            let isNumber = first != .letter
            let next = i + 1 < scalars.count ? scalars[i + 1] : " "
            if isNumber, kind(scalars[i]) == .number {
                i += 1
            } else if isNumber, ".,/:'’".unicodeScalars.contains(scalars[i]), isDigit(next) {
                i += 1
            } else if !isNumber, kind(scalars[i]) == .letter {
                i += 1
            } else {
                break
            }
        }
        return i
    }
}
