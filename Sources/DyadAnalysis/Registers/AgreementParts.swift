import DyadCodebook
import DyadCore

/// What the readers of agreements, promises and follow-ups ask of a clause: who, what, by when.
struct AgreementParts {
    let lexicon: RegisterLexicon
    let maker: StatementMaker

    /// A time with its place in the text.
    typealias Due = (value: String, span: Span)

    // MARK: - Who

    /// Who promises, signs or acts: the subject, or the agent of a passive.
    func subjects(_ token: Int, _ view: SentenceView) -> [RegisterParty] {
        var subject = view.subject(token)
        if subject == nil, view.tokens[token].upos == "ADJ" || view.pos(token) == "v" {
            subject = view.children(token, "nsubj").first { view.tokens[$0].relation != "nsubj:pass" }
        }
        if subject == nil, view.isPassive(token) { subject = view.nouns(of: token, with: ["by"]).first }
        guard let subject else { return [] }
        if let many = together(subject, view) { return many }
        return maker.parties("party", view.actors(at: subject).filter { $0.code.body != nil })
    }

    /// "they" after two who met or signed: both of them.
    private func together(_ subject: Int, _ view: SentenceView) -> [RegisterParty]? {
        guard lexicon.kind("agreements-plural", view.lemma(subject)) != nil,
            view.tokens[subject].upos == "PRON"
        else { return nil }
        let known = view.actors(at: subject).compactMap(\.code.body)
        guard known.count < 2 else { return nil }
        let near = maker.article.events.filter { event in
            view.index - event.sentence >= 0 && view.index - event.sentence <= 1 && event.targetActors.isEmpty
                && event.triggerSpan.start < view.tokens[subject].span.start
        }
        for event in near.reversed() {
            let parties = maker.parties("party", event.sourceActors)
            if parties.count > 1, known.allSatisfy({ body in parties.contains { $0.code == body } }) {
                return parties
            }
        }
        return nil
    }

    /// One party alone, or none, is completed by the pair that the article is about.
    func addPair(_ out: inout RegisterStatement, isSpoken: Bool) {
        let own = out.bodies
        guard own.count < 2, maker.pair.count == 2, own.allSatisfy({ body in maker.pair.contains { $0.code == body } })
        else { return }
        for party in maker.pair where !own.contains(party.code ?? "") {
            out.parties.append(
                RegisterParty(
                    role: own.isEmpty && !isSpoken ? "party" : "counterpart", code: party.code, name: party.name))
        }
    }

    // MARK: - By when

    /// A time of a clause that a preposition of a deadline opens, or that lies ahead; `isPast` where the promise is only
    /// recalled, so that its day may have passed.
    func due(_ token: Int, _ view: SentenceView, isPast: Bool = false) -> Due? {
        let own = Set(members(token, view))
        for time in view.times {
            let inside = view.tokens(in: time.range?.span ?? time.span)
            guard let first = inside.first, inside.contains(where: own.contains) else { continue }
            let opener =
                inside.lazy.compactMap { view.preposition($0) }.first ?? (first > 0 ? view.lemma(first - 1) : "")
            if let due = deadline(time, opener, isPast: isPast) { return due }
        }
        return nil
    }

    private func deadline(_ time: TimeExpression, _ opener: String, isPast: Bool) -> Due? {
        let published = maker.article.documentTime
        let span = time.range?.span ?? time.span
        if time.type == "DURATION" {
            guard ["within", "in"].contains(opener), let published, let days = time.value.flatMap(Self.days) else {
                return nil
            }
            return (published.adding(days: days).description, span)
        }
        guard time.type == "DATE" || time.type == "TIME", let whole = time.range?.value ?? time.value else {
            return nil
        }
        var value = String(whole.prefix { $0 != "T" })
        if value.hasPrefix("../") { value = String(value.dropFirst(3)) }
        func lies(_ value: String) -> Bool {
            published.map { day in DayRange(value).map { $0.last >= day } ?? true } ?? true
        }
        // "by October", said in March, is the October to come.
        if ["by", "until", "before"].contains(opener), !isPast, !lies(value), time.basis == "relative",
            !time.text.contains(where: \.isNumber) || value.count == 10, let year = Int(value.prefix(4))
        {
            value = "\(year + 1)\(value.dropFirst(4))"
        }
        let isAhead = lies(value)
        if ["by", "until", "before", "within"].contains(opener), isAhead || isPast { return (value, span) }
        guard published != nil, ["in", "on", "from", "at", "for"].contains(opener), value != published?.description
        else { return nil }
        return isAhead || isPast && opener != "on" ? (value, span) : nil
    }

    /// Days of an ISO 8601 duration in whole units: `P90D`, `P2W`, `P3M`.
    private static func days(_ duration: String) -> Int? {
        guard duration.hasPrefix("P"), let unit = duration.last, let count = Int(duration.dropFirst().dropLast()) else {
            return nil
        }
        return ["D": 1, "W": 7, "M": 30, "Y": 365][unit].map { $0 * count }
    }

    /// "before the season", "by the next summit": a deadline that is no date.
    func hasDeadlineNoun(_ token: Int, _ view: SentenceView) -> Bool {
        !view.nouns(of: token, with: ["before", "by", "until"]).filter { view.isNoun($0) && view.actor($0) == nil }
            .isEmpty
    }

    // MARK: - What

    /// "did not open", "no post was opened".
    func isNegated(_ token: Int, _ view: SentenceView) -> Bool {
        view.isNegated(token)
            || view.children(token, "nsubj", "obj").contains { thing in
                view.children(thing, "det").contains { ["no", "neither"].contains(view.lemma($0)) }
            }
    }

