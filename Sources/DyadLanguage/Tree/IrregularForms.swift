public import DyadCodebook
public import Foundation

/// Lemmas of irregular forms, for words that the model has not seen: "overthrew", "foresaw", "hypotheses".
///
/// They come from `rules/en/irregular_forms.tsv`, a table of form, lemma and part of speech.
public struct IrregularForms: Sendable {
    private static let name = "rules/en/irregular_forms.tsv"
    /// Universal tags of the letters in the table.
    private static let tags = ["v": "VERB", "n": "NOUN", "a": "ADJ"]
    private var lemmas: [String: String] = [:]

    /// No forms: only what was learned and what is regular counts.
    public init() {}

    /// Reads `rules/en/irregular_forms.tsv` in the data folder.
    public init(folder: URL) throws(DataErrors) {
        var errors: [DataError] = []
        self.init(folder: folder, errors: &errors)
        if !errors.isEmpty { throw DataErrors(errors: errors) }
    }

    /// Reads what can be read and adds every mistake to `errors`.
    public init(folder: URL, errors: inout [DataError]) {
        let file = TSVFile(Self.name, in: folder, columns: ["form", "lemma", "pos"], errors: &errors)
        for row in file.rows {
            guard let tag = Self.tags[row["pos"]] else {
                let message = "“\(row["pos"])” is no part of speech: v, n or a"
                errors.append(file.mistake(message, line: row.line, column: "pos"))
                continue
            }
            for column in ["form", "lemma"] where row[column].isEmpty || row[column] != row[column].lowercased() {
                errors.append(file.mistake("one word in small letters", line: row.line, column: column))
            }
            lemmas["\(row["form"])/\(tag)"] = row["lemma"]
        }
    }

    /// Number of forms.
    public var count: Int { lemmas.count }

    /// The lemma of a form in small letters with a universal tag; nil when it is not listed.
    func lemma(_ form: String, _ tag: String) -> String? { lemmas["\(form)/\(tag)"] }
}
