import DyadCodebook
import DyadCore

/// The statements of one sentence: reporting verbs with their subjects and clauses, nouns with their claims, and
/// set phrases such as "according to".
struct StatementFinder {
    let graph: SyntaxGraph
    let mentions: [ActorMention]
    let document: Document
    let cues: CueLexicon
    let index: Int
    private let certainty: FactualityFinder
    private let phrases: NominalPhrase

    init(graph: SyntaxGraph, mentions: [ActorMention], document: Document, cues: CueLexicon, sentence: Int) {
        self.graph = graph
        self.mentions = mentions
        self.document = document
        self.cues = cues
        index = sentence
        certainty = FactualityFinder(graph: graph, cues: cues)
        phrases = NominalPhrase(graph: graph)
    }

    func statements() -> [Statement] {
        graph.sentence.tokens.indices.compactMap { at in
            verbal(at) ?? nominal(at) ?? sourcePhrase(at)
        }
    }

    // MARK: - Verbs

    private func verbal(_ cue: Int) -> Statement? {
        guard let stance = stance(cue) else { return nil }
        let contents = contentTokens(cue, stance)
        guard !contents.isEmpty else { return nil }
        let source = source(cue)
        // A speaker that hangs on the words it speaks is none of them.
        let speaker = Set(
            source.map { graph.isUnder(cue, $0) || $0 != subjectBehindQuote(cue) ? [] : graph.subtree($0) } ?? [])
        return statement(cue, stance, source: source, content: contents.filter { !speaker.contains($0) })
    }

    /// The stance of a verb, with its particle if it has one ("point out"), or of a predicate such as "is convinced".
    private func stance(_ cue: Int) -> String? {
        if graph.token(cue).upos == "ADJ" { return cues.stance(graph.lemma(cue), "a") }
        guard graph.isVerb(cue) else { return nil }
        if let particle = graph.children(cue, full: "compound:prt").first {
            return cues.stance("\(graph.lemma(cue)) \(graph.lemma(particle))", "v")
        }
        return cues.stance(graph.lemma(cue), "v")
            ?? (graph.token(cue).xpos == "VBN" ? cues.stance(graph.token(cue).form.lowercased(), "a") : nil)
    }

    /// A cue with no words of its own: the quotation beside it is what it says.
    func speaking(_ cue: Int, content: [Span]) -> Statement? {
        guard graph.isVerb(cue), let stance = stance(cue), stance != "think" else { return nil }
        guard let source = source(cue) else { return nil }
        return statement(cue, stance, source: source, spans: content)
    }

    private func source(_ cue: Int) -> Int? {
        guard !sharesPassive(cue) else { return nil }
        return graph.subjects(cue).first ?? graph.children(cue, "nsubj").first { _ in !graph.isPassive(cue) }
            ?? subjectOfParticiple(cue) ?? subjectBehindQuote(cue)
    }

    /// "… a list," the minister, Jane Roe, told reporters": the noun between the quotation and its cue, wherever it hangs.
    private func subjectBehindQuote(_ cue: Int) -> Int? {
        guard graph.token(cue).feats.contains("VerbForm=Fin"), !graph.isPassive(cue),
            let mark = graph.sentence.tokens[..<cue].lastIndex(where: { ["\"", "”", "''", "’"].contains($0.form) })
        else { return nil }
        return (mark + 1..<cue).first { index in
            graph.relation(index) == "nsubj" && graph.token(index).head < mark
        }
    }

    /// "An official briefed on the talks, citing a letter, said": the participle is read as a verb with the subject.
    private func subjectOfParticiple(_ cue: Int) -> Int? {
        participle(of: cue).flatMap { graph.children($0, "nsubj").first }
    }

    /// The clause that stands where the speaker does.
    private func participle(of cue: Int) -> Int? {
        guard graph.token(cue).feats.contains("VerbForm=Fin"), !graph.isPassive(cue), cue > 0,
            graph.token(cue - 1).form == ",", graph.children(cue, "nsubj").isEmpty
        else { return nil }
        return graph.children(cue, "advcl", "ccomp").first { clause in
            guard clause < cue, graph.children(clause, "mark", "aux").isEmpty else { return false }
            // A clause before its saying is what is said, unless something is said after it.
            return graph.relation(clause) == "advcl" || graph.children(cue, "ccomp").contains { $0 > cue }
        }
    }