    /// Tokens of a clause without the clauses beside and below it that say something else.
    func members(_ token: Int, _ view: SentenceView) -> [Int] {
        var out: [Int] = []
        var open = [token]
        while let next = open.popLast() {
            out.append(next)
            open += view.children[next].filter { child in
                switch view.relation(child) {
                case "parataxis", "advcl", "acl", "ccomp": false
                case "conj": !view.isVerb(child) && !view.children[child].contains { view.relation($0) == "orphan" }
                default: true
                }
            }
        }
        return out.sorted()
    }

    /// Nouns and verbs that tell what is meant, without actors, times and light words.
    func words(_ tokens: [Int], _ view: SentenceView) -> [String] {
        let numbers = view.quantities.filter { quantity in
            quantity.kind == "count" && (quantity.value ?? 0) >= 10
                && tokens.contains { view.tokens[$0].span.overlaps(quantity.span) }
        }
        return Set(tokens.filter { isContent($0, view) }.map(view.lemma)).sorted()
            + numbers.compactMap(\.value).map { "#\(Int($0))" }
    }

    func words(of token: Int, _ view: SentenceView) -> [String] { words(members(token, view), view) }

    private func isContent(_ token: Int, _ view: SentenceView) -> Bool {
        let word = view.tokens[token]
        guard ["NOUN", "VERB", "PROPN"].contains(word.upos), word.lemma.count > 2 else { return false }
        let isState = view.actors.contains {
            $0.tokens.contains(token) && $0.code.body != nil && $0.code.sector == nil
                && !($0.isPlace && $0.name.lowercased() != word.form.lowercased())
        }
        if isState || view.times.contains(where: { $0.span.overlaps(word.span) }) { return false }
        return lexicon.kind("agreements-light", view.lemma(token)) == nil
    }

    /// The verb of what is promised or done, with its particle; the noun behind a light verb: "hold a meeting".
    func act(_ token: Int, _ view: SentenceView) -> String? {
        guard view.isVerb(token) else { return view.lemma(token) }
        let particle = view.children(token, "advmod").first { child in
            child == token + 1 && view.tokens[child].upos == "ADV" && view.lemma(child).count < 5
        }
        let phrase = particle.map { "\(view.lemma(token)) \(view.lemma($0))" } ?? view.phrase(token)
        guard phrase == view.lemma(token), lexicon.kind("agreements-light", phrase) != nil else { return phrase }
        let object =
            view.children(token, "obj").first
            ?? view.children[token].first { view.tokens[$0].relation == "nsubj:pass" }
        return object.map(view.lemma) ?? phrase
    }

    /// The things that are acted on: objects, the subject of a passive or of what moves by itself.
    func cores(_ token: Int, _ view: SentenceView) -> [String] {
        if !view.isVerb(token) { return Set(view.coordinated(token).map(view.lemma)).sorted() }
        let heads = view.children(token, "obj", "nsubj", "xcomp").flatMap { view.coordinated($0) }
        let inner = heads.flatMap { view.nouns(of: $0, with: ["of"]) }
        let known = (heads + inner).filter { view.isNoun($0) && isContent($0, view) }
        return Set(known.map(view.lemma)).sorted()
    }

    /// Ordinals and names that tell one of several alike from the others: "the second boat", "at Paga".
    func marks(_ tokens: [Int], _ view: SentenceView) -> [String] {
        Set(tokens.map(view.lemma).filter { lexicon.kind("agreements-order", $0) == "ordinal" }).sorted()
    }

    /// The number of things that an act is about.
    func number(_ token: Int, _ view: SentenceView) -> Double? {
        let objects = view.children(token, "obj", "nsubj") + (view.isVerb(token) ? [] : [token])
        return objects.lazy.compactMap { object in
            view.quantities.first { quantity in
                quantity.kind == "count" && view.tokens(in: quantity.span).contains { $0 == object }
            }?.value
        }.first
    }

    /// The words of a clause for readers.
    func shortened(_ view: SentenceView, _ token: Int, until end: Int? = nil) -> String {
        var range = view.subtree(token)
        if let conjunct = end.map({ view.subtree($0).lowerBound }), conjunct > token {
            range = range.lowerBound...(conjunct - 1)
        }
        if !view.isVerb(token), let opener = view.children(token, "case").filter({ $0 < token }).max() {
            range = min(opener + 1, token)...range.upperBound
        }
        let subject = view.children(token, "nsubj").first
        if view.isVerb(token), let subject, subject < token, view.relation(token) != "xcomp" {
            range = view.subtree(subject).lowerBound...range.upperBound
        } else if view.isVerb(token) {
            range = token...max(token, range.upperBound)
        }
        if range.count > 18 { range = range.lowerBound...(range.lowerBound + 17) }
        var text = view.text(range).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .trimmed(of: [",", ".", ";", ":", "\"", "”"])
        for ending in [" and", " or", ","] where text.hasSuffix(ending) { text = String(text.dropLast(ending.count)) }
        return text
    }
}

extension SentenceView {
    /// The first time under a token.
    func dates(under token: Int, _ maker: StatementMaker) -> (value: String, basis: String)? {
        maker.dates(self).first { time in
            tokens(in: time.span).contains { ([$0] + ancestors($0)).contains(token) }
        }.map { ($0.value, $0.basis) }
    }
}

extension String {
    /// The text without some characters at its end.
    func trimmed(of characters: Set<Character>) -> String {
        var out = self[...]
        while let last = out.last, characters.contains(last) || last.isWhitespace { out.removeLast() }
        return String(out)
    }
}
