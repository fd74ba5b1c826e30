public import DyadCodebook
public import DyadCore

/// Finds in a coded article what it says for the registers.
///
/// It reads the trees, actors, quantities, times and attributions of the sentences, and the coded events. An article
/// without sentences, such as one read back from event lines, is read from its events alone.
public struct RegisterReader: Sendable {
    let lexicon: RegisterLexicon

    /// A reader with the words of the data files.
    public init(lexicon: RegisterLexicon) { self.lexicon = lexicon }

    /// The statements of an article, in reading order.
    public func statements(in article: AnnotatedArticle) -> [RegisterStatement] {
        let maker = StatementMaker(article: article)
        if article.sentences.isEmpty {
            return EventRegisterReader(lexicon: lexicon, maker: maker).statements(article.events)
        }
        var out: [RegisterStatement] = []
        var arms = ArmsReader(lexicon: lexicon, maker: maker)
        var figures = FigureReader(lexicon: lexicon, maker: maker)
        let exercises = ExerciseReader(lexicon: lexicon, maker: maker)
        let designations = DesignationReader(lexicon: lexicon, maker: maker)
        let visits = VisitReader(lexicon: lexicon, maker: maker)
        let views = article.views().filter { !$0.tokens.isEmpty }
        let agreements = AgreementReader.statements(views, lexicon, maker)
        for (view, agreed) in zip(views, agreements) {
            out += arms.statements(view)
            out += agreed
            out += visits.statements(view)
            out += exercises.statements(view)
            out += designations.statements(view)
            out += figures.statements(view)
        }
        return unique(completed(out))
    }

    /// A transfer of which one sentence names one side and another sentence both is one transfer.
    private func completed(_ statements: [RegisterStatement]) -> [RegisterStatement] {
        let whole = statements.filter {
            $0.register == .arms && !$0.keys("supplier").isEmpty && !$0.keys("recipient").isEmpty
        }
        return statements.map { statement in
            guard statement.register == .arms else { return statement }
            for (role, other) in [("supplier", "recipient"), ("recipient", "supplier")]
            where statement.keys(role).isEmpty {
                let fitting = whole.filter { candidate in
                    candidate.category == statement.category && candidate.keys(other) == statement.keys(other)
                        && candidate.number != nil && candidate.number == statement.number
                }
                guard let first = fitting.first else { continue }
                var out = statement
                out.parties += first.parties.filter { $0.role == role }
                return out
            }
            return statement
        }
    }

    /// Statements with the same identifier are the same.
    private func unique(_ statements: [RegisterStatement]) -> [RegisterStatement] {
        var seen: Set<String> = []
        return statements.filter { seen.insert($0.id).inserted }
    }
}

/// What statements of one article have in common.
struct StatementMaker {
    let article: AnnotatedArticle
    /// The two bodies that most events of the article are about.
    let pair: [RegisterParty]
    private let outlet: String
    private let publisher: String?
    private let names: SourceNames

    init(article: AnnotatedArticle) {
        self.article = article
        names = SourceNames(article)
        let document = article.article.document
        let publisher = document.publisher ?? article.article.publisher ?? article.events.first?.publisher
        let voice = article.article.datelineAgency ?? publisher ?? ""
        self.publisher = publisher
        outlet = voice.isEmpty ? "document \(document.name)" : voice.lowercased()
        pair = Self.mainPair(article.events).map { party in
            // A state goes by its own name, and not by that of a town.
            let own = article.actors.first { $0.code.body == party.code && $0.code.sector == nil && !$0.isPlace }
            return RegisterParty(role: party.role, code: party.code, name: own?.name ?? party.name)
        }
    }

    private static func mainPair(_ events: [Event]) -> [RegisterParty] {
        var counts: [String: (name: String, count: Int)] = [:]
        for event in events {
            for actor in event.sourceActors + event.targetActors {
                guard let body = actor.code.body else { continue }
                counts[body, default: (actor.name, 0)].count += 1
                if actor.code.sector == nil { counts[body]?.name = actor.name }
            }
        }
        let most = counts.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(2)
        return most.map { RegisterParty(role: "party", code: $0.key, name: $0.value.name) }
    }

    /// A statement about a sentence.
    func statement(
        _ register: RegisterKind, step: String, view: SentenceView, at anchor: Span, factuality: Factuality = .asserted
    ) -> RegisterStatement {
        let document = article.article.document
        let voice = voice(over: anchor, view)
        var factuality = factuality
        if voice != nil, factuality == .asserted { factuality = .alleged }
        return statement(
            register, step: step, factuality: factuality, holder: voice.map { names.named($0).source },
            anchor: document.original(anchor),
            span: document.original(view.span), quote: document.text(view.span))
    }

    /// A statement about an event of which nothing but the event is known.
    func statement(_ register: RegisterKind, step: String, event: Event) -> RegisterStatement {
        var out = statement(
            register, step: step, factuality: event.factuality, holder: event.holder, anchor: event.triggerSpan,
            span: event.span, quote: event.text)
        out.published = out.published ?? event.published?.description
        setDate(&out, event.date)
        out.place = event.place?.name
        return out
    }

    private func statement(
        _ register: RegisterKind, step: String, factuality: Factuality, holder: String?, anchor: Span, span: Span,
        quote: String
    ) -> RegisterStatement {
        let document = article.article.document
        var hash = StableHash()
        for text in [document.name, register.rawValue, step] { hash.combine(text) }
        hash.combine(anchor.start)
        hash.combine(anchor.end)
        return RegisterStatement(
            id: hash.hex, register: register, step: step, factuality: factuality, holder: holder,
            document: document.name, outlet: outlet, publisher: publisher,
            published: (document.published ?? article.article.published)?.description, span: span, quote: quote)
    }

