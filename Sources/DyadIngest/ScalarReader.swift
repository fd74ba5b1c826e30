/// Reads single characters out of UTF-8 and says what kind they are, without building strings.
enum ScalarReader {
    /// What a character is to the line features.
    enum Kind { case letter, digit, space, symbol }

    /// The scalar that begins at a byte, and its length; a broken sequence is U+FFFD of length 1.
    static func scalar(in bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int) {
        let first = bytes[index]
        if first < 0x80 { return (UInt32(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first < 0xF5, index + length <= bytes.count else { return (0xFFFD, 1) }
        var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for offset in 1..<length {
            let byte = bytes[index + offset]
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return (value, length)
    }

    /// The kind of a scalar.
    static func kind(of scalar: UInt32) -> Kind {
        scalar < 0x80 ? asciiKind(UInt8(scalar)) : otherKind(scalar)
    }

    /// Value of a decimal digit, European or Arabic.
    static func digit(_ scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0x0660...0x0669: UInt8(scalar - 0x0660)
        case 0x06F0...0x06F9: UInt8(scalar - 0x06F0)
        default: UInt8(truncatingIfNeeded: scalar &- 0x30)
        }
    }

    /// True for letters outside the Latin alphabet.
    static func isForeignScript(_ scalar: UInt32) -> Bool {
        scalar >= 0x0370 && !(0x1E00...0x1EFF).contains(scalar)
    }

    private static func asciiKind(_ byte: UInt8) -> Kind {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A, 0x5F: .letter
        case 0x30...0x39: .digit
        case 0x00...0x20, 0x7F: .space
        default: .symbol
        }
    }

    private static func otherKind(_ scalar: UInt32) -> Kind {
        switch scalar {
        case 0xA0, 0x85, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064, 0x2066...0x2069, 0x3000, 0xFEFF:
            .space
        case 0xAA, 0xB5, 0xBA: .letter
        case 0x80...0xBF, 0xD7, 0xF7: .symbol
        case 0x0660...0x0669, 0x06F0...0x06F9: .digit
        case 0x060C, 0x061B, 0x061F, 0x06D4, 0x0964, 0x0965: .symbol
        case 0x2010...0x2BFF, 0x3001...0x3003, 0x3008...0x3020, 0x30FB: .symbol
        case 0xFE00...0xFE0F, 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFFFD, 0x1F000...0x1FAFF: .symbol
        default: .letter
        }
    }
}
