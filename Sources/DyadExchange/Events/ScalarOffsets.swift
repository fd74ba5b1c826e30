/// Turns byte offsets of a text into offsets in Unicode scalars, which is what Python's `str` counts.
///
///     let offsets = ScalarOffsets(document.bytes)
///     line.text(event, offsets: offsets.callAsFunction)
public struct ScalarOffsets: Sendable {
    private let bytes: [UInt8]
    /// Number of scalars before every 64th byte.
    private let marks: [Int]

    /// The table of one text.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var marks: [Int] = []
        var count = 0
        for (index, byte) in bytes.enumerated() {
            if index % 64 == 0 { marks.append(count) }
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        if bytes.count % 64 == 0 { marks.append(count) }
        self.marks = marks
    }

    /// Number of scalars that begin before a byte; an offset after the end counts as the end.
    public func callAsFunction(_ byte: Int) -> Int {
        let end = max(0, min(byte, bytes.count))
        return bytes[(end / 64 * 64)..<end].reduce(marks[end / 64]) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
}