    /// The innermost source that speaks the words at a place.
    func voice(over span: Span, _ view: SentenceView) -> Attribution? {
        article.attributions.last { attribution in
            attribution.content.contains { $0.overlaps(span) } && !attribution.source.isEmpty && !attribution.isNegative
        }
    }

    /// Every source over a place, outermost first.
    func voices(over span: Span) -> [Attribution] {
        article.attributions.filter { attribution in
            attribution.content.contains { $0.overlaps(span) } && !attribution.source.isEmpty
        }
    }

    /// Dates a statement: by an event at the place, else by the nearest time of its clause, else by the publication.
    func date(_ statement: inout RegisterStatement, at anchor: Span, _ view: SentenceView, without due: Span? = nil) {
        let event = view.events.first {
            $0.triggerSpan.overlaps(anchor) && $0.date != nil && $0.date?.basis != "publication"
        }
        let times = dates(view).filter { $0.span != due }
        if let nearest = nearest(times, to: anchor, view) {
            statement.date = nearest.value
            statement.dateBasis = nearest.basis
        } else if let date = event?.date, due == nil || date.span.map({ $0 != due }) ?? true {
            setDate(&statement, date)
        }
        if statement.date == nil { byPublication(&statement) }
        announce(&statement)
    }

    /// What lies after the publication has not been held yet.
    private func announce(_ statement: inout RegisterStatement) {
        guard statement.step == "held", let published = statement.published.flatMap({ CalendarDate($0) }),
            let days = statement.days, days.first > published
        else { return }
        statement.step = "planned"
    }

    private func byPublication(_ statement: inout RegisterStatement) {
        statement.date = statement.published
        statement.dateBasis = statement.published == nil ? nil : "publication"
    }

    private func setDate(_ statement: inout RegisterStatement, _ date: EventDate?) {
        if let date, DayRange(date.value) != nil || date.value.hasSuffix("/..") {
            statement.date = date.value
            statement.dateBasis = date.basis
        } else {
            byPublication(&statement)
        }
    }

    /// Every time of a sentence, also one that the text leaves without its year: `--07-15`.
    func times(_ view: SentenceView) -> [(value: String, span: Span)] {
        view.times.compactMap { time in
            guard time.type == "DATE" || time.type == "TIME", let value = time.range?.value ?? time.value else {
                return nil
            }
            return (String(value.prefix { $0 != "T" }), time.range?.span ?? time.span)
        }
    }

    /// Times of a sentence that name days.
    func dates(_ view: SentenceView) -> [(value: String, basis: String, span: Span)] {
        view.times.compactMap { time in
            let value = time.range?.value ?? time.value
            guard let value, time.type == "DATE" || time.type == "TIME",
                DayRange(String(value.prefix { $0 != "T" })) != nil
            else {
                return nil
            }
            return (String(value.prefix { $0 != "T" }), time.basis, time.range?.span ?? time.span)
        }
    }

    /// The time that is closest in the tree, then in the line.
    private func nearest(
        _ times: [(value: String, basis: String, span: Span)], to anchor: Span, _ view: SentenceView
    ) -> (value: String, basis: String, span: Span)? {
        guard let center = view.tokens(in: anchor).first else { return times.first }
        let line = [center] + view.ancestors(center)
        return times.min { left, right in
            let (first, second) = (steps(left.span, line, view), steps(right.span, line, view))
            return (first, abs(left.span.start - anchor.start)) < (second, abs(right.span.start - anchor.start))
        }
    }

    /// Steps from a time up to the line from the anchor to the root, and along it.
    private func steps(_ span: Span, _ line: [Int], _ view: SentenceView) -> Int {
        guard
            let head = view.tokens(in: span).first(where: { token in
                !view.tokens[view.tokens[token].head < 0 ? token : view.tokens[token].head].span.overlaps(span)
            })
        else { return 99 }
        for (up, token) in ([head] + view.ancestors(head)).enumerated() {
            if let along = line.firstIndex(of: token) { return up + along }
        }
        return 99
    }

    /// The party of a mention.
    func party(_ role: String, _ mention: ActorMention) -> RegisterParty {
        let isState = mention.code.body != nil
        return RegisterParty(role: role, code: mention.code.body, name: isState ? name(mention) : mention.name)
    }

    /// The name of the body behind a mention: "Turkey" for "the Turkish army chief".
    private func name(_ mention: ActorMention) -> String {
        if mention.code.sector == nil { return mention.name }
        let own = article.actors.first { $0.code.body == mention.code.body && $0.code.sector == nil }
        return own?.name ?? mention.code.body ?? mention.name
    }

    /// The party of a body that some mention of the article names.
    func party(_ body: String, role: String) -> RegisterParty {
        let own = article.actors.first { $0.code.body == body && $0.code.sector == nil && !$0.isPlace }
        return RegisterParty(role: role, code: body, name: own?.name ?? body)
    }

    func parties(_ role: String, _ mentions: [ActorMention]) -> [RegisterParty] {
        var out: [RegisterParty] = []
        for mention in mentions {
            let party = party(role, mention)
            if !out.contains(where: { $0.key == party.key }) { out.append(party) }
        }
        return out
    }

    func parties(_ role: String, _ actors: [EventActor]) -> [RegisterParty] {
        var out: [RegisterParty] = []
        for actor in actors {
            guard let body = actor.code.body, !out.contains(where: { $0.code == body }) else { continue }
            let own = article.actors.first { $0.code.body == body && $0.code.sector == nil }?.name
            out.append(
                RegisterParty(role: role, code: body, name: own ?? (actor.code.sector == nil ? actor.name : body)))
        }
        return out
    }
}
