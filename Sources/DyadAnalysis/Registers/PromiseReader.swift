import DyadCodebook
import DyadCore

/// Finds promises: an actor, what it undertakes, and by when.
struct PromiseReader {
    let lexicon: RegisterLexicon
    let parts: AgreementParts
    /// Parties of what was agreed before in the article, for "the three countries".
    var earlier: [[RegisterParty]] = []

    private var maker: StatementMaker { parts.maker }

    /// One thing that is promised.
    private struct Content {
        /// Verb of the promised act, or the promised thing.
        var head: Int
        var tokens: [Int]
        var due: AgreementParts.Due?
        /// Words that stand for what an elliptic clause leaves out.
        var borrowed: [String] = []
        /// The next promise of the same sentence.
        var end: Int?
    }

    func statements(_ token: Int, _ view: SentenceView) -> [RegisterStatement] {
        if view.isVerb(token) || view.tokens[token].upos == "ADJ" {
            let pos = view.isVerb(token) ? "v" : "a"
            if let cue = lexicon.cue("agreements", view.phrase(token), pos) {
                if cue.step == "promised" { return promise(token, view, isImpersonal: cue.subject.isEmpty) }
                let object = view.children[token].first { ["obj", "nsubj:pass"].contains(view.tokens[$0].relation) }
                if object.map({ lexicon.kind("agreements", view.lemma($0)) != nil }) ?? false { return [] }
            }
            return announced(token, view)
        }
        return view.isNoun(token) ? named(token, view) : []
    }

    // MARK: - "promised to reopen", "is due to meet", "had promised"

    private func promise(_ token: Int, _ view: SentenceView, isImpersonal: Bool) -> [RegisterStatement] {
        guard !parts.isNegated(token, view), !view.isPossible(token), view.tokens.last?.form != "?",
            !(isImpersonal && view.relation(token) == "acl")
        else { return [] }
        let subject = subjects(token, view)
        let contents = contents(token, view, isImpersonal)
        var others = view.nouns(of: token, with: ["to", "with"]) + view.children(token, "iobj")
        return contents.flatMap { content -> [RegisterStatement] in
            let isRecalled = isRecalled(token, content.head, view)
            if isImpersonal, content.due == nil, !isOwnWord(token, subject, view),
                !parts.hasDeadlineNoun(content.head, view)
            {
                return []
            }
            others += view.nouns(of: content.head, with: ["to", "with"])
            let by = subject.isEmpty && isImpersonal ? speaker(token, view) : subject
            let made = commitment(
                token, content, by: by, to: others.flatMap { view.actors(at: $0) }, isRecalled: isRecalled, view)
            return made.map { [$0] } ?? []
        }
    }

    /// What a promising word promises: each of its clauses, else its object.
    private func contents(_ token: Int, _ view: SentenceView, _ isImpersonal: Bool) -> [Content] {
        // "committed itself to cutting".
        let gerund = view.children(token, "advcl").first { child in
            view.isVerb(child) && view.children(child, "mark").contains { view.lemma($0) == "to" }
                && view.tokens[child].form.hasSuffix("ing")
        }
        let clauses = view.children(token, "xcomp", "ccomp").filter { view.isVerb($0) || view.isNoun($0) }
        if let clause = clauses.first ?? gerund {
            let all = [clause] + view.children(clause, "conj").filter { isPromised($0, view) }
            return all.enumerated().flatMap { place, verb in
                verbContents(verb, token, view, until: place + 1 < all.count ? all[place + 1] : nil)
            }
        }
        let relative = view.relation(token) == "acl" ? view.tokens[token].head : -1
        let object =
            relative >= 0
            ? relative
            : view.children(token, "obj").first
                ?? (isImpersonal ? view.children[token].first { view.tokens[$0].relation == "nsubj:pass" } : nil)
        guard let object, view.isNoun(object) || relative >= 0 else { return [] }
        let due = parts.due(token, view, isPast: relative >= 0) ?? parts.due(object, view)
        let isAgreement = lexicon.kind("agreements", view.lemma(object)) != nil
        if isImpersonal && due == nil && relative < 0 && view.lemma(token) != "prepare" { return [] }
        if isAgreement, due == nil { return [] }
        let beside = view.nouns(of: token, with: ["for"]).flatMap { parts.members($0, view) }
        return [Content(head: object, tokens: parts.members(object, view) + beside, due: due)]
    }

