public import DyadCore

/// What a ledger knows of a pair, for its brief.
public struct BriefLedger: Sendable, Equatable {
    /// Entries of all registers.
    public var registers: [RegisterEntry]
    /// Claims about the pair.
    public var claims: [BriefClaim]
    /// Day on which promises are judged.
    public var day: CalendarDate?

    /// What a ledger knows; see the properties.
    public init(registers: [RegisterEntry], claims: [BriefClaim], day: CalendarDate?) {
        self.registers = registers
        self.claims = claims
        self.day = day
    }
}

/// A claim as a ledger keeps it, as far as a brief shows it.
public struct BriefClaim: Sendable, Equatable, Codable {
    /// Who says what.
    public struct Position: Sendable, Equatable, Codable {
        public var stance: String
        public var holder: String
        public var document: String
        public var outlet: String?
        public var text: String
        /// First and last byte in the document.
        public var span: [Int]
    }

    public var id: String
    public var status: String
    public var proposition: String
    public var positions: [Position]
}

/// A register in a brief.
public struct BriefRegister: Sendable, Equatable {
    /// `arms`, `claims`.
    public var id: String
    /// The head.
    public var title: String
    /// Entries, the newest last.
    public var lines: [BriefLine]
    /// Number of further entries that are not shown.
    public var more: Int
}

/// One entry of a register in a brief.
public struct BriefLine: Sendable, Equatable {
    /// Identifier of the entry.
    public var id: String
    /// The date for readers.
    public var when: String
    /// One clause.
    public var text: String
    /// Where it stands.
    public var status: String
    /// Numbers of the sentences.
    public var evidence: [Int]
}

/// Says an entry of a register in one clause.
enum RegisterPhrase {
    static let titles: [(register: RegisterKind, title: String)] = [
        (.visits, "Visits and meetings"), (.agreements, "Agreements and promises"), (.arms, "Arms transfers"),
        (.exercises, "Military exercises"), (.designations, "Designations"), (.figures, "Figures"),
    ]

    static func text(_ entry: RegisterEntry) -> String {
        switch entry.register {
        case .arms: arms(entry)
        case .agreements: agreement(entry)
        case .visits: visit(entry)
        case .exercises: exercise(entry)
        case .designations: designation(entry)
        case .figures: figure(entry)
        }
    }

    private static func arms(_ entry: RegisterEntry) -> String {
        let supplier = entry.names("supplier").isEmpty ? "an unnamed supplier" : entry.names("supplier")
        let recipient = entry.names("recipient").isEmpty ? "an unnamed recipient" : entry.names("recipient")
        var text = "\(supplier) to \(recipient): "
        text += [entry.shortNumber, entry.designation, entry.category].compactMap { $0 }.joined(separator: " ")
        if let price = entry.shortPrice { text += ", \(price)" }
        if !entry.names("blocker").isEmpty { text += ", stopped by \(entry.names("blocker"))" }
        return text
    }

    private static func agreement(_ entry: RegisterEntry) -> String {
        let due = entry.due.map { ", due \($0)" } ?? ""
        return "\(entry.allNames): \(entry.subject)\(due)"
    }

    private static func visit(_ entry: RegisterEntry) -> String {
        let place = entry.place.map { ", \($0)" } ?? ""
        let level = entry.category == "unknown" ? "" : " (\(entry.category))"
        let persons = entry.subject.isEmpty ? "" : "; \(entry.subject)"
        guard !entry.names("visitor").isEmpty else {
            return "\(entry.names("participant")) met\(level)\(place)\(persons)"
        }
        return "\(entry.names("visitor")) visited \(entry.names("host"))\(level)\(place)\(persons)"
    }

    private static func exercise(_ entry: RegisterEntry) -> String {
        var text = "\(entry.names("participant")): \(entry.designation ?? "\(entry.category) exercise")"
        if !entry.names("host").isEmpty { text += ", hosted by \(entry.names("host"))" }
        if let place = entry.place { text += ", \(place)" }
        if let people = entry.shortNumber { text += ", \(people) people" }
        return text
    }

    private static func designation(_ entry: RegisterEntry) -> String {
        let law = entry.law.map { " under \($0)" } ?? ""
        guard entry.category == "count" else { return "\(entry.names("designator")): \(entry.subject)\(law)" }
        let latest = entry.designation.map { ", the latest \($0)" } ?? ""
        return "\(entry.names("designator")): \(entry.shortNumber ?? "") organisations\(latest)\(law)"
    }

    private static func figure(_ entry: RegisterEntry) -> String {
        let number = [entry.shortNumber, entry.unit].compactMap { $0 }.joined(separator: " ")
        let holders = entry.holders.isEmpty ? "" : ", according to \(entry.holders.joined(separator: "; "))"
        return "\(entry.subject) (\(entry.category); \(entry.allNames)): \(number)\(holders)"
    }
}
