import DyadCodebook
import DyadCore

/// Finds who bans or lists which organisation, when and under what law, and how many are listed.
struct DesignationReader {
    let lexicon: RegisterLexicon
    let maker: StatementMaker

    func statements(_ view: SentenceView) -> [RegisterStatement] {
        var out = counts(view)
        for token in view.tokens.indices where view.isVerb(token) {
            if let statement = verb(token, view) { out.append(statement) }
        }
        return out
    }

    // MARK: - Single listings

    /// "banned the group", "designated X as a terrorist organisation", "was added to the list".
    private func verb(_ token: Int, _ view: SentenceView) -> RegisterStatement? {
        guard let cue = lexicon.cue("designations", view.phrase(token), "v"), cue.step != "proposed",
            !view.isNegated(token), !view.isPossible(token)
        else { return nil }
        let isPassive = view.isPassive(token)
        let object =
            isPassive
            ? view.children[token].first { view.tokens[$0].relation == "nsubj:pass" }
            : view.children(token, "obj").first
        guard let object, let organisation = organisation(object, view), isListing(token, object, view) else {
            return nil
        }
        var out = maker.statement(
            .designations, step: view.isFuture(token) ? "proposed" : cue.step, view: view, at: view.tokens[token].span)
        let by = isPassive ? view.nouns(of: token, with: ["by"]).first : view.subject(token)
        out.parties = maker.parties("designator", by.map { view.actors(at: $0).filter { $0.code.body != nil } } ?? [])
        if out.parties.isEmpty, let owner = listOwner(view) { out.parties = [owner] }
        guard !out.parties.isEmpty, !out.parties.contains(where: { $0.code == organisation.code && $0.code != nil })
        else {
            return nil
        }
        out.parties.append(organisation)
        out.subject = organisation.name
        out.category = "organisation"
        out.law = law(view)
        maker.date(&out, at: view.tokens[token].span, view)
        return out
    }

    /// A weak verb needs a word that marks a list or a terrorist organisation.
    private func isListing(_ token: Int, _ object: Int, _ view: SentenceView) -> Bool {
        let word = view.lemma(token)
        if ["designate", "outlaw", "proscribe", "blacklist", "delist", "unban"].contains(word) { return true }
        let marks = view.members(token).filter { $0 != token }.contains { member in
            lexicon.kind("designations-marks", view.lemma(member)) != nil
        }
        if ["ban", "sanction"].contains(word) { return marks || isNamedGroup(object, view) }
        return marks
            && (view.members(token).contains {
                ["list", "organisation", "organization", "group", "entity"].contains(view.lemma($0))
            })
    }

    private func isNamedGroup(_ token: Int, _ view: SentenceView) -> Bool {
        lexicon.kind("designations", view.lemma(token)) != nil
            || view.actor(token).map { $0.kind == .organisation && $0.code.sector != "GOV" } ?? false
    }

    /// The organisation that a noun names: its own name, an apposition, or the noun itself.
    private func organisation(_ token: Int, _ view: SentenceView) -> RegisterParty? {
        if let mention = view.actors.first(where: { $0.tokens.contains(token) && $0.kind == .organisation }) {
            return RegisterParty(role: "organisation", code: mention.code.body, name: mention.name)
        }
        for child in view.children(token, "appos", "flat", "nmod") + [token] where view.tokens[child].upos == "PROPN" {
            return RegisterParty(role: "organisation", code: nil, name: nameText(child, view))
        }
        guard lexicon.kind("designations", view.lemma(token)) != nil,
            view.relation(token) != "obj" || !view.children(token, "compound").isEmpty
        else { return nil }
        return RegisterParty(role: "organisation", code: nil, name: view.text(view.subtree(token).lowerBound...token))
    }

    private func nameText(_ token: Int, _ view: SentenceView) -> String {
        let own =
            [token]
            + view.children(token, "flat", "compound", "punct").filter { child in
                view.relation(child) != "punct" || view.tokens[child].form == "-"
            }
        guard let first = own.min(), var last = own.max() else { return view.tokens[token].form }
        while last > first, view.tokens[last].upos == "PUNCT" { last -= 1 }
        return view.text(first...last)
    }

