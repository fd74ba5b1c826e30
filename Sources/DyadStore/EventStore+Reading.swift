public import DyadCore
import GRDB

extension EventStore {
    /// Events that match a query, in the order it asks for.
    public func events(matching query: EventQuery) throws(StoreError) -> [Event] {
        let lines = try lines(matching: query)
        return try translated { try lines.map(coding.decode) }
    }

    /// The stored lines of events that match a query.
    public func lines(matching query: EventQuery) throws(StoreError) -> [String] {
        let request = QuerySQL(query).request("e.json", suffix: QuerySQL.suffix(query))
        return try translated { try database.read { try String.fetchAll($0, request) } }
    }

    /// Hands the stored line of every event to a body, ordered by document and place: the same store content gives the
    /// same lines, whatever the way to it was.
    public func export(_ body: (String) throws -> Void) throws(StoreError) {
        var query = EventQuery()
        query.order = .document
        try export(matching: query, body)
    }

    /// Hands the stored line of each matching event to a body, in the order the query asks for.
    public func export(matching query: EventQuery, _ body: (String) throws -> Void) throws(StoreError) {
        let request = QuerySQL(query).request("e.json", suffix: QuerySQL.suffix(query))
        try translated {
            try database.read { db in
                let lines = try String.fetchCursor(db, request)
                while let line = try lines.next() { try body(line) }
            }
        }
    }

    /// The event whose identifier is this or begins so; nil when there is none.
    public func event(id prefix: String) throws(StoreError) -> Event? {
        guard !prefix.isEmpty else { return nil }
        let sql = """
            SELECT id, MIN(row) AS row FROM events WHERE id >= ? AND id < ? || char(1114111)
            GROUP BY id ORDER BY id LIMIT 6
            """
        let rows = try translated {
            try database.read { try Row.fetchAll($0, sql: sql, arguments: [prefix, prefix]) }
        }
        let exact = rows.first { $0["id"] == prefix }
        if exact == nil, rows.count > 1 {
            throw .ambiguousIdentifier(prefix: prefix, matches: rows.map { $0["id"] })
        }
        guard let found: Int64 = (exact ?? rows.first)?["row"] else { return nil }
        return try translated {
            let line = try database.read {
                try String.fetchOne($0, sql: "SELECT json FROM events WHERE row = ?", arguments: [found])
            }
            return try line.map(coding.decode)
        }
    }

    /// How many reports, outlets and tellings a query finds; its limit is not applied.
    public func counts(matching query: EventQuery = EventQuery()) throws(StoreError) -> StoreCounts {
        let inner = QuerySQL(query).request("d.row AS document, d.outlet, d.body_hash")
        return try translated {
            try database.read { db in
                let documents = SQLRequest<Row>(
                    """
                    WITH found AS (\(inner)), reports AS (SELECT DISTINCT document, outlet, body_hash FROM found)
                    SELECT (SELECT COUNT(*) FROM reports) AS reports, (SELECT COUNT(*) FROM found) AS events,
                    (SELECT COUNT(DISTINCT o) FROM (SELECT MIN(outlet) AS o FROM reports GROUP BY body_hash)) AS outlets
                    """)
                guard let row = try documents.fetchOne(db) else {
                    return StoreCounts(reports: 0, outlets: 0, events: 0)
                }
                return StoreCounts(reports: row["reports"], outlets: row["outlets"], events: row["events"])
            }
        }
    }

    /// The document of a name.
    public func document(named name: String) throws(StoreError) -> StoredDocument? {
        try documents("WHERE d.name = ?", [name]).first
    }

    /// All documents by name, also those in which nothing was coded.
    public func documents() throws(StoreError) -> [StoredDocument] { try documents("", []) }

    /// The documents of the events that match a query, by name.
    public func documents(matching query: EventQuery) throws(StoreError) -> [StoredDocument] {
        let inner = QuerySQL(query).request("e.document")
        return try translated {
            try database.read { db in
                try SQLRequest<Row>("\(sql: documentColumns) WHERE d.row IN (\(inner)) ORDER BY d.name").fetchAll(db)
                    .map(storedDocument)
            }
        }
    }

    /// A sentence by its index in a document.
    public func sentence(document: String, index: Int) throws(StoreError) -> StoredSentence? {
        try sentences("WHERE d.name = ? AND s.position = ?", [document, index]).first
    }

