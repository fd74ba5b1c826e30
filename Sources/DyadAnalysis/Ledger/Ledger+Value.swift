public import DyadCore

extension EventRecord {
    /// The record as a value, for JSON and tables.
    public var value: AnalysisValue {
        .record([
            .init("id", .text(id)), .init("status", .text(status.rawValue)), .init("reason", .text(reason)),
            .init("event", .text(type.rawValue)), .init("mode", .optional(mode)),
            .init("source_actor", .list(sourceActors.map { .text($0.code.description) })),
            .init("target_actor", .list(targetActors.map { .text($0.code.description) })),
            .init("date", .optional((date ?? lead.dateOrPublication)?.value)),
            .init("precision", .optional((date ?? lead.dateOrPublication)?.precision)),
            .init("place", .optional(place?.name)), .init("factuality", .text(lead.factuality.rawValue)),
            .init("reports", .integer(reports)), .init("outlets", .integer(outlets)),
            .init("figures", .list(figures.map(\.value))), .init("related", .list(related.map(\.value))),
            .init("document", .text(lead.document)), .init("quote", .text(lead.text)),
            .init("members", .list(members.map(\.value))),
        ])
    }
}

extension RecordMember {
    fileprivate var value: AnalysisValue {
        .record([
            .init("id", .text(event.id)), .init("document", .text(event.document)), .init("outlet", .text(outlet)),
            .init("factuality", .text(event.factuality.rawValue)), .init("joined", .optional(joined)),
            .init("likeness", .number(likeness)), .init("reason", .text(reason)), .init("quote", .text(event.text)),
        ])
    }
}

extension RelatedRecord {
    fileprivate var value: AnalysisValue { .record([.init("id", .text(id)), .init("relation", .text(relation))]) }
}

extension FigureRange {
    /// The range as a value.
    public var value: AnalysisValue {
        .record([
            .init("thing", .text(thing)), .init("unit", .optional(unit)), .init("low", .optional(low)),
            .init("best", .optional(best)), .init("high", .optional(high)), .init("rule", .text(rule)),
            .init("reason", .text(reason)), .init("tellings", .list(tellings.map(\.analysis))),
        ])
    }
}

extension FigureTelling {
    fileprivate var analysis: AnalysisValue {
        .record([
            .init("value", .optional(value)), .init("low", .optional(low)), .init("high", .optional(high)),
            .init("text", .text(text)), .init("holder", .optional(holder)), .init("document", .text(document)),
            .init("withdrawn", .text(isWithdrawn ? "yes" : "no")),
        ])
    }
}

extension Claim {
    /// The claim as a value, for JSON and tables.
    public var value: AnalysisValue {
        .record([
            .init("id", .text(id)), .init("status", .text(status.rawValue)), .init("reason", .text(reason)),
            .init("proposition", .text(proposition)), .init("record", .optional(record)),
            .init("about", .list(Set(positions.flatMap(\.bodies)).sorted().map { .text($0) })),
            .init("figures", .list(figures.map(\.value))), .init("positions", .list(positions.map(\.value))),
        ])
    }
}

extension Statement {
    fileprivate var value: AnalysisValue {
        .record([
            .init("id", .text(id)), .init("stance", .text(stance.rawValue)), .init("holder", .text(holder)),
            .init("actor", .optional(actor)), .init("document", .text(document)), .init("outlet", .optional(outlet)),
            .init("published", .optional(published?.description)), .init("text", .text(text)),
            .init("span", .list([.integer(span.start), .integer(span.end)])),
        ])
    }
}
