/// What fetching may take.
public struct FetchLimits: Sendable {
    /// For one address with all its redirections.
    public var seconds = 15.0
    /// For one `robots.txt`.
    var robotsSeconds = 15.0
    /// Of the answer as sent.
    public var bytes = 10_000_000
    /// Redirections that are followed.
    public var redirections = 5
    /// Between two requests to one server; a server's `Crawl-delay` may make it longer.
    public var pauseSeconds = 1.0
    /// A longer `Crawl-delay` than this is taken for this.
    public var longestPauseSeconds = 60.0
    /// Whether this machine and private networks may be asked.
    public var allowsInside = false

    /// The usual limits.
    public init() {}
}
