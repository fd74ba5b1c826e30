import DyadCore
import Foundation

/// Which columns of a table, or keys of records, hold what.
public struct ColumnMap: Sendable, Equatable {
    /// Names given by the user: field to column.
    var given: [ExportField: String] = [:]

    /// No names given: columns are known by their usual names.
    public init() {}

    /// Adds "title=headline"; nil when well formed, else what is wrong.
    public mutating func add(_ text: String) -> String? {
        guard let sign = text.firstIndex(of: "=") else { return "write a field and a column, as in title=headline" }
        let name = String(text[..<sign]), column = String(text[text.index(after: sign)...])
        let usual = ["id": ExportField.identifier, "byline": .author, "authors": .author, "body": .text]
        guard let field = usual[name] ?? ExportField(rawValue: name), Self.allowed.contains(field) else {
            return "\"\(name)\" is no field; there are \(Self.names.joined(separator: ", "))"
        }
        if column.isEmpty { return "the column's name is missing behind \"\(name)=\"" }
        given[field] = column
        return nil
    }

    private static let allowed: [ExportField] = [
        .identifier, .title, .text, .date, .publisher, .author, .url, .section, .deck,
    ]
    /// Names of the fields that can be mapped.
    public static var names: [String] { allowed.map { $0 == .identifier ? "id" : $0.rawValue } }
}

/// Reads tables (CSV, TSV) and records (JSON Lines, an array of JSON objects), one article a row or record.
struct RecordsReader {
    let fields: ExportFields
    let stamps: StampReader
    let markup: MarkupText
    let documents: DocumentReader
    let map: ColumnMap

    /// A file could not be read at all; half a sentence.
    struct Trouble: Error { let reason: String }

    // MARK: - Tables

    /// Hands over the rows of a table, read piece by piece.
    func read(
        table source: @escaping (Int) throws -> [UInt8], head: [UInt8], name: String, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        let encoding = Encoding(head, documents)
        var scanner = TableScanner(separator: TableScanner.separator(in: head), source: encoding.source(source))
        var writer = RecordWriter(name: name, title: "table", reader: self)
        guard let header = try scanner.next() else { throw Trouble(reason: "the table is empty") }
        let names = header.cells.map { encoding.text($0).singleSpaced }
        let columns = try self.columns(names)
        while let row = try scanner.next() {
            if let trouble = row.trouble {
                writer.refuse(line: row.line, byte: row.byte, trouble)
                continue
            }
            var values: [(ExportField, String)] = []
            for (field, column) in columns where column < row.cells.count {
                values.append((field, encoding.text(row.cells[column])))
            }
            let short =
                row.cells.count < names.count ? " (it has \(row.cells.count) cells, the header \(names.count))" : ""
            try writer.add(values, line: row.line, byte: row.byte, why: short, each)
        }
        return writer.report
    }

