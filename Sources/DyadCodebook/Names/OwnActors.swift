import DyadCore
import Foundation

/// The names and role nouns of a user's additional lexicon, which stand before the shipped ones.
///
/// It may have hundreds of thousands of lines: they are indexed as bytes, and a row is read when its name is looked up.
struct OwnActors: Sendable {
    /// The compiled form of `actors.tsv`, beside it.
    static let image = "actors.compiled"
    private static let source = LexiconIndex.Source(name: "actors.tsv", columns: ["name", "code", "from", "to"])

    private(set) var index: LexiconIndex?
    private var columns: Columns?
    private(set) var agents: [String: String] = [:]
    /// Bodies that stand for states.
    private(set) var states: Set<String> = []

    private struct Columns: Sendable {
        let name, code, sector, from, to, names: Int?

        init(_ file: LexiconFile) {
            name = file.column("name")
            code = file.column("code")
            sector = file.column("sector")
            from = file.column("from")
            to = file.column("to")
            names = file.column("names")
        }
    }

    init(folder: URL?, useImage: Bool = true, errors: inout [DataError]) {
        guard let folder else { return }
        func exists(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
        }
        if exists(Self.source.name) {
            let image = useImage ? Self.image : nil
            let found = LexiconIndex([Self.source], in: folder, image: image, errors: &errors) { files, draft in
                Self.build(files[0], &draft)
            }
            index = found
            columns = Columns(found.files[0])
            states = Set(found.notes)
        }
        guard exists("agents.tsv") else { return }
        for row in TSVFile("agents.tsv", in: folder, columns: ["phrase", "sector"], errors: &errors).rows
        where !row["phrase"].isEmpty {
            agents[row["phrase"].lowercased()] = row["sector"]
        }
    }

    /// Adds the names of all rows whose dates can be read, and notes the bodies that stand for states.
    private static func build(_ file: LexiconFile, _ draft: inout LexiconIndex.Draft) {
        let columns = Columns(file)
        var states: Set<String> = []
        for row in 0..<file.count {
            let mistakes = [(columns.from, false), (columns.to, true)].filter { column, isEnd in
                let text = file.text(row, column)
                return !text.isEmpty && day(text, isEnd) == nil
            }
            for (column, _) in mistakes {
                let message = "“\(file.text(row, column))” is no year, month or day"
                draft.errors.append(file.mistake(message, row, column))
            }
            if !mistakes.isEmpty { continue }
            if file.range(row, columns.sector).isEmpty, let body = file.value(row, columns.code) { states.insert(body) }
            for column in [columns.name, columns.names] {
                file.forEachName(row, column) { name in
                    draft.names.insert(name, value: UInt32(row))
                    if let plain = ActorLexicon.plainName(name) { draft.names.insert(plain, value: UInt32(row)) }
                }
            }
        }
        draft.notes = states.sorted()
    }

    private func reading(_ row: Int) -> ActorReading? {
        guard let file = index?.files.first, let columns else { return nil }
        let cells = file.cells(row)
        let body = cells.value(columns.code)
        let sector = cells.value(columns.sector)
        let first = cells.value(columns.from).flatMap { Self.day($0, false) }
        let last = cells.value(columns.to).flatMap { Self.day($0, true) }
        let isDated = first != nil || last != nil
        var reading = ActorReading(
            kind: sector == nil ? .country : isDated ? .person : .organisation, code: ActorCode(body, sector: sector),
            name: cells.value(columns.name) ?? "", from: nil, to: nil, detail: "", country: body, file: file.name,
            line: file.line(row))
        reading.isOwn = true
        reading.days = isDated ? ActorReading.DateSpan(first: first, last: last) : nil
        return reading
    }

    /// Readings in the order of the file, each with its names; for exports.
    var lines: [(names: [String], reading: ActorReading)] {
        guard let file = index?.files.first, let columns else { return [] }
        return (0..<file.count).compactMap { row in
            reading(row).map { ([file.text(row, columns.name)] + file.list(row, columns.names), $0) }
        }
    }

    /// First or last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    private static func day(_ text: String, _ isEnd: Bool) -> CalendarDate? {
        // By hand: this is done at every look-up of a dated line.
        var parts = (0, 0, 0)
        var count = 0
        var digits = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "-") {
                guard digits > 0, count < 2 else { return nil }
                (count, digits) = (count + 1, 0)
                continue
            }
            guard byte >= 0x30, byte <= 0x39, digits < 6 else { return nil }
            digits += 1
            switch count {
            case 0: parts.0 = parts.0 * 10 + Int(byte - 0x30)
            case 1: parts.1 = parts.1 * 10 + Int(byte - 0x30)
            default: parts.2 = parts.2 * 10 + Int(byte - 0x30)
            }
        }
        guard digits > 0 else { return nil }
        let month = count > 0 ? parts.1 : isEnd ? 12 : 1
        guard (1...12).contains(month) else { return nil }
        let last = CalendarDate.daysIn(month: month, year: parts.0)
        return CalendarDate(year: parts.0, month: month, day: count > 1 ? parts.2 : isEnd ? last : 1)
    }

    /// Longest name, in words, that begins with a word; 0 when none does.
    func longestName(from word: String) -> Int {
        guard let names = index?.names else { return 0 }
        let longest = names.longest(from: word)
        return longest > 0 || word.utf8.allSatisfy { $0 < 0x80 }
            ? longest : names.longest(from: ActorLexicon.plain(word))
    }

    /// Readings of words joined by single spaces; names of up to five capitals count as they are written only.
    func readings(_ key: String) -> [ActorReading] {
        guard let names = index?.names else { return [] }
        var found = names.matches(key)
        if found.isEmpty, key.utf8.contains(where: { $0 >= 0x80 }) { found = names.matches(ActorLexicon.plain(key)) }
        if found.isEmpty { return [] }
        let isCapital = key.contains(where: \.isUppercase)
        var rows: [Int] = []
        for match in found where match.isExact || isCapital && !match.isAcronym {
            if !rows.contains(Int(match.value)) { rows.append(Int(match.value)) }
        }
        return rows.compactMap(reading)
    }
}
