/// A small grammar of time expressions: words with values, and patterns over them.
///
/// Words, classes of words and literals in patterns are all *symbols*, numbered from 0. A *category* is a set of
/// patterns; the whole is free of left recursion, so that one pass from left to right reads a sentence.
public struct TimeGrammar: Sendable {
    /// One place of a pattern.
    public struct Element: Sendable, Equatable {
        /// What an element does with the words at its place.
        public enum Role: Sendable { case take, before, notBefore, after, notAfter }

        public var role: Role
        /// Any of these symbols fits.
        public var symbols: [Int]
        /// Any of these categories fits.
        public var categories: [Int]
        /// Name under which the value is handed to the builder.
        public var slot: String
        public var isOptional: Bool
        /// No white space may stand before it.
        public var isGlued: Bool
    }

    /// A pattern with what to build from it.
    public struct Rule: Sendable {
        public var elements: [Element]
        /// Builder and its settings, as `shift unit=W n=-1`.
        public var builder: String
        public var settings: [String: String]
        public var example: Example?
    }

    /// A wording and the value that it must get; part of the rule's line.
    public struct Example: Sendable, CustomStringConvertible {
        public var file: String
        public var line: Int
        public var text: String
        public var value: String

        public var description: String { "\(file):\(line): \(text) = \(value)" }
    }

    /// A class of words and the value of the word in it.
    public struct WordClass: Sendable {
        public var symbol: Int
        public var value: String
        public var letters: Letters
    }

    /// Which spellings of a word count.
    public enum Letters: Sendable { case any, capital, small }

    let symbolNumbers: [String: Int]
    let words: [String: [WordClass]]
    /// Rules of each category.
    public let rules: [[Rule]]
    let categoryNumbers: [String: Int]
    /// For each category, for each symbol, whether an expression may begin with it.
    public let first: [[Bool]]

    /// Number of a symbol.
    public func symbol(_ name: String) -> Int? { symbolNumbers[name] }

    /// Number of a category.
    public func category(_ name: String) -> Int? { categoryNumbers[name] }

    /// Classes of a lower-case word.
    public func classes(of word: String) -> [WordClass] { words[word] ?? [] }

    /// All examples of the rules.
    public var examples: [Example] { rules.flatMap { $0.compactMap(\.example) } }
}
