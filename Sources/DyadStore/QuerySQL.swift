import DyadCore
import GRDB

/// The conditions of a query as SQL over `events e` joined with `documents d`.
struct QuerySQL {
    private var conditions: [String] = []
    private var arguments: StatementArguments = []

    init(_ query: EventQuery) {
        addActors(query)
        addKinds(query)
        addDays(query)
        if let text = query.text { addText(text) }
        if let document = query.document { add("d.name = ?", [document]) }
        if let country = query.placeCountry { add("e.place_country = ?", [country]) }
        if let confidence = query.minimumConfidence { add("e.confidence >= ?", [confidence]) }
    }

    /// The rows that match, without order.
    func request(_ columns: String, suffix: String = "") -> SQLRequest<Row> {
        let condition = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        let sql = "SELECT \(columns) FROM events e JOIN documents d ON d.row = e.document\(condition) \(suffix)"
        return SQLRequest(sql: sql, arguments: arguments)
    }

    /// `ORDER BY` and `LIMIT` of a query.
    static func suffix(_ query: EventQuery) -> String {
        let order =
            switch query.order {
            case .date: "e.first_day IS NULL, e.first_day, e.last_day, d.name, e.trigger_start, e.id, e.position"
            case .document: "d.name, e.position"
            }
        let limit = query.limit ?? (query.offset > 0 ? -1 : nil)
        return "ORDER BY \(order)" + (limit.map { " LIMIT \($0) OFFSET \(query.offset)" } ?? "")
    }

    private mutating func add(_ condition: String, _ values: StatementArguments) {
        conditions.append(condition)
        arguments += values
    }

    private mutating func addActors(_ query: EventQuery) {
        if let pair = query.pair { addPair(pair, first: Self.first(query)) }
        if let actor = query.actor { addMember(actor, side: nil) }
        if let actor = query.sourceActor { addMember(actor, side: 0) }
        if let actor = query.targetActor { addMember(actor, side: 1) }
    }

    private mutating func addMember(_ actor: ActorPattern, side: Int?) {
        let (sql, values) = members(actor, side: side)
        add("e.row IN (\(sql))", values)
    }

    private mutating func addPair(_ pair: EventQuery.Pair, first: Int?) {
        if let source = pair.source.plainBody, let target = pair.target.plainBody {
            return addPlainPair(source, target, isEitherWay: pair.isEitherWay, first: first)
        }
        var (sql, values) = facing(pair.source, pair.target)
        if pair.isEitherWay {
            let back = facing(pair.target, pair.source)
            sql += " OR \(back.sql)"
            values += back.values
        }
        if pair.source != pair.target {
            let first = members(pair.source, side: 0)
            let second = members(pair.target, side: 0)
            sql += """
                 OR (e.row IN (\(first.sql) INTERSECT \(second.sql))
                AND NOT EXISTS (SELECT * FROM event_actors t WHERE t.event = e.row AND t.side = 1))
                """
            values += first.values + second.values
        }
        add("(\(sql))", values)
    }

    /// Number of events that are needed when a query asks for the first ones of a pair and for nothing else.
    private static func first(_ query: EventQuery) -> Int? {
        var rest = query
        (rest.pair, rest.limit, rest.offset) = (nil, nil, 0)
        guard rest == EventQuery(), let limit = query.limit, limit > 0 else { return nil }
        return limit + query.offset
    }

    /// Two bodies with any sector: found in the index of pairs.
    private mutating func addPlainPair(_ source: String, _ target: String, isEitherWay: Bool, first: Int?) {
        var (sql, values) = pairs(source, target, first)
        if isEitherWay, source != target {
            let back = pairs(target, source, first)
            sql += " UNION \(back.sql)"
            values += back.values
        }
        add("e.row IN (\(sql))", values)
    }

