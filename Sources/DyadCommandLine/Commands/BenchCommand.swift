import ArgumentParser
import DyadCore
import DyadExchange
import DyadLanguage
import DyadPipeline
import Foundation

/// `dyad bench`.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure language analysis on one core: words and sentences a second, peak memory.",
        discussion:
            "Text in, trees and names out, one thread, on the reports of a folder read again and again. DYAD_KERNEL=avx2 or portable chooses slower kernels."
    )

    @Argument(help: "Folder of reports.") var folder = "Examples"
    @Option(help: "Seconds to run.") var seconds = 6.0
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let (files, missing) = Session.files([folder])
        guard missing.isEmpty else {
            Console.message("dyad: \(missing.joined(separator: "\n"))")
            throw ExitCode(1)
        }
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
        let cpuBegan = Self.cpuSeconds()
        var lap = 0.0
        repeat {
            for (document, passages) in zip(documents, passages) {
                let found = session.reader.language.sentences(in: document.bytes, passages: passages)
                sentences += found.count
                words += found.reduce(0) { $0 + $1.tokens.count }
            }
            lap = ProcessInfo.processInfo.systemUptime - began
        } while lap < seconds
        let cpu = max(Self.cpuSeconds() - cpuBegan, 1e-6)
        show(Double(words) / lap, Double(words) / cpu, Double(sentences) / lap)
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
                $0.key("peak_mb"); $0.integer(Self.peakMegabytes())
            }
            Console.line(writer.text)
        } else {
            Console.line(
                "\(level): \(Int(words)) words/s, \(Int(sentences)) sentences/s, peak \(Self.peakMegabytes()) MB")
        }
    }

    /// Processor time of this process so far; on a busy machine less than the time that goes by.
    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Largest resident memory of this process so far.
    private static func peakMegabytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}
