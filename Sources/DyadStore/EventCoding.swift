public import DyadCore

/// How events become the lines that the store keeps as the authoritative copy, and back.
///
/// The store knows no format of its own; the caller brings one, such as the archive form of DyadExchange.
public struct EventCoding: Sendable {
    /// Turns an event into one line.
    public var encode: @Sendable (Event) throws -> String
    /// Turns a line into the event it was made from.
    public var decode: @Sendable (String) throws -> Event

    /// A pair of functions that undo each other.
    public init(
        encode: @escaping @Sendable (Event) throws -> String, decode: @escaping @Sendable (String) throws -> Event
    ) {
        self.encode = encode
        self.decode = decode
    }
}