    /// Events of a pair; with a number, those of the first days that hold so many, and undated ones only when they are
    /// needed to reach it.
    private func pairs(_ source: String, _ target: String, _ first: Int?) -> (sql: String, values: StatementArguments) {
        let all = "FROM event_pairs WHERE source = ? AND target = ?"
        guard let first else { return ("SELECT event \(all)", [source, target]) }
        let sql = """
            SELECT event \(all) AND day > '' AND day <= COALESCE((SELECT day \(all) AND day > '' ORDER BY day
            LIMIT 1 OFFSET \(first - 1)), '~') UNION ALL SELECT event \(all) AND day = '' AND NOT EXISTS
            (SELECT day \(all) AND day > '' ORDER BY day LIMIT 1 OFFSET \(first - 1))
            """
        return (sql, [source, target, source, target, source, target, source, target])
    }

    /// Events in which one actor acts on the other.
    private func facing(
        _ source: ActorPattern, _ target: ActorPattern
    ) -> (sql: String, values: StatementArguments) {
        let first = members(source, side: 0)
        let second = members(target, side: 1)
        return ("e.row IN (\(first.sql) INTERSECT \(second.sql))", first.values + second.values)
    }

    /// Events that have an actor on a side.
    private func members(_ actor: ActorPattern, side: Int?) -> (sql: String, values: StatementArguments) {
        var parts = ["1"]
        var values: StatementArguments = []
        if let body = actor.body {
            if body.hasSuffix("*") {
                parts.append("body >= ? AND body < ? || char(1114111)")
                values += [String(body.dropLast()), String(body.dropLast())]
            } else if actor.sector == nil {
                parts.append("(body = ? OR (body = '' AND sector = ?))")
                values += [body, body]
            } else {
                parts.append("body = ?")
                values += [body]
            }
        }
        if let sector = actor.sector {
            parts.append("sector = ?")
            values += [sector]
        }
        if let side { parts.append("side = \(side)") }
        return ("SELECT event FROM event_actors WHERE \(parts.joined(separator: " AND "))", values)
    }

    private mutating func addKinds(_ query: EventQuery) {
        if !query.types.isEmpty { addChoice("e.type", query.types.map(\.rawValue).sorted()) }
        if !query.factuality.isEmpty { addChoice("e.factuality", query.factuality.map(\.rawValue).sorted()) }
    }

    private mutating func addChoice(_ column: String, _ values: [String]) {
        let marks = repeatElement("?", count: values.count).joined(separator: ", ")
        add("\(column) IN (\(marks))", StatementArguments(values))
    }

    private mutating func addDays(_ query: EventQuery) {
        if let from = query.from { add("e.last_day >= ?", [from.description]) }
        if let to = query.to { add("e.first_day <= ?", [to.description]) }
    }

    private mutating func addText(_ text: String) {
        guard let pattern = SearchPattern(text) else { return add("0", []) }
        add(
            """
            (e.document, e.sentence) IN (SELECT s.document, s.position FROM sentence_search f
            JOIN sentences s ON s.row = f.rowid WHERE sentence_search MATCH ?)
            """, [pattern.text])
    }
}

/// A user's words as a full-text pattern of SQLite that cannot be a syntax error.
struct SearchPattern {
    /// The pattern: every word in quotes, all of them required.
    let text: String

    /// Nil when there is no word in the text.
    init?(_ input: String) {
        var parts: [String] = []
        for (index, piece) in input.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            let words = piece.split(whereSeparator: \.isWhitespace)
            if index % 2 == 1 {
                if let phrase = Self.phrase(words) { parts.append(phrase) }
            } else {
                parts += words.compactMap { word in
                    Self.phrase([word]).map { word.hasSuffix("*") ? $0 + "*" : $0 }
                }
            }
        }
        guard !parts.isEmpty else { return nil }
        text = parts.joined(separator: " ")
    }

    private static func phrase(_ words: [Substring]) -> String? {
        let text = words.joined(separator: " ")
        return text.contains { $0.isLetter || $0.isNumber } ? "\"\(text)\"" : nil
    }
}
