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
    /// No bytes at all.
    case empty(name: String)
    /// Not text: NUL bytes or many control characters.
    case binary(name: String)
    /// Text of white space only.
    case noText(name: String)

    /// The file or record the trouble is about.
    public var name: String {
        switch self {
        case .notFound(let name), .directory(let name), .unreadable(let name, _), .tooLarge(let name, _, _),
            .empty(let name), .binary(let name), .noText(let name):
            name
        }
    }

    /// One sentence that names the input and its trouble.
    public var message: String {
        switch self {
        case .notFound(let name): "\(name): there is no such file."
        case .directory(let name): "\(name): this is a folder, not a file."
        case .unreadable(let name, let reason): "\(name): the file cannot be read (\(reason))."
        case .tooLarge(let name, let bytes, let limit):
            "\(name): \(bytes) bytes are more than the limit of \(limit) bytes."
        case .empty(let name): "\(name): the file is empty."
        case .binary(let name): "\(name): this is not a text file, it holds binary data."
        case .noText(let name): "\(name): the file holds nothing but white space."
        }
    }

    /// The message.
    public var description: String { message }
}
