import ArgumentParser
import DyadData
import Foundation

/// `dyad fuzz`.
struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Read randomly changed samples and report every crash and every input that takes too long.",
        discussion:
            "The same seed and number give the same input. Workers read; the parent replaces those that end. Exit status 1 when "
            + "an input crashed, took more than --seconds of processor time, or broke a promise about spans.",
        shouldDisplay: false)

    @Argument(help: "Folder of samples.") var folder = "Tests/Samples"
    @Option(help: "Number of inputs.") var count = 10_000
    @Option(help: "Where to begin.") var from = 0
    @Option(help: "Seed.") var seed: UInt64 = 1
    @Option(help: "Workers.") var workers = 1
    @Option(help: "Seconds of processor time that an input may take.") var seconds = 2
    @Option(help: "Folder for the inputs that failed.") var keep: String?
    @Flag(help: .hidden) var worker = false
    @Option(help: .hidden) var step = 1

    func validate() throws {
        if count < 0 || from < 0 || workers < 1 || step < 1 || seconds < 1 {
            throw ValidationError("numbers are 0 or more")
        }
    }

    func run() throws {
        let mutator = Mutator(samples: try samples(), seed: seed)
        if worker { return try work(mutator) }
        guard let program = Bundle.main.executableURL else {
            Console.message("dyad: the program cannot find itself to start its workers")
            throw ExitCode(1)
        }
        let driver = FuzzDriver(
            program: program, folder: folder, seed: seed, range: from..<from + count, workers: workers,
            seconds: seconds)
        let failures = driver.run()
        for failure in failures {
            Console.line("input \(failure.number): \(failure.reason)")
            if let keep { try save(mutator.input(failure.number), failure.number, in: keep) }
        }
        Console.line("\(count) inputs from \(mutator.samples.count) samples, seed \(seed): \(failures.count) failures")
        if !failures.isEmpty { throw ExitCode(1) }
    }

    private func samples() throws -> [(name: String, bytes: [UInt8])] {
        let names = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
        let found = names.filter { !$0.hasSuffix(".py") }.compactMap { name in
            (try? Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name))).map {
                (URL(fileURLWithPath: name).lastPathComponent, Array($0))
            }
        }
        if found.isEmpty {
            Console.message("dyad: \(folder): no samples")
            throw ExitCode(1)
        }
        return found
    }

    private func save(_ input: (name: String, bytes: [UInt8]), _ number: Int, in folder: String) throws {
        let url = URL(fileURLWithPath: folder)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try Data(input.bytes).write(to: url.appendingPathComponent("\(seed)-\(number)-\(input.name)"))
    }

    /// Reads every `step`th input and tells the parent the number of each before, and of faults after.
    private func work(_ mutator: Mutator) throws {
        guard let data = DataLocation.folder() else { throw ExitCode(1) }
        let probe = try IngestProbe(folder: data)
        for number in stride(from: from, to: from + count, by: step) {
            let input = mutator.input(number)
            tell("\(number)\n")
            // The system ends a worker that takes longer.
            var limit = itimerval(it_interval: timeval(), it_value: timeval(tv_sec: seconds, tv_usec: 0))
            setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &limit, nil)
            if let fault = probe.fault(in: input.bytes, name: input.name) { tell("fault \(number) \(fault)\n") }
        }
        tell("done\n")
    }

    private func tell(_ text: String) { Console.write(Array(text.utf8), to: STDOUT_FILENO) }
}
