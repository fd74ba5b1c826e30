import DyadAnalysis
import DyadCodebook
import DyadCore
import DyadPipeline
import DyadTesting
import Foundation
import Testing

/// `Tests/Corpora/registers`: reports, and the entries that they must give.
///
/// A case is the word `text`, one or more reports separated by `====`, each with its day as `@2024-05-12`, then `----` and
/// one expectation a line: `arms blocked supplier=TUR number=30`, `absent arms`, or `absent agreements kept`. A key may be a role of the parties,
/// a field of the entry, `holder`, or `as-of`, the day on which promises are judged.
@Suite struct RegisterCorpusTests {
    private static let loaded = Result {
        try RegisterCase.all(in: Repository.corpora.appendingPathComponent("registers"))
    }
    static let cases = (try? loaded.get()) ?? []
    private static let lexicon = Result { try RegisterLexicon.standard() }
    private static let allowance = RoundingAllowance(cases: cases.count)

    @Test func readsTheCorpus() throws {
        #expect(throws: Never.self) { try Self.loaded.get() }
        #expect(Self.cases.count > 20)
    }

    @Test(arguments: cases) func findsWhatTheCorpusExpects(_ entry: RegisterCase) throws {
        let entries = try Self.entries(entry.reports)
        let found = entries.map(\.summary).joined(separator: "\n           ")
        Self.allowance.record(
            entry.expectations.filter { !$0.holds(for: entries) }.map { line in
                (
                    "\(line.text)\n    found: \(found.isEmpty ? "nothing" : found)",
                    SourceLocation(fileID: "Corpora/\(entry.file)", filePath: entry.path, line: line.line, column: 1)
                )
            })
    }

    /// The order of reports does not matter, and neither does how often one is read.
    @Test(arguments: cases) func orderDoesNotMatter(_ entry: RegisterCase) throws {
        #expect(try Self.entries(entry.reports) == Self.entries(entry.reports, isReversed: true))
    }

    private static func entries(
        _ reports: [(name: String, date: CalendarDate?, text: String)], isReversed: Bool = false
    ) throws -> [RegisterEntry] {
        let lexicon = try lexicon.get()
        let reader = RegisterReader(lexicon: lexicon)
        var statements: [RegisterStatement] = []
        for report in reports {
            let document = Document(name: report.name, text: report.text, published: report.date)
            statements += reader.statements(in: try Shipped.reader.get().read(text: document))
        }
        return RegisterBuilder(lexicon: lexicon).entries(isReversed ? statements.reversed() : statements)
    }
}

/// Reports and what they must give.
struct RegisterCase: Sendable, CustomStringConvertible {
    var path: String
    var line: Int
    var reports: [(name: String, date: CalendarDate?, text: String)] = []
    var expectations: [RegisterExpectation] = []

    var file: String { URL(fileURLWithPath: path).lastPathComponent }
    var description: String { "\(file):\(line)" }

    static func all(in folder: URL) throws -> [RegisterCase] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".dyad") && !$0.hasPrefix("known-gaps")
        }
        return try names.sorted().flatMap { name in
            let url = folder.appendingPathComponent(name)
            return try read(String(contentsOf: url, encoding: .utf8), path: url.path)
        }
    }

    private static func read(_ text: String, path: String) throws -> [RegisterCase] {
        var out: [RegisterCase] = []
        var isText = false
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            if line == "text" {
                out.append(RegisterCase(path: path, line: index + 1))
                out[out.count - 1].reports.append(("a.txt", nil, ""))
                isText = true
            } else if line == "----" {
                isText = false
            } else if isText, line == "====" {
                let name = String(UnicodeScalar(UInt8(97 + out[out.count - 1].reports.count))) + ".txt"
                out[out.count - 1].reports.append((name, nil, ""))
            } else if isText, line.hasPrefix("@") {
                let last = out[out.count - 1].reports.count - 1
                out[out.count - 1].reports[last].date = CalendarDate(String(line.dropFirst()))
            } else if isText {
                let last = out[out.count - 1].reports.count - 1
                out[out.count - 1].reports[last].text += line + "\n"
            } else if !line.isEmpty, !line.hasPrefix("#"), !out.isEmpty {
                out[out.count - 1].expectations.append(try RegisterExpectation(line, at: index + 1))
            }
        }
        return out
    }
}

/// One line below `----`.
struct RegisterExpectation: Sendable {
    var text: String
    var line: Int
    private var register: RegisterKind
    /// Nil for any.
    private var status: String?
    private var isAbsent: Bool
    private var fields: [(key: String, value: String)] = []

    init(_ text: String, at line: Int) throws {
        self.text = text
        self.line = line
        var words: [String] = []
        var isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                words.append("")
            } else {
                if words.isEmpty { words.append("") }
                words[words.count - 1].append(character)
            }
        }
        words.removeAll(where: \.isEmpty)
        isAbsent = words.first == "absent"
        guard words.count > 1, let register = RegisterKind(rawValue: isAbsent ? words[1] : words[0]) else {
            throw CocoaError(.fileReadCorruptFile, userInfo: [NSLocalizedDescriptionKey: "line \(line): no register"])
        }
        self.register = register
        status = isAbsent ? (words.count > 2 && !words[2].contains("=") ? words[2] : nil) : words[1]
        for word in words.dropFirst(2) where word.contains("=") {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            fields.append((parts[0], parts.count > 1 ? parts[1] : ""))
        }
    }

    func holds(for entries: [RegisterEntry]) -> Bool {
        let own = entries.filter { $0.register == register }
        let day = fields.first { $0.key == "as-of" }.flatMap { CalendarDate($0.value) }
        guard let status else { return own.isEmpty }
        if isAbsent { return !own.contains { $0.status(on: day) == status } }
        return own.contains { entry in
            entry.status(on: day) == status && fields.allSatisfy { field(entry, $0.key, $0.value) }
        }
    }

    private func field(_ entry: RegisterEntry, _ key: String, _ value: String) -> Bool {
        switch key {
        case "as-of": true
        case "open": entry.status(on: CalendarDate(value)) == "promised"
        case "number": entry.number == Double(value)
        case "designation": entry.designation == value
        case "category": entry.category == value
        case "unit": entry.unit == value
        case "date": entry.date == value
        case "due": entry.due == value
        case "place": entry.place == value
        case "holder": entry.holders.contains { $0.contains(value) }
        default:
            Set(entry.parties.filter { $0.role == key }.map(\.key)) == Set(value.split(separator: ",").map(String.init))
        }
    }
}

extension RegisterEntry {
    /// One line for messages.
    fileprivate var summary: String {
        let who = parties.map { "\($0.role)=\($0.key)" }.joined(separator: " ")
        return
            "\(register.rawValue) \(status) \(who) number=\(number ?? -1) \(designation ?? "") \(category) date=\(date ?? "-") due=\(due ?? "-") holders=\(holders) | \(subject)"
    }
}
