package import Foundation

/// How a worker process is started.
package struct WorkerCommand: Sendable {
    package var executable: URL
    package var arguments: [String]

    /// A program that writes one line when it is ready, and then an answer line for each line it reads.
    package init(executable: URL, arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }
}

/// A child process that answers one record at a time, seen from its parent.
///
/// The parent never waits for it: it asks `poll` which ends can be read or written and calls ``receive()`` and ``send()``.
final class Worker {
    enum State: Equatable {
        case starting
        case idle
        case busy(record: Int)
    }

    private(set) var state = State.starting
    /// When it must have answered.
    private(set) var deadline: Double
    private let process = Process()
    private let input: FileHandle
    private let output: FileHandle
    private var outgoing: ArraySlice<UInt8> = []
    /// True when it died before it took anything of the record it was given.
    private(set) var hasRefused = false
    private var hasTaken = false
    private var incoming: [UInt8] = []
    private(set) var isGone = false

    /// Starts the process; `startup` seconds later it must be ready.
    init(_ command: WorkerCommand, startup: Double) throws {
        let questions = Pipe(), answers = Pipe()
        process.executableURL = command.executable
        process.arguments = command.arguments
        process.standardInput = questions
        process.standardOutput = answers
        input = questions.fileHandleForWriting
        output = answers.fileHandleForReading
        deadline = Worker.now + startup
        try process.run()
        // The child has its own ends now; ours must go, or its end would never be seen.
        try questions.fileHandleForReading.close()
        try answers.fileHandleForWriting.close()
        for end in [input, output] {
            let flags = fcntl(end.fileDescriptor, F_GETFL)
            _ = fcntl(end.fileDescriptor, F_SETFL, flags | O_NONBLOCK)
        }
    }

    /// Seconds of a clock that only goes forward.
    static var now: Double { ProcessInfo.processInfo.systemUptime }

    var readDescriptor: Int32 { output.fileDescriptor }
    /// The end to write to, nil when nothing is left to be sent.
    var writeDescriptor: Int32? { outgoing.isEmpty ? nil : input.fileDescriptor }

    /// Gives the worker a record.
    func ask(_ line: [UInt8], record: Int, limit: Double) {
        state = .busy(record: record)
        deadline = Worker.now + limit
        outgoing = (line + [0x0A])[...]
        hasTaken = false
        send()
    }

    /// Writes what the pipe takes now.
    func send() {
        while !outgoing.isEmpty {
            let count = outgoing.withUnsafeBytes { Foundation.write(input.fileDescriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno != EAGAIN {
                outgoing = []
                hasRefused = !hasTaken
            }
            guard count > 0 else { return }
            hasTaken = true
            outgoing = outgoing.dropFirst(count)
        }
    }

    /// Reads what is there; the line once it is whole.
    func receive() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(output.fileDescriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count == 0 || (count < 0 && errno != EAGAIN) { isGone = true }
            guard count > 0 else { break }
            incoming += buffer[..<count]
        }
        guard incoming.last == 0x0A else { return nil }
        let line = incoming.dropLast()
        incoming = []
        // Two lines, or one that nobody asked for: its answers can no longer be matched with questions.
        if state == .idle || line.contains(0x0A) {
            isGone = true
            return nil
        }
        state = .idle
        deadline = .infinity
        return Array(line)
    }

    /// Ends the process at once and says how it ended.
    @discardableResult
    func end() -> String {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        close()
        // Foundation sees the end when the last descendant has gone; nobody waits long for one that stays.
        for _ in 0..<100 where process.isRunning { usleep(10_000) }
        if process.isRunning { return "no status" }
        let status = process.terminationStatus
        guard process.terminationReason == .uncaughtSignal else { return "status \(status)" }
        return "signal \(status) (\(strsignal(status).map { String(cString: $0) } ?? "unknown"))"
    }

    /// Lets an idle process end by itself: its input is over.
    func close() {
        try? input.close()
        try? output.close()
    }
}
