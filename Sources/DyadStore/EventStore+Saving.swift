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
        try translated {
            let rows = try DocumentRows(
                document: document, article: article, events: events, version: version, codedAt: now(), ledger: ledger)
            var changes = StoreChanges()
            return try database.write { try rows.save($0, coding: coding, changes: &changes) }
        }
    }

    /// Saves several articles in one transaction, which is much faster than one each.
    ///
    /// - Returns: what was done with each, in order.
    @discardableResult
    public func save(_ articles: [AnnotatedArticle]) throws(StoreError) -> [SaveOutcome] {
        try translated {
            let batch = try rows(of: articles)
            var changes = StoreChanges()
            return try database.write { db in try batch.map { try $0.save(db, coding: coding, changes: &changes) } }
        }
    }

    private func rows(of articles: [AnnotatedArticle]) throws -> [DocumentRows] {
        let time = now()
        return try articles.map {
            try DocumentRows(
                document: $0.article.document, article: $0, events: $0.events, version: version, codedAt: time,
                ledger: ledger)
        }
    }

    /// Says what saving some articles would change, the ledger too, and changes nothing.
    public func rehearse(_ articles: [AnnotatedArticle]) throws(StoreError) -> StoreChanges {
        try translated {
            let batch = try rows(of: articles)
            var changes = StoreChanges()
            try database.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    for rows in batch { _ = try rows.save(db, coding: coding, changes: &changes) }
                    for kind in ledger?.kinds ?? [] {
                        while try LedgerSettler(kind: kind).run(db, changes: &changes) {}
                    }
                    return .rollback
                }
            }
            return changes
        }
    }

    /// Makes the entries of the ledger that saved documents touch, a transaction for each part of the work.
    ///
    /// What a killed program left unsettled is settled by the next call.
    @discardableResult
    public func settle() throws(StoreError) -> StoreChanges {
        try translated {
            var changes = StoreChanges()
            for kind in ledger?.kinds ?? [] {
                while try database.write({ try LedgerSettler(kind: kind).run($0, changes: &changes) }) {}
            }
            return changes
        }
    }

    /// True when documents were saved whose entries in the ledger are not made yet.
    public func isUnsettled() throws(StoreError) -> Bool {
        try translated {
            try database.read { try Int.fetchOne($0, sql: "SELECT 1 FROM ledger_unsettled LIMIT 1") != nil }
        }
    }

    /// True when the document is in the store with this content, coded by this version: it need not be coded again.
    public func isUpToDate(_ document: Document) throws(StoreError) -> Bool {
        let hash = contentHash(document)
        return try translated {
            try database.read { db in
                let row = try Int64.fetchOne(
                    db, sql: "SELECT row FROM documents WHERE name = ? AND content_hash = ? AND version = ?",
                    arguments: [document.name, hash, version])
                guard let row, let ledger else { return row != nil }
                return try LedgerWriter.isUpToDate(db, document: row, version: ledger.version)
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
                var changes = StoreChanges()
                try DocumentRows.withdraw(document: row, keeping: [:], reason: "document removed", db, &changes)
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
