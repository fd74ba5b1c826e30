public import Foundation

/// Phrases of a user's additional lexicon that stop the coding of a sentence or report, or name its subject.
public struct OwnPhrases: Sendable {
    /// What a discard stops.
    public enum Scope: String, Sendable {
        case sentence, report
    }

    private var discards = PhraseTable<Scope>()
    private var issues = PhraseTable<String>()
    /// True when there is nothing to look for.
    public private(set) var isEmpty = true

    init(folder: URL?, errors: inout [DataError]) {
        guard let folder else { return }
        func file(_ name: String, _ columns: [String]) -> TSVFile? {
            guard FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path) else { return nil }
            return TSVFile(name, in: folder, columns: columns, errors: &errors)
        }
        if let file = file("discards.tsv", ["phrase", "scope"]) {
            for row in file.rows {
                guard let scope = Scope(rawValue: row["scope"]) else {
                    errors.append(
                        file.mistake(
                            "“\(row["scope"])” is neither sentence nor report", line: row.line, column: "scope"))
                    continue
                }
                discards.insert(Self.key(row["phrase"]), scope)
                isEmpty = false
            }
        }
        if let file = file("issues.tsv", ["phrase", "issue"]) {
            for row in file.rows {
                issues.insert(Self.key(row["phrase"]), row["issue"])
                isEmpty = false
            }
        }
    }

    private static func key(_ phrase: String) -> String {
        ActorLexicon.words(phrase.lowercased()).joined(separator: " ")
    }

    /// What the words of a sentence, in lower case, stop; the report when any of them does.
    public func discard(_ words: [String]) -> Scope? {
        var out: Scope?
        for start in words.indices {
            guard let found = discards.match(at: start, in: words)?.value else { continue }
            if found == .report { return found }
            out = found
        }
        return out
    }

    /// Subjects that the words of a sentence, in lower case, name, in order.
    public func subjects(_ words: [String]) -> [String] {
        var out: [String] = []
        for start in words.indices {
            if let found = issues.match(at: start, in: words)?.value, !out.contains(found) { out.append(found) }
        }
        return out
    }
}
