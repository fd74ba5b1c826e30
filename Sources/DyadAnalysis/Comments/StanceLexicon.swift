public import DyadCodebook
public import Foundation

/// Words by which readers show what they think of the matter, from `rules/en/stance.tsv`.
public struct StanceLexicon: Sendable {
    enum Kind: String { case approve, disapprove, friendly, hostile, negation }

    private var phrases: [String: [(words: [String], kind: Kind)]] = [:]

    /// The lexicon of a data folder.
    public init(folder: URL) throws(DataErrors) {
        var errors: [DataError] = []
        let file = TSVFile("rules/en/stance.tsv", in: folder, columns: ["kind", "phrase"], errors: &errors)
        for row in file.rows {
            guard let kind = Kind(rawValue: row["kind"]) else {
                errors.append(file.mistake("no such kind: \(row["kind"])", line: row.line, column: "kind"))
                continue
            }
            let words = Self.words(row["phrase"])
            if let first = words.first { phrases[first, default: []].append((words, kind)) }
        }
        if !errors.isEmpty { throw DataErrors(errors: errors) }
        for key in phrases.keys { phrases[key]?.sort { $0.words.count > $1.words.count } }
    }

    /// How many signs of each kind a text has; a negation up to three words before turns a sign around.
    func signs(in text: String) -> (approval: Int, friendliness: Int) {
        let words = Self.words(text)
        var approval = 0, friendliness = 0
        var negated = -4
        var index = 0
        while index < words.count {
            guard let found = phrases[words[index]]?.first(where: { words[index...].starts(with: $0.words) }) else {
                index += 1
                continue
            }
            let sign = index - negated <= 3 ? -1 : 1
            switch found.kind {
            case .approve: approval += sign
            case .disapprove: approval -= sign
            case .friendly: friendliness += sign
            case .hostile: friendliness -= sign
            case .negation: negated = index
            }
            index += found.words.count
        }
        return (approval, friendliness)
    }

    /// Words in small letters; signs are left out, an apostrophe is made straight.
    static func words(_ text: String) -> [String] {
        text.lowercased().replacing("’", with: "'").split { !$0.isLetter && !$0.isNumber && $0 != "'" }
            .map { $0.trimmingCharacters(in: ["'"]) }.filter { !$0.isEmpty }
    }
}
