import CLibXML2

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
    /// Tags with more attributes than an author writes are blanked; the parser compares each with all others.
    static let maximumAttributes = 400

    /// The tree of a page given as valid UTF-8.
    static func tree(of bytes: [UInt8]) -> HTMLTree {
        let builder = HTMLTreeBuilder(capacity: bytes.count)
        withExtendedLifetime(builder) {
            Self.harmless(bytes).withUnsafeBufferPointer { buffer in parse(buffer, into: builder) }
        }
        return builder.finished()
    }

    private static func parse(_ buffer: UnsafeBufferPointer<UInt8>, into builder: HTMLTreeBuilder) {
        guard let base = buffer.baseAddress, buffer.count < Int(Int32.max),
            let context = htmlNewParserCtxt()
        else { return }
        defer { htmlFreeParserCtxt(context) }
        guard let sax = context.pointee.sax else { return }
        builder.begin(context: context, source: buffer)
        sax.pointee = handler()
        context.pointee.userData = Unmanaged.passUnretained(builder).toOpaque()
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue | HTML_PARSE_COMPACT.rawValue
        base.withMemoryRebound(to: CChar.self, capacity: buffer.count) { chars in
            let document = htmlCtxtReadMemory(context, chars, Int32(buffer.count), nil, "UTF-8", Int32(options))
            if let document { xmlFreeDoc(document) }
        }
    }

    private static func handler() -> htmlSAXHandler {
        var sax = htmlSAXHandler()
        sax.startElement = { data, name, attributes in
            HTMLTreeBuilder.of(data)?.start(name, attributes)
        }
        sax.endElement = { data, name in HTMLTreeBuilder.of(data)?.end() }
        sax.characters = { data, text, count in HTMLTreeBuilder.of(data)?.characters(text, Int(count)) }
        sax.ignorableWhitespace = { data, text, count in HTMLTreeBuilder.of(data)?.characters(text, Int(count)) }
        sax.cdataBlock = { data, text, count in HTMLTreeBuilder.of(data)?.script(text, Int(count)) }
        sax.comment = { data, _ in HTMLTreeBuilder.of(data)?.note() }
        sax.serror = { _, _ in }
        sax.initialized = 0xDEED_BEAF
        return sax
    }

    /// The bytes with NULs, and tags with far too many attributes, made spaces; of the same length.
    private static func harmless(_ bytes: [UInt8]) -> [UInt8] {
        var out = bytes
        out.withUnsafeMutableBufferPointer { buffer in
            var index = 0
            while index < buffer.count {
                if buffer[index] == 0 {
                    buffer[index] = 0x20
                } else if buffer[index] == 0x3C, index + 1 < buffer.count, buffer[index + 1] | 0x20 >= 0x61,
                    buffer[index + 1] | 0x20 <= 0x7A
                {
                    index = blankOverfullTag(&buffer, from: index)
                    continue
                }
                index += 1
            }
        }
        return out
    }

    private static func blankOverfullTag(_ buffer: inout UnsafeMutableBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start + 1, gaps = 0
        var quote: UInt8 = 0
        while index < buffer.count {
            let byte = buffer[index]
            if byte == 0 { buffer[index] = 0x20 }
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == 0x3E {
                break
            } else if byte == 0x22 || byte == 0x27, buffer[index - 1] == 0x3D {
                quote = byte
            } else if byte <= 0x20, buffer[index - 1] > 0x20 {
                gaps += 1
            }
            index += 1
        }
        // An open quote runs to the end of the file: read on behind the tag's first byte.
        if gaps > maximumAttributes {
            for place in start..<index { buffer[place] = 0x20 }
        } else if index == buffer.count, quote != 0 {
            return start + 1
        }
        return index
    }
}
