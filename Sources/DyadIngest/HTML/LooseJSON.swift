/// A value of the JSON that pages carry for search engines.
///
/// Such JSON is often broken: line breaks inside texts, commas before brackets, comments around it. What can be read
/// is read; reading stops quietly where nothing fits.
indirect enum LooseJSON {
    case object([(key: String, value: LooseJSON)])
    case array([LooseJSON])
    case text(String)
    /// Number, true, false or null, as written.
    case word(String)

    /// All values in some bytes, one after the other.
    static func values(in bytes: ArraySlice<UInt8>) -> [LooseJSON] {
        var reader = LooseJSONReader(bytes: bytes)
        return reader.all()
    }

    /// The member of an object.
    subscript(key: String) -> LooseJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The elements of an array, or the value alone.
    var items: [LooseJSON] {
        if case .array(let items) = self { return items }
        return [self]
    }

    /// A text, without white space around it.
    var string: String? {
        guard case .text(let text) = self else { return nil }
        let words = text.singleSpaced
        return words.isEmpty ? nil : words
    }
}

private struct LooseJSONReader {
    let bytes: ArraySlice<UInt8>
    var index: Int

    init(bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    mutating func all() -> [LooseJSON] {
        var out: [LooseJSON] = []
        while index < bytes.endIndex {
            if bytes[index] == 0x7B || bytes[index] == 0x5B, let value = value(depth: 0) {
                out.append(value)
            } else {
                index += 1
            }
        }
        return out
    }

    private mutating func skipSpace() {
        while index < bytes.endIndex, bytes[index] <= 0x20 { index += 1 }
    }

    private mutating func value(depth: Int) -> LooseJSON? {
        skipSpace()
        guard index < bytes.endIndex, depth < 40 else { return nil }
        switch bytes[index] {
        case 0x7B: return object(depth: depth)
        case 0x5B: return array(depth: depth)
        case 0x22: return .text(text())
        default: return word()
        }
    }

    private mutating func object(depth: Int) -> LooseJSON {
        index += 1
        var members: [(key: String, value: LooseJSON)] = []
        while true {
            skipSpace()
            guard index < bytes.endIndex else { break }
            if bytes[index] == 0x7D {
                index += 1
                break
            }
            if bytes[index] == 0x2C {
                index += 1
                continue
            }
            guard bytes[index] == 0x22 else { break }
            let key = text()
            skipSpace()
            guard index < bytes.endIndex, bytes[index] == 0x3A else { break }
            index += 1
            guard let value = value(depth: depth + 1) else { break }
            members.append((key, value))
        }
        return .object(members)
    }

    private mutating func array(depth: Int) -> LooseJSON {
        index += 1
        var items: [LooseJSON] = []
        while true {
            skipSpace()
            guard index < bytes.endIndex else { break }
            if bytes[index] == 0x5D {
                index += 1
                break
            }
            if bytes[index] == 0x2C {
                index += 1
                continue
            }
            guard bytes[index] != 0x7D, let value = value(depth: depth + 1) else { break }
            items.append(value)
        }
        return .array(items)
    }

    private mutating func word() -> LooseJSON? {
        let start = index
        while index < bytes.endIndex, bytes[index] > 0x20, ![0x2C, 0x5D, 0x7D, 0x3A].contains(bytes[index]) {
            index += 1
        }
        return index == start ? nil : .word(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func text() -> String {
        index += 1
        var out: [UInt8] = []
        while index < bytes.endIndex, bytes[index] != 0x22 {
            if bytes[index] == 0x5C, index + 1 < bytes.endIndex {
                escape(&out)
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        index += 1
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func escape(_ out: inout [UInt8]) {
        let sign = bytes[index + 1]
        index += 2
        switch sign {
        case 0x6E, 0x72, 0x74: out.append(0x20)
        case 0x62, 0x66: break
        case 0x75: out.append(contentsOf: String(unicode()).utf8)
        default: out.append(sign)
        }
    }

    private mutating func unicode() -> Character {
        var value = unit()
        if (0xD800..<0xDC00).contains(value), index + 1 < bytes.endIndex, bytes[index] == 0x5C, bytes[index + 1] == 0x75
        {
            index += 2
            let low = unit()
            if (0xDC00..<0xE000).contains(low) { value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00) }
        }
        return Character(Unicode.Scalar(value) ?? "\u{FFFD}")
    }

    private mutating func unit() -> UInt32 {
        let end = min(index + 4, bytes.endIndex)
        let digits = String(decoding: bytes[index..<end], as: UTF8.self)
        index = end
        return UInt32(digits, radix: 16) ?? 0xFFFD
    }
}
