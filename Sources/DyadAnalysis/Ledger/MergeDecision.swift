/// A reviewer's word on which tellings belong together; it outweighs every rule.
public enum MergeDecision: Sendable, Hashable, Codable {
    /// These tellings, by their identifiers, are one event.
    case join([String])
    /// None of these tellings is the same event as another of them.
    case split([String])
}
