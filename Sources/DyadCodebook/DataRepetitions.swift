public import Foundation

/// Keys that stand twice in a data file, and values that stand twice in a cell.
///
/// The later line of a pair either wins in silence or never counts; both are hard to notice from the outside.
/// `rules/en/blocks.tsv` is compared by its own reader, which knows what its phrases leave out.
public struct DataRepetitions: Sendable {
    /// What must stand only once.
    private enum Key {
        /// The cells of these columns together.
        case cells([String])
        /// Each word of a list, under the kind of its line.
        case words(String)
        /// Each trigger word with its conditions, over all trigger files.
        case pattern
    }

    private struct Place {
        var file: String
        var line: Int
    }

    private static let keys: [String: Key] = [
        "lexicons/en/agents.tsv": .cells(["phrase"]),
        "lexicons/en/countries.tsv": .cells(["code", "name", "from", "to"]),
        "lexicons/en/generic_actors.tsv": .cells(["phrase"]),
        "lexicons/en/organisations.tsv": .cells(["name"]),
        "lexicons/en/people.tsv": .cells(["name", "country", "role", "from"]),
        "lexicons/en/places.tsv": .cells(["name", "country", "kind", "latitude", "longitude"]),
        "rules/en/ambiguous_names.tsv": .cells(["name"]),
        "rules/en/event_synonyms.tsv": .cells(["group"]),
        "rules/en/event_words.tsv": .cells(["class"]),
        "rules/en/implicatives.tsv": .cells(["lemma", "pos", "frame"]),
        "rules/en/irregular_forms.tsv": .cells(["form", "pos"]),
        "rules/en/certainty.tsv": .cells(["feature"]),
        "rules/en/ledger.tsv": .cells(["kind", "name", "value"]),
        "rules/en/modality.tsv": .cells(["kind", "words"]),
        "rules/en/offices.tsv": .words("words"),
        "rules/en/sources.tsv": .cells(["kind", "lemma"]),
        "rules/en/quantities.tsv": .words("word"),
        "rules/en/reporting_cues.tsv": .cells(["lemma", "pos"]),
        "rules/en/stances.tsv": .cells(["lemma", "kind"]),
        "rules/en/times.tsv": .words("word"),
        "rules/en/tokens.tsv": .words("form"),
    ]
    private static let lists = ["names", "demonyms", "metonyms", "members"]

    /// In order of file and line.
    public private(set) var mistakes: [DataError] = []
    private var patterns: [String: Place] = [:]

    /// Looks through every table in `lexicons` and `rules` of a data folder.
    public init(folder: URL) {
        for part in ["lexicons", "rules"] {
            let place = folder.appendingPathComponent(part)
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: place.path)) ?? []
            for name in names.sorted() where name.hasSuffix(".tsv") && !name.hasSuffix("blocks.tsv") {
                add("\(part)/\(name)", folder)
            }
        }
        for name in ["plover_scores", "goldstein", "cameo", "cameo_roles"] { addCodes("codebook/\(name).csv", folder) }
        mistakes.sort { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
    }

    private mutating func add(_ name: String, _ folder: URL) {
        // A file that cannot be read is told by the reader that needs it.
        var ignored: [DataError] = []
        let file = TSVFile(name, in: folder, columns: [], errors: &ignored)
        let isTrigger = name.contains("/triggers/")
        let isClasses = isTrigger && name.contains("/classes")
        let key = Self.keys[name] ?? (isClasses ? .cells(["class"]) : isTrigger ? .pattern : .cells(file.columns))
        var seen: [String: Place] = [:]
        for row in file.rows {
            for (words, column) in Self.values(of: key, in: row) {
                let place = Place(file: name, line: row.line)
                let first = isTrigger && !isClasses ? patterns[words] : seen[words]
                if let first { note(words, first, file, row.line, column) }
                if isTrigger && !isClasses {
                    patterns[words] = first ?? place
                } else {
                    seen[words] = first ?? place
                }
            }
            for column in Self.lists where file.columns.contains(column) { compare(row, column, file) }
        }
    }

    private mutating func note(_ words: String, _ first: Place, _ file: TSVFile, _ line: Int, _ column: String) {
        let place = first.file == file.name ? "line \(first.line)" : "\(first.file):\(first.line)"
        mistakes.append(file.mistake("“\(words)” stands in \(place) already", line: line, column: column))
    }

    /// The keys of a row, each with the column in which it is shown.
    private static func values(of key: Key, in row: TSVFile.Row) -> [(words: String, column: String)] {
        switch key {
        case .cells(let columns):
            let cells = columns.map { row[$0] }.filter { !$0.isEmpty }
            return cells.isEmpty ? [] : [(cells.joined(separator: " · "), columns[0])]
        case .words(let column):
            return row.list(column).map { ("\(row["kind"]) · \($0)", column) }
        case .pattern:
            let parts = row["pattern"].split(separator: " ").map(String.init)
            guard let head = parts.first, let slash = head.lastIndex(of: "/") else { return [] }
            let conditions = parts.dropFirst().sorted()
            return head[..<slash].split(separator: "|").map {
                (([String($0 + head[slash...])] + conditions).joined(separator: " "), "pattern")
            }
        }
    }

    /// Values of one cell.
    private mutating func compare(_ row: TSVFile.Row, _ column: String, _ file: TSVFile) {
        var seen: Set<String> = []
        for value in row.list(column) where !seen.insert(value).inserted {
            mistakes.append(file.mistake("“\(value)” stands twice in the cell", line: row.line, column: column))
        }
    }

    /// The codebook's tables: a code, or an event with its mode, has one line.
    private mutating func addCodes(_ name: String, _ folder: URL) {
        guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else { return }
        var seen: [String: Int] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).prefix(2)
            let key = name.hasSuffix("plover_scores.csv") ? cells.joined(separator: " ") : String(cells.first ?? "")
            if key.isEmpty { continue }
            if let first = seen[key] {
                let message = "“\(key)” stands in line \(first) already"
                mistakes.append(DataError(file: name, line: index + 1, column: 1, message: message))
            } else {
                seen[key] = index + 1
            }
        }
    }
}
