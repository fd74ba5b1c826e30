/// What a block of an article is.
///
/// Nothing is deleted: what is not body is labelled so.
public enum BlockLabel: String, Sendable, Codable, CaseIterable {
    /// The headline; a second printing of it is labelled `repeatedTitle`.
    case title
    case repeatedTitle
    /// The standfirst under the headline.
    case deck
    /// "Published: October 15, 2015", "Posted on …", "Published in The … Tribune".
    case publication
    /// "By Aamir Latif".
    case byline
    /// "NEWSDESK:" alone on a line, "OPINION".
    case deskTag
    /// A dateline on a line of its own. One that opens a paragraph is a field of the article, and the block a paragraph.
    case dateline
    case paragraph
    case subheading
    case caption
    /// Second printing of a caption.
    case repeatedCaption
    case commentHeader
    case commentAuthor
    case commentTime
    case commentReply
    case commentText
    /// "Read more: …", "More in Pakistan" and the titles under it.
    case link
    /// "Share on Facebook", "Facebook Conversations".
    case share
    /// A note about the author after the text.
    case authorNote
    /// Anything else around the article: counters, legal notices, navigation.
    case footer
    case blank

    /// True for what an event may be coded in: title, deck, paragraphs and subheadings.
    public var isCoded: Bool {
        switch self {
        case .title, .deck, .paragraph: true
        default: false
        }
    }
}

/// A run of lines with one role.
public struct Block: Sendable, Equatable {
    /// Role of the lines.
    public var label: BlockLabel
    /// The lines in the original; for a paragraph that opens with a dateline, without the dateline.
    public var span: Span
    /// Two-letter code of a language other than English that the block is written in; nil for English and for what is
    /// too short to tell.
    public var language: String?

    /// A block of lines.
    public init(label: BlockLabel, span: Span) {
        self.label = label
        self.span = span
    }
}

/// What one reader wrote under the article.
public struct Comment: Sendable, Equatable {
    /// Name as printed; nil when the page shows none.
    public var author: String?
    /// ISO 8601 local time, `2015-10-15T09:18`.
    public var time: String?
    /// Time as printed.
    public var timeText: String?
    /// Whom the comment answers, as printed after "@".
    public var replyTo: String?
    /// The words, lines joined by a line feed; may be empty.
    public var text: String
    /// Where it stands.
    public var span: Span

    /// A comment; see the properties.
    public init(author: String?, time: String?, timeText: String?, replyTo: String?, text: String, span: Span) {
        self.author = author
        self.time = time
        self.timeText = timeText
        self.replyTo = replyTo
        self.text = text
        self.span = span
    }
}

/// One statement of a page about its article.
public struct MetadataFind: Sendable, Equatable {
    /// What it is about.
    public enum Field: String, Sendable, CaseIterable {
        case title, deck, author, published, modified, publisher, section, url
    }

    public var field: Field
    /// The value as given, white space made single spaces.
    public var value: String
    /// Where it was found: `json-ld`, `meta og:title`, `text h1`.
    public var source: String

    /// A statement; see the properties.
    public init(field: Field, value: String, source: String) {
        self.field = field
        self.value = value
        self.source = source
    }
}

/// A document with its parts named: the clean article and everything around it.
public struct Article: Sendable {
    /// The input.
    public var document: Document
    /// Every line of the input in exactly one block, in order.
    public var blocks: [Block] = []
    /// Headline, nil when the text has none.
    public var title: String?
    /// Standfirst.
    public var deck: String?
    /// The outlet, when the text names it.
    public var publisher: String?
    /// Day of first publication.
    public var published: CalendarDate?
    /// The words that gave `published`.
    public var publishedText: String?
    /// Names of the authors.
    public var byline: [String] = []
    /// "KARACHI, Pakistan (AA)", without the closing dash or colon.
    public var dateline: String?
    /// The place in the dateline.
    public var datelinePlace: String?
    /// The agency in the dateline.
    public var datelineAgency: String?
    /// The part of the outlet the article stood in, "World".
    public var section: String?
    /// Reader comments in order.
    public var comments: [Comment] = []
    /// Everything a page says of the article, each with where it says so; what disagrees is kept.
    public var metadata: [MetadataFind] = []
    /// By which copies of the text are found; nil for a short text.
    public var sketch: TextSketch?
    /// What a reader of the article should know, such as a page that was cut off.
    public var diagnostics: [Diagnostic] = []

    /// An article without parts.
    public init(document: Document) { self.document = document }

    /// Blocks in which events may be coded, in reading order: running text in English.
    public var codedBlocks: [Block] { blocks.filter { $0.label.isCoded && $0.language == nil } }

    /// Blocks of the report that are not coded, since they are written in another language.
    public var foreignBlocks: [Block] { blocks.filter { $0.language != nil && $0.label != .commentText } }
}
