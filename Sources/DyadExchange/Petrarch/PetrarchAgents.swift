/// A PETRARCH agent dictionary: nouns for people and bodies, and the roles they stand for.
public struct PetrarchAgents: Sendable {
    /// A noun or phrase.
    public struct Entry: Sendable, Equatable {
        public var phrase: String
        /// An irregular plural; regular ones are found by the reader of texts.
        public var plural: String?
        /// Role codes without the `~` that stands for the country.
        public var code: String
        public var line: Int
    }

    public private(set) var entries: [Entry] = []
    public private(set) var mistakes: [DictionaryMistake] = []
    private var macros: [String: [String]] = [:]
    private let file: String

    /// Reads a dictionary; every mistake is kept with its place, and every good entry.
    public init(_ text: String, file: String) {
        self.file = file
        for line in DictionaryLine.lines(text) {
            if line.text.hasPrefix("!"), line.text.contains("=") { define(line) } else { read(line) }
        }
    }

    /// `!PERSON! = MAN, WOMAN`.
    private mutating func define(_ line: DictionaryLine) {
        let parts = line.text.split(separator: "=", maxSplits: 1).map(\.trimmed)
        let name = parts[0].filter { $0 != "!" }
        let words = parts.count > 1 ? parts[1].split(separator: ",").map(\.trimmed).filter { !$0.isEmpty } : []
        if name.isEmpty || words.isEmpty {
            return note(line, line.firstColumn, "a substitution is written !NAME! = WORD, WORD")
        }
        macros[name] = words
    }

    private mutating func read(_ line: DictionaryLine) {
        var found: [(Int, String)] = []
        let brackets = line.brackets { found.append(($0, $1)) }
        for (column, message) in found { note(line, column, message) }
        guard let bracket = brackets.first else {
            if found.isEmpty { note(line, line.firstColumn, "a role is missing: write [~ROLE]") }
            return
        }
        let code = bracket.content.filter { $0 != "~" }.trimmed.uppercased()
        guard bracket.content.contains("~"), !code.isEmpty, code.allSatisfy(\.isLetter) else {
            return note(line, bracket.column, "“\(bracket.content)” is no role: write [~ROLE] or [ROLE~]")
        }
        let head = line.beforeBracket
        let braces = head.split(separator: "{", maxSplits: 1, omittingEmptySubsequences: false)
        var plural: String?
        if braces.count == 2 {
            guard let end = braces[1].firstIndex(of: "}") else {
                let column = (line.characters.firstIndex(of: "{") ?? 0) + 1
                return note(line, column, "this { has no }")
            }
            let forms = DictionaryPhrase.words(braces[1][..<end]).joined(separator: " ")
            plural = forms.isEmpty ? nil : forms
        }
        expand(String(braces.first ?? "").trimmed, plural, code, line)
    }

    private mutating func expand(_ phrase: String, _ plural: String?, _ code: String, _ line: DictionaryLine) {
        if phrase.isEmpty { return note(line, line.firstColumn, "a phrase is missing here") }
        let parts = phrase.split(separator: "!", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3 else { return add(phrase, plural, code, line) }
        guard let words = macros[parts[1]] else {
            return note(line, line.firstColumn, "!\(parts[1])! is not defined above")
        }
        for word in words { expand(parts[0] + word + parts[2...].joined(separator: "!"), nil, code, line) }
    }

    private mutating func add(_ phrase: String, _ plural: String?, _ code: String, _ line: DictionaryLine) {
        let words = DictionaryPhrase.words(phrase).joined(separator: " ").lowercased()
        entries.append(Entry(phrase: words, plural: plural?.lowercased(), code: code, line: line.number))
    }

    private mutating func note(_ line: DictionaryLine, _ column: Int, _ message: String) {
        mistakes.append(DictionaryMistake(file: file, line: line.number, column: column, message: message))
    }
}
