import ArgumentParser
import DyadCore
import DyadExchange
import DyadPipeline
import DyadStore
import Foundation

/// `dyad code`.
struct CodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code", abstract: "Code files or folders into events, as JSON Lines or into a store.",
        discussion:
            "With --jsonl, records {\"id\",\"text\",\"date\"?,\"publisher\"?,\"url\"?} are read from standard input, and one line "
            + "{\"id\",\"events\":[…]} is written for each, in order, always.")

    @Argument(help: "Files, or folders of .txt files.") var paths: [String] = []
    @Flag(help: "Read records from standard input.") var jsonl = false
    @Option(help: "Put the events into this store instead of printing them.") var store: String?
    @Flag(help: "One line for each pair of actors.") var expand = false
    @Option(help: "Publication date of files that name none, YYYY-MM-DD.") var date: String?
    @Option(help: "What offsets count: bytes or scalars (as Python's str).") var offsets = OffsetUnit.bytes

    func validate() throws {
        if jsonl == paths.isEmpty { return }
        throw ValidationError(
            jsonl ? "give either files or --jsonl" : "name at least one file or folder, or use --jsonl")
    }

    func run() throws {
        let session = try Session()
        if jsonl { return try filter(session) }
        let (files, missing) = Session.files(paths)
        for text in missing { Console.message("dyad: \(text)") }
        var failures = missing.count
        let target = try store.map(session.store)
        try session.code(files, published: date.flatMap { CalendarDate($0) }) { file, outcome in
            switch outcome {
            case .failed(let reason):
                failures += 1
                Console.message("dyad: \(reason)")
            case .coded(let articles):
                if let target { try save(articles, target) } else { for article in articles { show(article, session) } }
            }
        }
        if failures > 0 {
            Console.message("dyad: \(failures) of \(files.count + missing.count) inputs could not be read")
            throw ExitCode(1)
        }
    }

    private func save(_ articles: [AnnotatedArticle], _ store: EventStore) throws {
        do {
            for article in articles { _ = try store.save(article) }
        } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
    }

    private func show(_ article: AnnotatedArticle, _ session: Session) {
        let document = article.article.document
        let map = Record.offsets(document, scalars: offsets == .scalars)
        if article.events.isEmpty {
            Console.line(
                session.lines.emptyText(
                    document: document.name, publisher: document.publisher ?? article.article.publisher,
                    published: article.documentTime,
                    url: document.url))
        }
        for event in article.events {
            for row in expand ? EventLine.expanded(event) : [event] {
                Console.line(session.lines.text(row, offsets: map))
            }
        }
    }

    /// One answer a line, in order, whatever the line holds.
    private func filter(_ session: Session) throws {
        Console.forEachInputLine { line in
            var writer = JSONWriter(capacity: 4096)
            do throws(Record.Failure) {
                let record = try Record(line)
                answer(record, session, &writer)
            } catch {
                writer.object {
                    $0.key("id"); $0.value(error.id)
                    $0.key("events"); $0.array { _ in }
                    $0.key("error")
                    $0.object {
                        $0.key("kind"); $0.string(error.kind); $0.key("message"); $0.string(error.message)
                    }
                }
            }
            Console.line(writer.text)
        }
    }

    private func answer(_ record: Record, _ session: Session, _ writer: inout JSONWriter) {
        let isReport = record.document.bytes.contains(0x0A)
        let articles = isReport ? session.reader.read(record.document) : [session.reader.read(text: record.document)]
        let map = Record.offsets(record.document, scalars: offsets == .scalars)
        writer.object { writer in
            writer.key("id")
            writer.value(record.id)
            writer.key("events")
            writer.array { writer in
                for event in articles.flatMap(\.events) {
                    for row in expand ? EventLine.expanded(event) : [event] {
                        session.lines.write(row, to: &writer, offsets: map)
                    }
                }
            }
        }
    }
}

/// What printed offsets count.
enum OffsetUnit: String, ExpressibleByArgument, CaseIterable {
    case bytes, scalars
}
