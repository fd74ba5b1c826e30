public import Foundation

/// Abbreviations, contractions and prefixes that decide where words end; read from `rules/en/tokens.tsv`.
public struct TokenLexicon: Sendable {
    /// Lower case, with the full stop.
    var abbreviations: Set<String> = []
    /// Lower-case form to its parts.
    var contractions: [String: [String]] = [:]
    /// Lower-case words that are never cut.
    var whole: Set<String> = []
    /// Lower-case prefixes that keep their hyphen.
    var prefixes: Set<String> = []

    /// Reads the file's text; lines that are not understood are left out (the data tests report them).
    public init(tsv: String) {
        for line in tsv.split(separator: "\n").dropFirst() where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count >= 2 else { continue }
            let forms = columns[1].split(separator: "|").map(String.init)
            switch columns[0] {
            case "abbreviation": abbreviations.formUnion(forms)
            case "contraction" where columns.count > 2:
                contractions[columns[1]] = columns[2].split(separator: "|").map(String.init)
            case "whole": whole.formUnion(forms)
            case "prefix": prefixes.formUnion(forms)
            default: break
            }
        }
    }

    /// Reads `rules/en/tokens.tsv` in the data folder.
    public init(folder: URL) throws {
        try self.init(tsv: String(contentsOf: folder.appendingPathComponent("rules/en/tokens.tsv"), encoding: .utf8))
    }
}
