/// What came of a file that holds several documents.
public struct CollectionReport: Sendable, Equatable {
    /// An item that gave no document, and why.
    public struct Refusal: Sendable, Equatable {
        /// Number of the item or record, from 1.
        public var number: Int
        /// Its first byte in the file.
        public var byte: Int
        /// One clause: "it has no text".
        public var reason: String

        /// A refusal; see the properties.
        public init(number: Int, byte: Int, reason: String) {
            self.number = number
            self.byte = byte
            self.reason = reason
        }
    }

    /// What the file is, in words: "RSS feed".
    public var format: String
    /// Documents handed over.
    public var documents = 0
    /// Items that should have given a document and did not.
    public var refusals: [Refusal] = []
    /// Items that are no documents, counted by what they are: pictures, redirections.
    public var skipped: [String: Int] = [:]
    /// What was wrong with the file, one sentence each, with its place.
    public var notes: [String] = []
    /// Why reading stopped before the end, nil when it did not; it stands among the notes too.
    public internal(set) var stop: String?

    /// A report on a file of which nothing was read yet.
    public init(format: String) { self.format = format }

    /// Notes why reading stopped.
    mutating func stopped(_ reason: String) {
        stop = reason
        notes.append(reason)
    }

    /// True when everything was read and nothing was wrong.
    public var isClean: Bool { refusals.isEmpty && notes.isEmpty }

    /// The report in a few lines, the file named in each.
    public func lines(naming name: String) -> [String] {
        var out = ["\(name): \(format), \(documents) \(documents == 1 ? "document" : "documents")"]
        if !skipped.isEmpty {
            let parts = skipped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
            out.append("\(name): left out: \(parts.joined(separator: ", "))")
        }
        out += refusals.prefix(20).map { "\(name): item \($0.number), byte \($0.byte): \($0.reason)" }
        if refusals.count > 20 { out.append("\(name): \(refusals.count - 20) more items were refused") }
        out += notes.prefix(20).map { "\(name): \($0)" }
        return out
    }
}
