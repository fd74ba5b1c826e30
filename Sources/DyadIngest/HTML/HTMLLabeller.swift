import DyadCore

/// Labels the blocks of a page and reads what the article is called, by whom and when it was written.
struct HTMLLabeller {
    /// Nobody writes paragraphs of more bytes, and reading one would take hours.
    static let maximumParagraph = 200_000

    let page: HTMLPage
    let ranges: [Range<Int>]
    let document: Document
    var finds: [MetadataFind]
    var labels: [BlockLabel]
    /// Blocks that the phrases are asked about, from the headline to the end of the body.
    let judged: Range<Int>
    private let judge: UnitJudge
    private let draft: ArticleDraft
    private var cuts: [Int: ArticleDraft.Cut] = [:]

    init(page: HTMLPage, ranges: [Range<Int>], document: Document) {
        self.page = page
        self.ranges = ranges
        self.document = document
        finds = page.finds
        labels = page.labels
        let lead = page.blocks[..<page.body.lowerBound].lastIndex { $0.tags.contains(.h1) }
        let first = lead.map { page.body.lowerBound - $0 <= 40 ? $0 : page.body.lowerBound } ?? page.body.lowerBound
        judged = first..<page.body.upperBound
        draft = Self.draft(page, judged, document)
        judge = UnitJudge(draft)
    }

    /// The judged blocks as lines with an empty one between; nothing is asked about those that names alone settle.
    private static func draft(_ page: HTMLPage, _ judged: Range<Int>, _ document: Document) -> ArticleDraft {
        let lexicon = page.lexicon
        let reader = LineFactReader(bytes: document.bytes, lexicon: lexicon)
        var lines: [TextLine] = []
        var facts: [LineFacts] = []
        for block in judged {
            let range = page.ranges[block]
            let line = TextLine(start: range.lowerBound, end: range.upperBound, text: range, indent: 0)
            let isSettled = !page.blocks[block].hints.isDisjoint(with: [.comments, .share, .link, .aside])
            lines.append(line)
            facts.append(isSettled ? LineFacts() : reader.facts(of: line))
            let end = range.upperBound
            lines.append(TextLine(start: end, end: end, text: end..<end, indent: 0))
            facts.append(LineFacts())
        }
        return ArticleDraft(
            document: document, lexicon: lexicon, lines: lines, facts: facts, part: 0..<lines.count, isArchive: false)
    }

    private func unit(_ block: Int) -> Int { block - judged.lowerBound }
    func facts(_ block: Int) -> LineFacts { draft.units[unit(block)].facts }
    func text(_ block: Int) -> String { String(decoding: document.bytes[ranges[block]], as: UTF8.self) }

    /// The article.
    mutating func article() -> Article {
        var article = Article(document: document)
        let choice = HTMLMetadataChoice(finds: finds, lexicon: page.lexicon, url: document.url)
        article.title = choice.title
        article.publisher = choice.publisher
        article.section = choice.section
        labelBody()
        labelDeck(choice.deck)
        labelHead(&article)
        cutDateline(&article)
        readDates(choice, &article)
        readAuthors(choice, &article)
        readComments(&article)
        article.deck = labels.firstIndex(of: .deck).map(text) ?? choice.deck
        article.blocks = blocks()
        return article
    }
}

// The body.
extension HTMLLabeller {
    private mutating func labelBody() {
        guard !page.body.isEmpty else { return }
        for block in page.body { labels[block] = bodyLabel(block) }
        let isProse = { (block: Int) in labels[block] == .paragraph && page.blocks[block].prose > 0 }
        guard let first = page.body.first(where: isProse), let last = page.body.last(where: isProse) else { return }
        for block in page.body where block < first {
            if labels[block] == .paragraph && !isLead(block) || labels[block] == .subheading { labels[block] = .footer }
        }
        for block in page.body where block > last {
            if labels[block] == .subheading || (labels[block] == .paragraph && !isLate(block, behind: last)) {
                labels[block] = .footer
            }
        }
        dropIdleHeadings()
    }

    /// A short sentence or point above the first long paragraph.
    private func isLead(_ block: Int) -> Bool {
        facts(block).words >= (page.blocks[block].tags.contains(.list) ? 3 : 4)
            && (facts(block).endsSentence || page.blocks[block].tags.contains(.list))
    }

    /// A short text below the last long paragraph, beside it in the same element.
    private func isLate(_ block: Int, behind last: Int) -> Bool {
        let entry = page.blocks[block]
        if facts(block).endsSentence || entry.tags.contains(.quote) { return true }
        if entry.tags.contains(.list) { return facts(block).words >= 2 }
        return entry.tags.contains(.paragraph) && facts(block).words >= 4 && !facts(block).hasFullDate
            && page.tree.nodes[entry.element].parent == page.tree.nodes[page.blocks[last].element].parent
    }

