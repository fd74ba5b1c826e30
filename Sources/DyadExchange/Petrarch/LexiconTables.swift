/// The files of an additional lexicon, made from dictionaries of other programs.
public struct LexiconTables: Sendable {
    /// A line that could not be said in Dyad's form.
    public struct Leftover: Sendable, Equatable {
        public var file: String
        public var line: Int
        public var text: String
        public var reason: String
    }

    /// How many lines each table has, by its name.
    public private(set) var counts: [String: Int] = [:]
    public private(set) var leftovers: [Leftover] = []
    public private(set) var mistakes: [DictionaryMistake] = []
    private let codes: CameoCodes
    private var rows: [String: [[String]]] = [:]

    private static let columns: [(file: String, header: [String])] = [
        ("actors.tsv", ["name", "code", "sector", "from", "to", "names", "cameo", "origin"]),
        ("agents.tsv", ["phrase", "sector", "example", "cameo", "origin"]),
        ("discards.tsv", ["phrase", "scope", "origin"]),
        ("issues.tsv", ["phrase", "issue", "origin"]),
        ("triggers/classes-imported.tsv", ["class", "members"]),
        (
            "triggers/imported.tsv",
            ["pattern", "event", "mode", "source", "target", "example", "expect", "code", "origin"]
        ),
    ]

    /// Empty tables.
    public init(codes: CameoCodes) { self.codes = codes }

    /// Relative paths and texts of all tables that have lines.
    public var files: [(path: String, text: String)] {
        Self.columns.compactMap { file, header in
            guard let lines = rows[file], !lines.isEmpty else { return nil }
            return (file, ([header] + lines).map { $0.joined(separator: "\t") + "\n" }.joined())
        }
    }

    private mutating func add(_ file: String, _ cells: [String]) {
        rows[file, default: []].append(cells.map { $0.replacing("\t", with: " ") })
        counts[file, default: 0] += 1
    }

    // MARK: - Actors and what surrounds them

    /// Names with dated codes.
    public mutating func add(_ actors: PetrarchActors, file: String) {
        mistakes += actors.mistakes
        for entry in actors.entries {
            let names = entry.names.map(NameCase.written)
            for role in entry.roles {
                let (body, sector) = codes.actor(role.code)
                add(
                    "actors.tsv",
                    [
                        names[0], body, sector, role.from ?? "", role.to ?? "",
                        names.dropFirst().joined(separator: "|"), role.code, "\(file):\(entry.line)",
                    ])
            }
        }
    }

    /// Names with dated codes from a table; a code is `PAKGOV` or, with its parts, `PAK GOV`.
    public mutating func add(_ table: ActorTable, file: String) {
        mistakes += table.mistakes
        for entry in table.entries {
            let parts = entry.code.split(separator: " ").map(String.init)
            let (body, sector) = parts.count == 2 ? (parts[0], parts[1]) : codes.actor(entry.code)
            add(
                "actors.tsv",
                [
                    NameCase.written(entry.name), body, sector, entry.from, entry.to, "",
                    entry.code.replacing(" ", with: ""), "\(file):\(entry.line)",
                ])
        }
    }

    /// Role nouns.
    public mutating func add(_ agents: PetrarchAgents, file: String) {
        mistakes += agents.mistakes
        for entry in agents.entries {
            let sector = codes.sector(of: entry.code)
            if sector.isEmpty {
                leftovers.append(
                    Leftover(
                        file: file, line: entry.line, text: "\(entry.phrase) [~\(entry.code)]",
                        reason: "no PLOVER sector stands for \(entry.code)"))
                continue
            }
            for phrase in [entry.phrase] + (entry.plural.map { [$0] } ?? []) {
                add("agents.tsv", [phrase, sector, "", entry.code, "\(file):\(entry.line)"])
            }
        }
    }

    /// Phrases that stop the coding.
    public mutating func add(_ discards: PetrarchDiscards, file: String) {
        mistakes += discards.mistakes
        for entry in discards.entries {
            add("discards.tsv", [entry.phrase, entry.isReport ? "report" : "sentence", "\(file):\(entry.line)"])
        }
    }

    /// Phrases that show a subject.
    public mutating func add(_ issues: PetrarchIssues, file: String) {
        mistakes += issues.mistakes
        for entry in issues.entries { add("issues.tsv", [entry.phrase, entry.code, "\(file):\(entry.line)"]) }
        leftovers += issues.cancelling.map {
            Leftover(file: file, line: $0.line, text: $0.text, reason: "cancelling of issues is not there")
        }
    }

