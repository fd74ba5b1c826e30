import DyadExchange
import Foundation

/// Answers lines through worker processes: one line for each, in order, whatever happens to a worker.
///
/// A trap in Swift ends the process and cannot be caught, and a thread that hangs cannot be stopped. So the records are
/// coded by children. A child that dies or is silent for too long is replaced, and only the record it had becomes an
/// error line. The parent is one thread around `poll`; it reads no further than a window of records ahead.
package struct Supervisor: Sendable {
    /// What a record may cost.
    package struct Limits: Sendable {
        /// Seconds until an answer must be there.
        package var seconds: Double
        /// Bytes of a line.
        package var bytes: Int
        /// Seconds until a new worker must be ready.
        package var startup: Double

        package init(seconds: Double = 10, bytes: Int = 10_000_000, startup: Double = 60) {
            self.seconds = seconds
            self.bytes = bytes
            self.startup = startup
        }
    }

    /// How a run ended.
    package struct Summary: Sendable {
        /// Lines answered.
        package var records = 0
        /// Workers that died or were stopped while they had a record.
        package var lostWorkers = 0
        /// False when the output was closed before the end, or workers could no longer be started.
        package var isComplete = true
    }

    /// The first worker did not come up: nothing can be answered.
    package struct StartError: Error, CustomStringConvertible {
        package var description: String
    }

    private let command: WorkerCommand
    private let width: Int
    private let limits: Limits

    package init(command: WorkerCommand, width: Int, limits: Limits = Limits()) {
        self.command = command
        self.width = max(1, width)
        self.limits = limits
    }

    /// Answers the lines of one descriptor on another.
    package func run(input: Int32, output: Int32) throws(StartError) -> Summary {
        // A write to a worker that has died must be an error here, not the end of this process.
        signal(SIGPIPE, SIG_IGN)
        var run = SupervisedRun(command: command, width: width, limits: limits, input: input, output: output)
        return try run.finish()
    }
}

/// The state of one run.
private struct SupervisedRun {
    /// Records in memory for each worker, so that one slow record does not let the others wait.
    private static let recordsPerWorker = 64
    private static let heldBytes = 64_000_000

    let command: WorkerCommand
    let width: Int
    let limits: Supervisor.Limits
    let input: Int32
    var reader: LineReader
    var output: OrderedOutput
    var workers: [Worker] = []
    /// Records that no worker has yet, in order.
    var queue: ArraySlice<(index: Int, line: [UInt8])> = []
    /// Records that a worker has, for their id when it dies.
    var asked: [Int: [UInt8]] = [:]
    var read = 0
    var queuedBytes = 0
    var summary = Supervisor.Summary()

    init(command: WorkerCommand, width: Int, limits: Supervisor.Limits, input: Int32, output: Int32) {
        self.command = command
        self.width = width
        self.limits = limits
        self.input = input
        reader = LineReader(input, limit: limits.bytes)
        self.output = OrderedOutput(output)
    }

    mutating func finish() throws(Supervisor.StartError) -> Supervisor.Summary {
        try startFirst()
        while !isDone {
            assign()
            if isDone { break }
            wait()
        }
        for worker in workers {
            if worker.state == .idle { worker.close() } else { worker.end() }
        }
        summary.records = output.written
        if output.isClosed { summary.isComplete = false }
        return summary
    }

    private var isDone: Bool { output.isClosed || (reader.isAtEnd && queue.isEmpty && asked.isEmpty) }

    private var hasRoom: Bool {
        !reader.isAtEnd && read - output.written < width * Self.recordsPerWorker
            && queuedBytes + output.heldBytes < Self.heldBytes
    }

    // MARK: - Workers

    /// Without one worker that comes up there is no point in reading.
    private mutating func startFirst() throws(Supervisor.StartError) {
        let worker: Worker
        do {
            worker = try Worker(command, startup: limits.startup)
        } catch {
            throw Supervisor.StartError(description: "\(command.executable.path) cannot be started: \(error)")
        }
        while worker.state == .starting {
            var ends = [pollfd(fd: worker.readDescriptor, events: Int16(POLLIN), revents: 0)]
            if Worker.now > worker.deadline {
                worker.end()
                throw Supervisor.StartError(description: "a worker was not ready after \(limits.startup) seconds")
            }
            _ = poll(&ends, 1, 1000)
            if ends[0].revents != 0 { _ = worker.receive() }
            if worker.isGone {
                throw Supervisor.StartError(description: "a worker ended with \(worker.end()) before it was ready")
            }
        }
        workers.append(worker)
    }

