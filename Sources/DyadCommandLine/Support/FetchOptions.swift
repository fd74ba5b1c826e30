import ArgumentParser
import DyadFetch
import Foundation
import Synchronization

/// The options by which feeds and pages are fetched; without them no connection is ever opened.
struct FetchOptions: ParsableArguments {
    @Option(
        name: .customLong("fetch"),
        help: ArgumentHelp(
            "Fetch this feed or page, keep it, and read it; may be given several times. The only option that uses the network.",
            valueName: "url"))
    var addresses: [String] = []
    @Option(help: ArgumentHelp("Fetch the addresses in this file, one a line.", valueName: "file"))
    var fetchList: String?
    @Option(help: ArgumentHelp("The folder in which fetched feeds and pages are kept.", valueName: "folder"))
    var keep = "fetched"
    @Option(help: ArgumentHelp("Mail or web address that servers are given to complain to.", valueName: "address"))
    var contact: String?
    @Option(help: "Seconds between two requests to one server.") var fetchPause = 1.0
    @Option(help: "Seconds that fetching one address may take.") var fetchSeconds = 15.0
    @Flag(help: "Also fetch from this machine and from private networks.") var fetchPrivate = false

    /// True when something is to be fetched.
    var isWanted: Bool { !addresses.isEmpty || fetchList != nil }

    func validate() throws {
        if !(0...3600).contains(fetchPause) { throw ValidationError("--fetch-pause takes seconds, up to 3600") }
        if !(0.1...600).contains(fetchSeconds) { throw ValidationError("--fetch-seconds takes 0.1 to 600") }
        if let contact,
            contact.isEmpty || !contact.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"()".utf8.contains($0) })
        {
            throw ValidationError("--contact takes an address without blanks")
        }
    }

    private var limits: FetchLimits {
        var limits = FetchLimits()
        limits.seconds = fetchSeconds
        limits.pauseSeconds = fetchPause
        limits.allowsInside = fetchPrivate
        return limits
    }

    /// Fetches everything; the files of what is kept, also of what could not be fetched anew.
    func run(_ report: inout IngestReport) throws -> [String] {
        let fetcher: Fetcher
        do {
            let agent = "dyad/\(Version.text)" + (contact.map { " (+\($0))" } ?? "")
            fetcher = Fetcher(
                copies: try CopyFolder(URL(fileURLWithPath: keep)), agent: agent, limits: limits)
        } catch {
            Console.message("dyad: \(error.reason)")
            throw ExitCode(1)
        }
        var files: [String] = []
        let wanted = try wanted()
        for (index, text) in wanted.enumerated() {
            Console.progress("fetching \(index + 1) of \(wanted.count): \(text)")
            let outcome = Self.outcome(of: text, fetcher)
            if let file = outcome.file, !files.contains(file.relativePath) { files.append(file.relativePath) }
            report.take(outcome, of: text)
        }
        Console.progress("")
        return files
    }

    /// The addresses in their order, each once.
    private func wanted() throws -> [String] {
        var out: [String] = []
        var lines = addresses
        if let fetchList {
            guard let text = try? String(contentsOfFile: fetchList, encoding: .utf8) else {
                Console.message("dyad: \(fetchList): the file cannot be read")
                throw ExitCode(1)
            }
            lines += text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        }
        for line in lines where !out.contains(line) { out.append(line) }
        return out
    }

    private static func outcome(of text: String, _ fetcher: Fetcher) -> Fetcher.Outcome {
        let address: WebAddress
        do { address = try WebAddress(text) } catch { return .init(kind: .failed(error), file: nil) }
        // Commands do their work in order; the fetcher is asked and waited for.
        let done = DispatchSemaphore(value: 0)
        let box = OutcomeBox()
        Task {
            let outcome = await fetcher.fetch(address)
            box.outcome.withLock { $0 = outcome }
            done.signal()
        }
        done.wait()
        return box.outcome.withLock { $0 } ?? .init(kind: .failed(.unreachable("nothing came")), file: nil)
    }
}

/// Carries an outcome from the task that fetches to the one who waits.
private final class OutcomeBox: Sendable {
    let outcome = Mutex<Fetcher.Outcome?>(nil)
}
