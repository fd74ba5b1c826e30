/// One record of a web archive: its header fields and its block.
struct WARCRecord {
    /// By names in small letters.
    var fields: [String: String]
    var block: [UInt8]
    /// Number of the record in the file, from 1.
    var number: Int
    /// First byte of the record in the file; of its member where the file is compressed.
    var byte: Int
    /// The block is shorter than the header says.
    var isCutOff = false

    var type: String { fields["warc-type"]?.lowercased() ?? "" }

    /// The header fields of lines such as `WARC-Type: response`; a line that begins with a blank goes on with the last.
    static func fields(of header: ArraySlice<UInt8>) -> [String: String] {
        var out: [String: String] = [:]
        var last: String?
        for line in header.split(separator: 0x0A).prefix(200) {
            let text = String(decoding: line, as: UTF8.self)
            if let first = line.first, first == 0x20 || first == 0x09, let name = last {
                out[name]?.append(" " + text.singleSpaced)
                continue
            }
            guard let colon = text.firstIndex(of: ":") else { continue }
            let name = text[..<colon].lowercased().singleSpaced
            last = name
            if out[name] == nil { out[name] = String(text[text.index(after: colon)...]).singleSpaced }
        }
        return out
    }
}
