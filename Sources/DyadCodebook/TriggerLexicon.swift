public import DyadCore
import Foundation

/// One condition on a slot of a predicate.
public struct SlotConstraint: Sendable, Equatable {
    /// Path of slots, `["obj"]` or `["obj", "of"]`.
    public var path: [String]
    /// Lemmas that satisfy it; empty for "anything".
    public var lemmas: Set<String>
    /// True when the slot must not hold them (or, with no lemmas, must be empty).
    public var isNegative: Bool
    /// Phrases of several words among the lemmas of a user's line.
    public var phrases: [String] = []
}

/// One line of the trigger lexicon: words and what they express.
public struct TriggerEntry: Sendable {
    public var pattern: String
    public var heads: [String]
    /// `v`, `n` or `a`.
    public var pos: String
    public var constraints: [SlotConstraint]
    public var event: EventType
    public var mode: String?
    /// Slots in which the source actor is looked for, in order.
    public var sourceSlots: [[String]]
    /// Slots in which the target actor is looked for, in order.
    public var targetSlots: [[String]]
    /// All parties act: "they met".
    public var isMutual: Bool
    public var example: String
    /// `TUR > PAK` or `TUR + PAK`; several separated by commas.
    public var expected: String
    public var file: String
    public var line: Int
    /// True for a line of the user's additional lexicon: it stands before the shipped ones, whatever they name.
    public var isOwn = false
    /// True for words that express no event, so that no other line is asked.
    public var isSilent = false
    /// True when a user's line says that the words are an event, but not which: the judge names it.
    public var isUnnamed = false
    /// The CAMEO code that a user's line gives the event.
    public var code: String?

    /// More conditions win over fewer; naming words wins over "anything".
    public var specificity: Int { constraints.reduce(0) { $0 + ($1.isNegative ? 0 : $1.lemmas.isEmpty ? 2 : 3) } }
}

/// Words that express events, with the frames in which they do.
public struct TriggerLexicon: Sendable {
    public private(set) var entries: [TriggerEntry] = []
    private var byHead: [String: [Int]] = [:]
    private(set) var classes: [String: Set<String>] = [:]
    private var byPlace: [String: Int] = [:]
    /// True when the triggers of a user's lexicon are the only ones.
    public private(set) var isAlone = false

    static let columns = ["pattern", "event", "mode", "source", "target", "example", "expect"]

