public import DyadCore
import GRDB

extension EventStore {
    /// Saves an article with its events; see ``save(document:article:events:)``.
    @discardableResult
    public func save(_ article: AnnotatedArticle) throws(StoreError) -> SaveOutcome {
        try save(document: article.article.document, article: article, events: article.events)
    }

    /// Saves a document with its sentences and events in one transaction.
    ///
    /// Nothing is written when the same content was saved under this name by the same version. Otherwise the
    /// document's own rows are replaced, and no others.
    ///
    /// - Parameters:
    ///   - document: what was read; its name is the key.
    ///   - article: title, sentences and the like. Without sentences, those of the events are kept.
    ///   - events: what was coded.
    /// - Returns: what was done.
    /// - Throws: `StoreError`; nothing of the document was written then.
    @discardableResult
    public func save(
        document: Document, article: AnnotatedArticle, events: [Event]
    ) throws(StoreError) -> SaveOutcome {
        let rows = DocumentRows(document: document, article: article, events: events, version: version, codedAt: now())
        return try translated { try database.write { try rows.save($0, coding: coding) } }
    }

    /// Saves several articles in one transaction, which is much faster than one each.
    ///
    /// - Returns: what was done with each, in order.
    @discardableResult
    public func save(_ articles: [AnnotatedArticle]) throws(StoreError) -> [SaveOutcome] {
        let time = now()
        let batch = articles.map {
            DocumentRows(
                document: $0.article.document, article: $0, events: $0.events, version: version, codedAt: time)
        }
        return try translated { try database.write { db in try batch.map { try $0.save(db, coding: coding) } } }
    }

    /// True when the document is in the store with this content, coded by this version: it need not be coded again.
    public func isUpToDate(_ document: Document) throws(StoreError) -> Bool {
        let hash = contentHash(document)
        return try translated {
            try database.read { db in
                try Row.fetchOne(
                    db, sql: "SELECT row FROM documents WHERE name = ? AND content_hash = ? AND version = ?",
                    arguments: [document.name, hash, version]) != nil
            }
        }
    }

    /// Removes a document with all its rows.
    ///
    /// - Returns: false when there is no such document.
    @discardableResult
    public func remove(document name: String) throws(StoreError) -> Bool {
        try translated {
            try database.write { db in
                let sql = "SELECT row FROM documents WHERE name = ?"
                guard let row = try Int64.fetchOne(db, sql: sql, arguments: [name]) else { return false }
                try DocumentRows.remove(row, db)
                return true
            }
        }
    }

    /// Notes a reviewer's decision; the same decision twice is kept once.
    public func add(_ review: Review) throws(StoreError) {
        let sql = """
            INSERT OR REPLACE INTO reviews (event_id, reviewer, decision, note, reviewed_at) VALUES (?, ?, ?, ?, ?)
            """
        try translated {
            try database.write { db in
                try db.execute(
                    sql: sql,
                    arguments: [review.event, review.reviewer, review.decision, review.note, review.reviewedAt])
            }
        }
    }
}

/// Hash of what is given from outside: bytes, date, publisher and address.
func contentHash(_ document: Document) -> String {
    var hash = StableHash()
    hash.combine(String(decoding: document.originalBytes, as: UTF8.self))
    hash.combine(document.originalBytes.count)
    hash.combine(document.published?.description ?? "")
    hash.combine(document.publisher ?? "")
    hash.combine(document.url ?? "")
    return hash.hex
}
