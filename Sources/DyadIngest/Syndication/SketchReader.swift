import DyadCore

/// Makes the sketch of an article's body.
enum SketchReader {
    /// The sketch of title, deck and paragraphs of whatever language; nil for a short text.
    static func sketch(of article: Article) -> TextSketch? {
        var hashes: [UInt64] = []
        for block in article.blocks where block.label == .paragraph {
            add(article.document.bytes, block.span, to: &hashes)
        }
        return TextSketch(words: hashes)
    }

    /// Adds the hash of every word, in small letters and without signs.
    private static func add(_ bytes: [UInt8], _ span: Span, to hashes: inout [UInt64]) {
        var hash: UInt64 = 0
        var index = span.start
        let end = min(span.end, bytes.count)
        while index < end {
            let (scalar, length) = ScalarReader.scalar(in: bytes, at: index)
            switch ScalarReader.kind(of: scalar) {
            case .letter, .digit:
                if hash == 0 { hash = 0xCBF2_9CE4_8422_2325 }
                hash = (hash ^ UInt64(UnicodeValue.lowered(scalar))) &* 0x100_0000_01B3
            case .space, .symbol:
                if hash != 0 { hashes.append(hash) }
                hash = 0
            }
            index += length
        }
        if hash != 0 { hashes.append(hash) }
    }
}
