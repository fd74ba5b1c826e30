import DyadCodebook
import DyadCore

/// Finds arms transfers: a weapon, the word that moves it, and who stands on either side.
struct ArmsReader {
    let lexicon: RegisterLexicon
    let maker: StatementMaker
    /// What the article last said of a transfer, for "the deal" and "the helicopters".
    var last: RegisterStatement?
    var lastSentence = 0
    /// The same with what was said of arms in general.
    var latest: RegisterStatement?
    var latestSentence = 0
    /// "Argentina." at the head of a short item: who the item is about.
    var heading: (party: RegisterParty, block: Int)?

    init(lexicon: RegisterLexicon, maker: StatementMaker) {
        self.lexicon = lexicon
        self.maker = maker
    }

    mutating func statements(_ view: SentenceView) -> [RegisterStatement] {
        var out: [RegisterStatement] = []
        if let found = headingParty(view) { heading = (found, view.block) }
        let items = items(view)
        for item in items {
            guard let chain = chain(item.head, view), let statement = statement(item, chain, view) else { continue }
            let isSpecific = statement.category != "arms" || statement.number != nil
            out.append(statement)
            (latest, latestSentence) = (statement, view.index)
            if isSpecific || last == nil { (last, lastSentence) = (statement, view.index) }
        }
        if out.isEmpty, let statement = aboutTheDeal(view) {
            out.append(statement)
            (last, lastSentence) = (statement, view.index)
        }
        return out
    }

    // MARK: - Items

    /// A weapon in a sentence.
    struct Item {
        var head: Int
        var kind: String
        var text: String
        var designation: String?
        var quantity: Quantity?
        /// Several items of one list stand at the first.
        var phrase: ClosedRange<Int>
    }

    private func items(_ view: SentenceView) -> [Item] {
        var out: [Item] = []
        for token in view.tokens.indices where view.isNoun(token) {
            guard let (kind, _) = view.thing("arms", endingAt: token, lexicon),
                kind != "engine" || isCounted(token, view)
            else { continue }
            // A word of a company's name is no weapon.
            if view.actors.contains(where: {
                $0.tokens.contains(token) && $0.tokens.count > 1 && $0.kind == .organisation
            }) {
                continue
            }
            // A weapon that only names another noun's kind: "helicopter engine", "arms supplier", "missile attack".
            if view.relation(token) == "compound"
                || view.relation(token) == "nmod" && view.tokens[token].head == token + 1
            {
                continue
            }
            let phrase = nounPhrase(token, view)
            let quantity = view.quantities.first {
                ["count", "number"].contains($0.kind) && $0.span.overlaps(view.span(phrase))
            }
            out.append(
                Item(
                    head: token, kind: kind, text: view.text(phrase), designation: designation(phrase, token, view),
                    quantity: quantity, phrase: phrase))
        }
        return out
    }

    func isCounted(_ token: Int, _ view: SentenceView) -> Bool {
        !view.children(token, "nummod").isEmpty
    }

    /// The noun with what stands before it.
    private func nounPhrase(_ head: Int, _ view: SentenceView) -> ClosedRange<Int> {
        var low = head
        for child in view.children[head] where child < head {
            if ["compound", "amod", "nummod", "flat"].contains(view.relation(child)) {
                low = min(low, view.subtree(child).lowerBound)
            }
        }
        return low...head
    }

    /// Capital letters and digits before the noun: `ATAK`, `CH-95`, `Bayraktar TB2`; never a country.
    private func designation(_ phrase: ClosedRange<Int>, _ head: Int, _ view: SentenceView) -> String? {
        let own = phrase.filter { token in
            guard token < head, view.relation(token) != "nummod",
                view.tokens[token].upos != "NUM" || isCode(token, view)
            else { return false }
            if view.actors.contains(where: {
                $0.tokens.contains(token) && $0.code.body != nil && !$0.tokens.contains(head)
            }) {
                return false
            }
            return view.tokens[token].upos == "PROPN" || isCode(token, view) || view.tokens[token].form == "-"
        }
        guard let first = own.first(where: { view.tokens[$0].form != "-" }),
            var last = own.last(where: { view.tokens[$0].form != "-" })
        else { return nil }
        // "F-16" is one word to the reader and three to the tokeniser.
        while last + 1 < head, !view.tokens[last].spaceAfter { last += 1 }
        let text = view.text(first...last)
        return text.utf8.count > 1 && text.utf8.count < 30 ? text : nil
    }

    /// Letters with digits: `H225M`, `TB2`.
    private func isCode(_ token: Int, _ view: SentenceView) -> Bool {
        let form = view.tokens[token].form
        return form.contains { $0.isNumber } && form.contains { $0.isUppercase }
    }

    // MARK: - Cues

    /// Words above an item that move it, from the nearest on.
    struct Chain {
        var cues: [(token: Int, cue: RegisterLexicon.Cue)]
        var isNegated = false
        var isFuture = false
        var isPossible = false

