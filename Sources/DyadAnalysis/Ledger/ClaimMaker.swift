import DyadCodebook
import DyadCore

/// Makes claims of statements: those about one happening, those that answer each other, those with figures for one thing.
struct ClaimMaker {
    let lexicon: LedgerLexicon
    private let group: [String: Int]

    /// `groups` are the identifiers of the tellings that are one happening.
    init(lexicon: LedgerLexicon, groups: [[String]]) {
        self.lexicon = lexicon
        var table: [String: Int] = [:]
        for (index, ids) in groups.enumerated() { for id in ids { table[id] = index } }
        group = table
    }

    /// What statements add about the tellings they hold or answer.
    func facts(_ statements: [Statement]) -> [String: Set<String>] {
        var out: [String: Set<String>] = [:]
        let byIdentifier = Dictionary(statements.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for statement in statements {
            guard let target = statement.answers.flatMap({ byIdentifier[$0] }) else { continue }
            let fact: String? =
                switch statement.stance {
                case .asserts, .corrects: nil
                case .confirms: "asserted"
                case .denies: "denied"
                case .doubts: "doubted"
                case .retracts: "retracted"
                }
            guard let fact else { continue }
            for id in target.events { out[id, default: []].insert(fact) }
        }
        return out
    }

    /// Claims worth keeping: somebody takes another stance than saying it, or figures differ, or it is only alleged.
    func claims(_ statements: [Statement], records: [EventRecord], voices: Voices) -> [Claim] {
        let sorted = statements.sorted(by: isBefore)
        var sets = DisjointSets(Array(sorted.indices))
        for (first, second) in ClaimLinks(lexicon: lexicon, group: group).links(sorted) { sets.join(first, second) }
        var record: [String: EventRecord] = [:]
        for merged in records { for member in merged.members { record[member.event.id] = merged } }
        return sets.sets().compactMap { claim($0.map { sorted[$0] }, record, voices) }
    }

    // MARK: One claim

    private func claim(_ positions: [Statement], _ record: [String: EventRecord], _ voices: Voices) -> Claim? {
        guard let first = positions.first else { return nil }
        let merged = positions.flatMap(\.events).compactMap { record[$0] }
        let facts = ClaimFacts(positions).facts
        let figures = figures(positions, voices)
        let isDisputed = positions.contains { $0.stance != .asserts }
        let differ = figures.contains {
            Set($0.tellings.compactMap(FigureMaker.number)).count > 1 && Set($0.tellings.compactMap(\.holder)).count > 1
        }
        let isAlleged = facts == ["alleged"] && (!merged.isEmpty || first.isAllegation)
        let isCorrected = positions.contains { $0.stance == .corrects }
        let isDenial = positions.allSatisfy {
            $0.stance == .denies && $0.isAnswer && $0.answers == nil && $0.reference.isEmpty && !$0.acts.isEmpty
                && !$0.bodies.isEmpty
        }
        guard
            isDisputed && positions.count > 1 || isCorrected || differ || isAlleged || isDenial
                || !facts.isDisjoint(with: ["retracted", "refuted", "conceded"])
        else { return nil }
        let status = lexicon.status(of: facts)
        let lead = positions.first { $0.answers == nil && $0.stance == .asserts } ?? first
        var hash = StableHash()
        hash.combine("claim")
        hash.combine(first.id)
        let shared = positions.dropFirst().reduce(Set(lead.terms)) { terms, other in
            other.answers == nil ? terms.intersection(other.terms) : terms
        }
        return Claim(
            id: hash.hex, proposition: lead.text,
            key: lead.bodies + (shared.isEmpty ? Set(lead.terms) : shared).sorted(),
            record: merged.first?.id, positions: positions, figures: figures, status: status.status,
            reason: "\(status.rule): \(status.text)")
    }

    private func figures(_ positions: [Statement], _ voices: Voices) -> [FigureRange] {
        let withdrawn = positions.flatMap { position in
            position.figures.filter(\.isWithdrawn).map {
                "\(position.outlet ?? position.document) \($0.thing) \($0.value ?? 0)"
            }
        }
        let given = positions.flatMap { position in
            position.figures.map { figure in
                FigureMaker.Given(
                    thing: figure.thing, unit: figure.unit,
                    telling: FigureTelling(
                        value: figure.value, low: figure.low, high: figure.high,
                        isApproximate: figure.comparison != "=",
                        document: position.document, holder: position.holder, published: position.published,
                        span: figure.span, text: figure.text,
                        isWithdrawn: figure.isWithdrawn
                            || withdrawn.contains(
                                "\(position.outlet ?? position.document) \(figure.thing) \(figure.value ?? 0)")
                    ),
                    voice: position.isOwnVoice ? voices.voice(of: position.document) : position.holder,
                    isCorrection: position.stance == .corrects && !figure.isWithdrawn)
            }
        }
        return FigureMaker(lexicon: lexicon).ranges(given)
    }

    private func isBefore(_ left: Statement, _ right: Statement) -> Bool {
        let (first, second) = (left.published?.daysSince1970 ?? Int.max, right.published?.daysSince1970 ?? Int.max)
        return (first, left.document, left.span.start, left.id) < (second, right.document, right.span.start, right.id)
    }
}
