/// An answer of a web server as a web archive keeps it: status, header fields, body.
struct HTTPAnswer {
    /// 0 when the first line gives none.
    var status = 0
    /// By names in small letters.
    var fields: [String: String] = [:]
    /// The body as sent: perhaps in chunks, perhaps compressed.
    var sent: ArraySlice<UInt8>

    /// Bodies may unpack to this many bytes.
    static let maximumBodyBytes = 64_000_000

    /// The answer in a block; one without a header is all body.
    init(_ block: [UInt8]) {
        sent = block[...]
        guard block.starts(with: Array("HTTP/".utf8)) else { return }
        let limit = min(block.count, 256_000)
        let crlf = ByteSearch.first(of: "\r\n\r\n", in: block, from: 0).map { $0 + 4 }
        let lf = ByteSearch.first(of: "\n\n", in: block, from: 0).map { $0 + 2 }
        let end = min(crlf ?? block.count, lf ?? block.count)
        guard end <= limit else { return }
        let header = block[..<end]
        fields = WARCRecord.fields(of: header)
        let first = header.prefix { $0 != 0x0A }
        status =
            first.split(separator: 0x20).dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        sent = block[end...]
    }

    /// `text/html`, in small letters, without what follows a semicolon.
    var mediaType: String {
        let words = fields["content-type"]?.lowercased() ?? ""
        return String(words.prefix { $0 != ";" && $0 != " " && $0 != "," })
    }

    /// The encoding that the header names.
    var charset: String? {
        guard let words = fields["content-type"]?.lowercased(), let range = words.ranges(of: "charset=").first else {
            return nil
        }
        let name = words[range.upperBound...].filter { $0 != "\"" && $0 != "'" }.prefix { $0 != ";" && $0 != " " }
        return name.isEmpty ? nil : String(name)
    }

    /// The body as the author wrote it, or why it cannot be had.
    ///
    /// Archives often keep a body that was unpacked already under a header that says otherwise; it is taken as it is.
    func body() throws(BodyTrouble) -> [UInt8] {
        var out = fields["transfer-encoding"]?.lowercased().contains("chunked") == true ? unchunked() : Array(sent)
        let codings = (fields["content-encoding"] ?? "").lowercased().split(separator: ",").map {
            String($0).singleSpaced
        }
        for coding in codings.reversed().prefix(2) {
            switch coding {
            case "gzip", "x-gzip": out = try unpacked(out, out.starts(with: [0x1F, 0x8B]) ? .gzip : nil)
            case "deflate":
                let isWrapped = out.count > 1 && out[0] & 0x0F == 8 && (Int(out[0]) << 8 | Int(out[1])) % 31 == 0
                out = try unpacked(out, isWrapped ? .zlib : looksLikeText(out) ? nil : .raw)
            case "", "identity": break
            default: if !looksLikeText(out) { throw .coding(String(coding.prefix(20))) }
            }
        }
        return out
    }

    enum BodyTrouble: Error {
        case coding(String)
        case packed(Gunzip.Trouble)

        /// One clause.
        var reason: String {
            switch self {
            case .coding(let name): "its body is compressed with \"\(name)\", which is not read"
            case .packed(.damaged): "its compressed body is damaged"
            case .packed(.tooLarge): "its body unpacks to more than \(HTTPAnswer.maximumBodyBytes) bytes"
            case .packed(.bomb): "its body unpacks to more than \(Gunzip.maximumRatio) times its size"
            }
        }
    }

    private func unpacked(_ bytes: [UInt8], _ wrapping: Gunzip.Wrapping?) throws(BodyTrouble) -> [UInt8] {
        guard let wrapping else { return bytes }
        do {
            return try Gunzip.unpacked(bytes, wrapping, limit: Self.maximumBodyBytes).bytes
        } catch {
            throw .packed(error)
        }
    }

    private func looksLikeText(_ bytes: [UInt8]) -> Bool {
        bytes.first { $0 > 0x20 } == 0x3C
    }

    /// The chunks joined; the bytes as they are when they are no chunks.
    private func unchunked() -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(sent.count)
        var index = sent.startIndex
        while index < sent.endIndex {
            guard let (size, next) = chunkSize(at: index) else { return out.isEmpty ? Array(sent) : out }
            if size == 0 { return out }
            let end = size < sent.endIndex - next ? next + size : sent.endIndex
            out += sent[next..<end]
            index = end
            while index < sent.endIndex, sent[index] == 0x0D || sent[index] == 0x0A { index += 1 }
        }
        return out
    }

    private func chunkSize(at start: Int) -> (size: Int, next: Int)? {
        var size = 0, index = start
        while index < sent.endIndex, index - start < 9 {
            let byte = sent[index]
            let digit: Int
            switch byte {
            case 0x30...0x39: digit = Int(byte) - 0x30
            case 0x41...0x46, 0x61...0x66: digit = Int(byte | 0x20) - 0x57
            default:
                guard index > start, let end = sent[index...].prefix(200).firstIndex(of: 0x0A),
                    byte == 0x0D || byte == 0x0A || byte == 0x3B || byte == 0x20
                else { return nil }
                return (size, end + 1)
            }
            size = size << 4 | digit
            index += 1
        }
        return nil
    }
}
