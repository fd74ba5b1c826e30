public import DyadCodebook
import DyadCore

/// Gathers statements into entries and finds where each stands on its ladder.
///
/// The entries are a function of the set of statements: their order does not matter, and statements of different blocks
/// never meet, so that a change of one report touches its own blocks only.
public struct RegisterBuilder: Sendable {
    private let lexicon: RegisterLexicon

    /// A builder with the ladders of the data files.
    public init(lexicon: RegisterLexicon) { self.lexicon = lexicon }

    /// The entries that some statements make, by register, day and identifier.
    public func entries(_ statements: [RegisterStatement]) -> [RegisterEntry] {
        var blocks: [String: [RegisterStatement]] = [:]
        for statement in statements {
            blocks["\(statement.register.rawValue) \(statement.block)", default: []].append(statement)
        }
        let groups = blocks.keys.sorted().flatMap { key in
            let own = blocks[key] ?? []
            guard own.first?.register == .agreements else { return grouped(ordered(own)) }
            return PromiseGroups(own.map(Self.alone).sorted(by: Self.isBefore), lexicon).groups()
        }
        return groups.compactMap(entry).sorted {
            ($0.register.rawValue, $0.date ?? "~", $0.id) < ($1.register.rawValue, $1.date ?? "~", $1.id)
        }
    }

    // MARK: - Order

    /// In order of time; what has no day of its own stands where its document puts it.
    private func ordered(_ statements: [RegisterStatement]) -> [PlacedStatement] {
        let inText = statements.sorted { ($0.document, $0.span, $0.id) < ($1.document, $1.span, $1.id) }
        var placed: [PlacedStatement] = []
        var day = Int.max
        var document: String?
        for statement in inText {
            if statement.document != document { (document, day) = (statement.document, Int.max) }
            let own = statement.days?.first.daysSince1970
            if let own { day = own }
            placed.append(PlacedStatement(day: day, isDated: own != nil, statement: statement))
        }
        // What stands before the first date of its document belongs to that date.
        for index in placed.indices.dropLast().reversed() where placed[index].day == Int.max {
            if placed[index].statement.document == placed[index + 1].statement.document {
                placed[index].day = placed[index + 1].day
            }
        }
        return placed.sorted(by: Self.isBefore)
    }

    private static func isBefore(_ left: PlacedStatement, _ right: PlacedStatement) -> Bool {
        (left.day, left.statement.document, left.statement.span, left.statement.id)
            < (right.day, right.statement.document, right.statement.span, right.statement.id)
    }

    /// A statement placed by the day of its publication, so that its neighbours do not matter.
    private static func alone(_ statement: RegisterStatement) -> PlacedStatement {
        let day = (statement.published.flatMap { CalendarDate($0) } ?? statement.days?.first)?.daysSince1970
        return PlacedStatement(day: day ?? Int.max, isDated: day != nil, statement: statement)
    }

    // MARK: - Groups

    private func grouped(_ statements: [PlacedStatement]) -> [[PlacedStatement]] {
        var groups: [[PlacedStatement]] = []
        for statement in statements {
            var best: (index: Int, score: Int)?
            for (index, group) in groups.enumerated() {
                guard let score = RegisterLikeness().likeness(statement, group) else { continue }
                if score >= best?.score ?? 0 { best = (index, score) }
            }
            if let best { groups[best.index].append(statement) } else { groups.append([statement]) }
        }
        return groups
    }

    // MARK: - Entries

    private func entry(_ group: [PlacedStatement]) -> RegisterEntry? {
        let steps = group.map(\.statement)
        guard let lead = lead(steps), let identifier = identifier(steps) else { return nil }
        let (status, statusDate) = status(group, lead)
        let told = steps.filter { $0.category != "follow-up" && !$0.isRecalled }
        let dated = told.first { $0.date != nil && $0.dateBasis != "publication" } ?? told.first ?? lead
        var hash = StableHash()
        hash.combine(lead.register.rawValue)
        hash.combine(identifier)
        var out = RegisterEntry(
            id: hash.hex, register: lead.register, status: status, parties: parties(steps), subject: lead.subject,
            category: lead.category, designation: steps.compactMap(\.designation).first, number: lead.number,
            low: lead.low,
            high: lead.high, unit: lead.unit, price: nil, currency: nil, date: dated.date,
            dateBasis: dated.dateBasis,
            statusDate: statusDate, due: PromiseOutcome.due(steps), place: steps.compactMap(\.place).first,
            law: steps.compactMap(\.law).first, holders: [], reports: Set(steps.map(\.document)).count,
            outlets: Set(steps.map(\.outlet)).count, steps: steps)
        if let priced = steps.first(where: { $0.price != nil }) {
            (out.price, out.currency) = (priced.price, priced.currency)
        }
        for holder in steps.compactMap(\.holder) where !out.holders.contains(holder) { out.holders.append(holder) }
        if lead.register == .visits, lead.category == "unknown" { out.category = highest(steps.map(\.category)) }
        if lead.register == .figures { setRange(&out) }
        return out
    }

