public import DyadCodebook
public import DyadCore

/// Finds events: trigger words with their frames, and the actors in them.
public struct EventCoder: Stage {
    public let name = "events"
    public let requires: Set<Layer> = [.sentences, .actors]
    public let provides: Set<Layer> = [.frames, .events]
    private let knowledge: Knowledge
    private let judge: RelationJudge?

    /// A coder with a codebook and a trigger lexicon; a judge weighs what the rules find.
    public init(knowledge: Knowledge, judge: RelationJudge? = nil) {
        self.knowledge = knowledge
        self.judge = judge
    }

    public func annotate(_ article: inout AnnotatedArticle) {
        let mentions = Dictionary(grouping: article.actors, by: \.sentence)
        var discourse = Discourse(
            article.actors, isProposing: knowledge.triggers.members(of: "proposing").contains)
        let discards = discards(article.sentences)
        if discards.contains(.report) { return }
        for (index, sentence) in article.sentences.enumerated()
        where sentence.label.isCoded && (discards.isEmpty || discards[index] == nil) {
            let named = mentions[index] ?? []
            let local = named + places(article, index, named)
            let found = FrameFinder(graph: SyntaxGraph(sentence), mentions: local, knowledge: knowledge).frames()
                .filter { !isMonth(sentence.tokens[$0.trigger], article.times) }
            var frames = weighed(found.filter { !$0.isOpen }, sentence)
            frames += found.filter(\.isOpen).compactMap { discourse.closed($0, named, sentence: index) }
            frames = frames.map { frame in
                let told = OwnGovernment.completed(frame, among: article.actors, isState: knowledge.actors.isState)
                guard told.targets.isEmpty, !told.isMutual, !told.isOwn, [.mobilize, .protest].contains(told.type)
                else {
                    return told
                }
                // Only who was spoken of before: others in the sentence may be its place or its cause.
                return discourse.closed(told, [], sentence: index) ?? told
            }
            frames = SentenceRepeats.dropped(frames)
            discourse.note(named, frames, sentence.tokens, sentence: index)
            article.events += frames.sorted { $0.trigger < $1.trigger }.map {
                event($0, sentence, index, article.article.document)
            }
        }
        dropRepeats(&article)
    }

    /// "at the crossing in March": no march.
    private func isMonth(_ token: Token, _ times: [TimeExpression]) -> Bool {
        token.upos == "PROPN" && times.contains { $0.span.overlaps(token.span) }
    }

    /// What phrases of a user's lexicon stop, sentence by sentence; empty when there are none.
    private func discards(_ sentences: [Sentence]) -> [OwnPhrases.Scope?] {
        guard !knowledge.ownPhrases.isEmpty else { return [] }
        return sentences.map { knowledge.ownPhrases.discard($0.tokens.map { $0.form.lowercased() }) }
    }

    /// Towns, regions and waters of a state stand for it where somebody does something to them.
    private func places(_ article: AnnotatedArticle, _ index: Int, _ named: [ActorMention]) -> [ActorMention] {
        article.places.filter { $0.sentence == index }.compactMap { place in
            guard let country = place.country, !named.contains(where: { $0.tokens.overlaps(place.tokens) }) else {
                return nil
            }
            let sentence = article.sentences[index]
            let head =
                place.tokens.first { !place.tokens.contains(sentence.tokens[$0].head) } ?? place.tokens.lowerBound
            return ActorMention(
                code: ActorCode(country), name: place.name, kind: .country, tokens: place.tokens, head: head,
                sentence: index, span: place.span, isPlace: true, rule: "place of the gazetteer")
        }
    }

    private func weighed(_ frames: [Frame], _ sentence: Sentence) -> [Frame] {
        guard let judge else { return frames.filter { !$0.isUnnamed } }
        // What a user's own line says is no matter of a vote.
        let settled = frames.filter { $0.isOwn && !$0.isUnnamed }
        let open = frames.filter { !$0.isOwn || $0.isUnnamed }
        return settled + Ballot(judge: judge, codebook: knowledge.codebook).weigh(open, sentence)
    }

    private func event(_ frame: Frame, _ sentence: Sentence, _ index: Int, _ document: Document) -> Event {
        let trigger = sentence.tokens[frame.trigger]
        var hash = StableHash()
        hash.combine(document.name)
        hash.combine(trigger.span.start)
        hash.combine(frame.type.rawValue)
        for mention in frame.sources + frame.targets { hash.combine("\(mention.code)") }
        var event = Event(
            id: hash.hex, document: document.name, type: frame.type, mode: frame.mode,
            sourceActors: frame.sources.map { actor($0, document) },
            targetActors: frame.targets.map { actor($0, document) },
            trigger: document.text(trigger.span), triggerSpan: trigger.span, span: sentence.span,
            text: document.text(sentence.span), sentence: index,
            explanation: Explanation(stage: name, rule: frame.rule, file: frame.file, line: frame.line))
        event.factuality = frame.factuality
        event.holder = frame.holder.isEmpty ? nil : frame.holder
        event.url = document.url
        event.confidence = (frame.confidence * 1000).rounded() / 1000
        event.contexts = frame.contexts
        event.cameo = frame.code
        return event
    }

    private func actor(_ mention: ActorMention, _ document: Document) -> EventActor {
        EventActor(code: mention.code, name: mention.name, text: document.text(mention.span), span: mention.span)
    }

    /// A headline and its lead tell one event: the later, fuller telling in the body stays.
    private func dropRepeats(_ article: inout AnnotatedArticle) {
        func key(_ event: Event) -> String {
            func bodies(_ actors: [EventActor]) -> String {
                Set(actors.map { $0.code.body ?? "-" }).sorted().joined(separator: ",")
            }
            return "\(event.type.rawValue) \(bodies(event.sourceActors)) \(bodies(event.targetActors))"
        }
        let labels = article.sentences.map(\.label)
        let body = Set(article.events.filter { labels[$0.sentence] == .paragraph }.map(key))
        article.events.removeAll { labels[$0.sentence] != .paragraph && body.contains(key($0)) }
    }
}
