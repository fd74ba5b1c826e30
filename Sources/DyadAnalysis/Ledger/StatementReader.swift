public import DyadCodebook
public import DyadCore

/// Finds in a coded article what its sources say, what the report says itself, and who answers whom.
public struct StatementReader: Sendable {
    let lexicon: LedgerLexicon

    /// A reader with the words and rules of the data folder.
    public init(lexicon: LedgerLexicon = .standard) { self.lexicon = lexicon }

    /// The statements of an article, in reading order.
    public func statements(in article: AnnotatedArticle) -> [Statement] {
        var builder = StatementBuilder(lexicon: lexicon, article: article)
        for index in article.sentences.indices { builder.read(sentence: index) }
        return builder.finished()
    }
}

/// Reads the statements of one article, sentence by sentence.
struct StatementBuilder {
    let lexicon: LedgerLexicon
    let article: AnnotatedArticle
    let outlet: String
    /// Bodies of all actors of the article.
    private let everybody: Set<String>
    var found: [Statement] = []
    var attributions: [Attribution] = []
    /// Roots of the words before "claim of …", for each statement that answers another.
    var wanted: [String: Set<String>] = [:]

    init(lexicon: LedgerLexicon, article: AnnotatedArticle) {
        self.lexicon = lexicon
        self.article = article
        let document = article.article.document
        outlet = document.publisher ?? article.article.publisher ?? document.name
        let names = SourceNames(article)
        attributions = article.attributions.map(names.named).flatMap { Self.flat($0) }
        everybody = Set(article.actors.compactMap(\.code.body))
    }

    private static func flat(_ attribution: Attribution) -> [Attribution] {
        [attribution] + attribution.nested.flatMap { flat($0) }
    }

    /// The statements, answers tied to what they answer.
    func finished() -> [Statement] {
        var out = found
        for index in out.indices where wanted[out[index].id] != nil {
            out[index].answers = antecedent(of: index, in: out)
            if out[index].answers == nil {
                out[index].reference = (wanted[out[index].id] ?? []).filter(isTerm).sorted()
            }
        }
        return out
    }

    mutating func read(sentence index: Int) {
        let sentence = article.sentences[index]
        guard sentence.label != .title else { return }
        if isCorrection(sentence.block) {
            if sentence.tokens.contains(where: { ["VERB", "AUX"].contains($0.upos) }) { correct(index) }
            return
        }
        var covered: [Span] = []
        for attribution in attributions where !attribution.isNegative && sentence.span.contains(attribution.cueSpan) {
            add(attribution, index)
            covered += attribution.content
        }
        readStances(index)
        readOwnVoice(index, covered)
    }

    // MARK: Corrections

    /// True for a paragraph that opens with "Correction".
    private func isCorrection(_ block: Int) -> Bool {
        guard let first = article.sentences.first(where: { $0.block == block })?.tokens.first else { return false }
        return lexicon.stances["\(first.lemma.lowercased()) noun"]?.stance == .corrects
    }

    /// A sentence of a correction: what was wrong stands there as withdrawn, what is right as the correction.
    private mutating func correct(_ index: Int) {
        let sentence = article.sentences[index]
        let isFormer = sentence.tokens.contains { lexicon.formers.contains($0.lemma.lowercased()) }
        let before = found.count
        append(stance: .corrects, holder: outlet, actor: nil, isOwn: true, span: sentence.span, sentence: index)
        guard found.count > before else { return }
        for place in found[before].figures.indices {
            found[before].figures[place].isWithdrawn = isFormer
            let old = found[..<before].last { $0.stance == .corrects && $0.figures.contains(where: \.isWithdrawn) }
            if !isFormer, let model = old?.figures.first {
                found[before].figures[place].thing = model.thing
                if found[before].figures[place].unit == nil { found[before].figures[place].unit = model.unit }
                found[before].answers = old?.id
            }
        }
    }

    // MARK: What sources say

