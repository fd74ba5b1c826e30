import ArgumentParser
import DyadAnalysis
import DyadCore
import DyadExchange
import DyadStore
import Foundation

/// Options of commands that ask a store.
struct StoreOptions: ParsableArguments {
    @Option(help: "The store.") var store = "dyad.sqlite"
    @Option(help: "First day, YYYY-MM-DD.") var from: CalendarDate?
    @Option(help: "Last day, YYYY-MM-DD.") var to: CalendarDate?

    func open() throws -> EventStore {
        guard FileManager.default.fileExists(atPath: store) else {
            Console.message("dyad: \(store): no such store; make one with: dyad code PATH --store \(store)")
            throw ExitCode(1)
        }
        let opened = try Session.store(store)
        // A program that was killed may have left documents whose entries are not made yet.
        if try opened.isUnsettled() { try opened.settle() }
        return opened
    }

    func query(_ first: String, _ second: String) -> EventQuery {
        var query = EventQuery()
        query.pair = EventQuery.Pair(ActorPattern(first.uppercased()), ActorPattern(second.uppercased()))
        query.from = from
        query.to = to
        return query
    }
}

/// `dyad brief`.
struct BriefCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "brief",
        abstract: "A pair's brief: trend, events, visits, agreements, arms, contested claims; every sentence cited.")

    @Argument(help: "First actor, such as TUR.") var first: String
    @Argument(help: "Second actor, such as PAK.") var second: String
    @OptionGroup var options: StoreOptions
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let store = try options.open()
        try BriefCommand.show(
            store, options.query(first, second), DyadAnalysis.Dyad(first.uppercased(), second.uppercased()), json: json)
    }

    static func show(_ store: EventStore, _ query: EventQuery, _ dyad: DyadAnalysis.Dyad, json: Bool) throws {
        let brief = try brief(store, query, dyad)
        Console.write(json ? brief.value.json + "\n" : BriefText(brief, width: Console.width).text)
    }

    /// The brief as it is printed.
    static func text(_ store: EventStore, _ query: EventQuery, _ dyad: DyadAnalysis.Dyad, width: Int) throws -> String {
        BriefText(try brief(store, query, dyad), width: width).text
    }

    private static func brief(_ store: EventStore, _ query: EventQuery, _ dyad: DyadAnalysis.Dyad) throws -> Brief {
        let events = try store.events(matching: query)
        let reports = try store.documents(matching: query).map {
            Report(document: $0.name, outlet: $0.publisher, bodyHash: $0.contentHash)
        }
        let brief = Brief(events, dyad: dyad, reports: reports, ledger: try ledger(store, query, dyad))
        return brief
    }
}

extension BriefCommand {
    /// Claims and registers in which both of a pair stand, oldest first.
    private static func ledger(_ store: EventStore, _ query: EventQuery, _ dyad: DyadAnalysis.Dyad) throws
        -> BriefLedger
    {
        var own = LedgerQuery()
        own.bodies = [dyad.source, dyad.target]
        (own.from, own.to) = (query.from, query.to)
        own.limit = 500
        var registers: [RegisterEntry] = []
        for kind in RegisterKind.allCases {
            let lines = try store.entries(kind.rawValue, matching: own)
            registers += try lines.reversed().map { try JSONText.decode(RegisterEntry.self, $0) }
        }
        let claims = try store.entries("claims", matching: own).reversed().map {
            try JSONText.decode(BriefClaim.self, $0)
        }
        return BriefLedger(registers: registers, claims: claims, day: try store.newestPublication())
    }
}

/// `dyad timeline`.
struct TimelineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline", abstract: "The events of a pair in order of time.")

    @Argument(help: "First actor.") var first: String
    @Argument(help: "Second actor.") var second: String
    @OptionGroup var options: StoreOptions
    @Option(help: "table, csv or json.") var format = TableFormat.table

    func run() throws {
        let store = try options.open()
        let dyad = DyadAnalysis.Dyad(first.uppercased(), second.uppercased())
        let timeline = Timeline(try store.events(matching: options.query(first, second)), dyad: dyad)
        switch format {
        case .json: Console.line(timeline.value.json)
        case .csv, .table: Console.write(Self.table(timeline, format))
        }
    }

    private static func table(_ timeline: Timeline, _ format: TableFormat) -> String {
        let header = ["date", "event", "mode", "source", "target", "factuality", "document", "sentence"]
        let rows = timeline.entries.map { entry -> [String?] in
            [
                entry.date?.value, entry.type.rawValue, entry.mode,
                entry.sources.map(\.description).joined(separator: "; "),
                entry.targets.map(\.description).joined(separator: "; "), entry.factuality.rawValue, entry.document,
                entry.quote,
            ]
        }
        if format == .csv {
            var writer = CSVWriter()
            writer.row(header)
            for row in rows { writer.row(row) }
            return writer.text
        }
        var table = TextTable(header)
        for row in rows { table.row(row) }
        return table.text(width: Console.width)
    }
}

/// How tables are printed.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json
}

/// `dyad schema`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the schema of an event line.")
    @Flag(help: "As Spark DDL instead of JSON Schema.") var spark = false

    func run() { Console.line(spark ? EventSchema.sparkDDL : EventSchema.jsonSchema) }
}
