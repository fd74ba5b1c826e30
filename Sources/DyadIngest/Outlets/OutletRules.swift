public import Foundation

/// Where single outlets, or pages made with one program, keep the parts of an article; written by analysts.
///
/// The tables are `Data/rules/outlets.tsv` and every `.tsv` file in `Data/rules/outlets/`. Columns: `where` (a host such
/// as `news.example.org`, `*.example.org` for it and all hosts below it, `generator:WordPress` for pages that name this
/// program), `part`, and `selector`. A host's own lines come before those of a wider pattern, and these before those of a
/// program. Of several lines for title, author, date and deck the first that finds something counts.
public struct OutletRules: Sendable {
    /// Parts of a page.
    enum Part: String, Sendable, CaseIterable {
        /// The element that holds the running text.
        case body
        case title, author, date, deck
        /// What is no running text.
        case drop
        /// What is running text although it looks like something else.
        case keep
        case caption, comments
    }

    /// One line.
    struct Rule: Sendable {
        var part: Part
        var selector: OutletSelector
        /// File and line, for messages: `outlets.tsv:12`.
        var place: String
    }

    /// Whom a line is for.
    private enum Place: Hashable {
        case host(String)
        case below(String)
        case generator(String)
    }

    /// The rules that hold for a page.
    struct Choice {
        /// In the order in which they are tried.
        var rules: [Rule] = []
        /// The host whose rules these are; nil when there are only those of a program.
        var host: String?
    }

    private var rules: [Place: [Rule]] = [:]
    private var generators: [String] = []

    /// No rules.
    public init() {}

    /// Reads tables.
    ///
    /// - Parameter tables: names of files for messages, and what is in them.
    /// - Throws: ``OutletRulesError`` with every mistake of all of them.
    public init(tables: [(file: String, text: String)]) throws(OutletRulesError) {
        var errors: [BlockLexiconError] = []
        var known: [String: String] = [:]
        for (file, text) in tables {
            var mistakes: [BlockLexiconError.Mistake] = []
            for (index, row) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
                let row = String(Substring(row).last == "\r" ? Substring(row).dropLast() : Substring(row))
                if row.isEmpty || row.hasPrefix("#") || row == "where\tpart\tselector" { continue }
                let place = "\(file):\(index + 1)"
                if let before = known.updateValue(place, forKey: row) {
                    mistakes.append(.init(line: index + 1, problem: "the same line stands in \(before)"))
                } else if let (column, problem) = add(row, place) {
                    mistakes.append(.init(line: index + 1, column: column, problem: problem))
                }
            }
            if !mistakes.isEmpty { errors.append(BlockLexiconError(file: file, mistakes: mistakes)) }
        }
        if !errors.isEmpty { throw OutletRulesError(files: errors) }
    }

    /// The rules of a data folder; none where it has no such files.
    public static func standard(folder: URL) throws(OutletRulesError) -> OutletRules {
        var names = ["rules/outlets.tsv"]
        let more = folder.appendingPathComponent("rules/outlets").path
        let found = (try? FileManager.default.contentsOfDirectory(atPath: more)) ?? []
        names += found.filter { $0.hasSuffix(".tsv") && !$0.hasPrefix(".") }.sorted().map { "rules/outlets/\($0)" }
        var tables: [(file: String, text: String)] = []
        var errors: [BlockLexiconError] = []
        for name in names {
            let file = folder.appendingPathComponent(name)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            guard let text = try? String(contentsOf: file, encoding: .utf8) else {
                errors.append(.init(file: name, mistakes: [.init(line: 0, problem: "the file cannot be read")]))
                continue
            }
            tables.append((name, text))
        }
        if !errors.isEmpty { throw OutletRulesError(files: errors) }
        return try OutletRules(tables: tables)
    }

    /// The column of a mistake and what it is; nil when the row is good.
    private mutating func add(_ row: String, _ place: String) -> (column: Int, problem: String)? {
        let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
        guard cells.count == 3 else {
            return (0, "expected three columns, where, part and selector, separated by tabs")
        }
        guard let whom = Self.place(cells[0]) else {
            return (1, "\"\(cells[0])\" is neither a host, nor *. and a host, nor generator: and a name")
        }
        guard let part = Part(rawValue: String(cells[1])) else {
            return (2, "\"\(cells[1])\" is no part; those are \(Part.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        do {
            let selector = try OutletSelector(cells[2])
            rules[whom, default: []].append(Rule(part: part, selector: selector, place: place))
            if case .generator(let name) = whom, !generators.contains(name) { generators.append(name) }
            return nil
        } catch {
            return (3, "character \(error.character): \(error.problem)")
        }
    }

    private static func place(_ text: Substring) -> Place? {
        let text = text.lowercased()
        if text.hasPrefix("generator:") {
            let name = String(text.dropFirst(10))
            return name.isEmpty || name.hasPrefix(" ") ? nil : .generator(name)
        }
        let host = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
        let isHost =
            host.contains(".")
            && host.utf8.allSatisfy {
                ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x2E
            }
        guard isHost, !host.hasPrefix("."), !host.hasSuffix("."), !host.contains("..") else { return nil }
        return text.hasPrefix("*.") ? .below(host) : .host(host)
    }

    var isEmpty: Bool { rules.isEmpty }

    /// The rules for a page of a host, made by a program.
    func choice(host: String?, generator: String?) -> Choice {
        var out = Choice()
        if let host = host?.lowercased() {
            out.rules += rules[.host(host)] ?? []
            var rest = host[...]
            while true {
                out.rules += rules[.below(String(rest))] ?? []
                guard let dot = rest.firstIndex(of: ".") else { break }
                rest = rest[rest.index(after: dot)...]
            }
            if !out.rules.isEmpty { out.host = host }
        }
        if let generator = generator?.lowercased() {
            for name in generators where generator.hasPrefix(name) { out.rules += rules[.generator(name)] ?? [] }
        }
        return out
    }
}

/// Every mistake in the tables of outlets.
public struct OutletRulesError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The files that hold mistakes.
    public var files: [BlockLexiconError]

    /// One line per mistake.
    public var description: String { files.map(\.description).joined(separator: "\n") }
}
