/// What a stage wants the reader to know about a doubtful text.
///
/// Not an error.
public struct Diagnostic: Sendable, Equatable {
    /// How much it matters.
    public enum Severity: String, Sendable, Codable {
        case note, warning
    }

    public var severity: Severity
    /// Stable identifier, `actor.ambiguous`.
    public var identifier: String
    public var span: Span?
    /// One sentence.
    public var summary: String

    /// A diagnostic; see the properties.
    public init(_ severity: Severity, _ identifier: String, span: Span? = nil, _ summary: String) {
        self.severity = severity
        self.identifier = identifier
        self.span = span
        self.summary = summary
    }
}
