import DyadTesting
import Foundation
import Testing

@testable import DyadFetch

#if Fetch
    @Suite struct FetcherTests {
        private let place: TemporaryFolder
        private let copies: CopyFolder

        init() throws {
            place = try TemporaryFolder()
            copies = try CopyFolder(place.url.appendingPathComponent("kept"))
        }

        private static let feed = """
            <rss version="2.0"><channel><title>Strait Wire</title><item><title>Palau and Nauru share a plane</title>
            <guid>n1</guid><description>The two islands signed an accord on Monday.</description></item></channel></rss>
            """

        private func fetcher(_ change: (inout FetchLimits) -> Void = { _ in }) -> Fetcher {
            var limits = FetchLimits()
            limits.pauseSeconds = 0
            // Tests beside this one may keep all threads busy.
            limits.seconds = 600
            limits.robotsSeconds = 600
            limits.allowsInside = true
            change(&limits)
            return Fetcher(copies: copies, agent: "dyad/test (+mailto:desk@example.org)", limits: limits)
        }

        private func failure(
            _ url: String, _ change: (inout FetchLimits) -> Void = { _ in }
        ) async throws -> FetchError? {
            guard case .failed(let error) = await fetcher(change).fetch(try WebAddress(url)).kind else { return nil }
            return error
        }

        @Test func keepsAFeedAndAsksForItOnlyIfItChanged() async throws {
            let server = try LoopbackServer { request, send in
                if request.path != "/feed.xml" {
                    _ = send(LoopbackServer.answer(404))
                } else if request.fields["if-none-match"] == "\"v1\"" {
                    _ = send("HTTP/1.1 304 X\r\nETag: \"v1\"\r\nConnection: close\r\n\r\n")
                } else {
                    _ = send(
                        LoopbackServer.answer(
                            200,
                            [
                                "Content-Type: application/rss+xml", "ETag: \"v1\"",
                                "Last-Modified: Mon, 3 May 2021 10:00:00 GMT",
                            ],
                            Self.feed))
                }
            }
            let address = try WebAddress(server.url("/feed.xml"))
            let first = await fetcher().fetch(address)
            #expect(first.kind == .new)
            let file = try #require(first.file)
            let bytes = try Data(contentsOf: file)
            #expect(String(decoding: bytes, as: UTF8.self).contains(Self.feed))
            let again = await fetcher().fetch(address)
            #expect(again.kind == .unchanged)
            #expect(again.file == file)
            #expect(try Data(contentsOf: file) == bytes)
            let last = try #require(server.requests.last)
            #expect(last.fields["if-modified-since"] == "Mon, 3 May 2021 10:00:00 GMT")
            #expect(last.fields["user-agent"] == "dyad/test (+mailto:desk@example.org)")
            #expect(last.fields["host"] == "127.0.0.1:\(server.port)")
            #expect(server.paths == ["/robots.txt", "/feed.xml", "/robots.txt", "/feed.xml"])
        }

        @Test func tellsNewFromChangedFromTheSame() async throws {
            let body = SharedText("one")
            let server = try LoopbackServer { request, send in
                _ = send(LoopbackServer.answer(request.path == "/a" ? 200 : 404, [], body.text))
            }
            let address = try WebAddress(server.url("/a"))
            #expect(await fetcher().fetch(address).kind == .new)
            #expect(await fetcher().fetch(address).kind == .unchanged)
            body.text = "two"
            #expect(await fetcher().fetch(address).kind == .changed)
            #expect(try FileManager.default.contentsOfDirectory(atPath: copies.url.path).count == 1)
        }

        @Test func refusesThisMachineUnlessItIsAllowed() async throws {
            let server = try LoopbackServer(["/a": LoopbackServer.answer(200, [], "text")])
            let ports = [
                "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]",
                "[::ffff:127.0.0.1]",
            ]
            for host in ports {
                let error = try await failure("http://\(host):\(server.port)/a") { $0.allowsInside = false }
                guard case .closedNetwork(_, true) = error else {
                    Issue.record("\(host): \(String(describing: error))")
                    continue
                }
            }
            #expect(server.requests.isEmpty)
            #expect(await fetcher().fetch(try WebAddress(server.url("/a"))).kind == .new)
        }

        @Test func stopsAnEndlessBody() async throws {
            let sent = SharedText("")
            let server = try LoopbackServer { request, send in
                if request.path != "/a" {
                    _ = send(LoopbackServer.answer(404))
                    return
                }
                guard send("HTTP/1.1 200 X\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n") else { return }
                let part = String(repeating: "endless ", count: 4000)
                while send(part) {}
                sent.text = "stopped"
            }
            #expect(try await failure(server.url("/a")) { $0.bytes = 200_000 } == .tooLarge(limit: 200_000))
            #expect(try FileManager.default.contentsOfDirectory(atPath: copies.url.path).isEmpty)
        }

        @Test func stopsASlowDripAndASilentServer() async throws {
            let server = try LoopbackServer { request, send in
                switch request.path {
                case "/drip":
                    guard send("HTTP/1.1 200 X\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n") else { return }
                    while send(".") { Thread.sleep(forTimeInterval: 0.05) }
                case "/silent": Thread.sleep(forTimeInterval: 20)
                case "/header":
                    guard send("HTTP/1.1 200 X\r\n") else { return }
                    while send("X-More: 1\r\n") { Thread.sleep(forTimeInterval: 0.05) }
                default: _ = send(LoopbackServer.answer(404))
                }
            }
            for path in ["/drip", "/silent", "/header"] {
                #expect(try await failure(server.url(path)) { $0.seconds = 0.5 } == .tooSlow(seconds: 0.5), "\(path)")
            }
        }

        @Test func followsRedirectionsButNotForEverAndNotAnywhere() async throws {
            let server = try LoopbackServer { request, send in
                let next: String? =
                    switch request.path {
                    case "/one": "two"
                    case "/two": "/three?x=1#part"
                    case "/circle": "/circle-2"
                    case "/circle-2": "/circle"
                    case "/nowhere": "ftp://127.0.0.1/x"
                    case "/file": "file:///etc/passwd"
                    case "/metadata": "http://169.254.169.254/latest/meta-data/"
                    default: request.path.hasPrefix("/long") ? "\(request.path)x" : nil
                    }
                if let next {
                    _ = send(LoopbackServer.answer(302, ["Location: \(next)"]))
                    return
                }
                _ = send(LoopbackServer.answer(request.path == "/three?x=1" ? 200 : 404, [], "arrived"))
            }
            let outcome = await fetcher().fetch(try WebAddress(server.url("/one")))
            #expect(outcome.kind == .new)
            let copy = try #require(copies.copy(of: WebAddress(server.url("/one"))))
            #expect(copy.address.target == "/three?x=1")
            #expect(try await failure(server.url("/circle")) == .redirections("its redirections lead in a circle"))
            #expect(try await failure(server.url("/long")) == .redirections("it is redirected more than 5 times"))
            for path in ["/nowhere", "/file"] {
                guard case .address = try await failure(server.url(path)) else {
                    Issue.record("\(path)")
                    return
                }
            }
            #expect(
                try await failure(server.url("/metadata")) == .closedNetwork("169.254.169.254", isInside: false))
        }

        @Test func saysWhatAServerAnswers() async throws {
            let server = try LoopbackServer([
                "/gone": LoopbackServer.answer(410),
                "/picture": LoopbackServer.answer(200, ["Content-Type: image/png"], "x"),
                "/empty": LoopbackServer.answer(200), "/broken": "HTTP/1.1 500 X\r\n\r\n",
                "/noise": "\u{1}\u{2}\r\n\r\n",
                "/short": "HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nshort",
            ])
            #expect(try await failure(server.url("/none")) == .status(404))
            #expect(try await failure(server.url("/gone")) == .status(410))
            #expect(try await failure(server.url("/broken")) == .status(500))
            #expect(try await failure(server.url("/picture")) == .type("image/png"))
            #expect(try await failure(server.url("/empty")) != nil)
            for path in ["/noise", "/short"] {
                guard case .unreachable = try await failure(server.url(path)) else {
                    Issue.record("\(path)")
                    return
                }
            }
        }

        @Test func leavesAServerAloneThatAsksForIt() async throws {
            let server = try LoopbackServer([
                "/busy": LoopbackServer.answer(429, ["Retry-After: 120"]),
                "/other": LoopbackServer.answer(200, [], "text"),
            ])
            let fetcher = fetcher()
            let busy = await fetcher.fetch(try WebAddress(server.url("/busy")))
            #expect(busy.kind == .failed(.wait(status: 429, seconds: 120)))
            #expect(await fetcher.fetch(try WebAddress(server.url("/other"))).kind == busy.kind)
            #expect(server.paths == ["/robots.txt", "/busy"])
        }

        @Test func obeysRobots() async throws {
            let server = try LoopbackServer([
                "/robots.txt": LoopbackServer.answer(200, [], "User-agent: *\nDisallow: /private\n"),
                "/private/a": LoopbackServer.answer(200, [], "secret"), "/open": LoopbackServer.answer(200, [], "text"),
                "/to-private": LoopbackServer.answer(301, ["Location: /private/a"]),
            ])
            for path in ["/private/a", "/to-private"] {
                guard case .robots = try await failure(server.url(path)) else {
                    Issue.record("\(path)")
                    return
                }
            }
            #expect(await fetcher().fetch(try WebAddress(server.url("/open"))).kind == .new)
            #expect(!server.paths.contains("/private/a"))
        }

        @Test func asksNothingWhereRobotsCannotBeHad() async throws {
            let server = try LoopbackServer([
                "/robots.txt": LoopbackServer.answer(503), "/a": LoopbackServer.answer(200, [], "text"),
            ])
            guard case .robots(let why) = try await failure(server.url("/a")) else {
                Issue.record("not refused")
                return
            }
            #expect(why.contains("503"))
            #expect(server.paths == ["/robots.txt"])
        }

        @Test func keepsTheOldCopyWhenTheServerFails() async throws {
            let isUp = SharedText("yes")
            let server = try LoopbackServer { request, send in
                _ = send(LoopbackServer.answer(request.path != "/a" ? 404 : isUp.text == "yes" ? 200 : 500, [], "text"))
            }
            let address = try WebAddress(server.url("/a"))
            let file = await fetcher().fetch(address).file
            isUp.text = "no"
            let outcome = await fetcher().fetch(address)
            #expect(outcome.kind == .failed(.status(500)))
            #expect(outcome.file == file && file != nil)
        }

        @Test func refusesWhereNobodyListens() async throws {
            let port = try LoopbackServer([:]).port
            guard case .unreachable = try await failure("http://127.0.0.1:\(port)/a") else {
                Issue.record("not refused")
                return
            }
        }
    }

    /// A text that a test changes while a server reads it.
    final class SharedText: @unchecked Sendable {
        private let lock = NSLock()
        private var value: String
        init(_ value: String) { self.value = value }
        var text: String {
            get { lock.withLock { value } }
            set { lock.withLock { value = newValue } }
        }
    }
#endif
