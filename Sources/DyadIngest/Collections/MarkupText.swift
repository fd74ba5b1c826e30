/// The paragraphs of a piece of HTML, as it stands in feeds and exports.
struct MarkupText {
    let rules: HTMLRules

    /// Paragraphs parted by empty lines; text without tags keeps its own lines.
    func paragraphs(of markup: [UInt8]) -> [UInt8] {
        guard Self.hasTags(markup) else { return Self.trimmed(markup) }
        let page = Array("<html><body><div>".utf8) + markup + Array("</div></body></html>".utf8)
        let tree = HTMLParser.tree(of: page)
        var builder = HTMLTextBuilder(tree: tree)
        for block in HTMLBlockCollector.blocks(of: tree, rules: rules) { _ = builder.add(block) }
        return Self.trimmed(builder.text)
    }

    /// True for text with a tag or an entity in it.
    static func hasTags(_ bytes: [UInt8]) -> Bool {
        for index in bytes.indices.dropLast() {
            let next = bytes[index + 1]
            let isLetter = (0x61...0x7A).contains(next | 0x20)
            if bytes[index] == 0x3C, isLetter || next == 0x2F || next == 0x21 { return true }
            if bytes[index] == 0x26, isLetter || next == 0x23 {
                if bytes[index...].prefix(12).contains(0x3B) { return true }
            }
        }
        return false
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
        let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start
        return Array(bytes[start..<end])
    }
}
