/// What arrived: the bytes of one input, before anything is known about them.
public struct Document: Sendable {
    /// Name shown to the user and written into events: a file name or the `id` of a record.
    public var name: String
    /// The input as UTF-8.
    ///
    /// Other encodings are converted before; broken sequences are replaced.
    public var bytes: [UInt8]
    /// Known from outside the text (a record's `date`); wins over what the text says.
    public var published: CalendarDate?
    /// Known from outside the text.
    public var publisher: String?
    /// Address the text was saved from.
    public var url: String?
    /// What the bytes are.
    public var format = DocumentFormat.text
    /// For text that was extracted from a page: where it stands there.
    public var sourceMap: SourceMap?
    /// For a part of a file that holds several documents, such as a feed: where it stands there.
    public var place: DocumentPlace?
    /// What is known from outside the text, as a feed's title and authors; see ``Article/metadata``.
    public var statements: [MetadataFind] = []
    /// For text of an export, whose lines are known by their fields: the parts of it, covering every byte; empty where
    /// they are to be found.
    public var layout: [Block] = []
    /// The encoding the bytes were converted from; nil for UTF-8.
    public var encoding: String?
    /// Day on which the page was saved: it cannot have been published later.
    public var captured: CalendarDate?
    /// News agency that the text credits: "Reuters".
    public var agency: String?
    /// Name of the document of which this is a copy, whole or nearly.
    public var duplicateOf: String?

    /// A document of given bytes.
    public init(
        name: String, bytes: [UInt8], published: CalendarDate? = nil, publisher: String? = nil, url: String? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.published = published
        self.publisher = publisher
        self.url = url
    }

    /// A document of given text.
    public init(name: String, text: String, published: CalendarDate? = nil) {
        self.init(name: name, bytes: Array(text.utf8), published: published)
    }

    /// The text of a byte range; a range that cuts a character is repaired with U+FFFD.
    public func text(_ span: Span) -> String {
        let end = min(span.end, bytes.count)
        return String(decoding: bytes[min(span.start, end)..<end], as: UTF8.self)
    }

    /// The bytes as they arrived.
    public var originalBytes: [UInt8] { sourceMap?.original ?? bytes }

    /// The range of the original input that a range of `bytes` was made of.
    public func original(_ span: Span) -> Span { sourceMap?.original(span) ?? span }
}

/// Where a document stands in a file that holds several.
public struct DocumentPlace: Sendable, Equatable {
    /// Name of the file.
    public var file: String
    /// Number of the item or record, from 1.
    public var number: Int
    /// First byte of the item in the file; of its compressed member where the file is compressed.
    public var byte: Int
    /// What the file calls the item: a feed's guid, a record's URI.
    public var identifier: String?

    /// A place; see the properties.
    public init(file: String, number: Int, byte: Int, identifier: String? = nil) {
        self.file = file
        self.number = number
        self.byte = byte
        self.identifier = identifier
    }
}

/// How a document is written.
public enum DocumentFormat: String, Sendable {
    /// Text without markup.
    case text
    /// A saved web page.
    case html
}
