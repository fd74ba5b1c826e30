import DyadCore
import Foundation

/// Reads the conventions of a codebook and gathers every mistake in them.
struct ConventionReader {
    /// Codes of the codebook that may be named.
    let codes: Set<String>
    let classes: [String: Set<String>]
    private(set) var errors: [DataError] = []

    private static let columns = ["rule", "code", "becomes", "pattern", "example", "expect"]

    init(codes: Set<String>, classes: [String: Set<String>]) {
        self.codes = codes
        self.classes = classes
    }

    /// The convention in a file, called `label` in messages.
    mutating func read(_ text: String, name: String, label: String) -> CodingConvention {
        let table = TSVFile(label, text: text, columns: Self.columns, errors: &errors)
        return CodingConvention(name: name, rules: table.rows.compactMap { rule($0, table) })
    }

    private mutating func rule(_ row: TSVFile.Row, _ table: TSVFile) -> CodingConvention.Rule? {
        var mistakes: [DataError] = []
        func wrong(_ message: String, _ column: String) {
            mistakes.append(table.mistake(message, line: row.line, column: column))
        }
        let kind = CodingConvention.Kind(rawValue: row["rule"])
        if kind == nil {
            let known = CodingConvention.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            wrong("\(row["rule"]) is none of \(known)", "rule")
        }
        for code in row.list("code") where !isKnown(code) { wrong("\(code) is no code of codebook.yaml", "code") }
        if kind == .code, !codes.contains(row["becomes"]) {
            wrong("\(row["becomes"]) is no code of codebook.yaml", "becomes")
        }
        let years = kind == .history ? Int(row["becomes"]) : nil
        if kind == .history, years ?? 0 < 1 { wrong("history takes a number of years", "becomes") }
        let words = PatternWords(row["pattern"], classes: classes)
        for message in words.mistakes { wrong(message, "pattern") }
        errors += mistakes
        guard let kind, mistakes.isEmpty else { return nil }
        return CodingConvention.Rule(
            kind: kind, codes: row.list("code"), becomes: row["becomes"], years: years, pattern: row["pattern"],
            heads: words.heads, pos: words.pos, constraints: words.constraints, example: row["example"],
            expected: row["expect"], file: table.name, line: row.line)
    }

    private func isKnown(_ code: String) -> Bool {
        code.hasSuffix("*") ? codes.contains { $0.hasPrefix(code.dropLast()) } : codes.contains(code)
    }
}
