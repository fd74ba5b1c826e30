import GRDB

/// Makes the entries of unsettled places anew, and only those.
struct LedgerSettler {
    let kind: LedgerKind
    /// Rows that are taken up before entries are made; bounds memory and the length of a transaction.
    static let chunk = 20_000

    /// Settles places of the kind, up to about a chunk of rows, in the order of time.
    ///
    /// - Returns: false when nothing was left to do.
    func run(_ db: Database, changes: inout StoreChanges) throws -> Bool {
        let marks = try Row.fetchAll(
            db,
            sql: "SELECT name, first, last FROM ledger_unsettled WHERE kind = ? ORDER BY first, name LIMIT ?",
            arguments: [kind.name, Self.chunk])
        guard !marks.isEmpty else { return false }
        var members: Set<Int64> = []
        for span in spans(marks) { members.formUnion(try self.members(of: span, db)) }
        var entries = try close(&members, db)
        if let parts = kind.parts { entries.formUnion(try widen(&members, parts, db)) }
        try replace(entries, members, db, &changes)
        try forget(marks, db)
        return true
    }

    // MARK: - What is touched

    /// Days of a place in which something changed.
    private struct PlaceSpan {
        var name: String
        var first: Int
        var last: Int
    }

    /// Marks of one name that lie near each other, as one.
    private func spans(_ marks: [Row]) -> [PlaceSpan] {
        var out: [PlaceSpan] = []
        let all = marks.map { PlaceSpan(name: $0["name"], first: $0["first"], last: $0["last"]) }
        for span in all.sorted(by: { ($0.name, $0.first) < ($1.name, $1.first) }) {
            if let last = out.last, last.name == span.name, span.first - last.last <= kind.slack {
                out[out.count - 1].last = max(last.last, span.last)
            } else {
                out.append(span)
            }
        }
        return out
    }

    private func members(of span: PlaceSpan, _ db: Database) throws -> [Int64] {
        let find = try db.cachedStatement(
            sql: "SELECT member FROM ledger_places WHERE kind = ? AND name = ? AND first <= ? AND last >= ?")
        return try Int64.fetchAll(
            find, arguments: [kind.name, span.name, span.last + kind.slack, span.first - kind.slack])
    }

    /// Adds the other members of the entries in which the members stand; gives those entries.
    private func close(_ members: inout Set<Int64>, _ db: Database) throws -> Set<Int64> {
        let entryOf = try db.cachedStatement(sql: "SELECT entry FROM ledger_members WHERE member = ?")
        let membersOf = try db.cachedStatement(sql: "SELECT member FROM ledger_members WHERE entry = ?")
        var entries: Set<Int64> = []
        for member in members { entries.formUnion(try Int64.fetchAll(entryOf, arguments: [member])) }
        // Entries whose last members have gone are found by their emptied content.
        let emptied = try db.cachedStatement(sql: "SELECT row FROM ledger_entries WHERE kind = ? AND json = ''")
        for output in kind.outputs { entries.formUnion(try Int64.fetchAll(emptied, arguments: [output])) }
        let exists = try db.cachedStatement(sql: "SELECT 1 FROM ledger_rows WHERE row = ?")
        for entry in entries {
            for member in try Int64.fetchAll(membersOf, arguments: [entry]) where !members.contains(member) {
                if try Int.fetchOne(exists, arguments: [member]) != nil { members.insert(member) }
            }
        }
        return entries
    }

    // MARK: - What hangs together

    /// Adds the rows that hang together with the members, and theirs, wherever they stand; gives their entries.
    ///
    /// Rows beside them are looked at, and left alone when nothing ties them to a member.
    private func widen(
        _ members: inout Set<Int64>, _ parts: @Sendable ([LedgerMember]) throws -> [[String]], _ db: Database
    ) throws -> Set<Int64> {
        var seen = members
        var expanded: Set<Int64> = []
        var entries: Set<Int64> = []
        // Sets that go on and on are left as they are: each round goes one link further.
        for _ in 0..<Self.rounds {
            let (rows, _, content) = try load(seen, db)
            for part in try parts(content) where part.count > 1 {
                let own = part.compactMap { rows[$0] }
                if own.contains(where: members.contains) { members.formUnion(own) }
            }
            entries.formUnion(try close(&members, db))
            let fresh = members.subtracting(expanded)
            if fresh.isEmpty { break }
            expanded.formUnion(fresh)
            seen.formUnion(members)
            for row in fresh { seen.formUnion(try neighbours(of: row, db)) }
        }
        return entries
    }

    private static let rounds = 12

