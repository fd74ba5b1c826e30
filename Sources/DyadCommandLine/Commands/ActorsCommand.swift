import ArgumentParser
import DyadAnalysis
import DyadCodebook
import DyadCore
import DyadExchange
import DyadStore
import Foundation

/// `dyad actors`.
struct ActorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actors",
        abstract: "Who was who: the offices of persons as the reports of a store tell them, and contradictions.",
        discussion:
            "First and last seen are the days of the first and the last report that give a person this office. Contradictions: two holders of one office at one time, one person in two states, and where the lexicon has somebody else."
    )

    @Argument(help: "Only persons of this name, or of this state or organisation, such as TUR.") var name: String?
    @OptionGroup var options: StoreOptions
    @OptionGroup var own: LexiconOption
    @Option(help: "table, csv or json.") var format = TableFormat.table
    @Flag(help: "Only contradictions.") var contradictions = false

    func run() throws {
        let store = try options.open()
        let knowledge = try LexiconCommand.knowledge(own.lexicon)
        let tellings = try store.roles(from: options.from, to: options.to).map {
            RoleTelling(
                person: $0.person, role: $0.role, code: $0.code, day: $0.published, document: $0.document,
                quote: $0.quote)
        }
        var found = WhoWasWho(tellings, lexicon: knowledge.actors)
        if let name { found = found.matching(name) }
        if let name, found.people.isEmpty { Console.message("dyad: no report of the store tells an office of \(name)") }
        switch format {
        case .json: Console.line(found.value.json)
        case .csv: Console.write(contradictions ? Self.csv(Self.conflicts(found)) : Self.csv(Self.roles(found)))
        case .table:
            if !contradictions { Console.write(Self.table(Self.roles(found))) }
            if !found.contradictions.isEmpty {
                if !contradictions { Console.line("") }
                Console.write(Self.table(Self.conflicts(found)))
            }
        }
    }

    private typealias Cells = (header: [String], rows: [[String?]])

    private static func roles(_ found: WhoWasWho) -> Cells {
        let header = ["person", "role", "actor", "first seen", "last seen", "reports", "document", "evidence"]
        return (
            header,
            found.people.flatMap { person in
                person.offices.map { held in
                    [
                        person.name, held.role, held.code.description, held.first?.description,
                        held.last?.description, "\(held.reportCount)", held.tellings.first?.document,
                        held.tellings.first?.quote,
                    ]
                }
            }
        )
    }

    private static func conflicts(_ found: WhoWasWho) -> Cells {
        (
            ["contradiction", "office", "what", "documents"],
            found.contradictions.map { one in
                [one.kind.rawValue, one.office, one.summary, one.evidence.map(\.document).joined(separator: "; ")]
            }
        )
    }

    private static func csv(_ cells: Cells) -> String {
        var writer = CSVWriter()
        writer.row(cells.header)
        for row in cells.rows { writer.row(row) }
        return writer.text
    }

    private static func table(_ cells: Cells) -> String {
        var table = TextTable(cells.header)
        for row in cells.rows { table.row(row) }
        return table.text(width: Console.width)
    }
}
