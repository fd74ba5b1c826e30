import DyadCore
import GRDB

/// Writes the rows that a document gives to the ledger, and marks the places that they touch.
struct LedgerWriter {
    let version: String
    let rows: [(kind: String, rows: [LedgerRow])]

    init(_ plan: LedgerPlan, _ article: AnnotatedArticle, _ events: [Event]) throws {
        version = plan.version
        let found = try plan.rows(article, events)
        rows = plan.kinds.map { ($0.name, found[$0.name] ?? []) }
    }

    /// Writes the rows of a document whose events have these rows.
    func save(_ db: Database, document: Int64, events: [Int64]) throws {
        try db.cachedStatement(sql: "INSERT INTO ledger_documents (document, version) VALUES (?, ?)")
            .execute(arguments: [document, version])
        let add = try db.cachedStatement(
            sql: "INSERT INTO ledger_rows (kind, id, document, event, json) VALUES (?, ?, ?, ?, ?)")
        let place = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO ledger_places (kind, name, first, last, member) VALUES (?, ?, ?, ?, ?)")
        let mark = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO ledger_unsettled (kind, name, first, last) VALUES (?, ?, ?, ?)")
        for (kind, rows) in rows {
            var seen: Set<String> = []
            for row in rows where seen.insert(row.id).inserted {
                let event = row.event.map { events[$0] }
                try add.execute(arguments: [kind, row.id, document, event, row.json])
                let member = db.lastInsertedRowID
                for at in row.quietPlaces { try place.execute(arguments: [kind, at.name, at.first, at.last, member]) }
                for at in row.places {
                    try place.execute(arguments: [kind, at.name, at.first, at.last, member])
                    try mark.execute(arguments: [kind, at.name, at.first, at.last])
                }
            }
        }
    }

    /// True when the rows of a document were made by this version.
    static func isUpToDate(_ db: Database, document: Int64, version: String) throws -> Bool {
        try String.fetchOne(
            try db.cachedStatement(sql: "SELECT version FROM ledger_documents WHERE document = ?"),
            arguments: [document])
            == version
    }

    /// Marks the places of a document that is about to go.
    static func mark(_ db: Database, document: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO ledger_unsettled (kind, name, first, last)
                SELECT p.kind, p.name, p.first, p.last FROM ledger_rows r JOIN ledger_places p ON p.member = r.row
                WHERE r.document = ?
                """
        ).execute(arguments: [document])
        // Entries lose members that go; what is left of them is made anew, so their other places are marked too.
        try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO ledger_unsettled (kind, name, first, last)
                SELECT p.kind, p.name, p.first, p.last FROM ledger_members m JOIN ledger_places p ON p.member = m.member
                WHERE m.entry IN (SELECT x.entry FROM ledger_rows r JOIN ledger_members x ON x.member = r.row
                WHERE r.document = ?)
                """
        ).execute(arguments: [document])
        try db.cachedStatement(
            sql: """
                UPDATE ledger_entries SET json = '' WHERE row IN (SELECT x.entry FROM ledger_rows r
                JOIN ledger_members x ON x.member = r.row WHERE r.document = ?)
                """
        ).execute(arguments: [document])
    }
}
