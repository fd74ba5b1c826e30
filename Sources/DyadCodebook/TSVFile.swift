package import Foundation

/// A mistake in a data file, with its place.
public struct DataError: Error, CustomStringConvertible, Equatable, Sendable {
    /// Path relative to the data folder.
    public var file: String
    /// From 1; 0 when the whole file is meant.
    public var line: Int
    /// From 1; 0 when the whole line is meant.
    public var column: Int
    /// What was expected, and what to do.
    public var message: String

    /// A mistake at a place.
    public init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `rules/en/x.tsv:41:7: message`.
    public var description: String {
        line == 0
            ? "\(file): \(message)"
            : column == 0 ? "\(file):\(line): \(message)" : "\(file):\(line):\(column): \(message)"
    }
}

/// All mistakes of the data files at once.
public struct DataErrors: Error, CustomStringConvertible, Sendable {
    public var errors: [DataError]

    /// The mistakes of some files.
    public init(errors: [DataError]) { self.errors = errors }

    /// One line per mistake.
    public var description: String { errors.map(\.description).joined(separator: "\n") }
}

/// A tab-separated file with a header line; lines that begin with `#` are comments.
package struct TSVFile {
    /// A line with cells.
    package struct Row {
        /// Line of the file, from 1.
        package var line: Int
        var values: [String: String]

        /// The cell of a column, empty when the row is short.
        package subscript(_ column: String) -> String { values[column] ?? "" }

        /// Cell values separated by `|`.
        package func list(_ column: String) -> [String] {
            self[column].split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
    }

    package let name: String
    /// Names of the columns, in order.
    package let columns: [String]
    package let rows: [Row]

    /// Reads a file of the data folder; mistakes are added to `errors`, and what can be read is kept.
    package init(_ name: String, in folder: URL, columns: [String], errors: inout [DataError]) {
        guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else {
            errors.append(DataError(file: name, line: 0, column: 0, message: "the file is missing or is not UTF-8"))
            self.init(name, text: "", columns: [], errors: &errors)
            return
        }
        self.init(name, text: text, columns: columns, errors: &errors)
    }

    package init(_ name: String, text: String, columns: [String], errors: inout [DataError]) {
        self.name = name
        var rows: [Row] = []
        var header: [String] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            if header.isEmpty {
                header = cells
                for column in columns where !header.contains(column) {
                    errors.append(
                        DataError(file: name, line: index + 1, column: 0, message: "the header has no column \(column)")
                    )
                }
                continue
            }
            if cells.count > header.count {
                errors.append(
                    DataError(
                        file: name, line: index + 1, column: header.count + 1,
                        message: "\(cells.count) cells, but \(header.count) columns"))
                continue
            }
            rows.append(Row(line: index + 1, values: Dictionary(zip(header, cells), uniquingKeysWith: { $1 })))
        }
        self.rows = rows
        self.columns = header
    }

    /// A mistake in a cell.
    package func mistake(_ message: String, line: Int, column: String) -> DataError {
        let index = columns.firstIndex(of: column).map { $0 + 1 } ?? 0
        return DataError(file: name, line: line, column: index, message: message)
    }
}
