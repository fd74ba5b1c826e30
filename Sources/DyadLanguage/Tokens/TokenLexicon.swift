public import DyadCodebook
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

    private static let name = "rules/en/tokens.tsv"
    private static let columns = ["kind", "form", "parts"]

    /// Reads the file's text; lines that are not understood are left out.
    public init(tsv: String) {
        var ignored: [DataError] = []
        self.init(TSVFile(Self.name, text: tsv, columns: Self.columns, errors: &ignored), &ignored)
    }

    /// Reads `rules/en/tokens.tsv` in the data folder.
    public init(folder: URL) throws(DataErrors) {
        var errors: [DataError] = []
        self.init(folder: folder, errors: &errors)
        if !errors.isEmpty { throw DataErrors(errors: errors) }
    }

    /// Reads what can be read and adds every mistake to `errors`.
    public init(folder: URL, errors: inout [DataError]) {
        self.init(TSVFile(Self.name, in: folder, columns: Self.columns, errors: &errors), &errors)
    }

    private init(_ file: TSVFile, _ errors: inout [DataError]) {
        for row in file.rows {
            let forms = row.list("form")
            if forms.isEmpty {
                errors.append(file.mistake("a form is missing", line: row.line, column: "form"))
            }
            switch row["kind"] {
            case "abbreviation": abbreviations.formUnion(forms)
            case "whole": whole.formUnion(forms)
            case "prefix": prefixes.formUnion(forms)
            case "contraction":
                let parts = row.list("parts")
                if parts.count > 1, parts.joined() == row["form"] {
                    contractions[row["form"]] = parts
                } else {
                    let message = "the parts of a contraction, separated by |, make up the form: can|not"
                    errors.append(file.mistake(message, line: row.line, column: "parts"))
                }
            default:
                let message = "“\(row["kind"])” is no kind of token: abbreviation, contraction, whole or prefix"
                errors.append(file.mistake(message, line: row.line, column: "kind"))
            }
        }
    }
}
