public import DyadCore
import Foundation

/// Words by which a text refers back: pronouns, titles and given names that show gender, nouns that stand for a name.
public struct ReferenceLexicon: Sendable {
    /// Grammatical gender of persons.
    public enum Gender: String, Sendable {
        case masculine = "m"
        case feminine = "f"
    }

    /// What a pronoun agrees with.
    public struct Pronoun: Sendable, Equatable {
        /// 1, 2 or 3.
        public var person: Int
        /// Nil for a pronoun of either number.
        public var isPlural: Bool?
        /// Nil unless a person of known gender is meant.
        public var gender: Gender?
        /// True for "it" and its forms.
        public var isNeuter: Bool
        /// True for "himself" and the like.
        public var isReflexive: Bool
    }

    private var pronouns: [String: Pronoun] = [:]
    private var genders: [String: Gender] = [:]
    private var nouns: [String: String] = [:]
    private var seats: [String: String] = [:]
    private var words: [String: Set<String>] = [:]

    init(folder: URL, errors: inout [DataError]) {
        let name = "rules/en/references.tsv"
        for row in TSVFile(name, in: folder, columns: ["kind", "word", "value"], errors: &errors).rows {
            let list = row.list("word").map { $0.lowercased() }
            switch row["kind"] {
            case "pronoun":
                guard let pronoun = Self.pronoun(row["value"]) else {
                    errors.append(
                        DataError(
                            file: name, line: row.line, column: 3,
                            message: "a pronoun needs person, number and gender, as in 3 sg m"))
                    continue
                }
                for word in list { pronouns[word] = pronoun }
            case "gender":
                for word in list { genders[word] = Gender(rawValue: row["value"]) }
            case "noun":
                for word in list { nouns[word] = row["value"] }
            case "seat":
                for word in row.list("word") { seats[word] = row["value"] }
            case "word":
                words[row["value"], default: []].formUnion(list)
            default:
                errors.append(
                    DataError(
                        file: name, line: row.line, column: 1,
                        message: "\(row["kind"]) is no kind; write pronoun, gender, noun, seat or word"))
            }
        }
    }

    private static func pronoun(_ text: String) -> Pronoun? {
        let parts = text.split(separator: " ")
        guard parts.count >= 3, let person = Int(parts[0]), (1...3).contains(person) else { return nil }
        return Pronoun(
            person: person, isPlural: parts[1] == "-" ? nil : parts[1] == "pl",
            gender: Gender(rawValue: String(parts[2])),
            isNeuter: parts[2] == "n", isReflexive: parts.count > 3)
    }

    /// A personal pronoun in lower case.
    public func pronoun(_ word: String) -> Pronoun? { pronouns[word] }

    /// Gender of a title, role noun or given name.
    public func gender(_ word: String) -> Gender? { genders[word.lowercased()] }

    /// What a common noun may stand for: `state`, `organisation`, `armed-group`.
    public func standsFor(_ lemma: String) -> String? { nouns[lemma] }

    /// Name of the body that is meant by a city.
    public func seat(_ city: String) -> String? { seats[city] }

    /// True when a word is in one of the lists of words, such as `backing`.
    public func `is`(_ word: String, _ list: String) -> Bool { words[list]?.contains(word) ?? false }
}
