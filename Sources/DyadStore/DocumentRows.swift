import DyadCore
import GRDB

/// The rows of one document, ready to be written.
struct DocumentRows {
    private let document: Document
    private let article: Article
    private let sentences: [StoredSentence]
    private let events: [Event]
    /// Number of the sentence for the span of an event, when the sentences were made from the events.
    private let numbers: [Span: Int]
    private let version: String
    private let codedAt: String

    init(document: Document, article: AnnotatedArticle, events: [Event], version: String, codedAt: String) {
        self.document = document
        self.article = article.article
        self.version = version
        self.codedAt = codedAt
        self.events = events
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
    func save(_ db: Database, coding: EventCoding) throws -> SaveOutcome {
        let hash = contentHash(document)
        let known = try Row.fetchOne(
            db, sql: "SELECT row, content_hash, version FROM documents WHERE name = ?", arguments: [document.name])
        if let known {
            if known["content_hash"] == hash, known["version"] == version { return .unchanged }
            try Self.remove(known["row"], db)
        }
        let row = try insertDocument(db, hash: hash)
        try insertSentences(db, document: row)
        for (position, event) in events.enumerated() {
            try insert(event, position: position, document: row, json: try coding.encode(event), db)
        }
        return known == nil ? .added : .replaced
    }

    /// Removes a document, its rows, and actors that nobody else names.
    static func remove(_ document: Int64, _ db: Database) throws {
        let actors = try Int64.fetchAll(
            db,
            sql: """
                SELECT DISTINCT a.actor FROM event_actors a JOIN events e ON e.row = a.event WHERE e.document = ?
                """, arguments: [document])
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
        let agency = article.datelineAgency
        try insert(
            into: "documents",
            [
                ("id", identifier.hex), ("name", document.name), ("content_hash", hash), ("version", version),
                ("byte_count", document.originalBytes.count), ("publisher", publisher),
                ("published", (document.published ?? article.published)?.description), ("url", document.url),
                ("title", article.title), ("agency", agency), ("body_hash", bodyHash()),
                ("outlet", outlet(agency: agency, publisher: publisher)), ("coded_at", codedAt),
            ], db)
        return db.lastInsertedRowID
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

    private func insert(_ event: Event, position: Int, document: Int64, json: String, _ db: Database) throws {
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
        try insertEvidence(event, row: row, db)
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
