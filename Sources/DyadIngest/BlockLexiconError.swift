/// Every mistake found in a table of block phrases.
public struct BlockLexiconError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One line that could not be used.
    public struct Mistake: Sendable, Equatable {
        /// Line of the file, from 1; 0 for the file as a whole.
        public var line: Int
        /// Column of the table, from 1; 0 for the line as a whole.
        public var column: Int
        /// What is wrong with it.
        public var problem: String

        /// A mistake; see the properties.
        public init(line: Int, column: Int = 0, problem: String) {
            self.line = line
            self.column = column
            self.problem = problem
        }
    }

    /// Path of the file.
    public var file: String
    /// In the order of lines.
    public var mistakes: [Mistake]

    /// The mistakes of a file.
    public init(file: String, mistakes: [Mistake]) {
        self.file = file
        self.mistakes = mistakes
    }

    /// One line per mistake, `file:line:column: problem`.
    public var description: String {
        mistakes.map { "\(file):\($0.line):\($0.column > 0 ? "\($0.column):" : "") \($0.problem)" }
            .joined(separator: "\n")
    }
}
