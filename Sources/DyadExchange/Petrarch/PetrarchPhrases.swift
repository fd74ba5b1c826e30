/// PETRARCH's discards: phrases whose sentence, or whose whole report, is not coded.
public struct PetrarchDiscards: Sendable {
    /// A phrase; `isReport` when it stops the whole report.
    public struct Entry: Sendable, Equatable {
        public var phrase: String
        public var isReport: Bool
        public var line: Int
    }

    public private(set) var entries: [Entry] = []
    public private(set) var mistakes: [DictionaryMistake] = []

    /// Reads a dictionary; every mistake is kept with its place, and every good entry.
    public init(_ text: String, file: String) {
        for line in DictionaryLine.lines(text, commentMarks: ["#", ";"]) {
            let isReport = line.text.hasPrefix("+")
            let words = DictionaryPhrase.words(isReport ? line.text.dropFirst() : line.text[...])
            if words.isEmpty || line.text.contains("[") {
                mistakes.append(
                    DictionaryMistake(
                        file: file, line: line.number, column: line.firstColumn,
                        message: "a discard is a phrase alone, or + and a phrase"))
            } else {
                entries.append(
                    Entry(
                        phrase: words.joined(separator: " ").lowercased(), isReport: isReport, line: line.number))
            }
        }
    }
}

/// PETRARCH's issues: phrases and the subject they show.
public struct PetrarchIssues: Sendable {
    /// A phrase with the code of its subject.
    public struct Entry: Sendable, Equatable {
        public var phrase: String
        public var code: String
        public var line: Int
    }

    public private(set) var entries: [Entry] = []
    /// Lines that cancel the coding of issues.
    public private(set) var cancelling: [(line: Int, text: String)] = []
    public private(set) var mistakes: [DictionaryMistake] = []
    private let file: String

    /// Reads a dictionary; every mistake is kept with its place, and every good entry.
    public init(_ text: String, file: String) {
        self.file = file
        for line in DictionaryLine.lines(text) where !line.text.hasPrefix("<") { read(line) }
    }

    private mutating func read(_ line: DictionaryLine) {
        if line.text.hasPrefix("~") { return cancelling.append((line.number, line.text)) }
        var found: [(Int, String)] = []
        let brackets = line.brackets { found.append(($0, $1)) }
        for (column, message) in found { note(line, column, message) }
        guard let code = brackets.first?.content.uppercased(), !code.isEmpty else {
            if found.isEmpty { note(line, line.firstColumn, "an issue is written phrase [CODE]") }
            return
        }
        var phrase = line.beforeBracket
        let isNoun = phrase.hasPrefix("n:"), isVerb = phrase.hasPrefix("v:")
        if isNoun || isVerb { phrase = phrase.dropFirst(2).trimmed }
        let forms =
            phrase.contains("+") ? [phrase.replacing("+", with: " "), phrase.replacing("+", with: "-")] : [phrase]
        for form in forms {
            let words = DictionaryPhrase.words(form).joined(separator: " ").lowercased()
            if words.isEmpty { return note(line, line.firstColumn, "a phrase is missing here") }
            entries.append(Entry(phrase: words, code: code, line: line.number))
        }
    }

    private mutating func note(_ line: DictionaryLine, _ column: Int, _ message: String) {
        mistakes.append(DictionaryMistake(file: file, line: line.number, column: column, message: message))
    }
}
