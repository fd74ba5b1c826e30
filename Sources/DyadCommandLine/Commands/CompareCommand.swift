import ArgumentParser
import DyadAnalysis
import DyadCore
import DyadExchange
import DyadPipeline

/// `dyad compare`.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract:
            "Say whether a second claim corroborates, contradicts or updates a first, or is about something else.",
        discussion:
            "Two texts are compared as given; with --jsonl, records {\"id\",\"a\",\"b\",\"date_a\"?,\"date_b\"?} are read from standard "
            + "input and answered with {\"id\",\"label\",\"reason\"}.")

    @Argument(help: "Two claims.") var texts: [String] = []
    @Flag(help: "Read records from standard input.") var jsonl = false

    @OptionGroup var own: LexiconOption

    func validate() throws {
        if jsonl ? !texts.isEmpty : texts.count != 2 { throw ValidationError("give two claims, or --jsonl") }
    }

    func run() throws {
        let session = try Session(isQuiet: true, own: own)
        let comparison = ClaimComparison()
        func relation(_ a: Document, _ b: Document) -> (relation: ClaimRelation, reason: String) {
            comparison.relation(session.reader.read(text: a), session.reader.read(text: b))
        }
        if !jsonl {
            let found = relation(Document(name: "a", text: texts[0]), Document(name: "b", text: texts[1]))
            Console.line("\(found.relation.rawValue): \(found.reason)")
            return
        }
        Console.forEachInputLine { line in
            var writer = JSONWriter(capacity: 256)
            do throws(RecordFailure) {
                let record = try Record(line)
                let found = relation(try claim("a", record), try claim("b", record))
                writer.object {
                    $0.key("id"); $0.value(record.id)
                    $0.key("label"); $0.string(found.relation.rawValue)
                    $0.key("reason"); $0.string(found.reason)
                }
            } catch {
                writer.object {
                    $0.key("id"); $0.value(error.id)
                    $0.key("label"); $0.null()
                    error.write(to: &$0)
                }
            }
            Console.line(writer.text)
        }
    }

    private func claim(_ key: String, _ record: Record) throws(RecordFailure) -> Document {
        guard let text = record.value[key]?.string, !text.isEmpty else {
            throw RecordFailure(id: record.id, kind: .parse, message: "the record has no text \"\(key)\"")
        }
        return Document(
            name: key, text: text, published: record.value["date_\(key)"]?.string.flatMap { CalendarDate($0) })
    }
}
