/// Recursive-descent parser of one JSON text (RFC 8259) over UTF-8 bytes.
struct JSONParser {
    private let bytes: ArraySlice<UInt8>
    private let depthLimit: Int
    private var index: Int
    private var depth = 0

    init(_ bytes: ArraySlice<UInt8>, depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
        index = bytes.startIndex
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index += 3 }
    }

    /// The only value of the text.
    mutating func document() throws(JSONError) -> JSONValue {
        skipSpace()
        let value = try value()
        skipSpace()
        if index < bytes.endIndex { throw error("unexpected text after the value") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        switch peek() {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw error("the text ends where a value is expected")
        case let byte? where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte): return try number()
        default: throw error("a value is expected")
        }
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        try enter()
        var members: [JSONMember] = []
        if take(UInt8(ascii: "}")) { return leave(.object(members)) }
        while true {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { throw error("a key in double quotes is expected") }
            let key = try string()
            guard take(UInt8(ascii: ":")) else { throw error("a colon is expected after the key") }
            skipSpace()
            members.append(JSONMember(key, try value()))
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw error("a comma or } is expected") }
            return leave(.object(members))
        }
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        try enter()
        var items: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return leave(.array(items)) }
        while true {
            skipSpace()
            items.append(try value())
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw error("a comma or ] is expected") }
            return leave(.array(items))
        }
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        if depth > depthLimit { throw error("more than \(depthLimit) levels of nesting", .depth) }
        index += 1
    }

    private mutating func leave(_ value: JSONValue) -> JSONValue {
        depth -= 1
        return value
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let text = word.description.utf8
        guard bytes[index...].starts(with: text) else { throw error("a value is expected") }
        index += text.count
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        var isWhole = true
        _ = takeByte(UInt8(ascii: "-"))
        let first = peek()
        let whole = takeDigits()
        if whole == 0 { throw error("a digit is expected") }
        if first == UInt8(ascii: "0"), whole > 1 { throw error("a number may not begin with 0", at: start) }
        if takeByte(UInt8(ascii: ".")) {
            isWhole = false
            if takeDigits() == 0 { throw error("a digit is expected after the point") }
        }
        if takeByte(UInt8(ascii: "e")) || takeByte(UInt8(ascii: "E")) {
            isWhole = false
            if !takeByte(UInt8(ascii: "+")) { _ = takeByte(UInt8(ascii: "-")) }
            if takeDigits() == 0 { throw error("a digit is expected in the exponent") }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let number = Int(text) { return .integer(number) }
        guard let number = Double(text), number.isFinite else { throw error("the number is too large", at: start) }
        return .number(number)
    }

    /// Reads a string from its opening quote to its closing one.
    private mutating func string() throws(JSONError) -> String {
        let open = index
        index += 1
        let start = index
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                let text = try decoded(bytes[start..<index], from: start)
                index += 1
                return text
            case UInt8(ascii: "\\"): return try escapedString(from: start, open: open)
            case 0..<0x20: throw error("a control character in a string")
            default: index += 1
            }
        }
        throw error("the string is not closed", at: open)
    }

    /// Goes on with a string at its first backslash.
    private mutating func escapedString(from start: Int, open: Int) throws(JSONError) -> String {
        var buffer = Array(bytes[start..<index])
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return try decoded(buffer[...], from: start)
            case UInt8(ascii: "\\"): try escape(into: &buffer)
            case 0..<0x20: throw error("a control character in a string")
            default:
                buffer.append(byte)
                index += 1
            }
        }
        throw error("the string is not closed", at: open)
    }

    private mutating func escape(into buffer: inout [UInt8]) throws(JSONError) {
        index += 1
        guard let byte = peek() else { throw error("the string is not closed") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"): buffer.append(contentsOf: String(try escapedScalar()).utf8)
        default: throw error("an unknown escape in a string", at: index - 1)
        }
    }

    /// The scalar of `\uXXXX`, or of two of them that make a surrogate pair; U+FFFD for half a pair.
    private mutating func escapedScalar() throws(JSONError) -> Character {
        let unit = try hexUnit()
        if let scalar = Unicode.Scalar(unit) { return Character(scalar) }
        let rest = bytes[index...].prefix(2)
        guard unit < 0xDC00, rest.elementsEqual([UInt8(ascii: "\\"), UInt8(ascii: "u")]) else { return "\u{FFFD}" }
        let back = index
        index += 2
        let low = try hexUnit()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else {
            index = back
            return "\u{FFFD}"
        }
        return Character(scalar)
    }

    private mutating func hexUnit() throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = hexDigit(byte) else {
                throw error("four hexadecimal digits are expected")
            }
            unit = unit << 4 | digit
            index += 1
        }
        return unit
    }

    private func decoded(_ slice: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw error("a string that is not valid UTF-8", .encoding, at: start)
        }
        return text
    }

    private func peek() -> UInt8? { index < bytes.endIndex ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    /// Skips white space and takes a byte when it comes next.
    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        return takeByte(byte)
    }

    private mutating func takeByte(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    private mutating func takeDigits() -> Int {
        let start = index
        while let byte = peek(), (0x30...0x39).contains(byte) { index += 1 }
        return index - start
    }

    private func error(_ reason: String, _ kind: JSONError.Kind = .syntax, at place: Int? = nil) -> JSONError {
        JSONError(kind: kind, offset: (place ?? index) - bytes.startIndex, reason: reason)
    }
}

private func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46: UInt32(byte) - 0x37
    case 0x61...0x66: UInt32(byte) - 0x57
    default: nil
    }
}
