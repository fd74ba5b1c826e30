public import DyadCodebook
public import DyadCore

/// Codes events as an older program would have coded them: the last stage, where a convention is asked for.
///
/// It changes CAMEO codes and with them the PLOVER events, completes parties and leaves events out, all by the lines of a
/// ``CodingConvention``. How sure an event is stays as it was: a promised deed that is coded as the deed is still planned.
public struct ConventionStage: Stage {
    public let name = "convention"
    public let requires: Set<Layer> = [.events, .actors, .times, .places]
    public let provides: Set<Layer> = []
    private let convention: CodingConvention
    private let knowledge: Knowledge

    /// A stage with the lines of one convention.
    public init(convention: CodingConvention, knowledge: Knowledge) {
        self.convention = convention
        self.knowledge = knowledge
    }

    public func annotate(_ article: inout AnnotatedArticle) {
        let history = historic(article)
        article.events = article.events.filter { !history.contains($0.sentence) }.compactMap { told($0, article) }
        if convention.rules.contains(where: { $0.kind == .once }) { article.events = once(article.events) }
    }

    /// Sentences that name a year long before the report.
    private func historic(_ article: AnnotatedArticle) -> Set<Int> {
        guard let years = convention.rules.first(where: { $0.kind == .history })?.years,
            let now = article.documentTime?.year
        else { return [] }
        let old = article.times.filter { time in
            guard time.basis == "stated", let year = time.value.flatMap({ Int($0.prefix(4)) }) else { return false }
            return year > 0 && year <= now - years
        }
        return Set(old.map(\.sentence))
    }

    /// The event as the convention has it; nil when it has none.
    private func told(_ event: Event, _ article: AnnotatedArticle) -> Event? {
        let scene = ConventionScene(event: event, article: article, knowledge: knowledge)
        func first(_ kind: CodingConvention.Kind) -> CodingConvention.Rule? {
            convention.rules.first { $0.kind == kind && $0.speaks(of: event.cameo ?? "") && scene.holds($0) }
        }
        if first(.leaveOut) != nil { return nil }
        var out = event
        if first(.host) != nil, let host = scene.host() { out.targetActors = [host] }
        if let rule = first(.code) { recode(&out, rule) }
        return out
    }

    private func recode(_ event: inout Event, _ rule: CodingConvention.Rule) {
        let old = event.cameo ?? "none"
        event.cameo = rule.becomes
        let codebook = knowledge.codebook
        event.goldstein = codebook.goldstein(rule.becomes) ?? knowledge.cameo?.codes[rule.becomes]?.score
        event.explanation.rule += "; \(old) becomes \(rule.becomes) by \(rule.file):\(rule.line)"
        // Statements (01) are no events of PLOVER: those keep the type they had.
        guard let (name, mode) = codebook.cameoEvents[rule.becomes], let type = EventType(rawValue: name),
            type != event.type
        else { return }
        // What was promised has not been done, however it is coded.
        if event.type == .agree || event.type == .concede, event.factuality == .asserted { event.factuality = .planned }
        event.type = type
        event.mode = mode.isEmpty ? nil : mode
        event.intensity = codebook.intensity(type, mode: event.mode)
    }

    /// The first event of a code between two parties in a sentence.
    private func once(_ events: [Event]) -> [Event] {
        func bodies(_ actors: [EventActor]) -> String {
            Set(actors.map { $0.code.body ?? "-" }).sorted().joined(separator: ",")
        }
        var seen: Set<String> = []
        return events.filter { event in
            let key = [
                "\(event.sentence)", event.cameo ?? "", bodies(event.sourceActors), bodies(event.targetActors),
            ]
            return seen.insert(key.joined(separator: " ")).inserted
        }
    }
}

/// An event in its sentence, as the conditions of a convention ask about it.
struct ConventionScene {
    private let event: Event
    private let article: AnnotatedArticle
    private let knowledge: Knowledge
    private let graph: SyntaxGraph
    private let clause: ClauseSearch
    private let words: SurroundingWords

    init(event: Event, article: AnnotatedArticle, knowledge: Knowledge) {
        self.event = event
        self.article = article
        self.knowledge = knowledge
        graph = SyntaxGraph(article.sentences[event.sentence])
        clause = ClauseSearch(graph: graph, trigger: event.triggerSpan)
        words = SurroundingWords(graph: graph, trigger: clause.trigger, top: clause.top)
    }

    /// True when the trigger and all conditions of a line are there.
    func holds(_ rule: CodingConvention.Rule) -> Bool {
        let matcher = PatternMatcher(graph: graph)
        return matcher.isHead(clause.trigger, lemmas: rule.heads, pos: rule.pos)
            && rule.constraints.allSatisfy { constraint in
                let place = constraint.path.first ?? ""
                if place == "speaker" { return constraint.lemmas.contains(speaker.rawValue) != constraint.isNegative }
                if place == "class" {
                    return constraint.lemmas.contains(event.factuality.rawValue) != constraint.isNegative
                }
                if let region = SurroundingWords.Region(rawValue: place) {
                    return words.contain(constraint.lemmas, in: region) != constraint.isNegative
                }
                let isAdjective = rule.pos == "a"
                return matcher.holds(
                    constraint, at: clause.trigger, asAdjective: isAdjective, knowledge.triggers.containers)
            }
    }

    /// Who tells the event.
    enum Speaker: String {
        /// The report.
        case report
        /// One of those who act.
        case own = "self"
        case other
    }

    private var speaker: Speaker {
        let acting = Set(event.sourceActors.compactMap(\.code.body))
        var at = clause.trigger
        while let up = graph.head(at) {
            if ["ccomp", "parataxis"].contains(graph.relation(at)), knowledge.cues.stance(graph.lemma(up), "v") != nil {
                let subjects = Set(graph.subjects(up))
                let bodies = article.actors.filter { mention in
                    mention.sentence == event.sentence
                        && subjects.contains { mention.head == $0 || mention.tokens.contains($0) }
                }
                return bodies.contains { acting.contains($0.code.body ?? "") } ? .own : .other
            }
            at = up
        }
        return .report
    }

    /// The state where a mutual event takes place, when all its parties stand in the subject and the state is none of them.
    func host() -> EventActor? {
        let sides = event.sourceActors
        guard event.targetActors.isEmpty, sides.count > 1 else { return nil }
        let first = sides.map(\.span.start)
        guard first.allSatisfy({ $0 < event.triggerSpan.start }) else { return nil }
        let here = article.places.filter { place in
            guard place.sentence == event.sentence, let country = place.country else { return false }
            return place.tokens.contains { graph.isUnder($0, clause.top) && $0 > clause.trigger }
                && !sides.contains { $0.code.body == country }
        }
        guard let place = here.first, let country = place.country else { return nil }
        return EventActor(code: ActorCode(country), name: place.name, text: place.text, span: place.span)
    }
}