    /// An excerpt beside a linked headline, in a box of its own inside the body.
    private func isTeaser(_ block: Int) -> Bool {
        guard page.container > 0 else { return false }
        var top = page.blocks[block].element
        while top > 0, Int(page.tree.nodes[top].parent) != page.container { top = Int(page.tree.nodes[top].parent) }
        guard top > 0, top != page.blocks[block].element else { return false }
        var prose = 0, bytes = 0, links = 0
        var index = block
        while index > page.body.lowerBound, page.blocks[index - 1].nodes.lowerBound >= top { index -= 1 }
        while index < page.body.upperBound, page.blocks[index].nodes.lowerBound < Int(page.tree.nodes[top].end) {
            let entry = page.blocks[index]
            if entry.prose > 0 { prose += 1 }
            bytes += entry.prose
            if entry.linkDensity > 0.8, entry.linkBytes >= 15 { links += 1 }
            index += 1
        }
        return links > 0 && links >= prose && bytes < 300 * max(1, prose)
    }

    private func bodyLabel(_ block: Int) -> BlockLabel {
        let entry = page.blocks[block]
        if ranges[block].count > Self.maximumParagraph { return .footer }
        if let ruling = entry.ruling {
            if case .label(let label) = ruling { return label }
            return textLabel(block)
        }
        if let label = hintLabel(entry) { return label }
        if !entry.tags.isDisjoint(with: [.figcaption, .figure]) { return .caption }
        if entry.tags.contains(.quote) { return .paragraph }
        if isTeaser(block) { return .link }
        if !entry.tags.isDisjoint(with: [.navigation, .footer, .aside]) {
            return entry.linkDensity > 0.5 ? .link : .footer
        }
        if entry.linkDensity > 0.8, !isLinkedSentence(block) { return .link }
        if let label = judge.furniture(unit(block)), label != .deskTag { return label }
        if judge.isDateLine(unit(block)), facts(block).rest <= 3 { return .publication }
        if judge.byline(unit(block)) != nil { return .byline }
        return textLabel(block)
    }

    /// A sentence that is a link as a whole.
    private func isLinkedSentence(_ block: Int) -> Bool {
        facts(block).words >= 12 && facts(block).endsSentence && page.blocks[block].tags.contains(.paragraph)
    }

    private func hintLabel(_ entry: HTMLPageBlock) -> BlockLabel? {
        let hints = entry.hints
        if hints.contains(.comments) { return .commentText }
        if hints.contains(.hidden) { return .footer }
        if hints.contains(.share) { return .share }
        if hints.contains(.authorNote) { return .authorNote }
        if hints.contains(.link) { return .link }
        if hints.contains(.caption) { return .caption }
        if hints.contains(.publication), entry.bytes < 100 { return .publication }
        if hints.contains(.byline), entry.bytes < 120 { return .byline }
        if !hints.isDisjoint(with: [.footer, .aside]) { return .footer }
        return nil
    }

    private func textLabel(_ block: Int) -> BlockLabel {
        let entry = page.blocks[block], facts = facts(block)
        if entry.tags.contains(.heading) { return .subheading }
        if entry.emphasisBytes * 10 >= entry.bytes * 9, facts.words <= 14, !facts.endsSentence { return .subheading }
        return .paragraph
    }

    /// A subheading with no paragraph under it is something else.
    private mutating func dropIdleHeadings() {
        var hasText = false
        for block in page.body.reversed() {
            switch labels[block] {
            case .paragraph: hasText = true
            case .subheading where !hasText: labels[block] = .footer
            default: break
            }
        }
    }
}

extension HTMLLabeller {
    /// The first text when it is the page's description and stands apart from the paragraphs that follow.
    private mutating func labelDeck(_ description: String?) {
        let texts = page.body.filter { labels[$0] == .paragraph || labels[$0] == .deck }
        guard let description, texts.count > 2, ranges[texts[0]].count < 400,
            Self.key(text(texts[0])) == Self.key(description)
        else { return }
        let parents = texts.prefix(2).map { page.tree.nodes[page.blocks[$0].element].parent }
        if parents[0] != parents[1] || page.blocks[texts[0]].hints.contains(.deck) { labels[texts[0]] = .deck }
    }
}

// The head.
extension HTMLLabeller {
    private mutating func labelHead(_ article: inout Article) {
        let wanted = article.title.map(Self.key)
        let text = page.body.first { labels[$0] == .paragraph } ?? page.body.upperBound
        var hasTitle = false
        for block in judged
        where page.blocks[block].tags.contains(.heading) || labels[block] != .paragraph || block < page.body.lowerBound
        {
            let isSame = ranges[block].count < 600 && Self.key(self.text(block)) == wanted
            // Some pages use first-order headings inside the text.
            let isHeadline =
                isSame || (page.blocks[block].tags.contains(.h1) && block < text && labels[block] != .paragraph)
            if isHeadline {
                if page.blocks[block].linkDensity > 0.5, !page.blocks[block].tags.contains(.h1) { continue }
                labels[block] = hasTitle ? .repeatedTitle : .title
                hasTitle = true
            } else if block < page.body.lowerBound {
                labels[block] = headLabel(block)
            }
        }
    }

