public import DyadCore

/// What one reader wrote under a report, with its place in the conversation.
public struct ReaderComment: Sendable, Equatable {
    /// Place among the comments of the report, from 0.
    public var position: Int
    /// Name as printed.
    public var author: String?
    /// ISO 8601 local time.
    public var time: String?
    /// The comment that this one answers, by its place.
    public var parent: Int?
    public var text: String
    /// Where it stands in the report.
    public var span: Span

    /// A comment; see the properties.
    public init(position: Int, author: String?, time: String?, parent: Int?, text: String, span: Span) {
        self.position = position
        self.author = author
        self.time = time
        self.parent = parent
        self.text = text
        self.span = span
    }

    /// The comments of an article, linked; see `CommentThreads`.
    public static func linked(_ comments: [Comment]) -> [ReaderComment] {
        CommentThreads.linked(comments).enumerated().map { position, entry in
            ReaderComment(
                position: position, author: entry.comment.author, time: entry.comment.time, parent: entry.parent,
                text: entry.comment.text, span: entry.comment.span)
        }
    }
}
