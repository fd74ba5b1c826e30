/// How sure a merged event or a claim is, over everything that was said of it.
public enum LedgerStatus: String, Sendable, Codable, CaseIterable {
    /// One independent voice says it.
    case reported
    /// Two or more independent voices say it, and nobody denies it.
    case corroborated
    /// Some say that it is so and some that it is not, or their figures exclude each other.
    case contested
    /// It is only denied.
    case denied
    /// Who said it has taken it back.
    case retracted
    /// It is only alleged, or said to be impossible to check.
    case unverified
}
