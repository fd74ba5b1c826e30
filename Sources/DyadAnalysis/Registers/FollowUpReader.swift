import DyadCodebook
import DyadCore

/// Finds clauses that tell of a deed or of its absence, with the words by which a promise may know them.
struct FollowUpReader {
    let lexicon: RegisterLexicon
    let parts: AgreementParts

    private var maker: StatementMaker { parts.maker }

    func statements(_ view: SentenceView) -> [RegisterStatement] {
        view.tokens.indices.compactMap { token in
            guard view.tokens[token].upos == "VERB", let governor = clause(token, view) else { return nil }
            guard !view.isFuture(token), !view.isPossible(token), !isPromise(token, view), !isSaying(token, view) else {
                return nil
            }
            let told: Set<Factuality> = [.asserted, .alleged, .negated, .denied]
            let event = view.events.first { $0.triggerSpan.overlaps(view.tokens[token].span) }
            if let event, !told.contains(event.factuality) { return nil }
            let outcome = governor.isEmpty ? outcome(token, view) : governor
            let isReference = refers(token, view)
            let isKnown = event != nil || isReference || lexicon.kind("agreements-kin", view.lemma(token)) != nil
            guard outcome != nil || isKnown else { return nil }
            let isUndone = event?.factuality == .negated || event?.factuality == .denied
            return followUp(
                token, outcome ?? (isUndone ? "undone" : "done"), view, isExplicit: isReference || outcome != nil)
        }
    }

    private func isPromise(_ token: Int, _ view: SentenceView) -> Bool {
        lexicon.cue("agreements", view.phrase(token), "v")?.step == "promised"
    }

    private func isSaying(_ token: Int, _ view: SentenceView) -> Bool {
        maker.article.attributions.contains { $0.cueSpan.overlaps(view.tokens[token].span) && !$0.content.isEmpty }
    }

    /// Nil for a clause that tells nothing that happened; else the outcome that its governing verb gives, or "".
    private func clause(_ token: Int, _ view: SentenceView) -> String? {
        let head = view.tokens[token].head
        if view.relation(token) == "xcomp", head >= 0 {
            if isYet(head, view) || isYet(token, view) { return "undone" }
            guard let kind = lexicon.kind("agreements-outcome", view.phrase(head)) else { return nil }
            return view.isNegated(head) ? (kind == "done" ? "undone" : nil) : kind
        }
        guard ["root", "conj", "ccomp", "parataxis", "advcl", "acl"].contains(view.relation(token)) else { return nil }
        if view.children(token, "mark").contains(where: { lexicon.kind("agreements-conditions", view.lemma($0)) != nil }
        ) {
            return nil
        }
        let isInfinitive = view.children(token, "mark").contains { view.lemma($0) == "to" }
        if isInfinitive { return isYet(token, view) ? "undone" : nil }
        return ""
    }

    /// "has yet to".
    private func isYet(_ token: Int, _ view: SentenceView) -> Bool {
        view.children(token, "advmod").contains { view.lemma($0) == "yet" } && !view.isNegated(token)
            && ["have", "be"].contains(view.lemma(token))
            || view.children(token, "advmod").contains {
                view.lemma($0) == "yet" && view.children(token, "mark").contains { view.lemma($0) == "to" }
            }
    }

    /// `undone` for "did not", "never"; `dropped` for "was called off"; `partly`; `done` for "on schedule", "late".
    private func outcome(_ token: Int, _ view: SentenceView) -> String? {
        if let kind = lexicon.kind("agreements-outcome", view.phrase(token)), kind != "done", !view.isNegated(token),
            view.children(token, "xcomp").isEmpty
        {
            return kind
        }
        if isLapse(token, view) { return "undone" }
        let own = parts.members(token, view)
        if parts.isNegated(token, view) { return isPart(token, view) ? "partly" : "undone" }
        if isSome(token, view) { return "partly" }
        if own.contains(where: { lexicon.kind("agreements-order", view.lemma($0)) == "part" }) { return "partly" }
        for member in own {
            let word = view.preposition(member).map { "\($0) \(view.lemma(member))" } ?? view.lemma(member)
            if lexicon.kind("agreements-outcome", word) == "done", !view.isVerb(member) { return "done" }
        }
        return nil
    }

