/// Writes one JSON value after another into bytes: ASCII only, keys in the order they are written, no white space.
///
/// The writer trusts its caller to open and close objects and arrays in pairs; it sets the commas.
///
///     var json = JSONWriter()
///     json.object {
///         $0.key("id"); $0.string("a")
///         $0.key("span"); $0.array { $0.integer(0); $0.integer(6) }
///     }
///     json.text  // {"id":"a","span":[0,6]}
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    /// True when the next value or key follows another one in the same object or array.
    private var needsComma = false

    /// An empty writer with room for a number of bytes.
    public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// What was written so far, as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes an object; the body writes keys and values in turn.
    public mutating func object(_ body: (inout JSONWriter) -> Void) { enclose(0x7B, 0x7D, body) }

    /// Writes an array; the body writes its values.
    public mutating func array(_ body: (inout JSONWriter) -> Void) { enclose(0x5B, 0x5D, body) }

    /// Writes an array of the values of a sequence.
    public mutating func array<Values: Sequence>(
        _ values: Values, _ body: (inout JSONWriter, Values.Element) -> Void
    ) {
        array { writer in for value in values { body(&writer, value) } }
    }

    /// Writes the key of the next value.
    public mutating func key(_ name: String) {
        string(name)
        bytes.append(0x3A)
        needsComma = false
    }

    /// Writes a string, or null for nil.
    public mutating func string(_ value: String?) {
        guard var text = value else { return null() }
        separate()
        bytes.append(0x22)
        text.withUTF8 { appendEscaped($0) }
        bytes.append(0x22)
    }

    /// Writes a whole number, or null for nil.
    public mutating func integer(_ value: Int?) {
        guard let value else { return null() }
        separate()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Writes a number in its shortest form, whole ones without a fraction; null for nil and for what is not finite.
    public mutating func number(_ value: Double?) {
        guard let value, value.isFinite else { return null() }
        if abs(value) < 1e15, let whole = Int(exactly: value) { return integer(whole) }
        separate()
        bytes.append(contentsOf: value.description.utf8)
    }

    /// Writes true or false, or null for nil.
    public mutating func boolean(_ value: Bool?) {
        guard let value else { return null() }
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Writes null.
    public mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
    }

    /// Writes a parsed value again.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .boolean(let flag): boolean(flag)
        case .integer(let number): integer(number)
        case .number(let number): self.number(number)
        case .string(let text): string(text)
        case .array(let items): array(items) { $0.value($1) }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.key(member.key)
                    writer.value(member.value)
                }
            }
        }
    }

    /// Ends a line, so that the next value begins a new one.
    public mutating func endLine() {
        bytes.append(0x0A)
        needsComma = false
    }

    /// Puts ready-made JSON in the place of the next value.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// Forgets what was written and keeps the room, for the next batch of lines.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    private mutating func enclose(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(open)
        needsComma = false
        body(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(0x2C) }
        needsComma = true
    }

    /// Appends runs of plain ASCII whole, everything else escaped.
    private mutating func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < utf8.count {
            let start = index
            while index < utf8.count, isPlain(utf8[index]) { index += 1 }
            if index > start { bytes.append(contentsOf: utf8[start..<index]) }
            guard index < utf8.count else { return }
            if utf8[index] < 0x80 {
                appendControl(utf8[index])
                index += 1
            } else {
                index += appendScalar(utf8, at: index)
            }
        }
    }

    private mutating func appendControl(_ byte: UInt8) {
        bytes.append(0x5C)
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default: appendHex(UInt32(byte))
        }
    }

    /// Appends the scalar at an index of valid UTF-8 and returns its length in bytes.
    private mutating func appendScalar(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let lead = utf8[index]
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var scalar = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for offset in 1..<length { scalar = scalar << 6 | UInt32(utf8[index + offset] & 0x3F) }
        if scalar > 0xFFFF {
            bytes.append(0x5C)
            appendHex(0xD800 + (scalar - 0x10000) >> 10)
            scalar = 0xDC00 + (scalar - 0x10000) & 0x3FF
        }
        bytes.append(0x5C)
        appendHex(scalar)
        return length
    }

    /// Appends `u` and four hexadecimal digits.
    private mutating func appendHex(_ unit: UInt32) {
        bytes.append(UInt8(ascii: "u"))
        for shift in [12, 8, 4, 0] as [UInt32] {
            let digit = UInt8(truncatingIfNeeded: unit >> shift & 0xF)
            bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}

/// True for printable ASCII that stands for itself in a JSON string.
private func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C
}
