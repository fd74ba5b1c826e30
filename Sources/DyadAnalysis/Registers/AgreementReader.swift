import DyadCodebook
import DyadCore

/// Finds agreements, promises with their due days, and what may follow them up.
struct AgreementReader {
    let lexicon: RegisterLexicon
    let maker: StatementMaker

    func statements(_ view: SentenceView) -> [RegisterStatement] {
        var out: [RegisterStatement] = []
        for token in view.tokens.indices {
            if view.isVerb(token) || view.tokens[token].upos == "ADJ" {
                if let statement = verb(token, view) { out.append(statement) }
            } else if view.isNoun(token), let statement = noun(token, view) {
                out.append(statement)
            }
        }
        return out + followUps(view, besides: out)
    }

    // MARK: - Verbs

    private func verb(_ token: Int, _ view: SentenceView) -> RegisterStatement? {
        let pos = view.isVerb(token) ? "v" : "a"
        if let cue = lexicon.cue("agreements", view.phrase(token), pos) {
            switch cue.step {
            case "promised": return promise(token, view, isImpersonal: cue.subject.isEmpty)
            case "agreed", "talks", "ended", "kept", "missed": return agreement(token, cue, view)
            default: return nil
            }
        }
        return announced(token, view)
    }

    /// "promised to reopen two crossings by July 15", "is due to meet on July 9".
    private func promise(_ token: Int, _ view: SentenceView, isImpersonal: Bool) -> RegisterStatement? {
        guard !view.isNegated(token), !view.isPossible(token) else { return nil }
        let clause = view.children(token, "xcomp", "ccomp").first
        guard let content = clause ?? view.children(token, "obj").first, isImpersonal ? clause != nil : true else {
            return nil
        }
        if clause == nil, lexicon.kind("agreements", view.lemma(content)) != nil { return nil }
        let due = due(content, view) ?? due(token, view)
        if isImpersonal, due == nil { return nil }
        let subject = subjects(token, view)
        var others = view.nouns(of: token, with: ["to", "with"]) + view.children(token, "iobj")
        others += view.nouns(of: content, with: ["to", "with"])
        return commitment(
            token, content, due: due, by: subject, to: others.flatMap { view.actors(at: $0) }, view)
    }

    /// "Under the text Ethiopia will pull back its police by the end of June": an actor, a future, a day.
    private func announced(_ token: Int, _ view: SentenceView) -> RegisterStatement? {
        let isFuture = view.isFuture(token) || isToBe(token, view)
        guard isFuture, !view.isNegated(token), let due = due(token, view) else { return nil }
        let subject = subjects(token, view)
        guard !subject.isEmpty else { return nil }
        return commitment(token, token, due: due, by: subject, to: [], view)
    }

    /// "is to leave": the verb hangs on a form of "be" with "to".
    private func isToBe(_ token: Int, _ view: SentenceView) -> Bool {
        let head = view.tokens[token].head
        return view.relation(token) == "xcomp" && head >= 0 && view.lemma(head) == "be"
            && view.children(token, "mark").contains { view.lemma($0) == "to" }
    }

    private func commitment(
        _ token: Int, _ content: Int, due: (value: String, span: Span)?, by subject: [ActorMention],
        to others: [ActorMention], _ view: SentenceView
    ) -> RegisterStatement? {
        let words = contentWords(content, view)
        guard !words.isEmpty else { return nil }
        var out = maker.statement(.agreements, step: "promised", view: view, at: view.tokens[content].span)
        out.category = "commitment"
        out.subject = shortened(view, content)
        out.words = words
        out.due = due?.value
        out.parties = maker.parties("promisor", subject)
        let known = Set(out.parties.map(\.key))
        out.parties += maker.parties("counterpart", others).filter { !known.contains($0.key) }
        addPair(&out, isSpoken: !subject.isEmpty)
        guard !out.bodies.isEmpty else { return nil }
        maker.date(&out, at: view.tokens[token].span, view, without: due?.span)
        clampDate(&out, contentDate: content == token ? nil : view.dates(under: content, maker)?.value)
        return out
    }

    /// A promise is made before it is due; what the text dates later is the due day.
    private func clampDate(_ out: inout RegisterStatement, contentDate: String?) {
        // A time inside what is promised is not when it was promised.
        if out.dateBasis != "publication", let contentDate, contentDate == out.date {
            if out.due == nil, let days = DayRange(contentDate), days.last >= maker.article.documentTime ?? days.last {
                out.due = contentDate
            }
            (out.date, out.dateBasis) = (out.published, out.published == nil ? nil : "publication")
        }
        guard let made = out.date.flatMap({ DayRange($0) }),
            let published = out.published.flatMap({ CalendarDate($0) }),
            made.first > published
        else { return }
        if out.due == nil { out.due = out.date }
        out.date = out.published
        out.dateBasis = "publication"
    }

