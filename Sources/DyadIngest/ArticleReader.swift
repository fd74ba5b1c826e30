public import DyadCore
public import Foundation

/// Reads the articles of a document, text or saved page.
public struct ArticleReader: Sendable {
    private let text: PlainTextArticleReader
    private let pages: HTMLArticleReader
    private let laidOut: LaidOutArticle
    private let finisher: ArticleFinisher

    /// A reader with the phrases and names of a data folder.
    public init(folder: URL) throws {
        let lexicon = try BlockLexicon.standard(folder: folder)
        text = PlainTextArticleReader(lexicon: lexicon)
        laidOut = LaidOutArticle(lexicon: lexicon)
        pages = HTMLArticleReader(
            lexicon: lexicon, rules: try HTMLRules.standard(folder: folder),
            outlets: try OutletRules.standard(folder: folder))
        finisher = ArticleFinisher(
            languages: LanguageIdentifier(profiles: LanguageProfiles.standard(folder: folder)),
            credits: try CreditReader(folder: folder))
    }

    /// The articles of a document, at least one.
    ///
    /// The text of a saved page is extracted; spans of its article are those of ``Article/document``, which maps them to
    /// the page.
    public func read(_ document: Document) -> [Article] {
        unfinished(document).map(finisher.finished)
    }

    private func unfinished(_ document: Document) -> [Article] {
        if !document.layout.isEmpty { return [laidOut.article(document)] }
        return document.format == .html ? [pages.read(document)] : text.read(document)
    }
}