    /// A coordinated clause that is promised too: "and to hold talks".
    private func isPromised(_ token: Int, _ view: SentenceView) -> Bool {
        view.isVerb(token)
            && (view.children(token, "mark").contains { view.lemma($0) == "to" }
                || view.children(token, "nsubj").isEmpty && view.tokens[token].feats.contains("VerbForm=Inf"))
    }

    /// A verb and what its ellipses add: "deliver the first boat by June and the second by September".
    private func verbContents(_ verb: Int, _ token: Int, _ view: SentenceView, until end: Int?) -> [Content] {
        let isPast = view.relation(token) == "acl"
        let tokens = parts.members(verb, view)
        // "which Austria had promised to finish": the thing stands above the clause.
        let above = isPast && view.isVerb(token) ? [view.tokens[token].head].filter { $0 >= 0 } : []
        let due = parts.due(verb, view, isPast: isPast) ?? parts.due(token, view, isPast: isPast)
        var out = [Content(head: verb, tokens: tokens + above, due: due, end: end)]
        for gap in view.members(verb) where view.children[gap].contains(where: { view.relation($0) == "orphan" }) {
            let orphan = view.children(gap, "orphan").first ?? gap
            let marks = Set(parts.marks(tokens, view))
            let time = view.times.first { view.tokens(in: $0.range?.span ?? $0.span).contains(orphan) }
            let value = time.flatMap { $0.range?.value ?? $0.value }.map {
                $0.hasPrefix("../") ? String($0.dropFirst(3)) : $0
            }
            out.append(
                Content(
                    head: verb,
                    tokens: view.members(gap).filter { !["CCONJ", "PUNCT"].contains(view.tokens[$0].upos) },
                    due: value.flatMap { text in time.map { (text, $0.span) } },
                    borrowed: parts.words(tokens, view).filter { !marks.contains($0) }))
            out[0].end = out[0].end ?? view.children(gap, "cc").first ?? gap
        }
        return out
    }

    /// "had promised", "the buses promised by India": an earlier promise that the report comes back to.
    private func isRecalled(_ token: Int, _ head: Int, _ view: SentenceView) -> Bool {
        view.relation(token) == "acl"
            || view.children(token, "aux").contains { view.tokens[$0].form.lowercased() == "had" }
    }

    // MARK: - "Egypt is to hand over two tugs by November"

    /// An actor, a future, and a day, a deal behind it, or the actor's own word for it.
    private func announced(_ token: Int, _ view: SentenceView) -> [RegisterStatement] {
        let voice = maker.voice(over: view.tokens[token].span, view)
        let isWould = view.children(token, "aux").contains { view.lemma($0) == "would" }
        let isSaid = isWould && (voice != nil || !bound(token, view).isEmpty)
        guard view.isFuture(token) || isToBe(token, view) || isSaid, !view.isNegated(token), !isHedged(token, view)
        else { return [] }
        let due = parts.due(token, view)
        let subject = subjects(token, view)
        let content = Content(head: token, tokens: parts.members(token, view), due: due)
        if !subject.isEmpty {
            guard due != nil || isOwnWord(token, subject, view) && isDeed(token, view) else { return [] }
            return commitment(token, content, by: subject, to: others(token, view), isRecalled: false, view).map {
                [$0]
            } ?? []
        }
        let bound = bound(token, view)
        guard !bound.isEmpty || due != nil else { return [] }
        let by = bound.isEmpty ? speaker(token, view) : bound
        guard !by.isEmpty else { return [] }
        return commitment(token, content, by: by, to: [], isRecalled: false, view).map { [$0] } ?? []
    }

    private func others(_ token: Int, _ view: SentenceView) -> [ActorMention] {
        view.nouns(of: token, with: ["to", "with", "against"]).flatMap { view.actors(at: $0) }
    }

    /// "is to leave": the verb hangs on a form of "be" with "to", or has it as its copula.
    private func isToBe(_ token: Int, _ view: SentenceView) -> Bool {
        guard view.children(token, "mark").contains(where: { view.lemma($0) == "to" }) else { return false }
        let head = view.tokens[token].head
        return view.relation(token) == "xcomp" && head >= 0 && view.lemma(head) == "be"
            || view.children(token, "cop", "aux").contains { view.lemma($0) == "be" }
    }

