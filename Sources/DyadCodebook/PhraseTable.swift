/// Phrases of one or more words with a value each, for finding the longest one that begins at a word.
public struct PhraseTable<Value: Sendable>: Sendable {
    private var values: [String: Value] = [:]
    /// Longest phrase, in words, by its first word.
    private var longest: [String: Int] = [:]

    /// A table without phrases.
    public init() {}

    /// The value of a phrase whose words are joined by single spaces.
    public subscript(_ phrase: String) -> Value? { values[phrase] }

    /// Adds a phrase; a phrase that is there already keeps its value.
    public mutating func insert(_ phrase: String, _ value: Value) {
        let words = phrase.split(separator: " ")
        guard let first = words.first, values[phrase] == nil else { return }
        values[phrase] = value
        longest[String(first)] = max(longest[String(first)] ?? 0, words.count)
    }

    /// Sets or changes the value of a phrase.
    public mutating func update(_ phrase: String, _ change: (inout Value?) -> Void) {
        var value = values[phrase]
        change(&value)
        if let value {
            if values[phrase] == nil { insert(phrase, value) } else { values[phrase] = value }
        }
    }

    /// The longest phrase whose words stand at a position, and how many words it has.
    public func match(at start: Int, in words: [String]) -> (value: Value, count: Int)? {
        guard start >= 0, start < words.count, let most = longest[words[start]] else { return nil }
        for count in stride(from: min(most, words.count - start), to: 0, by: -1) {
            let phrase = count == 1 ? words[start] : words[start..<start + count].joined(separator: " ")
            if let value = values[phrase] { return (value, count) }
        }
        return nil
    }
}
