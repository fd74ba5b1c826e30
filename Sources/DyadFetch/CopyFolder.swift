public import Foundation

/// Keeps answers as they came, one file for each address that was asked for.
///
/// A file is a web archive (WARC 1.1) with one record: the address that answered, the day, the fields and the body as
/// sent. It says by itself what the next conditional request needs, and other programs read it too. A file is written
/// whole or not at all.
public struct CopyFolder: Sendable {
    /// What is known of a copy.
    public struct Copy: Sendable {
        /// Where it lies.
        public var file: URL
        /// The address that answered, behind all redirections.
        public var address: WebAddress
        /// Fields of the answer.
        public var answer: WebAnswer
    }

    /// The folder.
    public let url: URL

    /// Makes the folder if it is not there.
    public init(_ url: URL) throws(FetchError) {
        self.url = url
        do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
            throw .cannotKeep("the folder \(url.relativePath) cannot be made")
        }
    }

    /// The file of an address, whether it is there or not: `news-example-org-world-1f2e3d4c5b6a.warc`.
    public func file(for address: WebAddress) -> URL {
        var words = ""
        for byte in (address.host + address.target).lowercased().utf8.prefix(60) {
            let isPlain = (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
            if isPlain { words.unicodeScalars.append(UnicodeScalar(byte)) } else if words.last != "-" { words += "-" }
        }
        if words.last == "-" { words.removeLast() }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in address.description.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let digits = String(hash, radix: 16)
        let mark = String(repeating: "0", count: 16 - digits.count) + digits
        return url.appendingPathComponent("\(words)-\(mark).warc")
    }

    /// The copy of an address; nil when there is none that can be read.
    public func copy(of address: WebAddress) -> Copy? {
        let file = file(for: address)
        guard let handle = try? FileHandle(forReadingFrom: file) else { return nil }
        defer { try? handle.close() }
        guard let head = try? handle.read(upToCount: 1 << 18), let size = try? handle.seekToEnd() else { return nil }
        let blocks = Self.blocks(Array(head))
        guard blocks.count == 2, let place = Self.value("WARC-Target-URI", in: blocks[0].lines),
            let answered = try? WebAddress(place), let length = Self.value("Content-Length", in: blocks[0].lines),
            Int(length).map({ blocks[0].end + $0 + 4 == Int(size) }) == true
        else { return nil }
        let fields = blocks[1].lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        return Copy(file: file, address: answered, answer: WebAnswer(status: 200, fields: fields))
    }

    /// Keeps an answer in place of what was there.
    ///
    /// - Parameters:
    ///   - answer: what came.
    ///   - address: the address that was asked for first; it decides the file.
    ///   - source: the address that answered.
    ///   - date: when.
    /// - Returns: the file.
    /// - Throws: ``FetchError/cannotKeep(_:)``.
    public func keep(
        _ answer: WebAnswer, of address: WebAddress, from source: WebAddress, date: Date
    ) throws(FetchError) -> URL {
        let file = file(for: address)
        let bytes = Self.record(answer, asked: address, source: source, date: date, name: file.lastPathComponent)
        let draft = url.appendingPathComponent(".\(file.lastPathComponent).\(getpid())")
        do {
            try Data(bytes).write(to: draft)
            guard rename(draft.path, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(at: draft)
            throw .cannotKeep("\(file.relativePath) cannot be written")
        }
        return file
    }

    private static func record(
        _ answer: WebAnswer, asked: WebAddress, source: WebAddress, date: Date, name: String
    ) -> [UInt8] {
        var block = "HTTP/1.1 \(answer.status) OK\r\n"
        for field in answer.fields where !["transfer-encoding", "content-length"].contains(field.name.lowercased()) {
            block += "\(clean(field.name)): \(clean(field.value))\r\n"
        }
        block += "Content-Length: \(answer.body.count)\r\n\r\n"
        let time = date.ISO8601Format()
        let count = block.utf8.count + answer.body.count
        let head = """
            WARC/1.1\r
            WARC-Type: response\r
            WARC-Record-ID: <urn:dyad:\(name)>\r
            WARC-Date: \(time)\r
            WARC-Target-URI: \(source)\r
            WARC-Dyad-Asked: \(asked)\r
            Content-Type: application/http;msgtype=response\r
            Content-Length: \(count)\r
            \r

            """
        return Array(head.utf8) + Array(block.utf8) + answer.body + Array("\r\n\r\n".utf8)
    }

    private static func clean(_ text: String) -> String {
        String(text.map { $0.isNewline || $0 == "\0" ? " " : $0 })
    }

    /// The lines of the first two headers, and where each ends.
    private static func blocks(_ bytes: [UInt8]) -> [(lines: [String], end: Int)] {
        var out: [(lines: [String], end: Int)] = []
        var lines: [String] = [], start = 0
        while out.count < 2, let end = bytes[start...].firstIndex(of: 0x0A) {
            let line = bytes[start..<end].last == 0x0D ? bytes[start..<end].dropLast() : bytes[start..<end]
            start = end + 1
            if line.isEmpty {
                out.append((lines, start))
                lines = []
            } else {
                lines.append(String(decoding: line, as: UTF8.self))
            }
        }
        return out
    }

    private static func value(_ name: String, in lines: [String]) -> String? {
        let start = name.lowercased() + ":"
        return lines.first { $0.lowercased().hasPrefix(start) }
            .map { String($0.dropFirst(start.count).drop { $0 == " " }) }
    }
}
