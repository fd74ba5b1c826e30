import DyadCore

/// Invented event lines for benchmarks: the same seed gives the same reports.
///
/// Countries and pairs are drawn unevenly, as in the news: a few pairs have many events. One report in three tells a
/// happening that another report has told.
struct SyntheticReports: Sequence, IteratorProtocol {
    /// Events in one report.
    static let eventsPerReport = 10

    private var random: SplitMix
    private var number = 0
    private var left: Int
    /// Happenings told lately, which later reports may tell again.
    private var recent: [Happening] = []

    /// Reports with this many events together.
    init(events: Int, seed: UInt64 = 1) {
        random = SplitMix(state: seed)
        left = events
    }

    private struct Happening {
        var day: Int
        var type: EventType
        var source: Int
        var target: Int
        var thing: Int
        var number: Int
    }

    mutating func next() -> AnnotatedArticle? {
        guard left > 0 else { return nil }
        let count = Swift.min(left, Self.eventsPerReport)
        left -= count
        number += 1
        return article(count, named: "report-\(number).txt")
    }

    private mutating func article(_ count: Int, named name: String) -> AnnotatedArticle {
        let published = CalendarDate(daysSince1970: 14_610 + number % 3_650)
        let outlet = "Outlet \(random.below(400))"
        var events: [Event] = []
        var start = 0
        for _ in 0..<count {
            let event = event(in: name, at: start, published, outlet)
            start = event.span.end + 1
            events.append(event)
        }
        let text = events.map(\.text).joined(separator: "\n")
        let document = Document(name: name, bytes: Array(text.utf8), published: published, publisher: outlet)
        var article = AnnotatedArticle(article: Article(document: document))
        article.events = events
        return article
    }

    private mutating func happening(_ published: CalendarDate) -> Happening {
        if recent.count > 50, random.below(3) == 0 { return recent[random.below(recent.count)] }
        let source = country()
        var target = country()
        if target == source { target = (source + 1) % Self.countries.count }
        let made = Happening(
            day: published.daysSince1970 - random.below(4), type: Self.types[random.below(Self.types.count)],
            source: source, target: target, thing: random.below(Self.things.count), number: 2 + random.below(60))
        if recent.count < 500 { recent.append(made) } else { recent[random.below(500)] = made }
        return made
    }

    /// The lower the number the more often.
    private mutating func country() -> Int {
        let share = random.fraction()
        return Swift.min(Self.countries.count - 1, Int(share * share * share * Double(Self.countries.count)))
    }

    private mutating func event(in name: String, at start: Int, _ published: CalendarDate, _ outlet: String) -> Event {
        let told = happening(published)
        let day = CalendarDate(daysSince1970: told.day)
        let (source, target) = (Self.countries[told.source], Self.countries[told.target])
        let thing = Self.things[told.thing]
        let text =
            "On \(day) \(source.name) \(Self.verbs[told.type] ?? "met") \(target.name) over \(told.number) \(thing) near post \(random.below(5_000))."
        let span = Span(start, start + text.utf8.count)
        var hash = StableHash()
        hash.combine(name)
        hash.combine(start)
        func actor(_ country: (code: String, name: String), _ at: Int) -> EventActor {
            EventActor(
                code: ActorCode(country.code), name: country.name, text: country.name,
                span: Span(at, at + country.name.utf8.count))
        }
        let first = start + 14
        let second = first + source.name.utf8.count + 12
        var event = Event(
            id: hash.hex, document: name, type: told.type, mode: told.type == .consult ? "visit" : nil,
            sourceActors: [actor(source, first)], targetActors: [actor(target, second)],
            trigger: Self.verbs[told.type] ?? "met", triggerSpan: Span(first, first + 5), span: span, text: text,
            sentence: 0, explanation: Explanation(stage: "synthetic", rule: "synthetic", file: "", line: 0))
        event.published = published
        event.publisher = outlet
        event.date = EventDate(value: day.description, precision: "day", basis: "stated")
        event.contexts = ["military"]
        event.intensity = Double(random.below(20)) - 10
        event.confidence = random.fraction()
        event.factuality = [.asserted, .asserted, .asserted, .alleged, .denied, .planned][random.below(6)]
        if event.factuality == .alleged || event.factuality == .denied { event.holder = "officials in \(source.name)" }
        if random.below(3) == 0 {
            event.quantities = [
                Quantity(
                    value: Double(told.number), unit: "item", of: thing, kind: "count", text: "\(told.number) \(thing)",
                    span: Span(second, second + 5), sentence: 0)
            ]
        }
        return event
    }

    private static let types = EventType.allCases
    private static let verbs: [EventType: String] = [
        .agree: "promised", .consult: "visited", .support: "praised", .concede: "yielded to", .cooperate: "supplied",
        .aid: "helped", .retreat: "withdrew from", .request: "asked", .accuse: "accused", .reject: "refused",
        .threaten: "threatened", .protest: "protested to", .sanction: "sanctioned", .mobilize: "mobilised against",
        .coerce: "restricted", .assault: "attacked",
    ]
    private static let things = [
        "helicopters", "trucks", "fishermen", "tanks", "prisoners", "drones", "crossings", "tonnes of wheat",
        "soldiers",
        "patrol boats", "visas", "pipelines",
    ]
    /// Invented countries: enough that pairs spread as in the news.
    private static let countries: [(code: String, name: String)] = {
        let letters = Array("ABCDEFGHIKLMNOPRSTUV")
        return (0..<200).map { index in
            let code = "\(letters[index % 20])\(letters[(index / 20) % 20])\(letters[(index * 7 + 3) % 20])"
            return (code, "Land\(code.lowercased())")
        }
    }()
}
