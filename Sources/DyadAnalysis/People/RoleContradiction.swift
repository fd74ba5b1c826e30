public import DyadCodebook
public import DyadCore

/// Two statements on an office that cannot both be right, or a statement that the lexicon does not share.
public struct RoleContradiction: Sendable, Equatable {
    /// What kind of contradiction it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// Two persons hold an office of one state at one time.
        case twoHolders = "two-holders"
        /// One person serves two states at one time.
        case twoStates = "two-states"
        /// The lexicon has the person in another state, or another person in the office.
        case lexicon
    }

    public var kind: Kind
    /// Names of those concerned.
    public var people: [String]
    /// The office and its state: "foreign minister of TUR".
    public var office: String
    /// In a sentence.
    public var summary: String
    /// The sentences behind it.
    public var evidence: [RoleTelling]
}

/// Finds the contradictions among the offices of many people.
struct RoleContradictions {
    private(set) var all: [RoleContradiction] = []

    init(_ people: [WhoWasWho.Person], _ lexicon: ActorLexicon) {
        var holders: [String: [(name: String, held: WhoWasWho.Held)]] = [:]
        for person in people {
            all += twoStates(person, lexicon)
            for held in person.offices where held.office.isSingle && !held.office.isPast && !held.office.isActing {
                guard let body = held.code.body else { continue }
                holders["\(held.office.name) of \(body)", default: []].append((person.name, held))
            }
        }
        let terms = OfficeTerms(lexicon)
        for (office, list) in holders {
            for (index, one) in list.enumerated() {
                for other in list[(index + 1)...] where one.name != other.name && one.held.overlaps(other.held) {
                    all.append(twoHolders(office, one, other))
                }
                if let found = terms.disagreement(one.name, one.held, office, lexicon) { all.append(found) }
            }
        }
        all.sort { ($0.kind.rawValue, $0.office, $0.summary) < ($1.kind.rawValue, $1.office, $1.summary) }
    }

    private func twoHolders(
        _ office: String, _ one: (name: String, held: WhoWasWho.Held), _ other: (name: String, held: WhoWasWho.Held)
    ) -> RoleContradiction {
        let pair = [one, other].sorted { $0.name < $1.name }
        return RoleContradiction(
            kind: .twoHolders, people: pair.map(\.name), office: office,
            summary:
                "\(pair[0].name) (\(pair[0].held.days)) and \(pair[1].name) (\(pair[1].held.days)) are both called \(office)",
            evidence: pair.compactMap(\.held.tellings.first))
    }

    /// A person may represent an organisation beside a state, but not two states.
    private func twoStates(_ person: WhoWasWho.Person, _ lexicon: ActorLexicon) -> [RoleContradiction] {
        let states = person.offices.filter { held in
            held.code.body.map { lexicon.isState($0) } ?? false && !held.office.isPast && held.code.sector != nil
        }
        var out: [RoleContradiction] = []
        for (index, one) in states.enumerated() {
            for other in states[(index + 1)...] where one.code.body != other.code.body && one.overlaps(other) {
                out.append(
                    RoleContradiction(
                        kind: .twoStates, people: [person.name], office: "\(one.role) of \(one.code.body ?? "")",
                        summary:
                            "\(person.name) is \(one.role) of \(one.code.body ?? "") (\(one.days)) and \(other.role) of \(other.code.body ?? "") (\(other.days))",
                        evidence: [one, other].compactMap(\.tellings.first)))
            }
        }
        return out
    }
}

extension WhoWasWho.Held {
    /// First and last day in words.
    var days: String {
        guard let first, let last else { return "undated" }
        return first == last ? first.description : "\(first) to \(last)"
    }
}

/// Who held an office when, as the lexicon knows it.
private struct OfficeTerms {
    private var terms: [String: [ActorReading]] = [:]

    init(_ lexicon: ActorLexicon) {
        for actor in lexicon.actors {
            for reading in actor.readings where reading.kind == .person && !reading.isOwn {
                let office = lexicon.offices.office(reading.detail)
                guard office.isSingle, !office.isPast, !office.isActing, let body = reading.code.body else { continue }
                terms["\(office.name) of \(body)", default: []].append(reading)
            }
        }
    }

    /// True when all words of a name of several stand in another: "Raheel Sharif" in "Gen Raheel Sharif".
    private static func isPart(_ one: String, of other: String) -> Bool {
        let words = NameGroups.fold(one).split(separator: " ")
        return words.count > 1 && Set(words).isSubset(of: NameGroups.fold(other).split(separator: " "))
    }

    /// What the lexicon says against a person's office on the day it was first told; nil when it agrees or is silent.
    func disagreement(
        _ name: String, _ held: WhoWasWho.Held, _ office: String, _ lexicon: ActorLexicon
    ) -> RoleContradiction? {
        guard let telling = held.tellings.first(where: { $0.day != nil }), let day = telling.day else { return nil }
        let known = lexicon.readings(ActorLexicon.key(name)).filter { $0.kind == .person }
        if known.contains(where: {
            "\(lexicon.offices.office($0.detail).name) of \($0.code.body ?? "")" == office && $0.holds(on: day)
        }) {
            return nil
        }
        let holders = (terms[office] ?? []).filter { $0.holds(on: day) }
        if holders.contains(where: { Self.isPart($0.name, of: name) || Self.isPart(name, of: $0.name) }) { return nil }
        let others = holders.filter { !known.map(\.name).contains($0.name) }
        let places = Set(known.compactMap(\.code.body))
        let summary: String
        if let other = others.first {
            summary =
                "on \(day) \(name) is called \(office); the lexicon has \(other.name) (\(other.file):\(other.line))"
        } else if let body = held.code.body, let first = known.first, !places.contains(body) {
            summary =
                "\(name) is called \(office); the lexicon has this name as \(first.detail) of \(first.code.body ?? "") (\(first.file):\(first.line))"
        } else {
            return nil
        }
        return RoleContradiction(
            kind: .lexicon, people: [name], office: office, summary: summary, evidence: [telling])
    }
}