    /// The statement that was published first, so that later reports leave the identifier as it is.
    private func identifier(_ steps: [RegisterStatement]) -> String? {
        let own = steps.filter { $0.category != "follow-up" }
        return own.min {
            ($0.published ?? "~", $0.document, $0.span, $0.id) < ($1.published ?? "~", $1.document, $1.span, $1.id)
        }?.id
    }

    /// The statement that describes the entry: the first that climbed highest and says most.
    private func lead(_ steps: [RegisterStatement]) -> RegisterStatement? {
        let own = steps.filter { $0.category != "follow-up" }
        return own.enumerated().max { left, right in
            let (first, second) = (weight(left.element), weight(right.element))
            return first == second ? left.offset > right.offset : first < second
        }?.element
    }

    private func weight(_ statement: RegisterStatement) -> Int {
        let order = lexicon.status(statement.step, in: statement.register.rawValue)?.order ?? 0
        return (statement.number == nil ? 0 : 100) + (statement.designation == nil ? 0 : 50) + min(order, 3) * 10
            + (statement.parties.count > 1 ? 5 : 0)
            + (statement.date != nil && statement.dateBasis != "publication" ? 2 : 0)
    }

    private func parties(_ steps: [RegisterStatement]) -> [RegisterParty] {
        var out: [RegisterParty] = []
        for step in steps where step.category != "follow-up" {
            for party in step.parties where !out.contains(where: { $0.role == party.role && $0.key == party.key }) {
                out.append(party)
            }
        }
        return out
    }

    /// The highest level of some visits.
    private func highest(_ levels: [String]) -> String {
        lexicon.kinds("visits").first(where: levels.contains) ?? levels.first ?? "unknown"
    }

    /// Lowest and highest of the figures that are told, when they differ.
    private func setRange(_ out: inout RegisterEntry) {
        let values = out.steps.flatMap { [$0.number, $0.low, $0.high].compactMap { $0 } }
        guard let low = values.min(), let high = values.max(), low < high else { return }
        (out.low, out.high) = (low, high)
    }

    // MARK: - Status

    /// Climbs the ladder step by step.
    private func status(_ group: [PlacedStatement], _ lead: RegisterStatement) -> (String, String?) {
        let register = lead.register.rawValue
        var ladder = RegisterLadder()
        let outcome = PromiseOutcome(group.map(\.statement), lead, lexicon)
        // A promise that is only recalled was made before everything that is told of it.
        for placed in group.filter(\.statement.isRecalled) + group.filter({ !$0.statement.isRecalled }) {
            let statement = placed.statement
            guard isTold(statement), let name = name(of: statement, lead, outcome) else { continue }
            guard let status = lexicon.status(name, in: register) else { continue }
            ladder.climb(status, on: placed.isDated ? placed.day : nil, date: statement.date)
        }
        let first = group[0].statement
        return (ladder.status ?? lead.step, ladder.date ?? first.date)
    }

    private func isTold(_ statement: RegisterStatement) -> Bool {
        statement.factuality != .denied && statement.factuality != .negated || statement.step == "denied"
            || statement.step == "cancelled"
    }

    /// The status that a step means for this entry.
    private func name(
        of statement: RegisterStatement, _ lead: RegisterStatement, _ outcome: PromiseOutcome
    ) -> String? {
        if statement.register == .agreements { return outcome.status(statement) }
        guard statement.register == .arms, statement.step == "delivered", let own = statement.number,
            let all = lead.number,
            own < all
        else { return statement.step }
        return "delivering"
    }
}
