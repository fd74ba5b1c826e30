/// Why an input could not become a document; `message` says it in one sentence.
public enum IngestError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no such file.
    case notFound(name: String)
    /// The name belongs to a folder.
    case directory(name: String)
    /// The file is there and cannot be read.
    case unreadable(name: String, reason: String)
    /// More bytes than the reader accepts.
    case tooLarge(name: String, bytes: Int, limit: Int)
    /// One line has more bytes than a paragraph can have.
    case lineTooLong(name: String, line: Int, bytes: Int, limit: Int)
    /// No bytes at all.
    case empty(name: String)
    /// Not text: NUL bytes or many control characters.
    case binary(name: String)
    /// Text of white space only.
    case noText(name: String)
    /// The file is of a kind that is read, and this one cannot be; the reason says why.
    case refused(name: String, reason: String)

    /// The file or record the trouble is about.
    public var name: String {
        switch self {
        case .notFound(let name), .directory(let name), .unreadable(let name, _), .tooLarge(let name, _, _),
            .lineTooLong(let name, _, _, _), .empty(let name), .binary(let name), .noText(let name),
            .refused(let name, _):
            name
        }
    }

    /// One sentence that names the input and its trouble.
    public var message: String { message(naming: name) }

    /// The same with another name for the input, such as the path that the user gave.
    public func message(naming name: String) -> String { "\(name): \(trouble)." }

    /// The trouble without the name: "the file is empty".
    public var trouble: String {
        switch self {
        case .notFound: "there is no such file"
        case .directory: "this is a folder, not a file"
        case .unreadable(_, let reason): "the file cannot be read (\(reason))"
        case .tooLarge(_, let bytes, let limit): "\(bytes) bytes are more than the limit of \(limit) bytes"
        case .lineTooLong(_, let line, let bytes, let limit):
            "line \(line) has \(bytes) bytes, more than the limit of \(limit) bytes; this is not running text"
        case .empty: "the file is empty"
        case .binary: "this is not a text file, it holds binary data"
        case .noText: "the file holds nothing but white space"
        case .refused(_, let reason): reason
        }
    }

    /// The message.
    public var description: String { message }
}
