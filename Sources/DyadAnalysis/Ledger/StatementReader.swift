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
    private let lexicon: LedgerLexicon
    private let article: AnnotatedArticle
    private let outlet: String
    private var found: [Statement] = []
    private var attributions: [Attribution] = []
    /// Roots of the words before "claim of …", for each statement that answers another.
    private var wanted: [String: Set<String>] = [:]

    init(lexicon: LedgerLexicon, article: AnnotatedArticle) {
        self.lexicon = lexicon
        self.article = article
        let document = article.article.document
        outlet = document.publisher ?? article.article.publisher ?? document.name
        attributions = article.attributions.flatMap { Self.flat($0) }
    }

    private static func flat(_ attribution: Attribution) -> [Attribution] {
        [attribution] + attribution.nested.flatMap { flat($0) }
    }

    /// The statements, answers tied to what they answer.
    func finished() -> [Statement] {
        var out = found
        for index in out.indices where wanted[out[index].id] != nil {
            out[index].answers = antecedent(of: index, in: out)
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
        var stance = cue.flatMap { lexicon.stances["\($0.lemma.lowercased()) verb"]?.stance } ?? .asserts
        if stance == .asserts, isNegated(in: span) { stance = .denies }
        append(
            stance: stance, holder: attribution.source, actor: attribution.actor?.description, isOwn: false,
            span: span, sentence: index)
    }

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

    private func isNegated(_ head: Int, _ sentence: Sentence) -> Bool {
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

    // MARK: Stances to what was said before

    private mutating func readStances(_ index: Int) {
        let sentence = article.sentences[index]
        for (place, token) in sentence.tokens.enumerated() {
            guard let kind = Self.kind(token), let word = lexicon.stances["\(token.lemma.lowercased()) \(kind)"] else {
                continue
            }
            let negated = isNegated(place, sentence)
            guard let stance = negated ? word.negated : word.stance else { continue }
            if kind == "verb" {
                readVerb(place, stance, index)
            } else if kind == "adjective" {
                readVerdict(place, stance, index)
            }
        }
    }

    private static func kind(_ token: Token) -> String? {
        switch token.upos {
        case "VERB": "verb"
        case "ADJ": "adjective"
        case "NOUN": "noun"
        default: nil
        }
    }

    /// "Turkey has denied these claims", "an accusation confirmed by Balci", "the report could not be verified".
    private mutating func readVerb(_ place: Int, _ stance: Stance, _ index: Int) {
        let sentence = article.sentences[index]
        let tokens = sentence.tokens
        let children = tokens.indices.filter { tokens[$0].head == place }
        let isParticiple = tokens[place].baseRelation == "acl" && tokens[place].head >= 0
        let object =
            isParticiple
            ? tokens[place].head
            : children.first { ["obj", "nsubj:pass"].contains(tokens[$0].relation) }
        guard let object, lexicon.references.contains(tokens[object].lemma.lowercased()) else { return }
        if children.contains(where: { tokens[$0].relation == "ccomp" }) { return }
        let agent = children.first { ["obl:agent", "nsubj"].contains(tokens[$0].relation) && $0 != object }
        answer(stance, by: agent.map { phrase($0, sentence) }, about: object, place, index)
    }

    /// "Moscow called the report baseless", "the claim is untrue", "a strong possibility of it being true".
    private mutating func readVerdict(_ place: Int, _ stance: Stance, _ index: Int) {
        let sentence = article.sentences[index]
        let tokens = sentence.tokens
        var object = tokens.indices.first { tokens[$0].head == place && tokens[$0].baseRelation == "nsubj" }
        let up = tokens[place].head
        let isOwnClause = object != nil
        if object == nil, up >= 0 {
            object = tokens.indices.first { tokens[$0].head == up && tokens[$0].relation == "obj" }
            if tokens[place].relation == "amod" { object = up }
        }
        guard let object, lexicon.references.contains(tokens[object].lemma.lowercased()) else { return }
        let verb = !isOwnClause && up >= 0 && tokens[up].upos == "VERB" ? up : -1
        let agent = tokens.indices.first { tokens[$0].head == verb && verb >= 0 && tokens[$0].relation == "nsubj" }
        let covering = attributions.first { attribution in
            attribution.content.contains { $0.contains(tokens[place].span) }
        }
        let holder = covering.map { ($0.source, $0.actor?.description) }
        answer(stance, by: agent.map { phrase($0, sentence) } ?? holder, about: object, place, index)
    }

    private mutating func answer(
        _ stance: Stance, by holder: (String, String?)?, about object: Int, _ place: Int, _ index: Int
    ) {
        let sentence = article.sentences[index]
        let said = attributions.first { $0.cueSpan.overlaps(sentence.tokens[place].span) }
        let name = holder?.0 ?? said?.source
        let isKnown = found.contains {
            wanted[$0.id] != nil && $0.stance == stance && $0.holder == name ?? outlet
                && $0.span.overlaps(sentence.span)
        }
        if isKnown { return }
        let before = found.count
        append(
            stance: stance, holder: name ?? outlet, actor: holder?.1 ?? said?.actor?.description, isOwn: name == nil,
            span: sentence.span, sentence: index, hasContent: false)
        guard found.count > before, let id = found.last?.id else { return }
        let own = sentence.tokens[place].baseRelation == "acl" ? Set(subtree(place, sentence)) : []
        wanted[id] = Set(
            subtree(object, sentence).filter { $0 != object && !own.contains($0) }.map {
                lexicon.root(sentence.tokens[$0].lemma)
            })
    }

    /// Words of a noun phrase and the code of the actor in it.
    private func phrase(_ head: Int, _ sentence: Sentence) -> (String, String?) {
        let inside = subtree(head, sentence).filter {
            !["case", "punct", "acl", "acl:relcl"].contains(sentence.tokens[$0].relation) || $0 == head
        }
        guard let first = inside.min(), let last = inside.max() else { return (sentence.tokens[head].form, nil) }
        let span = sentence.span(of: first..<last + 1)
        let actor = article.actors.first { $0.span.overlaps(span) }
        return (article.article.document.text(span), actor.map(\.code.description))
    }

    private func subtree(_ head: Int, _ sentence: Sentence) -> [Int] {
        var out = [head], next = 0
        while next < out.count {
            out += sentence.tokens.indices.filter { sentence.tokens[$0].head == out[next] }
            next += 1
        }
        return out.sorted()
    }

    /// The statement that an answer is about: an earlier one of somebody else, the nearest with words in common first.
    private func antecedent(of index: Int, in all: [Statement]) -> String? {
        let answer = all[index]
        let words = wanted[answer.id] ?? []
        let earlier = all[..<index].suffix(12).filter { other in
            !other.holder.contains(answer.holder) && !answer.holder.contains(other.holder)
                && other.span.start < answer.span.end && wanted[other.id] == nil
                && !(other.span.overlaps(answer.span) && other.isOwnVoice)
        }
        if words.isEmpty, let same = all[..<index].last, wanted[same.id] != nil, same.span.overlaps(answer.span) {
            return antecedent(of: index - 1, in: all)
        }
        let ranked = earlier.enumerated().map { place, other in
            let named = terms(other.holder).filter { words.contains($0) }.count
            return (
                Set(other.terms).intersection(words).count * 4 + named * 8 + (other.isOwnVoice ? 0 : 3) + place, other
            )
        }
        return ranked.max { $0.0 < $1.0 }?.1.id
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
        let holder = (denial ?? alleged)?.holder
        append(
            stance: denial == nil ? .asserts : .denies, holder: holder ?? outlet, actor: nil, isOwn: holder == nil,
            span: sentence.span, sentence: index, covered: covered)
    }

    // MARK: One statement

    private mutating func append(
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
        let bodies = Set(article.actors.filter { $0.span.overlaps(span) }.compactMap(\.code.body))
        let text = document.text(span)
        var hash = StableHash()
        for part in [document.name, holder, stance.rawValue] { hash.combine(part) }
        hash.combine(span.start)
        hash.combine(span.end)
        found.append(
            Statement(
                id: hash.hex, document: document.name, outlet: document.publisher ?? article.article.publisher,
                published: article.documentTime, holder: holder, actor: actor, isOwnVoice: isOwn, stance: stance,
                text: text, span: document.original(span), bodies: bodies.sorted(), terms: terms(in: span),
                events: events.map(\.id), figures: quantities.map(figure), days: events.first?.date?.value))
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

    private func terms(_ text: String) -> [String] {
        let words = Words.of(text).map { $0.lowercased() }.filter { !lexicon.stops.contains($0) && $0.utf8.count > 1 }
        return Set(words.map { lexicon.root($0) }).sorted()
    }
}
