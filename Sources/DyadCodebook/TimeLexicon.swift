import Foundation

/// Words of time expressions with their numbers; read from `rules/en/times.tsv`.
public struct TimeLexicon: Sendable {
    private var values: [String: [String: String]] = [:]

    init(folder: URL, errors: inout [DataError]) {
        for row in TSVFile("rules/en/times.tsv", in: folder, columns: ["kind", "word", "value"], errors: &errors).rows {
            for word in row.list("word") { values[row["kind"], default: [:]][word] = row["value"] }
        }
    }

    /// Number of a word of a kind (`month`, `weekday`, `day`, `shift`, `number`).
    public func number(_ kind: String, _ word: String) -> Int? { values[kind]?[word].flatMap(Int.init) }

    /// Value of a word of a kind (`unit`, `season`).
    public func value(_ kind: String, _ word: String) -> String? { values[kind]?[word] }
}
