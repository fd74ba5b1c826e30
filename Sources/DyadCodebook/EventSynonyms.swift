import Foundation

/// Groups of words and phrases by which news tells happenings of one kind: "arrest", "detain", "take into custody".
///
/// Read from `rules/en/event_synonyms.tsv`. Finer than the classes of `event_words.tsv` and with phrases; used to find
/// mentions of one event in several texts, never to code an event.
package struct EventSynonyms: Sendable {
    /// What a word or phrase can be part of.
    package struct Meaning: Sendable, Equatable {
        /// Groups whose happening it names.
        package var groups: Set<Int> = []
        /// Groups whose happening it touches: a cause, a part, a result.
        package var related: Set<Int> = []

        /// Nothing known.
        package init() {}
    }

    private var table: [String: Meaning] = [:]
    /// Groups of words of saying: only the same speaker says the same.
    package private(set) var speech: Set<Int> = []

    /// No groups.
    package init() {}

    /// Reads the table of a data folder; `root` is what is left of a word without its endings.
    init(folder: URL, errors: inout [DataError], root: (String) -> String) {
        let columns = ["group", "kind", "words", "related"]
        let file = TSVFile("rules/en/event_synonyms.tsv", in: folder, columns: columns, errors: &errors)
        for (number, row) in file.rows.enumerated() {
            if row["kind"] == "speech" {
                speech.insert(number)
            } else if !row["kind"].isEmpty {
                errors.append(file.mistake("unknown kind \(row["kind"])", line: row.line, column: "kind"))
            }
            for word in row.list("words") { table[Self.key(word, root), default: Meaning()].groups.insert(number) }
            for word in row.list("related") { table[Self.key(word, root), default: Meaning()].related.insert(number) }
        }
    }

    /// Roots of the parts of a word or phrase, joined with hyphens.
    static func key(_ phrase: String, _ root: (String) -> String) -> String {
        phrase.split(separator: "-").map { root(String($0)) }.joined(separator: "-")
    }

    /// What the roots of a word or phrase, joined with hyphens, can be part of.
    package func meaning(_ key: String) -> Meaning { table[key] ?? Meaning() }
}