    /// "was hauled in and told": the subject is not the one who tells.
    private func sharesPassive(_ cue: Int) -> Bool {
        guard graph.relation(cue) == "conj", let up = graph.head(cue), graph.token(cue).xpos == "VBN" else {
            return false
        }
        return graph.isPassive(up) && graph.children(cue, "nsubj", "aux").isEmpty
    }

    /// Tokens of what is said.
    private func contentTokens(_ cue: Int, _ stance: String) -> [Int] {
        let speaking = participle(of: cue)
        let below = graph.children(cue, "ccomp").filter { $0 != speaking && isStatement($0, of: cue, stance) }
        if !below.isEmpty { return below.flatMap { clause($0, cue: cue) } }
        // "have not said why it left": the question word is the object, the clause hangs on it.
        let asked = graph.children(cue, "obj").filter {
            graph.token($0).xpos.hasPrefix("W") && !graph.children($0, "advcl", "acl").isEmpty
        }
        if !asked.isEmpty { return asked.flatMap(graph.subtree) }
        // "…, the minister said": the saying hangs on what is said.
        if ["parataxis", "dep"].contains(graph.relation(cue)), let up = graph.head(cue), certainty.isBareSaying(cue) {
            return clause(up, cue: cue)
        }
        if isComment(cue), let up = graph.head(cue) { return clause(up, cue: cue) }
        let beside = graph.children(cue, "parataxis").filter {
            isClause($0) && ($0 < cue || hasColon(from: cue, to: $0))
        }
        if !beside.isEmpty { return beside.flatMap { clause($0, cue: cue) } }
        return complement(cue, stance)
    }

    /// A finite clause; one that only says what is to be found out tells nothing.
    private func isStatement(_ clause: Int, of cue: Int, _ stance: String) -> Bool {
        guard graph.isVerb(clause) || !graph.children[clause].isEmpty else { return false }
        let marks = graph.children(clause, "mark").map { graph.token($0).form.lowercased() }
        if marks.contains("whether"), ["think", "learn", "assert"].contains(stance) { return false }
        // "saw them face off": the bare form is what was seen.
        let isBare = graph.token(clause).xpos == "VB" && graph.children(clause, "aux", "cop", "mark").isEmpty
        return !(isBare && ["think", "learn"].contains(stance) && hasSubject(clause))
    }

    private func hasSubject(_ index: Int) -> Bool { !graph.children(index, "nsubj").isEmpty }

    private func isClause(_ index: Int) -> Bool {
        graph.isVerb(index) || !graph.children(index, "cop", "nsubj").isEmpty
    }

    private func hasColon(from low: Int, to high: Int) -> Bool {
        guard low < high else { return false }
        return (low..<high).contains { graph.token($0).form == ":" }
    }

    /// "as the minister said".
    private func isComment(_ cue: Int) -> Bool {
        graph.relation(cue) == "advcl" && hasSubject(cue)
            && graph.children(cue, "mark", "advmod").contains { graph.lemma($0) == "as" }
            && graph.children(cue, "obj", "obl", "xcomp").isEmpty && !certainty.mood.isNegated(cue)
    }

    /// "urged its citizens to leave", "expects the ship to arrive", "described the visit as historic".
    private func complement(_ cue: Int, _ stance: String) -> [Int] {
        let objects = graph.children(cue, "obj", "iobj")
        let verbs = graph.children(cue, "xcomp").filter { clause in
            graph.children(clause, "mark").contains { graph.token($0).form.lowercased() == "to" }
        }
        if ["demand", "think"].contains(stance), let object = objects.first, let verb = verbs.first, isMainClause(cue) {
            return (graph.subtree(object) + graph.subtree(verb)).sorted()
        }
        guard ["evaluate", "think"].contains(stance), let object = objects.first, graph.token(object).xpos != "WDT"
        else {
            return []
        }
        let judged = graph.children(cue, "obl", "xcomp", "advcl").filter {
            $0 > object && graph.children($0, "case", "mark").contains { graph.token($0).form.lowercased() == "as" }
        }
        return judged.isEmpty ? [] : (graph.subtree(object) + judged.flatMap(graph.subtree)).sorted()
    }

