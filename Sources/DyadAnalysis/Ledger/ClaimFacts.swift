import DyadCore

/// What the positions of a claim come to: the facts that the status table asks for.
struct ClaimFacts {
    private(set) var facts: Set<String> = []

    /// Positions in the order of publication.
    init(_ positions: [Statement]) {
        var voices: Set<String> = []
        var asserting: Set<String> = []
        for position in positions {
            switch position.stance {
            case .asserts, .confirms:
                facts.insert(position.isOwnVoice || position.stance == .confirms ? "asserted" : "alleged")
                voices.insert(position.isOwnVoice ? position.document : position.holder)
                if let actor = position.actor { asserting.insert(actor) }
            case .denies:
                facts.insert("denied")
                if position.answers != nil, let actor = position.actor, asserting.contains(actor), actor.contains(" "),
                    !position.isOwnVoice
                {
                    facts.insert("retracted")
                }
            case .doubts: facts.insert("doubted")
            case .corrects: facts.insert("corrected")
            case .retracts: facts.insert("retracted")
            }
        }
        if voices.count > 1 { facts.formUnion(["voices2", "asserted"]) }
        if Self.excluding(positions) { facts.insert("excluding") }
        if Self.isRefuted(positions) { facts.insert("refuted") }
        if Self.areConceded(positions) {
            facts.insert("conceded")
            facts.remove("denied")
        }
    }

    private static func body(_ statement: Statement) -> String? {
        statement.actor?.split(separator: " ").first.map(String.init)
    }

    // MARK: - Evidence

    /// True when evidence of a third side, or of the claimant's own side, says the opposite of what was claimed.
    private static func isRefuted(_ positions: [Statement]) -> Bool {
        positions.contains { proof in
            proof.isEvidence
                && positions.contains { claim in
                    claim.id != proof.id && claim.holder != proof.holder && !claim.isEvidence
                        && [.asserts, .confirms].contains(claim.stance) && opposes(proof, claim)
                        && isDisinterested(proof, claim)
                }
        }
    }

    private static func opposes(_ proof: Statement, _ claim: Statement) -> Bool {
        if proof.stance == .denies { return true }
        guard proof.stance == .asserts, let now = proof.phase, let said = claim.phase else { return false }
        return now != said
    }

    /// The records of the accused prove nothing against the accuser; those of a third side or of his own do.
    private static func isDisinterested(_ proof: Statement, _ claim: Statement) -> Bool {
        guard let side = body(proof) else { return true }
        return side == body(claim) || !claim.bodies.contains(side)
    }

    // MARK: - Admissions

    /// True when everybody who denied it came to confirm it.
    private static func areConceded(_ positions: [Statement]) -> Bool {
        let denials = positions.enumerated().filter { $0.element.stance == .denies }
        guard !denials.isEmpty else { return false }
        return denials.allSatisfy { place, denial in
            guard let side = body(denial), !denial.isOwnVoice else { return false }
            return positions[(place + 1)...].contains { $0.stance == .confirms && body($0) == side }
        }
    }

    // MARK: - Figures

    /// True when two holders give figures for one thing that cannot both be right: more than a tenth apart.
    private static func excluding(_ positions: [Statement]) -> Bool {
        let all = positions.flatMap { position in position.figures.filter { !$0.isWithdrawn }.map { (position, $0) } }
        for (index, first) in all.enumerated() {
            for second in all[(index + 1)...]
            where first.0.holder != second.0.holder && ClaimLinks.isSame(first.1, second.1)
                && areApart(first.1, second.1)
            {
                return true
            }
        }
        return false
    }

    private static func areApart(_ left: StatementFigure, _ right: StatementFigure) -> Bool {
        let (a, b) = (interval(left), interval(right))
        return a.high * 1.1 < b.low || b.high * 1.1 < a.low
    }

    /// What a figure can mean, from least to most.
    static func interval(_ figure: StatementFigure) -> (low: Double, high: Double) {
        let value = figure.value ?? figure.low ?? figure.high ?? 0
        switch figure.comparison {
        case ">=", ">": return (value, .infinity)
        case "<=", "<": return (-.infinity, value)
        default: return (figure.low ?? value, figure.high ?? (figure.value == nil ? .infinity : value))
        }
    }
}
