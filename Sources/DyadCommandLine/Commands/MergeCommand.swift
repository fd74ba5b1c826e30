import ArgumentParser
import DyadAnalysis
import DyadCore
import DyadExchange
import DyadLanguage
import DyadPipeline
import Foundation

/// `dyad merge`.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Merge the reports of files: one record for one happening, every claim with its positions.",
        discussion:
            "Prints the records, each with its tellings and why they belong together. With --claims the claims are printed, with "
            + "--incidents one JSON object for each happening: {\"incident\",\"reports\":[{\"document\",\"span\"}]}. With --jsonl, "
            + "records {\"id\",\"text\",\"mentions\":[{\"id\",\"start\",\"end\"}]} are read from standard input, all of them before the "
            + "first answer, and the marked mentions are clustered over all documents: {\"id\",\"mentions\":[{\"id\",\"cluster\"}]}."
    )

    @Argument(help: "Files or folders.") var paths: [String] = []
    @Flag(help: "Read records with marked mentions from standard input.") var jsonl = false
    @Flag(help: "Print claims instead of records.") var claims = false
    @Flag(help: "Print happenings as JSON Lines.") var incidents = false
    @Flag(help: "Print JSON Lines.") var json = false
    @Option(help: "What offsets count: bytes or scalars (as Python's str).") var offsets = OffsetUnit.bytes

    @OptionGroup var own: LexiconOption

    func validate() throws {
        if jsonl != paths.isEmpty {
            throw ValidationError(jsonl ? "give either files or --jsonl" : "name at least one file, or use --jsonl")
        }
    }

    func run() throws {
        let session = try Session(isQuiet: jsonl, own: own)
        if jsonl { return mentions(session) }
        let (files, missing) = Session.files(paths)
        let gathered = try LedgerGatherer.gather(files, session)
        let ledger = gathered.ledger
        if claims {
            for claim in ledger.claims { Console.line(json ? LedgerText.json(claim) : LedgerText.text(claim)) }
        } else if incidents {
            for line in gathered.incidents(ledger) { Console.line(line) }
        } else {
            for record in ledger.records { Console.line(json ? LedgerText.json(record) : LedgerText.text(record)) }
        }
        for message in missing + gathered.failures { Console.message("dyad: \(message)") }
        if !missing.isEmpty || !gathered.failures.isEmpty { throw ExitCode(1) }
    }

    // MARK: Marked mentions

    private struct Marked {
        var id: JSONValue
        var mentions: [JSONValue]
        var failure: RecordFailure?
    }

    private func mentions(_ session: Session) {
        var merger = MentionMerger()
        var lines: [Marked] = []
        Console.forEachInputLine { line in
            do throws(RecordFailure) {
                let record = try Record(line)
                var given: [GivenMention] = []
                for mention in record.value["mentions"]?.array ?? [] {
                    guard let id = mention["id"]?.string, let start = mention["start"]?.integer,
                        let end = mention["end"]?.integer, 0 <= start, start <= end
                    else {
                        throw RecordFailure(id: record.id, kind: .parse, message: "a mention needs id, start and end")
                    }
                    let bytes = record.document.bytes
                    let from = Record.byte(start, in: bytes, scalars: offsets == .scalars)
                    let to = Record.byte(end, in: bytes, scalars: offsets == .scalars)
                    given.append(GivenMention(id: "\(lines.count) \(id)", span: Span(from, max(from, to))))
                }
                let passages = Reader.bare(record.document).blocks.enumerated().map {
                    LanguageAnalyser.Passage(span: $0.element.span, block: $0.offset)
                }
                let sentences = session.reader.language.sentences(in: record.document.bytes, passages: passages)
                merger.add(sentences: sentences, mentions: given)
                lines.append(Marked(id: record.id, mentions: record.value["mentions"]?.array ?? []))
            } catch {
                lines.append(Marked(id: error.id, mentions: [], failure: error))
            }
        }
        let clusters = merger.clusters()
        for (index, line) in lines.enumerated() { answer(line, index, clusters) }
    }

    private func answer(_ line: Marked, _ index: Int, _ clusters: [String: Int]) {
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.key("id"); writer.value(line.id)
            writer.key("mentions")
            writer.array { writer in
                for mention in line.mentions {
                    guard let id = mention["id"]?.string else { continue }
                    writer.object {
                        $0.key("id"); $0.string(id)
                        $0.key("cluster"); $0.string("c\(clusters["\(index) \(id)"] ?? -1)")
                    }
                }
            }
            line.failure?.write(to: &writer)
        }
        Console.line(writer.text)
    }
}
