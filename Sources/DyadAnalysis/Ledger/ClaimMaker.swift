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
        for (first, second) in links(sorted) { sets.join(first, second) }
        var record: [String: EventRecord] = [:]
        for merged in records { for member in merged.members { record[member.event.id] = merged } }
        return sets.sets().compactMap { claim($0.map { sorted[$0] }, record, voices) }
    }

    // MARK: Which statements belong together

    private func links(_ statements: [Statement]) -> [(Int, Int)] {
        var out: [(Int, Int)] = []
        let position = Dictionary(
            statements.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var blocks: [String: [Int]] = [:]
        for (index, statement) in statements.enumerated() {
            if let other = statement.answers.flatMap({ position[$0] }) { out.append((index, other)) }
            for key in keys(statement) { blocks[key, default: []].append(index) }
        }
        var seen: Set<[Int]> = []
        for key in blocks.keys.sorted() {
            let members = blocks[key] ?? []
            if key.hasPrefix("event ") {
                out += zip(members, members.dropFirst()).map { ($0, $1) }
                continue
            }
            for (place, first) in members.enumerated() {
                for second in members[(place + 1)...].prefix(60) where seen.insert([first, second]).inserted {
                    if areOne(statements[first], statements[second]) { out.append((first, second)) }
                }
            }
        }
        return out
    }

    private func keys(_ statement: Statement) -> Set<String> {
        var out = Set(statement.events.compactMap { group[$0] }.map { "event \($0)" })
        for figure in statement.figures { out.insert("figure \(figure.thing) \(figure.unit ?? "")") }
        if statement.stance != .asserts || !statement.isOwnVoice {
            for term in statement.terms { out.insert("term \(term)") }
        }
        return out
    }

    /// Two statements are of one proposition when they give figures for one thing, or share most of their words.
    private func areOne(_ left: Statement, _ right: Statement) -> Bool {
        let shared = Set(left.terms).intersection(right.terms).count
        let least = min(left.terms.count, right.terms.count)
        guard least > 0, left.bodies.isEmpty || right.bodies.isEmpty || !Set(left.bodies).isDisjoint(with: right.bodies)
        else { return false }
        let share = Double(shared) / Double(max(4, least))
        if left.figures.contains(where: { figure in right.figures.contains { isSame($0, figure) } }), shared >= 2 {
            return share >= 0.15
        }
        let isAnswer = left.stance != right.stance && (left.stance != .asserts || right.stance != .asserts)
        guard left.holder != right.holder, left.answers == nil, right.answers == nil, shared >= (isAnswer ? 2 : 3)
        else {
            return false
        }
        return share >= (lexicon.thresholds["claim"] ?? 0.4) * (isAnswer && left.document == right.document ? 0.6 : 1)
    }

    private func isSame(_ left: StatementFigure, _ right: StatementFigure) -> Bool {
        left.thing == right.thing && left.unit == right.unit && !["percent", "item"].contains(left.unit ?? "")
            || left.thing == right.thing && left.unit == right.unit && left.text.lowercased().hasSuffix(left.thing)
    }

    // MARK: One claim

    private func claim(_ positions: [Statement], _ record: [String: EventRecord], _ voices: Voices) -> Claim? {
        guard let first = positions.first else { return nil }
        let merged = positions.flatMap(\.events).compactMap { record[$0] }
        let facts = facts(positions, merged)
        let figures = figures(positions, voices)
        let isDisputed = positions.contains { $0.stance != .asserts }
        let differ = figures.contains {
            Set($0.tellings.compactMap(FigureMaker.number)).count > 1 && Set($0.tellings.compactMap(\.holder)).count > 1
        }
        let isAlleged = facts == ["alleged"] && !merged.isEmpty
        let isCorrected = positions.contains { $0.stance == .corrects }
        guard isDisputed && positions.count > 1 || isCorrected || differ || isAlleged || facts.contains("retracted")
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

    private func facts(_ positions: [Statement], _ records: [EventRecord]) -> Set<String> {
        var out: Set<String> = []
        var voices: Set<String> = []
        var asserting: Set<String> = []
        for position in positions {
            switch position.stance {
            case .asserts, .confirms:
                out.insert(position.isOwnVoice || position.stance == .confirms ? "asserted" : "alleged")
                voices.insert(position.isOwnVoice ? position.document : position.holder)
                if let actor = position.actor { asserting.insert(actor) }
            case .denies:
                out.insert("denied")
                if position.answers != nil, let actor = position.actor, asserting.contains(actor), actor.contains(" "),
                    !position.isOwnVoice
                {
                    out.insert("retracted")
                }
            case .doubts: out.insert("doubted")
            case .corrects: out.insert("corrected")
            case .retracts: out.insert("retracted")
            }
        }
        if voices.count > 1 { out.formUnion(["voices2", "asserted"]) }
        if excluding(positions) { out.insert("excluding") }
        return out
    }

    /// True when two holders give figures for one thing that cannot both be right: more than a tenth apart.
    private func excluding(_ positions: [Statement]) -> Bool {
        let all = positions.flatMap { position in position.figures.filter { !$0.isWithdrawn }.map { (position, $0) } }
        for (index, first) in all.enumerated() {
            for second in all[(index + 1)...]
            where first.0.holder != second.0.holder && isSame(first.1, second.1) && areApart(first.1, second.1) {
                return true
            }
        }
        return false
    }

    private func areApart(_ left: StatementFigure, _ right: StatementFigure) -> Bool {
        let (a, b) = (Self.interval(left), Self.interval(right))
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
