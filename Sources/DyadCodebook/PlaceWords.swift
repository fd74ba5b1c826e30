import Foundation

/// Words around place names: prepositions, verbs of motion, kinds of places; read from `rules/en/place_words.tsv`.
public struct PlaceWords: Sendable {
    private var words: [String: Set<String>] = [:]
    private var numbers: [String: [String: Int]] = [:]

    init(folder: URL, errors: inout [DataError]) {
        for row in TSVFile("rules/en/place_words.tsv", in: folder, columns: ["kind", "word"], errors: &errors).rows {
            words[row["kind"], default: []].formUnion(row.list("word"))
            for word in row.list("word") {
                let parts = word.split(separator: "=")
                if parts.count == 2, let number = Int(parts[1]) {
                    numbers[row["kind"], default: [:]][String(parts[0])] = number
                }
            }
        }
    }

    /// True when a word is listed under a kind (`in`, `to`, `motion`, `at`, `kind`, `fate`, `direction`, `seat`, `stay`).
    public func has(_ kind: String, _ word: String) -> Bool { words[kind]?.contains(word) ?? false }

    /// The number in `word=number` under a kind (`stay-day`); nil when the word is not listed.
    public func number(_ kind: String, _ word: String) -> Int? { numbers[kind]?[word] }
}
