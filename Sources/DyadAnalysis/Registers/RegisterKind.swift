/// What a register keeps.
public enum RegisterKind: String, Sendable, Codable, CaseIterable {
    /// Arms transfers.
    case arms
    /// Agreements and commitments.
    case agreements
    /// Visits and meetings.
    case visits
    /// Military exercises.
    case exercises
    /// Bans and listings of organisations.
    case designations
    /// Figures over time.
    case figures
}

/// Somebody who takes part in an entry of a register.
public struct RegisterParty: Sendable, Hashable, Codable {
    /// `supplier`, `recipient`, `blocker`; `promisor`, `counterpart`, `party`; `visitor`, `host`, `participant`;
    /// `designator`, `organisation`; `subject`.
    public var role: String
    /// Body of the code; nil for who has none, such as a company.
    public var code: String?
    /// Name for readers.
    public var name: String

    /// Somebody in a role.
    public init(role: String, code: String?, name: String) {
        self.role = role
        self.code = code
        self.name = name
    }

    /// What identifies the party: the code, else the name.
    public var key: String { code ?? name.uppercased() }
}
