package import DyadExchange

/// Why a record of standard input has no answer; written as data, so that no line is lost.
package struct RecordFailure: Error, Sendable {
    /// What went wrong, for a program that treats the causes differently.
    package enum Kind: String, Sendable {
        case parse, encoding, timeout, crash, `internal`
        case tooLarge = "too_large"
    }

    /// The id as it is echoed; null when the line holds none.
    package var id: JSONValue
    package var kind: Kind
    package var message: String

    package init(id: JSONValue, kind: Kind, message: String) {
        self.id = id
        self.kind = kind
        self.message = message
    }

    /// The keys `kind` and `message` as the value of `error`.
    func write(to writer: inout JSONWriter) {
        writer.key("error")
        writer.object {
            $0.key("kind"); $0.string(kind.rawValue); $0.key("message"); $0.string(message)
        }
    }

    /// The answer of `dyad code --jsonl`, without a line feed.
    var codeLine: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object {
            $0.key("id"); $0.value(id)
            $0.key("events"); $0.array { _ in }
            write(to: &$0)
        }
        return writer.bytes
    }
}
