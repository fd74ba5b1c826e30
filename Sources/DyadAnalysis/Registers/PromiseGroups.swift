public import DyadCodebook
import DyadCore

/// Agreements and promises by what they say, each with the reports that follow it up.
///
/// Whether two promises are one, and whether a report follows one up, depends on these two statements alone. Statements
/// that may belong together share a place, so that a store finds all of them.
public struct PromiseGroups {
    private let placed: [PlacedStatement]
    private let kin: PromiseKin
    private let units: [Set<String>]

    init(_ placed: [PlacedStatement], _ lexicon: RegisterLexicon) {
        self.placed = placed
        kin = PromiseKin(lexicon: lexicon)
        units = placed.map { [kin] in kin.units($0.statement.words) }
    }

    /// Names under which statements that may be one entry meet: two words, or one party with one word for a report that
    /// names a promise, and the sentence.
    public static func places(of statement: RegisterStatement, _ lexicon: RegisterLexicon) -> [String] {
        places(of: statement, PromiseKin(lexicon: lexicon).units(statement.words))
    }

    private static func places(of statement: RegisterStatement, _ units: Set<String>) -> [String] {
        let words = units.sorted().prefix(9)
        var out: [String] = []
        for (place, first) in words.enumerated() {
            out += words.dropFirst(place + 1).map { "\(first)+\($0)" }
        }
        let isFollowUp = statement.category == "follow-up"
        if !isFollowUp || statement.refers {
            out += statement.bodies.flatMap { body in units.map { "\(body)|\($0)" } }
        }
        if !isFollowUp, statement.category != "commitment" { out.append(statement.bodies.joined(separator: "+")) }
        out.append("\(statement.document) \(statement.span.start)")
        return out
    }

    /// Statements of one matter, the ones that follow it up among them, in order of time.
    func groups() -> [[PlacedStatement]] {
        let made = placed.indices.filter { !isFollowUp($0) }
        let told = placed.indices.filter(isFollowUp)
        let tellings = index(told)
        return joined(made).map { group in
            let candidates = Set(group.flatMap { index in names(index).flatMap { tellings[$0] ?? [] } })
            let followUps = candidates.filter { follows($0, group) }
            return (group + followUps).sorted().map { placed[$0] }
        }
    }

    private func isFollowUp(_ index: Int) -> Bool { placed[index].statement.category == "follow-up" }

    private func names(_ index: Int) -> [String] { Self.places(of: placed[index].statement, units[index]) }

    private func index(_ indices: [Int]) -> [String: [Int]] {
        var out: [String: [Int]] = [:]
        for index in indices { for name in names(index) { out[name, default: []].append(index) } }
        return out
    }

    // MARK: - One matter

    /// Statements that are linked, directly or through others.
    private func joined(_ made: [Int]) -> [[Int]] {
        var sets = DisjointSets(made)
        for members in index(made).values {
            for (place, first) in members.enumerated() {
                for second in members[(place + 1)...] where isOneMatter(first, second) { sets.join(first, second) }
            }
        }
        return sets.sets()
    }

    private func isOneMatter(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (placed[left].statement, placed[right].statement)
        guard (first.category == "commitment") == (second.category == "commitment") else { return false }
        return first.category == "commitment" ? isOnePromise(left, right) : isOneAgreement(left, right)
    }

    private func isOneAgreement(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (placed[left].statement, placed[right].statement)
        guard first.bodies == second.bodies,
            first.category == second.category || first.category == "agreement" || second.category == "agreement"
        else { return false }
        let isAlike = shared(left, right) > 0 || units[left].isEmpty || units[right].isEmpty
        guard let a = first.days, let b = second.days else { return isAlike && first.document == second.document }
        let isNear =
            abs(a.first.daysSince1970 - b.first.daysSince1970) <= 7 || (a.first <= b.last && b.first <= a.last)
        return isNear && isAlike
    }

