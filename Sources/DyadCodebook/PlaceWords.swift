import Foundation

/// Words around place names: prepositions, verbs of motion, kinds of places; read from `rules/en/place_words.tsv`.
public struct PlaceWords: Sendable {
    private var words: [String: Set<String>] = [:]

    init(folder: URL, errors: inout [DataError]) {
        for row in TSVFile("rules/en/place_words.tsv", in: folder, columns: ["kind", "word"], errors: &errors).rows {
            words[row["kind"], default: []].formUnion(row.list("word"))
        }
    }

    /// True when a word is listed under a kind (`in`, `to`, `motion`, `at`, `kind`, `direction`, `seat`).
    public func has(_ kind: String, _ word: String) -> Bool { words[kind]?.contains(word) ?? false }
}
