/// Why something could not be fetched.
public enum FetchError: Error, Sendable, Equatable {
    /// The address itself; why.
    case address(String)
    /// The server belongs to this machine, a private or a reserved network; its number.
    case closedNetwork(String, isInside: Bool)
    /// No connection, or one that broke; why.
    case unreachable(String)
    /// The answer took longer than the limit of seconds.
    case tooSlow(seconds: Double)
    /// The answer has more bytes than the limit.
    case tooLarge(limit: Int)
    /// More redirections than are followed, or one to where we have been.
    case redirections(String)
    /// An answer that is no page, feed or text; what it is.
    case type(String)
    /// A status that gives nothing to read.
    case status(Int)
    /// The server wants to be left alone, for some seconds where it says so.
    case wait(status: Int, seconds: Int?)
    /// `robots.txt` asks programs not to fetch this, or cannot be had; what it says.
    case robots(String)
    /// The copy cannot be kept; why.
    case cannotKeep(String)
    /// The program was built without an HTTP client.
    case notBuilt

    /// One clause.
    public var reason: String {
        switch self {
        case .address(let why): why
        case .closedNetwork(let number, let isInside):
            isInside
                ? "its server is \(number), which is this machine or a private network; those are not asked without "
                    + "--fetch-private"
                : "its server is \(number), an address that is never asked"
        case .unreachable(let why): why
        case .tooSlow(let seconds): "the answer was not complete after \(Self.words(seconds)) seconds"
        case .tooLarge(let limit): "the answer is larger than \(Self.words(Double(limit) / 1_000_000)) MB"
        case .redirections(let why): why
        case .type(let type): "the answer is of type \(type), which is no page, feed or text"
        case .status(let status): "the server answered \(status)\(Self.meaning[status].map { " (\($0))" } ?? "")"
        case .wait(let status, let seconds):
            "the server answered \(status) (\(Self.meaning[status] ?? "")) and was asked nothing more"
                + (seconds.map { "; it wants to be asked again in \($0) seconds at the earliest" } ?? "")
        case .robots(let why): why
        case .cannotKeep(let why): "its copy cannot be kept: \(why)"
        case .notBuilt: "this program was built without fetching (package trait Fetch)"
        }
    }

    private static func words(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }

    private static let meaning = [
        204: "no content", 400: "bad request", 401: "a password is wanted", 403: "forbidden", 404: "not found",
        410: "gone", 429: "too many requests", 451: "not available for legal reasons", 500: "error of the server",
        502: "bad gateway", 503: "not available now", 504: "gateway timed out",
    ]
}
