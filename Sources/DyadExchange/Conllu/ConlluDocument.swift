public import DyadCore

/// A document read from CoNLL-U: a text put together from the words, and the sentences over it.
public struct ConlluDocument: Sendable, Equatable {
    /// Name from `# newdoc id`; nil when the file names none.
    public var name: String?
    /// The text that the spans of the tokens count in.
    public var bytes: [UInt8]
    /// Sentences with their comments.
    public var sentences: [ConlluSentence]
}

/// A sentence of CoNLL-U with the comments above it.
public struct ConlluSentence: Sendable, Equatable {
    /// Comment lines without `#`, in order: `sent_id = a-1`.
    public var comments: [String]
    /// The words.
    public var sentence: Sentence

    /// A sentence with comments.
    public init(comments: [String], sentence: Sentence) {
        self.comments = comments
        self.sentence = sentence
    }
}

/// Why a CoNLL-U file cannot be read, and where.
public struct ConlluError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Number of the line, 1 for the first.
    public var line: Int
    /// What was found or expected.
    public var reason: String

    /// One sentence.
    public var description: String { "line \(line): \(reason)" }
}
