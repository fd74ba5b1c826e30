import ArgumentParser
import DyadCoding
import DyadCore
import DyadExchange
import DyadLanguage
import DyadPipeline
import Foundation

/// `dyad relate`.
struct RelateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relate", abstract: "Name the event between two marked actors of a sentence.",
        discussion:
            "Reads JSON Lines on standard input: {\"id\",\"marked_text\"} with <s>…</s> around the source and <t>…</t> around "
            + "the target, or {\"id\",\"text\",\"source\":[b,e],\"target\":[b,e]}. Writes {\"id\",\"event\",\"mode\",\"quad\",\"binary\",\"probabilities\"}."
    )

    @Flag(help: "Read records from standard input (the only form there is).") var jsonl = false
    @Option(help: "What offsets count: bytes or scalars (as Python's str).") var offsets = OffsetUnit.bytes

    @OptionGroup var own: LexiconOption

    func run() throws {
        let session = try Session(isQuiet: true, own: own)
        guard let judge = session.reader.relations else {
            Console.message("dyad: the model judge-en.dyad is missing; relate needs it")
            throw ExitCode(1)
        }
        let coder = RelationCoder(knowledge: session.reader.knowledge, judge: judge)
        Console.forEachInputLine { line in
            var writer = JSONWriter(capacity: 1024)
            do throws(RecordFailure) {
                let record = try Record(line)
                let pair = try pair(record, session)
                let found = coder.relate(pair.sentence, source: pair.source, target: pair.target)
                answer(record.id, found.events, found.mode, &writer)
            } catch {
                writer.object {
                    $0.key("id"); $0.value(error.id)
                    $0.key("event"); $0.null()
                    error.write(to: &$0)
                }
            }
            Console.line(writer.text)
        }
    }

    private func pair(_ record: Record, _ session: Session) throws(RecordFailure) -> (
        sentence: Sentence, source: [Range<Int>], target: [Range<Int>]
    ) {
        var bytes = record.document.bytes
        var source: [Span] = [], target: [Span] = []
        if let marked = record.value["marked_text"]?.string {
            (bytes, source, target) = Self.unmark(Array(marked.utf8))
        } else {
            func span(_ key: String) -> [Span] {
                guard let ends = record.value[key]?.array?.compactMap(\.integer), ends.count == 2, ends[0] <= ends[1],
                    ends[0] >= 0
                else { return [] }
                let scalars = offsets == .scalars
                return [
                    Span(
                        Record.byte(ends[0], in: bytes, scalars: scalars),
                        Record.byte(ends[1], in: bytes, scalars: scalars))
                ]
            }
            source = span("source")
            target = span("target")
        }
        // Resignations and protests may have nobody on the other side.
        guard !source.isEmpty || !target.isEmpty else {
            throw RecordFailure(
                id: record.id, kind: .parse,
                message:
                    "mark a source and a target: <s>…</s> and <t>…</t>, or \"source\" and \"target\" as [begin, end]")
        }
        let passage = LanguageAnalyser.Passage(span: Span(0, bytes.count), isWhole: true)
        guard let sentence = session.reader.language.sentences(in: bytes, passages: [passage]).first else {
            throw RecordFailure(id: record.id, kind: .parse, message: "the text holds no words")
        }
        let tokens = sentence.tokens
        func ranges(_ spans: [Span]) -> [Range<Int>] {
            spans.compactMap { span in
                let inside = tokens.indices.filter { tokens[$0].span.overlaps(span) }
                return inside.first.flatMap { first in inside.last.map { first..<$0 + 1 } }
            }
        }
        return (sentence, ranges(source), ranges(target))
    }

    /// The text without its marks, and what they marked.
    static func unmark(_ marked: [UInt8]) -> (bytes: [UInt8], source: [Span], target: [Span]) {
        var bytes: [UInt8] = [], source: [Span] = [], target: [Span] = []
        var open: [(isSource: Bool, start: Int)] = []
        var i = 0
        while i < marked.count {
            let rest = marked[i...]
            if rest.starts(with: Array("<s>".utf8)) || rest.starts(with: Array("<t>".utf8)) {
                open.append((marked[i + 1] == UInt8(ascii: "s"), bytes.count))
                i += 3
            } else if rest.starts(with: Array("</s>".utf8)) || rest.starts(with: Array("</t>".utf8)) {
                let isSource = marked[i + 2] == UInt8(ascii: "s")
                if let at = open.lastIndex(where: { $0.isSource == isSource }) {
                    let start = open.remove(at: at)
                    if isSource {
                        source.append(Span(start.start, bytes.count))
                    } else {
                        target.append(Span(start.start, bytes.count))
                    }
                }
                i += 4
            } else {
                bytes.append(marked[i])
                i += 1
            }
        }
        return (bytes, source, target)
    }

    private func answer(_ id: JSONValue, _ events: [EventType: Double], _ mode: String?, _ writer: inout JSONWriter) {
        let best = events.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
        writer.object { writer in
            writer.key("id"); writer.value(id)
            writer.key("event"); writer.string(best?.rawValue)
            writer.key("mode"); writer.string(mode)
            writer.key("quad"); writer.integer(best?.quad)
            writer.key("binary"); writer.string(best.map { $0.quad <= 2 ? "coop" : "conf" })
            writer.key("probabilities")
            writer.object { writer in
                for type in EventType.allCases {
                    writer.key(type.rawValue)
                    writer.number(((events[type] ?? 0) * 10_000).rounded() / 10_000)
                }
            }
        }
    }
}
