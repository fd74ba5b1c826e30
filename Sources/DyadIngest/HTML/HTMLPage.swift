import DyadCore

/// One page while its blocks are being labelled.
struct HTMLPage {
    let tree: HTMLTree
    let blocks: [HTMLPageBlock]
    let lexicon: BlockLexicon
    /// The text of the blocks.
    let text: Document
    let finds: [MetadataFind]
    /// The element of the body; 0 when there is none.
    let container: Int
    /// Blocks in it.
    let body: Range<Int>
    let labels: [BlockLabel]
    /// Range of each block in the text.
    private(set) var ranges: [Range<Int>] = []
    private let outlet: OutletReading

    init(
        document: Document, tree: HTMLTree, blocks: [HTMLPageBlock], finds: [MetadataFind], lexicon: BlockLexicon,
        outlet: OutletReading = OutletReading()
    ) {
        self.tree = tree
        self.outlet = outlet
        // Blocks of characters without width leave no text.
        var builder = HTMLTextBuilder(tree: tree)
        var kept: [HTMLPageBlock] = []
        for block in blocks {
            let range = builder.add(block)
            if !range.isEmpty {
                kept.append(block)
                ranges.append(range)
            }
        }
        kept = HTMLPageBlock.discounting(kept)
        self.blocks = kept
        var text = document
        text.bytes = builder.text
        text.sourceMap = SourceMap(original: document.bytes, runs: builder.runs)
        self.text = text
        let blocks = kept
        self.lexicon = lexicon
        self.finds = finds
        labels = blocks.map(Self.outerLabel)
        let finder = HTMLContainerFinder(tree: tree, blocks: blocks)
        container = finder.container(ruled: outlet) ?? 0
        body = container > 0 ? finder.blocks(in: container) : 0..<0
    }

    /// What a block outside the body is.
    private static func outerLabel(_ block: HTMLPageBlock) -> BlockLabel {
        if case .label(let label) = block.ruling { return label }
        if block.hints.contains(.comments) { return .commentText }
        if block.hints.contains(.share) { return .share }
        return block.linkDensity > 0.6 ? .link : .footer
    }

    /// The article with all blocks labelled.
    func article() -> Article {
        var labeller = HTMLLabeller(page: self, ranges: ranges, document: text)
        var article = labeller.article()
        article.metadata = labeller.finds
        article.diagnostics += outlet.diagnostics
        if let byte = tree.cutAt {
            article.diagnostics.append(
                Diagnostic(
                    .warning, "page.depth",
                    "elements nest more than \(HTMLParser.maximumDepth) deep; the page is read up to byte \(byte)"))
        }
        if let long = ranges.first(where: { $0.count > HTMLLabeller.maximumParagraph }) {
            article.diagnostics.append(
                Diagnostic(
                    .warning, "page.paragraph", span: text.original(Span(long.lowerBound, long.upperBound)),
                    "a paragraph of \(long.count) bytes is no running text and is left out"))
        }
        if !article.blocks.contains(where: { $0.label == .paragraph }) {
            article.diagnostics.append(Diagnostic(.warning, "page.empty", "the page holds no running text"))
        }
        return article
    }
}
