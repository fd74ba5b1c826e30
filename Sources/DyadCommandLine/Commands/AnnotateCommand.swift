import ArgumentParser
import DyadCore
import DyadExchange
import DyadLanguage
import DyadPipeline
import Foundation

/// `dyad annotate`.
struct AnnotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotate",
        abstract:
            "Print the layers of texts: words, trees, names, actors, coreference, roles, attribution, factuality, time, place, quantity.",
        discussion:
            "Files are printed as one JSON object each. With --jsonl, records are read from standard input; given \"tokens\" "
            + "([[start,end],…]) and \"events\" ([{\"start\",\"end\"},…]) are respected. With --conllu, CoNLL-U is printed; files that end in .conllu give their words and sentences."
    )

    @Argument(help: "Files.") var paths: [String] = []
    @Flag(help: "Read records from standard input.") var jsonl = false
    @Flag(help: "Print CoNLL-U.") var conllu = false
    @Flag(help: "Take files as bare text: every paragraph is read, nothing is taken for a headline or footer.")
    var plain = false
    @Option(help: "Layers, separated by commas.") var layers =
        "tokens,names,actors,coreference,roles,time,place,quantity,attribution,factuality"
    @Option(help: "What offsets count: bytes or scalars (as Python's str).") var offsets = OffsetUnit.bytes

    /// Every layer there is or will be; a name that is none of them is a slip of the pen.
    private static let known: Set = [
        "sentences", "tokens", "names", "actors", "coreference", "roles", "frames", "attribution", "factuality", "time",
        "place",
        "quantity", "contexts",
    ]

    @OptionGroup var own: LexiconOption

    func validate() throws {
        if jsonl != paths.isEmpty {
            throw ValidationError(jsonl ? "give either files or --jsonl" : "name at least one file, or use --jsonl")
        }
        let unknown = wanted.subtracting(Self.known).sorted()
        if !unknown.isEmpty {
            throw ValidationError(
                "no layer is called \(unknown.joined(separator: ", ")); layers: \(Self.known.sorted().joined(separator: ", "))"
            )
        }
    }

    private var wanted: Set<String> {
        Set(layers.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    }

    func run() throws {
        let session = try Session(own: own)
        if jsonl { return records(session, wanted) }
        var failed = false
        for path in paths {
            let url = URL(fileURLWithPath: path)
            do { try file(url, session, wanted) } catch {
                failed = true
                Console.message("dyad: \(Session.describe(error, url))")
            }
        }
        if failed { throw ExitCode(1) }
    }

    // MARK: - Files

    private func file(_ url: URL, _ session: Session, _ layers: Set<String>) throws {
        let document = try Session.document(url)
        if url.pathExtension == "conllu" { return try given(document, session) }
        let articles = plain ? [session.reader.read(text: document)] : session.reader.read(document)
        for article in articles {
            if conllu {
                var writer = ConlluWriter()
                writer.write(
                    article.sentences, bytes: document.bytes, name: document.name, chains: article.chains)
                Console.write(writer.text)
            } else {
                var writer = JSONWriter(capacity: 1 << 16)
                LayerWriter(
                    article: article, layers: layers, offsets: Record.offsets(document, scalars: offsets == .scalars)
                )
                .write(id: .string(document.name), events: [], &writer)
                Console.line(writer.text)
            }
        }
    }

    /// Words and sentences from a CoNLL-U file; comments and spacing are kept.
    private func given(_ document: Document, _ session: Session) throws {
        let text = String(decoding: document.bytes, as: UTF8.self)
        for var part in try ConlluReader().read(text) {
            let analysed = session.reader.language.sentences(given: part.sentences.map(\.sentence.tokens))
            for (index, sentence) in analysed.enumerated() { part.sentences[index].sentence = sentence }
            let actors = session.reader.actors(
                in: analysed, of: Document(name: part.name ?? document.name, bytes: part.bytes),
                speakers: part.sentences.map { Self.speaker($0.comments) })
            var writer = ConlluWriter()
            writer.write(part, chains: actors.chains)
            Console.write(writer.text)
        }
    }

    /// The speaker of a sentence, from its comment `speaker = …`.
    private static func speaker(_ comments: [String]) -> String? {
        comments.first { $0.hasPrefix("speaker = ") }.map { String($0.dropFirst(10)) }
    }

    // MARK: - Records

    private func records(_ session: Session, _ layers: Set<String>) {
        Console.forEachInputLine { line in
            var writer = JSONWriter(capacity: 8192)
            do throws(RecordFailure) {
                let record = try Record(line)
                let scalars = offsets == .scalars
                let article = session.reader.read(text: record.document)
                let bytes = record.document.bytes
                let events = (record.value["events"]?.array ?? []).compactMap { event -> Span? in
                    guard let start = event["start"]?.integer, let end = event["end"]?.integer, start >= 0, end >= start
                    else { return nil }
                    return Span(
                        Record.byte(start, in: bytes, scalars: scalars), Record.byte(end, in: bytes, scalars: scalars))
                }
                LayerWriter(
                    article: article, layers: layers, offsets: Record.offsets(record.document, scalars: scalars),
                    certainty: { session.reader.factuality(of: $0, in: article) }
                ).write(id: record.id, events: events, &writer)
            } catch {
                writer.object {
                    $0.key("id"); $0.value(error.id)
                    error.write(to: &$0)
                }
            }
            Console.line(writer.text)
        }
    }
}
