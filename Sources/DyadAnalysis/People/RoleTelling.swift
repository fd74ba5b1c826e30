public import DyadCore

/// What one report tells of a person's office.
public struct RoleTelling: Sendable, Equatable {
    /// The name that the report gives.
    public var person: String
    /// The words of the office.
    public var role: String
    /// State or organisation, and sector.
    public var code: ActorCode
    /// Day of the report; nil when it has none.
    public var day: CalendarDate?
    /// The document.
    public var document: String
    /// The sentence.
    public var quote: String

    /// A telling; see the properties.
    public init(person: String, role: String, code: ActorCode, day: CalendarDate?, document: String, quote: String) {
        self.person = person
        self.role = role
        self.code = code
        self.day = day
        self.document = document
        self.quote = quote
    }
}
