extension StringProtocol {
    /// The words with single spaces between, without a look at every character's Unicode properties.
    var singleSpaced: String {
        let bytes = Array(utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var isGap = false
        var index = 0
        while index < bytes.count {
            if bytes[index] <= 0x20 || bytes[index] >= 0xC2, let length = SingleSpaces.length(of: bytes[index...]) {
                isGap = !out.isEmpty
                index += length
                continue
            }
            if isGap { out.append(0x20) }
            isGap = false
            out.append(bytes[index])
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// White space in UTF-8.
enum SingleSpaces {
    /// Bytes of the white-space character at the start; nil for other characters.
    static func length(of bytes: ArraySlice<UInt8>) -> Int? {
        var iterator = bytes.makeIterator()
        guard let first = iterator.next() else { return nil }
        if first <= 0x20 { return first == 0x20 || (0x09...0x0D).contains(first) ? 1 : nil }
        switch first {
        case 0xC2:
            let second = iterator.next()
            return second == 0xA0 || second == 0x85 ? 2 : nil
        case 0xE2:
            guard let second = iterator.next(), let third = iterator.next() else { return nil }
            if second == 0x80 { return (0x80...0x8A).contains(third) || [0xA8, 0xA9, 0xAF].contains(third) ? 3 : nil }
            return second == 0x81 && third == 0x9F ? 3 : nil
        case 0xE3: return iterator.next() == 0x80 && iterator.next() == 0x80 ? 3 : nil
        default: return nil
        }
    }
}
