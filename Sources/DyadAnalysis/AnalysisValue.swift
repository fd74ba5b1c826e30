/// A value for JSON or a page, keys in a fixed order; whoever writes it decides on the bytes.
public enum AnalysisValue: Sendable, Equatable {
    /// Nothing.
    case null
    /// A whole number.
    case integer(Int)
    /// Any number.
    case number(Double)
    /// Words.
    case text(String)
    /// Values in order.
    case list([AnalysisValue])
    /// Named values in order.
    case record([Field])

    /// A named value.
    public struct Field: Sendable, Equatable {
        /// The name, in lower case with underscores.
        public var name: String
        /// What it holds.
        public var value: AnalysisValue

        /// A named value.
        public init(_ name: String, _ value: AnalysisValue) {
            self.name = name
            self.value = value
        }
    }

    /// Words, or null for nil.
    static func optional(_ text: String?) -> AnalysisValue { text.map { .text($0) } ?? .null }

    /// A number, or null for nil.
    static func optional(_ number: Double?) -> AnalysisValue { number.map { .number($0) } ?? .null }
}
