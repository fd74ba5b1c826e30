import DyadCodebook
import DyadCore

/// Stances that a text takes to what was said before: "Turkey has denied these claims", "found no evidence that …".
extension StatementBuilder {
    mutating func readStances(_ index: Int) {
        let sentence = article.sentences[index]
        for (place, token) in sentence.tokens.enumerated() {
            guard let kind = Self.kind(token), let word = lexicon.stances["\(token.lemma.lowercased()) \(kind)"] else {
                continue
            }
            let negated = isNegated(place, sentence)
            guard let stance = negated ? word.negated : word.stance else { continue }
            switch kind {
            case "verb": readVerb(place, stance, index)
            case "adjective": readVerdict(place, stance, index)
            default:
                readNoun(place, stance, index)
                if stance == .denies { readVerdict(place, stance, index) }
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

    // MARK: - Verbs, adjectives and nouns

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
        if let agent { return answer(stance, by: phrase(agent, sentence), about: object, place, index) }
        let above = covering(place, sentence)
        let isTakenBack = stance == .denies && above.map(isAdmission) ?? false
        answer(
            isTakenBack ? .retracts : stance, by: above.map { ($0.source, $0.actor?.description) }, about: object,
            place,
            index)
    }

    /// "Moscow called the report baseless", "the claim is untrue", "the accusation turned out to be false".
    private mutating func readVerdict(_ place: Int, _ stance: Stance, _ index: Int) {
        let sentence = article.sentences[index]
        let tokens = sentence.tokens
        var object = tokens.indices.first { tokens[$0].head == place && tokens[$0].baseRelation == "nsubj" }
        let up = tokens[place].head
        let isOwnClause = object != nil
        var isResult = false
        if object == nil, up >= 0 {
            let wanted = tokens[place].relation == "xcomp" ? ["obj", "nsubj"] : ["obj"]
            for relation in wanted where object == nil {
                object = tokens.indices.first { tokens[$0].head == up && tokens[$0].relation == relation }
                isResult = relation == "nsubj" && object != nil
            }
            if tokens[place].relation == "amod" { object = up }
        }
        guard let object, lexicon.references.contains(tokens[object].lemma.lowercased()) else { return }
        if isResult { return finding(stance, about: object, place, index) }
        let verb = !isOwnClause && up >= 0 && tokens[up].upos == "VERB" ? up : -1
        let agent = tokens.indices.first { tokens[$0].head == verb && verb >= 0 && tokens[$0].relation == "nsubj" }
        let above = covering(place, sentence)
        let isTakenBack = stance == .denies && above.map(isAdmission) ?? false
        answer(
            isTakenBack ? .retracts : stance,
            by: agent.map { phrase($0, sentence) } ?? above.map { ($0.source, $0.actor?.description) },
            about: object, place, index)
    }

    /// "turned out to be false": found out, whoever did.
    private mutating func finding(_ stance: Stance, about object: Int, _ place: Int, _ index: Int) {
        let sentence = article.sentences[index]
        let up = sentence.tokens[place].head
        guard up >= 0, ["result", "shows"].contains(lexicon.claimVerbs[phrasal(up, sentence)] ?? "") else { return }
        let before = found.count
        answer(stance, by: nil, about: object, place, index)
        if found.count > before { found[before].isEvidence = true }
    }

    /// "found no evidence that …".
    private mutating func readNoun(_ place: Int, _ stance: Stance, _ index: Int) {
        let sentence = article.sentences[index]
        let tokens = sentence.tokens
        guard stance == .doubts,
            let clause = tokens.indices.first(where: { child in
                tokens[child].head == place && ["acl", "ccomp"].contains(tokens[child].relation)
                    && tokens.contains { $0.head == child && $0.relation == "mark" && $0.lemma.lowercased() == "that" }
            })
        else { return }
        let verb = tokens[place].head
        let subject = tokens.indices.first { verb >= 0 && tokens[$0].head == verb && tokens[$0].relation == "nsubj" }
        let holder = subject.map { phrase($0, sentence) }
        let inside = subtree(clause, sentence)
        guard let first = inside.min(), let last = inside.max() else { return }
        let before = found.count
        append(
            stance: stance, holder: holder?.0 ?? outlet, actor: holder?.1, isOwn: holder == nil,
            span: sentence.span(of: first..<last + 1), sentence: index)
        if found.count > before { found[before].isAnswer = true }
    }

    // MARK: - Who, about what

    /// The innermost source that speaks a word.
    private func covering(_ place: Int, _ sentence: Sentence) -> Attribution? {
        attributions.last { attribution in
            attribution.content.contains { $0.contains(sentence.tokens[place].span) } && !attribution.source.isEmpty
        }
    }

    /// "admitted", "acknowledged": verbs by which one's own words are taken back.
    private func isAdmission(_ attribution: Attribution) -> Bool {
        let tokens = article.sentences.lazy.filter { $0.span.overlaps(attribution.cueSpan) }.flatMap(\.tokens)
        guard let cue = tokens.first(where: { $0.span.overlaps(attribution.cueSpan) }) else { return false }
        return lexicon.stances["\(cue.lemma.lowercased()) verb"]?.stance == .confirms
    }

    /// True when words only judge what was said before: "that the statement was mistaken".
    func isVerdict(in span: Span) -> Bool {
        for sentence in article.sentences where sentence.span.overlaps(span) {
            let tokens = sentence.tokens
            for (place, token) in tokens.enumerated() where span.contains(token.span) {
                guard let kind = Self.kind(token), kind != "noun",
                    lexicon.stances["\(token.lemma.lowercased()) \(kind)"]?.stance == .denies
                else { continue }
                let isAbout = tokens.contains {
                    $0.head == place && $0.baseRelation == "nsubj"
                        && lexicon.references.contains($0.lemma.lowercased())
                }
                if isAbout { return true }
            }
        }
        return false
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
        found[before].isAnswer = true
        let source = attributions.first { $0.source == name && $0.sourceSpan != nil }
        found[before].isEvidence = source.map(isEvidence) ?? name.map { isEvidence(words: $0) } ?? false
        let own = sentence.tokens[place].baseRelation == "acl" ? Set(subtree(place, sentence)) : []
        wanted[id] = Set(
            subtree(object, sentence).filter { $0 != object && !own.contains($0) }.map {
                lexicon.root(sentence.tokens[$0].lemma)
            })
    }

    /// The statement that an answer is about: an earlier one of somebody else, the nearest with words in common first.
    func antecedent(of index: Int, in all: [Statement]) -> String? {
        let answer = all[index]
        let words = wanted[answer.id] ?? []
        let earlier = all[..<index].suffix(12).filter { other in
            let isOther = !other.holder.contains(answer.holder) && !answer.holder.contains(other.holder)
            return (isOther || answer.stance == .retracts && !other.isOwnVoice)
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
}

/// What a statement is made of.
extension StatementBuilder {
    /// Words of a noun phrase and the code of the actor in it.
    func phrase(_ head: Int, _ sentence: Sentence) -> (String, String?) {
        let inside = subtree(head, sentence).filter {
            !["case", "punct", "acl", "acl:relcl"].contains(sentence.tokens[$0].relation) || $0 == head
        }
        guard let first = inside.min(), let last = inside.max() else { return (sentence.tokens[head].form, nil) }
        let span = sentence.span(of: first..<last + 1)
        let actor = article.actors.first { $0.span.overlaps(span) }
        return (article.article.document.text(span), actor.map(\.code.description))
    }

    func subtree(_ head: Int, _ sentence: Sentence) -> [Int] {
        var out = [head], next = 0
        while next < out.count {
            out += sentence.tokens.indices.filter { sentence.tokens[$0].head == out[next] }
            next += 1
        }
        return out.sorted()
    }

    /// Lemma with its particle: "turn out".
    func phrasal(_ place: Int, _ sentence: Sentence) -> String {
        let verb = sentence.tokens[place].lemma.lowercased()
        let particle = sentence.tokens.first {
            $0.head == place && ($0.relation == "compound:prt" || $0.relation == "advmod" && $0.form.utf8.count < 4)
        }
        guard let particle else { return verb }
        let phrase = "\(verb) \(particle.lemma.lowercased())"
        return lexicon.phases[phrase] != nil || lexicon.claimVerbs[phrase] != nil ? phrase : verb
    }

    /// True when the head of a source proves rather than claims.
    func isEvidence(_ attribution: Attribution) -> Bool {
        guard let span = attribution.sourceSpan,
            let sentence = article.sentences.first(where: { $0.span.contains(span) })
        else { return isEvidence(words: attribution.source) }
        let inside = sentence.tokens.indices.filter { span.contains(sentence.tokens[$0].span) }
        let head = inside.first { !inside.contains(sentence.tokens[$0].head) && sentence.tokens[$0].upos != "PUNCT" }
        guard let head else { return false }
        let parts = sentence.tokens.indices.filter {
            sentence.tokens[$0].head == head && sentence.tokens[$0].relation == "compound"
        }
        let words = [head] + parts
        return words.contains { lexicon.evidence.contains(sentence.tokens[$0].lemma.lowercased()) }
            && sentence.tokens[head].upos != "PROPN"
    }

    /// True when the first noun that is no part of another's name proves rather than claims: "customs data", "a joint inquiry".
    func isEvidence(words: String) -> Bool {
        // The head of a phrase stands before what is attached to it by a preposition or a participle.
        var head: String?
        for word in Words.of(words).map({ $0.lowercased() }) {
            if head != nil, lexicon.stops.contains(word) || word.hasSuffix("ed") { break }
            if !lexicon.stops.contains(word) { head = word }
        }
        guard let head else { return false }
        return lexicon.evidence.contains(head)
            || head.hasSuffix("s") && lexicon.evidence.contains(String(head.dropLast()))
    }

    /// True when the words leave a doubt: "probably".
    func isHedged(in span: Span) -> Bool {
        article.sentences.contains { sentence in
            sentence.span.overlaps(span)
                && sentence.tokens.contains {
                    span.contains($0.span) && $0.upos != "PROPN" && lexicon.hedges.contains($0.lemma.lowercased())
                }
        }
    }

    /// Roots of the verbs in a span with the classes of what they tell; words of saying left out.
    func acts(in span: Span) -> [String] {
        var out: Set<String> = []
        for sentence in article.sentences where sentence.span.overlaps(span) {
            for token in sentence.tokens where token.upos == "VERB" && span.contains(token.span) {
                let lemma = token.lemma.lowercased()
                if lexicon.lightVerbs.contains(lemma) || lexicon.stances["\(lemma) verb"] != nil { continue }
                if attributions.contains(where: { $0.cueSpan.overlaps(token.span) }) { continue }
                let root = lexicon.root(lemma)
                out.insert(root)
                out.formUnion((lexicon.classes[root] ?? []).map { "=\($0)" })
            }
        }
        return out.sorted()
    }

    /// What the words say of an act that lasts: "no longer", "went on".
    func phase(in span: Span) -> String? {
        for sentence in article.sentences where sentence.span.overlaps(span) {
            for (place, token) in sentence.tokens.enumerated() where span.contains(token.span) {
                if token.form.lowercased() == "longer" {
                    let isNo = place > 0 && lexicon.negators.contains(sentence.tokens[place - 1].lemma.lowercased())
                    if isNo { return lexicon.phases["longer"] }
                    continue
                }
                guard token.upos == "VERB" || token.upos == "ADV", let phase = lexicon.phases[phrasal(place, sentence)]
                else { continue }
                return phase
            }
        }
        return nil
    }
}
