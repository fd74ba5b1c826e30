import DyadCore
import DyadExchange
import DyadPipeline
import Foundation

/// The worker of `dyad code --jsonl`: says that it is ready, then answers one record after another.
struct RecordCoder {
    let session: Session
    let expand: Bool
    let offsets: OffsetUnit
    let seconds: Double
    let bytes: Int

    func run() {
        Console.line("ready")
        Console.forEachInputLine { line in
            // The parent stops a worker that takes too long; this is for the case that the parent is gone.
            alarm(UInt32(seconds) + 5)
            Console.line(answer(line))
            alarm(0)
        }
    }

    /// The answer to a line, whatever it holds.
    private func answer(_ line: [UInt8]) -> String {
        do throws(RecordFailure) {
            let record = try Record(line, limit: bytes)
            guard record.value["text"]?.string != nil else {
                throw RecordFailure(id: record.id, kind: .parse, message: "the record has no \"text\" that is a string")
            }
            return answer(record)
        } catch {
            return String(decoding: error.codeLine, as: UTF8.self)
        }
    }

    private func answer(_ record: Record) -> String {
        let isReport = record.document.bytes.contains(0x0A)
        let articles = isReport ? session.reader.read(record.document) : [session.reader.read(text: record.document)]
        let map = Record.offsets(record.document, scalars: offsets == .scalars)
        var writer = JSONWriter(capacity: 4096)
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
        return writer.text
    }
}
