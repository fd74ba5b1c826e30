import DyadCore

/// Reads the items of RSS of all versions, RDF and Atom, each as a document of its own.
///
/// A broken feed keeps its readable items; what was wrong stands in the report. Of several texts of an item the longest
/// kind is taken: `content:encoded`, then Atom's `content`, then the description.
struct FeedReader {
    let markup: MarkupText
    let stamps: StampReader

    /// Hands over the items of a feed in UTF-8.
    func read(_ bytes: [UInt8], name: String, _ each: (Document) throws -> Void) rethrows -> CollectionReport {
        var reader = XMLItemReader(bytes: bytes, items: ["item", "entry"])
        var names = ItemNames(file: name)
        var report = CollectionReport(format: "feed")
        var number = 0
        while let item = reader.next() {
            number += 1
            let head = FeedHead(reader: reader)
            let place = DocumentPlace(file: name, number: number, byte: item.tag.byte, identifier: identifier(item))
            let made = make(item, head: head, place: place, bytes: bytes)
            let key = place.identifier ?? "\(made.title ?? "") \(made.published?.description ?? "")"
            if let document = made.document(named: names.name(for: key)) {
                report.documents += 1
                try each(document)
            } else {
                report.refusals.append(.init(number: number, byte: place.byte, reason: "it has neither title nor text"))
            }
        }
        report.format = reader.root == "feed" ? "Atom feed" : "RSS feed"
        finish(&report, reader, bytes, items: number)
        return report
    }

    private func identifier(_ item: XMLElement) -> String? {
        item.words("guid", "id") ?? link(item) ?? item.tag.attributes["rdf:about"]
    }

    private func link(_ item: XMLElement) -> String? {
        for link in item.all("link", "atom:link") {
            if link.tag.attributes["href"] == nil, !link.text.isEmpty { return link.words }
            let role = link.tag.attributes["rel"] ?? "alternate"
            if role == "alternate", let address = link.tag.attributes["href"], !address.isEmpty { return address }
        }
        let guid = item.child("guid")
        return guid?.tag.attributes["ispermalink"] == "false" ? nil : guid?.words.nonEmpty { $0.contains("://") }
    }

    private func make(_ item: XMLElement, head: FeedHead, place: DocumentPlace, bytes: [UInt8]) -> ItemDocument {
        var out = ItemDocument(place: place)
        let title = item.child("title").map { String(decoding: markup.paragraphs(of: $0.text), as: UTF8.self) }
        out.title = title?.singleSpaced.nonEmpty { _ in true }
        out.url = link(item).flatMap { $0.contains("://") ? $0 : nil }
        let (text, deck) = texts(item, bytes)
        out.text = text
        out.state(.title, out.title, "feed title")
        out.state(.deck, deck, "feed description")
        for (tag, words) in stampTexts(item) {
            out.state(tag == "updated" || tag == "atom:updated" ? .modified : .published, words, "feed \(tag)")
            if out.published == nil { out.published = stamps.day(words) }
        }
        for author in authors(item) { out.state(.author, author, "feed author") }
        for section in item.all("category", "dc:subject", "media:category").prefix(5) {
            out.state(.section, section.words.isEmpty ? section.tag.attributes["term"] : section.words, "feed category")
        }
        let source = item.child("source", "dc:source", "dc:publisher")
        out.publisher = source?.words("title", "name") ?? source?.words.nonEmpty { _ in true } ?? head.title
        out.state(.publisher, out.publisher, "feed")
        out.state(.url, out.url, "feed link")
        return out
    }

    /// Dates of an item, that of publication first.
    private func stampTexts(_ item: XMLElement) -> [(String, String)] {
        ["pubdate", "published", "dc:date", "dcterms:issued", "atom:published", "date", "updated", "atom:updated"]
            .compactMap { tag in item.words(tag).map { (tag, $0) } }
    }

    /// The text of an item, and its description where that is not the text.
    private func texts(_ item: XMLElement, _ bytes: [UInt8]) -> ([UInt8], String?) {
        let full = item.child("content:encoded", "content", "atom:content", "fullitem", "xhtml:body", "body")
        let short = item.child("description", "summary", "atom:summary", "dc:description", "itunes:summary")
        let long = full.map { paragraphs($0, bytes) } ?? []
        let brief = short.map { paragraphs($0, bytes) } ?? []
        if long.isEmpty { return (brief, nil) }
        return (long, brief.isEmpty || brief == long ? nil : String(decoding: brief, as: UTF8.self))
    }

    /// Escaped HTML, plain text, or XHTML that stands in the feed itself.
    private func paragraphs(_ element: XMLElement, _ bytes: [UInt8]) -> [UInt8] {
        let range = element.content.clamped(to: 0..<bytes.count)
        return markup.paragraphs(of: element.children.isEmpty ? element.text : Array(bytes[range]))
    }

    private func authors(_ item: XMLElement) -> [String] {
        let creators = item.all("dc:creator").map(\.words)
        if !creators.isEmpty { return creators }
        return item.all("author", "atom:author").compactMap { author in
            if let name = author.words("name", "atom:name") { return name }
            // "desk@example.org (Ana Ruiz)"
            let words = author.words
            guard let open = words.firstIndex(of: "("), let close = words.lastIndex(of: ")"), open < close else {
                return words.contains("@") ? nil : words
            }
            return String(words[words.index(after: open)..<close])
        }
    }

    private func finish(_ report: inout CollectionReport, _ reader: XMLItemReader, _ bytes: [UInt8], items: Int) {
        if let reason = reader.failure {
            let line = LineNumbers(bytes: bytes, places: [reader.byte])[reader.byte]
            report.stopped("line \(line): reading stopped: \(reason)")
        }
        report.notes += reader.notes.sentences(of: bytes)
        if items == 0, reader.failure == nil { report.notes.append("it holds no items") }
    }
}

/// What a feed says of itself.
private struct FeedHead {
    let title: String?

    init(reader: XMLItemReader) {
        let root = reader.root ?? ""
        title =
            ["\(root)/channel/title", "\(root)/title", "channel/title"].lazy.compactMap { reader.outside[$0] }.first
    }
}

extension String {
    /// The text itself when it has characters and passes a test.
    func nonEmpty(_ test: (String) -> Bool) -> String? { isEmpty || !test(self) ? nil : self }
}
