/// Cuts words into the pieces that time expressions are made of: runs of letters, runs of digits, single marks.
///
/// `mid-October` gives three pieces, `14th` one, `1990s` two, `p.m.` one.
public enum TimePieces {
    /// What a piece is made of.
    public enum Kind: Sendable { case letters, digits, ordinal, mark }

    /// One piece of a word.
    public struct Piece: Sendable, Equatable {
        /// In lower case; without the dots of an abbreviation, without the ending of an ordinal.
        public var text: String
        public var kind: Kind
        /// Bytes of the word.
        public var bytes: Range<Int>
    }

    /// The pieces of a word without white space.
    public static func of(_ word: String) -> [Piece] {
        let bytes = Array(word.utf8)
        if let whole = abbreviation(bytes) { return [whole] }
        var out: [Piece] = []
        var at = 0
        while at < bytes.count {
            let end: Int
            let kind: Kind
            if isDigit(bytes[at]) {
                (end, kind) = (run(bytes, at, isDigit), .digits)
            } else if isLetter(bytes[at]) {
                (end, kind) = (run(bytes, at, isLetter), .letters)
            } else {
                (end, kind) = (at + markLength(bytes, at), .mark)
            }
            append(&out, bytes, at..<end, kind)
            at = end
        }
        return out
    }

    private static func append(_ out: inout [Piece], _ bytes: [UInt8], _ range: Range<Int>, _ kind: Kind) {
        let text = String(decoding: bytes[range], as: UTF8.self).lowercased()
        if kind == .letters, let last = out.last, last.kind == .digits, ["st", "nd", "rd", "th"].contains(text) {
            out[out.count - 1].kind = .ordinal
            out[out.count - 1].bytes = last.bytes.lowerBound..<range.upperBound
            return
        }
        out.append(Piece(text: text, kind: kind, bytes: range))
    }

    /// `Dec.`, `p.m.`, `U.S.`: letters with dots after them; the dots do not count.
    private static func abbreviation(_ bytes: [UInt8]) -> Piece? {
        guard bytes.count > 1, bytes.last == dot, bytes.allSatisfy({ isLetter($0) || $0 == dot }), isLetter(bytes[0])
        else { return nil }
        let letters = bytes.filter { $0 != dot }
        return Piece(
            text: String(decoding: letters, as: UTF8.self).lowercased(), kind: .letters, bytes: 0..<bytes.count)
    }

    private static func run(_ bytes: [UInt8], _ start: Int, _ belongs: (UInt8) -> Bool) -> Int {
        var end = start + 1
        while end < bytes.count, belongs(bytes[end]) || isInnerApostrophe(bytes, end, belongs) { end += 1 }
        return end
    }

    /// The apostrophe of "o'clock" belongs to the word; that of "'90s" and of a possessive does not.
    private static func isInnerApostrophe(_ bytes: [UInt8], _ at: Int, _ belongs: (UInt8) -> Bool) -> Bool {
        bytes[at] == apostrophe && at + 2 < bytes.count && belongs(bytes[at + 1]) && isLetter(bytes[at + 1])
    }

    private static func markLength(_ bytes: [UInt8], _ at: Int) -> Int {
        // The signs of UTF-8 that are no letters here: dashes and quotation marks, U+2010 to U+203A, three bytes.
        bytes[at] == 0xE2 ? min(3, bytes.count - at) : 1
    }

    private static let dot = UInt8(ascii: ".")
    private static let apostrophe = UInt8(ascii: "'")
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x80 && byte != 0xE2
    }
}
