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
    /// True for a line of the user's additional lexicon: it stands before the shipped ones.
    public var isOwn = false
    /// Days on which a user's line holds, both included; it is exact where shipped lines count in months.
    public var days: DateSpan?

    /// A first and a last day; nil is open.
    public struct DateSpan: Sendable, Equatable {
        public var first: CalendarDate?
        public var last: CalendarDate?
    }

    /// True on a day; always true without one.
    public func holds(on date: CalendarDate?) -> Bool {
        guard let date else { return to == nil && days?.last == nil }
        if let days { return days.first.map { $0 <= date } ?? true && days.last.map { date <= $0 } ?? true }
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
    /// Role phrases that a user's lexicon has already told.
    private var ownAgents: Set<String> = []

    /// Codes of organisations whose members are states.
    public private(set) var internationals: Set<String> = []
    /// Bodies that a user's lexicon has for states.
    private var ownStates: Set<String> = []

    init(folder: URL, additional: URL? = nil, errors: inout [DataError]) {
        if let additional { readOwn(additional, &errors) }
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
            if !ownAgents.contains(phrase) { agents[phrase] = row["sector"] }
            longestAgent = max(longestAgent, phrase.split(separator: " ").count)
        }
    }

    /// `actors.tsv` and `agents.tsv` of a user's folder, as far as they are there.
    private mutating func readOwn(_ folder: URL, _ errors: inout [DataError]) {
        func file(_ name: String, _ columns: [String]) -> TSVFile? {
            guard FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path) else { return nil }
            return TSVFile(name, in: folder, columns: columns, errors: &errors)
        }
        if let file = file("actors.tsv", ["name", "code", "from", "to"]) {
            for row in file.rows { readOwnActor(row, file, &errors) }
        }
        for row in file("agents.tsv", ["phrase", "sector"])?.rows ?? [] where !row["phrase"].isEmpty {
            let phrase = row["phrase"].lowercased()
            agents[phrase] = row["sector"]
            ownAgents.insert(phrase)
            longestAgent = max(longestAgent, phrase.split(separator: " ").count)
        }
    }

    private mutating func readOwnActor(_ row: TSVFile.Row, _ file: TSVFile, _ errors: inout [DataError]) {
        var days = ActorReading.DateSpan()
        for (column, isEnd) in [("from", false), ("to", true)] where !row[column].isEmpty {
            guard let day = Self.day(row[column], isEnd) else {
                errors.append(file.mistake("“\(row[column])” is no year, month or day", line: row.line, column: column))
                return
            }
            if isEnd { days.last = day } else { days.first = day }
        }
        let body = row["code"].isEmpty ? nil : row["code"]
        let sector = row["sector"].isEmpty ? nil : row["sector"]
        let isDated = days.first != nil || days.last != nil
        if sector == nil, let body { ownStates.insert(body) }
        for text in [row["name"]] + row.list("names") {
            var reading = ActorReading(
                kind: sector == nil ? .country : isDated ? .person : .organisation,
                code: ActorCode(body, sector: sector), name: row["name"], from: nil, to: nil, detail: "",
                country: body, file: file.name, line: row.line)
            reading.isOwn = true
            reading.days = isDated ? days : nil
            insert(text, reading)
        }
    }

    /// First or last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    private static func day(_ text: String, _ isEnd: Bool) -> CalendarDate? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard let year = parts[0], parts.count <= 3, !parts.contains(nil) else { return nil }
        let month = parts.count > 1 ? parts[1] ?? 0 : isEnd ? 12 : 1
        guard (1...12).contains(month) else { return nil }
        let last = CalendarDate.daysIn(month: month, year: year)
        return CalendarDate(year: year, month: month, day: parts.count > 2 ? parts[2] ?? 0 : isEnd ? last : 1)
    }

    /// True for a state of the shipped tables or a body that a user's lexicon has for one.
    public func isState(_ body: String) -> Bool { countries[body] != nil || ownStates.contains(body) }

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
            if ["igo", "alliance"].contains(row["kind"]), let body = code.body { internationals.insert(body) }
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

    /// An actor with all names and readings of its line or, for a person, of all its lines.
    public struct Listed: Sendable {
        public var names: [String]
        public var readings: [ActorReading]
    }

    /// Every actor of the lexicon once, sorted by name; for exports.
    public var actors: [Listed] {
        var names: [String: Set<String>] = [:]
        var readings: [String: [Int: ActorReading]] = [:]
        for (text, found) in exact {
            for reading in found {
                // A seat of government has another code than the state itself: an actor of its own.
                let key = "\(reading.kind == .metonym ? text : reading.name)\t\(reading.file)"
                names[key, default: []].insert(text.replacingOccurrences(of: " 's", with: "'s"))
                readings[key, default: [:]][reading.line] = reading
            }
        }
        return names.keys.sorted().compactMap { key in
            guard let roles = readings[key], let first = roles.values.first else { return nil }
            let all = (names[key] ?? []).sorted()
            let main = all.contains(first.name) ? first.name : all.first ?? first.name
            return Listed(
                names: [main] + all.filter { $0 != main }, readings: roles.sorted { $0.key < $1.key }.map(\.value))
        }
    }
}

extension ActorReading {
    /// First and last day, as far as the reading is dated.
    public var span: (first: CalendarDate?, last: CalendarDate?) {
        if let days { return (days.first, days.last) }
        func day(_ month: Int) -> CalendarDate? { CalendarDate(year: month / 12, month: month % 12 + 1, day: 1) }
        return (from.flatMap(day), to.flatMap(day)?.adding(days: -1))
    }
}