    private func headLabel(_ block: Int) -> BlockLabel {
        let entry = page.blocks[block]
        if entry.hints.contains(.deck), facts(block).words >= 5 { return .deck }
        let label = bodyLabel(block)
        return label == .paragraph || label == .subheading
            ? (facts(block).words >= 8 && entry.linkDensity < 0.3 ? .deck : .footer) : label
    }

    /// Letters and digits only, in small letters.
    static func key(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: out.unicodeScalars.append(scalar)
            case 0x41...0x5A: out.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
            case 0..<0x80, 0x2000...0x206F: break
            default:
                if scalar.properties.isAlphabetic { out += scalar.properties.lowercaseMapping }
            }
        }
        return out
    }

    private mutating func cutDateline(_ article: inout Article) {
        guard let block = page.body.first(where: { labels[$0] == .paragraph }) else { return }
        var reader = DatelineReader(bytes: document.bytes, lexicon: page.lexicon, range: ranges[block])
        guard let line = reader.read(isFirst: true), line.end < ranges[block].upperBound else { return }
        cuts[block] = ArticleDraft.Cut(end: line.end, label: line.isDesk ? .deskTag : .dateline)
        article.dateline = line.text
        article.datelinePlace = line.place
        article.datelineAgency = line.agency
    }
}

// Date and authors.
extension HTMLLabeller {
    private mutating func readDates(_ choice: HTMLMetadataChoice, _ article: inout Article) {
        var dates = PublicationDates()
        for block in judged
        where [.publication, .byline, .footer, .dateline].contains(labels[block]) && facts(block).hasFullDate {
            let reader = PublicationReader(lexicon: page.lexicon)
            for (date, role) in reader.dates(in: draft.pieces(unit(block))) {
                dates.add(date, role: role, place: labels[block] == .footer ? .tail : .head, text: text(block))
                finds.append(.init(field: role == .updated ? .modified : .published, value: "\(date)", source: "text"))
            }
        }
        article.published = choice.published?.date ?? dates.date
        article.publishedText = choice.published?.text ?? dates.text
    }

    private mutating func readAuthors(_ choice: HTMLMetadataChoice, _ article: inout Article) {
        var printed: [String] = []
        for block in judged where labels[block] == .byline {
            let names =
                judge.byline(unit(block))
                ?? (judge.isNameLine(unit(block)) ? judge.names.names(in: draft.pieces(unit(block))) : [])
            let outlet = article.publisher.map(Self.key)
            for name in names where !printed.contains(name) && name != name.uppercased() {
                if let outlet, Self.key(name).hasPrefix(outlet) { continue }
                printed.append(name)
            }
        }
        if printed.isEmpty { printed = namesInHead() }
        for name in printed { finds.append(.init(field: .author, value: name, source: "text byline")) }
        // Many pages name the outlet as the author to machines, and the person to readers.
        let told = choice.authors
        let isOutlet = told.count == 1 && article.publisher.map(Self.key) == Self.key(told[0])
        article.byline = told.isEmpty || (isOutlet && !printed.isEmpty) ? printed : told
    }
}

extension HTMLLabeller {
    /// Names that stand alone, or beside the date, between headline and text.
    private mutating func namesInHead() -> [String] {
        let text = judged.first { labels[$0] == .paragraph } ?? judged.upperBound
        for block in judged.lowerBound..<text where [.footer, .publication, .byline].contains(labels[block]) {
            for segment in judge.segments(draft.pieces(unit(block)))
            where judge.names.isNameLine(segment) && !segment.allSatisfy({ $0.isUpper }) {
                let names = judge.names.names(in: segment)
                if names.isEmpty || facts(block).words > 14 { continue }
                if labels[block] == .footer { labels[block] = .byline }
                return names
            }
        }
        return []
    }
}

// Comments.
extension HTMLLabeller {
    private mutating func readComments(_ article: inout Article) {
        let members = labels.indices.filter { labels[$0] == .commentText }
        let reader = HTMLCommentReader(page: page, members: members, published: article.published)
        let (comments, found) = reader.read()
        article.comments = comments
        for member in members { labels[member] = found[member] ?? .footer }
    }
}

// Blocks of the article.
extension HTMLLabeller {
    private func blocks() -> [Block] {
        var out: [Block] = []
        for (index, range) in ranges.enumerated() where !range.isEmpty {
            if let previous = out.last?.span.end, previous < range.lowerBound {
                out.append(Block(label: .blank, span: Span(previous, range.lowerBound)))
            }
            if let cut = cuts[index] {
                out.append(Block(label: cut.label, span: Span(range.lowerBound, cut.end)))
                out.append(Block(label: labels[index], span: Span(cut.end, range.upperBound)))
            } else {
                out.append(Block(label: labels[index], span: Span(range.lowerBound, range.upperBound)))
            }
        }
        return out
    }
}
