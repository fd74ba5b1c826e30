import DyadCodebook
import DyadCore

/// Ties an event to the statements that tell it, and takes from the report what is somebody else's word.
struct EventHolder {
    let statements: [Statement]
    let cues: CueLexicon

    func attach(_ event: inout Event, in sentence: Sentence, _ mentions: [ActorMention]) {
        let trigger = event.triggerSpan
        let around = statements.filter { $0.covers(trigger) }.sorted(by: Self.isOutside)
        let graph = SyntaxGraph(sentence)
        let token = sentence.tokens.firstIndex { $0.span.overlaps(trigger) }
        let judgement = token.map { FactualityFinder(graph: graph, cues: cues).judgement($0) }
        if let inner = around.last {
            hold(&event, by: inner, judgement, isPresent: token.map { Self.isPresent($0, graph) } ?? false)
        }
        let named = around.filter { !$0.attribution.source.isEmpty }
        event.attribution = (named.isEmpty ? around : named).map(\.attribution)
        if around.isEmpty, let judgement, judgement.holder != nil, event.holder != nil {
            event.attribution = attribution(judgement, graph, sentence, mentions, trigger).map { [$0] } ?? []
        }
    }

    /// The outer statement first: the one whose content holds the other's cue, else the longer one.
    private static func isOutside(_ left: Statement, _ right: Statement) -> Bool {
        if left.attribution.content.contains(where: { $0.contains(right.attribution.cueSpan) }) { return true }
        if right.attribution.content.contains(where: { $0.contains(left.attribution.cueSpan) }) { return false }
        return left.length > right.length
    }

    private func hold(_ event: inout Event, by statement: Statement, _ judgement: Judgement?, isPresent: Bool) {
        let isOwn = statement.sentence == event.sentence && !statement.isQuoted
        let isTakenForGranted = isOwn && isFactive(statement)
        if isTakenForGranted, judgement?.cue == nil { return }
        if event.holder == nil, !statement.holder.isEmpty { event.holder = statement.holder }
        if isPresent, isVerbalAct(event.type), isSpeaker(statement, of: event) {
            if event.factuality == .alleged { event.factuality = .asserted }
            return
        }
        switch event.factuality {
        case .asserted where !isTakenForGranted:
            event.factuality =
                statement.attribution.isNegative ? .hypothetical : statement.stance == "deny" ? .denied : .alleged
        case .negated where !isTakenForGranted && !(judgement?.isAhead ?? false): event.factuality = .denied
        default: break
        }
    }

    private func isFactive(_ statement: Statement) -> Bool {
        let lemma = statement.lemma
        return statement.stance == "learn" || cues.signature(lemma, "v", frame: "that")?.effect == "factive"
    }

    /// To say it is to do it: "we condemn", "I call on".
    private func isVerbalAct(_ type: EventType) -> Bool { type.quad == 1 || type.quad == 3 }

    private func isSpeaker(_ statement: Statement, of event: Event) -> Bool {
        guard let body = statement.attribution.actor?.body else { return false }
        return event.sourceActors.contains { $0.code.body == body }
    }

    private static func isPresent(_ token: Int, _ graph: SyntaxGraph) -> Bool {
        graph.token(token).feats.contains("Tense=Pres") || graph.token(token).feats.contains("VerbForm=Inf")
    }

    /// The attribution that an accusation, a demand or a denial gives: "accused Islamabad of carrying out strikes".
    private func attribution(
        _ judgement: Judgement, _ graph: SyntaxGraph, _ sentence: Sentence, _ mentions: [ActorMention], _ trigger: Span
    ) -> Attribution? {
        guard let head = judgement.holder, let cue = judgement.cue, sentence.tokens[cue].span != trigger else {
            return nil
        }
        let range = NominalPhrase(graph: graph).full(head)
        let mention = mentions.first { $0.head == head } ?? mentions.first { $0.tokens.contains(head) }
        let hasCode = mention?.code.body != nil || mention?.code.sector != nil
        return Attribution(
            source: NominalPhrase(graph: graph).text(head), sourceSpan: sentence.span(of: range),
            kind: SourceKindReader(graph: graph, cues: cues).kind(of: head, mention),
            actor: hasCode ? mention?.code : nil,
            cue: sentence.tokens[cue].form, cueSpan: sentence.tokens[cue].span, content: [trigger])
    }
}