    /// Reads every file in `lexicons/en/triggers`.
    init(folder: URL, additional: URL? = nil, isAlone: Bool = false, errors: inout [DataError]) {
        let place = "lexicons/en/triggers"
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(place).path)) ?? []
        if names.isEmpty { errors.append(DataError(file: place, line: 0, column: 0, message: "no trigger files")) }
        var classes: [String: Set<String>] = [:]
        for name in names.sorted() where name.hasPrefix("classes") && name.hasSuffix(".tsv") {
            let file = TSVFile("\(place)/\(name)", in: folder, columns: ["class", "members"], errors: &errors)
            for row in file.rows { classes[row["class"], default: []].formUnion(row.list("members")) }
        }
        let own = additional.map { Self.ownFiles($0, &classes, &errors) } ?? []
        self.classes = classes
        for file in own { add(file, classes, isOwn: true, &errors) }
        self.isAlone = isAlone
        if isAlone { return }
        for name in names.sorted() where !name.hasPrefix("classes") && name.hasSuffix(".tsv") {
            add(TSVFile("\(place)/\(name)", in: folder, columns: Self.columns, errors: &errors), classes, &errors)
        }
    }

    /// The trigger files of a user's folder; its classes join the others.
    private static func ownFiles(
        _ folder: URL, _ classes: inout [String: Set<String>], _ errors: inout [DataError]
    ) -> [TSVFile] {
        let path = folder.appendingPathComponent("triggers").path
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        var files: [TSVFile] = []
        for name in names where name.hasSuffix(".tsv") {
            let isClasses = name.hasPrefix("classes")
            let file = TSVFile(
                "triggers/\(name)", in: folder, columns: isClasses ? ["class", "members"] : columns, errors: &errors)
            if isClasses {
                for row in file.rows { classes[row["class"], default: []].formUnion(row.list("members")) }
            } else {
                files.append(file)
            }
        }
        return files
    }

    /// A lexicon of given text, for tests and for a user's own entries.
    public init(tsv: String, name: String) throws(DataErrors) {
        var errors: [DataError] = []
        add(TSVFile(name, text: tsv, columns: Self.columns, errors: &errors), [:], &errors)
        if !errors.isEmpty { throw DataErrors(errors: errors) }
    }

    private mutating func add(
        _ file: TSVFile, _ classes: [String: Set<String>], isOwn: Bool = false, _ errors: inout [DataError]
    ) {
        for row in file.rows {
            let isSilent = isOwn && row["event"] == "-"
            let isUnnamed = isOwn && row["event"] == "?"
            guard let event = isSilent || isUnnamed ? .consult : EventType(rawValue: row["event"]) else {
                errors.append(
                    DataError(file: file.name, line: row.line, column: 2, message: "\(row["event"]) is no PLOVER event")
                )
                continue
            }
            let parts = row["pattern"].split(separator: " ").map(String.init)
            guard let head = parts.first, let slash = head.lastIndex(of: "/") else {
                errors.append(
                    DataError(
                        file: file.name, line: row.line, column: 1,
                        message: "a pattern begins with lemma/pos, as in sign/v"))
                continue
            }
            let lemmas = head[..<slash].split(separator: "|").map { $0.lowercased() }
            let pos = String(head[head.index(after: slash)...])
            var constraints: [SlotConstraint] = []
            for part in parts.dropFirst() {
                guard var constraint = Self.constraint(part, classes) else {
                    errors.append(
                        DataError(
                            file: file.name, line: row.line, column: 1,
                            message: "\(part) is not slot=words or names an unknown class"))
                    continue
                }
                if isOwn { constraint.phrases = constraint.lemmas.filter { $0.contains(" ") }.sorted() }
                constraints.append(constraint)
            }
            let targets = Self.slots(row["target"])
            var entry = TriggerEntry(
                pattern: row["pattern"], heads: lemmas, pos: pos, constraints: constraints, event: event,
                mode: row["mode"].isEmpty ? nil : row["mode"], sourceSlots: Self.slots(row["source"]),
                targetSlots: targets.filter { $0 != ["mutual"] }, isMutual: targets.contains(["mutual"]),
                example: row["example"], expected: row["expect"], file: file.name, line: row.line)
            entry.isOwn = isOwn
            entry.isSilent = isSilent
            entry.isUnnamed = isUnnamed
            entry.code = isOwn && !row["code"].isEmpty ? row["code"] : nil
            for lemma in lemmas { byHead["\(lemma)/\(pos)", default: []].append(entries.count) }
            byPlace["\(file.name):\(row.line)"] = entries.count
            entries.append(entry)
        }
    }

    /// The entry of a line, as an event's explanation names it.
    public func entry(file: String, line: Int) -> TriggerEntry? { byPlace["\(file):\(line)"].map { entries[$0] } }

    static func constraint(_ text: String, _ classes: [String: Set<String>]) -> SlotConstraint? {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let path = text[..<equals].split(separator: ".").map(String.init)
        var words = text[text.index(after: equals)...]
        let isNegative = words.hasPrefix("!")
        if isNegative { words = words.dropFirst() }
        if words == "*" { return SlotConstraint(path: path, lemmas: [], isNegative: isNegative) }
        var lemmas: Set<String> = []
        for word in words.split(separator: "|") {
            if word.hasPrefix("@") {
                guard let members = classes[String(word.dropFirst())] else { return nil }
                lemmas.formUnion(members)
            } else {
                lemmas.insert(word.lowercased())
            }
        }
        return lemmas.isEmpty || path.isEmpty ? nil : SlotConstraint(path: path, lemmas: lemmas, isNegative: isNegative)
    }

    private static func slots(_ text: String) -> [[String]] {
        text.split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces).split(separator: ".").map(String.init)
        }
        .filter { !$0.isEmpty }
    }

    /// Members of a word class; empty when no file names it.
    public func members(of name: String) -> Set<String> { classes[name] ?? [] }

    /// Nouns that only measure what follows "of": "a series of attacks", "a package of measures".
    public var containers: Set<String> { members(of: "container") }

    /// Entries that a word may begin, in file order.
    public func entries(lemma: String, pos: String) -> [TriggerEntry] {
        (byHead["\(lemma)/\(pos)"] ?? []).map { entries[$0] }
    }
}
