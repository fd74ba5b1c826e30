import DyadCore

extension Brief {
    /// The brief as a value, for JSON and pages.
    public var value: AnalysisValue {
        .record([
            .init("source", .text(dyad.source)), .init("source_name", .text(sourceName)),
            .init("target", .text(dyad.target)), .init("target_name", .text(targetName)),
            .init("headline", headline.value), .init("trend", .list(trend.map(\.value))),
            .init("sections", .list(sections.map(\.value))),
            .init("registers", .list(registers.map(\.value))), .init("evidence", .list(evidence.map(\.value))),
        ])
    }
}

extension BriefRegister {
    fileprivate var value: AnalysisValue {
        .record([
            .init("id", .text(id)), .init("title", .text(title)), .init("lines", .list(lines.map(\.value))),
            .init("more", .integer(more)),
        ])
    }
}

extension BriefLine {
    fileprivate var value: AnalysisValue {
        .record([
            .init("id", .text(id)), .init("when", .text(when)), .init("text", .text(text)),
            .init("status", .text(status)), .init("evidence", numbers(evidence)),
        ])
    }
}

extension BriefHeadline {
    fileprivate var value: AnalysisValue {
        .record([
            .init("reports", .integer(reports)), .init("outlets", .integer(outlets)),
            .init("events", .integer(events)), .init("tellings", .integer(tellings)),
            .init("quad", .list(quads.map { .integer($0) })), .init("mean_intensity", .optional(meanIntensity)),
            .init("from", .optional(from?.description)), .init("to", .optional(to?.description)),
        ])
    }
}

extension BriefTrendRow {
    fileprivate var value: AnalysisValue {
        .record([
            .init("period", .text(period)), .init("quad", .list(quads.map { .integer($0) })),
            .init("mean_intensity", .optional(meanIntensity)), .init("evidence", numbers(evidence)),
        ])
    }
}

extension BriefSection {
    fileprivate var value: AnalysisValue {
        .record([
            .init("id", .text(id)), .init("title", .text(title)), .init("items", .list(items.map(\.value))),
            .init("more", .integer(more)),
        ])
    }
}

extension BriefItem {
    fileprivate var value: AnalysisValue {
        .record([
            .init("id", .text(id)), .init("date", .optional(date)), .init("when", .text(when)),
            .init("event", .text(type.rawValue)), .init("mode", .optional(mode)), .init("text", .text(text)),
            .init("quote", .optional(quote)), .init("factuality", .text(factuality.rawValue)),
            .init("status", .text(status.rawValue)), .init("outlets", .integer(outlets)),
            .init("evidence", numbers(evidence)),
        ])
    }
}

extension BriefEvidence {
    fileprivate var value: AnalysisValue {
        .record([
            .init("number", .integer(number)), .init("document", .text(document)),
            .init("publisher", .optional(publisher)), .init("published", .optional(published?.description)),
            .init("url", .optional(url)), .init("span", numbers([span.start, span.end])),
            .init("quote", .text(quote)),
        ])
    }
}

private func numbers(_ values: [Int]) -> AnalysisValue { .list(values.map { .integer($0) }) }
