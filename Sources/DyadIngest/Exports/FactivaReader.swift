import DyadCore

/// Reads exports of Factiva: XML with one `article` element each, or HTML with one box each, with two-letter codes in
/// front of the fields or without.
struct FactivaReader {
    let fields: ExportFields
    let stamps: StampReader
    let rules: HTMLRules

    // MARK: - XML

    /// Hands over the articles of an XML file in UTF-8.
    func read(xml bytes: [UInt8], name: String, _ each: (Document) throws -> Void) rethrows -> CollectionReport {
        var reader = XMLItemReader(bytes: bytes, items: ["article"])
        var writer = ExportWriter(name: name, format: "factiva", title: "Factiva XML", stamps: stamps)
        while let item = reader.next() {
            var article = ExportArticle()
            collect(item, bytes, &article)
            article.date = article.date.map(Self.day)
            try writer.add(article, byte: item.tag.byte, unit: "byte \(item.tag.byte)", each)
        }
        if let reason = reader.failure { writer.report.stopped("reading stopped: \(reason)") }
        writer.report.notes += reader.notes.sentences(of: bytes)
        return writer.report
    }

    private func collect(_ element: XMLElement, _ bytes: [UInt8], _ article: inout ExportArticle) {
        for child in element.children {
            let name = XMLItemReader.local(child.name)
            guard let field = fields.field(name, in: .factiva) else {
                collect(child, bytes, &article)
                continue
            }
            let paragraphs = child.findAll("paragraph").map { words($0, bytes) }
            if field == .date, let date = child.find("date") {
                article.take(.date, words(date, bytes))
            } else if paragraphs.isEmpty {
                article.take(field, words(child, bytes))
            } else if field == .text {
                for paragraph in paragraphs { article.take(.text, paragraph) }
            } else {
                article.take(field, paragraphs.joined(separator: " "))
            }
        }
    }

    /// The words between an element's tags, those of elements inside in their place.
    private func words(_ element: XMLElement, _ bytes: [UInt8]) -> String {
        if element.children.isEmpty { return element.words }
        let inside = Array(bytes[element.content.clamped(to: 0..<bytes.count)])
        return String(decoding: MarkupText(rules: rules).paragraphs(of: inside), as: UTF8.self).singleSpaced
    }

