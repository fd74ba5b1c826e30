/// The writing of a letter.
enum Script: Int, CaseIterable, Sendable {
    case latin, cyrillic, arabic, han, kana, hangul, hebrew, greek, devanagari, bengali, tamil, thai, armenian, georgian
    case ethiopic, other

    /// The script of a letter; what is no letter has none.
    init?(_ scalar: UInt32) {
        if scalar < 0x80 {
            guard (0x61...0x7A).contains(scalar | 0x20) else { return nil }
            self = .latin
            return
        }
        guard ScalarReader.kind(of: UnicodeValue.checked(scalar)) == .letter else { return nil }
        self = Self.ranges.first { $0.0.contains(scalar) }?.1 ?? .other
    }

    /// The language of a script that is written by one alone.
    var language: String? {
        switch self {
        case .han: "zh"
        case .kana: "ja"
        case .hangul: "ko"
        case .hebrew: "he"
        case .greek: "el"
        case .devanagari: "hi"
        case .bengali: "bn"
        case .tamil: "ta"
        case .thai: "th"
        case .armenian: "hy"
        case .georgian: "ka"
        case .ethiopic: "am"
        case .latin, .cyrillic, .arabic, .other: nil
        }
    }

    private static let ranges: [(ClosedRange<UInt32>, Script)] = [
        (0xAA...0x02FF, .latin), (0x1E00...0x1EFF, .latin), (0x0400...0x052F, .cyrillic), (0x0600...0x077F, .arabic),
        (0x08A0...0x08FF, .arabic), (0xFB50...0xFEFC, .arabic), (0x4E00...0x9FFF, .han), (0x3400...0x4DBF, .han),
        (0x3040...0x30FF, .kana), (0xAC00...0xD7A3, .hangul), (0x1100...0x11FF, .hangul), (0x0590...0x05FF, .hebrew),
        (0x0370...0x03FF, .greek), (0x1F00...0x1FFF, .greek), (0x0900...0x097F, .devanagari),
        (0x0980...0x09FF, .bengali), (0x0B80...0x0BFF, .tamil), (0x0E00...0x0E7F, .thai), (0x0530...0x058F, .armenian),
        (0x10A0...0x10FF, .georgian), (0x1200...0x137F, .ethiopic),
    ]
}

/// Small letters without building strings.
enum UnicodeValue {
    /// The value itself; U+FFFD for what is no character.
    static func checked(_ scalar: UInt32) -> UInt32 { Unicode.Scalar(scalar) == nil ? 0xFFFD : scalar }

    /// The small letter of a letter.
    static func lowered(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE, 0x0410...0x042F: return scalar + 32
        case 0x0400...0x040F: return scalar + 80
        case 0x0130: return 0x69
        case 0x0100...0x017F, 0x0460...0x052F, 0x1E00...0x1EFF:
            guard let letter = Unicode.Scalar(scalar) else { return scalar }
            return letter.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar
        default: return scalar
        }
    }
}
