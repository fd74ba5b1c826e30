public import DyadCore
public import Foundation

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

    /// Where the reading stands among those of one name that fit equally well; lower comes first.
    public var rank: Int {
        // A user's own lines stand first: the dated ones, then the default.
        if isOwn { return days == nil ? -1 : -2 }
        return switch kind {
        case .organisation: 0
        case .country: 1
        case .demonym: 2
        case .metonym: 3
        case .person: 4
        case .capital: 5
        case .generic: 6
        }
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
    private let index: LexiconIndex
    private let sources: [Source]
    /// States and capitals that are also names of people.
    public private(set) var ambiguous: Set<String> = []
    private var agents: [String: String] = [:]
    private var longestAgent = 1
    /// What a user's additional lexicon says.
    private let own: OwnActors
    /// Which titles name the same office.
    public let offices: OfficeLexicon
    /// Codes of organisations whose members are states.
    public private(set) var internationals: Set<String> = []

    /// The compiled form of the shipped files of actors.
    private static let image = "lexicons/en/actors.compiled"
    private static let shipped = [
        LexiconIndex.Source(
            name: "lexicons/en/countries.tsv", columns: ["code", "name", "names", "demonyms", "capital"]),
        LexiconIndex.Source(
            name: "lexicons/en/organisations.tsv", columns: ["code", "name", "kind", "country", "sector", "names"]),
        LexiconIndex.Source(
            name: "lexicons/en/people.tsv", columns: ["name", "country", "sector", "role", "from", "to", "names"]),
        LexiconIndex.Source(name: "lexicons/en/generic_actors.tsv", columns: ["phrase", "code", "sector"]),
    ]

    init(folder: URL, additional: URL? = nil, errors: inout [DataError]) {
        own = OwnActors(folder: additional, errors: &errors)
        index = Self.shippedIndex(folder, useImage: true, &errors)
        sources = index.files.map(Source.init)
        offices = OfficeLexicon(folder: folder, errors: &errors)
        internationals = Set(index.notes)
        readCountries()
        ambiguous = Set(
            TSVFile("rules/en/ambiguous_names.tsv", in: folder, columns: ["name"], errors: &errors).rows.map {
                $0["name"]
            })
        let file = TSVFile("lexicons/en/agents.tsv", in: folder, columns: ["phrase", "sector"], errors: &errors)
        for row in file.rows where !row["phrase"].isEmpty {
            let phrase = row["phrase"].lowercased()
            agents[phrase] = row["sector"]
        }
        agents.merge(own.agents) { $1 }
        longestAgent = agents.keys.reduce(1) { max($0, $1.split(separator: " ").count) }
    }

    private static func shippedIndex(_ folder: URL, useImage: Bool, _ errors: inout [DataError]) -> LexiconIndex {
        LexiconIndex(shipped, in: folder, image: useImage ? image : nil, errors: &errors, build: readNames)
    }

    // MARK: - Compiling

    /// A compiled lexicon.
    public struct Compiled: Sendable {
        /// Where it lies.
        public var file: URL
        public var nameCount: Int
        public var byteCount: Int
    }

    /// Writes the index over the actors' names beside its sources, so that the next start maps it instead of reading them.
    ///
    /// - Parameters:
    ///   - folder: the data folder, or a user's own lexicon.
    ///   - isOwn: true for a user's lexicon.
    /// - Returns: what was written.
    /// - Throws: ``DataErrors`` with every mistake of the sources; nothing is written then. Errors of writing.
    public static func compile(_ folder: URL, isOwn: Bool) throws -> Compiled {
        var errors: [DataError] = []
        let found =
            isOwn
            ? OwnActors(folder: folder, useImage: false, errors: &errors).index
            : shippedIndex(folder, useImage: false, &errors)
        if found == nil {
            let message = "the file is missing"
            errors.append(DataError(file: "actors.tsv", line: 0, column: 0, message: message))
        }
        guard let found, errors.isEmpty else { throw DataErrors(errors: errors) }
        let file = folder.appendingPathComponent(isOwn ? OwnActors.image : image)
        return Compiled(file: file, nameCount: found.names.count, byteCount: try found.write(to: file))
    }

    /// True when the user's own actors, or without such the shipped ones, were taken from their compiled form.
    public var isCompiled: Bool { own.index?.isCompiled ?? index.isCompiled }

    /// True for a state of the shipped tables or a body that a user's lexicon has for one.
    public func isState(_ body: String) -> Bool { countries[body] != nil || own.states.contains(body) }

    /// Where the columns of a file are.
    private struct Source: Sendable {
        let name, names, code, kind, country, sector, role, from, to, demonyms, capital, metonyms: Int?

        init(_ file: LexiconFile) {
            name = file.column("name") ?? file.column("phrase")
            names = file.column("names")
            code = file.column("code")
            kind = file.column("kind")
            country = file.column("country")
            sector = file.column("sector")
            role = file.column("role")
            from = file.column("from")
            to = file.column("to")
            demonyms = file.column("demonyms")
            capital = file.column("capital")
            metonyms = file.column("metonyms")
        }
    }

    // MARK: - Reading

    private mutating func readCountries() {
        let (file, source) = (index.files[0], sources[0])
        for row in 0..<file.count {
            let code = file.text(row, source.code)
            guard countries[code] == nil || file.range(row, source.to).isEmpty else { continue }
            func list(_ column: Int?) -> [String] {
                file.text(row, column).split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            }
            countries[code] = Country(
                code: code, name: file.text(row, source.name), cow: file.text(row, file.column("cow")),
                gleditschWard: file.text(row, file.column("gw")), capital: list(source.capital).first ?? "",
                officialNames: list(source.names).map { $0.lowercased() })
        }
    }

    /// Order of the kinds in the two or three bits that a name's value has for them.
    private static let kinds: [ActorReading.Kind] = [
        .country, .demonym, .capital, .metonym, .organisation, .person, .generic,
    ]

    private static func readNames(_ files: [LexiconFile], _ draft: inout LexiconIndex.Draft) {
        var internationals: Set<String> = []
        for (number, file) in files.enumerated() {
            let source = Source(file)
            for row in 0..<file.count {
                if number == 1, let code = file.value(row, source.code),
                    ["igo", "alliance"].contains(file.text(row, source.kind))
                {
                    internationals.insert(code)
                }
                let own: Int = number == 0 ? 0 : number + 3
                add(file, number, row, source.name, own, &draft.names)
                add(file, number, row, source.names, own, &draft.names)
                guard number == 0 else { continue }
                add(file, number, row, source.demonyms, 1, &draft.names)
                add(file, number, row, source.capital, 2, &draft.names)
                add(file, number, row, source.metonyms, 3, &draft.names)
            }
        }
        draft.notes = internationals.sorted()
    }

    private static func add(
        _ file: LexiconFile, _ number: Int, _ row: Int, _ column: Int?, _ kind: Int, _ names: inout NameTableBuilder
    ) {
        let value = UInt32(number) << 29 | UInt32(kind) << 26 | UInt32(row)
        file.forEachName(row, column) { name in
            names.insert(name, value: value)
            if let plain = plainName(name) { names.insert(plain, value: value) }
        }
    }

    /// Lower case without diacritics.
    static func plain(_ text: String) -> String {
        text.lowercased().replacingOccurrences(of: "ı", with: "i").folding(options: .diacriticInsensitive, locale: nil)
    }

    /// The bytes of a name without diacritics; nil when it has none.
    static func plainName(_ name: [UInt8]) -> [UInt8]? {
        guard name.contains(where: { $0 >= 0x80 }) else { return nil }
        return Array(plain(String(decoding: name, as: UTF8.self)).utf8)
    }

    private func reading(_ value: UInt32) -> ActorReading {
        let number = Int(value >> 29)
        let kind = Self.kinds[Int(value >> 26 & 7)]
        let row = Int(value & 0x3FF_FFFF)
        let (file, source) = (index.files[number], sources[number])
        let name = file.text(row, source.name)
        let country = number == 0 ? file.value(row, source.code) : file.value(row, source.country)
        let sector = kind == .metonym ? "GOV" : file.value(row, source.sector)
        let code: ActorCode =
            switch kind {
            case .organisation: Self.code(file.value(row, source.code), country, sector)
            case .generic: ActorCode(file.text(row, source.code), sector: sector)
            default: ActorCode(country ?? "", sector: sector)
            }
        let detail = kind == .organisation ? file.text(row, source.kind) : file.text(row, source.role)
        return ActorReading(
            kind: kind, code: code, name: name, from: Self.month(file.text(row, source.from), false),
            to: Self.month(file.text(row, source.to), true), detail: detail, country: country, file: file.name,
            line: file.line(row))
    }

    /// An organisation's own code; the code that all private ones share says little without their field.
    private static func code(_ own: String?, _ country: String?, _ sector: String?) -> ActorCode {
        guard let own else { return ActorCode(country, sector: sector) }
        return ActorCode(own, sector: own == "NGO" && sector != "SOC" ? sector : nil)
    }

    /// Month number of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; the end of a span is exclusive.
    private static func month(_ text: String, _ isEnd: Bool) -> Int? {
        if text.isEmpty { return nil }
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard let year = parts.first else { return nil }
        if parts.count > 1 { return year * 12 + parts[1] - 1 + (isEnd ? 1 : 0) }
        return (year + (isEnd ? 1 : 0)) * 12
    }

    /// A name cut as the tokeniser cuts text: hyphens and possessives apart, apostrophes made straight.
    static func words(_ text: String) -> [String] {
        var text = text
        var cut: [UInt8] = []
        text.withUTF8 { NameBytes.cut($0, into: &cut) }
        return cut.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A name as look-ups take it: words joined by single spaces.
    public static func key(_ name: String) -> String { words(name).joined(separator: " ") }

    // MARK: - Looking up

    /// Number of names.
    public var nameCount: Int { index.names.count + (own.index?.names.count ?? 0) }

    /// Longest name, in words, that begins with a word; 0 when none does.
    public func longestName(from word: String) -> Int { max(own.longestName(from: word), shippedName(from: word)) }

    private func shippedName(from word: String) -> Int {
        let longest = index.names.longest(from: word)
        return longest > 0 || word.utf8.allSatisfy { $0 < 0x80 } ? longest : index.names.longest(from: Self.plain(word))
    }

    /// Readings of words joined by single spaces.
    ///
    /// Capitals matter for short acronyms only; diacritics do not matter. A user's own lines come first.
    public func readings(_ key: String) -> [ActorReading] { own.readings(key) + shippedReadings(key) }

    private func shippedReadings(_ key: String) -> [ActorReading] {
        var found = index.names.matches(key)
        if found.isEmpty, key.utf8.contains(where: { $0 >= 0x80 }) { found = index.names.matches(Self.plain(key)) }
        if found.isEmpty { return [] }
        let exact = found.filter(\.isExact)
        if !exact.isEmpty { return unique(exact) }
        guard key.contains(where: \.isUppercase) else { return [] }
        return unique(found.filter { !$0.isAcronym })
    }

    /// Readings of names that differ from a long one in one letter: left out, put in, replaced, or two that changed places.
    ///
    /// The first letter must agree. Names of up to eight letters have none: among short names, neighbours are others.
    public func misspelt(_ key: String) -> [ActorReading] {
        let name = Array(key.utf8)
        guard name.count > 8, name.allSatisfy({ $0 < 0x80 }) else { return [] }
        var seen: Set<UInt32> = []
        var found: [UInt32] = []
        func attempt(_ other: [UInt8]) {
            for match in other.withUnsafeBufferPointer({ index.names.matches($0) })
            where !match.isAcronym && seen.insert(match.value).inserted { found.append(match.value) }
        }
        // A first word that begins no name is the misspelt one; else it is one of the others.
        let end = name.firstIndex(of: 0x20) ?? name.count
        let isFirst = end == name.count || index.names.longest(from: String(decoding: name[..<end], as: UTF8.self)) == 0
        for at in isFirst ? 1..<end : end + 1..<name.count where name[at] != 0x20 {
            var other = name
            other.remove(at: at)
            attempt(other)
            if at + 1 < name.count, name[at + 1] != 0x20, name[at + 1] != name[at] {
                other = name
                other.swapAt(at, at + 1)
                attempt(other)
            }
            for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
                other = name
                other[at] = letter
                if letter != name[at] { attempt(other) }
                other[at] = name[at]
                other.insert(letter, at: at)
                attempt(other)
            }
        }
        return found.map(reading)
    }

    /// A row that gives a name twice is one reading.
    private func unique(_ matches: [NameTable.Match]) -> [ActorReading] {
        var seen: [UInt32] = []
        for match in matches where !seen.contains(match.value) { seen.append(match.value) }
        return seen.map(reading)
    }

    /// Sector of a role noun or phrase in lower-case lemma form.
    public func sector(ofRole phrase: String) -> String? { agents[phrase] }

    /// Longest role phrase in words.
    public var longestRole: Int { longestAgent }

    // MARK: - Listing

    /// An actor with all names and readings of its line or, for a person, of all its lines.
    public struct Listed: Sendable {
        public var names: [String]
        public var readings: [ActorReading]
    }

    /// Every actor of the lexicon once, a user's own first; for exports.
    public var actors: [Listed] {
        var out: [Listed] = []
        var places: [String: Int] = [:]
        func add(_ names: [String], _ reading: ActorReading) {
            guard let main = names.first else { return }
            let key = "\(main)\t\(reading.file)"
            let place = places[key] ?? out.count
            if place == out.count {
                places[key] = place
                out.append(Listed(names: [], readings: []))
            }
            for name in names where !out[place].names.contains(name) { out[place].names.append(name) }
            out[place].readings.append(reading)
        }
        for line in own.lines { add(line.names, line.reading) }
        for (number, (file, source)) in zip(index.files, sources).enumerated() {
            func list(_ row: Int, _ column: Int?) -> [String] {
                file.text(row, column).split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            }
            for row in 0..<file.count {
                let value = UInt32(number) << 29 | UInt32(row)
                let kind: UInt32 = number == 0 ? 0 : UInt32(number) + 3
                let columns = [source.names, source.demonyms, source.capital].flatMap { list(row, $0) }
                add([file.text(row, source.name)] + columns, reading(value | kind << 26))
                // A seat of government has another code than the state itself: an actor of its own.
                for name in list(row, source.metonyms) { add([name], reading(value | 3 << 26)) }
            }
        }
        return out
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
