public import DyadCodebook
public import DyadCore
import Foundation

/// Who held which office when, gathered from many reports, and where the reports or the lexicon contradict each other.
///
/// Names of one person are joined by their words without titles: "Gen Raheel Sharif" and "Raheel Sharif", and a surname
/// alone when only one person of the same state has it. The dates of an office are the days of the first and the last
/// report that tell it; nothing is said of what lies outside.
public struct WhoWasWho: Sendable, Equatable {
    /// An office of a person.
    public struct Held: Sendable, Equatable {
        /// As most reports call it.
        public var role: String
        /// The office's name in the lexicon: the same for "top diplomat" and "foreign minister".
        public var office: OfficeLexicon.Office
        /// State or organisation, and sector.
        public var code: ActorCode
        /// By day; undated ones last.
        public var tellings: [RoleTelling]

        /// Day of the first report; nil when none is dated.
        public var first: CalendarDate? { tellings.compactMap(\.day).min() }
        /// Day of the last report.
        public var last: CalendarDate? { tellings.compactMap(\.day).max() }
        /// Number of reports.
        public var reportCount: Int { Set(tellings.map(\.document)).count }
        /// True when both are seen at one time.
        func overlaps(_ other: Held) -> Bool {
            guard let first, let last, let begin = other.first, let end = other.last else { return false }
            return max(first, begin) <= min(last, end)
        }
    }

    /// A person with all offices.
    public struct Person: Sendable, Equatable {
        /// The fullest name.
        public var name: String
        /// Other names in the reports.
        public var otherNames: [String]
        /// By first day.
        public var offices: [Held]
    }

    /// By name.
    public private(set) var people: [Person] = []
    /// By kind, then office.
    public private(set) var contradictions: [RoleContradiction] = []

    /// Gathers tellings.
    ///
    /// - Parameters:
    ///   - tellings: what reports tell.
    ///   - lexicon: knows which titles name the same office, and who held it.
    public init(_ tellings: [RoleTelling], lexicon: ActorLexicon) {
        var groups = NameGroups(lexicon.offices)
        for telling in tellings { groups.add(telling) }
        people = groups.people()
        contradictions = RoleContradictions(people, lexicon).all
    }

    /// Only persons whose name holds these words, or who act for this code; contradictions follow.
    public func matching(_ text: String) -> WhoWasWho {
        var out = self
        let words = NameGroups.fold(text).split(separator: " ")
        out.people = people.filter { person in
            let isCode = person.offices.contains { $0.code.body == text || $0.code.description == text }
            let names = ([person.name] + person.otherNames).map { NameGroups.fold($0).split(separator: " ") }
            return isCode || names.contains { name in words.allSatisfy { name.contains($0) } }
        }
        let names = Set(out.people.map(\.name))
        out.contradictions = contradictions.filter { !names.isDisjoint(with: $0.people) }
        return out
    }
}

/// Joins the names of one person.
struct NameGroups {
    private let offices: OfficeLexicon
    private var tellings: [String: [RoleTelling]] = [:]

    init(_ offices: OfficeLexicon) { self.offices = offices }

    /// Lower case without diacritics, points and hyphens.
    static func fold(_ text: String) -> String {
        text.lowercased().folding(options: .diacriticInsensitive, locale: nil)
            .replacingOccurrences(of: "ı", with: "i").replacingOccurrences(of: "’", with: "'")
            .replacingOccurrences(of: "-", with: " ").replacingOccurrences(of: ".", with: "")
            .split(separator: " ").joined(separator: " ")
    }

    mutating func add(_ telling: RoleTelling) {
        let key = Self.fold(telling.person)
        if !key.isEmpty { tellings[key, default: []].append(telling) }
    }

    func people() -> [WhoWasWho.Person] {
        var groups: [String: [RoleTelling]] = [:]
        for (key, list) in tellings { groups[fuller(key), default: []] += list }
        return groups.map(person).sorted { $0.name < $1.name }
    }

    /// The only longer name that ends in a name's words and belongs to the same state; else the name itself.
    private func fuller(_ key: String) -> String {
        let bodies = Set((tellings[key] ?? []).compactMap(\.code.body))
        let words = key.split(separator: " ")
        let longer = tellings.keys.filter { other in
            let parts = other.split(separator: " ")
            return parts.count > words.count && Array(parts.suffix(words.count)) == words
                && !bodies.isDisjoint(with: (tellings[other] ?? []).compactMap(\.code.body))
        }
        // "Gen Raheel Sharif" is longer than "Raheel Sharif": the chain's end counts.
        let last = longer.filter { candidate in !longer.contains { $0 != candidate && $0.hasSuffix(" " + candidate) } }
        return last.count == 1 ? last[0] : key
    }

    private func person(_ key: String, _ list: [RoleTelling]) -> WhoWasWho.Person {
        let names = Dictionary(grouping: list, by: \.person).mapValues(\.count)
        let name = names.max { ($0.key.count, $0.value, $1.key) < ($1.key.count, $1.value, $0.key) }?.key ?? key
        let groups = Dictionary(grouping: list) { telling in
            let office = offices.office(telling.role)
            return [
                office.name, "\(office.isPast)", "\(office.isActing)", telling.code.description,
            ]
        }
        let held = groups.values.compactMap { tellings -> WhoWasWho.Held? in
            let sorted = tellings.sorted(by: Self.isEarlier)
            guard let first = sorted.first else { return nil }
            let roles = Dictionary(grouping: sorted, by: \.role).mapValues(\.count)
            let role = roles.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? first.role
            return WhoWasWho.Held(role: role, office: offices.office(role), code: first.code, tellings: sorted)
        }
        return WhoWasWho.Person(
            name: name, otherNames: names.keys.filter { $0 != name }.sorted(),
            offices: held.sorted { left, right in
                guard let one = left.tellings.first, let other = right.tellings.first else { return false }
                if Self.isEarlier(one, other) || Self.isEarlier(other, one) { return Self.isEarlier(one, other) }
                return (left.role, left.code.description) < (right.role, right.code.description)
            })
    }

    /// By day, undated ones last; then by document and words.
    private static func isEarlier(_ left: RoleTelling, _ right: RoleTelling) -> Bool {
        if left.day != right.day {
            guard let day = left.day else { return false }
            guard let other = right.day else { return true }
            return day < other
        }
        return (left.document, left.quote, left.role) < (right.document, right.quote, right.role)
    }
}
