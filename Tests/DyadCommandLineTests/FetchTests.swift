import DyadTesting
import Foundation
import Testing

@Suite struct FetchTests {
    private static let feed = """
        <rss version="2.0"><channel><title>Strait Wire</title><item><title>Palau and Nauru share a plane</title>
        <guid>n1</guid><pubDate>Tue, 4 May 2021 08:00:00 GMT</pubDate>
        <description>Palau and Nauru signed an accord on Monday, the two governments said.</description></item>
        </channel></rss>
        """

    private let place: TemporaryFolder
    private let server: LoopbackServer

    init() throws {
        place = try TemporaryFolder()
        let feed = Self.feed
        server = try LoopbackServer { request, send in
            switch request.path {
            case "/feed.xml" where request.fields["if-none-match"] == "\"1\"":
                _ = send("HTTP/1.1 304 X\r\nConnection: close\r\n\r\n")
            case "/feed.xml":
                _ = send(LoopbackServer.answer(200, ["Content-Type: application/rss+xml", "ETag: \"1\""], feed))
            default: _ = send(LoopbackServer.answer(404))
            }
        }
    }

    private func ingest(_ arguments: [String]) throws -> Program.Run {
        try Program.run(["ingest"] + arguments, in: place.url)
    }

    private var fetching: [String] {
        ["--fetch", server.url("/feed.xml"), "--fetch-pause", "0", "--fetch-seconds", "600", "--fetch-private"]
    }

    @Test func fetchesOnceAndGoesOnWithoutTheNetwork() throws {
        let first = try ingest(fetching + ["-o", "a.jsonl"])
        #expect(first.status == 0)
        #expect(first.errors.contains("fetched: 1 new"))
        #expect(first.errors.contains("1 article: 1 new"))
        let lines = try String(contentsOf: place.url.appendingPathComponent("a.jsonl"), encoding: .utf8)
        #expect(lines.contains("Palau and Nauru share a plane") && lines.contains("2021-05-04"))

        let again = try ingest(fetching + ["-o", "a.jsonl"])
        #expect(again.status == 0)
        #expect(again.errors.contains("fetched: 1 unchanged"))
        #expect(again.errors.contains("0 new, 0 changed, 1 already there"))

        let asked = server.requests.count
        let offline = try ingest(["fetched", "-o", "a.jsonl"])
        #expect(offline.status == 0)
        #expect(offline.errors.contains("0 new, 0 changed, 1 already there"))
        #expect(server.requests.count == asked)
    }

    @Test func refusesThisMachineWithoutTheSwitch() throws {
        let run = try ingest(["--fetch", server.url("/feed.xml")])
        #expect(run.status == 1)
        #expect(run.errors.contains("--fetch-private"))
        #expect(server.requests.isEmpty)
    }

    @Test func readsAListAndTellsEveryFailure() throws {
        try place.write(
            "# feeds\n\(server.url("/feed.xml"))\n\n\(server.url("/none"))\nftp://a.example/\n", to: "list.txt")
        let run = try ingest([
            "--fetch-list", "list.txt", "--fetch-pause", "0", "--fetch-private", "--report", "r.json",
        ])
        #expect(run.status == 1)
        #expect(run.objects.count == 1)
        #expect(run.errors.contains("fetched: 2 failed, 1 new"))
        #expect(run.errors.contains("the server answered 404 (not found)"))
        #expect(run.errors.contains("ftp://a.example/: only addresses that begin with"))
        let report = try String(contentsOf: place.url.appendingPathComponent("r.json"), encoding: .utf8)
        #expect(report.contains("\"fetched\":{\"failed\":2,\"new\":1}"))
        #expect(try ingest(["--fetch-list", "nowhere.txt"]).status == 1)
    }

    @Test func namesWrongUsage() throws {
        #expect(try ingest([]).status == 64)
        #expect(try ingest(fetching + ["--watch"]).status == 64)
        #expect(try ingest(fetching + ["--fetch-pause=-1"]).status == 64)
        #expect(try ingest(fetching + ["--contact", "two words"]).status == 64)
    }

    /// Connections are opened in one room, and that room is entered by one option.
    @Test func onlyOneRoomCanOpenConnections() throws {
        let sources = Repository.root.appendingPathComponent("Sources")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.compactMap {
            $0 as? URL
        }
        for file in try #require(files) where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            let room = file.path.dropFirst(sources.path.count + 1).split(separator: "/").first
            if room == "DyadFetch" || room == "DyadTesting" { continue }
            for word in [
                "AsyncHTTPClient", "FoundationNetworking", "URLSession", "import NIO", "getaddrinfo", "socket(",
            ] {
                #expect(!text.contains(word), "\(file.lastPathComponent): \(word)")
            }
            if text.contains("Fetcher(") { #expect(file.lastPathComponent == "FetchOptions.swift") }
        }
    }
}
