/// A mistake in a dictionary, with its place.
public struct DictionaryMistake: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file as the user named it.
    public var file: String
    /// From 1.
    public var line: Int
    /// From 1, in characters.
    public var column: Int
    /// What was expected, and what to do.
    public var message: String

    /// A mistake at a place.
    public init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `old.actors.txt:41:7: message`.
    public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// One line of a PETRARCH dictionary without its comment, seen as characters so that columns can be told.
struct DictionaryLine {
    /// What stands in square brackets, and where the bracket is.
    struct Bracket {
        var content: String
        var column: Int
    }

    let number: Int
    private(set) var characters: [Character]

    /// The lines of a file that hold more than a comment.
    static func lines(_ text: String, commentMarks: Set<Character> = ["#"]) -> [DictionaryLine] {
        var out: [DictionaryLine] = []
        let normal = text.replacing("\r\n", with: "\n")
        for (index, raw) in normal.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if raw.drop(while: \.isWhitespace).hasPrefix("<!") { continue }
            let line = DictionaryLine(number: index + 1, raw, commentMarks)
            if !line.isEmpty { out.append(line) }
        }
        return out
    }

    init(number: Int, _ raw: Substring, _ commentMarks: Set<Character>) {
        self.number = number
        characters = Array(raw.prefix { !commentMarks.contains($0) })
        while characters.last?.isWhitespace ?? false { characters.removeLast() }
    }

    var isEmpty: Bool { characters.allSatisfy(\.isWhitespace) }
    var text: String { String(characters).trimmed }
    var beginsWithBlank: Bool { characters.first?.isWhitespace ?? false }
    /// Column of the first character that is no blank.
    var firstColumn: Int { (characters.firstIndex { !$0.isWhitespace } ?? 0) + 1 }

    /// What stands before the first square bracket.
    var beforeBracket: String { String(characters.prefix { $0 != "[" }).trimmed }

    /// The square brackets in order; one that is not closed, or closed without being open, is a mistake.
    func brackets(_ note: (Int, String) -> Void) -> [Bracket] {
        var out: [Bracket] = []
        var start: Int?
        for (index, character) in characters.enumerated() {
            if character == "[" {
                if let start { note(start + 1, "this [ has no ]") }
                start = index
            } else if character == "]" {
                guard let open = start else {
                    note(index + 1, "a ] without a [ before it")
                    continue
                }
                out.append(Bracket(content: String(characters[open + 1..<index]).trimmed, column: open + 2))
                start = nil
            }
        }
        if let start { note(start + 1, "this [ has no ]") }
        return out
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        var rest = Substring(self)
        rest = rest.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return String(rest)
    }
}

/// Words of a dictionary phrase: `_` and blanks stand between them.
enum DictionaryPhrase {
    static func words(_ phrase: some StringProtocol) -> [String] {
        String(phrase).split(whereSeparator: isSeparator).map { String($0) }
    }

    private static func isSeparator(_ character: Character) -> Bool { character == "_" || character.isWhitespace }
}
