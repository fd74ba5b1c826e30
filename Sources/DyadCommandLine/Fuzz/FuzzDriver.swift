import Foundation
import Synchronization

/// Runs fuzzing workers and replaces those that end before their time.
struct FuzzDriver {
    struct Failure: Sendable {
        var number: Int
        var reason: String
    }

    let program: URL
    let folder: String
    let seed: UInt64
    let range: Range<Int>
    let workers: Int
    /// Processor time that an input may take.
    let seconds: Int

    /// Reads all inputs; the failures by number.
    func run() -> [Failure] {
        let failures = Mutex<[Failure]>([])
        DispatchQueue.concurrentPerform(iterations: workers) { lane in
            var next = range.lowerBound + lane
            while next < range.upperBound {
                let (last, found) = runWorker(from: next)
                failures.withLock { $0 += found }
                next = last + workers
            }
        }
        return failures.withLock { $0 }.sorted { $0.number < $1.number }
    }

    /// Runs one worker to its end; the last number it began, and what failed.
    private func runWorker(from start: Int) -> (last: Int, failures: [Failure]) {
        let process = Process(), pipe = Pipe()
        process.executableURL = program
        process.arguments = [
            "fuzz", folder, "--worker", "--seed", "\(seed)", "--from", "\(start)", "--count",
            "\(range.upperBound - start)",
            "--step", "\(workers)", "--seconds", "\(seconds)",
        ]
        process.standardOutput = pipe
        do { try process.run() } catch {
            return (range.upperBound, [Failure(number: start, reason: "the worker does not start: \(error)")])
        }
        var last = start, isDone = false
        var failures: [Failure] = []
        var pending: [UInt8] = []
        while let data = try? pipe.fileHandleForReading.read(upToCount: 4096), !data.isEmpty {
            pending += data
            while let end = pending.firstIndex(of: 0x0A) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeFirst(end + 1)
                if let number = Int(line) {
                    last = number
                } else if line == "done" {
                    isDone = true
                } else if let fault = Self.fault(line) {
                    failures.append(fault)
                }
            }
        }
        process.waitUntilExit()
        if !isDone {
            let isSlow = process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGPROF
            let reason = isSlow ? "more than \(seconds) s" : "the worker ended with \(process.terminationStatus)"
            failures.append(Failure(number: last, reason: reason))
            return (last, failures)
        }
        return (range.upperBound, failures)
    }

    private static func fault(_ line: String) -> Failure? {
        let parts = line.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, parts[0] == "fault", let number = Int(parts[1]) else { return nil }
        return Failure(number: number, reason: String(parts[2]))
    }
}
