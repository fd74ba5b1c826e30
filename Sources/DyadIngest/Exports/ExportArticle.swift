import DyadCore

/// One article of an export while its parts are put together; becomes a document with labelled lines.
struct ExportArticle {
    /// What the file says of it.
    var title: String?
    var decks: [String] = []
    var authors: [String] = []
    var date: String?
    var publisher: String?
    var section: String?
    var url: String?
    var identifier: String?
    var dateline: String?
    var captions: [String] = []
    var paragraphs: [String] = []
    /// Lines that are none of these, such as index terms.
    var rest: [String] = []

    /// Takes the value of a field; what has no place of its own is kept as a line.
    mutating func take(_ field: ExportField, _ value: String) {
        guard !value.isEmpty else { return }
        switch field {
        case .title: title = title.map { $0 == value ? $0 : $0 + " " + value } ?? value
        case .deck: decks.append(value)
        case .author: authors.append(value)
        case .date: date = date ?? value
        case .publisher: publisher = publisher ?? value
        case .section: section = section ?? value
        case .url: url = url ?? value
        case .identifier: identifier = identifier ?? value
        case .dateline: dateline = dateline ?? value
        case .caption: captions.append(value)
        case .text: paragraphs.append(value)
        case .length, .source, .other, .part, .end, .cover, .language: rest.append(value)
        }
    }

    /// The document; nil when there is no running text.
    func document(named name: String, place: DocumentPlace, format: String, stamps: StampReader) -> Document? {
        guard !paragraphs.isEmpty else { return nil }
        var layout = ExportLayout()
        if let title { layout.add(.title, title) }
        for deck in decks { layout.add(.deck, deck) }
        for author in authors { layout.add(.byline, author) }
        if let date { layout.add(.publication, date) }
        if let dateline { layout.add(.dateline, dateline) }
        for paragraph in paragraphs { layout.add(.paragraph, paragraph) }
        for caption in captions { layout.add(.caption, caption) }
        for line in rest { layout.add(.footer, line) }
        let day = stamps.day(date)
        var document = Document(name: name, bytes: layout.bytes, published: day, publisher: publisher, url: url)
        document.layout = layout.blocks
        document.place = place
        document.statements = statements(format)
        return document
    }

    private func statements(_ format: String) -> [MetadataFind] {
        var out: [MetadataFind] = []
        func state(_ field: MetadataFind.Field, _ value: String?) {
            guard let value = value?.singleSpaced, !value.isEmpty else { return }
            out.append(MetadataFind(field: field, value: value, source: format))
        }
        state(.title, title)
        for deck in decks { state(.deck, deck) }
        for author in authors.flatMap(Self.names) { state(.author, author) }
        state(.published, date)
        state(.publisher, publisher)
        state(.section, section)
        state(.url, url)
        return out
    }

    /// The names in "By Ana Sol and Ben Ott; Cara Lund in Riga".
    static func names(_ byline: String) -> [String] {
        var text = byline.singleSpaced
        for opening in ["By ", "BY ", "by ", "Von ", "VON ", "Par ", "PAR "] where text.hasPrefix(opening) {
            text.removeFirst(opening.count)
        }
        return text.replacing(" and ", with: ";").replacing(" und ", with: ";").replacing(" et ", with: ";")
            .replacing("|", with: ";").split(separator: ";").map { $0.trimmingPrefix(" ") }
            .map { part in String(part.prefix { $0 != "," }).singleSpaced }.filter { !$0.isEmpty && $0.utf8.count < 80 }
    }
}

/// Lines of an article with their labels, an empty line between.
struct ExportLayout {
    private(set) var bytes: [UInt8] = []
    private(set) var blocks: [Block] = []

    /// Adds a line.
    mutating func add(_ label: BlockLabel, _ text: String) {
        if !bytes.isEmpty {
            let start = bytes.count
            bytes.append(0x0A)
            blocks.append(Block(label: .blank, span: Span(start, bytes.count)))
        }
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        bytes.append(0x0A)
        blocks.append(Block(label: label, span: Span(start, bytes.count)))
    }
}

/// Makes an article of a document whose parts are known from outside.
struct LaidOutArticle {
    let lexicon: BlockLexicon

    /// The article, its dateline found in the text; what the file states of it is added later.
    func article(_ document: Document) -> Article {
        var article = Article(document: document)
        article.blocks = document.layout
        readDateline(&article)
        return article
    }

    private func readDateline(_ article: inout Article) {
        let bytes = article.document.bytes
        if let told = article.blocks.first(where: { $0.label == .dateline }) {
            let text = article.document.text(told.span).singleSpaced
            article.dateline = text
            article.datelinePlace = String(text.prefix { !",;(".contains($0) }).singleSpaced
        }
        guard let index = article.blocks.firstIndex(where: { $0.label == .paragraph }) else { return }
        let span = article.blocks[index].span
        var end = span.end
        while end > span.start, bytes[end - 1] <= 0x20 { end -= 1 }
        var reader = DatelineReader(bytes: bytes, lexicon: lexicon, range: span.start..<end)
        // Archives leave out the dash behind a place in capitals.
        guard let line = reader.read(isFirst: true) ?? reader.leadingCapitals(), line.end < end, line.end > span.start
        else { return }
        article.dateline = line.text
        article.datelinePlace = line.place
        article.datelineAgency = line.agency
        let label: BlockLabel = line.isDesk ? .deskTag : .dateline
        article.blocks[index].span = Span(line.end, span.end)
        article.blocks.insert(Block(label: label, span: Span(span.start, line.end)), at: index)
    }
}