    /// `20140312` as a date.
    private static func day(_ text: String) -> String {
        guard text.utf8.count == 8, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return text }
        return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    }

    // MARK: - HTML

    /// True for pages with the classes that Factiva gives its boxes.
    static func recognises(page bytes: [UInt8]) -> Bool {
        ByteSearch.first(of: "enHeadline", in: bytes, from: 0) != nil
            || ByteSearch.first(of: "articleParagraph", in: bytes, from: 0) != nil
                && ByteSearch.first(of: "activa", in: bytes, from: 0) != nil
            || ByteSearch.first(of: "article enArticle", in: bytes, from: 0) != nil
    }

    /// Hands over the articles of a page in UTF-8.
    func read(page bytes: [UInt8], name: String, _ each: (Document) throws -> Void) rethrows -> CollectionReport {
        let tree = HTMLParser.tree(of: bytes)
        let blocks = HTMLBlockCollector.blocks(of: tree, rules: rules)
        var writer = ExportWriter(name: name, format: "factiva", title: "Factiva HTML", stamps: stamps)
        for box in boxes(tree) {
            var text = HTMLTextBuilder(tree: tree)
            let lines = blocks.filter { box.contains($0.nodes.lowerBound) }.map { block in
                let range = text.add(block)
                return (text: String(decoding: text.text[range], as: UTF8.self), block: block)
            }
            let byte = Int(tree.nodes[box.lowerBound].source.lowerBound)
            let isCoded = lines.count { code($0.text) != nil } >= 3
            let article = isCoded ? coded(lines.map(\.text)) : plain(lines, tree)
            try writer.add(article, byte: byte, unit: "byte \(byte)", each)
        }
        return writer.report
    }

    /// The outermost elements of class `article`; the whole page when there is none.
    private func boxes(_ tree: HTMLTree) -> [Range<Int>] {
        var out: [Range<Int>] = []
        for node in tree.nodes.indices where node >= (out.last?.upperBound ?? 0) {
            guard let names = tree.value(.class, of: node) else { continue }
            let words = names.lowercased().split(separator: " ")
            if words.contains("article") || words.contains(where: { $0.hasSuffix("article") && $0.utf8.count <= 10 }) {
                out.append(node..<Int(tree.nodes[node].end))
            }
        }
        return out.isEmpty ? [0..<tree.nodes.count] : out
    }

    /// "HD" alone in a cell.
    private func code(_ text: String) -> ExportField? {
        guard (2...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            return nil
        }
        return fields.field(text, in: .factiva)
    }

    private func coded(_ lines: [String]) -> ExportArticle {
        var article = ExportArticle()
        var field: ExportField?
        for line in lines {
            if let code = code(line) {
                field = code
            } else if let identifier = identifier(line) {
                article.take(.identifier, identifier)
            } else if let field {
                article.take(field, line)
            } else {
                article.rest.append(line)
            }
        }
        return article
    }

    /// Without codes the lines over the text stand in a fixed order: headline, author, words, date, time, outlet.
    private func plain(_ lines: [(text: String, block: HTMLPageBlock)], _ tree: HTMLTree) -> ExportArticle {
        var article = ExportArticle()
        var lastHead: ExportField?
        for (text, block) in lines {
            if let identifier = identifier(text) {
                article.take(.identifier, identifier)
            } else if isParagraph(block, tree) {
                article.take(.text, text)
            } else if isHeadline(block, tree) {
                article.take(.title, text)
                lastHead = .title
            } else if !article.paragraphs.isEmpty {
                article.rest.append(text)
            } else if isWordCount(text) {
                lastHead = .length
            } else if lastHead == .title {
                article.take(.author, text)
            } else if lastHead == .length, stamps.day(text) != nil {
                article.take(.date, text)
                lastHead = .date
            } else if lastHead == .date, !text.contains(":") || text.utf8.count > 10 {
                article.take(.publisher, text)
                lastHead = .publisher
            } else {
                article.rest.append(text)
            }
        }
        return article
    }

    private func isParagraph(_ block: HTMLPageBlock, _ tree: HTMLTree) -> Bool { has("articleparagraph", block, tree) }

    private func isHeadline(_ block: HTMLPageBlock, _ tree: HTMLTree) -> Bool {
        has("headline", block, tree) || tree.value(.id, of: block.element) == "hd"
    }

    /// A class name of the block's element, of one around or of one in it.
    private func has(_ name: String, _ block: HTMLPageBlock, _ tree: HTMLTree) -> Bool {
        var nodes = Array(block.element..<max(block.nodes.upperBound, block.element + 1))
        let parent = Int(tree.nodes[block.element].parent)
        if parent > 0 { nodes.append(parent) }
        return nodes.prefix(20).contains { tree.value(.class, of: $0)?.lowercased().contains(name) == true }
            || parent > 0 && tree.value(.class, of: parent)?.lowercased().contains(name) == true
    }

    /// "512 words".
    private func isWordCount(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        return words.count == 2 && Int(words[0].filter(\.isNumber)) != nil && words[1].first?.isLetter == true
            && text.utf8.count < 24
    }

    /// "Document LBA0000020140312ea3c0001p".
    private func identifier(_ text: String) -> String? {
        let words = text.split(separator: " ")
        guard words.count == 2, words[0].lowercased().hasPrefix("do"), words[1].utf8.count >= 12,
            words[1].contains(where: \.isNumber), words[1].allSatisfy({ $0.isLetter || $0.isNumber })
        else { return nil }
        return String(words[1])
    }
}

/// Numbers and names the articles of an export, hands them over and keeps account.
struct ExportWriter {
    private let name: String
    private let format: String
    private let stamps: StampReader
    private var names: ItemNames
    private var number = 0
    var report: CollectionReport

    init(name: String, format: String, title: String, stamps: StampReader) {
        self.name = name
        self.format = format
        self.stamps = stamps
        names = ItemNames(file: name)
        report = CollectionReport(format: title)
    }

    /// Hands over an article, or notes that it has no text.
    mutating func add(
        _ article: ExportArticle, byte: Int, unit: String, _ each: (Document) throws -> Void
    ) rethrows {
        number += 1
        let place = DocumentPlace(file: name, number: number, byte: byte, identifier: article.identifier)
        let told = [article.title, article.publisher, article.date].compactMap { $0 }.joined(separator: "|")
        let id = names.name(for: article.identifier ?? told)
        if let document = article.document(named: id, place: place, format: format, stamps: stamps) {
            report.documents += 1
            try each(document)
        } else {
            let title = article.title.map { " (\"\($0.prefix(60))\")" } ?? ""
            report.refusals.append(
                .init(number: number, byte: byte, reason: "\(unit): the article\(title) has no running text"))
        }
    }
}