    /// Rows that share a place with a row.
    private func neighbours(of row: Int64, _ db: Database) throws -> [Int64] {
        let find = try db.cachedStatement(
            sql: """
                SELECT o.member FROM ledger_places p JOIN ledger_places o
                ON o.kind = p.kind AND o.name = p.name AND o.first <= p.last + ? AND o.last >= p.first - ?
                WHERE p.member = ?
                """)
        return try Int64.fetchAll(find, arguments: [kind.slack, kind.slack, row])
    }

    // MARK: - Entries

    private func replace(
        _ old: Set<Int64>, _ members: Set<Int64>, _ db: Database, _ changes: inout StoreChanges
    ) throws {
        let (rows, documents, content) = try load(members, db)
        let entries = try kind.entries(content, documents)
        var known: [Key: Known] = [:]
        let find = try db.cachedStatement(sql: "SELECT kind, id, status, json FROM ledger_entries WHERE row = ?")
        for row in old {
            guard let entry = try Row.fetchOne(find, arguments: [row]) else { continue }
            known[Key(kind: entry["kind"], id: entry["id"])] = Known(
                row: row, status: entry["status"], json: entry["json"])
        }
        let fresh = Set(entries.map { Key(kind: $0.kind, id: $0.id) })
        for (key, entry) in known.sorted(by: { ($0.key.kind, $0.key.id) < ($1.key.kind, $1.key.id) })
        where !fresh.contains(key) {
            try delete(entry.row, db)
            changes.entries.append(.init(kind: key.kind, id: key.id, before: entry.status, after: nil))
        }
        for entry in entries {
            let before = known[Key(kind: entry.kind, id: entry.id)]
            if let before, before.json == entry.json, before.status == entry.status { continue }
            if let before { try delete(before.row, db) }
            try insert(entry, rows, db)
            changes.entries.append(
                .init(kind: entry.kind, id: entry.id, before: before?.status, after: entry.status))
        }
    }

    private struct Key: Hashable {
        var kind: String
        var id: String
    }

    /// An entry as it is in the store.
    private struct Known {
        var row: Int64
        var status: String
        var json: String
    }

    private func delete(_ row: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM ledger_entries WHERE row = ?").execute(arguments: [row])
    }

    private func load(
        _ members: Set<Int64>, _ db: Database
    ) throws -> (rows: [String: Int64], documents: [StoredDocument], members: [LedgerMember]) {
        let find = try db.cachedStatement(
            sql: """
                SELECT r.id, r.document, d.name, r.event IS NOT NULL AS is_event, COALESCE(r.json, e.json) AS json
                FROM ledger_rows r
                JOIN documents d ON d.row = r.document LEFT JOIN events e ON e.row = r.event WHERE r.row = ?
                """)
        var rows: [String: Int64] = [:]
        var documents: Set<Int64> = []
        var out: [LedgerMember] = []
        for member in members.sorted() {
            guard let row = try Row.fetchOne(find, arguments: [member]) else { continue }
            let id: String = row["id"]
            guard rows[id] == nil else { continue }
            rows[id] = member
            documents.insert(row["document"])
            out.append(LedgerMember(id: id, document: row["name"], isEvent: row["is_event"], json: row["json"]))
        }
        out.sort { $0.id < $1.id }
        return (rows, try documents.sorted().compactMap { try document($0, db) }, out)
    }

    private func document(_ row: Int64, _ db: Database) throws -> StoredDocument? {
        let find = try db.cachedStatement(sql: "SELECT d.*, 0 AS event_count FROM documents d WHERE row = ?")
        return try Row.fetchOne(find, arguments: [row]).map(storedDocument)
    }

    private func insert(_ entry: LedgerEntry, _ rows: [String: Int64], _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO ledger_entries (kind, id, status, first_day, last_day, json) VALUES (?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [entry.kind, entry.id, entry.status, entry.firstDay ?? "", entry.lastDay ?? "", entry.json])
        let row = db.lastInsertedRowID
        let member = try db.cachedStatement(sql: "INSERT OR IGNORE INTO ledger_members (entry, member) VALUES (?, ?)")
        for id in entry.members {
            if let found = rows[id] { try member.execute(arguments: [row, found]) }
        }
        let body = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO ledger_bodies (kind, body, first_day, entry) VALUES (?, ?, ?, ?)")
        for name in entry.bodies { try body.execute(arguments: [entry.kind, name, entry.firstDay ?? "", row]) }
    }

    private func forget(_ marks: some Sequence<Row>, _ db: Database) throws {
        let forget = try db.cachedStatement(
            sql: "DELETE FROM ledger_unsettled WHERE kind = ? AND name = ? AND first = ? AND last = ?")
        for mark in marks {
            try forget.execute(
                arguments: [kind.name, mark["name"] as String, mark["first"] as Int, mark["last"] as Int])
        }
    }
}
