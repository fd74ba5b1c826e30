/// How well predicted events agree with annotated ones, record by record.
///
/// An event with several actors on a side counts as so many pairs. Within a record each thing counts once, however often it
/// is said. A mutual event, and every CONSULT, is right in either direction.
public struct EventScore: Sendable {
    /// Counts of one measure.
    public struct Counts: Sendable, Equatable {
        public var gold = 0
        public var predicted = 0
        public var correct = 0

        /// Share of the predicted that is right; 0 when nothing was predicted.
        public var precision: Double { predicted == 0 ? 0 : Double(correct) / Double(predicted) }
        /// Share of the annotated that was found; 0 when nothing was annotated.
        public var recall: Double { gold == 0 ? 0 : Double(correct) / Double(gold) }
        /// Harmonic mean of the two.
        public var f1: Double { gold + predicted == 0 ? 0 : 2 * Double(correct) / Double(gold + predicted) }
    }

    /// A measure and its counts.
    public struct Measure: Sendable, Equatable {
        public var name: String
        public var counts: Counts
    }

    public private(set) var records = 0
    /// In the order of the table.
    public private(set) var measures: [Measure] = []
    /// Events without actors, by event type.
    public private(set) var byEvent: [String: Counts] = [:]

    /// A thing that is counted, and whether its direction matters.
    private struct Item {
        var source: String
        var target: String
        var label: String
        var isMutual: Bool
    }

    /// What a measure looks at.
    private struct Aspect {
        var name: String
        var level: ScoreLevel?
        /// Nil for events that carry nothing of the kind, which are then left out.
        var label: @Sendable (ScoredEvent) -> String?
    }

    private static let labels: [(name: String, label: @Sendable (ScoredEvent) -> String?)] = [
        ("", { _ in "" }), ("event", { $0.event }), ("quad", { $0.quad.map(String.init) }),
    ]

    private static func aspects(hasCodes: Bool, hasModes: Bool) -> [Aspect] {
        var out = ScoreLevel.allCases.flatMap { level in
            labels.map {
                Aspect(
                    name: (["source+target", $0.name].filter { !$0.isEmpty }.joined(separator: "+")) + "/\(level)",
                    level: level, label: $0.label)
            }
        }
        out.append(Aspect(name: "event", level: nil) { $0.event })
        if hasModes { out.append(Aspect(name: "event+mode", level: nil) { "\($0.event) \($0.mode ?? "")" }) }
        out.append(Aspect(name: "quad", level: nil) { $0.quad.map(String.init) })
        if hasCodes { out.append(Aspect(name: "code", level: nil) { $0.code }) }
        return out
    }

    /// Compares records: the annotated and the predicted events of each.
    public init(_ pairs: [(gold: [ScoredEvent], predicted: [ScoredEvent])]) {
        records = pairs.count
        let gold = pairs.flatMap(\.gold)
        let aspects = Self.aspects(
            hasCodes: gold.contains { $0.code != nil }, hasModes: gold.contains { $0.mode != nil })
        for aspect in aspects {
            var counts = Counts()
            for pair in pairs { Self.add(pair.gold, pair.predicted, aspect, &counts) }
            measures.append(Measure(name: aspect.name, counts: counts))
        }
        for pair in pairs {
            let told = Set(pair.gold.map(\.event)), found = Set(pair.predicted.map(\.event))
            for event in told { byEvent[event, default: Counts()].gold += 1 }
            for event in found { byEvent[event, default: Counts()].predicted += 1 }
            for event in told.intersection(found) { byEvent[event, default: Counts()].correct += 1 }
        }
    }

    private static func add(_ gold: [ScoredEvent], _ predicted: [ScoredEvent], _ aspect: Aspect, _ counts: inout Counts)
    {
        let told = items(gold, aspect), found = items(predicted, aspect)
        counts.gold += told.count
        counts.predicted += found.count
        var open = told
        for item in found {
            guard let index = open.firstIndex(where: { agree($0, item) }) else { continue }
            open.remove(at: index)
            counts.correct += 1
        }
    }

    /// What a record holds, each thing once.
    private static func items(_ events: [ScoredEvent], _ aspect: Aspect) -> [Item] {
        var out: [Item] = []
        for event in events {
            guard let label = aspect.label(event) else { continue }
            let pairs = aspect.level.map(event.pairs) ?? [("", "")]
            for pair in pairs {
                let item = Item(source: pair.source, target: pair.target, label: label, isMutual: event.isMutual)
                if !out.contains(where: { agree($0, item) }) { out.append(item) }
            }
        }
        return out
    }

    private static func agree(_ first: Item, _ second: Item) -> Bool {
        guard first.label == second.label else { return false }
        if first.source == second.source, first.target == second.target { return true }
        return (first.isMutual || second.isMutual) && first.source == second.target && first.target == second.source
    }
}

extension EventScore {
    /// The figures as one record, shares rounded to four places.
    public var value: AnalysisValue {
        func counts(_ counts: Counts) -> AnalysisValue {
            func share(_ number: Double) -> AnalysisValue { .number((number * 10_000).rounded() / 10_000) }
            return .record([
                .init("precision", share(counts.precision)), .init("recall", share(counts.recall)),
                .init("f1", share(counts.f1)), .init("gold", .integer(counts.gold)),
                .init("predicted", .integer(counts.predicted)), .init("correct", .integer(counts.correct)),
            ])
        }
        return .record([
            .init("records", .integer(records)),
            .init("measures", .record(measures.map { .init($0.name, counts($0.counts)) })),
            .init("events", .record(byEvent.sorted { $0.key < $1.key }.map { .init($0.key, counts($0.value)) })),
        ])
    }
}
