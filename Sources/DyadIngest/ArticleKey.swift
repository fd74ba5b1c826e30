public import DyadCore
import Foundation

/// The articles of one file in the form of an answer key, for measuring and for export.
public struct ArticleKey: Sendable, Encodable {
    /// What one reader wrote.
    public struct Comment: Sendable, Encodable, Equatable {
        /// Name as printed.
        public var author: String?
        /// `YYYY-MM-DDTHH:MM`.
        public var time: String?
        /// Time as printed.
        public var timeText: String?
        /// The name addressed.
        public var replyTo: String?
        /// The words; may be empty.
        public var text: String
    }

    /// One statement of a page about its article.
    public struct Metadata: Sendable, Encodable, Equatable {
        /// What is stated: `title`, `author`, `published` and so on.
        public var field: String
        /// The value as given.
        public var value: String
        /// Where it was found.
        public var source: String
    }

    /// One article, its parts as plain text.
    public struct Entry: Sendable, Encodable, Equatable {
        /// Headline.
        public var title: String?
        /// Standfirst.
        public var deck: String?
        /// The outlet.
        public var publisher: String?
        /// `YYYY-MM-DD`.
        public var date: String?
        /// The words the date was read from.
        public var dateText: String?
        /// Names of the authors.
        public var byline: [String]
        /// As printed, without the closing dash or colon.
        public var dateline: String?
        /// Place in the dateline.
        public var datelinePlace: String?
        /// Agency in the dateline.
        public var datelineAgency: String?
        /// Paragraphs and subheadings in order.
        public var body: [String]
        /// Captions, each once.
        public var captions: [String]
        /// What readers wrote.
        public var comments: [Comment]
        /// Every other line.
        public var boilerplate: [String]
        /// The part of the outlet the article stood in.
        public var section: String?
        /// What a page says of its article, each with its place; conflicts are kept.
        public var metadata: [Metadata]
        /// What was wrong with the input.
        public var notes: [String]
    }

    /// Name of the document.
    public var file: String
    /// In the order of the file.
    public var articles: [Entry]

    /// The key of a file's articles.
    public init(file: String, articles: [Article]) {
        self.file = file
        self.articles = articles.map { EntryBuilder(article: $0).entry() }
    }

    /// One JSON object with sorted keys; absent values are null.
    public func json() -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}

// Written by hand so that absent values are null instead of missing.
extension ArticleKey.Entry {
    private enum CodingKeys: String, CodingKey {
        case title, deck, publisher, date, dateText, byline, dateline, datelinePlace, datelineAgency, body, captions
        case comments, boilerplate, section, metadata, notes
    }

    /// Writes all keys.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(title, forKey: .title)
        try container.encode(deck, forKey: .deck)
        try container.encode(publisher, forKey: .publisher)
        try container.encode(date, forKey: .date)
        try container.encode(dateText, forKey: .dateText)
        try container.encode(byline, forKey: .byline)
        try container.encode(dateline, forKey: .dateline)
        try container.encode(datelinePlace, forKey: .datelinePlace)
        try container.encode(datelineAgency, forKey: .datelineAgency)
        try container.encode(body, forKey: .body)
        try container.encode(captions, forKey: .captions)
        try container.encode(comments, forKey: .comments)
        try container.encode(boilerplate, forKey: .boilerplate)
        try container.encode(section, forKey: .section)
        try container.encode(metadata, forKey: .metadata)
        try container.encode(notes, forKey: .notes)
    }
}

extension ArticleKey.Comment {
    private enum CodingKeys: String, CodingKey {
        case author, time, timeText, replyTo, text
    }

    /// Writes all keys.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(author, forKey: .author)
        try container.encode(time, forKey: .time)
        try container.encode(timeText, forKey: .timeText)
        try container.encode(replyTo, forKey: .replyTo)
        try container.encode(text, forKey: .text)
    }
}

/// Collects the texts of an article's blocks.
private struct EntryBuilder {
    let article: Article

    func entry() -> ArticleKey.Entry {
        ArticleKey.Entry(
            title: article.title, deck: article.deck, publisher: article.publisher,
            date: article.published?.description, dateText: article.publishedText, byline: article.byline,
            dateline: article.dateline, datelinePlace: article.datelinePlace, datelineAgency: article.datelineAgency,
            body: texts([.paragraph, .subheading]), captions: texts([.caption]),
            comments: article.comments.map(comment), boilerplate: boilerplate(), section: article.section,
            metadata: article.metadata.map { .init(field: $0.field.rawValue, value: $0.value, source: $0.source) },
            notes: article.diagnostics.map(\.summary))
    }

    private func comment(_ comment: DyadCore.Comment) -> ArticleKey.Comment {
        ArticleKey.Comment(
            author: comment.author, time: comment.time, timeText: comment.timeText, replyTo: comment.replyTo,
            text: comment.text)
    }

    private func texts(_ labels: Set<BlockLabel>) -> [String] {
        article.blocks.filter { labels.contains($0.label) }.map(text)
    }

    /// The words of a block, lines joined by a space, without the bullet of a heading.
    private func text(_ block: Block) -> String {
        let words = article.document.text(block.span).singleSpaced
        for bullet in ["- ", "• ", "* ", "– "] where words.hasPrefix(bullet) { return String(words.dropFirst(2)) }
        return words
    }

    private func boilerplate() -> [String] {
        var out: [String] = []
        for block in article.blocks where isBoilerplate(block) {
            for line in article.document.text(block.span).split(whereSeparator: \.isNewline) {
                let words = line.singleSpaced
                if !words.isEmpty { out.append(words) }
            }
        }
        return out
    }

    private func isBoilerplate(_ block: Block) -> Bool {
        switch block.label {
        case .commentHeader, .link, .share, .authorNote, .footer: endsLine(block)
        case .publication: text(block) != article.publishedText
        default: false
        }
    }

    /// False for the name of a field, whose value is a block of its own.
    private func endsLine(_ block: Block) -> Bool {
        let bytes = article.document.bytes
        return block.span.end >= bytes.count || block.span.end == 0 || bytes[block.span.end - 1] == 0x0A
            || bytes[block.span.end - 1] == 0x0D
    }
}
