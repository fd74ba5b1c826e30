public import DyadCore
import DyadData
package import Foundation

/// What the ledger knows: words for happenings, which types go together, rules of status and of figures.
///
/// Read from `rules/en/event_words.tsv`, `event_synonyms.tsv`, `ledger.tsv` and `stances.tsv`.
public struct LedgerLexicon: Sendable {
    /// A line of the status table: the first whose facts hold decides.
    public struct StatusRule: Sendable, Equatable {
        public var name: String
        /// Facts that must hold, and with "!" must not.
        public var facts: [String]
        public var status: LedgerStatus
        /// The rule in words.
        public var text: String
    }

    /// A word that takes a stance, and what it says when it is negated.
    package struct StanceWord: Sendable, Equatable {
        package var stance: Stance?
        package var negated: Stance?
    }

    /// Classes of happenings by the root of a word.
    package private(set) var classes: [String: [String]] = [:]
    /// Groups of words and phrases for one kind of happening, to tell mentions of one event.
    package private(set) var synonyms = EventSynonyms()
    /// What words say of what was said before, by "lemma kind".
    package private(set) var stances: [String: StanceWord] = [:]
    /// Nouns and pronouns that stand for what was said before.
    package private(set) var references: Set<String> = []
    /// Words that negate the word they hang on.
    package private(set) var negators: Set<String> = []
    package private(set) var stops: Set<String> = []
    /// Verbs that leave the meaning to their object: "make an attack".
    package private(set) var lightVerbs: Set<String> = []
    /// Words by which a correction names what was wrong: "originally".
    package private(set) var formers: Set<String> = []
    /// Roots of verbs whose subject receives: "buy".
    package private(set) var receivers: Set<String> = []
    /// Event types that the words of a class name.
    package private(set) var acts: [String: Set<EventType>] = [:]
    /// The root that stands for several words for one thing.
    package private(set) var things: [String: String] = [:]
    /// Nouns for what proves: records, inquiries, courts.
    package private(set) var evidence: Set<String> = []
    /// Words that make a statement less than certain.
    package private(set) var hedges: Set<String> = []
    /// What a word says of an act that lasts: `stops` or `goes on`.
    package private(set) var phases: [String: String] = [:]
    /// Verbs by lemma with a part in claims: `result` ("turn out"), `shows`, `estimate` ("put at").
    package private(set) var claimVerbs: [String: String] = [:]
    /// Auxiliaries that put an act into the future.
    package private(set) var futures: Set<String> = []
    /// Endings that are cut from a word, in the order in which they are tried.
    private var endings: [[UInt8]] = []
    /// Base forms of what no ending explains: "sold", "sale".
    private var bases: [String: String] = [:]
    package private(set) var compatible: Set<String> = []
    package private(set) var during: Set<String> = []
    package private(set) var status: [StatusRule] = []
    package private(set) var best: [(name: String, fact: String, text: String)] = []
    package private(set) var weights: [String: Double] = [:]
    /// Pairs of classes that exclude each other.
    package private(set) var opposites: Set<String> = []
    /// How far along acts of a class are, from 1 (wished) to 6 (done).
    package private(set) var stages: [String: Int] = [:]
    /// Log odds that two marked mentions are one event, and how documents are grouped for that.
    package private(set) var mentions: [String: Double] = [:]
    package private(set) var thresholds: [String: Double] = [:]
    /// Mistakes of the files; they are left out of the tables.
    public private(set) var errors: [DataError] = []

    /// The tables of the data folder in use, read once.
    public static let standard: LedgerLexicon =
        DataLocation.folder().map { LedgerLexicon(folder: $0) } ?? LedgerLexicon()

    /// Empty tables.
    package init() {}

    /// Reads the tables of a data folder.
    package init(folder: URL) {
        let columns = ["kind", "name", "value", "text", "status"]
        let forms = TSVFile("rules/en/irregular_forms.tsv", in: folder, columns: ["form", "lemma"], errors: &errors)
        for row in forms.rows where bases[row["form"]] == nil { bases[row["form"]] = row["lemma"] }
        let rules = TSVFile("rules/en/ledger.tsv", in: folder, columns: columns, errors: &errors)
        for row in rules.rows { add(row, rules) }
        readStances(folder)
        let words = TSVFile("rules/en/event_words.tsv", in: folder, columns: ["class", "words"], errors: &errors)
        for row in words.rows {
            for word in row.list("words") {
                let root = root(word)
                if classes[root]?.contains(row["class"]) != true { classes[root, default: []].append(row["class"]) }
            }
        }
        synonyms = EventSynonyms(folder: folder, errors: &errors, root: root)
    }

