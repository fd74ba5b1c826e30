/// One request.
public struct WebRequest: Sendable {
    /// Where.
    public var address: WebAddress
    /// Fields of the request, but for `Host`.
    public var fields: [(name: String, value: String)] = []
}

/// One answer, its body as sent.
public struct WebAnswer: Sendable {
    /// Such as 200.
    public var status: Int
    /// Fields of the answer, in order.
    public var fields: [(name: String, value: String)]
    /// As sent, perhaps compressed; without the marks of chunks.
    public var body: [UInt8]

    /// An answer.
    public init(status: Int, fields: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The first value of a field, white space around it taken off; nil when there is none.
    public func value(of name: String) -> String? {
        let found = fields.first { $0.name.lowercased() == name }?.value
        return found.map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
    }

    /// `text/html`, in small letters; empty when the answer names none.
    var mediaType: String { String((value(of: "content-type") ?? "").lowercased().prefix { !"; ,".contains($0) }) }
}

/// Sends requests; follows no redirection and unpacks nothing.
public protocol WebTransport: Sendable {
    /// The answer of a server at one number, whatever its name resolves to by now.
    ///
    /// - Parameters:
    ///   - request: what to ask.
    ///   - pin: the number that is connected to.
    ///   - maximumBytes: a longer body is an error, and is not read to its end.
    /// - Returns: the answer, its body as sent.
    /// - Throws: ``FetchError``; cancellation is an error too.
    func answer(to request: WebRequest, at pin: IPAddress, maximumBytes: Int) async throws -> WebAnswer
}
