public import DyadCore

/// Cuts text into words as the English treebanks do: hyphens, possessives and contractions apart, abbreviations, numbers,
/// addresses and ellipses whole.
///
/// One pass over the bytes, linear in their number.
public struct Tokeniser: Sendable {
    private let lexicon: TokenLexicon

    /// A tokeniser with the words of a lexicon.
    public init(lexicon: TokenLexicon) { self.lexicon = lexicon }

    /// Words of a range of bytes, in order; white space is no word.
    public func tokens(in bytes: [UInt8], span: Span) -> [Token] {
        var out: [Token] = []
        out.reserveCapacity(span.count / 5)
        bytes.withUnsafeBufferPointer { buffer in
            var at = span.start
            while at < span.end {
                let space = Self.spaceLength(buffer, at, span.end)
                if space > 0 {
                    if !out.isEmpty { out[out.count - 1].spaceAfter = true }
                    at += space
                    continue
                }
                var end = at
                while end < span.end, Self.spaceLength(buffer, end, span.end) == 0 { end += 1 }
                chunk(buffer, at, end, &out)
                at = end
            }
        }
        return out
    }

    // MARK: - Characters

    /// Length in bytes of a white-space character at a place; 0 when there is none.
    private static func spaceLength(_ b: UnsafeBufferPointer<UInt8>, _ i: Int, _ end: Int) -> Int {
        switch b[i] {
        case 0x20, 0x09...0x0D, 0x00...0x08, 0x0E...0x1F, 0x7F: 1
        case 0xC2 where i + 1 < end && b[i + 1] == 0xA0: 2
        case 0xE2 where i + 2 < end && b[i + 1] == 0x80 && (0x80...0x8F).contains(b[i + 2]): 3
        case 0xE2 where i + 2 < end && b[i + 1] == 0x80 && (b[i + 2] == 0xA8 || b[i + 2] == 0xAF): 3
        case 0xEF where i + 2 < end && b[i + 1] == 0xBB && b[i + 2] == 0xBF: 3
        default: 0
        }
    }

    private enum Kind { case letter, digit, mark }

    private struct Character {
        var scalar: UInt32
        var start: Int
        var end: Int
        var kind: Kind
    }

