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
            + "{\"id\",\"events\":[…]} is written for each, in order, always. Worker processes code them; a record that takes "
            + "too long, is too large or ends its worker gets {\"id\",\"events\":[],\"error\":{\"kind\",\"message\"}}. Such "
            + "lines are answers: the exit status is 0 when every line was answered.")

    @Argument(help: "Files of any kind that dyad ingest reads, or folders of .txt, .html, .docx and .rtf files.")
    var paths: [String] = []
    @Flag(help: "Read records from standard input.") var jsonl = false
    @Option(help: "Put the events into this store instead of printing them.") var store: String?
    @Flag(help: "With --store: say what would change in the store, and change nothing.") var dryRun = false
    @Flag(help: "One line for each pair of actors.") var expand = false
    @Option(help: "Publication date of files that name none, YYYY-MM-DD.") var date: CalendarDate?
    @Option(
        help: "A codebook beside PLOVER, a folder or a name (cameo): its code stands in the key \"code\" of each event."
    )
    var codebook: String?
    @Option(
        help:
            "Code as an older program would have, for series that go on (petrarch): conventions of codebook/cameo/conventions."
    )
    var convention: String?
    @Option(help: "What offsets count: bytes or scalars (as Python's str).") var offsets = OffsetUnit.bytes

    @Option(help: "With --jsonl: processes that code at the same time; as many as there are cores if not given.")
    var workers: Int?
    @Option(help: "With --jsonl: seconds that a record may take.") var timeout = 10.0
    @Option(help: "With --jsonl: bytes that a record may have.") var maxBytes = 10_000_000
    /// Set by the parent for the processes it starts.
    @Flag(help: .hidden) var worker = false

    @OptionGroup var columns: ColumnOption
    @OptionGroup var own: LexiconOption

    func validate() throws {
        if jsonl != paths.isEmpty {
            throw ValidationError(
                jsonl ? "give either files or --jsonl" : "name at least one file or folder, or use --jsonl")
        }
        if jsonl, store != nil { throw ValidationError("--jsonl prints its answers; --store takes files") }
        if dryRun, store == nil { throw ValidationError("--dry-run goes with --store") }
        if jsonl, date != nil { throw ValidationError("--date is for files; a record has its own \"date\"") }
        if timeout <= 0 || timeout > 86_400 { throw ValidationError("--timeout takes seconds, up to a day") }
        if maxBytes < 1 || workers ?? 1 < 1 { throw ValidationError("--max-bytes and --workers are at least 1") }
    }

    func run() throws {
        if jsonl, !worker { return try filter() }
        let session = try Session(isQuiet: worker, codebook: codebook, own: own, convention: convention)
        if jsonl {
            return RecordCoder(session: session, expand: expand, offsets: offsets, seconds: timeout, bytes: maxBytes)
                .run()
        }
        let (files, missing) = Session.files(paths)
        for text in missing { Console.message("dyad: \(text)") }
        var failures = missing.count
        var refusals = 0
        let target = try store.map(session.store)
        var rehearsed: [AnnotatedArticle] = []
        try session.code(files, published: date, columns: try columns.map()) { file, outcome in
            switch outcome {
            case .failed(let reason):
                failures += 1
                Console.message("dyad: \(reason)")
            case .refused(let reason):
                refusals += 1
                Console.message("dyad: \(reason)")
            case .noted(let note): Console.message("dyad: \(note)")
            case .coded(let articles):
                for note in articles.flatMap(\.article.diagnostics) {
                    Console.message("dyad: \(file.relativePath): \(note.summary)")
                }
                if dryRun {
                    rehearsed += articles
                } else if let target {
                    try save(articles, target)
                } else {
                    for article in articles { show(article, session) }
                }
            }
        }
        if dryRun, let target { ChangeReport.show(try target.rehearse(rehearsed)) } else { try target?.settle() }
        if refusals > 0 { Console.message("dyad: \(refusals) articles in these files could not be read") }
        if failures > 0 {
            Console.message("dyad: \(failures) of \(files.count + missing.count) inputs could not be read")
        }
        if failures + refusals > 0 { throw ExitCode(1) }
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

    // MARK: - Filter

    /// One answer a line, in order, whatever the line holds.
    private func filter() throws {
        Session.warnOfMissingModels()
        guard let program = Bundle.main.executableURL else {
            Console.message("dyad: the program cannot find itself to start its workers")
            throw ExitCode(1)
        }
        var arguments = ["code", "--jsonl", "--worker", "--offsets", offsets.rawValue, "--timeout", "\(timeout)"]
        arguments += ["--max-bytes", "\(maxBytes)"] + (expand ? ["--expand"] : [])
        arguments += codebook.map { ["--codebook", $0] } ?? []
        arguments += convention.map { ["--convention", $0] } ?? []
        arguments += (own.lexicon.map { ["--lexicon", $0] } ?? []) + (own.ownVerbsOnly ? ["--own-verbs-only"] : [])
        let supervisor = Supervisor(
            command: WorkerCommand(executable: program, arguments: arguments),
            width: workers ?? ProcessInfo.processInfo.activeProcessorCount,
            limits: Supervisor.Limits(seconds: timeout, bytes: maxBytes))
        do {
            let summary = try supervisor.run(input: STDIN_FILENO, output: STDOUT_FILENO)
            if summary.lostWorkers > 0 {
                Console.message("dyad: \(summary.lostWorkers) of \(summary.records) records lost their worker")
            }
            if !summary.isComplete { throw ExitCode(1) }
        } catch let error as Supervisor.StartError {
            // The worker itself has said why on standard error, if it could.
            Console.message("dyad: nothing was coded: \(error)")
            throw ExitCode(1)
        }
    }
}

/// What printed offsets count.
enum OffsetUnit: String, ExpressibleByArgument, CaseIterable {
    case bytes, scalars
}
