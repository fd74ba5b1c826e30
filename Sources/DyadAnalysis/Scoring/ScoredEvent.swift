/// What of an event is compared with another annotator's: who, whom, what.
public struct ScoredEvent: Sendable, Equatable {
    /// Codes such as `TUR GOV`; all parties of a mutual event.
    public var sources: [String]
    /// Empty for a mutual event.
    public var targets: [String]
    public var event: String
    public var mode: String?
    public var quad: Int?
    /// Code in another ontology, such as CAMEO.
    public var code: String?
    /// True when either direction is right.
    public var isMutual: Bool

    /// An event to be compared; one with several sources and no target is mutual.
    public init(
        sources: [String], targets: [String], event: String, mode: String? = nil, quad: Int? = nil,
        code: String? = nil, isMutual: Bool = false
    ) {
        self.sources = sources
        self.targets = targets
        self.event = event
        self.mode = mode
        self.quad = quad
        self.code = code
        self.isMutual = isMutual || event == "CONSULT" || (targets.isEmpty && sources.count > 1)
    }

    /// Source and target of every pair; those of a mutual event in order of their codes.
    func pairs(_ level: ScoreLevel) -> [(source: String, target: String)] {
        let sources = self.sources.map(level.name), targets = self.targets.map(level.name)
        var out: [(String, String)] = []
        if targets.isEmpty, sources.count > 1 {
            for (index, first) in sources.enumerated() {
                for second in sources[(index + 1)...] where second != first { out.append((first, second)) }
            }
            if out.isEmpty { out = [(sources[0], sources[1])] }
        } else {
            for source in sources.isEmpty ? [""] : sources {
                for target in targets.isEmpty ? [""] : targets { out.append((source, target)) }
            }
        }
        return out
    }
}

/// How much of an actor's code must agree.
public enum ScoreLevel: String, Sendable, CaseIterable {
    /// The state or organisation.
    case country
    /// Its sector too.
    case full

    func name(_ code: String) -> String {
        self == .full ? code : code.split(separator: " ").first.map(String.init) ?? code
    }
}