    /// Promises of one party in nearly the same words, not more than a year apart.
    private func isOnePromise(_ left: Int, _ right: Int) -> Bool {
        let (a, b) = (placed[left].statement, placed[right].statement)
        let days = (a.days?.first.daysSince1970, b.days?.first.daysSince1970)
        if let one = days.0, let other = days.1, abs(one - other) > 370 { return false }
        guard !Set(a.bodies).isDisjoint(with: b.bodies), !areMarkedApart(a, b), !areDueApart(a, b)
        else { return false }
        let promisors = (Set(a.keys("promisor")), Set(b.keys("promisor")))
        if !promisors.0.isEmpty, !promisors.1.isEmpty, promisors.0.isDisjoint(with: promisors.1) { return false }
        let least = min(units[left].count, units[right].count)
        return shared(left, right) >= max(a.isRecalled || b.isRecalled ? 1 : 2, (least * 2 + 2) / 3)
    }

    /// Two days in one report are two promises.
    private func areDueApart(_ left: RegisterStatement, _ right: RegisterStatement) -> Bool {
        guard let a = left.due, let b = right.due, a != b else { return false }
        return left.document == right.document
    }

    private func areMarkedApart(_ left: RegisterStatement, _ right: RegisterStatement) -> Bool {
        !left.marks.isEmpty && !right.marks.isEmpty && Set(left.marks).isDisjoint(with: right.marks)
    }

    private func shared(_ left: Int, _ right: Int) -> Int { units[left].intersection(units[right]).count }

    // MARK: - Follow-ups

    /// True when a report tells later of what a statement of the group promised.
    private func follows(_ report: Int, _ group: [Int]) -> Bool {
        group.contains { promise in
            let (told, made) = (placed[report].statement, placed[promise].statement)
            guard isLater(told, made), isSameDoer(told, made), !areMarkedApart(told, made) else { return false }
            return made.category == "commitment" ? keeps(report, promise) : touches(report, promise)
        }
    }

    private func keeps(_ report: Int, _ promise: Int) -> Bool {
        let (told, made) = (placed[report].statement, placed[promise].statement)
        let common = units[report].intersection(units[promise])
        let cores = kin.units(told.cores).intersection(kin.units(made.cores))
        let share = Double(common.count) / Double(max(1, min(units[report].count, units[promise].count)))
        if told.refers, !cores.isEmpty || made.isRecalled && told.span == made.span { return true }
        let isSameAct = kin.areKin(told.act, made.act) || made.act == nil
        if told.isExplicit { return common.count >= 2 && share >= 0.4 && (isSameAct || !cores.isEmpty) }
        return common.count >= 2 && share >= 0.5 && isSameAct && !(cores.isEmpty && made.act == nil)
    }

    /// What a report says of an agreement counts when it says that it was kept or not, next to it or in its words.
    private func touches(_ report: Int, _ agreement: Int) -> Bool {
        let (told, made) = (placed[report].statement, placed[agreement].statement)
        guard told.isExplicit, made.step == "agreed" else { return false }
        let isBeside = told.document == made.document && told.span == made.span
        return shared(report, agreement) >= (isBeside ? 1 : 3) && (isBeside || told.refers)
    }

    /// A deed of somebody who promised nothing keeps no promise.
    private func isSameDoer(_ report: RegisterStatement, _ promise: RegisterStatement) -> Bool {
        let doers = report.keys("doer")
        guard !doers.isEmpty else { return !Set(report.bodies).isDisjoint(with: promise.bodies) }
        let promisors = promise.parties.filter { $0.role != "counterpart" }.map(\.key)
        if !Set(doers).isDisjoint(with: promisors) { return true }
        return kin.isReceiving(report.act) && !Set(doers).isDisjoint(with: promise.bodies)
    }

    private func isLater(_ report: RegisterStatement, _ promise: RegisterStatement) -> Bool {
        if report.document == promise.document {
            if promise.isRecalled { return report.span.start >= promise.span.start }
            return report.span.start > promise.span.start
                || report.span == promise.span && promise.category != "commitment"
        }
        // Without both days only a report that names a promise is known to be the later one.
        guard let published = report.published, let made = promise.published else { return report.refers }
        if published < made, !promise.isRecalled { return false }
        if promise.isRecalled { return true }
        guard let day = report.days?.last, let first = promise.days?.first else { return true }
        return day >= first
    }
}

