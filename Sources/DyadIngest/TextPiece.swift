/// One word, number or sign of a line.
struct TextPiece: Sendable {
    enum Kind: Sendable { case word, number, symbol }

    var kind: Kind
    var start: Int
    var end: Int
    /// The word in lower case, the digits of a number, or the sign itself.
    var key: String
    /// White space before it: 0, 1, or 2 for more than one character.
    var gap: Int
    /// A word that begins with a capital letter.
    var isCapitalised = false
    /// A word of two letters or more, all capital.
    var isUpper = false
    /// A word with letters outside ASCII.
    var hasAccent = false
    /// A word in another alphabet than the Latin one.
    var isForeignScript = false

    /// Value of a number; nil for other pieces and for very long ones.
    var number: Int? { kind == .number && key.utf8.count <= 9 ? Int(key) : nil }

    /// True for the given sign.
    func isSymbol(_ sign: String) -> Bool { kind == .symbol && key == sign }

    /// True for a hyphen or dash.
    var isDash: Bool { kind == .symbol && ["-", "–", "—", "−", "‒", "―"].contains(key) }
}

/// Cuts a byte range into pieces.
struct PieceReader {
    let bytes: [UInt8]
    let end: Int
    private var index: Int
    private var pieces: [TextPiece] = []

    /// The pieces of a range.
    static func pieces(of bytes: [UInt8], in range: Range<Int>) -> [TextPiece] {
        var reader = PieceReader(bytes: bytes, end: min(range.upperBound, bytes.count), index: range.lowerBound)
        return reader.read()
    }

    private init(bytes: [UInt8], end: Int, index: Int) {
        self.bytes = bytes
        self.end = end
        self.index = index
    }

    private mutating func read() -> [TextPiece] {
        var gap = 0
        while index < end {
            let (scalar, length) = ScalarReader.scalar(in: bytes, at: index)
            switch ScalarReader.kind(of: scalar) {
            case .space:
                gap = min(2, gap + (scalar == 0x09 ? 2 : 1))
                index += length
                continue
            case .digit: readNumber(gap: gap)
            case .letter: readWord(gap: gap)
            case .symbol: readSymbol(length: length, gap: gap)
            }
            gap = 0
        }
        return pieces
    }

    private mutating func readNumber(gap: Int) {
        let start = index
        var digits: [UInt8] = []
        while index < end {
            let (scalar, length) = ScalarReader.scalar(in: bytes, at: index)
            guard ScalarReader.kind(of: scalar) == .digit else { break }
            digits.append(0x30 + ScalarReader.digit(scalar))
            index += length
        }
        let key = String(decoding: digits, as: UTF8.self)
        pieces.append(TextPiece(kind: .number, start: start, end: index, key: key, gap: gap))
    }

    private mutating func readSymbol(length: Int, gap: Int) {
        let stop = min(end, index + length)
        let key = String(decoding: bytes[index..<stop], as: UTF8.self)
        pieces.append(TextPiece(kind: .symbol, start: index, end: stop, key: key, gap: gap))
        index = stop
    }

    /// A word may hold apostrophes and hyphens between letters, and digits unless a number precedes it directly.
    private mutating func readWord(gap: Int) {
        let start = index
        let afterNumber = gap == 0 && pieces.last?.kind == .number
        var shape = WordShape()
        while index < end {
            let (scalar, length) = ScalarReader.scalar(in: bytes, at: index)
            switch ScalarReader.kind(of: scalar) {
            case .letter: shape.add(scalar)
            case .digit where !afterNumber: break
            case .symbol where isJoiner(scalar) && letterFollows(index + length): break
            default:
                append(from: start, gap: gap, shape: shape)
                return
            }
            index += length
        }
        append(from: start, gap: gap, shape: shape)
    }

    private func isJoiner(_ scalar: UInt32) -> Bool { scalar == 0x27 || scalar == 0x2019 || scalar == 0x2D }

    private func letterFollows(_ position: Int) -> Bool {
        guard position < end else { return false }
        return ScalarReader.kind(of: ScalarReader.scalar(in: bytes, at: position).scalar) == .letter
    }

    private mutating func append(from start: Int, gap: Int, shape: WordShape) {
        var piece = TextPiece(kind: .word, start: start, end: index, key: key(from: start), gap: gap)
        piece.isCapitalised = shape.isCapitalised
        piece.isUpper = shape.upper >= 2 && shape.lower == 0
        piece.hasAccent = shape.hasAccent
        piece.isForeignScript = shape.foreign * 2 > shape.letters
        pieces.append(piece)
    }

    private func key(from start: Int) -> String {
        if bytes[start..<index].contains(where: { $0 >= 0x80 }) {
            return folded(String(decoding: bytes[start..<index], as: UTF8.self).lowercased())
        }
        return String(unsafeUninitializedCapacity: index - start) { room in
            for offset in 0..<(index - start) {
                let byte = bytes[start + offset]
                room[offset] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            }
            return index - start
        }
    }

    /// With a straight apostrophe, and without the difference between Turkish dotted and dotless i.
    private func folded(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{307}": continue
            case "’": out.unicodeScalars.append("'")
            case "ı": out.unicodeScalars.append("i")
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}

/// Counts the letters of a word by case and alphabet.
private struct WordShape {
    var letters = 0
    var upper = 0
    var lower = 0
    var foreign = 0
    var isCapitalised = false
    var hasAccent = false

    mutating func add(_ scalar: UInt32) {
        let isUpper = scalar < 0x80 ? (0x41...0x5A).contains(scalar) : Self.isUpper(scalar)
        if letters == 0 { isCapitalised = isUpper }
        letters += 1
        if isUpper { upper += 1 } else if scalar != 0x5F { lower += 1 }
        if scalar >= 0x80 { hasAccent = true }
        if ScalarReader.isForeignScript(scalar) { foreign += 1 }
    }

    private static func isUpper(_ scalar: UInt32) -> Bool {
        Unicode.Scalar(scalar)?.properties.isUppercase ?? false
    }
}