    /// "would have left", "if it would leave".
    private func isHedged(_ token: Int, _ view: SentenceView) -> Bool {
        view.children(token, "aux").contains { view.lemma($0) == "have" }
            || view.children(token, "mark").contains { lexicon.kind("agreements-conditions", view.lemma($0)) != nil }
    }

    /// A deed with an object or a target, and no talk or state.
    private func isDeed(_ token: Int, _ view: SentenceView) -> Bool {
        let verb = view.lemma(token)
        return lexicon.kind("agreements-light", verb) == nil && lexicon.kind("agreements-vague", verb) == nil
            && !view.children(token, "obj").isEmpty && parts.words(of: token, view).count > 1
    }

    /// True when the one who speaks is the one who will act.
    private func isOwnWord(_ token: Int, _ subject: [RegisterParty], _ view: SentenceView) -> Bool {
        guard let body = maker.voice(over: view.tokens[token].span, view)?.actor?.body else { return false }
        return subject.isEmpty || subject.contains { $0.code == body }
    }

    /// The body of the source that speaks the clause.
    ///
    /// Where only the things named in the clause gave an unnamed official his country, the other side of the article speaks.
    private func speaker(_ token: Int, _ view: SentenceView) -> [RegisterParty] {
        guard let voice = maker.voice(over: view.tokens[token].span, view), let body = voice.actor?.body else {
            return []
        }
        let named = view.actors.filter { $0.code.body == body && $0.code.sector == nil }
        let isNamed = named.contains { mention in voice.sourceSpan.map { $0.overlaps(mention.span) } ?? true }
        let clause = Set(view.members(token))
        if !isNamed, named.contains(where: { clause.contains($0.head) && $0.isModifier }), maker.pair.count == 2,
            let other = maker.pair.first(where: { $0.code != body }), maker.pair.contains(where: { $0.code == body })
        {
            return [RegisterParty(role: "party", code: other.code, name: other.name)]
        }
        return [maker.party(body, role: "party")]
    }

    /// Whom "under the deal of the two" or "under the government's timetable" binds.
    private func bound(_ token: Int, _ view: SentenceView) -> [RegisterParty] {
        for noun in view.nouns(of: token, with: ["under"]) {
            let isDeal = lexicon.kind("agreements", view.lemma(noun)) != nil
            guard isDeal || lexicon.kind("agreements-plans", view.lemma(noun)) != nil else { continue }
            let inside = Set(view.members(noun))
            let named = view.actors.filter { inside.contains($0.head) && $0.code.body != nil && !$0.isPlace }
            if !named.isEmpty { return maker.parties("party", named) }
            let isKnown = view.children(noun, "det").contains {
                lexicon.kind("agreements-known", view.lemma($0)) != nil
            }
            if isDeal, isKnown { return earlier.last ?? maker.pair }
        }
        return []
    }

    // MARK: - "its pledge to deliver four ferries"

    /// A promise that is only named.
    private func named(_ token: Int, _ view: SentenceView) -> [RegisterStatement] {
        guard let cue = lexicon.cue("agreements", view.lemma(token), "n"), cue.step == "promised" else { return [] }
        let clauses = view.children(token, "acl", "ccomp")
        let made = clauses.first { ["make", "give", "enter"].contains(view.lemma($0)) }
        let content = clauses.first { child in
            view.children(child, "mark").contains { ["to", "that"].contains(view.lemma($0)) } || view.isFuture(child)
        }
        let governor = view.tokens[token].head
        let isObject = governor >= 0 && view.relation(token) == "obj" && view.isVerb(governor)
        var owner = view.owner(token).map { maker.parties("party", [$0]) } ?? []
        if owner.isEmpty, content != nil {
            owner = maker.parties("party", view.nouns(of: token, with: ["by", "of"]).flatMap { view.actors(at: $0) })
        }
        if owner.isEmpty, content != nil, isObject { owner = subjects(governor, view) }
        guard made != nil || !owner.isEmpty && content != nil else { return [] }
        guard let content else { return nominal(token, made, owner, view).map { [$0] } ?? [] }
        let all = [content] + view.children(content, "conj").filter { isPromised($0, view) }
        return all.compactMap { verb in
            let item = Content(head: verb, tokens: parts.members(verb, view), due: parts.due(verb, view))
            return commitment(token, item, by: owner, to: others(verb, view), isRecalled: false, view)
        }
    }

