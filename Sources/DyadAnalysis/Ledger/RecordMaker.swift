import DyadCodebook
import DyadCore

/// Makes records of groups of tellings.
struct RecordMaker {
    let lexicon: LedgerLexicon
    let likeness: Likeness
    let voices: Voices
    let words: Numbering
    /// What statements add about a telling, by its identifier: `denied`, `doubted`, `retracted`, `asserted`.
    let facts: [String: Set<String>]

    /// The record of a group; tellings and events go together.
    ///
    /// Nil for an empty group.
    func record(_ group: [(telling: Telling, event: Event)]) -> EventRecord? {
        let sorted = group.sorted { isEarlier($0.event, $1.event) }
        guard let first = sorted.first, let lead = sorted.map(\.event).max(by: isWeaker) else { return nil }
        let events = sorted.map(\.event)
        let members = sorted.indices.map { member(sorted, $0) }
        let status = status(events)
        let figures = FigureMaker(lexicon: lexicon).ranges(
            events.flatMap { FigureMaker.given($0, voice: voices.voice(of: $0)) })
        return EventRecord(
            id: Self.identifier(first.event.id), members: members, lead: lead,
            sourceActors: actors(events, lead, \.sourceActors),
            targetActors: actors(events, lead, \.targetActors), date: date(events, lead), place: place(events, lead),
            figures: figures, reports: Set(events.map(\.document)).count,
            outlets: voices.count(events), status: status.status, reason: "\(status.rule): \(status.text)")
    }

    static func identifier(_ id: String) -> String {
        var hash = StableHash()
        hash.combine("record")
        hash.combine(id)
        return hash.hex
    }

    /// A telling with the earlier one that it is most like.
    private func member(_ sorted: [(telling: Telling, event: Event)], _ index: Int) -> RecordMember {
        let (telling, event) = sorted[index]
        let voice = voices.voice(of: event)
        let best = (0..<index).map { (likeness.value(sorted[$0].telling, telling), $0) }.max {
            ($0.0, -$0.1) < ($1.0, -$1.1)
        }
        guard let best else {
            return RecordMember(event: event, outlet: voice, joined: nil, likeness: 1, reason: "first")
        }
        let other = sorted[best.1]
        return RecordMember(
            event: event, outlet: voice, joined: other.event.id, likeness: max(0, best.0),
            reason: likeness.reason(other.telling, telling, words))
    }

    private func status(_ events: [Event]) -> (status: LedgerStatus, rule: String, text: String) {
        var held: Set<String> = []
        var own: [Event] = []
        for event in events {
            let added = facts[event.id] ?? []
            held.formUnion(added)
            switch event.factuality {
            case .denied, .negated: held.insert("denied")
            case .alleged: held.insert("alleged")
            default:
                held.insert("asserted")
                own.append(event)
            }
        }
        if voices.count(own) > 1 { held.insert("voices2") }
        return lexicon.status(of: held)
    }

    /// The actors of the lead, each with its sharpest code, and those that only other tellings name.
    private func actors(
        _ events: [Event], _ lead: Event, _ side: KeyPath<Event, [EventActor]>
    ) -> [EventActor] {
        var out = lead[keyPath: side]
        if out.isEmpty, !lead.targetActors.isEmpty || lead.sourceActors.count < 2 {
            out = events.first { !$0[keyPath: side].isEmpty }?[keyPath: side] ?? []
        }
        for index in out.indices where out[index].code.sector == nil {
            let sharper = events.flatMap { $0[keyPath: side] }.filter {
                $0.code.body == out[index].code.body && $0.code.sector != nil
            }
            if let first = sharper.min(by: { $0.code.description < $1.code.description }) {
                out[index].code.sector = first.code.sector
            }
        }
        return out
    }

    /// The sharpest date that a text gives; the earliest among equals.
    private func date(_ events: [Event], _ lead: Event) -> EventDate? {
        let dated = events.filter(\.isDatedByText).compactMap { event in
            event.days.map { (event, $0.last.daysSince1970 - $0.first.daysSince1970) }
        }
        return dated.min { $0.1 < $1.1 }?.0.date ?? lead.dateOrPublication
    }

    private func place(_ events: [Event], _ lead: Event) -> PlaceMention? {
        let ranks = ["city": 0, "base": 0, "crossing": 0, "region": 1, "border": 1, "sea": 2, "country": 3]
        return events.compactMap(\.place).min { (ranks[$0.kind] ?? 1) < (ranks[$1.kind] ?? 1) }
    }
}

/// True when the right telling says more surely that the event happened.
private func isWeaker(_ left: Event, _ right: Event) -> Bool {
    let (first, second) = (rank(left.factuality), rank(right.factuality))
    if first != second { return first < second }
    if left.confidence != right.confidence { return left.confidence < right.confidence }
    return isEarlier(right, left)
}

private func rank(_ factuality: Factuality) -> Int {
    switch factuality {
    case .asserted: 7
    case .alleged: 6
    case .denied: 5
    case .negated: 4
    case .planned: 3
    case .requested: 2
    case .conditional: 1
    case .hypothetical: 0
    }
}
