import Foundation

/// Number words, scales, currencies and units; read from `rules/en/quantities.tsv`.
public struct QuantityLexicon: Sendable {
    private var values: [String: [String: String]] = [:]

    init(folder: URL, errors: inout [DataError]) {
        for row in TSVFile("rules/en/quantities.tsv", in: folder, columns: ["kind", "word", "value"], errors: &errors)
            .rows
        {
            for word in row.list("word") { values[row["kind"], default: [:]][word] = row["value"] }
        }
    }

    /// Number behind a word of a kind (`number`, `scale`, `ordinal`).
    public func number(_ kind: String, _ word: String) -> Double? { values[kind]?[word].flatMap(Double.init) }

    /// Value of a word of a kind (`currency`, `unit`, `approximation`).
    public func value(_ kind: String, _ word: String) -> String? { values[kind]?[word] }
}
