import DyadExchange

/// Finds the `id` of a record without reading the rest, so that a line too long, cut off or deadly is still named.
///
/// Bytes are fed one after another; nothing but the id is kept.
struct RecordIdentifier {
    private static let longest = 4096
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// True where the next string of the outer object is a key.
    private var awaitsKey = false
    private var key: [UInt8] = []
    private var captured: [UInt8]?
    private var found: [UInt8]?

    /// The id, null when there is none that is whole.
    var value: JSONValue { found.flatMap { try? JSONValue(parsing: $0) } ?? .null }

    /// The id of a line.
    static func find(in line: some Sequence<UInt8>) -> JSONValue {
        var finder = RecordIdentifier()
        finder.feed(line)
        return finder.value
    }

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { feed(byte) }
    }

    private mutating func feed(_ byte: UInt8) {
        if isInString {
            inString(byte)
        } else {
            outside(byte)
        }
        if let count = captured?.count, count > Self.longest { captured = nil }
    }

    private mutating func inString(_ byte: UInt8) {
        captured?.append(byte)
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
            return
        }
        if awaitsKey, depth == 1, key.count < 3 { key.append(byte) }
    }

    private mutating func outside(_ byte: UInt8) {
        let endsValue = depth == 1 && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}"))
        if endsValue, let whole = captured {
            found = whole
            captured = nil
        }
        captured?.append(byte)
        switch byte {
        case UInt8(ascii: "\""):
            isInString = true
            if awaitsKey { key.removeAll() }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            depth += 1
            if depth == 1 { awaitsKey = byte == UInt8(ascii: "{") }
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: ",") where depth == 1: awaitsKey = true
        case UInt8(ascii: ":") where depth == 1 && awaitsKey:
            awaitsKey = false
            if key == Array("id".utf8) { captured = [] }
        default: break
        }
    }
}
