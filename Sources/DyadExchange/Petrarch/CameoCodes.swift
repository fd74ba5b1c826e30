/// What CAMEO codes of events and actors mean in Dyad's own words; filled from the codebook by whoever knows it.
public struct CameoCodes: Sendable {
    /// PLOVER event and mode of an event code.
    public var events: [String: (event: String, mode: String)]
    /// PLOVER sector of a three-letter role.
    public var sectors: [String: String]
    /// Codes of international organisations that Dyad knows by themselves: `UNO` for `IGOUNO`.
    public var organisations: Set<String>

    public init(
        events: [String: (event: String, mode: String)], sectors: [String: String], organisations: Set<String>
    ) {
        self.events = events
        self.sectors = sectors
        self.organisations = organisations
    }

    /// What an event code stands for.
    public enum Meaning: Equatable {
        case event(String, mode: String)
        /// `---`, statements (01) and appeals (02): nothing that PLOVER has an event for.
        case nothing
        /// A code of another codebook.
        case unknown
    }

    /// The meaning of a code; a finer code that the table does not have is read as the coarser one.
    public func meaning(of code: String) -> Meaning {
        if code.allSatisfy({ $0 == "-" || $0 == "+" || $0 == "#" }) { return .nothing }
        let digits = code.prefix(while: \.isNumber)
        guard digits.count >= 2, digits.count <= 4, code.count - digits.count <= 1 else { return .unknown }
        if digits.hasPrefix("01") || digits.hasPrefix("02") { return .nothing }
        for length in stride(from: digits.count, through: 2, by: -1) {
            let part = String(digits.prefix(length))
            for key in [part, part + "0"] {
                if let found = events[key] {
                    return .event(found.event, mode: length == digits.count ? found.mode : "")
                }
            }
        }
        return .unknown
    }

    private static let families: Set<String> = ["IGO", "NGO", "NGM", "MNC", "IMG", "INT"]

    /// Body and sector of an actor code: `PAKMIL` is PAK and MIL, `IGOUNO` is UNO, `---GOV` has no body.
    public func actor(_ code: String) -> (body: String, sector: String) {
        if code.allSatisfy({ "-+*".contains($0) }) { return ("", "") }
        if code.contains("/") || code.count < 4 { return (code, "") }
        let first = String(code.prefix(3))
        var rest = Substring(code.dropFirst(3))
        if first.allSatisfy({ "-+*".contains($0) }) { return ("", sector(of: rest)) }
        guard Self.families.contains(first) else { return (first, sector(of: rest)) }
        let body = String(rest.prefix(3))
        rest = rest.dropFirst(3)
        return organisations.contains(body) ? (body, sector(of: rest)) : (code, "")
    }

    /// PLOVER sector of role letters such as `GOVFRM`: the first of them that has one.
    public func sector(of roles: some StringProtocol) -> String {
        var rest = Substring(roles)
        while rest.count >= 3 {
            if let found = sectors[String(rest.prefix(3))] { return found }
            rest = rest.dropFirst(3)
        }
        return ""
    }
}
