public import DyadCore

/// What a report is mainly about: the pair with most events, and whether they cooperate.
public struct MainRelation: Sendable, Equatable {
    /// Codes of the two, in the order in which most events name them.
    public var source: String
    public var target: String
    /// The commonest event between them.
    public var event: EventType
    /// Events between the two.
    public var events: Int
    /// More cooperation than conflict.
    public var isCooperative: Bool

    /// The main relation of the events of a report; nil when no event has two sides.
    public init?(_ events: [Event]) {
        var groups: [Set<String>: [(source: String, target: String, type: EventType)]] = [:]
        var order: [Set<String>] = []
        for event in events {
            for (source, target) in Self.pairs(event) {
                let key: Set = [source, target]
                if groups[key] == nil { order.append(key) }
                groups[key, default: []].append((source, target, event.type))
            }
        }
        let first = order.enumerated().max {
            (groups[$0.element]?.count ?? 0, -$0.offset) < (groups[$1.element]?.count ?? 0, -$1.offset)
        }
        guard let key = first?.element, let found = groups[key], let sample = found.first else { return nil }
        let forward = found.count { $0.source == sample.source }
        (source, target) =
            forward * 2 >= found.count ? (sample.source, sample.target) : (sample.target, sample.source)
        let counts = Dictionary(found.map { ($0.type, 1) }, uniquingKeysWith: +)
        event = counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? sample.type
        self.events = found.count
        isCooperative = found.count { $0.type.quad <= 2 } * 2 >= found.count
    }

    private static func pairs(_ event: Event) -> [(String, String)] {
        let sources = event.sourceActors.compactMap(\.code.body), targets = event.targetActors.compactMap(\.code.body)
        if targets.isEmpty {
            // A mutual event names all parties as sources.
            guard let first = sources.first else { return [] }
            return sources.dropFirst().filter { $0 != first }.map { (first, $0) }
        }
        return sources.flatMap { source in targets.filter { $0 != source }.map { (source, $0) } }
    }

    /// "TUR → PAK: REQUEST, cooperation".
    public var text: String {
        "\(source) → \(target): \(event.rawValue), \(isCooperative ? "cooperation" : "conflict")"
    }
}
