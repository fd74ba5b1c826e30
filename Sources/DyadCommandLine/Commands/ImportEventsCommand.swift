import ArgumentParser
import DyadCore
import DyadExchange
import DyadStore
import Foundation

extension ImportCommand {
    /// `dyad import events`.
    struct Events: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "events",
            abstract: "Put events that were coded before, as JSON Lines of `dyad code`, into a store.",
            discussion:
                "Lines of one document stand together. A document is saved whole or not at all; lines that cannot be read "
                + "are named, their document is left out, and the exit status is 1.")

        @Argument(help: "Files of event lines; standard input when none is named.") var paths: [String] = []
        @Option(help: "The store.") var store: String
        @Flag(help: "Say what would change, and change nothing.") var dryRun = false

        func run() throws {
            let target = try Session.store(store)
            var batch = EventLineBatch()
            var articles: [AnnotatedArticle] = []
            let save: (AnnotatedArticle) throws -> Void = { article in
                if dryRun { articles.append(article) } else { _ = try target.save(article) }
            }
            for path in paths.isEmpty ? ["-"] : paths { try batch.read(path, save) }
            if dryRun {
                ChangeReport.show(try target.rehearse(articles))
            } else {
                try target.settle()
                try target.close()
            }
            if batch.failures > 0 {
                Console.message("dyad: \(batch.failures) lines could not be used")
                throw ExitCode(1)
            }
        }
    }
}

/// Event lines gathered by document.
private struct EventLineBatch {
    private(set) var failures = 0
    private var seen: Set<String> = []
    private var name: String?
    private var lines: [String] = []
    private var events: [Event] = []
    private var isBroken = false

    mutating func read(_ path: String, _ save: (AnnotatedArticle) throws -> Void) throws {
        var number = 0
        if path == "-" {
            var failure: (any Error)?
            try Console.forEachInputLine { bytes in
                number += 1
                do { try add(String(decoding: bytes, as: UTF8.self), "standard input", number, save) } catch {
                    failure = error
                }
                if let failure { throw failure }
            }
        } else {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                Console.message("dyad: \(path): cannot be read as UTF-8 text")
                failures += 1
                return
            }
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                number += 1
                try add(String(line), path, number, save)
            }
        }
        try finish(save)
    }

    private mutating func add(
        _ line: String, _ path: String, _ number: Int, _ save: (AnnotatedArticle) throws -> Void
    ) throws {
        if line.allSatisfy(\.isWhitespace) { return }
        let content: EventLineContent
        do { content = try EventReader().read(line, line: number) } catch {
            Console.message("dyad: \(path): \(error)")
            failures += 1
            isBroken = true
            return
        }
        if content.document != name {
            try finish(save)
            if !seen.insert(content.document).inserted {
                Console.message(
                    "dyad: \(path): line \(number): the lines of \(content.document) do not stand together; later ones replace earlier ones"
                )
                failures += 1
            }
            name = content.document
        }
        lines.append(line)
        if let event = content.event { events.append(event) }
    }

    /// Saves what was gathered.
    private mutating func finish(_ save: (AnnotatedArticle) throws -> Void) throws {
        defer { (name, lines, events, isBroken) = (nil, [], [], false) }
        guard let name, !isBroken else { return }
        let first = events.first
        let document = Document(
            name: name, bytes: Array(lines.joined(separator: "\n").utf8), published: first?.published,
            publisher: first?.publisher, url: first?.url)
        var article = AnnotatedArticle(article: Article(document: document))
        article.events = events
        try save(article)
    }
}