    /// Gives waiting records to idle workers and starts workers while there is more to do.
    private mutating func assign() {
        for worker in workers where worker.state == .idle {
            guard let (index, line) = queue.popFirst() else { return }
            queuedBytes -= line.count
            asked[index] = line
            worker.ask(line, record: index, limit: limits.seconds)
        }
        let coming = workers.count { $0.state == .starting }
        guard workers.count < width, queue.count > coming else { return }
        do {
            workers.append(try Worker(command, startup: limits.startup))
        } catch {
            if workers.isEmpty { giveUp("a worker cannot be started: \(error)") }
        }
    }

    /// No worker is left and none can be started: every record that waits is answered so.
    private mutating func giveUp(_ reason: String) {
        summary.isComplete = false
        guard let (index, line) = queue.popFirst() else { return }
        queuedBytes -= line.count
        fail(index, line, .internal, reason)
    }

    private mutating func fail(_ index: Int, _ line: [UInt8], _ kind: RecordFailure.Kind, _ message: String) {
        let failure = RecordFailure(id: RecordIdentifier.find(in: line), kind: kind, message: message)
        output.put(failure.codeLine, at: index)
    }

    /// `10` for whole seconds, `0.5` for others.
    private static func text(_ seconds: Double) -> String {
        Int(exactly: seconds).map(String.init) ?? "\(seconds)"
    }

    // MARK: - Waiting

    /// Waits until something can be read, written or is overdue, and does it.
    private mutating func wait() {
        var ends = workers.map { pollfd(fd: $0.readDescriptor, events: Int16(POLLIN), revents: 0) }
        ends += workers.map { pollfd(fd: $0.writeDescriptor ?? -1, events: Int16(POLLOUT), revents: 0) }
        ends.append(pollfd(fd: hasRoom ? input : -1, events: Int16(POLLIN), revents: 0))
        let deadline = workers.map(\.deadline).min() ?? .infinity
        let left = max(0, min(deadline - Worker.now, 3600))
        _ = poll(&ends, nfds_t(ends.count), Int32((left * 1000).rounded(.up)))
        let present = workers
        for (index, worker) in present.enumerated() {
            if ends[present.count + index].revents != 0 { worker.send() }
            if ends[index].revents != 0 { receive(from: worker) }
            if worker.isGone {
                stop(worker, isOverdue: false)
            } else if Worker.now >= worker.deadline {
                stop(worker, isOverdue: true)
            }
        }
        if ends[ends.count - 1].revents != 0 { take(reader.read()) }
    }

    private mutating func take(_ lines: [LineReader.Line]) {
        for line in lines {
            switch line {
            case .whole(let bytes):
                queue.append((read, bytes))
                queuedBytes += bytes.count
            case .tooLong(let id, let bytes):
                let message = "the record has \(bytes) bytes, more than \(limits.bytes)"
                output.put(RecordFailure(id: id, kind: .tooLarge, message: message).codeLine, at: read)
            }
            read += 1
        }
    }

    private mutating func receive(from worker: Worker) {
        let before = worker.state
        if let answer = worker.receive(), case .busy(let record) = before {
            asked[record] = nil
            output.put(answer, at: record)
        }
    }

    /// Ends a worker that is dead, silent or confused; its record becomes an error line.
    private mutating func stop(_ worker: Worker, isOverdue: Bool) {
        workers.removeAll { $0 === worker }
        let end = worker.end()
        switch worker.state {
        case .busy(let record):
            let line = asked.removeValue(forKey: record) ?? []
            if worker.hasRefused {
                queue = [(record, line)] + queue
                queuedBytes += line.count
                return
            }
            summary.lostWorkers += 1
            if isOverdue {
                fail(record, line, .timeout, "not coded within \(Self.text(limits.seconds)) seconds")
            } else {
                fail(record, line, .crash, "the worker that coded this record ended with \(end)")
            }
        case .starting where workers.isEmpty: giveUp("a new worker ended with \(end) before it was ready")
        case .starting, .idle: break
        }
    }
}
