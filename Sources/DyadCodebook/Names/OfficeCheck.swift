public import Foundation

/// Facts in `people.tsv` that cannot be: an end before its beginning, two holders of one office at a time, a code that no
/// table has, a date that is none.
///
/// Months are compared. The month of a change may have both holders, and acting or disputed holders may stand beside
/// another.
public struct OfficeCheck: Sendable {
    /// In order of line.
    public private(set) var mistakes: [DataError] = []

    private struct Term {
        var line: Int
        var name: String
        var first, last: Int
    }

    private static let people = "lexicons/en/people.tsv"
    private static let organisations = "lexicons/en/organisations.tsv"
    private static let sectors: Set<String> = [
        "GOV", "MIL", "COP", "JUD", "LEG", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
        "ELI", "JRN", "LAB", "MED", "REF", "OPP", "REL", "SOC",
    ]

    /// Looks through the people and organisations of a data folder.
    public init(folder: URL) {
        // A file that cannot be read is told by the reader that needs it.
        var ignored: [DataError] = []
        let offices = OfficeLexicon(folder: folder, errors: &ignored)
        func table(_ name: String) -> TSVFile { TSVFile(name, in: folder, columns: [], errors: &ignored) }
        let countries = table("lexicons/en/countries.tsv")
        let bodies = table(Self.organisations)
        let states = Set(countries.rows.map { $0["code"] })
        let codes = states.union(bodies.rows.map { $0["code"] })
            .union(table("lexicons/en/generic_actors.tsv").rows.map { $0["code"] })
        for row in bodies.rows {
            check(row, "country", codes, bodies)
            checkSector(row, bodies)
        }
        let people = table(Self.people)
        var terms: [String: [Term]] = [:]
        for row in people.rows {
            check(row, "country", codes, people)
            checkSector(row, people)
            guard let term = term(row, people) else { continue }
            let office = offices.office(row["role"])
            if office.isSingle, !office.isPast, !office.isActing, states.contains(row["country"]) {
                terms["\(office.name) of \(row["country"])", default: []].append(term)
            }
        }
        for (office, holders) in terms { compare(holders, office, people) }
        mistakes.sort { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
    }

    private mutating func check(_ row: TSVFile.Row, _ column: String, _ codes: Set<String>, _ file: TSVFile) {
        let code = row[column]
        guard !code.isEmpty, !codes.contains(code) else { return }
        let message = "\(code) is the code of no state, organisation or group of the tables"
        mistakes.append(file.mistake(message, line: row.line, column: column))
    }

    private mutating func checkSector(_ row: TSVFile.Row, _ file: TSVFile) {
        let sector = row["sector"]
        guard !sector.isEmpty, !Self.sectors.contains(sector) else { return }
        mistakes.append(file.mistake("\(sector) is no sector of PLOVER", line: row.line, column: "sector"))
    }

    /// The months in which a term surely holds, the last one included; nil when a date is none or the end comes first.
    private mutating func term(_ row: TSVFile.Row, _ file: TSVFile) -> Term? {
        for column in ["from", "to"] where !row[column].isEmpty && Self.month(row[column], orIn: 1) == nil {
            let message = "“\(row[column])” is no year, month or day"
            mistakes.append(file.mistake(message, line: row.line, column: column))
            return nil
        }
        let earliest = Self.month(row["from"], orIn: 1) ?? .min
        if earliest > Self.month(row["to"], orIn: 12) ?? .max {
            mistakes.append(file.mistake("the end comes before the beginning", line: row.line, column: "to"))
            return nil
        }
        let first = Self.month(row["from"], orIn: 12) ?? .min
        let last = Self.month(row["to"], orIn: 1) ?? .max
        // Within one year, the date that names a month counts.
        let isExact = row["to"].count > 4
        return Term(
            line: row.line, name: row["name"], first: isExact ? min(first, last) : first,
            last: isExact ? last : max(first, last))
    }

    private mutating func compare(_ holders: [Term], _ office: String, _ file: TSVFile) {
        let sorted = holders.sorted { ($0.first, $0.last, $0.line) < ($1.first, $1.last, $1.line) }
        var latest: Term?
        for term in sorted {
            if let before = latest, before.name != term.name, before.last > term.first {
                let message =
                    "\(term.name) and \(before.name) (line \(before.line)) are \(office) at one time; date one of them, or "
                    + "call one acting, disputed or rival"
                mistakes.append(file.mistake(message, line: term.line, column: "from"))
            }
            if latest.map({ $0.last < term.last }) ?? true { latest = term }
        }
    }

    /// Number of the month of a date; of a year alone, the month given.
    private static func month(_ text: String, orIn other: Int) -> Int? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard let year = parts.first ?? nil, (1000...9999).contains(year), parts.count <= 3, !parts.contains(nil) else {
            return nil
        }
        let month = parts.count > 1 ? parts[1] ?? 0 : other
        guard (1...12).contains(month), parts.count < 3 || (1...31).contains(parts[2] ?? 0) else { return nil }
        return year * 12 + month - 1
    }
}
