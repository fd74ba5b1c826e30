/// A half-open range of UTF-8 bytes in the original input.
///
/// Every annotation carries one, and it survives every stage: byte `start` up to, not including, byte `end`.
public struct Span: Hashable, Sendable, Codable, Comparable {
    /// First byte, counted from 0.
    public var start: Int
    /// One past the last byte.
    public var end: Int

    /// A range of bytes; `end` is never before `start`.
    public init(_ start: Int, _ end: Int) {
        precondition(start >= 0 && end >= start, "a span ends before it starts")
        self.start = start
        self.end = end
    }

    /// Number of bytes.
    public var count: Int { end - start }

    /// True when both ranges share at least one byte.
    public func overlaps(_ other: Span) -> Bool { max(start, other.start) < min(end, other.end) }

    /// True when `other` lies wholly inside.
    public func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }

    /// The smallest span that holds both.
    public func union(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }

    public static func < (left: Span, right: Span) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }
}
