public import DyadCore

/// Reads the articles of a text that was pasted or saved from a page, without markup.
///
/// Every byte of the input lies in exactly one block of the articles, in order; what is no article is labelled, not
/// removed. A text holds one article unless it is an archive export, whose marker lines part its articles.
///
///     let lexicon = try BlockLexicon.standard(folder: dataFolder)
///     let articles = PlainTextArticleReader(lexicon: lexicon).read(document)
public struct PlainTextArticleReader: Sendable {
    private let lexicon: BlockLexicon

    /// A reader that knows no phrases and judges lines by their shape alone.
    public init() { lexicon = BlockLexicon() }

    /// A reader with the phrases of a lexicon.
    public init(lexicon: BlockLexicon) { self.lexicon = lexicon }

    /// The articles of a document, at least one.
    public func read(_ document: Document) -> [Article] {
        let lines = LineScanner.lines(of: document.bytes)
        let reader = LineFactReader(bytes: document.bytes, lexicon: lexicon)
        let facts = lines.map { reader.facts(of: $0) }
        let splitter = ArchiveSplitter(lines: lines, facts: facts, bytes: document.bytes)
        let isArchive = splitter.isArchive
        return splitter.parts().map { part in
            let draft = ArticleDraft(
                document: document, lexicon: lexicon, lines: lines, facts: facts, part: part, isArchive: isArchive)
            return article(draft)
        }
    }

    private func article(_ draft: ArticleDraft) -> Article {
        let judge = UnitJudge(draft)
        var draft = HeadLabeller.label(draft, judge: judge)
        draft = TailLabeller.findComments(draft, judge: judge)
        draft = BodyLabeller.label(draft, judge: judge)
        draft = TailLabeller.label(draft, judge: judge)
        return finished(draft)
    }

    private func finished(_ draft: ArticleDraft) -> Article {
        var article = draft.article
        article.published = draft.dates.date
        article.publishedText = draft.dates.text
        article.publisher = draft.publishers.name
        article.blocks = BlockBuilder(draft: draft).blocks()
        return article
    }
}

/// Turns the labels of units and lines into blocks that cover every byte.
private struct BlockBuilder {
    let draft: ArticleDraft

    func blocks() -> [Block] {
        var out: [Block] = []
        let unitOf = unitIndex()
        for index in draft.part {
            let line = draft.lines[index]
            let span = Span(line.start, line.end)
            if line.isBlank {
                append(.blank, span, &out)
            } else if let label = draft.lineLabels[index] {
                append(label, span, &out)
            } else if let unit = unitOf[index] {
                add(unit: unit, line: index, &out)
            } else {
                append(.footer, span, &out)
            }
        }
        return out
    }

    private func unitIndex() -> [Int: Int] {
        var out: [Int: Int] = [:]
        for (unit, entry) in draft.units.enumerated() {
            for line in entry.lines { out[line] = unit }
        }
        return out
    }

    /// Blank lines and lines of one comment run together; other lines begin a block of their own.
    private func append(_ label: BlockLabel, _ span: Span, _ out: inout [Block]) {
        let mayJoin = label == .blank || label == .commentText
        if mayJoin, let last = out.last, last.label == label {
            out[out.count - 1].span = last.span.union(span)
        } else {
            out.append(Block(label: label, span: span))
        }
    }

    private func add(unit: Int, line: Int, _ out: inout [Block]) {
        let span = Span(draft.lines[line].start, draft.lines[line].end)
        let label = draft.labels[unit] ?? .footer
        guard line == draft.units[unit].lines.lowerBound else {
            out[out.count - 1].span = out[out.count - 1].span.union(span)
            return
        }
        guard let cut = draft.cuts[unit], cut.end > span.start, cut.end < span.end else {
            out.append(Block(label: label, span: span))
            return
        }
        out.append(Block(label: cut.label, span: Span(span.start, cut.end)))
        out.append(Block(label: label, span: Span(cut.end, span.end)))
    }
}
