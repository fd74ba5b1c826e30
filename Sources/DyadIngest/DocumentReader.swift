public import DyadCore
public import Foundation

/// Turns a file or bytes into a document: finds the encoding, converts to UTF-8, refuses what is no text.
///
/// For UTF-8 input the document holds exactly the original bytes, a byte order mark included, so that every span is a
/// range of the file. Other encodings are converted, and spans count the converted bytes.
public struct DocumentReader: Sendable {
    /// Inputs with more bytes are refused.
    public var maximumBytes: Int
    /// Inputs with a line of more bytes are refused: no paragraph is so long, and reading it would take hours.
    public var maximumLineBytes = 10_000_000
    /// Encoding of bytes that carry no mark and are no valid UTF-8.
    public var fallback: TextEncoding

    /// A reader that accepts up to 64 MB and takes unmarked bytes that are no UTF-8 for windows-1252.
    public init(maximumBytes: Int = 64_000_000, fallback: TextEncoding = .windows1252) {
        self.maximumBytes = maximumBytes
        self.fallback = fallback
    }

    /// The document in a file, named by the file's last path component.
    public func read(file url: URL) throws(IngestError) -> Document {
        let name = url.lastPathComponent
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw .notFound(name: name)
        }
        if isFolder.boolValue { throw .directory(name: name) }
        if let size = size(of: url), size > maximumBytes {
            throw .tooLarge(name: name, bytes: size, limit: maximumBytes)
        }
        let data: Data
        do {
            // A handle reads pipes too, as in `dyad code <(zcat report.gz)`.
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            data = try handle.read(upToCount: maximumBytes + 1) ?? Data()
        } catch {
            throw .unreadable(name: name, reason: (error as NSError).localizedDescription.trimmed)
        }
        return try read(bytes: Array(data), name: name)
    }

    /// The document in some bytes.
    public func read(bytes: [UInt8], name: String) throws(IngestError) -> Document {
        if bytes.isEmpty { throw .empty(name: name) }
        if bytes.count > maximumBytes { throw .tooLarge(name: name, bytes: bytes.count, limit: maximumBytes) }
        if HTMLSniffer.isPage(bytes, name: name) { return try page(bytes, name: name) }
        let text = utf8(bytes)
        if looksBinary(text) { throw .binary(name: name) }
        if !hasText(text) { throw .noText(name: name) }
        if let (line, length) = overlongLine(text) {
            throw .lineTooLong(name: name, line: line, bytes: length, limit: maximumLineBytes)
        }
        return Document(name: name, bytes: text)
    }

    /// A saved page: what it says of its encoding counts when the bytes are no valid UTF-8; long lines are usual.
    private func page(_ bytes: [UInt8], name: String) throws(IngestError) -> Document {
        let isMarked = TextEncoding.announced(by: bytes) != nil || TextEncoding.guessed(from: bytes) != nil
        let text: [UInt8]
        if !isMarked, isValid(bytes) {
            text = bytes
        } else if !isMarked, let declared = HTMLSniffer.declaredEncoding(bytes),
            let decoded = HTMLSniffer.decoded(bytes, from: declared)
        {
            text = decoded
        } else {
            text = utf8(bytes)
        }
        let nuls = text.withUnsafeBufferPointer { buffer in buffer.reduce(0) { $0 + ($1 == 0 ? 1 : 0) } }
        if nuls * 100 > text.count { throw .binary(name: name) }
        var document = Document(name: name, bytes: text)
        document.format = .html
        return document
    }

    private func size(of url: URL) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        return (attributes?[.size] as? NSNumber)?.intValue
    }

    private func utf8(_ bytes: [UInt8]) -> [UInt8] {
        if let (encoding, mark) = TextEncoding.announced(by: bytes) {
            if encoding != .utf8 { return encoding.decode(bytes[mark...]) }
            return isValid(bytes) ? bytes : encoding.decode(bytes[...])
        }
        if let encoding = TextEncoding.guessed(from: bytes) { return encoding.decode(bytes[...]) }
        return isValid(bytes) ? bytes : fallback.decode(bytes[...])
    }

    private func isValid(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// A NUL byte anywhere, or control characters among the first bytes, as in an image or an archive.
    private func looksBinary(_ bytes: [UInt8]) -> Bool {
        let hasNul = bytes.withUnsafeBytes { buffer in
            buffer.baseAddress.map { memchr($0, 0, buffer.count) != nil } ?? false
        }
        if hasNul { return true }
        let head = bytes.prefix(4096)
        let strange = head.count { $0 < 0x20 && !(0x09...0x0D).contains($0) && $0 != 0x1A && $0 != 0x1B }
        return strange * 20 > head.count
    }

    /// Number and length of the first line over the limit.
    private func overlongLine(_ bytes: [UInt8]) -> (line: Int, bytes: Int)? {
        guard bytes.count > maximumLineBytes else { return nil }
        var start = 0, line = 1
        while start < bytes.count {
            let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            if end - start > maximumLineBytes { return (line, end - start) }
            start = end + 1
            line += 1
        }
        return nil
    }

    private func hasText(_ bytes: [UInt8]) -> Bool {
        var index = 0
        while index < bytes.count {
            let (scalar, length) = ScalarReader.scalar(in: bytes, at: index)
            if ScalarReader.kind(of: scalar) != .space { return true }
            index += length
        }
        return false
    }
}

extension String {
    /// Without a full stop and white space at the end, for use inside a sentence.
    fileprivate var trimmed: String { trimmingCharacters(in: CharacterSet(charactersIn: ". \n")) }
}
