public import DyadCore
import GRDB

extension EventStore {
    /// Contents of the entries of a kind, the newest first; entries without a day come last.
    public func entries(_ kind: String, matching query: LedgerQuery = LedgerQuery()) throws(StoreError) -> [String] {
        try translated {
            try database.read { db in
                let request = try LedgerSQL(kind, query, db).request("e.json")
                return try String.fetchAll(db, request)
            }
        }
    }

    /// Hands every entry of a kind to a body, ordered by day and identifier: kind, identifier, status, content.
    public func exportEntries(
        _ kind: String, _ body: (_ id: String, _ status: String, _ json: String) throws -> Void
    ) throws(StoreError) {
        try translated {
            try database.read { db in
                let rows = try Row.fetchCursor(
                    db, sql: "SELECT id, status, json FROM ledger_entries WHERE kind = ? ORDER BY first_day, id",
                    arguments: [kind])
                while let row = try rows.next() { try body(row["id"], row["status"], row["json"]) }
            }
        }
    }

    /// Number of entries of each kind.
    public func entryCounts() throws(StoreError) -> [String: Int] {
        try translated {
            try database.read { db in
                let rows = try Row.fetchAll(db, sql: "SELECT kind, COUNT(*) AS n FROM ledger_entries GROUP BY kind")
                return Dictionary(rows.map { ($0["kind"], $0["n"]) }, uniquingKeysWith: { $1 })
            }
        }
    }

    /// Events that were coded once and are no longer, by identifier.
    public func withdrawnEvents() throws(StoreError) -> [WithdrawnEvent] {
        try translated {
            try database.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM withdrawn_events ORDER BY id").map {
                    WithdrawnEvent(
                        id: $0["id"], document: $0["document"], type: $0["type"], day: $0["day"], quote: $0["quote"],
                        reason: $0["reason"])
                }
            }
        }
    }

    /// The newest day on which a document was published: the day on which promises are judged.
    public func newestPublication() throws(StoreError) -> CalendarDate? {
        try translated {
            try database.read { try String.fetchOne($0, sql: "SELECT MAX(published) FROM documents") }
                .flatMap { CalendarDate($0) }
        }
    }

    /// Sentences that hold all words of a text, best first, each with the events coded in it.
    ///
    /// Of more than 2,000 sentences with these words the ones saved last are weighed.
    public func search(_ text: String, limit: Int = 20) throws(StoreError) -> [SearchHit] {
        guard let pattern = SearchPattern(text) else { return [] }
        return try translated {
            try database.read { db in
                let rows = try Row.fetchAll(
                    db, sql: Self.searchSQL, arguments: [pattern.text, pattern.text, limit])
                return try rows.map { try hit($0, db) }
            }
        }
    }

    private static let searchSQL = """
        WITH recent AS MATERIALIZED (
            SELECT rowid AS found FROM sentence_search WHERE sentence_search MATCH ? ORDER BY rowid DESC LIMIT 2000
        )
        SELECT s.row AS sentence_row, s.document, d.name, s.position, s.span_start, s.span_end, s.text, s.label,
            d.publisher, d.published, d.title
        FROM (SELECT rowid AS row, rank FROM sentence_search
            WHERE sentence_search MATCH ? AND rowid >= (SELECT MIN(found) FROM recent)) f
        JOIN sentences s ON s.row = f.row JOIN documents d ON d.row = s.document
        ORDER BY f.rank, d.name, s.position LIMIT ?
        """

    private func hit(_ row: Row, _ db: Database) throws -> SearchHit {
        let label: String = row["label"]
        let published: String? = row["published"]
        let events = try String.fetchAll(
            try db.cachedStatement(sql: "SELECT id FROM events WHERE document = ? AND sentence = ? ORDER BY position"),
            arguments: [row["document"] as Int64, row["position"] as Int])
        return SearchHit(
            sentence: StoredSentence(
                document: row["name"], index: row["position"], span: Span(row["span_start"], row["span_end"]),
                text: row["text"], label: BlockLabel(rawValue: label) ?? .paragraph),
            publisher: row["publisher"], published: published.flatMap { CalendarDate($0) }, title: row["title"],
            events: events)
    }

    /// What SQLite says of the file: empty when it is whole.
    public func damage() throws(StoreError) -> [String] {
        try translated {
            try database.writeWithoutTransaction { db in
                var out = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                let strays = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
                if !strays.isEmpty { out.append("\(strays.count) rows refer to rows that are not there") }
                do {
                    try db.execute(
                        sql: "INSERT INTO sentence_search (sentence_search, rank) VALUES ('integrity-check', 1)")
                } catch {
                    out.append("the search index does not fit the sentences")
                }
                return out
            }
        }
    }
}

/// A query of ledger entries as SQL.
struct LedgerSQL {
    private var source = "ledger_entries e"
    private var conditions: [String] = []
    private var arguments: StatementArguments = []
    private var suffix = ""

    init(_ kind: String, _ query: LedgerQuery, _ db: Database) throws {
        let bodies = try Self.rarestFirst(kind, query.bodies, db)
        if let first = bodies.first {
            source = "ledger_bodies b JOIN ledger_entries e ON e.row = b.entry"
            add("b.kind = ?", [kind])
            add("b.body = ?", [first])
            suffix = "ORDER BY b.first_day DESC, e.id"
        } else {
            add("e.kind = ?", [kind])
            suffix = "ORDER BY e.first_day DESC, e.id"
        }
        for body in bodies.dropFirst() {
            add("EXISTS (SELECT * FROM ledger_bodies x WHERE x.entry = e.row AND x.body = ?)", [body])
        }
        if let status = query.status { add("e.status = ?", [status]) }
        if let from = query.from { add("e.last_day >= ?", [from.description]) }
        if let to = query.to { add("e.first_day <= ?", [to.description]) }
        if let id = query.id { add("e.id >= ? AND e.id < ? || char(1114111)", [id, id]) }
        if let limit = query.limit { suffix += " LIMIT \(limit)" }
    }

    func request(_ columns: String) -> SQLRequest<Row> {
        SQLRequest(
            sql: "SELECT \(columns) FROM \(source) WHERE \(conditions.joined(separator: " AND ")) \(suffix)",
            arguments: arguments)
    }

    private mutating func add(_ condition: String, _ values: StatementArguments) {
        conditions.append(condition)
        arguments += values
    }

    /// Bodies in the order of how many entries they have, counted up to a few thousand.
    private static func rarestFirst(_ kind: String, _ bodies: [String], _ db: Database) throws -> [String] {
        guard bodies.count > 1 else { return bodies }
        let count = try db.cachedStatement(
            sql: "SELECT COUNT(*) FROM (SELECT 1 FROM ledger_bodies WHERE kind = ? AND body = ? LIMIT 5000)")
        let sized = try bodies.map { ($0, try Int.fetchOne(count, arguments: [kind, $0]) ?? 0) }
        return sized.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    }
}
