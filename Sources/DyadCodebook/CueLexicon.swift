import Foundation

/// Words that say who reports what, and how sure the complement of a word is.
public struct CueLexicon: Sendable {
    /// Stance of a reporting cue by `lemma/pos` (`neutral`, `assert`, `deny`, `doubt`, `demand`, `evaluate`, `think`, `learn`).
    private var reporting: [String: String] = [:]
    /// Effect on the complement by `lemma/pos`.
    private var signatures: [String: String] = [:]

    init(folder: URL, errors: inout [DataError]) {
        for row in TSVFile(
            "rules/en/reporting_cues.tsv", in: folder, columns: ["lemma", "pos", "stance"], errors: &errors
        ).rows {
            reporting["\(row["lemma"])/\(row["pos"])"] = row["stance"]
        }
        for row in TSVFile(
            "rules/en/implicatives.tsv", in: folder, columns: ["lemma", "pos", "signature"], errors: &errors
        ).rows {
            signatures["\(row["lemma"])/\(row["pos"])"] = row["signature"]
        }
    }

    /// Stance of a reporting word; nil when it is none.
    public func stance(_ lemma: String, _ pos: String) -> String? { reporting["\(lemma)/\(pos)"] }

    /// What a word does to its complement: `implies+`, `implies-`, `factive`, `planned`, `requested`, `alleged`, `denied`,
    /// `hypothetical`, `conditional`; nil when it does nothing.
    public func signature(_ lemma: String, _ pos: String) -> String? { signatures["\(lemma)/\(pos)"] }
}
