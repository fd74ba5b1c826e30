public import DyadCodebook
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

extension Reader {
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
