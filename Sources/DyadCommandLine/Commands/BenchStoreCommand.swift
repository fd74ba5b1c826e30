import ArgumentParser
import DyadAnalysis
import DyadCore
import DyadExchange
import DyadStore
import Foundation

/// `dyad bench store`.
struct BenchStoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Measure filling a store, adding one report to it, and the questions that commands ask.",
        discussion:
            "Events are invented by a seeded generator. Adding a report is the median of 15, from the document to its "
            + "entries in the ledger; a question is the median of 5, from SQL to the text that would be printed.")

    @Option(help: "Sizes in events, separated by commas.") var sizes = "10000,100000,1000000"
    @Option(help: "Folder for the stores; a temporary one if not given.") var folder: String?
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let counts = sizes.split(separator: ",").compactMap { Int($0) }
        guard !counts.isEmpty else { throw ValidationError("--sizes takes numbers, such as 10000,100000") }
        let place = folder.map { URL(fileURLWithPath: $0) } ?? FileManager.default.temporaryDirectory
        for count in counts {
            let file = place.appendingPathComponent(
                "dyad-bench-\(ProcessInfo.processInfo.processIdentifier)-\(count).sqlite")
            defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + end) } }
            try StoreBench(file: file, events: count, json: json).run()
        }
    }
}

/// `dyad bench merge`.
struct BenchMergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Measure merging of invented events: seconds and peak memory.")

    @Option(help: "Events.") var events = 100_000
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        var all: [Event] = []
        var reports: [Report] = []
        for article in SyntheticReports(events: events) {
            all += article.events
            let document = article.article.document
            reports.append(Report(document: document.name, outlet: document.publisher, published: document.published))
        }
        let began = ProcessInfo.processInfo.systemUptime
        let ledger = Ledger.merge(events: all, reports: reports)
        let seconds = ProcessInfo.processInfo.systemUptime - began
        let peak = BenchCommand.peakMegabytes()
        Console.line(
            json
                ? "{\"events\":\(events),\"records\":\(ledger.records.count),\"seconds\":\(Figure.text(seconds)),\"peak_mb\":\(peak)}"
                : "\(events) events into \(ledger.records.count) records: \(Figure.text(seconds)) s, peak \(peak) MB")
    }
}

/// One size of the store benchmark.
private struct StoreBench {
    let file: URL
    let events: Int
    let json: Bool

    func run() throws {
        var store = try Session.store(file.path)
        let filling = try seconds { try fill(store) }
        let settling = try seconds { try store.settle() }
        try store.close()
        let bytes = (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int) ?? 0
        store = try Session.store(file.path)
        var results: [(name: String, milliseconds: Double)] = []
        results.append(("add one report", try adding(store)))
        for (name, question) in questions(store) {
            results.append((name, try median(5) { try question() }))
        }
        try store.close()
        show(filling, settling, bytes, results)
    }

    private func fill(_ store: EventStore) throws {
        var batch: [AnnotatedArticle] = []
        for article in SyntheticReports(events: events) {
            batch.append(article)
            if batch.count == 200 {
                try store.save(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        try store.save(batch)
    }

    /// Milliseconds for a report more, with what it changes in the ledger.
    private func adding(_ store: EventStore) throws -> Double {
        var reports = Array(SyntheticReports(events: 15 * SyntheticReports.eventsPerReport, seed: 99))
        for index in reports.indices { reports[index].article.document.name = "added-\(index).txt" }
        var next = 0
        return try median(15) {
            try store.save(reports[next])
            try store.settle()
            next += 1
        }
    }

    private func questions(_ store: EventStore) -> [(String, () throws -> Void)] {
        let (busy, other) = ("AAD", "BAL")
        func entries(_ kind: String, _ bodies: [String]) throws {
            var query = LedgerQuery()
            query.bodies = bodies
            query.limit = 201
            for line in try store.entries(kind, matching: query) { _ = try JSONValue(parsing: line) }
        }
        func pair(_ first: String, _ second: String, limit: Int) throws {
            var query = EventQuery()
            query.pair = EventQuery.Pair(ActorPattern(first), ActorPattern(second))
            query.limit = limit
            _ = Timeline(try store.events(matching: query), dyad: DyadAnalysis.Dyad(first, second)).value.json
        }
        var out: [(String, () throws -> Void)] = [
            ("timeline, busiest pair", { try pair(busy, other, limit: 200) }),
            ("timeline, ordinary pair", { try pair("ACD", "ADD", limit: 200) }),
            ("brief, ordinary pair", { try brief(store, "ACD", "ADD") }),
            ("events --merged", { try entries("records", []) }),
            ("events --merged, busiest pair", { try entries("records", [busy, other]) }),
            ("claims", { try entries("claims", []) }),
        ]
        for register in RegisterKind.allCases {
            out.append(("registers \(register.rawValue)", { try entries(register.rawValue, []) }))
        }
        out.append(("registers visits, one actor", { try entries("visits", [busy]) }))
        out.append(("search, rare words", { _ = try store.search("helicopters \"post 4321\"") }))
        out.append(("search, common word", { _ = try store.search("helicopters") }))
        return out
    }

    private func brief(_ store: EventStore, _ first: String, _ second: String) throws {
        var query = EventQuery()
        query.pair = EventQuery.Pair(ActorPattern(first), ActorPattern(second))
        _ = try BriefCommand.text(store, query, DyadAnalysis.Dyad(first, second), width: 100)
    }

    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        let began = ProcessInfo.processInfo.systemUptime
        try body()
        return ProcessInfo.processInfo.systemUptime - began
    }

    private func median(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
        let times = try (0..<count).map { _ in try seconds(body) * 1000 }.sorted()
        return times[count / 2]
    }

    private func show(
        _ filling: Double, _ settling: Double, _ bytes: Int, _ results: [(name: String, milliseconds: Double)]
    ) {
        if json {
            var writer = JSONWriter()
            writer.object {
                $0.key("events"); $0.integer(events)
                $0.key("fill_seconds"); $0.number(filling)
                $0.key("settle_seconds"); $0.number(settling)
                $0.key("megabytes"); $0.integer(bytes / 1_000_000)
                $0.key("peak_mb"); $0.integer(BenchCommand.peakMegabytes())
                for result in results { $0.key(result.name); $0.number(result.milliseconds) }
            }
            Console.line(writer.text)
            return
        }
        Console.line(
            "\(events) events: filled in \(Figure.text(filling)) s, ledger in \(Figure.text(settling)) s, \(bytes / 1_000_000) MB, "
                + "peak \(BenchCommand.peakMegabytes()) MB")
        for result in results { Console.line("  \(result.name): \(Figure.text(result.milliseconds)) ms") }
    }
}

/// Numbers of benchmarks.
private enum Figure {
    /// Two decimals.
    static func text(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