    private mutating func add(_ attribution: Attribution, _ index: Int) {
        guard let first = attribution.content.first else { return }
        let span = attribution.content.dropFirst().reduce(first) { $0.union($1) }
        let cue = token(at: attribution.cueSpan, index)
        // "The claim that …": nobody says it here; what is said of it comes later in the sentence.
        if attribution.source.isEmpty, let cue, cue.upos == "NOUN", lexicon.references.contains(cue.lemma.lowercased())
        {
            return
        }
        if isVerdict(in: span) { return }
        var stance = cue.flatMap { lexicon.stances["\($0.lemma.lowercased()) verb"]?.stance } ?? .asserts
        if stance == .asserts, isNegated(in: span) { stance = .denies }
        let before = found.count
        append(
            stance: stance, holder: attribution.source, actor: attribution.actor?.description, isOwn: false,
            span: span, sentence: index)
        guard found.count > before else { return }
        found[before].isAnswer = cue.map { lexicon.stances["\($0.lemma.lowercased()) verb"]?.stance != nil } ?? false
        found[before].isEvidence = isEvidence(attribution) && !isHedged(in: span)
        found[before].isAllegation = cue.map { lexicon.claimVerbs[$0.lemma.lowercased()] == "alleges" } ?? false
    }

    private func isTerm(_ root: String) -> Bool { !lexicon.stops.contains(root) && root.utf8.count > 1 }

    private func token(at span: Span, _ index: Int) -> Token? {
        article.sentences[index].tokens.first { $0.span.overlaps(span) }
    }

    /// True when the head of the words in a span is negated.
    private func isNegated(in span: Span) -> Bool {
        for sentence in article.sentences where sentence.span.overlaps(span) {
            let inside = sentence.tokens.indices.filter { span.contains(sentence.tokens[$0].span) }
            guard
                let head = inside.first(where: {
                    sentence.tokens[$0].head < 0
                        || !inside.contains(sentence.tokens[$0].head) && sentence.tokens[$0].upos != "PUNCT"
                            && sentence.tokens[$0].upos != "SCONJ"
                })
            else { continue }
            return isNegated(head, sentence)
        }
        return false
    }

    func isNegated(_ head: Int, _ sentence: Sentence) -> Bool {
        sentence.tokens.indices.contains { index in
            let token = sentence.tokens[index]
            guard token.head == head else { return false }
            let lemma = token.lemma.lowercased()
            if lexicon.negators.contains(lemma) { return true }
            return sentence.tokens.contains {
                $0.head == index && $0.relation == "det" && lexicon.negators.contains($0.lemma.lowercased())
            }
        }
    }

    // MARK: What the report says itself

    private mutating func readOwnVoice(_ index: Int, _ covered: [Span]) {
        let sentence = article.sentences[index]
        let free = article.events.filter { event in
            event.sentence == index && !covered.contains { $0.contains(event.triggerSpan) }
        }
        let numbers = article.quantities.filter { quantity in
            quantity.sentence == index && !covered.contains { $0.contains(quantity.span) }
        }
        guard !free.isEmpty || !numbers.isEmpty else { return }
        let denial = free.first { $0.factuality == .denied || $0.factuality == .negated }
        let alleged = free.first { $0.factuality == .alleged && $0.holder != nil }
        let shown = speaker(sentence)
        let holder = (denial ?? alleged)?.holder ?? shown?.words
        let before = found.count
        append(
            stance: denial == nil ? .asserts : .denies, holder: holder ?? outlet,
            actor: holder == nil ? nil : shown?.actor,
            isOwn: holder == nil, span: sentence.span, sentence: index, covered: covered)
        guard found.count > before else { return }
        found[before].isAllegation = alleged != nil || shown?.kind == "alleges"
        guard let shown else { return }
        found[before].isEvidence = shown.kind == "shows" && !isHedged(in: sentence.span)
        if shown.kind == "estimate" { estimate(before) }
    }

    /// "put the number at 31": the number of what was counted before.
    private mutating func estimate(_ place: Int) {
        guard let model = found[..<place].last(where: { !$0.figures.isEmpty }), let figure = model.figures.first else {
            return
        }
        for index in found[place].figures.indices
        where found[place].figures[index].unit == nil || found[place].figures[index].unit == figure.unit {
            found[place].figures[index].thing = figure.thing
            found[place].figures[index].unit = figure.unit
            found[place].answers = model.id
        }
    }

