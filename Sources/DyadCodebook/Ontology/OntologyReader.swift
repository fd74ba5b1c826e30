import DyadCore
import Foundation
import Yams

/// Reads the folder of an ontology and gathers every mistake in it.
struct OntologyReader {
    let folder: URL
    let label: String
    let triggers: TriggerLexicon
    private(set) var ontology: Ontology
    private(set) var errors: [DataError] = []
    private var classes: [String: Set<String>] = [:]

    init(folder: URL, label: String, triggers: TriggerLexicon) {
        self.folder = folder
        self.label = label
        self.triggers = triggers
        ontology = Ontology(name: folder.lastPathComponent)
    }

    mutating func read() {
        let mapping = readDefinitions()
        readClasses()
        readPatterns()
        readMapping(mapping ?? "mapping.tsv", isNamed: mapping != nil)
        readConventions()
    }

    private func url(_ file: String) -> URL { folder.appendingPathComponent(file).standardizedFileURL }

    private func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: url(file).path) }

    private mutating func note(_ file: String, _ line: Int, _ column: Int, _ message: String) {
        errors.append(DataError(file: "\(label)/\(file)", line: line, column: column, message: message))
    }

    private mutating func text(_ file: String) -> String? {
        guard let text = try? String(contentsOf: url(file), encoding: .utf8) else {
            note(file, 0, 0, "the file is missing or is not UTF-8")
            return nil
        }
        return text
    }

    // MARK: - Definitions

    /// Fills name, version and codes; gives the name of the mapping's file where one is named.
    private mutating func readDefinitions() -> String? {
        let file = "codebook.yaml"
        guard let text = text(file) else { return nil }
        let root: Node.Mapping
        do {
            guard let found = try Yams.compose(yaml: text)?.mapping else {
                note(file, 1, 0, "name, version and codes are expected")
                return nil
            }
            root = found
        } catch let error as YamlError {
            let mistake = Codebook.mistake(error, in: "\(label)/\(file)")
            errors.append(mistake)
            return nil
        } catch {
            note(file, 0, 0, error.localizedDescription)
            return nil
        }
        var mapping: String?
        for (key, value) in root {
            let line = key.mark?.line ?? 0
            switch key.string ?? "" {
            case "name": ontology.name = value.string ?? ontology.name
            case "version": ontology.version = value.string ?? ""
            case "mapping": mapping = value.string
            case "codes", "events": readCodes(value, file, line)
            default:
                note(
                    file, line, key.mark?.column ?? 0,
                    "\(key.string ?? "this") is none of name, version, mapping, codes")
            }
        }
        if ontology.codes.isEmpty { note(file, 0, 0, "no codes: a line is CODE: {definition: …, parent: …, quad: 1}") }
        for (code, entry) in ontology.codes.sorted(by: { $0.key < $1.key }) {
            if let parent = entry.parent, ontology.codes[parent] == nil {
                note(file, entry.line, 0, "\(code) has the parent \(parent), which is no code")
            } else if isItsOwnAncestor(code) {
                note(file, entry.line, 0, "\(code) is its own ancestor")
            }
        }
        return mapping
    }

    private func isItsOwnAncestor(_ code: String) -> Bool {
        var at = ontology.codes[code]?.parent
        for _ in 0..<16 {
            guard let parent = at else { return false }
            if parent == code { return true }
            at = ontology.codes[parent]?.parent
        }
        return true
    }

    private mutating func readCodes(_ node: Node, _ file: String, _ line: Int) {
        guard let codes = node.mapping else { return note(file, line, 0, "codes holds one line for each code") }
        for (key, value) in codes {
            let line = key.mark?.line ?? 0, column = key.mark?.column ?? 0
            guard let code = key.string, !code.isEmpty else { continue }
            if ontology.codes[code] != nil { note(file, line, column, "\(code) stands twice") }
            var entry = Ontology.Code(definition: value.string ?? "", parent: nil, quad: nil, score: nil, line: line)
            for (name, field) in value.mapping ?? [:] { set(&entry, name, field, file, line) }
            if entry.definition.isEmpty { note(file, line, column, "\(code) has no definition") }
            ontology.codes[code] = entry
        }
    }

    private mutating func set(_ entry: inout Ontology.Code, _ name: Node, _ field: Node, _ file: String, _ line: Int) {
        let column = field.mark?.column ?? 0
        switch name.string ?? "" {
        case "definition": entry.definition = field.string ?? ""
        case "parent": entry.parent = field.string
        case "quad":
            entry.quad = field.string.flatMap { Int($0) }
            if !(1...4).contains(entry.quad ?? 0) { note(file, line, column, "quad is 1, 2, 3 or 4") }
        case "score":
            entry.score = field.string.flatMap { Double($0) }
            if entry.score == nil { note(file, line, column, "score is a number") }
        default:
            note(
                file, line, name.mark?.column ?? 0,
                "\(name.string ?? "this") is none of definition, parent, quad, score")
        }
    }

    // MARK: - Patterns

    /// Word classes of the trigger lexicon, and the ontology's own, which come first.
    private mutating func readClasses() {
        classes = triggers.classes
        let file = "classes.tsv"
        guard exists(file), let text = text(file) else { return }
        let table = TSVFile("\(label)/\(file)", text: text, columns: ["class", "members"], errors: &errors)
        var own: [String: Set<String>] = [:]
        for row in table.rows { own[row["class"], default: []].formUnion(row.list("members")) }
        classes.merge(own) { $1 }
    }

    private mutating func readPatterns() {
        let file = "patterns.tsv"
        guard exists(file), let text = text(file) else { return }
        let columns = ["code", "event", "mode", "told", "pattern", "example"]
        let table = TSVFile("\(label)/\(file)", text: text, columns: columns, errors: &errors)
        var seen: [String: Int] = [:]
        for row in table.rows {
            guard let pattern = pattern(row, table) else { continue }
            let key = ["event", "mode", "told", "pattern"].map { row[$0] }.joined(separator: " · ")
            if let first = seen[key] {
                let message = "the same conditions stand in line \(first) already"
                errors.append(table.mistake(message, line: row.line, column: "pattern"))
            }
            seen[key] = row.line
            ontology.patterns.append(pattern)
        }
    }

    private mutating func pattern(_ row: TSVFile.Row, _ table: TSVFile) -> CodePattern? {
        var mistakes: [DataError] = []
        func wrong(_ message: String, _ column: String) {
            mistakes.append(table.mistake(message, line: row.line, column: column))
        }
        if ontology.codes[row["code"]] == nil { wrong("\(row["code"]) is no code of codebook.yaml", "code") }
        var events: Set<EventType> = []
        for name in row.list("event") {
            if let type = EventType(rawValue: name) {
                events.insert(type)
            } else {
                wrong("\(name) is no PLOVER event", "event")
            }
        }
        var told: [CodePattern.Kind] = []
        for name in row.list("told") {
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            if let type = parts.first.flatMap({ EventType(rawValue: $0) }) {
                told.append(CodePattern.Kind(event: type, mode: parts.count > 1 ? parts[1] : nil))
            } else {
                wrong("\(name) is no PLOVER event", "told")
            }
        }
        let words = PatternWords(row["pattern"], classes: classes)
        for message in words.mistakes { wrong(message, "pattern") }
        errors += mistakes
        guard mistakes.isEmpty else { return nil }
        return CodePattern(
            code: row["code"], events: events, modes: Set(row.list("mode")), told: told, pattern: row["pattern"],
            heads: words.heads, pos: words.pos, constraints: words.constraints, example: row["example"],
            file: table.name, line: row.line)
    }

    // MARK: - Mapping

    private mutating func readMapping(_ file: String, isNamed: Bool) {
        guard isNamed || exists(file), let text = text(file) else { return }
        let tabbed =
            file.hasSuffix(".csv")
            ? Codebook.cells(text).map { $0.joined(separator: "\t") }.joined(separator: "\n") : text
        let table = TSVFile(
            "\(label)/\(file)", text: tabbed, columns: ["code", "event", "mode", "context"], errors: &errors)
        for row in table.rows {
            if ontology.codes[row["code"]] == nil {
                errors.append(
                    table.mistake("\(row["code"]) is no code of codebook.yaml", line: row.line, column: "code"))
            }
            if EventType(rawValue: row["event"]) == nil {
                errors.append(table.mistake("\(row["event"]) is no PLOVER event", line: row.line, column: "event"))
                continue
            }
            ontology.mapping.add(row["code"], event: row["event"], mode: row["mode"], context: row["context"])
        }
    }

    // MARK: - Conventions

    private mutating func readConventions() {
        let folder = "conventions"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url(folder).path)) ?? []
        var reader = ConventionReader(codes: Set(ontology.codes.keys), classes: classes)
        for file in names.sorted() where file.hasSuffix(".tsv") {
            guard let text = text("\(folder)/\(file)") else { continue }
            let name = String(file.dropLast(4))
            ontology.conventions[name] = reader.read(text, name: name, label: "\(label)/\(folder)/\(file)")
        }
        errors += reader.errors
    }
}
