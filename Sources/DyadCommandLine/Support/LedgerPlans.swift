import ArgumentParser
import DyadAnalysis
import DyadCodebook
import DyadCore
import DyadExchange
import DyadStore
import Foundation

/// How the store gets merged events, claims and registers: the rooms that make them, joined to the room that keeps them.
enum LedgerPlans {
    /// Number of the form in which entries are kept; a store with another one is filled anew.
    private static let form = "2"

    /// The plan with the words of the data folder.
    static func standard() throws -> LedgerPlan {
        let lexicon: RegisterLexicon
        do { lexicon = try RegisterLexicon.standard() } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
        let reader = RegisterReader(lexicon: lexicon)
        let builder = RegisterBuilder(lexicon: lexicon)
        let registers = RegisterKind.allCases.map { register in
            LedgerKind(name: register.rawValue, outputs: [register.rawValue], slack: RegisterStatement.slack) {
                members, _ in
                try entries(members, builder)
            }
        }
        let merged = LedgerKind(
            name: "tellings", outputs: ["records", "claims"], slack: Ledger.slack, parts: Self.parts,
            entries: Self.merged)
        return LedgerPlan(version: "\(form) \(lexicon.fingerprint)", kinds: [merged] + registers) { article, events in
            var out = try rows(reader.statements(in: article), lexicon)
            out["tellings"] = rows(of: events) + (try rows(of: StatementReader().statements(in: article)))
            return out
        }
    }

    // MARK: - Rows

    private static func rows(
        _ statements: [RegisterStatement], _ lexicon: RegisterLexicon
    ) throws -> [String: [LedgerRow]] {
        var out: [String: [LedgerRow]] = [:]
        for statement in statements {
            out[statement.register.rawValue, default: []].append(
                LedgerRow(
                    id: statement.id, places: places(statement, lexicon), json: try JSONText.encode(statement)))
        }
        return out
    }

    private static func rows(of events: [Event]) -> [LedgerRow] {
        events.enumerated().map { position, event in
            // Statements of the document are found by the events that are coded in them.
            LedgerRow(
                id: event.id, places: Ledger.keys(of: event).map(place), event: position,
                quietPlaces: [LedgerPlace("event \(event.id)")])
        }
    }

    private static func rows(of statements: [Statement]) throws -> [LedgerRow] {
        try statements.map { statement in
            var row = LedgerRow(
                id: statement.id, places: Ledger.keys(of: statement).map(place), json: try JSONText.encode(statement))
            // Statements of one document may answer each other without a word in common.
            row.quietPlaces = [LedgerPlace("document \(statement.document)")]
            return row
        }
    }

    private static func places(_ statement: RegisterStatement, _ lexicon: RegisterLexicon) -> [LedgerPlace] {
        if statement.register == .agreements {
            return PromiseGroups.places(of: statement, lexicon).map { LedgerPlace($0) }
        }
        guard let days = statement.meetingDays else { return [LedgerPlace(statement.block)] }
        return [LedgerPlace(statement.block, days.first.daysSince1970...days.last.daysSince1970)]
    }

    private static func place(_ key: LedgerKey) -> LedgerPlace {
        LedgerPlace(key.name, min(key.first, key.last)...max(key.first, key.last))
    }

    // MARK: - Entries

    private static func entries(_ members: [LedgerMember], _ builder: RegisterBuilder) throws -> [LedgerEntry] {
        let statements = try members.map { try JSONText.decode(RegisterStatement.self, $0.json) }
        return try builder.entries(statements).map { entry in
            LedgerEntry(
                kind: entry.register.rawValue, id: entry.id, status: entry.status,
                firstDay: entry.days?.first.description,
                lastDay: entry.days?.last.description, bodies: entry.bodies, members: entry.steps.map(\.id),
                json: try JSONText.encode(entry))
        }
    }

    /// Merged events and claims, which are made together: a correction changes the figures of an event.
    @Sendable private static func merged(
        _ members: [LedgerMember], _ documents: [StoredDocument]
    ) throws -> [LedgerEntry] {
        let reader = EventReader()
        let events = try members.filter(\.isEvent).map { try reader.event($0.json) }
        let statements = try members.filter { !$0.isEvent }.map { try JSONText.decode(Statement.self, $0.json) }
        let ledger = Ledger.merge(events: events, reports: documents.map(report), statements: statements)
        return ledger.records.map(entry) + ledger.claims.map(entry)
    }

    /// Tellings and statements that hang together.
    @Sendable private static func parts(_ members: [LedgerMember]) throws -> [[String]] {
        let reader = EventReader()
        let events = try members.filter(\.isEvent).map { try reader.event($0.json) }
        let statements = try members.filter { !$0.isEvent }.map { try JSONText.decode(Statement.self, $0.json) }
        return Ledger.parts(events: events, statements: statements)
    }

    private static func entry(_ record: EventRecord) -> LedgerEntry {
        let days = record.tellings.compactMap(\.days)
        return LedgerEntry(
            kind: "records", id: record.id, status: record.status.rawValue,
            firstDay: days.map(\.first).min()?.description, lastDay: days.map(\.last).max()?.description,
            bodies: bodies(record), members: record.tellings.map(\.id), json: record.value.json)
    }

    private static func bodies(_ record: EventRecord) -> [String] {
        Set((record.sourceActors + record.targetActors).compactMap { $0.code.body ?? $0.code.sector }).sorted()
    }

    private static func entry(_ claim: Claim) -> LedgerEntry {
        let days = claim.positions.compactMap { $0.days.flatMap { DayRange($0) } }
        let published = claim.positions.compactMap(\.published)
        return LedgerEntry(
            kind: "claims", id: claim.id, status: claim.status.rawValue,
            firstDay: (days.map(\.first).min() ?? published.min())?.description,
            lastDay: (days.map(\.last).max() ?? published.max())?.description,
            bodies: Set(claim.positions.flatMap(\.bodies)).sorted(), members: claim.positions.map(\.id),
            json: claim.value.json)
    }

    /// What merging needs to know of a document.
    static func report(_ document: StoredDocument) -> Report {
        Report(
            document: document.name, outlet: document.publisher, published: document.published,
            bodyHash: document.bodyHash, duplicateOf: document.duplicateOf, agency: document.agency)
    }
}

/// Values as JSON in one stable form.
enum JSONText {
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()
    private static let decoder = JSONDecoder()

    static func encode(_ value: some Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try decoder.decode(type, from: Data(text.utf8))
    }
}
