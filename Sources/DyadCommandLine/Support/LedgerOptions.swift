import ArgumentParser
import DyadCore
import DyadExchange
import DyadStore
import Foundation

/// What the commands that ask the ledger have in common.
struct LedgerOptions: ParsableArguments {
    @OptionGroup var store: StoreOptions
    @Option(help: "Only entries of this status.") var status: String?
    @Option(help: "Most entries to show, the newest; 0 for all.") var limit = 200
    @Option(help: "table, csv or json.") var format = TableFormat.table

    func query(_ actors: [String]) -> LedgerQuery {
        var query = LedgerQuery()
        query.bodies = actors.map { $0.uppercased() }
        query.from = store.from
        query.to = store.to
        query.status = status?.lowercased()
        query.limit = limit > 0 ? limit + 1 : nil
        return query
    }

    /// Entries up to the limit, oldest first; says when there are more.
    func entries(_ store: EventStore, _ kind: String, _ actors: [String]) throws -> [String] {
        let found = try store.entries(kind, matching: query(actors))
        if limit > 0, found.count > limit {
            Console.message("dyad: the newest \(limit) are shown; --limit 0 shows all")
        }
        return Array((limit > 0 ? found.prefix(limit) : found[...]).reversed())
    }
}

extension TableFormat {
    /// Prints a table, or CSV.
    func show(_ header: [String], _ rows: [[String?]]) {
        if self == .csv {
            var writer = CSVWriter()
            writer.row(header)
            for row in rows { writer.row(row) }
            Console.write(writer.text)
        } else {
            var table = TextTable(header)
            for row in rows { table.row(row) }
            Console.write(table.text(width: Console.width))
        }
    }

    /// Prints lines that are JSON already as one list.
    static func show(json lines: [String]) { Console.line("[" + lines.joined(separator: ",\n") + "]") }
}