    /// Records that show something, who puts a number at what, who accuses: "figures published by the navy show".
    private func speaker(_ sentence: Sentence) -> (words: String, actor: String?, kind: String)? {
        for (place, token) in sentence.tokens.enumerated() where token.upos == "VERB" {
            let kind = lexicon.claimVerbs[phrasal(place, sentence)]
            guard let kind, kind != "result",
                let subject = sentence.tokens.indices.first(where: {
                    sentence.tokens[$0].head == place && sentence.tokens[$0].relation == "nsubj"
                })
            else { continue }
            let inside = subtree(subject, sentence)
            guard let first = inside.min(), let last = inside.max() else { continue }
            let span = sentence.span(of: first..<last + 1)
            let words = article.article.document.text(span)
            let actor = article.actors.first { $0.span.overlaps(span) && $0.code.body != nil }?.code.description
            let object = sentence.tokens.first { $0.head == place && $0.relation == "obj" }
            let isCount = object.map { lexicon.references.contains($0.lemma.lowercased()) } ?? false
            switch kind {
            case "shows": if isEvidence(words: words) { return (words, actor, kind) }
            case "estimate": if isCount, actor != nil { return (phrase(subject, sentence).0, actor, kind) }
            default:
                // "accused them of shelling": what hangs on the verb is what is alleged.
                let isCharge = sentence.tokens.contains {
                    $0.head == place && ["advcl", "obl", "xcomp"].contains($0.baseRelation)
                }
                if token.head < 0, object != nil, isCharge, actor != nil {
                    return (phrase(subject, sentence).0, actor, kind)
                }
            }
        }
        return nil
    }

    // MARK: One statement

    mutating func append(
        stance: Stance, holder: String, actor: String?, isOwn: Bool, span: Span, sentence: Int, covered: [Span] = [],
        hasContent: Bool = true
    ) {
        let document = article.article.document
        func isMine(_ other: Span) -> Bool {
            hasContent && span.overlaps(other) && !covered.contains { $0.contains(other) }
        }
        let events = article.events.filter { isMine($0.triggerSpan) }
        let quantities = article.quantities.filter {
            isMine($0.span) && !["age", "duration", "rank"].contains($0.kind)
        }
        let own = Set(article.actors.filter { $0.span.overlaps(span) }.compactMap(\.code.body))
        // Words that name nobody are about those whom the rest of a short text is about.
        let bodies = own.isEmpty && everybody.count <= 4 ? everybody : own
        let text = document.text(span)
        var hash = StableHash()
        for part in [document.name, holder, stance.rawValue] { hash.combine(part) }
        hash.combine(span.start)
        hash.combine(span.end)
        var made = Statement(
            id: hash.hex, document: document.name, outlet: document.publisher ?? article.article.publisher,
            published: article.documentTime, holder: holder, actor: actor, isOwnVoice: isOwn, stance: stance,
            text: text, span: document.original(span), bodies: bodies.sorted(), terms: terms(in: span),
            events: events.map(\.id), figures: quantities.map(figure), days: events.first?.date?.value)
        made.acts = acts(in: span)
        made.phase = phase(in: span)
        found.append(made)
    }

    private func figure(_ quantity: Quantity) -> StatementFigure {
        StatementFigure(
            thing: FigureMaker.thing(quantity), unit: quantity.unit, value: quantity.value, low: quantity.low,
            high: quantity.high, comparison: quantity.comparison, text: quantity.text,
            span: article.article.document.original(quantity.span))
    }

    /// Roots of the words in a span, without the names of actors.
    private func terms(in span: Span) -> [String] {
        let names = article.actors.filter { $0.span.overlaps(span) && $0.code.body != nil && $0.kind != .role }
        let tokens = article.sentences.filter { $0.span.overlaps(span) }.flatMap(\.tokens).filter { token in
            span.contains(token.span) && !names.contains { $0.span.contains(token.span) }
        }
        return terms(tokens.map(\.form).joined(separator: " "))
    }

    func terms(_ text: String) -> [String] {
        let words = Words.of(text).map { $0.lowercased() }.filter { !lexicon.stops.contains($0) && $0.utf8.count > 1 }
        return Set(words.map { lexicon.root($0) }).sorted()
    }
}
