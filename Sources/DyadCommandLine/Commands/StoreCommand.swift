import ArgumentParser
import DyadAnalysis
import DyadCore
import DyadExchange
import DyadStore
import Foundation

/// `dyad store`.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Look after a store: check it, print all of it.",
        subcommands: [Check.self, Export.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Check that a store is whole; the exit status is 1 when it is not.")
        @OptionGroup var options: StoreOptions

        func run() throws {
            let store = try options.open()
            let damage = try store.damage()
            for text in damage { Console.message("dyad: \(options.store): \(text)") }
            if !damage.isEmpty { throw ExitCode(1) }
            let counts = try store.counts()
            Console.line("\(options.store) is whole: \(counts.reports) reports with \(counts.events) events.")
            for (kind, count) in try store.entryCounts().sorted(by: { $0.key < $1.key }) {
                Console.line("\(kind): \(count)")
            }
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Print events, merged events, claims and registers as JSON Lines in a fixed order.",
            discussion: "The same documents give the same bytes, whatever the way to the store was.")
        @OptionGroup var options: StoreOptions

        func run() throws {
            let store = try options.open()
            try store.export { Console.line($0) }
            for kind in ["records", "claims"] + RegisterKind.allCases.map(\.rawValue) {
                try store.exportEntries(kind) { id, status, json in
                    Console.line("{\"kind\":\"\(kind)\",\"id\":\"\(id)\",\"status\":\"\(status)\",\"entry\":\(json)}")
                }
            }
            for event in try store.withdrawnEvents() {
                Console.line(
                    "{\"kind\":\"withdrawn\",\"id\":\"\(event.id)\",\"document\":\(JSONValue.string(event.document).line)}"
                )
            }
        }
    }
}

/// Says what an update did, or would do.
enum ChangeReport {
    static func show(_ changes: StoreChanges) {
        Console.line(
            "documents: \(changes.added.count) new, \(changes.replaced.count) changed, \(changes.unchanged.count) unchanged"
        )
        for name in changes.replaced { Console.line("  changed  \(name)") }
        Console.line(
            "events: \(changes.newEvents.count) new, \(changes.changedEvents.count) coded otherwise, "
                + "\(changes.withdrawnEvents.count) withdrawn")
        for event in changes.changedEvents {
            Console.line("  otherwise  \(event.id)  \(event.type)  \(event.quote.oneLine)")
        }
        for event in changes.withdrawnEvents {
            Console.line("  withdrawn  \(event.id)  \(event.type)  \(event.quote.oneLine)")
        }
        let kinds = Dictionary(grouping: changes.entries, by: \.kind)
        for kind in kinds.keys.sorted() { show(kind, kinds[kind] ?? []) }
    }

    private static func show(_ kind: String, _ entries: [StoreChanges.Entry]) {
        let fresh = entries.filter { $0.before == nil }.count
        let gone = entries.filter { $0.after == nil }
        let kept = entries.filter { $0.before != nil && $0.after != nil }
        Console.line("\(kind): \(fresh) new, \(kept.count) changed, \(gone.count) gone")
        for entry in kept where entry.before != entry.after {
            Console.line("  \(entry.id)  \(entry.before ?? "") -> \(entry.after ?? "")")
        }
        for entry in gone { Console.line("  gone  \(entry.id)  \(entry.before ?? "")") }
    }
}
