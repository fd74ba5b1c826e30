import ArgumentParser
import DyadAnalysis
import DyadCore
import DyadExchange
import DyadStore
import Foundation

/// `dyad registers`.
struct RegistersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registers",
        abstract: "Arms transfers, agreements and promises, visits, exercises, designations, figures.",
        discussion:
            "Each entry has a status and, in JSON, every step with its sentence. Two actors ask for entries of both. A "
            + "promise whose due day has passed with no report of it is unknown; --as-of names the day that counts.")

    @Argument(help: "arms, agreements, visits, exercises, designations or figures.") var register: RegisterKind
    @Argument(help: "Actors, such as TUR PAK.") var actors: [String] = []
    @Option(help: "Day on which promises are judged, YYYY-MM-DD; the newest publication if not given.")
    var asOf: CalendarDate?
    @OptionGroup var options: LedgerOptions

    func run() throws {
        let store = try options.store.open()
        let lines = try options.entries(store, register.rawValue, actors)
        let entries = try lines.map { try JSONText.decode(RegisterEntry.self, $0) }
        let day = try asOf ?? store.newestPublication()
        if options.format == .json {
            return TableFormat.show(json: entries.map { $0.value(on: day).json })
        }
        let table = RegisterTable(entries, of: register, on: day, isShort: options.format == .table)
        if entries.isEmpty { Console.message("dyad: the register holds nothing of this kind") }
        options.format.show(table.header, table.rows)
    }
}

/// `dyad events`.
struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "The events of a store, one telling after another or merged.",
        discussion:
            "--merged shows one line for each happening, with the number of reports and independent outlets and, in "
            + "JSON, every telling with the reason why it joined. --withdrawn shows events that were coded once and are no "
            + "longer.")

    @Argument(help: "Actors, such as TUR PAK; at most two.") var actors: [String] = []
    @Flag(help: "One line for each happening.") var merged = false
    @Flag(help: "Events that are no longer coded.") var withdrawn = false
    @OptionGroup var options: LedgerOptions

    func validate() throws {
        if actors.count > 2 { throw ValidationError("name at most two actors") }
        if merged, withdrawn { throw ValidationError("--merged and --withdrawn exclude each other") }
        if options.status != nil, !merged { throw ValidationError("--status goes with --merged") }
    }

    func run() throws {
        let store = try options.store.open()
        if withdrawn { return try showWithdrawn(store) }
        if merged { return try showMerged(store) }
        var query = EventQuery()
        if actors.count == 2 {
            query.pair = EventQuery.Pair(ActorPattern(actors[0].uppercased()), ActorPattern(actors[1].uppercased()))
        } else if let actor = actors.first {
            query.actor = ActorPattern(actor.uppercased())
        }
        (query.from, query.to) = (options.store.from, options.store.to)
        query.limit = options.limit > 0 ? options.limit : nil
        query.order = actors.isEmpty ? .document : .date
        let events = try store.events(matching: query)
        if options.limit > 0, events.count == options.limit {
            Console.message("dyad: the first \(options.limit) are shown; --limit 0 shows all")
        }
        if options.format == .json {
            let writer = EventLine(versions: EventVersions(dyad: Version.text, codebook: ""))
            return TableFormat.show(json: events.map { writer.text($0) })
        }
        if options.format == .csv { return options.format.show(EventTable.header, events.map(EventTable.row)) }
        let rows = events.map { event -> [String?] in
            [
                event.date?.value, event.type.rawValue, event.mode,
                event.sourceActors.map(\.code.description).joined(separator: "; "),
                event.targetActors.map(\.code.description).joined(separator: "; "), event.factuality.rawValue,
                event.document, event.text.oneLine,
            ]
        }
        options.format.show(
            ["date", "event", "mode", "source", "target", "factuality", "document", "sentence"], rows)
    }

    private func showMerged(_ store: EventStore) throws {
        let lines = try options.entries(store, "records", actors)
        if options.format == .json { return TableFormat.show(json: lines) }
        let header = [
            "date", "event", "mode", "source", "target", "status", "reports", "outlets", "figures", "sentence",
        ]
        let shown = options.format == .table ? [0, 1, 3, 4, 5, 7, 9] : Array(header.indices)
        let rows = try lines.map { line in
            let row = try Self.row(JSONValue(parsing: line))
            return shown.map { row[$0] }
        }
        options.format.show(shown.map { header[$0] }, rows)
    }

    private static func row(_ record: JSONValue) -> [String?] {
        func list(_ key: String) -> String {
            (record[key]?.array ?? []).compactMap(\.string).joined(separator: "; ")
        }
        return [
            record["date"]?.string, record["event"]?.string, record["mode"]?.string, list("source_actor"),
            list("target_actor"), record["status"]?.string, record["reports"]?.integer.map(String.init),
            record["outlets"]?.integer.map(String.init), LedgerCells.figures(record), record["quote"]?.string?.oneLine,
        ]
    }

    private func showWithdrawn(_ store: EventStore) throws {
        let rows = try store.withdrawnEvents().map {
            [$0.id, $0.document, $0.type, $0.day, $0.reason, $0.quote.oneLine]
        }
        options.format.show(["id", "document", "event", "date", "reason", "sentence"], rows)
    }
}