    // MARK: - Agreements

    /// "signed an agreement to set up a commission", "suspended the treaty", "did not carry out its promise".
    private func agreement(_ token: Int, _ cue: RegisterLexicon.Cue, _ view: SentenceView) -> RegisterStatement? {
        let object =
            view.children(token, "obj").first
            ?? view.children[token].first { view.tokens[$0].relation == "nsubj:pass" }
            ?? view.nouns(of: token, with: ["from", "on", "with"]).first
        guard let object, let kind = lexicon.kind("agreements", view.lemma(object)) else { return nil }
        let isNegated = view.isNegated(token)
        let step = isNegated ? cue.negated : cue.step
        guard !step.isEmpty, !view.isPossible(token) else { return nil }
        let isPromise = kind == "commitment"
        if isPromise, step == "agreed" || step == "talks" { return nil }
        var out = maker.statement(
            .agreements, step: view.isFuture(token) && step == "agreed" ? "talks" : step, view: view,
            at: view.tokens[object].span)
        out.category = kind
        out.subject = shortened(view, object)
        out.words = contentWords(object, view, isWhole: true).filter { lexicon.kind("agreements", $0) == nil }
        if isPromise, out.words.isEmpty { return nil }
        let subject = subjects(token, view)
        let with = (view.nouns(of: token, with: ["with"]) + view.nouns(of: object, with: ["with", "between"]))
            .flatMap { view.actors(at: $0) }
        out.parties = maker.parties("party", subject + with)
        addPair(&out, isSpoken: !subject.isEmpty)
        guard out.bodies.count > 1 || isPromise && !out.bodies.isEmpty else { return nil }
        maker.date(&out, at: view.tokens[token].span, view)
        return out
    }

    /// "commitments made during the council meeting in February": a promise that is only named.
    private func noun(_ token: Int, _ view: SentenceView) -> RegisterStatement? {
        guard let cue = lexicon.cue("agreements", view.lemma(token), "n"), cue.step == "promised" else { return nil }
        let made = view.children(token, "acl").first { ["make", "give", "enter"].contains(view.lemma($0)) }
        let owner = view.owner(token)
        let content = view.children(token, "acl").first { child in
            view.children(child, "mark").contains { view.lemma($0) == "to" }
        }
        guard made != nil || (owner != nil && content != nil) else { return nil }
        var out = maker.statement(.agreements, step: "promised", view: view, at: view.tokens[token].span)
        out.category = "commitment"
        out.subject = shortened(view, token)
        out.words = contentWords(content ?? made ?? token, view)
        out.parties = owner.map { maker.parties("promisor", [$0]) } ?? []
        if let made {
            let by = view.nouns(of: made, with: ["by"]).flatMap { view.actors(at: $0) }
            out.parties += maker.parties("promisor", by.filter { $0.code.body != nil })
        }
        if out.bodies.isEmpty {
            out.parties += maker.pair.map { RegisterParty(role: "promisor", code: $0.code, name: $0.name) }
        }
        guard !out.bodies.isEmpty else { return nil }
        out.due = content.flatMap { due($0, view)?.value }
        let dated = view.dates(under: made ?? token, maker)
        if let dated {
            out.date = dated.value
            out.dateBasis = dated.basis
        } else {
            maker.date(&out, at: view.tokens[token].span, view)
        }
        return out
    }

    // MARK: - Follow-ups

    /// Clauses that tell of a deed or of its absence, with the words by which a promise may know them.
    private func followUps(_ view: SentenceView, besides own: [RegisterStatement]) -> [RegisterStatement] {
        view.tokens.indices.compactMap { token in
            guard isClause(token, view), !view.isFuture(token), !view.isPossible(token),
                lexicon.cue("agreements", view.phrase(token), "v")?.step != "promised"
            else { return nil }
            let outcome = outcome(token, view)
            let event = view.events.first { $0.triggerSpan.overlaps(view.tokens[token].span) }
            let told: Set<Factuality> = [.asserted, .alleged, .negated, .denied]
            if let event, !told.contains(event.factuality) { return nil }
            guard outcome != nil || event != nil else { return nil }
            return followUp(token, outcome ?? (isUndone(event) ? "undone" : "done"), view)
        }
    }

    private func isUndone(_ event: Event?) -> Bool { event?.factuality == .negated || event?.factuality == .denied }

    private func isClause(_ token: Int, _ view: SentenceView) -> Bool {
        guard view.tokens[token].upos == "VERB" else { return false }
        return ["root", "conj", "ccomp", "parataxis", "advcl", "acl"].contains(view.relation(token))
            && !view.children(token, "mark").contains { ["if", "unless", "to"].contains(view.lemma($0)) }
    }

