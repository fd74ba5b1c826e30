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
        let groups = blocks.keys.sorted().flatMap { key in grouped(ordered(blocks[key] ?? [])) }
        return groups.compactMap(entry).sorted {
            ($0.register.rawValue, $0.date ?? "~", $0.id) < ($1.register.rawValue, $1.date ?? "~", $1.id)
        }
    }

    // MARK: - Order

    /// A statement with the day by which it is ordered.
    private struct Placed {
        var day: Int
        /// True when the day is the statement's own, and not that of its neighbours.
        var isDated: Bool
        var statement: RegisterStatement
        let words: Set<String>

        init(day: Int, isDated: Bool, statement: RegisterStatement) {
            self.day = day
            self.isDated = isDated
            self.statement = statement
            words = Set(statement.words)
        }
    }

    /// In order of time; what has no day of its own stands where its document puts it.
    private func ordered(_ statements: [RegisterStatement]) -> [Placed] {
        let inText = statements.sorted { ($0.document, $0.span, $0.id) < ($1.document, $1.span, $1.id) }
        var placed: [Placed] = []
        var day = Int.max
        var document: String?
        for statement in inText {
            if statement.document != document { (document, day) = (statement.document, Int.max) }
            let own = statement.days?.first.daysSince1970
            if let own { day = own }
            placed.append(Placed(day: day, isDated: own != nil, statement: statement))
        }
        // What stands before the first date of its document belongs to that date.
        for index in placed.indices.dropLast().reversed() where placed[index].day == Int.max {
            if placed[index].statement.document == placed[index + 1].statement.document {
                placed[index].day = placed[index + 1].day
            }
        }
        return placed.sorted {
            ($0.day, $0.statement.document, $0.statement.span, $0.statement.id)
                < ($1.day, $1.statement.document, $1.statement.span, $1.statement.id)
        }
    }

    // MARK: - Groups

    private func grouped(_ statements: [Placed]) -> [[Placed]] {
        guard let register = statements.first?.statement.register else { return [] }
        if register == .agreements { return promises(statements) }
        var groups: [[Placed]] = []
        for statement in statements {
            var best: (index: Int, score: Int)?
            for (index, group) in groups.enumerated() {
                guard let score = likeness(statement, group) else { continue }
                if score >= best?.score ?? 0 { best = (index, score) }
            }
            if let best { groups[best.index].append(statement) } else { groups.append([statement]) }
        }
        return groups
    }

    /// How well a statement fits a group; nil when it is another matter.
    private func likeness(_ placed: Placed, _ group: [Placed]) -> Int? {
        let statement = placed.statement
        switch statement.register {
        case .arms: return arms(statement, group.map(\.statement))
        case .visits: return visit(placed, group)
        case .exercises: return exercise(placed, group)
        case .designations: return designation(statement, group[0].statement)
        case .figures: return figure(statement, group[0].statement)
        case .agreements: return nil
        }
    }

    private func arms(_ statement: RegisterStatement, _ group: [RegisterStatement]) -> Int? {
        guard group[0].category == statement.category else { return nil }
        var score = 1
        if let own = statement.designation {
            let others = group.compactMap(\.designation)
            if others.contains(where: { alike($0, own) }) { score += 2 } else if !others.isEmpty { return nil }
        }
        if let own = statement.number {
            let others = group.compactMap(\.number)
            if others.contains(own) {
                score += 2
            } else if !others.isEmpty {
                let isPart = statement.step == "delivered" || statement.step == "delivering"
                guard isPart, let most = others.max(), own < most else { return nil }
            }
        }
        return score
    }

    private func alike(_ left: String, _ right: String) -> Bool {
        let (first, second) = (letters(left), letters(right))
        return first.contains(second) || second.contains(first)
    }

    private func letters(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.uppercased().unicodeScalars.filter {
                    $0.properties.isAlphabetic || $0.properties.numericType != nil
                }))
    }

    private func visit(_ placed: Placed, _ group: [Placed]) -> Int? {
        for other in group {
            let isSameText = other.statement.document == placed.statement.document
            guard let left = placed.statement.days, let right = other.statement.days else {
                if isSameText, other.statement.designation == placed.statement.designation { return 1 }
                continue
            }
            let isDated = placed.statement.dateBasis != "publication" && other.statement.dateBasis != "publication"
            let slack = isDated || isSameText ? RegisterStatement.slack - 1 : RegisterStatement.slack
            if left.first.daysSince1970 - right.last.daysSince1970 <= slack,
                right.first.daysSince1970 - left.last.daysSince1970 <= slack
            {
                return 2
            }
        }
        return nil
    }

    private func exercise(_ placed: Placed, _ group: [Placed]) -> Int? {
        let names = group.compactMap(\.statement.designation)
        if let own = placed.statement.designation, !names.isEmpty, !names.contains(where: { alike($0, own) }) {
            return nil
        }
        for other in group {
            guard let left = placed.statement.days, let right = other.statement.days else {
                if other.statement.document == placed.statement.document { return 1 }
                continue
            }
            if left.first <= right.last, right.first <= left.last { return 2 }
        }
        return nil
    }

    private func designation(_ left: RegisterStatement, _ right: RegisterStatement) -> Int? {
        guard left.category == right.category else { return nil }
        if left.category == "count" { return left.number == right.number ? 1 : nil }
        return left.keys("organisation") == right.keys("organisation") || alike(left.subject, right.subject) ? 1 : nil
    }

    private func figure(_ left: RegisterStatement, _ right: RegisterStatement) -> Int? {
        guard left.date == right.date else { return nil }
        let isSame = (left.number, left.low, left.high) == (right.number, right.low, right.high)
        return isSame || letters(left.subject) == letters(right.subject) && left.document != right.document ? 1 : nil
    }

    // MARK: - Promises

    /// Agreements and promises by what they say; then each report that may follow one up joins those it fits.
    private func promises(_ statements: [Placed]) -> [[Placed]] {
        var groups: [[Placed]] = []
        for placed in statements where !isFollowUp(placed.statement) {
            if let index = groups.lastIndex(where: { group in
                group.contains { isNear($0, placed) && sameMatter($0, placed) }
            }) {
                groups[index].append(placed)
            } else {
                groups.append([placed])
            }
        }
        let followUps = statements.filter { isFollowUp($0.statement) }
        for index in groups.indices where groups[index][0].statement.category == "commitment" {
            let own = groups[index]
            groups[index] += followUps.filter { follows($0, own) }
        }
        return groups
    }

    /// Promises that lie more than a year apart are different ones.
    private func isNear(_ left: Placed, _ right: Placed) -> Bool {
        left.day == Int.max || right.day == Int.max || abs(left.day - right.day) <= 370
    }

    private func isFollowUp(_ statement: RegisterStatement) -> Bool { statement.category == "follow-up" }

    private func sameMatter(_ left: Placed, _ right: Placed) -> Bool {
        let (first, second) = (left.statement, right.statement)
        let isPromise = first.category == "commitment"
        guard isPromise == (second.category == "commitment") else { return false }
        if !isPromise {
            guard first.category == second.category || first.category == "agreement" || second.category == "agreement"
            else {
                return false
            }
            let isAlike = shared(left, right) > 0 || first.words.isEmpty || second.words.isEmpty
            guard let a = first.days, let b = second.days else { return isAlike && first.document == second.document }
            let isNear =
                abs(a.first.daysSince1970 - b.first.daysSince1970) <= 7 || (a.first <= b.last && b.first <= a.last)
            return isNear && isAlike
        }
        if let a = first.due, let b = second.due, a != b, first.document == second.document { return false }
        let least = min(first.words.count, second.words.count)
        return shared(left, right) >= max(2, (least * 2 + 2) / 3)
    }

    private func shared(_ left: Placed, _ right: Placed) -> Int {
        let (less, more) = left.words.count < right.words.count ? (left.words, right.words) : (right.words, left.words)
        return less.reduce(0) { more.contains($1) ? $0 + 1 : $0 }
    }

    /// True when a later report tells of what was promised.
    private func follows(_ placed: Placed, _ group: [Placed]) -> Bool {
        group.contains { promise in
            let (report, told) = (placed.statement, promise.statement)
            guard isLater(report, told), report.span != told.span || report.document != told.document else {
                return false
            }
            let count = shared(placed, promise)
            return count >= 2 && count * 2 >= told.words.count
        }
    }

    private func isLater(_ report: RegisterStatement, _ promise: RegisterStatement) -> Bool {
        if report.document == promise.document { return report.span.start > promise.span.end }
        guard let published = report.published, let made = promise.published else { return false }
        if published < made { return false }
        guard let day = report.days?.last, let first = promise.days?.first else { return true }
        return day >= first
    }

    // MARK: - Entries

    private func entry(_ group: [Placed]) -> RegisterEntry? {
        let steps = group.map(\.statement)
        guard let lead = lead(steps), let identifier = steps.map(\.id).min() else { return nil }
        let (status, statusDate) = status(group, lead)
        let dated =
            steps.first { $0.date != nil && $0.dateBasis != "publication" && $0.category != "follow-up" } ?? steps[0]
        var hash = StableHash()
        hash.combine(lead.register.rawValue)
        hash.combine(identifier)
        var out = RegisterEntry(
            id: hash.hex, register: lead.register, status: status, parties: parties(steps), subject: lead.subject,
            category: lead.category, designation: steps.compactMap(\.designation).first, number: lead.number,
            low: lead.low,
            high: lead.high, unit: lead.unit, price: nil, currency: nil, date: dated.date,
            dateBasis: dated.dateBasis,
            statusDate: statusDate, due: steps.compactMap(\.due).last, place: steps.compactMap(\.place).first,
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
    private func status(_ group: [Placed], _ lead: RegisterStatement) -> (String, String?) {
        let register = lead.register.rawValue
        var ladder = Ladder()
        for placed in group {
            let statement = placed.statement
            guard isTold(statement) else { continue }
            let name = name(of: statement, lead)
            guard let status = lexicon.status(name, in: register) else { continue }
            ladder.climb(status, on: placed.isDated ? placed.day : nil, date: statement.date)
        }
        let first = group[0].statement
        return (ladder.status ?? first.step, ladder.date ?? first.date)
    }

    private func isTold(_ statement: RegisterStatement) -> Bool {
        statement.factuality != .denied && statement.factuality != .negated || statement.step == "denied"
            || statement.step == "cancelled"
    }

    /// The status that a step means for this entry.
    private func name(of statement: RegisterStatement, _ lead: RegisterStatement) -> String {
        if statement.category == "follow-up" {
            return ["done": "kept", "undone": "missed"][statement.step] ?? statement.step
        }
        guard statement.register == .arms, statement.step == "delivered", let own = statement.number,
            let all = lead.number,
            own < all
        else { return statement.step }
        return "delivering"
    }
}

/// The way of one entry up its ladder.
private struct Ladder {
    private(set) var status: String?
    private(set) var date: String?
    private var order = -1
    private var best: RegisterLexicon.Status?
    private var stoppedOn: Int?

    /// Takes a step; `day` is nil when no date of its own places it after others.
    mutating func climb(_ next: RegisterLexicon.Status, on day: Int?, date: String?) {
        switch next.effect {
        case "stop": stop(next, day, date)
        case "resume":
            guard stoppedOn != nil, let best else { return }
            stoppedOn = nil
            set(best, date)
        default:
            if next.order == 0 { return stop(next, day, date) }
            // After a stop only a higher step, told of a later day, counts.
            if let stoppedOn {
                guard let day, day > stoppedOn, next.order >= order else { return }
            } else if next.order <= order {
                return
            }
            stoppedOn = nil
            order = next.order
            best = next
            set(next, date)
        }
    }

    private mutating func stop(_ next: RegisterLexicon.Status, _ day: Int?, _ date: String?) {
        stoppedOn = max(day ?? Int.min, stoppedOn ?? Int.min)
        set(next, date)
    }

    private mutating func set(_ next: RegisterLexicon.Status, _ date: String?) {
        status = next.name
        self.date = date
    }
}