    /// "The deadline passed without …".
    private func isLapse(_ token: Int, _ view: SentenceView) -> Bool {
        lexicon.kind("agreements-lapse", view.phrase(token)) != nil
            && view.children(token, "nsubj", "obj").contains { lexicon.kind("agreements-lapse", view.lemma($0)) != nil }
    }

    /// "extradited one of the two officers".
    private func isSome(_ token: Int, _ view: SentenceView) -> Bool {
        let things =
            view.children(token, "obj") + view.children[token].filter { view.tokens[$0].relation == "nsubj:pass" }
        return things.contains { thing in
            let isCount =
                view.tokens[thing].upos == "NUM" || lexicon.kind("agreements-order", view.lemma(thing)) == "part"
            return isCount && !view.nouns(of: thing, with: ["of"]).isEmpty
        }
    }

    /// "a fifth of the wagons had not left": some had.
    private func isPart(_ token: Int, _ view: SentenceView) -> Bool {
        view.children(token, "nsubj").contains { subject in
            view.quantities.contains {
                $0.kind == "percent" && $0.span.overlaps(view.span(view.subtree(subject)))
                    || ($0.value ?? 1) < 1 && $0.span.overlaps(view.span(view.subtree(subject)))
            } || view.members(subject).contains { lexicon.kind("agreements-order", view.lemma($0)) == "part" }
        }
    }

    /// "as promised", "later than announced", "the threatened ban", "the buses promised by India".
    private func refers(_ token: Int, _ view: SentenceView) -> Bool {
        func isWord(_ other: Int) -> Bool { lexicon.kind("agreements-reference", view.lemma(other)) != nil }
        let below = view.members(token, without: ["conj", "parataxis", "xcomp"]).filter { other in
            // A clause that is only said below the verb has references of its own.
            view.relation(other) != "ccomp" || view.tokens[other].head != token
                || view.children(other, "mark", "case").contains { ["as", "than"].contains(view.lemma($0)) }
        }
        return below.contains { other in
            guard other != token, isWord(other) else { return false }
            switch view.relation(other) {
            case "advcl", "ccomp":
                return view.children(other, "mark", "case").contains { ["as", "than"].contains(view.lemma($0)) }
            case "amod", "acl": return true
            default: return false
            }
        }
    }

    private func followUp(_ token: Int, _ step: String, _ view: SentenceView, isExplicit: Bool) -> RegisterStatement? {
        var tokens = parts.members(token, view)
        if view.children(token, "nsubj").isEmpty, let subject = view.subject(token) {
            tokens += parts.members(subject, view)
        }
        // What hangs on the thing names it: "the deadline for delivering the ferries".
        let below = tokens.flatMap { view.children($0, "acl") }.filter { !view.tokens[$0].relation.hasSuffix("relcl") }
        tokens += below.flatMap { parts.members($0, view) }
        let marks = Set(parts.marks(tokens, view))
        let words = Set(parts.words(tokens, view)).union(marks)
        guard words.count > 1 else { return nil }
        var out = maker.statement(.agreements, step: step, view: view, at: view.tokens[token].span)
        out.category = "follow-up"
        out.words = words.sorted()
        out.act = parts.act(token, view)
        out.cores = parts.cores(token, view) + below.flatMap { parts.cores($0, view) }
        out.marks = marks.sorted()
        out.count = parts.number(token, view)
        out.isExplicit = isExplicit
        out.refers = refers(token, view)
        out.subject = parts.shortened(view, token)
        setParties(&out, token, view)
        guard !out.bodies.isEmpty else { return nil }
        maker.date(&out, at: view.tokens[token].span, view)
        return out
    }

    private func setParties(_ out: inout RegisterStatement, _ token: Int, _ view: SentenceView) {
        let head = view.relation(token) == "xcomp" ? view.tokens[token].head : token
        let doers = parts.subjects(view.isPassive(token) ? token : head, view)
        out.parties = doers.map { RegisterParty(role: "doer", code: $0.code, name: $0.name) }
        let known = Set(out.parties.map(\.key))
        out.parties += maker.parties("party", view.actors.filter { $0.code.body != nil }).filter {
            !known.contains($0.key)
        }
        parts.addPair(&out, isSpoken: true)
    }
}
