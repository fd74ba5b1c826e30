import DyadCore
import Foundation
import GRDB

/// The rows of one document, ready to be written.
struct DocumentRows {
    private let document: Document
    private let article: Article
    private let sentences: [StoredSentence]
    private let events: [Event]
    /// Offices of persons, each with the person's fullest name.
    private let roles: [(person: String, role: LearnedRole)]
    /// Number of the sentence for the span of an event, when the sentences were made from the events.
    private let numbers: [Span: Int]
    private let version: String
    private let codedAt: String
    private let ledger: LedgerWriter?

    init(
        document: Document, article: AnnotatedArticle, events: [Event], version: String, codedAt: String,
        ledger: LedgerPlan?
    ) throws {
        self.ledger = try ledger.map { try LedgerWriter($0, article, events) }
        self.document = document
        self.article = article.article
        self.version = version
        self.codedAt = codedAt
        self.events = events
        roles = article.roles.map { ($0.fullName(article.chains), $0) }
        if article.sentences.isEmpty {
            sentences = sentencesOfEvents(events, document: document.name)
            numbers = Dictionary(uniqueKeysWithValues: sentences.map { ($0.span, $0.index) })
        } else {
            numbers = [:]
            sentences = article.sentences.enumerated().map { index, sentence in
                StoredSentence(
                    document: document.name, index: index, span: document.original(sentence.span),
                    text: document.text(sentence.span), label: sentence.label)
            }
        }
    }

    /// Writes the rows unless the same are there.
    func save(_ db: Database, coding: EventCoding, changes: inout StoreChanges) throws -> SaveOutcome {
        let hash = contentHash(document)
        let known = try Row.fetchOne(
            db, sql: "SELECT row, content_hash, version FROM documents WHERE name = ?", arguments: [document.name])
        if let known, try isUpToDate(known, hash, db) {
            changes.unchanged.append(document.name)
            return .unchanged
        }
        let lines = try events.map(coding.encode)
        if let known {
            let fresh = Dictionary(zip(events.map(\.id), lines), uniquingKeysWith: { first, _ in first })
            try Self.withdraw(document: known["row"], keeping: fresh, reason: "document changed", db, &changes)
            try Self.remove(known["row"], db)
            changes.replaced.append(document.name)
        } else {
            changes.added.append(document.name)
        }
        let row = try insertDocument(db, hash: hash)
        try insertSentences(db, document: row)
        try insertComments(db, document: row)
        var rows: [Int64] = []
        for (position, event) in events.enumerated() {
            rows.append(try insert(event, position: position, document: row, json: lines[position], db))
        }
        try insertRoles(db, document: row)
        if known == nil { note(events, &changes) }
        try ledger?.save(db, document: row, events: rows)
        return known == nil ? .added : .replaced
    }

    private func isUpToDate(_ known: Row, _ hash: String, _ db: Database) throws -> Bool {
        guard known["content_hash"] == hash, known["version"] == version else { return false }
        guard let ledger else { return true }
        return try LedgerWriter.isUpToDate(db, document: known["row"], version: ledger.version)
    }

    private func note(_ events: [Event], _ changes: inout StoreChanges) {
        changes.newEvents += events.map {
            .init(document: document.name, id: $0.id, type: $0.type.rawValue, quote: $0.text)
        }
    }

