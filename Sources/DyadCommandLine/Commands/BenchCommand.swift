import ArgumentParser
import DyadCore
import DyadExchange
import DyadIngest
import DyadLanguage
import DyadPipeline
import Foundation

/// `dyad bench`.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure language analysis, the store and merging.",
        subcommands: [BenchLanguageCommand.self, BenchStoreCommand.self, BenchMergeCommand.self],
        defaultSubcommand: BenchLanguageCommand.self)
}

/// `dyad bench language`, also without its name.
struct BenchLanguageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "language",
        abstract: "Measure language analysis on one core, or the reading of saved pages: speed, peak memory.",
        discussion:
            "Text in, trees and names out, one thread, on the reports of a folder read again and again. DYAD_KERNEL=avx2 or portable chooses slower kernels. "
            + "For a folder of saved pages: from the bytes of a page to its article, pages a second, the slowest page, and no model. "
            + "For a web archive: from the file to the pages in it, unpacked megabytes a second."
    )

    @Argument(help: "Folder of reports or of saved pages, or a web archive.") var folder = "Examples"
    @Option(help: "Seconds to run.") var seconds = 6.0
    @Flag(help: "Print JSON.") var json = false
    @Option(help: "Measure instead how a lexicon of so many made-up entries loads and answers.") var lexicon: Int?
    @Option(help: .private) var measureLexicon: String?

    func run() throws {
        if let measureLexicon { return try LexiconBench.measure(measureLexicon) }
        if let lexicon { return try showLexicon(lexicon) }
        let (files, missing) = Session.files([folder])
        guard missing.isEmpty else {
            Console.message("dyad: \(missing.joined(separator: "\n"))")
            throw ExitCode(1)
        }
        let isPages = files.allSatisfy { ["html", "htm"].contains($0.pathExtension.lowercased()) }
        if files.count == 1, CollectionFormat(file: files[0]) == .webArchive {
            return try ArchiveBench(file: files[0], seconds: seconds, json: json).run()
        }
        if isPages { return try PageBench(files: files, seconds: seconds, json: json).run() }
        let session = try Session()
        let documents = try files.map { file in
            do { return try Session.document(file) } catch {
                Console.message("dyad: \(Session.describe(error, file))")
                throw ExitCode(1)
            }
        }
        let passages = documents.map { document in
            Reader.bare(document).blocks.enumerated().map {
                LanguageAnalyser.Passage(span: $0.element.span, block: $0.offset)
            }
        }
        var words = 0, sentences = 0
        let began = ProcessInfo.processInfo.systemUptime
        let cpuBegan = BenchCommand.cpuSeconds()
        var lap = 0.0
        repeat {
            for (document, passages) in zip(documents, passages) {
                let found = session.reader.language.sentences(in: document.bytes, passages: passages)
                sentences += found.count
                words += found.reduce(0) { $0 + $1.tokens.count }
            }
            lap = ProcessInfo.processInfo.systemUptime - began
        } while lap < seconds
        let cpu = max(BenchCommand.cpuSeconds() - cpuBegan, 1e-6)
        show(Double(words) / lap, Double(words) / cpu, Double(sentences) / lap)
    }

    private func showLexicon(_ entries: Int) throws {
        let rows = try LexiconBench(entries: entries).rows()
        if json {
            var writer = JSONWriter()
            writer.array(rows) { writer, row in
                writer.object {
                    $0.key("form"); $0.string(row.form)
                    $0.key("entries"); $0.integer(entries)
                    $0.key("names"); $0.integer(row.names)
                    $0.key("load_ms"); $0.number((row.loadMilliseconds * 10).rounded() / 10)
                    $0.key("memory_mb"); $0.number((row.megabytes * 10).rounded() / 10)
                    $0.key("lookup_us"); $0.number((row.lookupMicroseconds * 1000).rounded() / 1000)
                }
            }
            return Console.line(writer.text)
        }
        var table = TextTable(["form", "entries", "names", "load ms", "memory MB", "look-up µs"])
        for row in rows {
            table.row([
                row.form, "\(entries)", "\(row.names)", String(format: "%.0f", row.loadMilliseconds),
                String(format: "%.0f", row.megabytes), String(format: "%.2f", row.lookupMicroseconds),
            ])
        }
        Console.write(table.text(width: Console.width))
    }

    private func show(_ words: Double, _ perCPUSecond: Double, _ sentences: Double) {
        let level = "\(KernelLevel.current)"
        if json {
            var writer = JSONWriter()
            writer.object {
                $0.key("kernel"); $0.string(level)
                $0.key("words_per_second"); $0.integer(Int(words))
                $0.key("words_per_cpu_second"); $0.integer(Int(perCPUSecond))
                $0.key("sentences_per_second"); $0.integer(Int(sentences))
                $0.key("pages_per_second"); $0.null()
                $0.key("peak_mb"); $0.integer(BenchCommand.peakMegabytes())
            }
            Console.line(writer.text)
        } else {
            Console.line(
                "\(level): \(Int(words)) words/s, \(Int(sentences)) sentences/s, peak \(BenchCommand.peakMegabytes()) MB"
            )
        }
    }
}

extension BenchCommand {
    /// Processor time of this process so far; on a busy machine less than the time that goes by.
    static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Largest resident memory of this process so far.
    static func peakMegabytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}