    // MARK: - Verbs

    /// Patterns as trigger lines, sets of synonyms as classes.
    public mutating func add(_ verbs: PetrarchVerbs, file: String) {
        mistakes += verbs.mistakes
        leftovers += verbs.leftovers.map { Leftover(file: file, line: $0.line, text: $0.text, reason: $0.reason) }
        var used: Set<String> = []
        var seen: Set<String> = []
        for pattern in verbs.patterns {
            let (event, mode): (String, String)
            switch codes.meaning(of: pattern.code) {
            case .event(let name, let its): (event, mode) = (name, its)
            case .nothing: (event, mode) = ("-", "")
            case .unknown:
                // Somebody's own code: the words are an event all the same.
                (event, mode) = ("?", "")
                leftovers.append(
                    Leftover(
                        file: file, line: pattern.line, text: "[\(pattern.code)]",
                        reason: "\(pattern.code) is no code of the CAMEO table: the judge names the event"))
            }
            for text in Self.heads(pattern)
            where seen.insert(pattern.isMutual ? text + " mutual" : text).inserted {
                used.formUnion(Self.classes(in: text))
                add(
                    "triggers/imported.tsv",
                    [
                        text, event, mode, pattern.source ?? "", pattern.isMutual ? "mutual" : pattern.target ?? "", "",
                        "", event == "?" ? "" : String(pattern.code.prefix(while: \.isNumber)),
                        "\(file):\(pattern.line)",
                    ])
            }
        }
        for name in used.sorted() {
            let members = (verbs.synsets[name.uppercased()] ?? []).flatMap(PetrarchVerbs.numbers)
            add("triggers/classes-imported.tsv", ["petrarch_" + name, members.joined(separator: "|")])
        }
    }

    /// One line for all plain verbs of a pattern together, one for each verb of several words.
    private static func heads(_ pattern: PetrarchVerbs.Pattern) -> [String] {
        func line(_ forms: [String], _ before: [PetrarchVerbs.Word], _ after: [PetrarchVerbs.Word]) -> String {
            let conditions =
                (pattern.before + before).map { "words-before=" + text($0) }
                + (pattern.after + after).map { "words-after=" + text($0) }
            return ([forms.joined(separator: "|") + "/v"] + conditions).joined(separator: " ")
        }
        let plain = pattern.verbs.filter { $0.before.isEmpty && $0.after.isEmpty }
        var out: [String] = []
        if !plain.isEmpty { out.append(line(plain.flatMap(\.forms), [], [])) }
        for verb in pattern.verbs where !verb.before.isEmpty || !verb.after.isEmpty {
            out.append(line(verb.forms, verb.before, verb.after))
        }
        return out
    }

    private static func text(_ word: PetrarchVerbs.Word) -> String {
        switch word {
        case .words(let forms): forms.joined(separator: "|")
        case .synset(let name): "@petrarch_" + name.lowercased()
        }
    }

    private static func classes(in pattern: String) -> [String] {
        pattern.split(separator: " ").compactMap { part in
            part.split(separator: "@").dropFirst().first.map { String($0.dropFirst("petrarch_".count)) }
        }
    }
}

/// Names that a dictionary has in capitals, written as in running text.
enum NameCase {
    private static let small: Set<String> = ["of", "the", "and", "for", "in", "on", "de", "la", "du", "von", "van"]

    static func written(_ name: String) -> String {
        let words = name.split(separator: " ").map(String.init)
        // Somebody has taken care of the case already.
        if name != name.uppercased() { return name }
        if words.count == 1, name.count <= 3 { return name }
        return words.enumerated().map { index, word in
            let lower = word.lowercased()
            return index > 0 && small.contains(lower) ? lower : capitalised(word)
        }.joined(separator: " ")
    }

    /// Capitals at the beginning and behind hyphens and full stops: `Al-Qaeda`, `U.N.`.
    private static func capitalised(_ word: String) -> String {
        var out = ""
        var isStart = true
        for character in word {
            out += isStart ? character.uppercased() : character.lowercased()
            isStart = !(character.isLetter || character.isNumber || character == "'" || character == "’")
        }
        return out
    }
}