    /// Keeps what is left of events that go, so that nobody who cited one finds nothing.
    ///
    /// `fresh` holds the lines of the document's events as they will be, by identifier.
    static func withdraw(
        document: Int64, keeping fresh: [String: String], reason: String, _ db: Database, _ changes: inout StoreChanges
    ) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT e.id, d.name, e.type, e.first_day, s.text, e.json FROM events e
                JOIN documents d ON d.row = e.document
                LEFT JOIN sentences s ON s.document = e.document AND s.position = e.sentence WHERE e.document = ?
                """, arguments: [document])
        let keep = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO withdrawn_events (id, document, type, day, quote, reason) VALUES (?, ?, ?, ?, ?, ?)
                """)
        for row in rows {
            let id: String = row["id"]
            let change = StoreChanges.EventChange(
                document: row["name"], id: id, type: row["type"], quote: row["text"] ?? "")
            if let line = fresh[id] {
                if line != row["json"] { changes.changedEvents.append(change) }
            } else {
                changes.withdrawnEvents.append(change)
                try keep.execute(
                    arguments: [id, change.document, change.type, row["first_day"] as String?, change.quote, reason])
            }
        }
        let known = Set(rows.map { $0["id"] as String })
        let name = try String.fetchOne(db, sql: "SELECT name FROM documents WHERE row = ?", arguments: [document]) ?? ""
        for id in fresh.keys.sorted() where !known.contains(id) {
            changes.newEvents.append(.init(document: name, id: id, type: "", quote: ""))
        }
    }

    /// Removes a document, its rows, and actors that nobody else names.
    static func remove(_ document: Int64, _ db: Database) throws {
        let actors = try Int64.fetchAll(
            db,
            sql: """
                SELECT DISTINCT a.actor FROM event_actors a JOIN events e ON e.row = a.event WHERE e.document = ?
                """, arguments: [document])
        try LedgerWriter.mark(db, document: document)
        // Deleted by name and not by cascade, so that the search index follows.
        try db.execute(sql: "DELETE FROM sentences WHERE document = ?", arguments: [document])
        try db.execute(sql: "DELETE FROM documents WHERE row = ?", arguments: [document])
        let orphan = try db.cachedStatement(
            sql: "DELETE FROM actors WHERE row = ?1 AND NOT EXISTS (SELECT * FROM event_actors WHERE actor = ?1)")
        for actor in actors { try orphan.execute(arguments: [actor]) }
    }

    private func insertDocument(_ db: Database, hash: String) throws -> Int64 {
        var identifier = StableHash()
        identifier.combine(document.name)
        let publisher = document.publisher ?? article.publisher
        let agency = article.document.agency ?? article.datelineAgency
        try insert(
            into: "documents",
            [
                ("id", identifier.hex), ("name", document.name), ("content_hash", hash), ("version", version),
                ("byte_count", document.originalBytes.count), ("publisher", publisher),
                ("published", (document.published ?? article.published)?.description), ("url", document.url),
                ("title", article.title), ("agency", agency), ("body_hash", bodyHash()),
                ("outlet", outlet(agency: article.datelineAgency, publisher: publisher)), ("coded_at", codedAt),
                ("duplicate_of", document.duplicateOf), ("sketch", article.sketch.map { Data($0.bytes) }),
                ("languages", languages()),
            ], db)
        return db.lastInsertedRowID
    }

    /// Comments as they stand, linked; readers' words are kept apart from the report's.
    private func insertComments(_ db: Database, document row: Int64) throws {
        for (position, comment) in CommentThreads.linked(article.comments).enumerated() {
            try insert(
                into: "comments",
                [
                    ("document", row), ("position", position), ("author", comment.comment.author),
                    ("time", comment.comment.time), ("parent", comment.parent), ("text", comment.comment.text),
                    ("span_start", comment.comment.span.start), ("span_end", comment.comment.span.end),
                ], db)
        }
    }

    /// "ar:1 tr:3", the paragraphs that were not coded since they are in another language; nil when there are none.
    private func languages() -> String? {
        let counts = Dictionary(article.foreignBlocks.compactMap { $0.language.map { ($0, 1) } }, uniquingKeysWith: +)
        return counts.isEmpty ? nil : counts.sorted { $0.key < $1.key }.map { "\($0):\($1)" }.joined(separator: " ")
    }

    private func insertSentences(_ db: Database, document row: Int64) throws {
        for sentence in sentences {
            try insert(
                into: "sentences",
                [
                    ("document", row), ("position", sentence.index), ("span_start", sentence.span.start),
                    ("span_end", sentence.span.end), ("text", sentence.text), ("label", sentence.label.rawValue),
                ], db)
        }
    }

    private func insertRoles(_ db: Database, document row: Int64) throws {
        for (position, (person, role)) in roles.enumerated() {
            let span = document.original(role.span)
            try insert(
                into: "person_roles",
                [
                    ("document", row), ("position", position), ("person", person), ("role", role.role),
                    ("body", role.code.body ?? ""), ("sector", role.code.sector ?? ""), ("sentence", role.sentence),
                    ("span_start", span.start), ("span_end", span.end),
                ], db)
        }
    }

    private func insert(
        _ event: Event, position: Int, document: Int64, json: String, _ db: Database
    ) throws -> Int64 {
        let days = event.days
        try insert(
            into: "events",
            [
                ("document", document), ("position", position), ("id", event.id), ("type", event.type.rawValue),
                ("mode", event.mode), ("contexts", event.contexts.joined(separator: ";")), ("quad", event.type.quad),
                ("intensity", event.intensity), ("cameo", event.cameo), ("goldstein", event.goldstein),
                ("trigger_text", event.trigger), ("trigger_start", event.triggerSpan.start),
                ("trigger_end", event.triggerSpan.end), ("date_value", event.date?.value),
                ("date_precision", event.date?.precision), ("date_basis", event.date?.basis),
                ("first_day", days?.first.description), ("last_day", days?.last.description),
                ("place", event.place?.name), ("place_country", event.place?.country),
                ("latitude", event.place?.latitude), ("longitude", event.place?.longitude),
                ("factuality", event.factuality.rawValue), ("holder", event.holder),
                ("sentence", numbers[event.span] ?? event.sentence),
                ("span_start", event.span.start), ("span_end", event.span.end), ("confidence", event.confidence),
                ("stage", event.explanation.stage), ("rule", event.explanation.rule), ("json", json),
            ], db)
        let row = db.lastInsertedRowID
        try insert(event.sourceActors, side: 0, event: row, db)
        try insert(event.targetActors, side: 1, event: row, db)
        try insertPairs(event, day: days?.first.description ?? "", row: row, db)
        try insertEvidence(event, row: row, db)
        try db.cachedStatement(sql: "DELETE FROM withdrawn_events WHERE id = ?").execute(arguments: [event.id])
        return row
    }

    /// Who faces whom; in a mutual event everybody faces everybody else.
    private func insertPairs(_ event: Event, day: String, row: Int64, _ db: Database) throws {
        let add = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO event_pairs (source, target, day, event) VALUES (?, ?, ?, ?)")
        let isMutual = event.targetActors.isEmpty
        for (index, source) in event.sourceActors.enumerated() {
            for (other, target) in (isMutual ? event.sourceActors : event.targetActors).enumerated() {
                if isMutual, index == other { continue }
                try add.execute(arguments: [source.code.bodyOrSector, target.code.bodyOrSector, day, row])
            }
        }
    }

    private func insert(_ actors: [EventActor], side: Int, event: Int64, _ db: Database) throws {
        for (position, actor) in actors.enumerated() {
            try insert(
                into: "event_actors",
                [
                    ("event", event), ("side", side), ("position", position), ("actor", try row(of: actor, db)),
                    ("body", actor.code.body ?? ""), ("sector", actor.code.sector ?? ""), ("text", actor.text),
                    ("span_start", actor.span.start), ("span_end", actor.span.end),
                ], db)
        }
    }

    /// Row of an actor, made when it is new.
    private func row(of actor: EventActor, _ db: Database) throws -> Int64 {
        let key: StatementArguments = [actor.code.body ?? "", actor.code.sector ?? "", actor.name]
        let find = try db.cachedStatement(sql: "SELECT row FROM actors WHERE body = ? AND sector = ? AND name = ?")
        if let row = try Int64.fetchOne(find, arguments: key) { return row }
        let add = try db.cachedStatement(sql: "INSERT INTO actors (body, sector, name) VALUES (?, ?, ?)")
        try add.execute(arguments: key)
        return db.lastInsertedRowID
    }

    private func insertEvidence(_ event: Event, row: Int64, _ db: Database) throws {
        var position = 0
        for attribution in event.attribution {
            try insert(attribution, depth: 0, position: &position, event: row, db)
        }
        for (position, quantity) in event.quantities.enumerated() {
            try insert(
                into: "quantities",
                [
                    ("event", row), ("position", position), ("value", quantity.value), ("low", quantity.low),
                    ("high", quantity.high), ("comparison", quantity.comparison), ("unit", quantity.unit),
                    ("counted", quantity.of), ("kind", quantity.kind), ("text", quantity.text),
                    ("span_start", quantity.span.start), ("span_end", quantity.span.end),
                ], db)
        }
        if event.factuality == .denied || event.factuality == .alleged {
            try insert(
                into: "claims",
                [("event", row), ("stance", event.factuality.rawValue), ("holder", event.holder)], db)
        }
    }

    private func insert(
        _ attribution: Attribution, depth: Int, position: inout Int, event: Int64, _ db: Database
    ) throws {
        try insert(
            into: "attributions",
            [
                ("event", event), ("position", position), ("depth", depth), ("source", attribution.source),
                ("kind", attribution.kind.rawValue), ("actor", attribution.actor?.description),
                ("cue", attribution.cue), ("cue_start", attribution.cueSpan.start),
                ("cue_end", attribution.cueSpan.end), ("is_negative", attribution.isNegative),
            ], db)
        position += 1
        for nested in attribution.nested {
            try insert(nested, depth: depth + 1, position: &position, event: event, db)
        }
    }

    /// One row of a table; the statement is prepared once for each table.
    private func insert(
        into table: String, _ columns: [(name: String, value: (any DatabaseValueConvertible)?)], _ db: Database
    ) throws {
        let names = columns.map(\.name).joined(separator: ", ")
        let marks = repeatElement("?", count: columns.count).joined(separator: ", ")
        let statement = try db.cachedStatement(sql: "INSERT INTO \(table) (\(names)) VALUES (\(marks))")
        try statement.execute(arguments: StatementArguments(columns.map(\.value)))
    }

    /// Hash of the letters and digits of the body without title and deck, the same for copies of one report.
    private func bodyHash() -> String {
        let blocks = article.codedBlocks.filter { $0.label != .title && $0.label != .deck }
        let texts = blocks.isEmpty ? sentences.map(\.text) : blocks.map { document.text($0.span) }
        var letters = String.UnicodeScalarView()
        for text in texts { letters.append(contentsOf: text.lowercased().unicodeScalars.filter(isLetterOrDigit)) }
        var hash = StableHash()
        hash.combine(letters.isEmpty ? document.name : String(letters))
        return hash.hex
    }

    private func outlet(agency: String?, publisher: String?) -> String {
        let name = (agency ?? publisher ?? "").lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return name.isEmpty ? "document \(document.name)" : name
    }
}

private func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
}

/// The sentences that events quote, numbered by their place.
private func sentencesOfEvents(_ events: [Event], document: String) -> [StoredSentence] {
    var texts: [Span: String] = [:]
    for event in events { texts[event.span] = event.text }
    return texts.sorted { $0.key < $1.key }.enumerated().map { index, sentence in
        StoredSentence(document: document, index: index, span: sentence.key, text: sentence.value, label: .paragraph)
    }
}

extension ActorCode {
    /// The body; the sector of an actor without one.
    fileprivate var bodyOrSector: String { body ?? sector ?? "" }
}
