import DyadCore
import DyadExchange
import DyadStore

/// Hand-made values that the tests share.
enum Fixtures {
    static let versions = EventVersions(dyad: "0.0.1", codebook: "test")

    /// The lossless line form, as the command line gives it to a store.
    static let coding = EventCoding(
        encode: { EventLine(versions: versions, form: .archive).text($0) },
        decode: { try EventReader().event($0) })

    static func actor(_ body: String?, _ name: String, sector: String? = nil, at start: Int = 0) -> EventActor {
        EventActor(
            code: ActorCode(body, sector: sector), name: name, text: name,
            span: Span(start, start + name.utf8.count))
    }

    static let turkey = actor("TUR", "Turkey")
    static let pakistan = actor("PAK", "Pakistan", at: 14)

    /// An event of a day with its sentence at a byte.
    static func event(
        _ type: EventType, _ mode: String? = nil, from sources: [EventActor], to targets: [EventActor] = [],
        day: String? = nil, document: String = "a.txt", publisher: String? = nil, text: String, at start: Int = 0,
        sentence: Int = 0
    ) -> Event {
        var hash = StableHash()
        for part in [document, text, type.rawValue] { hash.combine(part) }
        let end = start + text.utf8.count
        var event = Event(
            id: hash.hex, document: document, type: type, mode: mode, sourceActors: sources, targetActors: targets,
            trigger: "seeks", triggerSpan: Span(start, min(start + 5, end)), span: Span(start, end), text: text,
            sentence: sentence, explanation: Explanation(stage: "events", rule: "seek", file: "triggers.tsv", line: 3))
        event.publisher = publisher
        event.published = CalendarDate("2015-10-15")
        event.date = day.map { EventDate(value: $0, precision: "day", basis: "stated") }
        return event
    }

    /// An event in which every property is set.
    static var fullEvent: Event {
        var event = event(
            .request, "assist", from: [actor("TUR", "Türkiye", sector: "GOV")],
            to: [pakistan, actor(nil, "rebels", sector: "REB")], publisher: "The \"Daily\"\nMail",
            text: "Türkiye seeks 𝄞 Pakistan’s help")
        event.url = "https://example.org/a?b=c"
        event.contexts = ["military", "terrorism"]
        event.intensity = 0.5
        event.cameo = "021"
        event.goldstein = 3.4
        event.date = EventDate(
            value: "2015-10-14", precision: "day", basis: "relative", text: "on Wednesday", span: Span(3, 9))
        event.place = PlaceMention(
            name: "Ankara", country: "TUR", kind: "city", latitude: 39.92, longitude: -32.85, text: "Ankara",
            span: Span(1, 7), sentence: 0, tokens: 2..<3)
        event.factuality = .alleged
        event.holder = "sources"
        event.attribution = [
            Attribution(
                source: "Sources", sourceSpan: Span(0, 7), kind: .anonymous, actor: ActorCode("TUR", sector: "MIL"),
                cue: "disclosed", cueSpan: Span(8, 17), content: [Span(0, 5), Span(9, 12)], isNegative: true,
                nested: [
                    Attribution(
                        source: "", sourceSpan: nil, kind: .none, actor: nil, cue: "said", cueSpan: Span(1, 5),
                        content: [])
                ])
        ]
        event.quantities = [
            Quantity(
                value: 30, low: 25, high: 35.5, comparison: ">=", unit: "item", of: "ATAK helicopters", kind: "count",
                text: "at least 30", span: Span(4, 15), sentence: 2)
        ]
        event.sentence = 4
        event.confidence = 0.83
        return event
    }

    /// A document of sentences, one a line, with its events.
    static func article(
        _ name: String, _ sentences: [String], publisher: String? = nil, agency: String? = nil,
        events: (String) -> [Event] = { _ in [] }
    ) -> AnnotatedArticle {
        let text = sentences.joined(separator: "\n")
        var document = Document(name: name, text: text, published: CalendarDate("2015-10-15"))
        document.publisher = publisher
        var article = Article(document: document)
        article.title = "Title of \(name)"
        article.datelineAgency = agency
        article.blocks = [Block(label: .paragraph, span: Span(0, text.utf8.count))]
        var annotated = AnnotatedArticle(article: article)
        var start = 0
        for sentence in sentences {
            let span = Span(start, start + sentence.utf8.count)
            annotated.sentences.append(Sentence(span: span, tokens: []))
            start = span.end + 1
        }
        annotated.events = events(name)
        return annotated
    }
}
