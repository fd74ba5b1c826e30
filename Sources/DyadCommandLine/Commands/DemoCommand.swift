import ArgumentParser
import DyadAnalysis
import DyadCore
import DyadStore
import Foundation

/// `dyad demo`.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Code the reports in Examples/, fill a store, print the brief of the busiest pair.")

    @Argument(help: "Folder of reports.") var folder = "Examples"
    @Option(help: "The store to fill.") var store = "dyad-demo.sqlite"

    func run() throws {
        let (files, missing) = Session.files([folder])
        guard missing.isEmpty else {
            Console.message(
                "dyad: \(missing.joined(separator: "\n")); run the demo where the folder Examples lies, or name a folder"
            )
            throw ExitCode(1)
        }
        let session = try Session()
        let target = try session.store(store)
        var failures = 0
        var pairs: [String: (first: String, second: String, count: Int)] = [:]
        var events: [Event] = [], reports: [Report] = []
        try session.code(files) { file, outcome in
            switch outcome {
            case .failed(let reason), .refused(let reason):
                failures += 1
                Console.message("dyad: \(reason)")
            case .noted(let note): Console.message("dyad: \(note)")
            case .coded(let articles):
                for article in articles {
                    _ = try target.save(article)
                    Self.report(article)
                    for event in article.events { Self.count(event, &pairs) }
                    events += article.events
                    reports.append(LedgerGatherer.report(article))
                }
            }
        }
        try target.settle()
        Self.showMerged(Ledger.merge(events: events, reports: reports))
        try show(target, pairs)
        if failures > 0 {
            Console.message("dyad: \(failures) of \(files.count) inputs could not be read")
            throw ExitCode(1)
        }
    }

    private func show(
        _ target: EventStore, _ pairs: [String: (first: String, second: String, count: Int)]
    ) throws {
        let counts = try target.counts()
        Console.line(
            "\n\(counts.reports) reports, \(counts.outlets) outlets, \(counts.events) events are in \(store).\n")
        guard let busiest = pairs.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }).first?.value
        else { return }
        var query = EventQuery()
        query.pair = EventQuery.Pair(ActorPattern(busiest.first), ActorPattern(busiest.second))
        try BriefCommand.show(target, query, DyadAnalysis.Dyad(busiest.first, busiest.second), json: false)
        Console.line("\nNext: dyad brief \(busiest.first) \(busiest.second) --store \(store)")
        Console.line("      dyad timeline \(busiest.first) \(busiest.second) --store \(store)")
        Console.line("      dyad explain --text \"Turkey seeks Pakistan's help\"")
    }

    /// The happenings that several outlets tell, the most told first.
    private static func showMerged(_ ledger: Ledger) {
        let told = ledger.records.filter { $0.outlets > 1 }.sorted { ($1.outlets, $0.id) < ($0.outlets, $1.id) }
        guard !told.isEmpty else { return }
        Console.line("\n\(ledger.records.count) happenings, \(told.count) of them told by several outlets:\n")
        for record in told.prefix(5) { Console.line(LedgerText.text(record)) }
    }

    private static func report(_ article: AnnotatedArticle) {
        let name = article.article.document.name
        Console.line(
            "\(name): \(article.events.count) events, \(article.article.comments.count) comments, \(article.article.title ?? "no title")"
        )
    }

    private static func count(_ event: Event, _ pairs: inout [String: (first: String, second: String, count: Int)]) {
        let sources = Set(event.sourceActors.compactMap(\.code.body)),
            targets = Set(event.targetActors.compactMap(\.code.body))
        let bodies = sources.union(targets).sorted()
        for (index, first) in bodies.enumerated() {
            for second in bodies[(index + 1)...] { pairs["\(first) \(second)", default: (first, second, 0)].count += 1 }
        }
    }
}