    private mutating func readStances(_ folder: URL) {
        let columns = ["lemma", "kind", "stance", "negated"]
        let file = TSVFile("rules/en/stances.tsv", in: folder, columns: columns, errors: &errors)
        for row in file.rows {
            for column in ["stance", "negated"] where !row[column].isEmpty && Stance(rawValue: row[column]) == nil {
                errors.append(file.mistake("\(row[column]) is no stance", line: row.line, column: column))
            }
            if row["kind"] == "negator" {
                negators.insert(row["lemma"])
            } else if row["kind"] == "reference" {
                references.insert(row["lemma"])
            } else {
                stances["\(row["lemma"]) \(row["kind"])"] = StanceWord(
                    stance: Stance(rawValue: row["stance"]), negated: Stance(rawValue: row["negated"]))
            }
        }
    }

    private mutating func add(_ row: TSVFile.Row, _ file: TSVFile) {
        let (name, value) = (row["name"], row["value"])
        switch row["kind"] {
        case "stop": stops.insert(name)
        case "future": futures.insert(name)
        case "former": formers.insert(name)
        case "evidence": evidence.insert(name)
        case "hedge": hedges.insert(name)
        case "phase": phases[name] = value
        case "verb": claimVerbs[name] = value
        case "act": acts[name] = Set(value.split(separator: "|").compactMap { EventType(rawValue: String($0)) })
        case "thing": for word in row.list("value") { things[root(word)] = root(name) }
        case "receiver": receivers.insert(root(name))
        case "light": lightVerbs.insert(name)
        case "ending": endings.append(Array(name.utf8))
        case "base": bases[name] = value
        case "compatible", "during":
            guard EventType(rawValue: name) != nil, EventType(rawValue: value) != nil else {
                errors.append(file.mistake("\(name) and \(value) must be event types", line: row.line, column: "name"))
                return
            }
            if row["kind"] == "during" {
                during.insert("\(name) \(value)")
            } else {
                compatible.formUnion(["\(name) \(value)", "\(value) \(name)"])
            }
        case "status":
            guard let status = LedgerStatus(rawValue: row["status"]) else {
                errors.append(file.mistake("\(row["status"]) is no status", line: row.line, column: "status"))
                return
            }
            let facts = value.split(separator: ",").map(String.init)
            self.status.append(StatusRule(name: name, facts: facts, status: status, text: row["text"]))
        case "best": best.append((name, value, row["text"]))
        case "opposite": opposites.formUnion(["\(name) \(value)", "\(value) \(name)"])
        case "weight", "threshold", "stage", "mention":
            guard let number = Double(value) else {
                errors.append(file.mistake("\(value) is no number", line: row.line, column: "value"))
                return
            }
            switch row["kind"] {
            case "weight": weights[name] = number
            case "stage": stages[name] = Int(number)
            case "mention": mentions[name] = number
            default: thresholds[name] = number
            }
        default: errors.append(file.mistake("unknown kind \(row["kind"])", line: row.line, column: "kind"))
        }
    }

    /// What is left of an English word without its endings: the same for "extend", "extended" and "extension".
    ///
    /// Coarser than a lemma on purpose: verbs and the nouns made of them fall together.
    package func root(_ word: String) -> String {
        let low = word.lowercased()
        var bytes = Array((bases[low] ?? low).utf8)
        for _ in 0..<2 {
            for ending in endings
            where bytes.count >= ending.count + 4 && bytes.suffix(ending.count).elementsEqual(ending) {
                bytes.removeLast(ending.count)
                break
            }
            if bytes.count > 4, bytes[bytes.count - 1] == bytes[bytes.count - 2] { bytes.removeLast() }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Key of a word or phrase in ``synonyms``: "takes", "custody" and "take-custody" give parts of one form.
    package func key(_ words: [String]) -> String {
        EventSynonyms.key(words.joined(separator: "-").lowercased(), root)
    }

    /// True when reports use both types for one happening.
    package func areCompatible(_ left: EventType, _ right: EventType) -> Bool {
        left == right || compatible.contains("\(left.rawValue) \(right.rawValue)")
    }

    /// The first status rule whose facts hold.
    package func status(of facts: Set<String>) -> (status: LedgerStatus, rule: String, text: String) {
        for rule in status {
            let holds = rule.facts.allSatisfy { fact in
                fact.hasPrefix("!") ? !facts.contains(String(fact.dropFirst())) : facts.contains(fact)
            }
            if holds { return (rule.status, rule.name, rule.text) }
        }
        return (.reported, "none", "no rule holds")
    }
}
