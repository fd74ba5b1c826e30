/// Changes samples at random, the same way for the same seed and number.
struct Mutator {
    let samples: [(name: String, bytes: [UInt8])]
    let seed: UInt64
    /// Changed inputs are cut to this size.
    static let maximumBytes = 150_000

    /// The input of a number.
    func input(_ number: Int) -> (name: String, bytes: [UInt8]) {
        var random = SplitMix(state: seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
        let sample = samples[number % samples.count]
        var bytes = sample.bytes
        for _ in 0...random.below(5) { change(&bytes, &random) }
        if bytes.count > Self.maximumBytes { bytes.removeLast(bytes.count - Self.maximumBytes) }
        return (sample.name, bytes)
    }

    private func change(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let place = random.below(bytes.count + 1)
        let length = min(bytes.count - place, 1 + random.below(random.below(4) == 0 ? 2000 : 16))
        switch random.below(13) {
        case 0: for _ in 0...random.below(20) where !bytes.isEmpty { bytes[random.below(bytes.count)] = random.byte() }
        case 1: if !bytes.isEmpty { bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8)) }
        case 2: bytes.removeSubrange(place..<place + length)
        case 3: bytes.removeLast(bytes.count - place)
        case 4: bytes.removeFirst(place)
        case 5: bytes.insert(contentsOf: Array(bytes[place..<place + length]), at: random.below(bytes.count + 1))
        case 6:
            let part = Array(bytes[place..<place + length])
            let times = 1 + random.below(1 + 20_000 / max(1, part.count))
            bytes.insert(contentsOf: repeatElement(part, count: times).joined(), at: place)
        case 7:
            let other = samples[random.below(samples.count)].bytes
            let start = random.below(other.count + 1)
            let end = start + random.below(other.count - start + 1)
            bytes.replaceSubrange(place..<place + length, with: other[start..<end])
        case 8: bytes.insert(contentsOf: Self.words[random.below(Self.words.count)].utf8, at: place)
        case 9:
            bytes.insert(contentsOf: Self.marks[random.below(Self.marks.count)], at: random.below(3) == 0 ? place : 0)
        case 10: bytes = bytes.prefix(20_000).flatMap { [$0, 0] }
        case 11: for index in place..<place + length { bytes[index] = [0, 0xFF, 0x20, 0x0A][random.below(4)] }
        default: bytes.reverse(place..<place + length)
        }
    }

    /// Words that readers of the formats look for.
    private static let words = [
        "<", ">", "&", "&#x110000;", "&#0;", "&amp;amp;", "<!--", "-->", "<![CDATA[", "]]>", "<?xml ", "<!DOCTYPE x [",
        "<!ENTITY a \"b\">", "<item>", "</item>", "<entry>", "</channel>", "<rss>", "</div></div>", "<p>",
        "<table><tr>",
        "<script>", "</script>", "<meta charset=utf-16>", "charset=utf-7", "WARC/1.0\r\n", "\r\n\r\n",
        "Content-Length: ",
        "Content-Length: -1\r\n", "Content-Length: 9223372036854775807\r\n", "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\n", "HTTP/1.1 200 OK\r\n", "ffffffff\r\n", "0\r\n\r\n", "1 of 2 DOCUMENTS",
        "End of Document", "LENGTH: 300 words", "BYLINE: ", "{\"", "\":[", "\\u0000", "\\ud800", "\"\"", ",,,,", "\t\t",
        "{\\rtf1", "\\bin99999 ", "\\'ff", "{\\*", "}}}}", "PK\u{3}\u{4}", "word/document.xml", "3/5/2024",
        "99/99/9999",
        "31 February 2019", "10:75 pm", "Reply", "Comments (3)", "KARACHI: ", "(Reuters) -", "By ", "\u{202E}",
        "\u{200D}",
        "e\u{301}\u{301}\u{301}", "𝄞", "İıŞş", "لا", "\u{FEFF}", "\u{0}", "\r", "\n\n\n", "\u{2028}",
    ]

    /// First bytes of formats and encodings.
    private static let marks: [[UInt8]] = [
        [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], [0x50, 0x4B, 3, 4],
        [0xC3], [0xE2, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xED, 0xA0, 0x80], [0x80], [0, 0, 0, 0],
        [0x25, 0x50, 0x44, 0x46],
    ]
}

extension Array {
    /// Turns a part around.
    fileprivate mutating func reverse(_ range: Range<Int>) { self[range].reverse() }
}