    /// "commitments made during the council meeting in February": what they are is not said.
    private func nominal(_ token: Int, _ made: Int?, _ owner: [RegisterParty], _ view: SentenceView)
        -> RegisterStatement?
    {
        var out = maker.statement(.agreements, step: "promised", view: view, at: view.tokens[token].span)
        out.category = "commitment"
        out.subject = parts.shortened(view, token)
        out.words = parts.words(of: made ?? token, view)
        out.parties = owner.map { RegisterParty(role: "promisor", code: $0.code, name: $0.name) }
        if let made {
            let by = view.nouns(of: made, with: ["by"]).flatMap { view.actors(at: $0) }
            out.parties += maker.parties("promisor", by.filter { $0.code.body != nil })
        }
        if out.bodies.isEmpty {
            out.parties += maker.pair.map { RegisterParty(role: "promisor", code: $0.code, name: $0.name) }
        }
        guard !out.bodies.isEmpty else { return nil }
        if let dated = view.dates(under: made ?? token, maker) {
            (out.date, out.dateBasis) = (dated.value, dated.basis)
        } else {
            maker.date(&out, at: view.tokens[token].span, view)
        }
        return out
    }

    // MARK: - One promise

    /// Who promises, with "the three countries" as those who were named together before.
    private func subjects(_ token: Int, _ view: SentenceView) -> [RegisterParty] {
        let own = parts.subjects(token, view)
        return own.count > 1 ? own : counted(token, view) ?? own
    }

    /// Those who were named together before: "the same three capitals".
    func counted(_ token: Int, _ view: SentenceView) -> [RegisterParty]? {
        guard let subject = view.subject(token), view.isNoun(subject) else { return nil }
        let words = view.children(subject, "nummod", "det").map(view.lemma)
        guard let count = words.lazy.compactMap({ Int(lexicon.kind("agreements-number", $0) ?? "") }).first else {
            return nil
        }
        return earlier.last { Set($0.map(\.key)).count == count }
    }

    private func commitment(
        _ token: Int, _ content: Content, by subject: [RegisterParty], to others: [ActorMention], isRecalled: Bool,
        _ view: SentenceView
    ) -> RegisterStatement? {
        var words = Set(parts.words(content.tokens, view)).union(content.borrowed)
        let marks = Set(parts.marks(content.tokens, view))
        words.formUnion(marks)
        guard !words.subtracting(marks).isEmpty || isRecalled && !words.isEmpty else { return nil }
        let anchor = content.borrowed.isEmpty ? content.head : content.tokens.last ?? content.head
        var out = maker.statement(.agreements, step: "promised", view: view, at: view.tokens[anchor].span)
        out.category = "commitment"
        out.subject =
            content.borrowed.isEmpty
            ? parts.shortened(view, content.head, until: content.end)
            : ([content.head] + content.tokens).map { $0 == content.head ? view.lemma($0) : view.tokens[$0].form }
                .joined(separator: " ")
        out.words = words.sorted()
        out.act = view.isVerb(content.head) ? parts.act(content.head, view) : nil
        out.cores = content.tokens.isEmpty ? [] : parts.cores(content.head, view)
        out.marks = marks.sorted()
        out.count = content.borrowed.isEmpty ? parts.number(content.head, view) : nil
        out.isNegative = view.isNegated(content.head)
        out.isRecalled = isRecalled
        out.due = content.due?.value
        out.parties = subject.map {
            RegisterParty(
                role: $0.role == "party" && $0.code != nil ? "promisor" : $0.role, code: $0.code, name: $0.name)
        }
        let known = Set(out.parties.map(\.key))
        out.parties += maker.parties("counterpart", others).filter { !known.contains($0.key) && $0.code != nil }
        parts.addPair(&out, isSpoken: !subject.isEmpty)
        guard !out.bodies.isEmpty else { return nil }
        if isRecalled { return out }
        maker.date(&out, at: view.tokens[token].span, view, without: content.due?.span)
        let isInside = content.head != token
        clampDate(&out, contentDate: isInside ? view.dates(under: content.head, maker)?.value : nil)
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
}
