public import DyadCore

/// Reads the article of a saved web page.
///
/// The page becomes blocks of text; the element that holds the body is found by density of text and links; each block
/// gets a label from its elements, the names of their classes, and the phrases that serve plain text too. The
/// article's document holds the text of the blocks, a paragraph each, with a map to the bytes of the page.
///
///     let reader = HTMLArticleReader(lexicon: lexicon, rules: try HTMLRules.standard(folder: dataFolder))
///     let article = reader.read(page)
public struct HTMLArticleReader: Sendable {
    private let lexicon: BlockLexicon
    private let rules: HTMLRules
    private let outlets: OutletRules

    /// A reader with the phrases of a lexicon and names of classes.
    public init(lexicon: BlockLexicon, rules: HTMLRules, outlets: OutletRules = OutletRules()) {
        self.lexicon = lexicon
        self.rules = rules
        self.outlets = outlets
    }

    /// The article of a page; what could not be read is told in its diagnostics.
    public func read(_ document: Document) -> Article {
        let tree = HTMLParser.tree(of: document.bytes)
        let finds = HTMLMetadataReader.finds(in: tree, rules: rules)
        let outlet = OutletReading(outlets, tree, document, finds)
        let blocks = HTMLBlockCollector.blocks(of: tree, rules: rules).map { $0.ruled(by: outlet) }
        let page = HTMLPage(
            document: document, tree: tree, blocks: blocks, finds: outlet.finds + finds, lexicon: lexicon,
            outlet: outlet)
        return page.article()
    }
}
