public import DyadCodebook
public import DyadCore

/// Finds who says what: reporting verbs with their subjects and clauses, and "according to".
public struct AttributionFinder: Stage {
    public let name = "attribution"
    public let requires: Set<Layer> = [.sentences, .actors, .events]
    public let provides: Set<Layer> = [.attribution]
    private let cues: CueLexicon

    /// A finder with a cue lexicon.
    public init(knowledge: Knowledge) { cues = knowledge.cues }

    public func annotate(_ article: inout AnnotatedArticle) {
        let mentions = Dictionary(grouping: article.actors, by: \.sentence)
        for (index, sentence) in article.sentences.enumerated() {
            let graph = SyntaxGraph(sentence)
            let found = attributions(graph, mentions[index] ?? [], article.article.document)
            article.attributions += found
            attach(found, to: &article.events, sentence: index)
        }
    }

    /// An event inside the content of an attribution carries it, outermost first.
    private func attach(_ found: [Attribution], to events: inout [Event], sentence: Int) {
        for i in events.indices where events[i].sentence == sentence {
            let around = found.filter { attribution in
                attribution.content.contains { $0.contains(events[i].triggerSpan) }
                    && attribution.cueSpan != events[i].triggerSpan
            }
            guard !around.isEmpty else { continue }
            events[i].attribution = around
            if events[i].holder == nil, let inner = around.last, !inner.source.isEmpty {
                events[i].holder = inner.source
            }
        }
    }

    private func attributions(_ graph: SyntaxGraph, _ mentions: [ActorMention], _ document: Document) -> [Attribution] {
        var out: [Attribution] = []
        for index in graph.sentence.tokens.indices {
            if let found = accordingTo(index, graph, mentions, document) ?? reported(index, graph, mentions, document) {
                out.append(found)
            }
        }
        return out
    }

    private func accordingTo(_ index: Int, _ graph: SyntaxGraph, _ mentions: [ActorMention], _ document: Document)
        -> Attribution?
    {
        guard graph.token(index).form.lowercased() == "according", let nominal = graph.head(index),
            graph.isNominal(nominal)
        else { return nil }
        var top = nominal
        while let up = graph.head(top) { top = up }
        let source = FactualityFinder(graph: graph, cues: cues).span(of: nominal)
        let trimmed =
            source.lowerBound <= index ? nominalStart(graph, nominal, after: index)..<source.upperBound : source
        let content = Span(graph.sentence.span.start, graph.sentence.span.end)
        let cueEnd =
            index + 1 < graph.sentence.tokens.count && graph.token(index + 1).form.lowercased() == "to"
            ? index + 2 : index + 1
        return make(graph, mentions, document, source: trimmed, head: nominal, cue: index..<cueEnd, content: [content])
    }

    private func nominalStart(_ graph: SyntaxGraph, _ nominal: Int, after index: Int) -> Int {
        let first =
            graph.token(index + 1 < graph.sentence.tokens.count ? index + 1 : index).form.lowercased() == "to"
            ? index + 2 : index + 1
        return min(first, nominal)
    }

    private func reported(_ index: Int, _ graph: SyntaxGraph, _ mentions: [ActorMention], _ document: Document)
        -> Attribution?
    {
        guard graph.isVerb(index), let stance = cues.stance(graph.lemma(index), "v"), stance != "evaluate" else {
            return nil
        }
        let contents = contentClauses(index, graph)
        guard !contents.isEmpty else { return nil }
        let subject = graph.subjects(index).first
        let finder = FactualityFinder(graph: graph, cues: cues)
        let source = subject.map(finder.span)
        var attribution = make(
            graph, mentions, document, source: source, head: subject, cue: index..<index + 1,
            content: contents.map { content($0, cue: index, graph) })
        attribution.isNegative = graph.children(index, "advmod").contains {
            ["not", "n't", "never"].contains(graph.token($0).form.lowercased())
        }
        return attribution
    }

    private func contentClauses(_ cue: Int, _ graph: SyntaxGraph) -> [Int] {
        let below = graph.children(cue, "ccomp").filter { graph.isVerb($0) || !graph.children[$0].isEmpty }
        if !below.isEmpty { return below }
        // "…, the minister said": the saying hangs on what is said.
        if graph.relation(cue) == "parataxis", let up = graph.head(cue), !graph.children(cue, "nsubj").isEmpty {
            return [up]
        }
        return graph.children(cue, "parataxis").filter { graph.isVerb($0) && $0 < cue }
    }

    /// The clause without the saying itself.
    private func content(_ clause: Int, cue: Int, _ graph: SyntaxGraph) -> Span {
        let outside = graph.isUnder(cue, clause) ? Set(graph.subtree(cue)) : []
        var tokens = graph.subtree(clause).filter { !outside.contains($0) }
        while let first = tokens.first,
            ["PUNCT"].contains(graph.token(first).upos)
                || (graph.lemma(first) == "that" && graph.relation(first) == "mark")
        { tokens.removeFirst() }
        while let last = tokens.last, graph.token(last).upos == "PUNCT" { tokens.removeLast() }
        guard let first = tokens.first, let last = tokens.last else { return graph.token(clause).span }
        return Span(graph.token(first).span.start, graph.token(last).span.end)
    }

    private func make(
        _ graph: SyntaxGraph, _ mentions: [ActorMention], _ document: Document, source: Range<Int>?, head: Int?,
        cue: Range<Int>, content: [Span]
    ) -> Attribution {
        let span = source.map { graph.sentence.span(of: $0) }
        let mention = head.flatMap { h in mentions.first { $0.head == h || $0.tokens.contains(h) } }
        let cueSpan = graph.sentence.span(of: cue)
        return Attribution(
            source: span.map(document.text) ?? "", sourceSpan: span, kind: kind(mention, head, graph),
            actor: mention?.code.body == nil && mention?.code.sector == nil ? nil : mention?.code,
            cue: document.text(cueSpan), cueSpan: cueSpan, content: content)
    }

    private func kind(_ mention: ActorMention?, _ head: Int?, _ graph: SyntaxGraph) -> SourceKind {
        guard let head else { return .none }
        if ["source", "official", "witness", "diplomat", "analyst"].contains(graph.lemma(head)),
            mention?.kind != .person
        {
            return .anonymous
        }
        if ["report", "statement", "document", "letter", "memo"].contains(graph.lemma(head)) { return .document }
        switch mention?.kind {
        case .person?, .unknown?: return .named
        case .country?: return .metonym
        case .organisation?: return .named
        case .role?: return .role
        case .pronoun?: return .named
        case nil: return graph.token(head).upos == "PROPN" ? .named : .role
        }
    }
}
