public import DyadCore
import Foundation

/// One reading of a name: whom it may denote.
public struct ActorReading: Sendable, Equatable {
    /// What kind of name it is.
    public enum Kind: String, Sendable {
        case country, demonym, capital, metonym, organisation, person, generic
    }

    public var kind: Kind
    public var code: ActorCode
    /// Canonical name.
    public var name: String
    /// First day on which the reading holds, as a year and month number (`year * 12 + month - 1`).
    public var from: Int?
    /// First month in which it no longer holds.
    public var to: Int?
    /// Organisation kind (`igo`, `armed-group`, …) or a person's role.
    public var detail: String
    /// Country an organisation belongs to.
    public var country: String?
    public var file: String
    public var line: Int

    /// True on a day; always true without one.
    public func holds(on date: CalendarDate?) -> Bool {
        guard let date else { return to == nil }
        let month = date.year * 12 + date.month - 1
        return (from ?? .min) <= month && month < (to ?? .max)
    }
}

/// Names, role nouns and whom they denote.
public struct ActorLexicon: Sendable {
    /// A country of the lexicon.
    public struct Country: Sendable {
        public var code: String
        public var name: String
        public var cow: String
        public var gleditschWard: String
        public var capital: String
        /// Names in full, lower case: "kingdom of saudi arabia".
        var officialNames: [String] = []
    }

    /// True when a full name of a state holds all words: "kingdom" for Saudi Arabia.
    public func isCalled(_ code: String, _ words: [String]) -> Bool {
        countries[code]?.officialNames.contains { name in
            let parts = name.split(separator: " ")
            return words.allSatisfy { word in parts.contains { $0 == word } }
        } ?? false
    }

    public private(set) var countries: [String: Country] = [:]
    /// Readings by the words of the name joined by single spaces, as written.
    private var exact: [String: [ActorReading]] = [:]
    /// The same in lower case, for names that are not all capitals.
    private var folded: [String: [ActorReading]] = [:]
    /// First words of names, lower case: what may begin a name.
    private var firstWords: [String: Int] = [:]
    /// States and capitals that are also names of people.
    public private(set) var ambiguous: Set<String> = []
    private var agents: [String: String] = [:]
    private var longestAgent = 1

    init(folder: URL, errors: inout [DataError]) {
        readCountries(folder, &errors)
        readOrganisations(folder, &errors)
        readPeople(folder, &errors)
        readGeneric(folder, &errors)
        ambiguous = Set(
            TSVFile("rules/en/ambiguous_names.tsv", in: folder, columns: ["name"], errors: &errors).rows.map {
                $0["name"]
            })
        let file = TSVFile("lexicons/en/agents.tsv", in: folder, columns: ["phrase", "sector"], errors: &errors)
        for row in file.rows where !row["phrase"].isEmpty {
            let phrase = row["phrase"].lowercased()
            agents[phrase] = row["sector"]
            longestAgent = max(longestAgent, phrase.split(separator: " ").count)
        }
    }

    private mutating func readCountries(_ folder: URL, _ errors: inout [DataError]) {
        let name = "lexicons/en/countries.tsv"
        for row in TSVFile(
            name, in: folder, columns: ["code", "name", "names", "demonyms", "capital"], errors: &errors
        ).rows {
            let code = row["code"]
            if countries[code] == nil || row["to"].isEmpty {
                countries[code] = Country(
                    code: code, name: row["name"], cow: row["cow"], gleditschWard: row["gw"],
                    capital: row.list("capital").first ?? "",
                    officialNames: row.list("names").map { $0.lowercased() })
            }
            let (from, to) = (Self.month(row["from"], false), Self.month(row["to"], true))
            func add(_ names: [String], _ kind: ActorReading.Kind, _ sector: String? = nil) {
                for text in names {
                    insert(
                        text,
                        ActorReading(
                            kind: kind, code: ActorCode(code, sector: sector), name: row["name"], from: from, to: to,
                            detail: "", country: code, file: name, line: row.line))
                }
            }
            add([row["name"]] + row.list("names"), .country)
            add(row.list("demonyms"), .demonym)
            add(row.list("capital"), .capital)
            add(row.list("metonyms"), .metonym, "GOV")
        }
    }

