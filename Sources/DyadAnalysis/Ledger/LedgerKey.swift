/// What a telling is found by: only tellings that share a key and lie near each other in time are ever compared.
public struct LedgerKey: Sendable, Hashable {
    /// Pair of bodies and family of event types: `POL UKR|sanction`.
    public var name: String
    /// First day, in days since 1970-01-01, on which the event may have happened.
    public var first: Int
    /// Last day.
    public var last: Int

    /// A key; see the properties.
    public init(name: String, first: Int, last: Int) {
        self.name = name
        self.first = first
        self.last = last
    }
}
