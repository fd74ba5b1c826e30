public import DyadCore

/// The ordered pair of a source actor and a target actor, each the body of a code: `TUR`, `PKK`.
public struct Dyad: Hashable, Sendable, CustomStringConvertible {
    /// Who acts.
    public var source: String
    /// On whom.
    public var target: String

    /// A pair.
    public init(_ source: String, _ target: String) {
        self.source = source
        self.target = target
    }

    /// The other direction.
    public var reversed: Dyad { Dyad(target, source) }

    /// The same pair for both directions.
    public var undirected: Dyad { source <= target ? self : reversed }

    /// `TUR > PAK`.
    public var description: String { "\(source) > \(target)" }

    /// True when the event goes from source to target, or is mutual between the two.
    public func holds(_ event: Event) -> Bool {
        guard event.sourceActors.contains(where: { matches($0, source) }) else { return false }
        if event.targetActors.isEmpty {
            return source != target && event.sourceActors.contains { matches($0, target) }
        }
        return event.targetActors.contains { matches($0, target) }
    }

    /// True when the event holds in either direction.
    public func holdsEitherWay(_ event: Event) -> Bool { holds(event) || reversed.holds(event) }

    private func matches(_ actor: EventActor, _ body: String) -> Bool {
        actor.code.body == body || (actor.code.body == nil && actor.code.sector == body)
    }
}