/// `dyad claims`.
struct ClaimsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claims", abstract: "What is claimed, by whom, and who denies, doubts, confirms or corrects it.",
        discussion:
            "Status: reported, corroborated, contested, denied, retracted, unverified. JSON holds every position with its "
            + "sentence and the rule that gave the status.")

    @Argument(help: "Actors that a claim is about, such as TUR PAK.") var actors: [String] = []
    @OptionGroup var options: LedgerOptions

    func run() throws {
        let store = try options.store.open()
        let lines = try options.entries(store, "claims", actors)
        if options.format == .json { return TableFormat.show(json: lines) }
        let header = ["status", "about", "proposition", "positions", "figures", "reason", "id"]
        // The rule and the identifier are for tables that are worked with.
        let shown = options.format == .table ? [0, 2, 3] : Array(header.indices)
        let rows = try lines.map { line in
            let row = try Self.row(JSONValue(parsing: line))
            return shown.map { row[$0] }
        }
        options.format.show(shown.map { header[$0] }, rows)
    }

    private static func row(_ claim: JSONValue) -> [String?] {
        let positions = (claim["positions"]?.array ?? []).map { position in
            "\(position["holder"]?.string ?? "") \(position["stance"]?.string ?? "")"
        }
        var shown: [String] = []
        for position in positions where !shown.contains(position) { shown.append(position) }
        return [
            claim["status"]?.string, (claim["about"]?.array ?? []).compactMap(\.string).joined(separator: " "),
            claim["proposition"]?.string?.oneLine, shown.joined(separator: "; "), LedgerCells.figures(claim),
            claim["reason"]?.string, claim["id"]?.string,
        ]
    }
}

/// Parts of ledger entries in words.
enum LedgerCells {
    /// `killed person 4-9 (best 7)`.
    static func figures(_ entry: JSONValue) -> String {
        (entry["figures"]?.array ?? []).map { figure in
            let ends = [figure["low"], figure["high"]].compactMap { $0?.number }.map(number)
            let range = Set(ends).count == 1 ? ends[0] : ends.joined(separator: "-")
            let best = figure["best"]?.number.map { ", best \(number($0))" } ?? ""
            return "\(figure["thing"]?.string ?? "") \(range)\(best)"
        }.joined(separator: "; ")
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}

/// `dyad search`.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find sentences of the stored reports by their words.",
        discussion:
            "All words must stand in the sentence; words in double quotes stand together; word* is a beginning. Best "
            + "matches first, each with the events coded in it.")

    @Argument(help: "Words.") var words: [String]
    @Option(help: "Most sentences to show.") var limit = 20
    @OptionGroup var options: StoreOptions
    @Option(help: "table, csv or json.") var format = TableFormat.table

    func run() throws {
        let store = try options.open()
        let hits = try store.search(words.joined(separator: " "), limit: max(1, limit))
        if format == .json { return TableFormat.show(json: hits.map(Self.json)) }
        format.show(
            ["document", "publisher", "published", "events", "sentence"],
            hits.map { hit in
                [
                    hit.sentence.document, hit.publisher, hit.published?.description, "\(hit.events.count)",
                    hit.sentence.text.oneLine,
                ]
            })
        if hits.isEmpty { Console.message("dyad: no sentence holds these words") }
    }

    private static func json(_ hit: SearchHit) -> String {
        var writer = JSONWriter()
        writer.object {
            $0.key("document"); $0.string(hit.sentence.document)
            $0.key("publisher"); $0.string(hit.publisher)
            $0.key("published"); $0.string(hit.published?.description)
            $0.key("title"); $0.string(hit.title)
            $0.key("span"); $0.array([hit.sentence.span.start, hit.sentence.span.end]) { $0.integer($1) }
            $0.key("events"); $0.array(hit.events) { $0.string($1) }
            $0.key("sentence"); $0.string(hit.sentence.text)
        }
        return writer.text
    }
}

extension String {
    /// The text with every run of white space as one space.
    var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
