import DyadCommandLine
import DyadTesting
import Foundation
import Testing

/// Workers that die, hang, babble or never come up: one answer a line all the same, in order.
@Suite struct SupervisorTests {
    /// A worker in shell that does what a record tells it to.
    private static let obedient = """
        echo ready
        while IFS= read -r line; do
          case "$line" in
            *trap*) kill -ILL $$ ;;
            *leave*) exit 3 ;;
            *hang*) exec sleep 100 ;;
            *slow*) sleep 0.3; echo "$line" ;;
            *twice*) printf 'one\\ntwo\\n' ;;
            *mute*) exec sleep 100 >&- ;;
            *half*) printf 'half a line'; exit 0 ;;
            *) echo "$line" ;;
          esac
        done
        """

    /// What a run over some lines leaves behind.
    private func answers(
        _ lines: [String], worker: String = obedient, width: Int = 3,
        limits: Supervisor.Limits = .init(seconds: 60, bytes: 1000, startup: 60)
    ) throws -> (lines: [String], summary: Supervisor.Summary) {
        let folder = try TemporaryFolder()
        let input = try folder.write(lines.joined(separator: "\n"), to: "in")
        let output = try folder.write("", to: "out")
        let script = try folder.write(worker, to: "worker.sh")
        let command = WorkerCommand(executable: URL(fileURLWithPath: "/bin/sh"), arguments: [script.path])
        let reading = try FileHandle(forReadingFrom: input), writing = try FileHandle(forWritingTo: output)
        let summary = try Supervisor(command: command, width: width, limits: limits)
            .run(input: reading.fileDescriptor, output: writing.fileDescriptor)
        let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
        return (text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init), summary)
    }

    private func kind(_ line: String) throws -> String? {
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return (object?["error"] as? [String: Any])?["kind"] as? String
    }

    @Test func keepsTheOrderOfManyRecords() throws {
        let lines = (0..<500).map { $0 % 50 == 0 ? "slow \($0)" : "record \($0)" }
        let run = try answers(lines)
        #expect(run.lines == lines)
        #expect(run.summary.records == 500 && run.summary.lostWorkers == 0 && run.summary.isComplete)
    }

    @Test(arguments: [
        ("trap", "crash"), ("leave", "crash"), ("hang", "timeout"), ("twice", "crash"), ("mute", "crash"),
        ("half", "crash"),
    ])
    func replacesOnlyTheRecordOfALostWorker(_ order: String, _ expected: String) throws {
        let bad = #"{"id":"bad","text":"\#(order)"}"#
        // Only a worker that hangs need be waited for; a busy machine must not make others late.
        let limits = Supervisor.Limits(seconds: order == "hang" ? 3 : 60, bytes: 1000, startup: 60)
        let run = try answers(["one", "two", bad, "three", bad, "four"], width: 2, limits: limits)
        #expect(run.lines.count == 6)
        #expect([0, 1, 3, 5].map { run.lines[$0] } == ["one", "two", "three", "four"])
        for index in [2, 4] {
            #expect(run.lines[index].hasPrefix(#"{"id":"bad","events":[],"error":{"kind":"#))
            #expect(try kind(run.lines[index]) == expected)
        }
        #expect(run.summary.lostWorkers == 2 && run.summary.isComplete)
    }

    @Test func survivesNothingButCrashes() throws {
        let run = try answers(Array(repeating: #"{"id":1,"text":"trap"}"#, count: 20))
        #expect(try run.lines.count == 20 && run.lines.allSatisfy { try kind($0) == "crash" })
    }

    @Test func namesTheSignal() throws {
        #expect(try answers([#"{"id":1,"text":"trap"}"#]).lines[0].contains("ended with signal 4"))
        #expect(try answers([#"{"id":1,"text":"leave"}"#]).lines[0].contains("ended with status 3"))
    }

    @Test func refusesALineOverTheLimitAndKeepsItsName() throws {
        let long = String(repeating: "x", count: 200_000)
        let run = try answers([
            #"{"id":"first","text":"\#(long)"}"#, "good", #"{"text":"\#(long)","id":{"deep":[1,"]"]}}"#,
            #"{"text":{"id":"inner"},"long":"\#(long)"}"#,
        ])
        #expect(run.lines[1] == "good")
        #expect(run.lines[0].hasPrefix(#"{"id":"first","events":[],"error":{"kind":"too_large","#))
        #expect(run.lines[2].hasPrefix(#"{"id":{"deep":[1,"]"]},"events":[],"#))
        #expect(run.lines[3].hasPrefix(#"{"id":null,"events":[],"#))
    }

    @Test func answersEmptyLinesAndAnEndWithoutLineFeed() throws {
        #expect(try answers(["", "a", "", ""]).lines == ["", "a", ""])
        #expect(try answers([]).lines.isEmpty)
    }

    @Test func saysWhenNoWorkerComesUp() {
        #expect(throws: Supervisor.StartError.self) { try answers(["a"], worker: "exit 1") }
        #expect(throws: Supervisor.StartError.self) {
            try answers(["a"], worker: "sleep 3", limits: .init(startup: 0.2))
        }
    }

    /// The first worker comes up and dies, the next ones do not come up any more.
    @Test func answersEveryRecordWhenWorkersCanNoLongerBeStarted() throws {
        let folder = try TemporaryFolder()
        let flag = folder.url.appendingPathComponent("used").path
        let once = "[ -e \(flag) ] && exit 1; touch \(flag); echo ready; read -r line; exit 1"
        let run = try answers((0..<10).map { #"{"id":\#($0)}"# }, worker: once, width: 1)
        #expect(run.lines.count == 10 && !run.summary.isComplete)
        #expect(try kind(run.lines[0]) == "crash" && kind(run.lines[9]) == "internal")
        #expect(run.lines[9].hasPrefix(#"{"id":9,"#))
    }
}
