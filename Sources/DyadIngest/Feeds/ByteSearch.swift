import Foundation

/// Finds short marks in bytes.
enum ByteSearch {
    /// The first place of a mark at or behind a byte.
    static func first(of mark: UnsafeBufferPointer<UInt8>, in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = mark.first, start >= 0 else { return nil }
        return bytes.withUnsafeBytes { text in
            guard let base = text.baseAddress else { return nil }
            var place = start
            while place + mark.count <= text.count {
                guard let found = memchr(base + place, Int32(first), text.count - mark.count + 1 - place) else {
                    return nil
                }
                place = UnsafeRawPointer(found) - base
                if mark.indices.allSatisfy({ text[place + $0] == mark[$0] }) { return place }
                place += 1
            }
            return nil
        }
    }

    /// The first place of a text at or behind a byte.
    static func first(of mark: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
        mark.withUTF8Buffer { first(of: $0, in: bytes, from: start) }
    }
}
