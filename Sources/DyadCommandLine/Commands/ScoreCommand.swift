import ArgumentParser
import DyadAnalysis
import DyadCore
import DyadExchange
import DyadPipeline
import Foundation

/// `dyad score`.
struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Measure coded events against an annotated file.",
        discussion:
            "Both files are JSON Lines: events as `dyad code` prints them, or records {\"id\",\"text\",\"events\":[…]} whose "
            + "events are such objects or {\"source\":{\"code\"},\"target\":{\"code\"},\"event\",\"mode\"?}. With one file, its "
            + "texts are coded now. An event with several actors counts as so many pairs; a mutual event and every CONSULT is "
            + "right in either direction. Measured are pairs, pairs with event or quad class (by country, and with the sector), "
            + "events, modes, quad classes, and codes where the file has them.")

    @Argument(help: "The annotated file.") var gold: String
    @Argument(help: "What was coded; if not given, the texts of the annotated file are coded.") var predicted: String?
    @Flag(help: "Print the figures as JSON.") var json = false
    @Flag(help: "One line for each event type as well.") var events = false
    @Option(help: "A codebook beside PLOVER, a folder or a name: its codes are compared in place of CAMEO's.")
    var codebook: String?

    func run() throws {
        let records = try Self.records(gold)
        let answers = try predicted.map(Self.records) ?? coded(records)
        let found = Dictionary(answers.map { ($0.id, $0.events) }) { $0 + $1 }
        let known = Set(records.map(\.id))
        let missing = records.count { found[$0.id] == nil }, unknown = found.keys.count { !known.contains($0) }
        if missing > 0 {
            Console.message("dyad: \(missing) of \(records.count) records have no answer: counted as nothing coded")
        }
        if unknown > 0 { Console.message("dyad: \(unknown) answers belong to no record: left out") }
        let score = EventScore(records.map { (Self.scored($0.events), Self.scored(found[$0.id] ?? [])) })
        if json { return Console.line(score.value.json) }
        var table = TextTable(["MEASURE", "PRECISION", "RECALL", "F1", "GOLD", "CODED", "RIGHT"])
        for measure in score.measures { table.row(Self.cells(measure.name, measure.counts)) }
        if events {
            for (name, counts) in score.byEvent.sorted(by: { $0.key < $1.key }) { table.row(Self.cells(name, counts)) }
        }
        Console.write(table.text(width: Console.width))
    }

    private static func cells(_ name: String, _ counts: EventScore.Counts) -> [String?] {
        func percent(_ share: Double) -> String { String(format: "%.1f", share * 100) }
        return [
            name, percent(counts.precision), percent(counts.recall), percent(counts.f1), "\(counts.gold)",
            "\(counts.predicted)", "\(counts.correct)",
        ]
    }

    private static func records(_ path: String) throws -> [AnnotatedRecord] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            Console.message("dyad: \(path): no such file, or not UTF-8")
            throw ExitCode(1)
        }
        do { return try AnnotatedReader().read(text) } catch {
            Console.message("dyad: \(path): \(error)")
            throw ExitCode(1)
        }
    }

    private static func scored(_ entries: [AnnotatedRecord.Entry]) -> [ScoredEvent] {
        entries.map {
            ScoredEvent(
                sources: $0.sources, targets: $0.targets, event: $0.event.rawValue, mode: $0.mode, quad: $0.event.quad,
                code: $0.code, isMutual: $0.isMutual)
        }
    }

    /// The records' own texts, coded as `dyad code --jsonl` does.
    private func coded(_ records: [AnnotatedRecord]) throws -> [AnnotatedRecord] {
        guard records.allSatisfy({ $0.text != nil }) else {
            Console.message("dyad: \(gold): not every record has a \"text\" to code; name a file of coded events, too")
            throw ExitCode(1)
        }
        let session = try Session(codebook: codebook)
        return records.map { record in
            let document = Document(name: record.id, text: record.text ?? "", published: record.date)
            let isReport = document.bytes.contains(0x0A)
            let articles = isReport ? session.reader.read(document) : [session.reader.read(text: document)]
            return AnnotatedRecord(id: record.id, events: articles.flatMap(\.events).map(entry))
        }
    }

    private func entry(_ event: Event) -> AnnotatedRecord.Entry {
        AnnotatedRecord.Entry(
            sources: event.sourceActors.map { "\($0.code)" }, targets: event.targetActors.map { "\($0.code)" },
            event: event.type, mode: event.mode, code: codebook == nil ? event.cameo : event.ownCode)
    }
}