    /// `undone` for "did not", "never", "failed to"; `partly`; `done` for "as promised", "on time", "late".
    private func outcome(_ token: Int, _ view: SentenceView) -> String? {
        if view.isNegated(token) { return "undone" }
        let own = view.members(token, without: ["conj", "ccomp", "parataxis", "acl"])
        if own.contains(where: { view.lemma($0) == "fail" }) { return "undone" }
        if own.contains(where: { ["late", "punctually", "finally", "eventually"].contains(view.lemma($0)) }) {
            return "done"
        }
        if own.contains(where: { ["partly", "partially", "only"].contains(view.lemma($0)) }) { return "partly" }
        return nil
    }

    private func followUp(_ token: Int, _ step: String, _ view: SentenceView) -> RegisterStatement? {
        let words = contentWords(token, view)
        guard words.count > 1 else { return nil }
        var out = maker.statement(.agreements, step: step, view: view, at: view.tokens[token].span)
        out.category = "follow-up"
        out.words = words
        out.subject = shortened(view, token)
        out.parties = maker.parties("party", view.actors.filter { $0.code.body != nil })
        addPair(&out, isSpoken: true)
        guard !out.bodies.isEmpty else { return nil }
        maker.date(&out, at: view.tokens[token].span, view)
        return out
    }

    // MARK: - Parts

    /// Who promises or signs; "the two sides" are the article's pair.
    private func subjects(_ token: Int, _ view: SentenceView) -> [ActorMention] {
        var subject = view.subject(token)
        if subject == nil, view.tokens[token].upos == "ADJ" { subject = view.children(token, "nsubj").first }
        if subject == nil, view.isPassive(token) { subject = view.nouns(of: token, with: ["by"]).first }
        return subject.map { view.actors(at: $0).filter { $0.code.body != nil } } ?? []
    }

    /// One party alone, or none, is completed by the pair that the article is about.
    private func addPair(_ out: inout RegisterStatement, isSpoken: Bool) {
        let own = out.bodies
        guard own.count < 2, maker.pair.count == 2, own.allSatisfy({ body in maker.pair.contains { $0.code == body } })
        else {
            return
        }
        for party in maker.pair where !own.contains(party.code ?? "") {
            out.parties.append(
                RegisterParty(
                    role: own.isEmpty && !isSpoken ? "party" : "counterpart", code: party.code, name: party.name))
        }
    }

    /// A time under a verb that a preposition of a deadline opens, or that lies ahead.
    private func due(_ token: Int, _ view: SentenceView) -> (value: String, span: Span)? {
        let published = maker.article.documentTime
        for time in maker.times(view) {
            let own = view.tokens(in: time.span)
            guard let first = own.first, own.contains(where: { ([$0] + view.ancestors($0)).contains(token) }) else {
                continue
            }
            let opener =
                own.lazy.compactMap { view.preposition($0) }.first
                ?? (first > 0 ? view.lemma(first - 1) : "")
            let value = time.value.hasPrefix("../") ? String(time.value.dropFirst(3)) : time.value
            let isAhead = published.map { day in DayRange(value).map { $0.last >= day } ?? true } ?? true
            if ["by", "until", "before", "within"].contains(opener) && isAhead
                || published != nil && isAhead && ["in", "on", "from", "at"].contains(opener)
                    && value != published?.description
            {
                return (value, time.span)
            }
        }
        return nil
    }

    /// Nouns and verbs that tell what is meant, without actors, times and light words.
    private func contentWords(_ token: Int, _ view: SentenceView, isWhole: Bool = false) -> [String] {
        let times = view.times.map(\.span)
        var out: Set<String> = []
        let clauses: Set<String> = isWhole ? ["parataxis"] : ["conj", "advcl", "acl", "parataxis"]
        for member in view.members(token, without: clauses) + conjuncts(token, view) {
            let word = view.tokens[member]
            guard ["NOUN", "VERB", "PROPN"].contains(word.upos), word.lemma.count > 2 else { continue }
            if view.actors.contains(where: {
                $0.tokens.contains(member) && $0.code.body != nil && $0.code.sector == nil
            }) {
                continue
            }
            if times.contains(where: { $0.overlaps(word.span) }) { continue }
            let lemma = view.lemma(member)
            if lexicon.kind("agreements-light", lemma) == nil { out.insert(lemma) }
        }
        return out.sorted()
    }

    /// Nouns coordinated under a verb are part of what it says: "lift the ban and the quota".
    private func conjuncts(_ token: Int, _ view: SentenceView) -> [Int] {
        view.children(token, "obj", "nmod", "obl").flatMap { view.children($0, "conj") }
    }

    private func shortened(_ view: SentenceView, _ token: Int) -> String {
        var range = view.subtree(token)
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
        return view.text(range).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .trimmed(of: [",", ".", ";", ":", "\"", "”"])
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
