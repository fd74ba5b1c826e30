import DyadCore

/// Reads the items of NewsML-G2 files and NITF, as agencies send them.
///
/// Taken are: headline, dateline, byline, day of the first version, provider, and the paragraphs of `inlineXML` or of
/// NITF's `body.content`. Pictures and packages without text are counted.
struct NewsMLReader {
    let markup: MarkupText
    let stamps: StampReader

    /// Hands over the items of a file in UTF-8.
    func read(_ bytes: [UInt8], name: String, _ each: (Document) throws -> Void) rethrows -> CollectionReport {
        let isNITF = XMLItemReader.rootName(of: bytes) == "nitf"
        var reader = XMLItemReader(bytes: bytes, items: isNITF ? ["nitf"] : ["newsitem", "packageitem"])
        var names = ItemNames(file: name)
        var report = CollectionReport(format: isNITF ? "NITF" : "NewsML-G2")
        var number = 0
        while let item = reader.next() {
            number += 1
            let id = item.tag.attributes["guid"] ?? item.find("doc-id")?.tag.attributes["id-string"]
            let place = DocumentPlace(file: name, number: number, byte: item.tag.byte, identifier: id)
            let made = make(item, place, bytes)
            if made.text.isEmpty {
                report.skipped["items without text", default: 0] += 1
            } else if let document = made.document(named: names.name(for: id ?? made.title ?? "\(number)")) {
                report.documents += 1
                try each(document)
            }
        }
        if let reason = reader.failure { report.stopped("reading stopped: \(reason)") }
        report.notes += reader.notes.sentences(of: bytes)
        if report.documents == 0 { report.notes.append("it holds no text") }
        return report
    }

    private func make(_ item: XMLElement, _ place: DocumentPlace, _ bytes: [UInt8]) -> ItemDocument {
        var out = ItemDocument(place: place)
        let content = item.find("contentmeta"), meta = item.find("itemmeta")
        out.title = first([content?.find("headline"), item.find("hl1"), item.find("headline"), item.find("title")])
        out.state(.title, out.title, "news item headline")
        let creator = content?.find("creator")?.find("name") ?? content?.find("by") ?? item.find("byline")
        out.state(.author, creator.map(allWords)?.withoutBy, "news item byline")
        let stamp =
            content?.find("contentcreated")?.words ?? meta?.find("firstcreated")?.words
            ?? meta?.find("versioncreated")?.words ?? item.find("date.issue")?.tag.attributes["norm"]
        out.state(.published, stamp, "news item created")
        out.published = stamps.day(stamp)
        let provider = meta?.find("provider")
        out.publisher =
            first([provider?.find("name")]) ?? provider?.tag.attributes["literal"]
            ?? content?.find("infosource")?.tag.attributes["literal"]
        out.state(.publisher, out.publisher, "news item provider")
        out.text = text(item, bytes)
        if let dateline = first([content?.find("dateline"), item.find("dateline")]) {
            out.text = withDateline(dateline, out.text)
        }
        return out
    }

    private func first(_ elements: [XMLElement?]) -> String? {
        elements.lazy.compactMap { $0.map(allWords) }.first { !$0.isEmpty }
    }

    /// The words of an element and of all in it.
    private func allWords(_ element: XMLElement) -> String {
        ([element.words] + element.children.map(allWords)).filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func text(_ item: XMLElement, _ bytes: [UInt8]) -> [UInt8] {
        let inline = item.findAll("inlinexml")
        let body = (inline.first ?? item).find("body.content") ?? (inline.first ?? item).find("body") ?? inline.first
        if let body {
            let range = body.content.clamped(to: 0..<bytes.count)
            let text = markup.paragraphs(of: Array(bytes[range]))
            if !text.isEmpty { return text }
        }
        return item.find("inlinedata").map { markup.paragraphs(of: $0.text) } ?? []
    }

    /// The dateline before the first paragraph, unless it stands there already.
    private func withDateline(_ dateline: String, _ text: [UInt8]) -> [UInt8] {
        let start = String(decoding: text.prefix(200), as: UTF8.self)
        let place = dateline.prefix { $0.isLetter }
        if text.isEmpty || (!place.isEmpty && start.lowercased().hasPrefix(place.lowercased())) { return text }
        let ending = dateline.last.map { "-–—:".contains($0) } == true ? " " : " — "
        return Array((dateline + ending).utf8) + text
    }
}

extension XMLItemReader {
    /// Name of the first element, without prefix.
    static func rootName(of bytes: [UInt8]) -> String? {
        var reader = XMLItemReader(bytes: Array(bytes.prefix(16_384)), items: [])
        _ = reader.next()
        return reader.root
    }
}

extension String {
    /// Without "By" in front.
    fileprivate var withoutBy: String { lowercased().hasPrefix("by ") ? String(dropFirst(3)) : self }
}