/// Words that stand for one thing in promises and in what comes of them: "lodge" and "file", "reopen" and "opening".
struct PromiseKin {
    let lexicon: RegisterLexicon
    private let roots = LedgerLexicon.standard

    init(lexicon: RegisterLexicon) { self.lexicon = lexicon }

    func unit(_ word: String) -> String {
        if let kind = lexicon.kind("agreements-kin", word) { return kind }
        let verb = word.split(separator: " ").first.map(String.init) ?? word
        if let kind = lexicon.kind("agreements-kin", verb) { return kind }
        return roots.root(verb)
    }

    func units(_ words: [String]) -> Set<String> { Set(words.map(unit)) }

    func areKin(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return false }
        return unit(left) == unit(right)
    }

    /// "received", "got".
    func isReceiving(_ act: String?) -> Bool { act.map { roots.receivers.contains(roots.root($0)) } ?? false }
}

/// What a follow-up says of a promise: the day it was due, its polarity and what came before count.
struct PromiseOutcome {
    private let kin: PromiseKin
    private let due: DayRange?
    private let act: String?
    private let isNegative: Bool
    private let count: Double?
    private let marks: [String]
    /// Day on which it was first told that the promise had been kept.
    private var kept: String?
    /// Day on which it was first told that it had not.
    private var missed: String?

    init(_ steps: [RegisterStatement], _ lead: RegisterStatement, _ lexicon: RegisterLexicon) {
        kin = PromiseKin(lexicon: lexicon)
        let made = steps.filter { $0.category == "commitment" && $0.step == "promised" }
        due = Self.due(made).flatMap { DayRange($0) }
        act = made.compactMap(\.act).first
        isNegative = lead.isNegative
        count = made.compactMap(\.count).max()
        marks = made.flatMap(\.marks)
        let told = steps.filter { $0.category == "follow-up" }.map { (status: outcome($0), day: $0.published ?? "~") }
        kept = told.filter { $0.status == "kept" }.map(\.day).min()
        missed = told.filter { $0.status == "missed" }.map(\.day).min()
    }

    /// The day that was promised last; what a report only recalls counts where nothing else is known.
    static func due(_ steps: [RegisterStatement]) -> String? {
        steps.filter { !$0.isRecalled }.compactMap(\.due).last ?? steps.compactMap(\.due).last
    }

    /// The status that a statement gives; nil where it comes too early or too late to tell.
    func status(_ told: RegisterStatement) -> String? {
        let day = told.published ?? "~"
        if told.category == "follow-up" {
            let status = outcome(told)
            // What was done stays done, even if it is undone later.
            if status == "missed", let kept, kept < day { return nil }
            return status
        }
        // A report that tells the promise again does not open it again, unless a new day is promised.
        if told.step == "promised", let missed, missed < day, told.due.map({ $0 <= missed }) ?? true { return nil }
        return told.step
    }

    private func outcome(_ told: RegisterStatement) -> String? {
        // To suspend is to drop a plan, and may be what was promised.
        let step = told.step == "dropped" && kin.areKin(told.act, act) ? "done" : told.step
        switch step {
        case "done": return isNegative ? "missed" : isPart(told) ? "partly" : "kept"
        case "undone":
            if isNegative { return "kept" }
            guard let due, let day = told.published.flatMap({ CalendarDate($0) }) else { return "missed" }
            return day > due.last || told.days.map { $0.last > due.last } ?? false ? "missed" : nil
        case "dropped": return isNegative ? nil : "missed"
        default: return step
        }
    }

    /// "the first three of the twelve".
    private func isPart(_ told: RegisterStatement) -> Bool {
        if let all = count, let some = told.count, some < all { return !told.marks.contains("last") }
        return marks.isEmpty && told.marks.contains { $0 != "last" && $0 != "final" }
    }
}
