import DyadCore

/// A PETRARCH actor dictionary: names, and the codes they have from one day to another.
public struct PetrarchActors: Sendable {
    /// A code with the days on which it holds.
    public struct Role: Sendable, Equatable {
        /// CAMEO code such as `PAKGOV`; `---` for nobody.
        public var code: String
        /// First day, `YYYY-MM-DD`.
        public var from: String?
        /// Last day, `YYYY-MM-DD`.
        public var to: String?

        public init(code: String, from: String? = nil, to: String? = nil) {
            self.code = code
            self.from = from
            self.to = to
        }
    }

    /// One actor under all its names.
    public struct Entry: Sendable, Equatable {
        public var names: [String]
        /// Dated ones first, as they stand; then the default.
        public var roles: [Role]
        public var line: Int

        public init(names: [String], roles: [Role], line: Int) {
            self.names = names
            self.roles = roles
            self.line = line
        }
    }

    public private(set) var entries: [Entry] = []
    public private(set) var mistakes: [DictionaryMistake] = []
    private var file = ""
    private var names: [String] = []
    private var dated: [Role] = []
    private var plain: [Role] = []
    private var start = 0

    /// Reads a dictionary; every mistake is kept with its place, and every good entry.
    public init(_ text: String, file: String) {
        self.file = file
        for line in DictionaryLine.lines(text, commentMarks: ["#", ";"]) { read(line) }
        close()
    }

    private mutating func read(_ line: DictionaryLine) {
        let first = line.text.first
        if first == "[" {
            guard !names.isEmpty else {
                return note(line, line.firstColumn, "a code without a name above it")
            }
        } else if first == "+" {
            guard !names.isEmpty else {
                return note(line, line.firstColumn, "a synonym without a name above it")
            }
            add(String(line.beforeBracket.dropFirst()), line)
        } else {
            close()
            start = line.number
            add(line.beforeBracket, line)
        }
        var found: [DictionaryMistake] = []
        for bracket in line.brackets({
            found.append(DictionaryMistake(file: file, line: line.number, column: $0, message: $1))
        }) {
            switch PetrarchRole.read(bracket.content) {
            case .success(let role):
                if role.from == nil && role.to == nil { plain.append(role) } else { dated.append(role) }
            case .failure(let problem):
                found.append(
                    DictionaryMistake(
                        file: file, line: line.number, column: bracket.column + problem.offset, message: problem.message
                    ))
            }
        }
        mistakes += found
    }

    private mutating func add(_ phrase: String, _ line: DictionaryLine) {
        let name = DictionaryPhrase.words(phrase).joined(separator: " ")
        if name.isEmpty { return note(line, line.firstColumn, "a name is missing here") }
        names.append(name)
    }

    private mutating func note(_ line: DictionaryLine, _ column: Int, _ message: String) {
        mistakes.append(DictionaryMistake(file: file, line: line.number, column: column, message: message))
    }

    private mutating func close() {
        if !names.isEmpty, dated.isEmpty, plain.isEmpty, !mistakes.contains(where: { $0.line >= start }) {
            mistakes.append(
                DictionaryMistake(file: file, line: start, column: 1, message: "\(names[0]) has no code: write [CODE]"))
        }
        if !names.isEmpty, !(dated + plain).isEmpty {
            entries.append(Entry(names: names, roles: dated + plain, line: start))
        }
        names = []
        dated = []
        plain = []
    }
}

/// Reads what stands between the brackets of an actor: `HOBGOV 19950601-19990815`, `EGYGOV > 140608`.
enum PetrarchRole {
    struct Problem: Error {
        /// Characters from the beginning of the bracket's content.
        var offset: Int
        var message: String
    }

    static func read(_ content: String) -> Result<PetrarchActors.Role, Problem> {
        let characters = Array(content)
        let end = characters.firstIndex { $0.isWhitespace || $0 == "<" || $0 == ">" } ?? characters.count
        let code = String(characters[..<end]).uppercased()
        if code.isEmpty { return .failure(Problem(offset: 0, message: "a code is missing between [ and ]")) }
        if isDate(code) {
            return .failure(Problem(offset: 0, message: "\(code) is a date; a code must stand before it"))
        }
        let isCode = code.allSatisfy { $0.isLetter || $0.isNumber || "-+/*".contains($0) }
        if !isCode || code.reversed().prefix(while: \.isNumber).count >= 6 {
            return .failure(
                Problem(offset: 0, message: "\(code) is no code: letters are expected, and a blank before a date"))
        }
        let rest = String(characters[end...]).filter { !$0.isWhitespace }
        return days(rest).map { PetrarchActors.Role(code: code, from: $0.from, to: $0.to) }
            .mapError { Problem(offset: end + 1, message: $0.message) }
    }

    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-")
        return !parts.isEmpty && parts.allSatisfy { $0.count >= 6 && $0.allSatisfy(\.isNumber) }
    }

    /// `<d` before a day, `>d` or a bare day from it on, `d-d` from one to the other, both included.
    private static func days(_ text: String) -> Result<(from: String?, to: String?), Problem> {
        func problem(_ part: some StringProtocol) -> Result<(from: String?, to: String?), Problem> {
            .failure(Problem(offset: 0, message: "“\(part)” is no day: write YYYYMMDD or YYMMDD"))
        }
        if text.isEmpty { return .success((nil, nil)) }
        if text.hasPrefix("<") {
            guard let day = day(text.dropFirst()) else { return problem(text.dropFirst()) }
            return .success((nil, day.adding(days: -1).description))
        }
        if text.hasPrefix(">") {
            guard let day = day(text.dropFirst()) else { return problem(text.dropFirst()) }
            return .success((day.description, nil))
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = day(parts[0]) else { return problem(parts[0]) }
        // A day without an operator is read as the first one.
        if parts.count == 1 { return .success((first.description, nil)) }
        guard parts.count == 2, let last = day(parts[1]) else {
            return problem(parts.dropFirst().joined(separator: "-"))
        }
        guard first <= last else {
            return .failure(Problem(offset: 0, message: "the span \(text) ends before it begins"))
        }
        return .success((first.description, last.description))
    }

    /// Two-digit years up to 30 are of this century, as PETRARCH reads them.
    private static func day(_ text: some StringProtocol) -> CalendarDate? {
        let digits = String(text)
        guard digits.allSatisfy(\.isNumber), digits.count == 6 || digits.count == 8, let number = Int(digits) else {
            return nil
        }
        var year = number / 10_000
        if digits.count == 6 { year += year <= 30 ? 2000 : 1900 }
        return CalendarDate(year: year, month: number / 100 % 100, day: number % 100)
    }
}
