import DyadCore
public import Foundation

/// What a field of an archive export, a column of a table or a key of a record holds.
public enum ExportField: String, Sendable, CaseIterable {
    case title, deck, author, date, publisher, section, url, identifier, dateline, caption, text, language
    /// Number of words; where it stands, the body follows.
    case length
    /// Publisher, place and date in one line.
    case source
    /// What belongs to the article and is not kept, such as a page number.
    case other
    /// What stands behind the body: index terms and the like.
    case part
    /// The last fields of an article.
    case end
    /// What stands on the cover of an export.
    case cover
}

/// The names of such fields, from `Data/rules/en/exports.tsv`.
///
/// Three columns: `format`, `name`, `field`. Case, spaces and the signs "-", "_", "." and "/" do not count.
public struct ExportFields: Sendable {
    /// The formats with names of their own.
    enum Format: String, CaseIterable { case nexis, proquest, factiva, column }

    private var fields: [Format: [String: ExportField]] = [:]

    /// No names.
    public init() {}

    /// Reads a table; throws with every mistake in it.
    public init(tsv: String) throws(BlockLexiconError) {
        var mistakes: [BlockLexiconError.Mistake] = []
        for (index, row) in tsv.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if row.isEmpty || row.hasPrefix("#") || row == "format\tname\tfield" { continue }
            if let problem = add(row) { mistakes.append(.init(line: index + 1, problem: problem)) }
        }
        if !mistakes.isEmpty { throw BlockLexiconError(file: "exports.tsv", mistakes: mistakes) }
    }

    /// The names of a data folder, read from `rules/en/exports.tsv` in it.
    public static func standard(folder: URL) throws(BlockLexiconError) -> ExportFields {
        let url = folder.appendingPathComponent("rules/en/exports.tsv")
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw BlockLexiconError(file: url.path, mistakes: [.init(line: 0, problem: "the file cannot be read")])
        }
        return try ExportFields(tsv: text)
    }

    private mutating func add(_ row: Substring) -> String? {
        let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
        guard cells.count == 3 else { return "expected three columns, format, name and field, separated by tabs" }
        guard let format = Format(rawValue: String(cells[0])) else { return "\"\(cells[0])\" is no format" }
        guard let field = ExportField(rawValue: String(cells[2])) else { return "\"\(cells[2])\" is no field" }
        let key = Self.key(cells[1])
        guard !key.isEmpty else { return "the name is empty" }
        if fields[format]?[key] != nil { return "\"\(cells[1])\" stands twice under \(format.rawValue)" }
        fields[format, default: [:]][key] = field
        return nil
    }

    /// The field of a name; nil when nobody calls one so.
    func field(_ name: some StringProtocol, in format: Format) -> ExportField? { fields[format]?[Self.key(name)] }

    /// Letters and digits in small letters.
    static func key(_ name: some StringProtocol) -> String {
        String(
            String.UnicodeScalarView(
                name.lowercased().unicodeScalars.filter { !" -_./,:\u{A0}\u{FEFF}".unicodeScalars.contains($0) }))
    }
}
