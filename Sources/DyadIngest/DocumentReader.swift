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
    /// Encoding of bytes that carry no mark and are no valid UTF-8; nil when it is to be guessed.
    public var fallback: TextEncoding?
    private let guesser: EncodingGuesser

    /// A reader that accepts up to 64 MB.
    ///
    /// Unmarked bytes that are no UTF-8 are compared with the languages; without any, they are taken for windows-1252.
    public init(
        maximumBytes: Int = 64_000_000, fallback: TextEncoding? = nil,
        languages: LanguageProfiles = LanguageProfiles(samples: [:])
    ) {
        self.maximumBytes = maximumBytes
        self.fallback = fallback
        guesser = EncodingGuesser(profiles: languages)
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
    ///
    /// - Parameters:
    ///   - bytes: the input.
    ///   - name: the document's name.
    ///   - declared: name of the encoding that came with the bytes, as in the header of an answer.
    /// - Returns: the document, in UTF-8.
    /// - Throws: ``IngestError`` for bytes that are no text.
    public func read(bytes: [UInt8], name: String, declared: String? = nil) throws(IngestError) -> Document {
        if bytes.isEmpty { throw .empty(name: name) }
        if bytes.count > maximumBytes { throw .tooLarge(name: name, bytes: bytes.count, limit: maximumBytes) }
        let isPage = HTMLSniffer.isPage(bytes, name: name)
        let (text, encoding) = decoded(
            bytes, declared: declared ?? (isPage ? HTMLSniffer.declaredEncoding(bytes) : nil))
        if isPage { return try page(text, encoding, name: name) }
        if looksBinary(text) { throw .binary(name: name) }
        if !hasText(text) { throw .noText(name: name) }
        if let (line, length) = overlongLine(text) {
            throw .lineTooLong(name: name, line: line, bytes: length, limit: maximumLineBytes)
        }
        var document = Document(name: name, bytes: text)
        document.encoding = encoding
        return document
    }

    /// A saved page; long lines are usual.
    private func page(_ text: [UInt8], _ encoding: String?, name: String) throws(IngestError) -> Document {
        let nuls = text.withUnsafeBufferPointer { buffer in buffer.reduce(0) { $0 + ($1 == 0 ? 1 : 0) } }
        if nuls * 100 > text.count { throw .binary(name: name) }
        var document = Document(name: name, bytes: text)
        document.format = .html
        document.encoding = encoding
        return document
    }

    /// The bytes in UTF-8 and the encoding they were in, nil for UTF-8.
    ///
    /// In this order: a byte order mark, zeros of UTF-16, valid UTF-8, what is declared, the likeliest.
    package func decoded(_ bytes: [UInt8], declared: String? = nil) -> (text: [UInt8], encoding: String?) {
        if let (encoding, mark) = TextEncoding.announced(by: bytes) {
            if encoding != .utf8 { return (encoding.decode(bytes[mark...]), encoding.rawValue) }
            return (isValid(bytes) ? bytes : encoding.decode(bytes[...]), nil)
        }
        if let encoding = TextEncoding.guessed(from: bytes) { return (encoding.decode(bytes[...]), encoding.rawValue) }
        if isValid(bytes) { return (bytes, nil) }
        if let name = declared?.lowercased() {
            // Mostly UTF-8 with a few broken bytes stays UTF-8.
            if name == "utf-8" || name == "utf8" {
                if isNearlyValid(bytes) { return (TextEncoding.utf8.decode(bytes[...]), nil) }
            } else if let text = HTMLSniffer.decoded(bytes, from: name) {
                return (text, name)
            }
        }
        let encoding = fallback ?? guesser.guess(bytes)
        return (encoding.decode(bytes[...]), encoding.rawValue)
    }

    /// More sequences of UTF-8 than broken ones.
    private func isNearlyValid(_ bytes: [UInt8]) -> Bool {
        var whole = 0, broken = 0, index = 0
        while index < bytes.count {
            let (scalar, length) = ScalarReader.scalar(in: bytes, at: index)
            if scalar == 0xFFFD, length == 1 { broken += 1 } else if length > 1 { whole += 1 }
            index += length
        }
        return whole > broken
    }

    private func size(of url: URL) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        return (attributes?[.size] as? NSNumber)?.intValue
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