    /// A finite clause with a subject of its own or of the verb it is coordinated with.
    private func isMainClause(_ cue: Int) -> Bool {
        !graph.subjects(cue).isEmpty && graph.token(cue).xpos != "VBG"
            && ["root", "conj", "ccomp"].contains(graph.relation(cue))
    }

    /// The clause without the saying itself.
    private func clause(_ top: Int, cue: Int) -> [Int] {
        let all = graph.subtree(top)
        guard graph.isUnder(cue, top) else { return all }
        let outside = Set(graph.subtree(cue))
        return beside(cue, all.filter { !outside.contains($0) })
    }

    /// The tokens that no semicolon parts from the cue.
    private func beside(_ cue: Int, _ tokens: [Int]) -> [Int] {
        let marks = graph.sentence.tokens.indices.filter { graph.token($0).form == ";" }
        guard !marks.isEmpty else { return tokens }
        let low = marks.last { $0 < cue } ?? -1
        let high = marks.first { $0 > cue } ?? graph.sentence.tokens.count
        return tokens.filter { $0 > low && $0 < high }
    }

    // MARK: - Nouns

    /// "the claim that", "Tehran's view that", "warnings from Oslo that"; "in Tehran's view, …".
    private func nominal(_ cue: Int) -> Statement? {
        guard graph.token(cue).upos == "NOUN", let stance = cues.stance(graph.lemma(cue), "n") else { return nil }
        let clauses = graph.children(cue, "acl", "ccomp").filter { clause in
            graph.token(clause).relation != "acl:relcl"
                && graph.children(clause, "mark").contains { graph.lemma($0) == "that" }
        }
        if !clauses.isEmpty {
            let content = clauses.flatMap(graph.subtree)
            // "made the case that", "came to the conclusion that": the verb and its noun say it together.
            if let verb = graph.carrier(of: cue), verb < cue, graph.relation(cue) != "nsubj",
                graph.children(cue, full: "nmod:poss").isEmpty
            {
                let words = withAuxiliaries(verb)
                return statement(
                    cue, stance, source: source(verb), content: content,
                    cueTokens: self.stance(verb) == nil ? words.lowerBound..<cue + 1 : words)
            }
            return statement(cue, stance, source: certainty.subject(cue), content: content)
        }
        guard stance == "think", graph.relation(cue) == "obl", graph.preposition(cue) == "in",
            let owner = graph.children(cue, full: "nmod:poss").first, let up = graph.head(cue)
        else { return nil }
        let outside = Set(graph.subtree(cue))
        return statement(cue, stance, source: owner, content: graph.subtree(up).filter { !outside.contains($0) })
    }

    // MARK: - Set phrases

    private func sourcePhrase(_ first: Int) -> Statement? {
        let tokens = graph.sentence.tokens
        let phrase = cues.sourcePhrase(graph.token(first).form.lowercased()) { step in
            first + step < tokens.count ? graph.token(first + step).form.lowercased() : nil
        }
        guard let phrase, isPreposition(phrase, first) else { return nil }
        let after = first + phrase.count
        guard let head = sourceHead(first, after) else { return nil }
        guard phrase.first == "according" || SourceKindReader(graph: graph, cues: cues).isSource(head, mention(head))
        else {
            return nil
        }
        let outside = Set(graph.subtree(head)).union(first..<after)
        let content = beside(first, graph.subtree(scope(of: head, outside)).filter { !outside.contains($0) })
        guard content.contains(where: { graph.isVerb($0) || graph.token($0).upos == "NOUN" }) else { return nil }
        var found = statement(
            first, cues.stance(phrase.joined(separator: " "), "p") ?? "neutral", source: head, content: content,
            cueTokens: first..<after)
        if let span = found.attribution.sourceSpan, span.start < tokens[after - 1].span.end {
            let source = Span(tokens[after].span.start, max(span.end, tokens[after].span.end))
            found.attribution.sourceSpan = source
            found.attribution.source = document.text(source)
        }
        return found
    }

    /// "per cent" and "citing" without an object are no sources.
    private func isPreposition(_ phrase: [String], _ first: Int) -> Bool {
        phrase.count > 1 || graph.token(first).xpos == "VBG" && !graph.children(first, "obj").isEmpty
    }

