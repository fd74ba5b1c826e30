import DyadCore

/// Actors as comma-separated values with the columns `name`, `code`, `from`, `to`, in any order; others are left aside.
public struct ActorTable: Sendable {
    /// One line.
    public struct Entry: Sendable, Equatable {
        public var name: String
        /// `PAKGOV`, or `PAK GOV` as Dyad prints it.
        public var code: String
        /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
        public var from: String
        /// The last year, month or day.
        public var to: String
        public var line: Int
    }

    public private(set) var entries: [Entry] = []
    public private(set) var mistakes: [DictionaryMistake] = []
    private let file: String

    /// Reads a table; every mistake is kept with its place, and every good line.
    public init(_ text: String, file: String) {
        self.file = file
        var columns: [String: Int] = [:]
        for (line, cells) in ActorTable.rows(text) {
            if columns.isEmpty {
                for (index, cell) in cells.enumerated() { columns[cell.trimmed.lowercased()] = index }
                for name in ["name", "code"] where columns[name] == nil {
                    note(line, 1, "the header has no column \(name): name,code,from,to is expected")
                }
                if columns["name"] == nil || columns["code"] == nil { return }
            } else if !cells.allSatisfy(\.isEmpty) {
                read(line, cells, columns)
            }
        }
    }

    private mutating func read(_ line: Int, _ cells: [String], _ columns: [String: Int]) {
        func cell(_ name: String) -> String {
            guard let index = columns[name], index < cells.count else { return "" }
            return cells[index].trimmed
        }
        let before = mistakes.count
        for name in ["name", "code"] where cell(name).isEmpty {
            note(line, (columns[name] ?? 0) + 1, "the \(name) is missing")
        }
        for name in ["from", "to"] where !cell(name).isEmpty && !ActorTable.isDay(cell(name)) {
            note(line, (columns[name] ?? 0) + 1, "“\(cell(name))” is no day: write YYYY, YYYY-MM or YYYY-MM-DD")
        }
        guard mistakes.count == before else { return }
        entries.append(
            Entry(name: cell("name"), code: cell("code").uppercased(), from: cell("from"), to: cell("to"), line: line))
    }

    private mutating func note(_ line: Int, _ column: Int, _ message: String) {
        mistakes.append(DictionaryMistake(file: file, line: line, column: column, message: message))
    }

    private static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 3, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }), parts[0].count == 4,
            let year = Int(parts[0])
        else { return false }
        let month = parts.count > 1 ? Int(parts[1]) ?? 0 : 1
        return CalendarDate(year: year, month: month, day: parts.count > 2 ? Int(parts[2]) ?? 0 : 1) != nil
    }

    /// Rows with the line each begins in; quotes as in RFC 4180.
    private static func rows(_ text: String) -> [(line: Int, cells: [String])] {
        var out: [(Int, [String])] = []
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        var line = 1, start = 1
        var characters = Array(text.replacing("\r\n", with: "\n"))[...]
        func isBlank(_ cells: [String], _ cell: String) -> Bool { cells.isEmpty && cell.isEmpty }
        while let character = characters.popFirst() {
            switch character {
            case "\"" where isQuoted && characters.first == "\"":
                cell.append("\"")
                characters.removeFirst()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                cells.append(cell)
                cell = ""
            case "\n" where !isQuoted:
                if !isBlank(cells, cell) { out.append((start, cells + [cell])) }
                (cells, cell) = ([], "")
                line += 1
                start = line
            default:
                if character == "\n" { line += 1 }
                cell.append(character)
            }
        }
        if !isBlank(cells, cell) { out.append((start, cells + [cell])) }
        return out.map { (line: $0.0, cells: $0.1) }
    }
}
