import Foundation
import Synchronization
import Testing

@testable import DyadFetch

@Suite struct AddressTests {
    @Test(arguments: [
        ("http://News.Example.org", "http://news.example.org/"),
        ("https://a.example:443/x?y=1#z", "https://a.example/x?y=1"),
        ("http://a.example:8080?q", "http://a.example:8080/?q"), ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"),
        ("HTTPS://a.example./x", "https://a.example/x"),
    ])
    func reads(_ text: String, _ canonical: String) throws { #expect(try WebAddress(text).description == canonical) }

    @Test(arguments: [
        "", "news.example.org", "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http:///x",
        "http://user:word@a.example/", "http://a.example@127.0.0.1/", "http://a.example\\@b.example/", "http://a b/",
        "http://a.example/\u{0}", "http://bücher.example/", "http://a.example:0/", "http://a.example:99999/",
        "http://a.example:8o/", "http://[::1/", "http://[nothing]/", "http://a..example/", "gopher://a.example/",
        "http://a.example%2f@b/", "http://a.example:80:81/",
    ])
    func refuses(_ text: String) { #expect(throws: FetchError.self) { try WebAddress(text) } }

    @Test func followsRelativeAddresses() throws {
        let base = try WebAddress("https://a.example/world/feed.xml?x=1")
        #expect(try base.following("../other").description == "https://a.example/other")
        #expect(try base.following("//b.example/y").description == "https://b.example/y")
        #expect(throws: FetchError.self) { try base.following("file:///etc/passwd") }
        #expect(throws: FetchError.self) { try base.following("http://me@b.example/") }
    }

    @Test(arguments: [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "::1", "fd00::1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
    ])
    func knowsWhatLiesInside(_ text: String) throws { #expect(try #require(IPAddress(text)).reach == .inside) }

    @Test(arguments: [
        "0.0.0.0", "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
        "203.0.113.1", "224.0.0.1", "255.255.255.255", "::", "fe80::1", "ff02::1", "2001:db8::1", "2001::1",
        "2002:7f00:1::", "::127.0.0.1", "::ffff:169.254.169.254", "64:ff9b:1::1", "3fff::1", "4000::1",
    ])
    func knowsWhatIsNeverAsked(_ text: String) throws { #expect(try #require(IPAddress(text)).reach == .never) }

    @Test(arguments: ["8.8.8.8", "172.32.0.1", "192.167.255.255", "2606:4700::1", "2a00::1", "64:ff9b::808:808"])
    func knowsTheOpenNet(_ text: String) throws { #expect(try #require(IPAddress(text)).reach == .open) }
}

/// What names resolve to is decided by the test; nothing is sent anywhere.
@Suite struct PinningTests {
    /// Gives the numbers of a list, one list after another.
    final class Names: HostResolver {
        private let lists: Mutex<[[String]]>
        init(_ lists: [[String]]) { self.lists = Mutex(lists) }
        func addresses(of host: String) async throws(FetchError) -> [IPAddress] {
            lists.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? [] }.compactMap { IPAddress($0) }
        }
    }

    /// Notes where it was sent to.
    final class Notes: WebTransport {
        let pins = Mutex<[String]>([])
        let answers: [String: WebAnswer]
        init(_ answers: [String: WebAnswer]) { self.answers = answers }
        func answer(to request: WebRequest, at pin: IPAddress, maximumBytes: Int) async throws -> WebAnswer {
            pins.withLock { $0.append("\(pin) \(request.address)") }
            return answers[request.address.description] ?? WebAnswer(status: 404)
        }
    }

    private func run(
        _ url: String, names: [[String]], answers: [String: WebAnswer], inside: Bool = false
    ) async throws -> (kind: Fetcher.Outcome.Kind, pins: [String]) {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("dyad-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        var limits = FetchLimits()
        limits.pauseSeconds = 0
        limits.allowsInside = inside
        let transport = Notes(answers)
        let fetcher = Fetcher(
            copies: try CopyFolder(place), agent: "dyad", limits: limits, resolver: Names(names), transport: transport)
        let outcome = await fetcher.fetch(try WebAddress(url))
        return (outcome.kind, transport.pins.withLock { $0 })
    }

    @Test func sendsToTheNumberThatWasLookedAt() async throws {
        let run = try await run(
            "https://a.example/f", names: [["93.184.216.34"]],
            answers: ["https://a.example/f": WebAnswer(status: 200, body: [0x61])])
        #expect(run.kind == .new)
        #expect(run.pins == ["93.184.216.34 https://a.example/robots.txt", "93.184.216.34 https://a.example/f"])
    }

    @Test func refusesANameThatAlsoLeadsInside() async throws {
        let run = try await run("http://a.example/", names: [["93.184.216.34", "10.0.0.1"]], answers: [:])
        #expect(run.kind == .failed(.closedNetwork("10.0.0.1", isInside: true)))
        #expect(run.pins.isEmpty)
    }

    @Test func refusesANameThatChangesItsMind() async throws {
        let run = try await run("http://a.example/", names: [["93.184.216.34"], ["127.0.0.1"]], answers: [:])
        #expect(run.kind == .failed(.closedNetwork("127.0.0.1", isInside: true)))
        #expect(run.pins == ["93.184.216.34 http://a.example/robots.txt"])
    }

    @Test func looksAtRedirectionsAnew() async throws {
        for target in ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1:8080/x", "http://169.254.169.254/"] {
            let run = try await run(
                "http://a.example/", names: [["93.184.216.34"]],
                answers: ["http://a.example/": WebAnswer(status: 302, fields: [("Location", target)])])
            guard case .failed(.closedNetwork) = run.kind else {
                Issue.record("\(target) was asked")
                return
            }
            #expect(run.pins.count == 2)
        }
    }

    @Test func neverAsksWhatIsReservedEvenWithTheSwitch() async throws {
        let run = try await run("http://169.254.169.254/", names: [], answers: [:], inside: true)
        #expect(run.kind == .failed(.closedNetwork("169.254.169.254", isInside: false)))
    }
}
