public import DyadCodebook
import DyadCoding
import DyadCore
import Foundation
import Synchronization

/// An example of the trigger lexicon that is not coded as its line says.
public struct ExampleFailure: Sendable, CustomStringConvertible {
    public var entry: TriggerEntry
    /// What was coded instead.
    public var coded: [String]

    public var description: String {
        "\(entry.file):\(entry.line): \(entry.event.rawValue) \(entry.expected) [\(entry.pattern)]: \(entry.example)\n    coded: \(coded.isEmpty ? "nothing" : coded.joined(separator: "; "))"
    }
}

/// An example of an ontology's pattern that does not get the pattern's code.
public struct CodeExampleFailure: Sendable, CustomStringConvertible {
    public var pattern: CodePattern
    /// What was coded instead.
    public var coded: [String]

    public var description: String {
        "\(pattern.file):\(pattern.line): \(pattern.code) [\(pattern.pattern)]: \(pattern.example)\n    coded: \(coded.isEmpty ? "nothing" : coded.joined(separator: "; "))"
    }
}

/// An example of a convention that does not come out as its line says.
public struct ConventionExampleFailure: Sendable, CustomStringConvertible {
    public var rule: CodingConvention.Rule
    /// What was coded instead.
    public var coded: [String]

    public var description: String {
        "\(rule.file):\(rule.line): \(rule.expected) [\(rule.kind.rawValue)]: \(rule.example)\n    coded: \(coded.isEmpty ? "nothing" : coded.joined(separator: "; "))"
    }
}

extension Reader {
    /// Runs the example of every line of a convention; all that it expects must be coded, and nothing that it rules out.
    public func failures(of convention: CodingConvention) -> [ConventionExampleFailure] {
        let stage = ConventionStage(convention: convention, knowledge: knowledge)
        return convention.rules.filter { !$0.example.isEmpty }.compactMap { rule in
            var article = rules.run(
                Self.bare(Document(name: "example", text: rule.example, published: Self.exampleDate)))
            stage.annotate(&article)
            let isRight = rule.expected.split(separator: ",").allSatisfy { part in
                let text = part.trimmingCharacters(in: .whitespaces)
                let wanted = text.hasPrefix("-") ? String(text.dropFirst()) : text
                return article.events.contains { Self.agrees($0, code: wanted) } != text.hasPrefix("-")
            }
            if isRight { return nil }
            return ConventionExampleFailure(
                rule: rule, coded: article.events.map { "\($0.cameo ?? "none") \(Self.summary($0))" })
        }
    }

    /// The day on which the examples of conventions are read.
    private static let exampleDate = CalendarDate(year: 2015, month: 6, day: 1)

    /// True for an event with the code and the parties of `085 CAN > IRN`.
    private static func agrees(_ event: Event, code wanted: String) -> Bool {
        let parts = wanted.split(separator: " ", maxSplits: 1).map(String.init)
        return parts.count == 2 && event.cameo == parts[0] && agrees(event, parts[1])
    }

    /// Runs the example of every entry; an example passes when an event of the entry's type has the expected states or
    /// organisations on the expected sides.
    public func failures(of entries: [TriggerEntry]) -> [ExampleFailure] {
        let found = Mutex<[Int: [String]]>([:])
        DispatchQueue.concurrentPerform(iterations: entries.count) { index in
            let entry = entries[index]
            let article = rules.run(Self.bare(Document(name: "example", text: entry.example)))
            guard !Self.passes(entry, article.events) else { return }
            found.withLock { $0[index] = article.events.map(Self.summary) }
        }
        return found.withLock { $0 }.sorted { $0.key < $1.key }.map {
            ExampleFailure(entry: entries[$0.key], coded: $0.value)
        }
    }

    /// Runs the example of every pattern of an ontology; an example passes when one of its events gets the pattern's code.
    public func failures(of ontology: Ontology) -> [CodeExampleFailure] {
        let found = Mutex<[Int: [String]]>([:])
        let patterns = ontology.patterns.filter { !$0.example.isEmpty }
        let finder = CodeFinder(ontology: ontology, triggers: knowledge.triggers)
        DispatchQueue.concurrentPerform(iterations: patterns.count) { index in
            let article = rules.run(Self.bare(Document(name: "example", text: patterns[index].example)))
            let codes = article.events.map { event in
                (event, finder.code(of: event, in: article.sentences[event.sentence])?.code ?? "none")
            }
            guard !codes.contains(where: { $0.1 == patterns[index].code }) else { return }
            found.withLock { $0[index] = codes.map { "\($0.1) \(Self.summary($0.0)) \($0.0.mode ?? "")" } }
        }
        return found.withLock { $0 }.sorted { $0.key < $1.key }.map {
            CodeExampleFailure(pattern: patterns[$0.key], coded: $0.value)
        }
    }

    private static func summary(_ event: Event) -> String {
        let source = event.sourceActors.map { $0.code.body ?? "?" }.joined(separator: " + ")
        return "\(event.type.rawValue) \(source)"
            + (event.targetActors.isEmpty
                ? "" : " > " + event.targetActors.map { $0.code.body ?? "?" }.joined(separator: " + "))
    }

    private static func passes(_ entry: TriggerEntry, _ events: [Event]) -> Bool {
        let wanted = entry.expected.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return wanted.allSatisfy { pair in events.contains { $0.type == entry.event && agrees($0, pair) } }
    }

    private static func agrees(_ event: Event, _ pair: String) -> Bool {
        let sources = Set(event.sourceActors.compactMap(\.code.body)),
            targets = Set(event.targetActors.compactMap(\.code.body))
        if pair.contains("+") {
            let parties = Set(pair.split(separator: "+").map { $0.trimmingCharacters(in: .whitespaces) })
            return parties.isSubset(of: sources.union(targets))
        }
        let sides = pair.split(separator: ">").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let first = sides.first else { return false }
        if sides.count == 1 { return sources.contains(first) }
        return sources.contains(first) && targets.contains(sides[1]) || targets.isEmpty && sources.isSuperset(of: sides)
    }
}
