/// What a name denotes.
public enum NameType: String, Sendable, Codable, CaseIterable {
    case person = "PER"
    case organisation = "ORG"
    case place = "LOC"
    /// Peoples, nationalities and armed or political groups, decided by the lexicon.
    case group = "GRP"
}

/// A name found in a sentence.
public struct Name: Sendable, Equatable {
    /// What it denotes.
    public var type: NameType
    /// Tokens of the sentence.
    public var tokens: Range<Int>

    /// A name over some tokens.
    public init(type: NameType, tokens: Range<Int>) {
        self.type = type
        self.tokens = tokens
    }
}

/// A sentence with its words, tree and names.
public struct Sentence: Sendable, Equatable {
    /// From the first to the last byte of its tokens.
    public var span: Span
    /// The words in order.
    public var tokens: [Token]
    /// Names, left to right, not overlapping.
    public var names: [Name] = []
    /// Index of the block it stands in.
    public var block: Int
    /// What that block is.
    public var label: BlockLabel

    /// A sentence of given tokens.
    public init(span: Span, tokens: [Token], block: Int = 0, label: BlockLabel = .paragraph) {
        self.span = span
        self.tokens = tokens
        self.block = block
        self.label = label
    }

    /// Bytes covered by a range of tokens.
    public func span(of range: Range<Int>) -> Span {
        Span(tokens[range.lowerBound].span.start, tokens[range.upperBound - 1].span.end)
    }

    /// Indices of the direct dependents of each token.
    public func children() -> [[Int]] {
        var out = [[Int]](repeating: [], count: tokens.count)
        for (index, token) in tokens.enumerated() where token.head >= 0 { out[token.head].append(index) }
        return out
    }
}
