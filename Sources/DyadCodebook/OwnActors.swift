import DyadCore
import Foundation

/// The names and role nouns of a user's additional lexicon, which stand before the shipped ones.
struct OwnActors: Sendable {
    /// Readings by the words of the name joined by single spaces, lower case.
    private var names: [String: [(written: String, reading: ActorReading)]] = [:]
    /// Longest name, in words, by its first word in lower case.
    private var firstWords: [String: Int] = [:]
    private(set) var agents: [String: String] = [:]
    /// Bodies that stand for states.
    private(set) var states: Set<String> = []
    /// Readings in the order of the file, each with its names.
    private(set) var lines: [(names: [String], reading: ActorReading)] = []

    init(folder: URL?, errors: inout [DataError]) {
        guard let folder else { return }
        func file(_ name: String, _ columns: [String]) -> TSVFile? {
            guard FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path) else { return nil }
            return TSVFile(name, in: folder, columns: columns, errors: &errors)
        }
        if let file = file("actors.tsv", ["name", "code", "from", "to"]) {
            for row in file.rows { read(row, file, &errors) }
        }
        for row in file("agents.tsv", ["phrase", "sector"])?.rows ?? [] where !row["phrase"].isEmpty {
            agents[row["phrase"].lowercased()] = row["sector"]
        }
    }

    private mutating func read(_ row: TSVFile.Row, _ file: TSVFile, _ errors: inout [DataError]) {
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
        if sector == nil, let body { states.insert(body) }
        var reading = ActorReading(
            kind: sector == nil ? .country : isDated ? .person : .organisation, code: ActorCode(body, sector: sector),
            name: row["name"], from: nil, to: nil, detail: "", country: body, file: file.name, line: row.line)
        reading.isOwn = true
        reading.days = isDated ? days : nil
        let all = [row["name"]] + row.list("names")
        lines.append((all, reading))
        for text in all { insert(text, reading) }
    }

    private mutating func insert(_ text: String, _ reading: ActorReading) {
        let words = ActorLexicon.words(text)
        guard let first = words.first?.lowercased() else { return }
        let key = words.joined(separator: " ")
        names[key.lowercased(), default: []].append((key, reading))
        firstWords[first] = max(firstWords[first] ?? 0, words.count)
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

    /// Longest name, in words, that begins with a word; 0 when none does.
    func longestName(from word: String) -> Int { firstWords.isEmpty ? 0 : firstWords[word.lowercased()] ?? 0 }

    /// Readings of words joined by single spaces; names of up to five capitals count as they are written only.
    func readings(_ key: String) -> [ActorReading] {
        guard !names.isEmpty, let found = names[key.lowercased()] else { return [] }
        return found.filter { written, _ in
            written == key
                || key.contains(where: \.isUppercase) && !(written.count <= 5 && written == written.uppercased())
        }.map(\.reading)
    }
}