    // MARK: - Counts

    /// "a list of 64 banned organisations, the most recent of which, X, was added on 30 December".
    private func counts(_ view: SentenceView) -> [RegisterStatement] {
        view.quantities.compactMap { quantity in
            guard quantity.kind == "count", let head = view.tokens(in: quantity.span).last(where: { view.isNoun($0) }),
                lexicon.kind("designations", view.lemma(head)) != nil,
                view.tokens(in: quantity.span).contains(where: {
                    lexicon.kind("designations-marks", view.lemma($0)) != nil
                })
                    || view.ancestors(head).prefix(2).contains(where: {
                        view.lemma($0) == "list" || view.lemma($0) == "blacklist"
                    })
            else { return nil }
            return count(quantity, head, view)
        }
    }

    private func count(_ quantity: Quantity, _ head: Int, _ view: SentenceView) -> RegisterStatement? {
        var out = maker.statement(.designations, step: "listed", view: view, at: quantity.span)
        let subject = view.ancestors(head).lazy.filter { view.isVerb($0) }.compactMap { view.subject($0) }.first
        out.parties = maker.parties(
            "designator", subject.map { view.actors(at: $0).filter { $0.code.body != nil } } ?? [])
        if out.parties.isEmpty, let owner = listOwner(view) { out.parties = [owner] }
        guard !out.parties.isEmpty else { return nil }
        (out.number, out.low, out.high) = (quantity.value, quantity.low, quantity.high)
        out.unit = "organisation"
        out.category = "count"
        out.subject = quantity.of ?? quantity.text
        out.law = law(view)
        if let latest = latest(head, view) {
            out.designation = latest
            out.parties.append(RegisterParty(role: "organisation", code: nil, name: latest))
        }
        maker.date(&out, at: latestSpan(head, view) ?? quantity.span, view)
        return out
    }

    /// The name of the newest one: an apposition beside "most recent", "latest", "newest", "last".
    private func latest(_ head: Int, _ view: SentenceView) -> String? {
        latestToken(head, view).map { nameText($0, view) }
    }

    private func latestSpan(_ head: Int, _ view: SentenceView) -> Span? {
        latestToken(head, view).map { view.tokens[$0].span }
    }

    private func latestToken(_ head: Int, _ view: SentenceView) -> Int? {
        let below = view.members(head)
        guard
            let mark = below.first(where: {
                ["recent", "late", "latest", "new", "last"].contains(view.lemma($0)) && $0 > head
            })
        else { return nil }
        let near = view.members(mark) + view.children[view.tokens[mark].head]
        return near.first {
            view.tokens[$0].upos == "PROPN" && ["appos", "nsubj", "nmod"].contains(view.relation($0)) && $0 > head
        }
            ?? below.first { view.tokens[$0].upos == "PROPN" && $0 > mark && view.relation($0) != "flat" }
    }

    // MARK: - Parts

    /// Whose list it is: "Pakistan's list of …".
    private func listOwner(_ view: SentenceView) -> RegisterParty? {
        for token in view.tokens.indices where ["list", "blacklist"].contains(view.lemma(token)) {
            if let owner = view.owner(token) { return maker.party("designator", owner) }
        }
        return nil
    }

    /// "under the Anti-Terrorism Act", "resolution 1267".
    private func law(_ view: SentenceView) -> String? {
        for token in view.tokens.indices where lexicon.kind("designations-law", view.lemma(token)) != nil {
            guard view.preposition(token) == "under" || view.tokens[token].upos == "PROPN" else { continue }
            let range = view.subtree(token)
            let first = view.children(token, "case").max().map { $0 + 1 } ?? range.lowerBound
            guard first <= range.upperBound, range.upperBound - first < 12 else { continue }
            return view.text(first...range.upperBound).trimmed(of: [",", "."])
        }
        return nil
    }
}
