/// How the bytes of an input stand for characters.
public enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    /// Western European; the guess for bytes that are no valid UTF-8.
    case windows1252 = "windows-1252"
    /// Turkish; differs from 1252 in six letters.
    case windows1254 = "windows-1254"
    /// Cyrillic.
    case windows1251 = "windows-1251"
    /// Arabic, Persian and Urdu.
    case windows1256 = "windows-1256"

    /// The encoding that the first bytes announce, and the length of the mark.
    static func announced(by bytes: [UInt8]) -> (encoding: TextEncoding, mark: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }

    /// UTF-16 without a mark: nearly every second byte of Western text is then zero, and none between.
    static func guessed(from bytes: [UInt8]) -> TextEncoding? {
        let head = bytes.prefix(4096)
        guard head.count >= 16 else { return nil }
        var zeros = (even: 0, odd: 0)
        for (index, byte) in head.enumerated() where byte == 0 {
            if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        if zeros.even == 0, zeros.odd * 3 > head.count { return .utf16LittleEndian }
        if zeros.odd == 0, zeros.even * 3 > head.count { return .utf16BigEndian }
        return nil
    }

    /// The bytes as UTF-8; broken sequences become U+FFFD.
    func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        switch self {
        case .utf8: Array(String(decoding: bytes, as: UTF8.self).utf8)
        case .utf16LittleEndian: utf16(bytes, low: 0)
        case .utf16BigEndian: utf16(bytes, low: 1)
        case .windows1252, .windows1254, .windows1251, .windows1256: singleByte(bytes)
        }
    }

    private func utf16(_ bytes: ArraySlice<UInt8>, low: Int) -> [UInt8] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2 + 1)
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            units.append(UInt16(bytes[index + low]) | UInt16(bytes[index + 1 - low]) << 8)
            index += 2
        }
        if index < bytes.endIndex { units.append(0xFFFD) }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private func singleByte(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let table = (0...127).map { upper in Array(String(scalar(for: UInt8(128 + upper))).utf8) }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 { out.append(byte) } else { out.append(contentsOf: table[Int(byte) - 128]) }
        }
        return out
    }

    /// The character of an upper byte in an encoding of one byte a character.
    func scalar(for byte: UInt8) -> Unicode.Scalar {
        let value: UInt32
        switch (self, byte) {
        case (.windows1251, 0xC0...0xFF): value = 0x0410 + UInt32(byte) - 0xC0
        case (.windows1251, 0x80...0xBF): value = cyrillicUpperHalf[Int(byte) - 0x80]
        case (.windows1256, _): value = arabicUpperHalf[Int(byte) & 0x7F]
        case (.windows1254, _): value = turkishLetters[byte] ?? westernScalar(byte)
        default: value = westernScalar(byte)
        }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    private func westernScalar(_ byte: UInt8) -> UInt32 {
        byte < 0xA0 ? westernPunctuation[Int(byte) - 0x80] : UInt32(byte)
    }
}

/// Bytes 0x80 to 0x9F of windows-1252; the five unused ones become U+FFFD.
private let westernPunctuation: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
    0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0xFFFD, 0x017E, 0x0178,
]

/// Bytes 0x80 to 0xBF of windows-1251.
private let cyrillicUpperHalf: [UInt32] = [
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C,
    0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122, 0x0459, 0x203A,
    0x045A, 0x045C, 0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9,
    0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7,
    0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
]

/// Bytes 0x80 to 0xFF of windows-1256.
private let arabicUpperHalf: [UInt32] = [
    0x20AC, 0x067E, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0679, 0x2039, 0x0152, 0x0686,
    0x0698, 0x0688, 0x06AF, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x06A9, 0x2122, 0x0691, 0x203A,
    0x0153, 0x200C, 0x200D, 0x06BA, 0x00A0, 0x060C, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7, 0x00A8, 0x00A9,
    0x06BE, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF, 0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
    0x00B8, 0x00B9, 0x061B, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x061F, 0x06C1, 0x0621, 0x0622, 0x0623, 0x0624, 0x0625,
    0x0626, 0x0627, 0x0628, 0x0629, 0x062A, 0x062B, 0x062C, 0x062D, 0x062E, 0x062F, 0x0630, 0x0631, 0x0632, 0x0633,
    0x0634, 0x0635, 0x0636, 0x00D7, 0x0637, 0x0638, 0x0639, 0x063A, 0x0640, 0x0641, 0x0642, 0x0643, 0x00E0, 0x0644,
    0x00E2, 0x0645, 0x0646, 0x0647, 0x0648, 0x00E7, 0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x0649, 0x064A, 0x00EE, 0x00EF,
    0x064B, 0x064C, 0x064D, 0x064E, 0x00F4, 0x064F, 0x0650, 0x00F7, 0x0651, 0x00F9, 0x0652, 0x00FB, 0x00FC, 0x200E,
    0x200F, 0x06D2,
]

/// The six letters in which windows-1254 differs from 1252.
private let turkishLetters: [UInt8: UInt32] = [
    0xD0: 0x011E, 0xDD: 0x0130, 0xDE: 0x015E, 0xF0: 0x011F, 0xFD: 0x0131, 0xFE: 0x015F,
]
