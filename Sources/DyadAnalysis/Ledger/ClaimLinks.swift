import DyadCodebook
import DyadCore

/// Finds statements of one proposition: about one happening, answering each other, or saying the same.
struct ClaimLinks {
    let lexicon: LedgerLexicon
    /// Number of the happening by the identifier of a telling.
    let group: [String: Int]

    /// Pairs of indices of statements in the order of publication.
    func links(_ statements: [Statement]) -> [(Int, Int)] {
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
        if statement.stance != .asserts || !statement.isOwnVoice || statement.isEvidence {
            for term in statement.terms { out.insert("term \(term)") }
            for sense in senses(statement) { out.insert("sense \(sense)") }
        }
        return out
    }

    /// Things and classes of acts that the words stand for.
    private func senses(_ statement: Statement) -> Set<String> {
        Set(
            statement.terms.flatMap { term in
                (lexicon.classes[term] ?? []).map { "=\($0)" } + [lexicon.things[term] ?? term]
            })
    }

    private func areOne(_ left: Statement, _ right: Statement) -> Bool {
        // What names no actor can only be told apart inside its own document.
        let isOwn = left.document == right.document && (left.bodies.isEmpty || right.bodies.isEmpty)
        guard isOwn || !Set(left.bodies).isDisjoint(with: right.bodies), left.canMeet(right) else { return false }
        if answers(left, right) || answers(right, left) { return true }
        if left.isEvidence != right.isEvidence, isProof(left, right) { return true }
        return sayTheSame(left, right)
    }

    /// "Laos admitted that its claim about poisoned wells had been wrong": the words of the claim in another document.
    private func answers(_ answer: Statement, _ claim: Statement) -> Bool {
        if isBareAnswer(answer, claim) { return true }
        guard !answer.reference.isEmpty, claim.reference.isEmpty, claim.answers == nil,
            answer.document != claim.document,
            answer.holder != claim.holder || answer.stance == .retracts,
            (claim.published ?? .min) <= (answer.published ?? .max)
        else { return false }
        let shared = Set(answer.reference).intersection(claim.terms).count
        return shared >= min(2, answer.reference.count)
            && shared * 10 >= min(answer.reference.count, claim.terms.count) * 6
    }

    /// "Lithuania rejected the accusation", at the head of a report: the accusation of the days before that names it.
    private func isBareAnswer(_ answer: Statement, _ claim: Statement) -> Bool {
        guard answer.isAnswer, answer.answers == nil, answer.reference.isEmpty, answer.acts.isEmpty, claim.isAllegation,
            answer.document != claim.document, let own = answer.actor?.split(separator: " ").first.map(String.init),
            claim.bodies.contains(own), let said = claim.published, let now = answer.published
        else { return false }
        return (0...14).contains(now.daysSince1970 - said.daysSince1970)
    }

    /// Evidence speaks to a claim when it tells of the same kind of act and one thing besides.
    private func isProof(_ left: Statement, _ right: Statement) -> Bool {
        guard left.holder != right.holder, !left.bodies.isEmpty, !right.bodies.isEmpty else { return false }
        let isOpposite = left.phase != nil && right.phase != nil && left.phase != right.phase
        guard isOpposite || left.stance != right.stance else { return false }
        let shared = senses(left).intersection(senses(right))
        let isAct = shared.contains { $0.hasPrefix("=") } || !verbs(left).isDisjoint(with: verbs(right))
        return isAct && shared.filter { !$0.hasPrefix("=") }.count >= (isOpposite ? 1 : 2)
    }

    private func verbs(_ statement: Statement) -> Set<String> { Set(statement.acts.filter { !$0.hasPrefix("=") }) }

    /// Two statements are of one proposition when they give figures for one thing, or share most of their words.
    private func sayTheSame(_ left: Statement, _ right: Statement) -> Bool {
        let shared = Set(left.terms).intersection(right.terms).count
        let least = min(left.terms.count, right.terms.count)
        guard least > 0 else { return false }
        let share = Double(shared) / Double(max(4, least))
        if left.figures.contains(where: { figure in right.figures.contains { Self.isSame($0, figure) } }), shared >= 2 {
            return share >= 0.15
        }
        let isAnswer = left.stance != right.stance && (left.stance != .asserts || right.stance != .asserts)
        // Who denied it may come to admit it.
        let isTurn = isAnswer && left.isAnswer && right.isAnswer && left.document != right.document
        guard left.holder != right.holder || isTurn, left.answers == nil, right.answers == nil,
            shared >= (isAnswer ? 2 : 3)
        else { return false }
        let threshold = lexicon.thresholds["claim"] ?? 0.4
        let isSameText = left.document == right.document
        // Two sources of one text share its words even where they speak of different things.
        guard isAnswer else { return share >= threshold * (isSameText ? 1.4 : 1) }
        let isNamed = names(left, right) || names(right, left)
        // A negation alone answers nobody; it must speak of the same act in the same words.
        let denial = left.stance == .asserts ? right : left
        guard denial.isAnswer || denial.isEvidence || isNamed else {
            return !verbs(left).isDisjoint(with: verbs(right)) && share >= threshold
        }
        let isTied = isNamed || !Set(left.acts).isDisjoint(with: right.acts) || share >= 0.5
        return isTied && share >= threshold * (isSameText ? 0.6 : 1)
    }

    /// True when a statement names the holder of another: "the Pentagon's decision".
    private func names(_ statement: Statement, _ other: Statement) -> Bool {
        guard !other.isOwnVoice else { return false }
        let holder = Set(Words.of(other.holder).map { lexicon.root($0) }.filter { $0.utf8.count > 3 })
        return Words.of(statement.text).contains { holder.contains(lexicon.root($0)) }
    }

    /// Two figures for one thing.
    static func isSame(_ left: StatementFigure, _ right: StatementFigure) -> Bool {
        left.thing == right.thing && left.unit == right.unit && !["percent", "item"].contains(left.unit ?? "")
            || left.thing == right.thing && left.unit == right.unit && left.text.lowercased().hasSuffix(left.thing)
    }
}

extension CalendarDate {
    fileprivate static let min = CalendarDate(daysSince1970: -1_000_000)
    fileprivate static let max = CalendarDate(daysSince1970: 1_000_000)
}