        /// The step that the words tell together.
        var step: String {
            let steps = cues.map { $0.cue.step }
            if let stop = steps.last(where: { ["blocked", "cancelled", "revived"].contains($0) }) { return stop }
            if let outer = steps.last(where: { $0 == "talks" || $0 == "intent" }),
                outer != steps.first || steps.count == 1
            {
                return outer
            }
            let first = steps.first { !$0.isEmpty } ?? "signed"
            if isPossible { return "talks" }
            guard isFuture else { return first }
            return first == "delivered" || first == "delivering" ? "signed" : "intent"
        }
    }

    private func chain(_ item: Int, _ view: SentenceView) -> Chain? {
        var out = Chain(cues: [])
        for token in view.ancestors(item).prefix(7) {
            let word = view.phrase(token)
            guard
                let cue = lexicon.cue("arms", word, view.pos(token))
                    ?? lexicon.cue("arms", view.lemma(token), view.pos(token))
            else {
                // A clause of its own that is no transfer ends the way up.
                if view.isVerb(token), view.relation(token) != "xcomp", !out.cues.isEmpty { break }
                continue
            }
            let isNegated = view.isNegated(token)
            if isNegated, cue.negated.isEmpty {
                out.isNegated = true
            } else if isNegated {
                out.cues.append((token, RegisterLexicon.Cue(step: cue.negated, subject: "blocker")))
            } else {
                out.cues.append((token, cue))
            }
            if view.isFuture(token) { out.isFuture = true }
            if view.isPossible(token) { out.isPossible = true }
        }
        guard !out.cues.isEmpty, !out.isNegated, isTransfer(out, item, view) else { return nil }
        return out
    }

    /// A stop, a wish or a "give" alone is no transfer: "stopped the rockets", "wants weapons".
    private func isTransfer(_ chain: Chain, _ item: Int, _ view: SentenceView) -> Bool {
        chain.cues.contains { token, cue in
            if view.pos(token) == "n", cue.step == "intent" || cue.step == "talks" { return true }
            guard ["signed", "delivering", "delivered", "financed"].contains(cue.step) else { return false }
            let word = view.lemma(token)
            guard ["give", "send", "take", "pay", "receive", "transfer", "select", "choose", "provide"].contains(word)
            else { return true }
            // Weak verbs need a counted or named item on their object.
            return view.members(token).contains(item) && isCounted(item, view)
        }
    }

    // MARK: - The deal

    /// "But Washington prevented the deal": a stop, an end or a new start of what was last told.
    private func aboutTheDeal(_ view: SentenceView) -> RegisterStatement? {
        guard let last, view.index - lastSentence <= 3 else { return nil }
        for token in view.tokens.indices where view.isVerb(token) {
            guard let cue = lexicon.cue("arms", view.phrase(token), "v") ?? lexicon.cue("arms", view.lemma(token), "v"),
                let step = stop(cue, isNegated: view.isNegated(token)), let object = object(token, view)
            else { continue }
            guard namesTheDeal(object, last, view) else { continue }
            return repeated(last, step, token, view)
        }
        return nil
    }

    private func stop(_ cue: RegisterLexicon.Cue, isNegated: Bool) -> String? {
        let step = isNegated ? cue.negated : cue.step
        return ["blocked", "cancelled", "revived"].contains(step) ? step : nil
    }

    /// What is stopped: the object, the subject of a passive, or the verb that is not allowed.
    private func object(_ token: Int, _ view: SentenceView) -> Int? {
        view.children(token, "obj").first
            ?? view.children[token].first { view.tokens[$0].relation == "nsubj:pass" }
            ?? view.children(token, "xcomp").first
    }

    private func namesTheDeal(_ object: Int, _ last: RegisterStatement, _ view: SentenceView) -> Bool {
        if lexicon.kind("arms-deal", view.lemma(object)) != nil { return isDefinite(object, view) }
        if view.thing("arms", endingAt: object, lexicon)?.kind == last.category { return true }
        guard view.isVerb(object), let cue = lexicon.cue("arms", view.lemma(object), "v") else { return false }
        return ["delivering", "delivered", "signed"].contains(cue.step) && namesItem(last, view)
    }

    private func isDefinite(_ token: Int, _ view: SentenceView) -> Bool {
        view.children(token, "det").contains { ["the", "this", "that"].contains(view.lemma($0)) }
            || view.children[token].contains { view.tokens[$0].relation == "nmod:poss" }
    }

    private func namesItem(_ last: RegisterStatement, _ view: SentenceView) -> Bool {
        view.tokens.indices.contains { view.thing("arms", endingAt: $0, lexicon)?.kind == last.category }
    }

    private func repeated(_ last: RegisterStatement, _ step: String, _ token: Int, _ view: SentenceView)
        -> RegisterStatement
    {
        var out = maker.statement(.arms, step: step, view: view, at: view.tokens[token].span)
        out.subject = last.subject
        out.category = last.category
        out.designation = last.designation
        (out.number, out.low, out.high, out.unit) = (last.number, last.low, last.high, last.unit)
        out.parties = last.parties.filter { $0.role != "blocker" }
        let sides = Set(out.parties.map(\.key))
        if let subject = view.subject(token) {
            let known = view.actors(at: subject).filter { $0.code.body.map { !sides.contains($0) } ?? false }
            out.parties += maker.parties("blocker", known)
        }
        maker.date(&out, at: view.tokens[token].span, view)
        return out
    }
}
