/// Writes rows of comma-separated values after RFC 4180: lines end with CR LF, quotes are doubled.
public struct CSVWriter: Sendable {
    /// What was written so far.
    public private(set) var text = ""
    private let separator: String
    private let lineEnd: String

    /// An empty table.
    ///
    /// - Parameters:
    ///   - separator: stands between fields; a tab makes tab-separated values.
    ///   - lineEnd: stands after each row.
    public init(separator: Character = ",", lineEnd: String = "\r\n") {
        self.separator = String(separator)
        self.lineEnd = lineEnd
    }

    /// Appends a row; nil is an empty field.
    public mutating func row(_ fields: [String?]) {
        text += fields.map { quoted($0 ?? "") }.joined(separator: separator)
        // A row of one empty field would otherwise be read as no row at all.
        if fields.count == 1, (fields[0] ?? "").isEmpty { text += "\"\"" }
        text += lineEnd
    }

    /// Forgets what was written, for the next batch of rows.
    public mutating func removeAll() { text.removeAll(keepingCapacity: true) }

    private func quoted(_ field: String) -> String {
        let needsQuotes = field.unicodeScalars.contains { $0 == "\"" || $0 == "\n" || $0 == "\r" }
        guard needsQuotes || field.contains(separator) else { return field }
        var out = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { out += "\"" }
            out.unicodeScalars.append(scalar)
        }
        return out + "\""
    }
}
