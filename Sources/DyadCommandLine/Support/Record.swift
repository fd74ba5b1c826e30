import DyadCore
import DyadExchange
import Foundation

/// A record of standard input: `{"id","text","date"?,"publisher"?,"url"?,…}`.
struct Record {
    /// The id as it is echoed.
    var id: JSONValue
    var value: JSONValue
    var document: Document

    /// Reads a line; one that cannot be read is still named, where its id can be found.
    init(_ line: [UInt8], limit: Int = 10_000_000) throws(RecordFailure) {
        func failure(_ kind: RecordFailure.Kind, _ message: String) -> RecordFailure {
            RecordFailure(id: RecordIdentifier.find(in: line), kind: kind, message: message)
        }
        guard line.count <= limit else {
            throw failure(.tooLarge, "the record has \(line.count) bytes, more than \(limit)")
        }
        guard String(validating: line, as: UTF8.self) != nil else {
            throw failure(.encoding, "the line is not valid UTF-8")
        }
        do { value = try JSONValue(parsing: line) } catch { throw failure(.parse, "\(error)") }
        id = value["id"] ?? .null
        let text = value["text"]?.string ?? ""
        let name = id.string ?? id.integer.map(String.init) ?? ""
        document = Document(
            name: name, bytes: Array(text.utf8), published: value["date"]?.string.flatMap { CalendarDate($0) },
            publisher: value["publisher"]?.string, url: value["url"]?.string)
    }

    /// Byte offset of a character offset, or the reverse, when asked for scalars.
    static func offsets(_ document: Document, scalars: Bool) -> (Int) -> Int {
        guard scalars else { return { $0 } }
        let map = ScalarOffsets(document.bytes)
        return { map($0) }
    }

    /// Byte offset in a text of a given offset.
    static func byte(_ offset: Int, in bytes: [UInt8], scalars: Bool) -> Int {
        guard scalars else { return offset }
        var count = 0
        for (index, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            if count == offset { return index }
            count += 1
        }
        return bytes.count
    }
}

extension JSONWriter {
    /// A span as `[start, end]`.
    mutating func span(_ span: Span, _ offsets: (Int) -> Int) {
        array {
            $0.integer(offsets(span.start)); $0.integer(offsets(span.end))
        }
    }
}
