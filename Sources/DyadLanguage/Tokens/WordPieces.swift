import Foundation

/// What the encoder needs to know of one word: its pieces, its case and its affixes.
///
/// The twin of `Training/language/data.py`; a test compares the two on recorded words.
struct WordFeatures: Sendable {
    var pieces: [Int32]
    var caseClass: UInt8
    /// Rows of prefix-3, suffix-3 and shape in the affix table.
    var affixes: (Int32, Int32, Int32)
}

/// Cuts words into the encoder's pieces (WordPiece, longest match first) after BERT's uncased
/// normalisation.
struct WordPieces: Sendable {
    static let maxPieces = 8
    static let hashRows: UInt32 = 4096
    private let vocabulary: [[UInt8]: Int32]
    private let unknown: Int32

    init(vocabulary lines: [String]) {
        var table: [[UInt8]: Int32] = [:]
        table.reserveCapacity(lines.count)
        for (index, line) in lines.enumerated() where table[Array(line.utf8)] == nil {
            table[Array(line.utf8)] = Int32(index)
        }
        vocabulary = table
        unknown = table[Array("[UNK]".utf8)] ?? 100
    }

    func features(_ word: String) -> WordFeatures {
        WordFeatures(pieces: pieces(word), caseClass: Self.caseClass(word), affixes: Self.affixes(word))
    }

    /// At most eight pieces: the first seven and the last.
    func pieces(_ word: String) -> [Int32] {
        var ids: [Int32] = []
        for part in Self.parts(Self.normalised(word)) { append(part, to: &ids) }
        if ids.isEmpty { ids = [unknown] }
        if ids.count > Self.maxPieces, let last = ids.last { ids = ids.prefix(Self.maxPieces - 1) + [last] }
        return ids
    }

    private func append(_ part: [UInt8], to ids: inout [Int32]) {
        if part.count > 256 || String(decoding: part, as: UTF8.self).unicodeScalars.count > 64 {
            ids.append(unknown)
            return
        }
        let before = ids.count
        var start = 0
        while start < part.count {
            var end = part.count
            var found: Int32?
            while end > start {
                let piece = start == 0 ? Array(part[..<end]) : [35, 35] + part[start..<end]
                if let id = vocabulary[piece] {
                    found = id
                    break
                }
                end -= 1
            }
            guard let found else {
                ids.removeLast(ids.count - before)
                ids.append(unknown)
                return
            }
            ids.append(found)
            start = end
        }
    }

    /// Lower case, canonical decomposition, marks and control characters out.
    static func normalised(_ word: String) -> String {
        if word.utf8.allSatisfy({ $0 < 0x80 && $0 >= 0x20 && $0 != 0x7F }) { return word.lowercased() }
        let decomposed = word.lowercased().decomposedStringWithCanonicalMapping
        var out = String.UnicodeScalarView()
        for scalar in decomposed.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .control, .format: continue
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    /// Runs between white space, with every punctuation mark and ideograph on its own.
    private static func parts(_ word: String) -> [[UInt8]] {
        var out: [[UInt8]] = []
        var run: [UInt8] = []
        for scalar in word.unicodeScalars {
            if scalar.properties.isWhitespace {
                if !run.isEmpty { out.append(run) }
                run = []
            } else if isPunctuation(scalar) || (0x4E00...0x9FFF).contains(scalar.value) {
                if !run.isEmpty { out.append(run) }
                out.append(Array(String(scalar).utf8))
                run = []
            } else {
                run.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
            }
        }
        if !run.isEmpty { out.append(run) }
        return out
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 33...47, 58...64, 91...96, 123...126: return true
        case ..<128: return false
        default:
            switch scalar.properties.generalCategory {
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation, .otherPunctuation:
                return true
            default: return false
            }
        }
    }

    /// 0 lower, 1 Title, 2 UPPER, 3 miXed, 4 digits, 5 digits with others, 6 no letter or digit, 7 one capital.
    static func caseClass(_ word: String) -> UInt8 {
        var upper = 0, lower = 0, digits = 0, count = 0, firstIsUpper = false
        for scalar in word.unicodeScalars {
            if isUpper(scalar) {
                upper += 1
                if count == 0 { firstIsUpper = true }
            } else if isLower(scalar) {
                lower += 1
            } else if isDigit(scalar) {
                digits += 1
            }
            count += 1
        }
        if digits > 0 { return digits == count ? 4 : 5 }
        if upper == 0 { return lower == 0 ? 6 : 0 }
        if lower == 0 { return upper == 1 ? 7 : 2 }
        return firstIsUpper && upper == 1 ? 1 : 3
    }

    private static func isUpper(_ s: Unicode.Scalar) -> Bool {
        s.value < 128 ? (65...90).contains(s.value) : s.properties.isUppercase
    }

    private static func isLower(_ s: Unicode.Scalar) -> Bool {
        s.value < 128 ? (97...122).contains(s.value) : s.properties.isLowercase
    }

    private static func isDigit(_ s: Unicode.Scalar) -> Bool {
        s.value < 128
            ? (48...57).contains(s.value) : s.properties.numericType == .decimal || s.properties.numericType == .digit
    }

    static func shape(_ word: String) -> String {
        var out: [Unicode.Scalar] = []
        for scalar in word.unicodeScalars {
            let kind: Unicode.Scalar = isUpper(scalar) ? "X" : isLower(scalar) ? "x" : isDigit(scalar) ? "d" : scalar
            if out.count >= 3, out.suffix(3).allSatisfy({ $0 == kind }) { continue }
            out.append(kind)
        }
        return String(String.UnicodeScalarView(out))
    }

    static func affixes(_ word: String) -> (Int32, Int32, Int32) {
        let scalars = Array(word.lowercased().unicodeScalars)
        let prefix = String(String.UnicodeScalarView(scalars.prefix(3)))
        let suffix = String(String.UnicodeScalarView(scalars.suffix(3)))
        return (
            Int32(hash(prefix, 1) % hashRows), Int32(4096 + hash(suffix, 2) % hashRows),
            Int32(8192 + hash(shape(word), 3) % hashRows)
        )
    }

    /// FNV-1a, 32 bits, the seed hashed first as one byte.
    private static func hash(_ text: String, _ seed: UInt8) -> UInt32 {
        var value: UInt32 = 2_166_136_261
        value = (value ^ UInt32(seed)) &* 16_777_619
        for byte in text.utf8 { value = (value ^ UInt32(byte)) &* 16_777_619 }
        return value
    }
}