    /// The sentence of a document in which a byte stands.
    public func sentence(document: String, byte: Int) throws(StoreError) -> StoredSentence? {
        try sentences("WHERE d.name = ? AND s.span_start <= ? AND s.span_end > ?", [document, byte, byte]).first
    }

    /// The sentences of a document in order.
    public func sentences(document: String) throws(StoreError) -> [StoredSentence] {
        try sentences("WHERE d.name = ? ORDER BY s.position", [document])
    }

    /// Sentences that hold all words of a text, by document and place; see ``EventQuery/text``.
    public func sentences(matching text: String, limit: Int = 100) throws(StoreError) -> [StoredSentence] {
        guard let pattern = SearchPattern(text) else { return [] }
        return try sentences(
            """
            WHERE s.row IN (SELECT rowid FROM sentence_search WHERE sentence_search MATCH ?)
            ORDER BY d.name, s.position LIMIT ?
            """, [pattern.text, limit])
    }

    /// Actors by the number of events they take part in, most first.
    public func actors(limit: Int = 100) throws(StoreError) -> [ActorCount] {
        let sql = """
            SELECT a.body, a.sector, a.name, SUM(x.side = 0) AS sources, SUM(x.side = 1) AS targets
            FROM event_actors x JOIN actors a ON a.row = x.actor
            GROUP BY a.row ORDER BY COUNT(*) DESC, a.body, a.sector, a.name LIMIT ?
            """
        return try translated {
            try database.read { db in
                try Row.fetchAll(db, sql: sql, arguments: [limit]).map { row in
                    let body: String = row["body"]
                    let sector: String = row["sector"]
                    let code = ActorCode(body.isEmpty ? nil : body, sector: sector.isEmpty ? nil : sector)
                    return ActorCount(code: code, name: row["name"], asSource: row["sources"], asTarget: row["targets"])
                }
            }
        }
    }

    /// Reviews of an event, or all of them, oldest first.
    public func reviews(of event: String? = nil) throws(StoreError) -> [Review] {
        let sql = """
            SELECT * FROM reviews WHERE ?1 IS NULL OR event_id = ?1 ORDER BY reviewed_at, event_id, reviewer
            """
        return try translated {
            try database.read { db in
                try Row.fetchAll(db, sql: sql, arguments: [event]).map {
                    Review(
                        event: $0["event_id"], reviewer: $0["reviewer"], decision: $0["decision"], note: $0["note"],
                        reviewedAt: $0["reviewed_at"])
                }
            }
        }
    }

    private func documents(
        _ condition: String, _ arguments: StatementArguments
    ) throws(StoreError) -> [StoredDocument] {
        let sql = "\(documentColumns) \(condition) ORDER BY d.name"
        return try translated {
            try database.read { try Row.fetchAll($0, sql: sql, arguments: arguments).map(storedDocument) }
        }
    }

    private func sentences(
        _ condition: String, _ arguments: StatementArguments
    ) throws(StoreError) -> [StoredSentence] {
        let sql = """
            SELECT d.name, s.position, s.span_start, s.span_end, s.text, s.label
            FROM sentences s JOIN documents d ON d.row = s.document \(condition)
            """
        return try translated {
            try database.read { try Row.fetchAll($0, sql: sql, arguments: arguments).map(storedSentence) }
        }
    }
}

private let documentColumns = """
    SELECT d.*, (SELECT COUNT(*) FROM events e WHERE e.document = d.row) AS event_count FROM documents d
    """

func storedDocument(_ row: Row) -> StoredDocument {
    let published: String? = row["published"]
    return StoredDocument(
        name: row["name"], contentHash: row["content_hash"], byteCount: row["byte_count"],
        publisher: row["publisher"], published: published.flatMap { CalendarDate($0) }, url: row["url"],
        title: row["title"], agency: row["agency"], duplicateOf: row["duplicate_of"], languages: row["languages"],
        bodyHash: row["body_hash"], outlet: row["outlet"],
        version: row["version"], codedAt: row["coded_at"], eventCount: row["event_count"])
}

private func storedSentence(_ row: Row) -> StoredSentence {
    let label: String = row["label"]
    return StoredSentence(
        document: row["name"], index: row["position"], span: Span(row["span_start"], row["span_end"]),
        text: row["text"], label: BlockLabel(rawValue: label) ?? .paragraph)
}
