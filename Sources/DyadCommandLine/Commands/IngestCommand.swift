import ArgumentParser
import DyadCore
import DyadData
import DyadIngest
import DyadPipeline
import DyadStore
import Foundation

/// `dyad ingest`.
struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Read saved pages, texts, archive exports, tables, feeds and web archives into articles.",
        discussion:
            "Without --store, every article is printed as a line of JSON, which dyad code --jsonl takes as a record. With "
            + "--store, articles are coded and kept in a store. What a file is, is told by its content: HTML, text, "
            + "LexisNexis and Nexis Uni (TXT, DOCX, RTF), Factiva (XML, HTML), ProQuest, CSV, TSV, JSON, JSON Lines, RSS, "
            + "Atom, sitemaps, NewsML-G2, WARC, gzip, ZIP; PDF where pdftotext is installed. Folders are read with all "
            + "folders in them. A run that was stopped is carried on by the same command: what is there already is not "
            + "read again. At the end standard error says what was read, what was refused and why; the exit status is 1 "
            + "when anything was refused.")

    @Argument(help: "Files or folders.") var paths: [String] = []
    @Option(help: "Code the articles and keep them in this store.") var store: String?
    @Option(name: .shortAndLong, help: "Write the lines to this file, behind what it holds already.") var output:
        String?
    @OptionGroup var columns: ColumnOption
    @OptionGroup(title: "Fetching") var fetching: FetchOptions
    @Option(help: "Publication date of articles that name none, YYYY-MM-DD.") var date: CalendarDate?
    @Option(help: "Write the account of what was read and refused to this file, as JSON.") var report: String?
    @Flag(help: "Go on and read what is put into the folders, until the program is interrupted.") var watch = false
    @Option(help: "With --watch: seconds between two looks; a file is read when it stood still from one to the next.")
    var every = 2.0
    /// Looks before the program ends by itself; for tests.
    @Option(help: .hidden) var looks: Int?
    @OptionGroup var own: LexiconOption

    func validate() throws {
        if every <= 0 || every > 86_400 { throw ValidationError("--every takes seconds, up to a day") }
        if paths.isEmpty, !fetching.isWanted { throw ValidationError("name at least one file or folder, or --fetch") }
        if watch, fetching.isWanted { throw ValidationError("--watch and --fetch do not go together") }
        if store != nil, output != nil { throw ValidationError("give either --store or --output") }
    }

    func run() throws {
        var ingestion = try Ingestion(columns: try columns.map(), published: date)
        let paths = fetching.isWanted ? self.paths + (try fetching.run(&ingestion.report)) : self.paths
        var notes: [IngestReport.Refusal] = []
        if let store {
            let session = try Session(own: own)
            let target = try session.store(store)
            let save: ([Document]) throws -> [ArticleOutput.Outcome] = { try Self.save($0, session, target, &notes) }
            try run(paths, &ingestion, save) { ingestion in
                do { ingestion.report.copies = try target.markCopies() } catch {
                    Console.message("dyad: \(error)")
                    throw ExitCode(1)
                }
            }
        } else {
            let output = try ArticleOutput(path: output)
            let reader = ingestion.articles
            let write: ([Document]) throws -> [ArticleOutput.Outcome] = { documents in
                let articles = Lanes.map(documents, weight: { $0.bytes.count }) { reader.read($0) }.flatMap { $0 }
                notes += articles.flatMap(Self.warnings)
                return articles.map { output.write(ArticleLine(article: $0)) }
            }
            try run(paths, &ingestion, write) { _ in }
        }
        ingestion.report.notes += notes
        try finish(ingestion.report)
    }

    /// Reads everything once, or again and again what is new; `done` is called after each time something was read.
    private func run(
        _ paths: [String], _ ingestion: inout Ingestion, _ take: ([Document]) throws -> [ArticleOutput.Outcome],
        _ done: (inout Ingestion) throws -> Void
    ) throws {
        guard watch else {
            try ingestion.run(paths, take)
            return try done(&ingestion)
        }
        for path in paths where !FileManager.default.fileExists(atPath: path) {
            Console.message("dyad: \(path): no such file or folder")
            throw ExitCode(1)
        }
        StopRequest.listen()
        var folder = FolderWatch(paths)
        var looks = 0
        while !StopRequest.isSet, self.looks.map({ looks < $0 }) ?? true {
            if looks > 0 { StopRequest.pause(seconds: every) }
            looks += 1
            // One file after another, so that an interrupt is not kept waiting.
            var isNew = false
            for entry in folder.ready() where !StopRequest.isSet {
                try ingestion.run([entry], take)
                isNew = true
            }
            if isNew {
                try done(&ingestion)
                let report = ingestion.report
                Console.message(
                    "dyad: \(report.files) files read so far, \(report.articles) articles, \(report.refusals.count) refused"
                )
            }
        }
    }

    /// What was wrong with an article, such as a page without running text.
    private static func warnings(_ article: Article) -> [IngestReport.Refusal] {
        article.diagnostics.filter { $0.severity == .warning }.map {
            .init(file: article.document.name, reason: $0.summary)
        }
    }

    /// Codes what is new and keeps it, in one transaction.
    private static func save(
        _ documents: [Document], _ session: Session, _ store: EventStore, _ notes: inout [IngestReport.Refusal]
    ) throws -> [ArticleOutput.Outcome] {
        do {
            let fresh = try documents.filter { try !store.isUpToDate($0) }
            let reader = session.reader
            let coded = Lanes.map(fresh, weight: { $0.bytes.count }) { reader.read($0) }.flatMap { $0 }
            notes += coded.flatMap { warnings($0.article) }
            let outcomes = try store.save(coded).map { outcome -> ArticleOutput.Outcome in
                switch outcome {
                case .added: .added
                case .replaced: .changed
                case .unchanged: .unchanged
                }
            }
            return outcomes + Array(repeating: .unchanged, count: documents.count - fresh.count)
        } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
    }

    private func finish(_ account: IngestReport) throws {
        for line in account.lines { Console.message("dyad: \(line)") }
        if let report {
            do { try Data((account.json + "\n").utf8).write(to: URL(fileURLWithPath: report)) } catch {
                Console.message("dyad: \(report): cannot be written")
                throw ExitCode(1)
            }
        }
        if !account.refusals.isEmpty { throw ExitCode(1) }
    }
}

/// The option that names columns of tables.
struct ColumnOption: ParsableArguments {
    @Option(
        name: .customLong("map"),
        help: ArgumentHelp(
            "For tables and JSON: the column or key that holds a field, as in title=headline; may be given several times.",
            valueName: "field=column"))
    var pairs: [String] = []

    func validate() throws { _ = try map() }

    func map() throws -> ColumnMap {
        var map = ColumnMap()
        for pair in pairs.flatMap({ $0.split(separator: ",") }) {
            if let problem = map.add(String(pair)) { throw ValidationError("--map \(pair): \(problem)") }
        }
        return map
    }
}
