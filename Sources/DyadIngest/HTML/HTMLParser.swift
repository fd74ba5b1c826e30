import CDyadHTML

/// Reads the tree of a saved page with libxml2's HTML parser.
///
/// The parser reports elements and texts as it meets them; no tree of its own is built, so its silent limits on depth
/// and text length do not apply. It runs in recovery mode, without network, on UTF-8 whatever the page announces.
///
/// **Offsets.** libxml2 knows lines only. At each report the parser's own reading position is taken: a text it hands
/// over ends there, and when the bytes before that position equal the text they are its place. Texts that differ from
/// the file, as entities do, are laid on the bytes since the last report, character by character; what cannot be laid
/// on gets the whole of that range.
struct HTMLParser {
    /// Deeper pages are cut off: no article is nested so, and unclosed tags make reading slower with every level.
    static let maximumDepth = 600

    /// The tree of a page given as valid UTF-8.
    static func tree(of bytes: [UInt8]) -> HTMLTree {
        let page = HTMLLightPage(bytes)
        let builder = HTMLTreeBuilder(capacity: page.bytes.count)
        withExtendedLifetime(builder) {
            page.bytes.withUnsafeBufferPointer { buffer in parse(buffer, into: builder) }
        }
        var tree = builder.finished()
        page.restore(&tree)
        return tree
    }

    private static func parse(_ buffer: UnsafeBufferPointer<UInt8>, into builder: HTMLTreeBuilder) {
        guard let base = buffer.baseAddress else { return }
        builder.begin(source: buffer)
        var handler = handler()
        handler.data = Unmanaged.passUnretained(builder).toOpaque()
        base.withMemoryRebound(to: CChar.self, capacity: buffer.count) { chars in
            _ = dyad_html_read(chars, buffer.count, &handler)
        }
    }

    private static func handler() -> dyad_html_handler {
        var out = dyad_html_handler()
        out.start = { data, name, attributes, position in
            HTMLTreeBuilder.of(data)?.start(name, attributes, at: position) == true ? 1 : 0
        }
        out.end = { data, position in HTMLTreeBuilder.of(data)?.end(at: position) }
        out.text = { data, text, count, position in HTMLTreeBuilder.of(data)?.characters(text, count, at: position) }
        out.script = { data, text, count, position in HTMLTreeBuilder.of(data)?.script(text, count, at: position) }
        out.comment = { data, position in HTMLTreeBuilder.of(data)?.note(at: position) }
        return out
    }
}
