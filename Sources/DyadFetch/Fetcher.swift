public import Foundation

/// Fetches feeds and pages politely and within limits, and keeps what came.
///
/// Each server's `robots.txt` is asked first and obeyed, one request follows the other with a pause, and what is kept
/// already is asked for only if it changed. A server's name is resolved once for each request, every number it has is
/// looked at, and the connection goes to a number that was looked at: redirections and names that change cannot lead
/// into a private network.
///
///     let fetcher = Fetcher(copies: try CopyFolder(folder), agent: "dyad/1.0")
///     let outcome = await fetcher.fetch(try WebAddress("https://news.example.org/feed.xml"))
public actor Fetcher {
    /// What came of an address.
    public struct Outcome: Sendable {
        /// What was done.
        public enum Kind: Sendable, Equatable {
            /// Nothing was kept before.
            case new
            /// It differs from what was kept.
            case changed
            /// The server says that it is as it was, or sent the same bytes.
            case unchanged
            /// Nothing could be fetched; what was kept before stays.
            case failed(FetchError)
        }

        /// What was done.
        public var kind: Kind
        /// The copy; nil when there is none.
        public var file: URL?

        /// An outcome; see the properties.
        public init(kind: Kind, file: URL?) {
            self.kind = kind
            self.file = file
        }
    }

    private enum Permission {
        case rules(RobotsRules)
        case closed(FetchError)
    }

    private let copies: CopyFolder
    private let limits: FetchLimits
    private let agent: String
    private let resolver: any HostResolver
    private let transport: any WebTransport
    private var permissions: [String: Permission] = [:]
    /// Servers that want to be left alone, by name.
    private var resting: [String: FetchError] = [:]
    private var lastRequests: [String: ContinuousClock.Instant] = [:]

    /// A fetcher.
    ///
    /// - Parameters:
    ///   - copies: where answers are kept.
    ///   - agent: how the program names itself: `dyad/1.0 (+mailto:desk@example.org)`.
    ///   - limits: time, size, redirections, pauses.
    public init(copies: CopyFolder, agent: String, limits: FetchLimits = FetchLimits()) {
        self.init(
            copies: copies, agent: agent, limits: limits, resolver: SystemResolver(), transport: PinnedTransport())
    }

    init(
        copies: CopyFolder, agent: String, limits: FetchLimits, resolver: any HostResolver,
        transport: any WebTransport
    ) {
        self.copies = copies
        self.agent = agent
        self.limits = limits
        self.resolver = resolver
        self.transport = transport
    }

    /// Fetches what an address gives, or finds that it is as it was.
    public func fetch(_ address: WebAddress) async -> Outcome {
        let before = copies.copy(of: address)
        do {
            return try await fetched(address, before)
        } catch {
            return Outcome(kind: .failed(error), file: before?.file)
        }
    }

    private func fetched(_ address: WebAddress, _ before: CopyFolder.Copy?) async throws(FetchError) -> Outcome {
        let (answer, source) = try await followed(address, before)
        if answer.status == 304, let before { return Outcome(kind: .unchanged, file: before.file) }
        guard answer.status == 200 else { throw .status(answer.status) }
        if answer.body.isEmpty { throw .type("nothing: it is empty") }
        if let type = Self.foreignType(answer) { throw .type(type) }
        let old = before.flatMap { try? Data(contentsOf: $0.file) }
        if let old, let before, before.address == source, Self.body(of: old, holds: answer) {
            return Outcome(kind: .unchanged, file: before.file)
        }
        let file = try copies.keep(answer, of: address, from: source, date: Date())
        return Outcome(kind: before == nil ? .new : .changed, file: file)
    }

    /// Whether a kept record ends with just this body.
    private static func body(of record: Data, holds answer: WebAnswer) -> Bool {
        let end = Array("\r\n\r\n".utf8)
        guard record.count > answer.body.count + 8, record.suffix(4).elementsEqual(end) else { return false }
        let start = record.count - 4 - answer.body.count
        return record[(start - 4)..<start].elementsEqual(end)
            && record[start..<(record.count - 4)].elementsEqual(answer.body)
    }

    /// The answer at the end of all redirections, and its address.
    private func followed(
        _ first: WebAddress, _ before: CopyFolder.Copy?
    ) async throws(FetchError) -> (WebAnswer, WebAddress) {
        var address = first
        var seen: Set<WebAddress> = []
        let deadline = ContinuousClock.now + .seconds(limits.seconds)
        var waited = Duration.zero
        while true {
            if !seen.insert(address).inserted { throw .redirections("its redirections lead in a circle") }
            if seen.count > limits.redirections + 1 {
                throw .redirections("it is redirected more than \(limits.redirections) times")
            }
            waited += try await ready(for: address)
            let answer = try await ask(address, before, until: deadline + waited)
            guard [301, 302, 303, 307, 308].contains(answer.status) else {
                try noteWish(of: answer, address)
                return (answer, address)
            }
            guard let location = answer.value(of: "location") else {
                throw .redirections("it is redirected to nowhere")
            }
            address = try address.following(location)
        }
    }

    /// Servers that say 429, or 503 with a time, are not asked again in this run.
    private func noteWish(of answer: WebAnswer, _ address: WebAddress) throws(FetchError) {
        let words = answer.value(of: "retry-after")
        guard answer.status == 429 || (answer.status == 503 && words != nil) else { return }
        let error = FetchError.wait(status: answer.status, seconds: words.flatMap(Self.seconds))
        resting[address.host] = error
        throw error
    }

    /// Of `Retry-After`: a number of seconds or a day and time.
    private static func seconds(_ words: String) -> Int? {
        if let number = Int(words) { return max(0, number) }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return format.date(from: words).map { max(0, Int(min($0.timeIntervalSinceNow.rounded(.up), 1e9))) }
    }

    /// Sees to permission and pause; the time that this took, which does not count as the server's.
    private func ready(for address: WebAddress) async throws(FetchError) -> Duration {
        let start = ContinuousClock.now
        if let error = resting[address.host] { throw error }
        let rules: RobotsRules
        switch await permission(for: address) {
        case .closed(let error): throw error
        case .rules(let found): rules = found
        }
        guard rules.allows(address.target) else {
            throw .robots("the server's robots.txt asks programs not to fetch it")
        }
        await pause(before: address, delay: rules.delay)
        return ContinuousClock.now - start
    }

    private func pause(before address: WebAddress, delay: Double?) async {
        let seconds = max(limits.pauseSeconds, min(delay ?? 0, limits.longestPauseSeconds))
        if let last = lastRequests[address.host] { try? await Task.sleep(until: last + .seconds(seconds)) }
        lastRequests[address.host] = ContinuousClock.now
    }

    private func permission(for address: WebAddress) async -> Permission {
        if let known = permissions[address.origin] { return known }
        let found: Permission
        do {
            found = .rules(try await robots(of: address))
        } catch let error {
            switch error {
            case .wait, .closedNetwork, .unreachable, .address, .notBuilt: found = .closed(error)
            default: found = .closed(.robots("the server's robots.txt cannot be had (\(error.reason))"))
            }
        }
        permissions[address.origin] = found
        return found
    }

    /// A file that is not there allows everything; one that cannot be had forbids everything.
    private func robots(of address: WebAddress) async throws(FetchError) -> RobotsRules {
        var place = try WebAddress(address.origin + "/robots.txt")
        let deadline = ContinuousClock.now + .seconds(limits.robotsSeconds)
        for _ in 0...limits.redirections {
            await pause(before: place, delay: nil)
            let answer = try await ask(place, nil, until: deadline)
            switch answer.status {
            case 200: return RobotsRules(answer.body, agent: "dyad")
            case 301, 302, 303, 307, 308:
                guard let location = answer.value(of: "location") else { return RobotsRules() }
                place = try place.following(location)
            case 429: try noteWish(of: answer, address)
            case 400..<500: return RobotsRules()
            default: throw .status(answer.status)
            }
        }
        // Too many redirections count as a file that is not there (RFC 9309, 2.3.1.2).
        return RobotsRules()
    }
}

