import DyadCore

/// Adds to an article what does not depend on how it was written: what is known from outside, the language of each block,
/// the agency it credits, and the sketch by which copies are found.
struct ArticleFinisher: Sendable {
    let languages: LanguageIdentifier
    let credits: CreditReader

    func finished(_ article: Article) -> Article {
        var out = article
        if !out.document.statements.isEmpty { addStatements(&out) }
        checkDay(&out)
        nameLanguages(&out)
        out.document.agency = out.document.agency ?? credits.agency(of: out)
        out.sketch = SketchReader.sketch(of: out)
        return out
    }

    /// What a feed or an archive says of the article stands before what its text shows.
    private func addStatements(_ article: inout Article) {
        let statements = article.document.statements
        func values(_ field: MetadataFind.Field) -> [String] {
            statements.filter { $0.field == field }.map(\.value)
        }
        article.metadata = statements + article.metadata
        let authors = values(.author)
        if !authors.isEmpty { article.byline = authors }
        article.deck = article.deck ?? values(.deck).first
        article.section = article.section ?? values(.section).first
        article.published = article.document.published ?? article.published
        article.publishedText = values(.published).first ?? article.publishedText
        article.publisher = article.document.publisher ?? article.publisher
        guard let title = values(.title).first else { return }
        article.title = title
        let isTold = article.blocks.contains { $0.label == .title }
        if !isTold, let first = article.blocks.firstIndex(where: { $0.label != .blank }),
            article.document.text(article.blocks[first].span).singleSpaced == title
        {
            article.blocks[first].label = .title
        }
    }

    /// No page was published after it was saved; a day is allowed for time zones.
    private func checkDay(_ article: inout Article) {
        guard let captured = article.document.captured, let day = article.published, day > captured.adding(days: 1)
        else {
            return
        }
        article.published = nil
        article.diagnostics.append(
            Diagnostic(.warning, "date.future", "the page names \(day) as its day, but was saved on \(captured)"))
    }

    private func nameLanguages(_ article: inout Article) {
        let bytes = article.document.bytes
        var counts: [String: Int] = [:]
        for index in article.blocks.indices where article.blocks[index].label.isProse {
            guard let language = languages.foreignLanguage(of: bytes, in: article.blocks[index].span) else { continue }
            article.blocks[index].language = language
            if article.blocks[index].label != .commentText { counts[language, default: 0] += 1 }
        }
        guard !counts.isEmpty else { return }
        let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) in \(LanguageNames.name(of: $0.key))" }
        article.diagnostics.append(
            Diagnostic(
                .note, "language.foreign",
                "not coded, since not in English: blocks of text, \(parts.joined(separator: ", "))"
            ))
    }
}

extension BlockLabel {
    /// Text that people wrote about the matter, or that may be such text in another language.
    fileprivate var isProse: Bool {
        switch self {
        case .title, .repeatedTitle, .deck, .paragraph, .subheading, .caption, .commentText, .footer: true
        default: false
        }
    }
}

/// English names of languages.
enum LanguageNames {
    private static let names = [
        "am": "Amharic", "ar": "Arabic", "bn": "Bengali", "de": "German", "el": "Greek", "en": "English",
        "es": "Spanish",
        "fa": "Persian", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hy": "Armenian", "id": "Indonesian",
        "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean", "nl": "Dutch", "pl": "Polish",
        "pt": "Portuguese", "ru": "Russian", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
        "ur": "Urdu", "zh": "Chinese", "und": "an unknown language",
    ]

    /// "Turkish" for `tr`; the code itself when it is not known.
    static func name(of code: String) -> String { names[code] ?? code }
}
