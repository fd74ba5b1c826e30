public import DyadCore

/// Entries of a register as lines of a table, and as values for JSON.
public struct RegisterTable: Sendable {
    /// Names of the columns.
    public let header: [String]
    /// Cells, as many as the header has.
    public let rows: [[String?]]

    /// The table of a register; a promise is judged on the day given.
    ///
    /// The short table is for reading: status, date, one clause for the entry, and the document that gave the status.
    public init(
        _ entries: [RegisterEntry], of register: RegisterKind, on day: CalendarDate? = nil, isShort: Bool = false
    ) {
        if isShort {
            header = ["status", "date", "entry", "document"]
            rows = entries.map { entry in
                [entry.status(on: day), entry.date, RegisterPhrase.text(entry), entry.statusStep?.document]
            }
            return
        }
        let columns = Self.columns(register)
        header = ["id", "status"] + columns.map(\.name) + ["reports", "outlets", "document", "sentence"]
        rows = entries.map { entry in
            let step = entry.statusStep
            return [entry.id, entry.status(on: day)] + columns.map { $0.cell(entry) }
                + ["\(entry.reports)", "\(entry.outlets)", step?.document, step?.quote.oneLine]
        }
    }

    private struct Column {
        var name: String
        var cell: (RegisterEntry) -> String?
    }

    private static func columns(_ register: RegisterKind) -> [Column] {
        let date = Column(name: "date") { $0.date }
        switch register {
        case .arms:
            return [
                Column(name: "supplier") { $0.names("supplier") }, Column(name: "recipient") { $0.names("recipient") },
                Column(name: "designation") { $0.designation }, Column(name: "item") { $0.category },
                Column(name: "number") { $0.numberText }, Column(name: "price") { $0.priceText }, date,
                Column(name: "status_date") { $0.statusDate }, Column(name: "blocked_by") { $0.names("blocker") },
            ]
        case .agreements:
            return [
                Column(name: "kind") { $0.category }, Column(name: "parties") { $0.allNames },
                Column(name: "what") { $0.subject }, Column(name: "made") { $0.date }, Column(name: "due") { $0.due },
                Column(name: "status_date") { $0.statusDate },
            ]
        case .visits:
            return [
                date, Column(name: "level") { $0.category },
                Column(name: "who") { $0.names("visitor").isEmpty ? $0.names("participant") : $0.names("visitor") },
                Column(name: "whom") { $0.names("host") }, Column(name: "persons") { $0.subject },
                Column(name: "place") { $0.place },
            ]
        case .exercises:
            return [
                date, Column(name: "participants") { $0.names("participant") },
                Column(name: "host") { $0.names("host") },
                Column(name: "place") { $0.place }, Column(name: "kind") { $0.category },
                Column(name: "name") { $0.designation }, Column(name: "people") { $0.numberText },
            ]
        case .designations:
            return [
                date, Column(name: "by") { $0.names("designator") },
                Column(name: "organisation") {
                    $0.category == "count" ? $0.designation.map { "latest: \($0)" } : $0.subject
                },
                Column(name: "count") { $0.numberText }, Column(name: "law") { $0.law },
            ]
        case .figures:
            return [
                Column(name: "topic") { $0.category }, Column(name: "of") { $0.allNames },
                Column(name: "what") { $0.subject }, Column(name: "figure") { $0.numberText },
                Column(name: "unit") { $0.unit }, Column(name: "period") { $0.date },
                Column(name: "according_to") {
                    $0.holders.isEmpty ? $0.publishers : $0.holders.joined(separator: "; ")
                },
            ]
        }
    }
}

extension RegisterEntry {
    /// The statement that gave the status, else the last.
    public var statusStep: RegisterStatement? {
        let own = steps.filter { $0.date == statusDate || statusDate == nil }
        return own.last { $0.step == status || ($0.category == "follow-up" && status != "promised") } ?? own.last
            ?? steps.last
    }

    /// Every party once.
    var allNames: String {
        var out: [String] = []
        for party in parties where !out.contains(party.name) { out.append(party.name) }
        return out.joined(separator: ", ")
    }

    /// Outlets as printed, else documents.
    var publishers: String {
        var out: [String] = []
        for step in steps {
            let name = step.publisher ?? step.document
            if !out.contains(name) { out.append(name) }
        }
        return out.joined(separator: "; ")
    }

    var numberText: String? {
        if let low, let high, number == nil || low < high {
            return "\(RegisterEntry.text(low))-\(RegisterEntry.text(high))"
        }
        if let number { return RegisterEntry.text(number) }
        return low.map { ">=\(RegisterEntry.text($0))" } ?? high.map { "<=\(RegisterEntry.text($0))" }
    }

    var priceText: String? { price.map { "\(RegisterEntry.text($0)) \(currency ?? "")".trimmed(of: []) } }

    /// `21 million` for 21000000, both ends of a range.
    var shortNumber: String? {
        if let low, let high, number == nil || low < high {
            return "\(RegisterEntry.short(low)) to \(RegisterEntry.short(high))"
        }
        if let number { return RegisterEntry.short(number) }
        return low.map { "at least \(RegisterEntry.short($0))" } ?? high.map { "up to \(RegisterEntry.short($0))" }
    }

    var shortPrice: String? { price.map { "\(RegisterEntry.short($0)) \(currency ?? "")".trimmed(of: []) } }

    private static func short(_ number: Double) -> String {
        for (size, name) in [(1e9, "billion"), (1e6, "million")] where abs(number) >= size {
            return "\(text((number / size * 100).rounded() / 100)) \(name)"
        }
        return text(number)
    }

    /// A number without needless digits.
    static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }

    /// The entry for JSON; a promise is judged on the day given.
    public func value(on day: CalendarDate? = nil) -> AnalysisValue {
        .record([
            .init("id", .text(id)), .init("register", .text(register.rawValue)),
            .init("status", .text(status(on: day))),
            .init("status_date", .optional(statusDate)), .init("parties", .list(parties.map(\.value))),
            .init("subject", .text(subject)), .init("category", .text(category)),
            .init("designation", .optional(designation)), .init("number", .optional(number)),
            .init("low", .optional(low)),
            .init("high", .optional(high)), .init("unit", .optional(unit)), .init("price", .optional(price)),
            .init("currency", .optional(currency)), .init("date", .optional(date)),
            .init("date_basis", .optional(dateBasis)), .init("due", .optional(due)), .init("place", .optional(place)),
            .init("law", .optional(law)), .init("holders", .list(holders.map { .text($0) })),
            .init("reports", .integer(reports)), .init("outlets", .integer(outlets)),
            .init("steps", .list(steps.map(\.value))),
        ])
    }
}

extension RegisterParty {
    var value: AnalysisValue {
        .record([.init("role", .text(role)), .init("code", .optional(code)), .init("name", .text(name))])
    }
}

extension RegisterStatement {
    var value: AnalysisValue {
        .record([
            .init("step", .text(step)), .init("date", .optional(date)), .init("factuality", .text(factuality.rawValue)),
            .init("holder", .optional(holder)), .init("number", .optional(number)), .init("document", .text(document)),
            .init("publisher", .optional(publisher)), .init("published", .optional(published)),
            .init("span", .list([.integer(span.start), .integer(span.end)])), .init("quote", .text(quote)),
        ])
    }
}

extension String {
    /// The text with every run of white space as one space.
    var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
