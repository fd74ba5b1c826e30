import ArgumentParser
import DyadCodebook
import DyadCoding
import DyadCore
import DyadPipeline
import DyadStore
import Foundation

/// `dyad explain`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Show why a text or a stored event was coded so, or why nothing was.")

    @Argument(help: "Beginning of an event's id in the store.") var id: String?
    @Option(help: "A text to code and explain.") var text: String?
    @Option(help: "The store.") var store = "dyad.sqlite"
    @Option(help: "A codebook beside PLOVER, a folder or a name.") var codebook: String?
    @Option(help: "A convention of older coding (petrarch).") var convention: String?
    @Option(help: "Day the text was published, YYYY-MM-DD.") var date: CalendarDate?

    @OptionGroup var own: LexiconOption

    func validate() throws {
        if (id == nil) == (text == nil) { throw ValidationError("give either an event's id or --text") }
    }

    func run() throws {
        let session = try Session(codebook: codebook, own: own, convention: convention)
        var passage = text ?? ""
        var published = date
        if let id {
            guard let event = try Session.store(store).event(id: id) else {
                Console.message("dyad: no event \(id) in \(store)")
                throw ExitCode(1)
            }
            passage = event.text
            published = event.published
        }
        let article = session.reader.read(text: Document(name: "text", text: passage, published: published))
        for (index, sentence) in article.sentences.enumerated() { Self.show(sentence, index, article, session) }
        if article.events.isEmpty { Console.line("No event: no trigger with two known actors in its frame.") }
    }

    private static func show(_ sentence: Sentence, _ index: Int, _ article: AnnotatedArticle, _ session: Session) {
        Console.line("Sentence: \(article.article.document.text(sentence.span))")
        Console.line("  Tree:")
        for (position, token) in sentence.tokens.enumerated() {
            let head = token.head >= 0 ? sentence.tokens[token.head].form : "-"
            Console.line(
                "    \(position + 1)\t\(token.form)\t\(token.lemma)\t\(token.upos)\t\(token.relation)\t← \(head)")
        }
        for name in sentence.names {
            Console.line(
                "  Name: \(name.type.rawValue) \(article.article.document.text(sentence.span(of: name.tokens)))")
        }
        for actor in article.actors where actor.sentence == index {
            Console.line(
                "  Actor: \(actor.code) “\(article.article.document.text(actor.span))” (\(actor.kind.rawValue), \(actor.rule)\(actor.isPlace ? ", as a place" : ""))"
            )
        }
        for line in EvidenceLines(article: article, sentence: index).all { Console.line("  \(line)") }
        for event in article.events where event.sentence == index {
            Self.show(event)
            for (codebook, found) in session.reader.codes(of: event, in: article) {
                let place = found.pattern.map { "pattern \($0.pattern) (\($0.file):\($0.line))" } ?? "by its mapping"
                Console.line("    \(codebook) \(found.code), \(place)")
            }
        }
        for line in session.reader.nearMisses(in: article, sentence: index) { Console.line("  Not coded: \(line)") }
    }

    private static func show(_ event: Event) {
        let sources = event.sourceActors.map { "\($0.code)" }.joined(separator: ", ")
        let targets = event.targetActors.map { "\($0.code)" }.joined(separator: ", ")
        Console.line(
            "  EVENT \(event.type.rawValue)\(event.mode.map { " " + $0 } ?? "")  \(sources) → \(targets.isEmpty ? "(mutual)" : targets)"
        )
        Console.line(
            "    trigger “\(event.trigger)”, pattern \(event.explanation.rule) (\(event.explanation.file):\(event.explanation.line))"
        )
        Console.line(
            "    \(event.factuality.rawValue)\(event.holder.map { ", according to " + $0 } ?? ""), confidence \(Int((event.confidence * 100).rounded())) %, contexts \(event.contexts.joined(separator: ", "))"
        )
        if let date = event.date {
            Console.line("    date \(date.value) (\(date.basis)\(date.text.map { ", “\($0)”" } ?? ""))")
        }
        if !event.quantities.isEmpty {
            Console.line("    figures \(event.quantities.map { "“\($0.text)”" }.joined(separator: ", "))")
        }
        if let place = event.place { Console.line("    place \(place.name), \(place.country ?? "-")") }
        for one in event.attribution {
            Console.line("    said by “\(one.source)” (\(one.kind.rawValue)), cue “\(one.cue)”")
        }
    }
}