    private func sourceHead(_ first: Int, _ after: Int) -> Int? {
        guard after < graph.sentence.tokens.count else { return nil }
        if graph.token(first).xpos == "VBG", let object = graph.children(first, "obj").first { return object }
        var at = after
        for _ in 0..<12 {
            guard let up = graph.head(at), up >= after, graph.isNominal(up), !graph.isVerb(up), up - after < 30 else {
                break
            }
            // Stop when the head no longer belongs to the phrase that the words open.
            at = up
        }
        return graph.isNominal(at) || graph.token(at).upos == "ADJ" ? at : nil
    }

    /// The clause that the phrase qualifies: the sentence when it opens it, else the nearest verb above.
    private func scope(of head: Int, _ outside: Set<Int>) -> Int {
        let isFirst = outside.min().map { low in (0..<low).allSatisfy { graph.token($0).upos == "PUNCT" } } ?? false
        var at = head
        while outside.contains(at), let up = graph.head(at) { at = up }
        while isFirst || !isClauseHead(at), let up = graph.head(at) { at = up }
        return at
    }

    /// A clause that can be reported by itself: not a participle that hangs on another clause.
    private func isClauseHead(_ index: Int) -> Bool {
        guard graph.isVerb(index) || hasSubject(index) else { return false }
        return
            !(["advcl", "acl", "xcomp", "nsubj", "obj", "obl"].contains(graph.relation(index))
            && graph.token(index).relation != "acl:relcl"
            && !hasSubject(index))
    }

    // MARK: - Putting it together

    private func statement(
        _ cue: Int, _ stance: String, source: Int?, content: [Int] = [], spans: [Span] = [],
        cueTokens: Range<Int>? = nil
    ) -> Statement {
        let cueSpan = graph.sentence.span(of: cueTokens ?? withAuxiliaries(cue))
        // "a report that said": the cue lies in the phrase that names its source.
        let span = source.map { head in
            let full = phrases.full(head)
            return graph.sentence.span(of: full.contains(cue) ? phrases.core(head) : full)
        }
        let mention = source.flatMap(mention)
        let hasCode = mention?.code.body != nil || mention?.code.sector != nil
        let attribution = Attribution(
            source: span.map(document.text) ?? "", sourceSpan: span,
            kind: SourceKindReader(graph: graph, cues: cues).kind(of: source, mention),
            actor: hasCode ? mention?.code : nil,
            cue: document.text(cueSpan), cueSpan: cueSpan, content: spans.isEmpty ? runs(content) : spans,
            isNegative: graph.isVerb(cue) && certainty.mood.isNegated(cue))
        return Statement(
            attribution: attribution, sentence: index, cue: cue, lemma: graph.lemma(cue),
            holder: source.map(phrases.text) ?? "", stance: stance)
    }

    private func mention(_ head: Int) -> ActorMention? {
        mentions.first { $0.head == head } ?? mentions.first { $0.tokens.contains(head) }
    }

    /// The cue with the auxiliaries and the negation right before it.
    private func withAuxiliaries(_ cue: Int) -> Range<Int> {
        var low = cue
        while low > 0, graph.token(low - 1).head == cue,
            graph.relation(low - 1) == "aux" || certainty.mood.isNegator(low - 1)
        { low -= 1 }
        return low..<cue + 1
    }

    /// Unbroken runs of tokens as spans, without signs at their ends.
    private func runs(_ tokens: [Int]) -> [Span] {
        var out: [Span] = []
        var run: [Int] = []
        func close() {
            while let first = run.first, graph.token(first).upos == "PUNCT" { run.removeFirst() }
            while let last = run.last, graph.token(last).upos == "PUNCT" { run.removeLast() }
            if let first = run.first, let last = run.last {
                out.append(Span(graph.token(first).span.start, graph.token(last).span.end))
            }
            run = []
        }
        for token in Set(tokens).sorted() {
            if let last = run.last, token != last + 1,
                !(last + 1..<token).allSatisfy({ graph.token($0).upos == "PUNCT" })
            {
                close()
            }
            run.append(token)
        }
        close()
        return out
    }
}
