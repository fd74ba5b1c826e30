import DyadCore
import DyadData
public import Foundation

/// Ladders and words of the registers: `rules/en/registers.tsv`, `register_cues.tsv` and `register_things.tsv`.
public struct RegisterLexicon: Sendable {
    /// A status that an entry can have.
    public struct Status: Sendable, Equatable {
        /// Its name, `signed`.
        public var name: String
        /// Place on the ladder, from 1; 0 for what stands beside it.
        public var order: Int
        /// `end`, `stop`, `resume`, or empty for an ordinary step.
        public var effect: String
        /// What it means, for readers.
        public var about: String
    }

    /// What a word tells about an entry.
    public struct Cue: Sendable, Equatable {
        /// The step that is taken.
        public var step: String
        /// The step when the word is negated; empty for none.
        public var negated: String
        /// Role of the subject; empty when it has none.
        public var subject: String

        /// A cue; see the properties.
        public init(step: String, negated: String = "", subject: String = "") {
            self.step = step
            self.negated = negated
            self.subject = subject
        }
    }

    private var ladders: [String: [Status]] = [:]
    private var cues: [String: Cue] = [:]
    /// Hash of the files: another one when a line changes.
    public private(set) var fingerprint = ""
    /// Kind by register and words.
    private var things: [String: [String: String]] = [:]
    /// Kinds of a register in the order of the file.
    private var order: [String: [String]] = [:]
    /// Most words that a thing of the register has.
    private var longest: [String: Int] = [:]

    /// Reads the files of a data folder.
    ///
    /// - Throws: ``DataErrors`` with all mistakes.
    public init(folder: URL) throws(DataErrors) {
        var errors: [DataError] = []
        self.init(folder: folder, errors: &errors)
        if !errors.isEmpty { throw DataErrors(errors: errors) }
    }

    init(folder: URL, errors: inout [DataError]) {
        readLadders(folder, &errors)
        readCues(folder, &errors)
        readThings(folder, &errors)
        fingerprint = Self.fingerprint(folder)
    }

    private static func fingerprint(_ folder: URL) -> String {
        var hash = StableHash()
        for name in ["registers", "register_cues", "register_things"] {
            let file = folder.appendingPathComponent("rules/en/\(name).tsv")
            hash.combine((try? String(contentsOf: file, encoding: .utf8)) ?? "")
        }
        return hash.hex
    }

    /// Reads the data folder that the program uses.
    public static func standard() throws(DataErrors) -> RegisterLexicon {
        guard let folder = DataLocation.folder() else {
            throw DataErrors(errors: [
                DataError(
                    file: "Data", line: 0, column: 0, message: "the data folder was not found: set DYAD_DATA to it")
            ])
        }
        return try RegisterLexicon(folder: folder)
    }

    private mutating func readLadders(_ folder: URL, _ errors: inout [DataError]) {
        let file = TSVFile(
            "rules/en/registers.tsv", in: folder, columns: ["register", "status", "order", "effect", "about"],
            errors: &errors)
        for row in file.rows {
            guard let order = Int(row["order"]), ["", "end", "stop", "resume"].contains(row["effect"]) else {
                errors.append(
                    file.mistake(
                        "order is a number, and effect is empty, end, stop or resume", line: row.line, column: "order"))
                continue
            }
            ladders[row["register"], default: []].append(
                Status(name: row["status"], order: order, effect: row["effect"], about: row["about"]))
        }
    }

    private mutating func readCues(_ folder: URL, _ errors: inout [DataError]) {
        let file = TSVFile(
            "rules/en/register_cues.tsv", in: folder,
            columns: ["register", "word", "pos", "step", "negated", "subject"], errors: &errors)
        for row in file.rows {
            for (column, step) in [("step", row["step"]), ("negated", row["negated"])] where !step.isEmpty {
                if status(step, in: row["register"]) == nil {
                    errors.append(
                        file.mistake(
                            "\(step) is no status of the register \(row["register"])", line: row.line, column: column))
                }
            }
            cues["\(row["register"])/\(row["word"])/\(row["pos"])"] = Cue(
                step: row["step"], negated: row["negated"], subject: row["subject"])
        }
    }

    private mutating func readThings(_ folder: URL, _ errors: inout [DataError]) {
        let file = TSVFile(
            "rules/en/register_things.tsv", in: folder, columns: ["register", "kind", "words"], errors: &errors)
        for row in file.rows {
            let register = row["register"]
            order[register, default: []].append(row["kind"])
            for words in row.list("words") {
                if let other = things[register]?[words] {
                    errors.append(
                        file.mistake("\(words) is there already, as \(other)", line: row.line, column: "words"))
                }
                things[register, default: [:]][words] = row["kind"]
                longest[register] = max(longest[register] ?? 1, words.split(separator: " ").count)
            }
        }
    }

    /// The ladder of a register, in the order of the file.
    public func ladder(_ register: String) -> [Status] { ladders[register] ?? [] }

    /// A status of a register.
    public func status(_ name: String, in register: String) -> Status? {
        ladders[register]?.first { $0.name == name }
    }

    /// What a word tells; `pos` is `v`, `n` or `a`.
    public func cue(_ register: String, _ word: String, _ pos: String) -> Cue? { cues["\(register)/\(word)/\(pos)"] }

    /// The kind of a thing by its words, in lemmas and lower case.
    public func kind(_ register: String, _ words: String) -> String? { things[register]?[words] }

    /// Kinds of a register in the order of the file.
    public func kinds(_ register: String) -> [String] { order[register] ?? [] }

    /// Most words that a thing of the register has.
    public func longestThing(_ register: String) -> Int { longest[register] ?? 1 }
}