    private static func characters(_ b: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> [Character] {
        var out: [Character] = []
        out.reserveCapacity(to - from)
        var i = from
        while i < to {
            let byte = b[i]
            let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            let end = min(i + length, to)
            var scalar = UInt32(byte)
            if length > 1, end - i == length {
                scalar = UInt32(byte) & (0xFF >> UInt32(length + 1))
                for j in i + 1..<end { scalar = scalar << 6 | UInt32(b[j] & 0x3F) }
            }
            out.append(Character(scalar: scalar, start: i, end: end, kind: kind(scalar)))
            i = end
        }
        return out
    }

    private static func kind(_ scalar: UInt32) -> Kind {
        switch scalar {
        case 48...57: return .digit
        case 65...90, 97...122, 0x5F: return .letter
        case ..<0x80: return .mark
        case 0xAA, 0xB5, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF: return .letter
        case 0x80...0xBF, 0xD7, 0xF7, 0x2000...0x206F, 0x20A0...0x20CF, 0x2190...0x2BFF, 0x3000...0x303F: return .mark
        default: return .letter
        }
    }

    private static func isApostrophe(_ scalar: UInt32) -> Bool { scalar == 0x27 || scalar == 0x2019 || scalar == 0x60 }
    private static func isHyphen(_ scalar: UInt32) -> Bool { scalar == 0x2D || scalar == 0x2010 || scalar == 0x2011 }

    // MARK: - One run without spaces

    private func chunk(_ b: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int, _ out: inout [Token]) {
        let c = Self.characters(b, from, to)
        if let address = addressRange(c) {
            cut(b, c, 0, address.lowerBound, &out)
            emit(b, c, address.lowerBound, address.upperBound, &out)
            cut(b, c, address.upperBound, c.count, &out)
        } else {
            cut(b, c, 0, c.count, &out)
        }
    }

    /// The part of a run that is a web or mail address, without the punctuation around it.
    private func addressRange(_ c: [Character]) -> Range<Int>? {
        guard c.count > 5 else { return nil }
        let text = c.map(\.scalar)
        func contains(_ word: String) -> Bool {
            let needle = word.unicodeScalars.map(\.value)
            guard needle.count <= text.count else { return false }
            return (0...text.count - needle.count).contains { i in
                needle.indices.allSatisfy { text[i + $0] == needle[$0] }
            }
        }
        guard
            let at = text.firstIndex(of: 0x40).map({ $0 > 0 && $0 < c.count - 3 && text[$0...].contains(0x2E) })
                ?? (contains("://") || contains("www.")) as Bool?, at
        else { return nil }
        var lower = 0, upper = c.count
        let opening: Set<UInt32> = [0x28, 0x5B, 0x3C, 0x22, 0x27, 0x201C, 0x2018]
        let closing: Set<UInt32> = [0x29, 0x5D, 0x3E, 0x22, 0x27, 0x201D, 0x2019, 0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F]
        while lower < upper, opening.contains(text[lower]) { lower += 1 }
        while upper > lower, closing.contains(text[upper - 1]) { upper -= 1 }
        return upper > lower ? lower..<upper : nil
    }

    /// Cuts characters `i..<end` at punctuation.
    private func cut(_ b: UnsafeBufferPointer<UInt8>, _ c: [Character], _ from: Int, _ end: Int, _ out: inout [Token]) {
        var i = from
        while i < end {
            if c[i].kind == .mark {
                let stop = markEnd(c, i, end)
                if stop > i {
                    emit(b, c, i, stop, &out)
                    i = stop
                    continue
                }
            }
            let stop = wordEnd(b, c, i, end)
            word(b, c, i, stop, &out)
            i = stop
        }
    }

    /// End of the punctuation token at `i`; `i` itself when the mark belongs to a following word (".50", "'72").
    private func markEnd(_ c: [Character], _ i: Int, _ end: Int) -> Int {
        let scalar = c[i].scalar
        var j = i + 1
        switch scalar {
        case 0x2E, 0x21, 0x3F:  // . ! ? repeat and mix
            while j < end, [0x2E, 0x21, 0x3F].contains(c[j].scalar) { j += 1 }
            if scalar == 0x2E, j == i + 1, j < end, c[j].kind == .digit { return i }
        case 0x2D, 0x3D, 0x2A, 0x7E, 0x23, 0x3E, 0x3C, 0x2022:  // runs of the same mark
            while j < end, c[j].scalar == scalar { j += 1 }
        case 0x27, 0x2019, 0x60, 0x2018:  // '' and clitics are taken by the word before
            if j < end, c[j].scalar == scalar { j += 1 }
        case 0x3A, 0x3B:  // :) ;-)
            var k = j
            if k < end, c[k].scalar == 0x2D { k += 1 }
            if k < end, k + 1 == end, [0x29, 0x28, 0x44, 0x50].contains(c[k].scalar) { j = k + 1 }
        default: break
        }
        return j
    }

    /// End of the word that begins at `i`, hyphens and clitics not yet cut off it where they are to be.
    private func wordEnd(_ b: UnsafeBufferPointer<UInt8>, _ c: [Character], _ i: Int, _ end: Int) -> Int {
        var j = i + 1
        while j < end {
            if c[j].kind != .mark {
                j += 1
            } else if joins(b, c, i, j, end) {
                j += 1
            } else {
                break
            }
        }
        return j
    }

    /// True when the mark at `j` stays inside the word that began at `i`.
    private func joins(_ b: UnsafeBufferPointer<UInt8>, _ c: [Character], _ i: Int, _ j: Int, _ end: Int) -> Bool {
        let scalar = c[j].scalar
        let next = j + 1 < end ? c[j + 1] : nil
        let digits = c[j - 1].kind == .digit && next?.kind == .digit
        switch scalar {
        case 0x2C: return digits && groupOfThree(c, j + 1, end)  // 1,000
        case 0x3A, 0x2F: return digits && (scalar == 0x3A || allDigits(c, i, j))  // 10:30, 11/28/2000
        case 0x2E: return stopStays(b, c, i, j, end)
        case 0x26: return next?.kind == .letter && j - i <= 3 && c[i..<j].allSatisfy { (65...90).contains($0.scalar) }
        case 0x40, 0x25, 0x23: return false
        case _ where Self.isApostrophe(scalar): return next?.kind == .letter || next?.kind == .digit
        case _ where Self.isHyphen(scalar): return hyphenStays(b, c, i, j, end)
        default: return false
        }
    }

    private func allDigits(_ c: [Character], _ i: Int, _ j: Int) -> Bool {
        c[i..<j].allSatisfy { $0.kind == .digit || $0.scalar == 0x2F }
    }

    private func groupOfThree(_ c: [Character], _ from: Int, _ end: Int) -> Bool {
        var j = from
        while j < end, c[j].kind == .digit { j += 1 }
        return j - from == 3 || j - from == 2  // 1,00,000 in South Asia
    }

    /// A full stop inside a number, an initialism or an abbreviation.
    private func stopStays(_ b: UnsafeBufferPointer<UInt8>, _ c: [Character], _ i: Int, _ j: Int, _ end: Int) -> Bool {
        let next = j + 1 < end ? c[j + 1] : nil
        if let next, next.scalar == 0x2E { return false }
        if next?.kind == .digit { return true }
        let letters = c[i..<j].filter { $0.kind == .letter }.count
        if let next, next.kind == .letter {
            // U.S, e.g, file.doc, but not "end.The".
            if c[j - 1].kind == .letter, j - i == 1 || c[j - 2].scalar == 0x2E { return true }
            return !(65...90).contains(next.scalar)
        }
        let form = String(decoding: UnsafeBufferPointer(rebasing: b[c[i].start..<c[j].end]), as: UTF8.self)
        if lexicon.abbreviations.contains(form.lowercased()) { return c[i].kind == .letter }
        let innerStop = c[i..<j].contains { $0.scalar == 0x2E }
        if innerStop, letters <= 4, c[j - 1].kind == .letter, c[j - 2].scalar == 0x2E { return true }  // U.S.
        // A single capital is an initial, unless the text ends here.
        return j - i == 1 && (65...90).contains(c[i].scalar) && c[i].scalar != 0x49
    }

    private func hyphenStays(_ b: UnsafeBufferPointer<UInt8>, _ c: [Character], _ i: Int, _ j: Int, _ end: Int) -> Bool
    {
        guard let next = j + 1 < end ? c[j + 1] : nil, next.kind != .mark else { return false }
        let digitRun = c[i..<j].allSatisfy { $0.kind == .digit || Self.isHyphen($0.scalar) }
        if digitRun, next.kind == .digit {
            // 713-853-3989 is one word, 1998-2000 three.
            return c[i..<end].filter { Self.isHyphen($0.scalar) }.count >= 2
        }
        let form = String(decoding: UnsafeBufferPointer(rebasing: b[c[i].start..<c[j - 1].end]), as: UTF8.self)
        return lexicon.prefixes.contains(form.lowercased())
    }

    // MARK: - Words and clitics

    private func word(_ b: UnsafeBufferPointer<UInt8>, _ c: [Character], _ i: Int, _ end: Int, _ out: inout [Token]) {
        let form = String(decoding: UnsafeBufferPointer(rebasing: b[c[i].start..<c[end - 1].end]), as: UTF8.self)
        let low = form.lowercased()
        if let parts = lexicon.contractions[low], parts.reduce(0, { $0 + $1.count }) == end - i {
            var at = i
            for (index, part) in parts.enumerated() {
                emit(b, c, at, at + part.count, &out, multiword: index == 0 ? parts.count : 0)
                at += part.count
            }
            return
        }
        if let split = cliticStart(c, i, end), !lexicon.whole.contains(low) {
            emit(b, c, i, split, &out, multiword: 2)
            emit(b, c, split, end, &out, multiword: 0)
            return
        }
        if let unit = unitStart(c, i, end) {
            emit(b, c, i, unit, &out)
            emit(b, c, unit, end, &out)
            return
        }
        emit(b, c, i, end, &out)
    }

    /// Where "'s", "n't", "'re", "'ll", "'ve", "'d", "'m" begins.
    private func cliticStart(_ c: [Character], _ i: Int, _ end: Int) -> Int? {
        guard let quote = (i + 1..<max(end, i + 1)).last(where: { Self.isApostrophe(c[$0].scalar) }) else { return nil }
        let tail = String(String.UnicodeScalarView(c[(quote + 1)..<end].compactMap { Unicode.Scalar($0.scalar) }))
            .lowercased()
        switch tail {
        case "s", "re", "ll", "ve", "d", "m": return quote
        case "t" where quote - 1 > i && (c[quote - 1].scalar | 0x20) == 0x6E: return quote - 1
        default: return nil
        }
    }

    /// "10km", "5pm", "3bn": a number and a unit written together.
    private func unitStart(_ c: [Character], _ i: Int, _ end: Int) -> Int? {
        guard c[i].kind == .digit, let letter = (i..<end).first(where: { c[$0].kind == .letter }) else { return nil }
        guard c[letter..<end].allSatisfy({ $0.kind == .letter || $0.scalar == 0x2E }), c[letter - 1].kind == .digit
        else { return nil }
        let tail = String(String.UnicodeScalarView(c[letter..<end].compactMap { Unicode.Scalar($0.scalar) }))
            .lowercased()
        let units: Set<String> = [
            "km", "m", "cm", "mm", "kg", "g", "pm", "am", "p.m.", "a.m.", "bn", "mn", "tn", "mw", "gw", "mph", "kph",
            "hrs", "mins", "min", "ft", "lb", "lbs", "mg", "ml", "gb", "mb", "k",
        ]
        return units.contains(tail) ? letter : nil
    }

    private func emit(
        _ b: UnsafeBufferPointer<UInt8>, _ c: [Character], _ from: Int, _ to: Int, _ out: inout [Token],
        multiword: Int = 1
    ) {
        guard from < to else { return }
        let span = Span(c[from].start, c[to - 1].end)
        let form = String(decoding: UnsafeBufferPointer(rebasing: b[span.start..<span.end]), as: UTF8.self)
        out.append(Token(form: form, span: span, spaceAfter: false, multiword: multiword))
    }
}
