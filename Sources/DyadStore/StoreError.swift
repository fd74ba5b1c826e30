/// Why a store cannot do what it was asked for.
public enum StoreError: Error, Sendable, Equatable {
    /// The file holds something else than an SQLite database.
    case notADatabase(path: String)
    /// The file is a database of another program.
    case foreignDatabase(path: String)
    /// The file was written by a newer version of Dyad.
    case newerSchema(path: String)
    /// The file cannot be opened or made.
    case cannotOpen(path: String, reason: String)
    /// The beginning of an identifier fits several events.
    case ambiguousIdentifier(prefix: String, matches: [String])
    /// An event cannot be turned into its stored line, or back.
    case badEvent(reason: String)
    /// SQLite refused; nothing of the transaction was kept.
    case database(reason: String)
}

extension StoreError: CustomStringConvertible {
    /// One sentence that says what to do where something can be done.
    public var description: String {
        switch self {
        case .notADatabase(let path): "\(path) is not a database; name another file for the store"
        case .foreignDatabase(let path): "\(path) is a database of another program; name another file for the store"
        case .newerSchema(let path): "\(path) was written by a newer version of dyad; update dyad to open it"
        case .cannotOpen(let path, let reason): "\(path) cannot be opened: \(reason)"
        case .ambiguousIdentifier(let prefix, let matches):
            "\(prefix) is the beginning of several events: \(matches.joined(separator: ", "))"
        case .badEvent(let reason): "an event cannot be stored or read: \(reason)"
        case .database(let reason): "the store refused: \(reason)"
        }
    }
}
