import Foundation

/// Words that say who reports what, and how sure the complement of a word is.
public struct CueLexicon: Sendable {
    /// What a word does to its complement.
    public struct Signature: Sendable, Equatable {
        /// `implies+`, `implies-`, `factive`, `planned`, `requested`, `alleged`, `denied`, `hypothetical` or `conditional`.
        public var effect: String
        /// The complement when the word is negated: `+`, `-`, `?`, or empty for what the effect gives by itself.
        public var negated: String

        /// A signature; see the properties.
        public init(effect: String, negated: String = "") {
            self.effect = effect
            self.negated = negated
        }
    }

    /// Stance of a reporting cue by `lemma/pos` (`neutral`, `assert`, `deny`, `doubt`, `demand`, `evaluate`, `think`, `learn`).
    private var reporting: [String: String] = [:]
    /// Effect on the complement by `lemma/pos/frame`.
    private var signatures: [String: Signature] = [:]
    /// Words of mood by kind.
    private var moods: [String: Set<String>] = [:]
    /// What a feature adds to the value of certainty.
    private var certainty: [String: Double] = [:]
    /// Kind of source by lemma.
    private var sources: [String: String] = [:]
    /// First words of the set phrases that introduce a source, each with its phrases, longest first.
    private var phrases: [String: [[String]]] = [:]
    /// First words of the phrases that open a condition, each with its phrases, longest first.
    private var conditions: [String: [[String]]] = [:]

    init(folder: URL, errors: inout [DataError]) {
        for row in TSVFile(
            "rules/en/reporting_cues.tsv", in: folder, columns: ["lemma", "pos", "stance"], errors: &errors
        ).rows {
            reporting["\(row["lemma"])/\(row["pos"])"] = row["stance"]
            if row["pos"] == "p" { Self.add(row["lemma"], to: &phrases) }
        }
        for row in TSVFile(
            "rules/en/implicatives.tsv", in: folder, columns: ["lemma", "pos", "frame", "signature", "negated"],
            errors: &errors
        ).rows {
            signatures["\(row["lemma"])/\(row["pos"])/\(row["frame"])"] = Signature(
                effect: row["signature"], negated: row["negated"])
            if row["pos"] == "p", row["signature"] == "conditional" { Self.add(row["lemma"], to: &conditions) }
        }
        for row in TSVFile("rules/en/modality.tsv", in: folder, columns: ["kind", "words"], errors: &errors).rows {
            moods[row["kind"], default: []].insert(row["words"])
        }
        for row in TSVFile("rules/en/sources.tsv", in: folder, columns: ["kind", "lemma"], errors: &errors).rows
        where sources[row["lemma"]] == nil {
            sources[row["lemma"]] = row["kind"]
        }
        readCertainty(folder, &errors)
    }

    private mutating func readCertainty(_ folder: URL, _ errors: inout [DataError]) {
        let name = "rules/en/certainty.tsv"
        for row in TSVFile(name, in: folder, columns: ["feature", "weight"], errors: &errors).rows {
            guard let weight = Double(row["weight"]) else {
                errors.append(
                    DataError(file: name, line: row.line, column: 0, message: "\(row["weight"]) is no number"))
                continue
            }
            certainty[row["feature"]] = weight
        }
    }

    private static func add(_ text: String, to phrases: inout [String: [[String]]]) {
        let words = text.split(separator: " ").map(String.init)
        guard let first = words.first else { return }
        phrases[first, default: []].append(words)
        phrases[first]?.sort { $0.count > $1.count }
    }

    /// Stance of a reporting word; nil when it is none.
    public func stance(_ lemma: String, _ pos: String) -> String? { reporting["\(lemma)/\(pos)"] }

    /// The effect of a word in a frame (`that`, `to`, `obj-to`, `ing`, `np`, `wh`), or what holds for all its frames.
    public func signature(_ lemma: String, _ pos: String, frame: String) -> Signature? {
        let key = "\(lemma)/\(pos)/"
        if let found = signatures[key + frame] { return found }
        if frame == "obj-to", let found = signatures[key + "to"] { return found }
        return signatures[key]
    }

    /// The weight of a feature of certainty; nil for what the table does not name.
    public func certainty(_ feature: String) -> Double? { certainty[feature] }

    /// What a feature adds to the value of certainty; 0 for what the table does not name.
    public func certaintyWeight(_ feature: String) -> Double { certainty[feature] ?? 0 }

    /// True for a word of the kind, as `modality.tsv` lists it.
    public func isMood(_ kind: String, _ word: String) -> Bool { moods[kind]?.contains(word) ?? false }

    /// `anonymous`, `document`, `medium` or `speaker` for a noun that tells things; nil for any other.
    public func sourceKind(_ lemma: String) -> String? { sources[lemma] }

    /// The longest phrase that opens a condition ("as long as"), begins with a word and goes on as `next` says.
    public func conditionPhrase(_ first: String, next: (Int) -> String?) -> [String]? {
        conditions[first]?.first { words in
            words.indices.dropFirst().allSatisfy { next($0) == words[$0] }
        }
    }

    /// The longest set phrase that begins with a word and goes on as `next` says.
    public func sourcePhrase(_ first: String, next: (Int) -> String?) -> [String]? {
        phrases[first]?.first { words in
            words.indices.dropFirst().allSatisfy { next($0) == words[$0] }
        }
    }
}