    /// The field and number of each column that is read.
    private func columns(_ names: [String]) throws -> [(ExportField, Int)] {
        var out: [(ExportField, Int)] = []
        for (field, wanted) in map.given.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let key = ExportFields.key(wanted)
            guard let index = names.firstIndex(of: wanted) ?? names.firstIndex(where: { ExportFields.key($0) == key })
            else { throw Trouble(reason: "there is no column \"\(wanted)\"; the columns are \(listed(names))") }
            out.append((field, index))
        }
        for (index, name) in names.enumerated() {
            guard let field = fields.field(name, in: .column), map.given[field] == nil,
                !out.contains(where: { $0.0 == field && field != .author })
            else { continue }
            out.append((field, index))
        }
        guard out.contains(where: { $0.0 == .text }) else {
            throw Trouble(
                reason: "no column is known to hold the text; the columns are \(listed(names)); "
                    + "name it with --map text=COLUMN")
        }
        return out
    }

    private func listed(_ names: [String]) -> String { names.prefix(30).joined(separator: ", ") }

    // MARK: - Records

    /// Hands over the records of JSON Lines, read piece by piece; each line is one object.
    func read(
        lines source: @escaping (Int) throws -> [UInt8], head: [UInt8], name: String, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        let encoding = Encoding(head, documents)
        var lines = LineSource(source: encoding.source(source))
        var writer = RecordWriter(name: name, title: "JSON Lines", reader: self)
        while let line = try lines.next() {
            if let trouble = line.trouble {
                writer.refuse(line: line.number, byte: line.byte, trouble)
                continue
            }
            guard line.bytes.contains(where: { $0 > 0x20 }) else { continue }
            guard let object = try? JSONSerialization.jsonObject(with: Data(encoding.utf8(line.bytes))) else {
                writer.refuse(line: line.number, byte: line.byte, "the line is no whole JSON object")
                continue
            }
            try writer.add(object, line: line.number, byte: line.byte, each)
        }
        return writer.report
    }

    /// Hands over the records of an array of objects.
    func read(array bytes: [UInt8], name: String, _ each: (Document) throws -> Void) throws -> CollectionReport {
        var writer = RecordWriter(name: name, title: "JSON", reader: self)
        let text = documents.decoded(bytes).text
        let root: Any
        do { root = try JSONSerialization.jsonObject(with: Data(text)) } catch {
            throw Trouble(reason: "the JSON is cut off or damaged; write one object a line instead (JSON Lines)")
        }
        let items = root as? [Any] ?? [root]
        for item in items { try writer.add(item, line: nil, byte: 0, each) }
        return writer.report
    }

    /// The fields of an object; keys may lead into objects inside, as in `source.name`.
    fileprivate func values(of object: [String: Any]) -> [(ExportField, String)] {
        var out: [(ExportField, String)] = []
        for (field, key) in map.given {
            if let value = Self.value(key, in: object) { out.append((field, value)) }
        }
        for key in object.keys.sorted() {
            guard let field = fields.field(key, in: .column), map.given[field] == nil,
                let value = Self.value(key, in: object), !value.isEmpty
            else { continue }
            if field != .author, out.contains(where: { $0.0 == field }) { continue }
            out.append((field, value))
        }
        return out
    }

    private static func value(_ key: String, in object: [String: Any]) -> String? {
        if let value = object[key] { return text(value) }
        guard let dot = key.firstIndex(of: "."), let inner = object[String(key[..<dot])] as? [String: Any] else {
            return nil
        }
        return value(String(key[key.index(after: dot)...]), in: inner)
    }

    private static func text(_ value: Any) -> String? {
        switch value {
        case let text as String: text
        case let number as NSNumber: number.stringValue
        case let list as [Any]: list.compactMap(text).joined(separator: ";")
        case let object as [String: Any]: ["name", "title", "value"].lazy.compactMap { object[$0] as? String }.first
        default: nil
        }
    }
}

/// How the bytes of a table or of records stand for characters, judged by the first of them.
private struct Encoding {
    private let documents: DocumentReader
    /// UTF-16 is converted before it is cut into cells.
    private let wide: TextEncoding?
    private let isUTF8: Bool

    init(_ head: [UInt8], _ documents: DocumentReader) {
        self.documents = documents
        let announced = TextEncoding.announced(by: head)?.encoding ?? TextEncoding.guessed(from: head)
        wide = announced == .utf16LittleEndian || announced == .utf16BigEndian ? announced : nil
        // The head may end inside a character.
        isUTF8 = (0..<4).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
    }

    /// The source without its mark, in an encoding that has ASCII.
    func source(_ source: @escaping (Int) throws -> [UInt8]) -> (Int) throws -> [UInt8] {
        let state = State()
        let wide = wide
        return { limit in
            var part = try source(limit)
            if part.isEmpty { return part }
            if !state.hasBegun {
                state.hasBegun = true
                if part.starts(with: [0xEF, 0xBB, 0xBF]) { part.removeFirst(3) }
                if wide != nil, part.starts(with: [0xFF, 0xFE]) || part.starts(with: [0xFE, 0xFF]) {
                    part.removeFirst(2)
                }
            }
            guard let wide else { return part }
            part = state.rest + part
            state.rest = part.count % 2 == 1 ? [part.removeLast()] : []
            return wide.decode(part[...])
        }
    }

    private final class State {
        var hasBegun = false
        var rest: [UInt8] = []
    }

    func utf8(_ bytes: [UInt8]) -> [UInt8] {
        if isUTF8 || wide != nil { return TextEncoding.utf8.decode(bytes[...]) }
        return documents.decoded(bytes).text
    }

