/// FNV-1a, 64 bits: the same number for the same bytes on every machine and run, unlike `Hasher`.
public struct StableHash: Sendable {
    public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// The hash of nothing.
    public init() {}

    /// Adds the UTF-8 of a text and a separator.
    public mutating func combine(_ text: String) {
        for byte in text.utf8 { add(byte) }
        add(0)
    }

    /// Adds a number.
    public mutating func combine(_ number: Int) { combine(String(number)) }

    private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }

    /// Sixteen hexadecimal digits.
    public var hex: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