    private mutating func readOrganisations(_ folder: URL, _ errors: inout [DataError]) {
        let name = "lexicons/en/organisations.tsv"
        for row in TSVFile(
            name, in: folder, columns: ["code", "name", "kind", "country", "sector", "names"], errors: &errors
        ).rows {
            let country = row["country"].isEmpty ? nil : row["country"]
            let sector = row["sector"].isEmpty ? nil : row["sector"]
            let code = row["code"].isEmpty ? ActorCode(country, sector: sector) : ActorCode(row["code"])
            for text in [row["name"]] + row.list("names") {
                insert(
                    text,
                    ActorReading(
                        kind: .organisation, code: code, name: row["name"], from: nil, to: nil, detail: row["kind"],
                        country: country, file: name, line: row.line))
            }
        }
    }

    private mutating func readPeople(_ folder: URL, _ errors: inout [DataError]) {
        let name = "lexicons/en/people.tsv"
        for row in TSVFile(
            name, in: folder, columns: ["name", "country", "sector", "role", "from", "to", "names"], errors: &errors
        ).rows {
            for text in [row["name"]] + row.list("names") {
                insert(
                    text,
                    ActorReading(
                        kind: .person,
                        code: ActorCode(row["country"], sector: row["sector"].isEmpty ? nil : row["sector"]),
                        name: row["name"], from: Self.month(row["from"], false), to: Self.month(row["to"], true),
                        detail: row["role"], country: row["country"], file: name, line: row.line))
            }
        }
    }

    private mutating func readGeneric(_ folder: URL, _ errors: inout [DataError]) {
        let name = "lexicons/en/generic_actors.tsv"
        for row in TSVFile(name, in: folder, columns: ["phrase", "code", "sector"], errors: &errors).rows {
            insert(
                row["phrase"],
                ActorReading(
                    kind: .generic, code: ActorCode(row["code"], sector: row["sector"].isEmpty ? nil : row["sector"]),
                    name: row["phrase"], from: nil, to: nil, detail: "", country: nil, file: name, line: row.line))
        }
    }

    /// Month number of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; the end of a span is exclusive.
    private static func month(_ text: String, _ isEnd: Bool) -> Int? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard let year = parts.first else { return nil }
        if parts.count > 1 { return year * 12 + parts[1] - 1 + (isEnd ? 1 : 0) }
        return (year + (isEnd ? 1 : 0)) * 12
    }

    private mutating func insert(_ text: String, _ reading: ActorReading) {
        let words = Self.words(text)
        guard let first = words.first else { return }
        let key = words.joined(separator: " ")
        exact[key, default: []].append(reading)
        // Short names in capitals ("US", "IS", "WHO") are matched with their case only.
        let isAcronym = key.count <= 5 && key == key.uppercased() && key.contains { $0.isLetter }
        if !isAcronym { folded[key.lowercased(), default: []].append(reading) }
        firstWords[first.lowercased()] = max(firstWords[first.lowercased()] ?? 0, words.count)
    }

    /// A name cut as the tokeniser cuts text: hyphens and possessives apart, apostrophes made straight.
    static func words(_ text: String) -> [String] {
        var out: [String] = []
        for part in text.replacingOccurrences(of: "’", with: "'").split(separator: " ") {
            var run = ""
            for character in part {
                if character == "-" || character == "," || character == "/" {
                    if !run.isEmpty { out.append(run) }
                    out.append(String(character))
                    run = ""
                } else {
                    run.append(character)
                }
            }
            if run.hasSuffix("'s"), run.count > 2 {
                out += [String(run.dropLast(2)), "'s"]
            } else if run.hasSuffix("s'") {
                out += [String(run.dropLast()), "'"]
            } else if !run.isEmpty {
                out.append(run)
            }
        }
        return out
    }

    /// Longest name, in words, that begins with a word; 0 when none does.
    public func longestName(from word: String) -> Int { firstWords[word.lowercased()] ?? 0 }

    /// Readings of words joined by single spaces.
    ///
    /// Capitals matter for short acronyms only.
    public func readings(_ key: String) -> [ActorReading] {
        if let found = exact[key] { return found }
        guard key.contains(where: \.isUppercase) else { return [] }
        return folded[key.lowercased()] ?? []
    }

    /// Sector of a role noun or phrase in lower-case lemma form.
    public func sector(ofRole phrase: String) -> String? { agents[phrase] }

    /// Longest role phrase in words.
    public var longestRole: Int { longestAgent }
}
