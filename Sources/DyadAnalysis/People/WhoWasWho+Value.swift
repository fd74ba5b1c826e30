import DyadCodebook
import DyadCore

extension WhoWasWho {
    /// People and contradictions as values.
    public var value: AnalysisValue {
        .record([
            .init("people", .list(people.map(\.value))),
            .init("contradictions", .list(contradictions.map(\.value))),
        ])
    }
}

extension WhoWasWho.Person {
    var value: AnalysisValue {
        .record([
            .init("name", .text(name)),
            .init("other_names", .list(otherNames.map { .text($0) })),
            .init("roles", .list(offices.map(\.value))),
        ])
    }
}

extension WhoWasWho.Held {
    var value: AnalysisValue {
        .record([
            .init("role", .text(role)),
            .init("office", .text(office.name)),
            .init("code", .text(code.description)),
            .init("first_seen", .optional(first?.description)),
            .init("last_seen", .optional(last?.description)),
            .init("reports", .integer(reportCount)),
            .init("evidence", .list(tellings.map(\.value))),
        ])
    }
}

extension RoleTelling {
    var value: AnalysisValue {
        .record([
            .init("day", .optional(day?.description)),
            .init("document", .text(document)),
            .init("person", .text(person)),
            .init("role", .text(role)),
            .init("quote", .text(quote)),
        ])
    }
}

extension RoleContradiction {
    var value: AnalysisValue {
        .record([
            .init("kind", .text(kind.rawValue)),
            .init("office", .text(office)),
            .init("people", .list(people.map { .text($0) })),
            .init("summary", .text(summary)),
            .init("evidence", .list(evidence.map(\.value))),
        ])
    }
}
