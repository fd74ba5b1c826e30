import ArgumentParser
import DyadCodebook
import DyadCore
import DyadPipeline
import Foundation

/// `dyad codebook`.
struct CodebookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codebook", abstract: "List and explain the events of a codebook, check its files.",
        subcommands: [List.self, Explain.self, Check.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Every event with its quad class, its modes and its number of patterns.")
        @Option(help: "A codebook beside PLOVER: a folder, or a name (cameo).") var codebook: String?

        func run() throws {
            let knowledge = try CodebookCommand.knowledge(codebook)
            guard let own = knowledge.own else { return plover(knowledge) }
            let counts = Dictionary(grouping: own.patterns, by: \.code).mapValues(\.count)
            for (code, entry) in own.codes.sorted(by: { $0.key < $1.key }) {
                Console.line(
                    "\(code)\tquad \(entry.quad.map(String.init) ?? "-")\t\(counts[code] ?? 0) patterns\t\(entry.definition)"
                )
            }
        }

        private func plover(_ knowledge: Knowledge) {
            let counts = Dictionary(grouping: knowledge.triggers.entries, by: \.event).mapValues(\.count)
            for type in EventType.allCases {
                let modes = (knowledge.codebook.entries[type]?.modes.keys.sorted() ?? []).joined(separator: ", ")
                Console.line(
                    "\(type.rawValue)\tquad \(type.quad)\t\(counts[type] ?? 0) patterns\t\(modes.isEmpty ? "no modes" : modes)"
                )
            }
        }
    }

    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "What an event or a code means, where its borders are, and which patterns find it.")
        @Argument(help: "An event of PLOVER, or a code of another codebook.") var event: String
        @Option(help: "A codebook beside PLOVER: a folder, or a name; codes are looked up in CAMEO if none is given.")
        var codebook: String?
        @Option(help: "How many patterns to show for each mode.") var patterns = 3

        func validate() throws {
            if patterns < 0 { throw ValidationError("--patterns is 0 or more") }
        }

        func run() throws {
            let knowledge = try CodebookCommand.knowledge(codebook)
            if codebook == nil, let type = EventType(rawValue: event.uppercased()) {
                return EventSheet(knowledge: knowledge, type: type, patterns: patterns).show()
            }
            guard let ontology = knowledge.own ?? knowledge.cameo, let code = ontology.codes[event] else {
                Console.message("dyad: \(event) is neither an event of PLOVER nor a code of \(codebook ?? "CAMEO")")
                throw ExitCode(1)
            }
            CodeSheet(ontology: ontology, name: event, code: code, patterns: patterns).show()
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract:
                "Read every codebook file and report all mistakes; with --examples, code the example of every pattern.")
        @Argument(help: "A codebook of your own to check as well: a folder, or a name.") var codebook: String?
        @Flag(help: "Code the example of every pattern of the other codebooks.") var examples = false

        func run() throws {
            let mistakes = DataCheck.codebooks(codebook)
            for mistake in mistakes { Console.message(mistake.description) }
            if !mistakes.isEmpty { throw ExitCode(1) }
            let knowledge = try CodebookCommand.knowledge(codebook)
            let found = knowledge.codebook
            let modes = found.entries.values.reduce(0) { $0 + $1.modes.count }
            Console.line(
                "PLOVER \(found.version): \(found.entries.count) events, \(modes) modes, \(found.contextDefinitions.count) contexts: no mistakes found"
            )
            let ontologies = CodebookCommand.ontologies(knowledge)
            for one in ontologies {
                Console.line(
                    "\(one.name) \(one.version): \(one.codes.count) codes, \(one.patterns.count) patterns: no mistakes found"
                )
            }
            guard examples else { return }
            let reader = try Session(codebook: codebook).reader
            var isClean = true
            for one in ontologies {
                let failures = reader.failures(of: one)
                for failure in failures { Console.line(failure.description) }
                let count = one.patterns.count { !$0.example.isEmpty }
                Console.line("\(one.name): \(count - failures.count) of \(count) examples pass")
                isClean = isClean && failures.isEmpty
                isClean = CodebookCommand.conventions(of: one, reader) && isClean
            }
            if !isClean { throw ExitCode(1) }
        }
    }

    /// Codes the examples of a codebook's conventions; true when all pass.
    private static func conventions(of ontology: Ontology, _ reader: Reader) -> Bool {
        var isClean = true
        for convention in ontology.conventions.values.sorted(by: { $0.name < $1.name }) {
            let failures = reader.failures(of: convention)
            for failure in failures { Console.line(failure.description) }
            let count = convention.rules.count { !$0.example.isEmpty }
            Console.line("\(ontology.name), \(convention.name): \(count - failures.count) of \(count) examples pass")
            isClean = isClean && failures.isEmpty
        }
        return isClean
    }

    /// CAMEO, and the codebook that the user named, once.
    private static func ontologies(_ knowledge: Knowledge) -> [Ontology] {
        let own = knowledge.own?.name == knowledge.cameo?.name ? nil : knowledge.own
        return [knowledge.cameo, own].compactMap { $0 }
    }

    static func knowledge(_ codebook: String?) throws -> Knowledge {
        do { return try Knowledge.standard(own: codebook) } catch {
            Console.message("\(error)")
            throw ExitCode(1)
        }
    }
}

