public import DyadCore

/// One matter that a register follows, with every step that was reported and the sentence behind it.
public struct RegisterEntry: Sendable, Equatable, Codable {
    /// The same on every run as long as the first of its statements is there.
    public var id: String
    public var register: RegisterKind
    /// Where it stands on the ladder of the register.
    public var status: String
    public var parties: [RegisterParty]
    public var subject: String
    public var category: String
    public var designation: String?
    public var number: Double?
    public var low: Double?
    public var high: Double?
    public var unit: String?
    /// What it costs, in `currency`.
    public var price: Double?
    public var currency: String?
    /// Date of the first step, ISO 8601; for a figure its period.
    public var date: String?
    /// `publication` when no text dates it.
    public var dateBasis: String?
    /// Date of the step that gave the status.
    public var statusDate: String?
    /// ISO 8601 value by which something is promised.
    public var due: String?
    public var place: String?
    public var law: String?
    /// Who says it, other than the reports themselves.
    public var holders: [String]
    /// Documents that tell of it.
    public var reports: Int
    /// Outlets that tell of it.
    public var outlets: Int
    /// What was reported, in order of time.
    public var steps: [RegisterStatement]

    /// Bodies of all parties, each once, sorted.
    public var bodies: [String] { Set(parties.compactMap(\.code)).sorted() }

    /// First and last day that the entry speaks of.
    public var days: (first: CalendarDate, last: CalendarDate)? {
        let all = steps.compactMap(\.days)
        guard let first = all.map(\.first).min(), let last = all.map(\.last).max() else { return nil }
        return (first, last)
    }

    /// The status on a day: a promise whose due day has passed without a report is `unknown`.
    public func status(on day: CalendarDate?) -> String {
        guard register == .agreements, status == "promised", let day, let due, let days = DayRange(due), days.last < day
        else { return status }
        return "unknown"
    }

    /// Names of the parties in a role.
    public func names(_ role: String) -> String {
        var out: [String] = []
        for party in parties where party.role == role && !out.contains(party.name) { out.append(party.name) }
        return out.joined(separator: ", ")
    }
}