    func text(_ bytes: [UInt8]) -> String { String(decoding: utf8(bytes), as: UTF8.self) }
}

/// Lines of a source, within a limit.
private struct LineSource {
    struct Line {
        var bytes: [UInt8]
        var number: Int
        var byte: Int
        var trouble: String?
    }

    let source: (Int) throws -> [UInt8]
    private var buffer: [UInt8] = []
    private var index = 0
    private var number = 0
    private var byte = 0
    private var isAtEnd = false

    init(source: @escaping (Int) throws -> [UInt8]) { self.source = source }

    mutating func next() throws -> Line? {
        number += 1
        var line = Line(bytes: [], number: number, byte: byte)
        while true {
            if index == buffer.count {
                if !isAtEnd { buffer = try source(1 << 18) }
                index = 0
                if buffer.isEmpty {
                    isAtEnd = true
                    return line.bytes.isEmpty && line.trouble == nil ? nil : line
                }
            }
            let end = buffer[index...].firstIndex(of: 0x0A) ?? buffer.count
            if line.bytes.count + end - index > TableScanner.maximumRecord {
                line.trouble = "the line has more than \(TableScanner.maximumRecord) bytes"
                line.bytes.removeAll()
            }
            if line.trouble == nil { line.bytes += buffer[index..<end] }
            byte += end - index
            index = end
            if end < buffer.count {
                index += 1
                byte += 1
                return line
            }
        }
    }
}

/// Makes documents of rows and keeps account.
private struct RecordWriter {
    private let name: String
    private let reader: RecordsReader
    private var names: ItemNames
    private var number = 0
    private(set) var report: CollectionReport

    init(name: String, title: String, reader: RecordsReader) {
        self.name = name
        self.reader = reader
        names = ItemNames(file: name)
        report = CollectionReport(format: title)
    }

    mutating func refuse(line: Int?, byte: Int, _ reason: String) {
        number += 1
        let place = line.map { "line \($0): " } ?? ""
        report.refusals.append(.init(number: number, byte: byte, reason: place + reason))
    }

    mutating func add(_ object: Any, line: Int?, byte: Int, _ each: (Document) throws -> Void) throws {
        guard let object = object as? [String: Any] else {
            return refuse(line: line, byte: byte, "this is no JSON object")
        }
        let values = reader.values(of: object)
        let keys = object.keys.sorted().prefix(30).joined(separator: ", ")
        let why = values.contains { $0.0 == .text } ? "" : " (its keys are \(keys); name one with --map text=KEY)"
        try add(values, line: line, byte: byte, why: why, each)
    }

    mutating func add(
        _ values: [(ExportField, String)], line: Int?, byte: Int, why: String, _ each: (Document) throws -> Void
    ) throws {
        func first(_ field: ExportField) -> String? {
            values.first { $0.0 == field && $0.1.contains { !$0.isWhitespace } }?.1
        }
        guard let text = first(.text) else { return refuse(line: line, byte: byte, "there is no text\(why)") }
        let identifier = first(.identifier)
        var item = ItemDocument(
            place: DocumentPlace(file: name, number: number + 1, byte: byte, identifier: identifier))
        item.title = first(.title)?.singleSpaced
        item.text = reader.markup.paragraphs(of: Array(text.utf8))
        item.url = first(.url)?.singleSpaced
        item.publisher = first(.publisher)?.singleSpaced
        item.published = reader.stamps.day(first(.date))
        let source = "column"
        item.state(.title, item.title, source)
        item.state(.deck, first(.deck), source)
        for author in values.filter({ $0.0 == .author }).flatMap({ ExportArticle.names($0.1) }) {
            item.state(.author, author, source)
        }
        item.state(.published, first(.date), source)
        item.state(.publisher, item.publisher, source)
        item.state(.section, first(.section), source)
        item.state(.url, item.url, source)
        let id = identifier ?? item.url ?? [item.title ?? "", text].joined(separator: "|")
        guard let document = item.document(named: names.name(for: id)) else {
            return refuse(line: line, byte: byte, "there is no text\(why)")
        }
        number += 1
        report.documents += 1
        try each(document)
    }
}