// One request.
extension Fetcher {
    private func ask(
        _ address: WebAddress, _ before: CopyFolder.Copy?, until deadline: ContinuousClock.Instant
    ) async throws(FetchError) -> WebAnswer {
        var request = WebRequest(address: address)
        request.fields = [
            ("User-Agent", agent), ("Accept", "*/*"), ("Accept-Encoding", "gzip"), ("Connection", "close"),
        ]
        if let before, before.address == address {
            if let mark = before.answer.value(of: "etag") { request.fields.append(("If-None-Match", mark)) }
            if let day = before.answer.value(of: "last-modified") { request.fields.append(("If-Modified-Since", day)) }
        }
        let final = request, resolver = resolver, transport = transport, limits = limits
        return try await within(deadline) { () async throws -> WebAnswer in
            var failure = FetchError.unreachable("the server's name is not known")
            for pin in try await Self.numbers(of: final.address, resolver, limits).prefix(3) {
                do {
                    return try await transport.answer(to: final, at: pin, maximumBytes: limits.bytes)
                } catch let error as FetchError {
                    guard case .unreachable = error else { throw error }
                    failure = error
                }
            }
            throw failure
        }
    }

    /// The server's numbers, all of them looked at: one that may not be asked closes the server.
    private static func numbers(
        of address: WebAddress, _ resolver: any HostResolver, _ limits: FetchLimits
    ) async throws(FetchError) -> [IPAddress] {
        var found: [IPAddress]
        if let literal = IPAddress(address.host) {
            found = [literal]
        } else {
            found = try await resolver.addresses(of: address.host)
        }
        for number in found {
            switch number.reach {
            case .open: continue
            case .inside where limits.allowsInside: continue
            case .inside: throw .closedNetwork(number.description, isInside: true)
            case .never: throw .closedNetwork(number.description, isInside: false)
            }
        }
        return found
    }

    /// What an operation gives, unless time runs out first; then it is cancelled and not waited for.
    private func within(
        _ deadline: ContinuousClock.Instant, _ body: @escaping @Sendable () async throws -> WebAnswer
    ) async throws(FetchError) -> WebAnswer {
        let (stream, feed) = AsyncStream<Result<WebAnswer, FetchError>>.makeStream()
        let late = Result<WebAnswer, FetchError>.failure(.tooSlow(seconds: limits.seconds))
        let work = Task {
            do { feed.yield(.success(try await body())) } catch let error as FetchError {
                feed.yield(.failure(error))
            } catch { feed.yield(.failure(.unreachable("the connection broke off"))) }
        }
        let clock = Task {
            try await Task.sleep(until: deadline)
            feed.yield(late)
        }
        var results = stream.makeAsyncIterator()
        let first = await results.next() ?? late
        work.cancel()
        clock.cancel()
        feed.finish()
        return try first.get()
    }

    /// The type of an answer that nobody could read as a report; nil for pages, feeds, texts and what is not known.
    private static func foreignType(_ answer: WebAnswer) -> String? {
        let type = answer.mediaType
        guard let kind = type.split(separator: "/").first else { return nil }
        let isForeign =
            ["image", "audio", "video", "font", "model"].contains(kind)
            || ["text/css", "text/javascript", "application/javascript", "application/wasm"].contains(type)
        return isForeign ? type : nil
    }
}