/// What is known about an event of PLOVER, as text.
private struct EventSheet {
    let knowledge: Knowledge
    let type: EventType
    let patterns: Int

    func show() {
        guard let entry = knowledge.codebook.entries[type] else { return }
        let score = knowledge.codebook.intensity(type, mode: nil).map { "\($0)" } ?? "-"
        Console.line("\(type.rawValue), quad \(type.quad), score \(score)")
        Console.line(entry.definition)
        Console.line("Borders:")
        for boundary in entry.boundaries { Console.line("  - \(boundary)") }
        let entries = knowledge.triggers.entries.filter { $0.event == type }
        let byMode = Dictionary(grouping: entries) { $0.mode ?? "" }
        show(byMode[""] ?? [], "Without a mode", "", nil)
        for (mode, definition) in entry.modes.sorted(by: { $0.key < $1.key }) {
            show(byMode[mode] ?? [], "Mode \(mode)", definition, mode)
        }
    }

    private func show(_ entries: [TriggerEntry], _ title: String, _ definition: String, _ mode: String?) {
        let score = knowledge.codebook.intensity(type, mode: mode).map { "score \($0)" } ?? "no score"
        let cameo = (knowledge.cameo?.patterns(of: type) ?? []).filter {
            $0.modes.isEmpty || $0.modes.contains(mode ?? "-")
        }
        var codes = Set(cameo.map(\.code))
        if let code = knowledge.codebook.cameo(type, mode: mode, contexts: []), codes.isEmpty { codes = [code] }
        Console.line("\(title): \(definition.isEmpty ? "" : definition + " ")(\(score), \(entries.count) patterns)")
        Console.line("  CAMEO \(codes.sorted().joined(separator: " "))")
        // Spread over the file, so that not all are variants of one word.
        let step = max(1, entries.count / max(1, patterns))
        for index in stride(from: 0, to: entries.count, by: step).prefix(patterns) {
            let entry = entries[index]
            Console.line("  \(entry.pattern)  (\(entry.file):\(entry.line))")
            Console.line("      \(entry.example)  [\(entry.expected)]")
        }
    }
}

/// What is known about a code of another codebook, as text.
private struct CodeSheet {
    let ontology: Ontology
    let name: String
    let code: Ontology.Code
    let patterns: Int

    func show() {
        let quad = code.quad.map { ", quad \($0)" } ?? "", score = code.score.map { ", score \($0)" } ?? ""
        Console.line("\(ontology.name) \(name)\(quad)\(score)")
        Console.line(code.definition)
        if let parent = code.parent { Console.line("Part of \(parent): \(ontology.codes[parent]?.definition ?? "")") }
        for child in ontology.children(of: name) {
            Console.line("  \(child): \(ontology.codes[child]?.definition ?? "")")
        }
        let lines = ontology.patterns.filter { $0.code == name }
        Console.line(lines.isEmpty ? "No pattern: only the mapping gives this code, if it does." : "Patterns:")
        for line in lines.prefix(max(patterns, 1) * 4) {
            let events = line.events.map(\.rawValue).sorted().joined(separator: "|")
            let modes = line.modes.isEmpty ? "" : " " + line.modes.sorted().joined(separator: "|")
            let told = line.told.map { $0.event.rawValue + ($0.mode.map { "/" + $0 } ?? "") }.joined(separator: "|")
            Console.line(
                "  \(events)\(modes)\(told.isEmpty ? "" : " told as " + told): \(line.pattern)  (\(line.file):\(line.line))"
            )
            if !line.example.isEmpty { Console.line("      \(line.example)") }
        }
    }
}
