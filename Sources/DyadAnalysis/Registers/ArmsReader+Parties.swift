import DyadCodebook
import DyadCore

/// What a transfer says: item, number, price, and who stands on either side.
extension ArmsReader {
    // MARK: - Statements

    func statement(_ item: Item, _ chain: Chain, _ view: SentenceView) -> RegisterStatement? {
        guard let anchor = chain.cues.last?.token else { return nil }
        var out = maker.statement(
            .arms, step: chain.step, view: view, at: view.tokens[item.head].span,
            factuality: chain.isPossible ? .hypothetical : .asserted)
        out.subject = item.text
        out.category = item.kind
        out.designation = item.designation
        setNumber(&out, item.quantity)
        setValue(&out, item.head, anchor, view)
        setParties(&out, item, chain, view)
        maker.date(&out, at: view.tokens[chain.cues[0].token].span, view)
        complete(&out, view)
        let (suppliers, recipients) = (out.keys("supplier"), out.keys("recipient"))
        // "Arms" without a number and without both sides is talk of a trade, and no transfer.
        if out.category == "arms", out.number == nil, suppliers.isEmpty || recipients.isEmpty { return nil }
        return suppliers + recipients == [] || suppliers == recipients ? nil : out
    }

    /// A sentence that is nothing but the name of a state.
    func headingParty(_ view: SentenceView) -> RegisterParty? {
        let words = view.tokens.filter { $0.upos != "PUNCT" }
        guard words.count <= 2,
            let mention = view.actors.first(where: { $0.code.body != nil && $0.code.sector == nil }),
            words.allSatisfy({ mention.span.contains($0.span) })
        else { return nil }
        return maker.party("party", mention)
    }

    private func setNumber(_ out: inout RegisterStatement, _ quantity: Quantity?) {
        guard let quantity else { return }
        out.number = quantity.value
        out.low = quantity.low
        out.high = quantity.high
        out.unit = "item"
    }

    /// A sum of money in the same sentence is the price when it is the only one.
    private func setValue(_ out: inout RegisterStatement, _ item: Int, _ anchor: Int, _ view: SentenceView) {
        let sums = view.quantities.filter { $0.kind == "money" }
        guard let sum = sums.first, Set(sums.map(\.unit)).count == sums.count else { return }
        out.price = sum.value ?? sum.high ?? sum.low
        out.currency = sum.unit
    }

    private func setParties(_ out: inout RegisterStatement, _ item: Item, _ chain: Chain, _ view: SentenceView) {
        var found: [String: [ActorMention]] = [:]
        var open: [ActorMention] = []
        var partners: [ActorMention] = []
        func put(_ role: String, _ mentions: [ActorMention]) {
            guard !mentions.isEmpty else { return }
            if role == "party" { open += mentions } else if found[role, default: []].isEmpty { found[role] = mentions }
        }
        for (token, cue) in chain.cues {
            for noun in view.nouns(of: token, with: ["to"]) where noun != item.head {
                put("recipient", view.actors(at: noun))
            }
            for noun in view.nouns(of: token, with: ["from"]) where noun != item.head {
                put("supplier", view.actors(at: noun))
            }
            for noun in view.nouns(of: token, with: ["by"]) {
                put(cue.subject.isEmpty ? "party" : cue.subject, view.actors(at: noun))
            }
            for noun in view.nouns(of: token, with: ["with"]) { partners += view.actors(at: noun) }
            for noun in view.children(token, "iobj") { put("recipient", view.actors(at: noun)) }
            if view.isVerb(token) {
                if !view.isPassive(token), let subject = view.subject(token), subject != item.head {
                    put(cue.subject.isEmpty ? "party" : cue.subject, view.actors(at: subject))
                }
            } else if let owner = view.owner(token), !cue.subject.isEmpty {
                put(cue.subject, [owner])
            }
        }
        for noun in view.nouns(of: item.head, with: ["from"]) { put("supplier", view.actors(at: noun)) }
        for noun in view.nouns(of: item.head, with: ["to", "for"]) { put("recipient", view.actors(at: noun)) }
        if let maker = view.owner(item.head),
            found["recipient"]?.contains(where: { $0.code.body == maker.code.body }) != true
        {
            put("supplier", [maker])
        }
        settle(&found, open: open, partners: partners)
        for role in ["supplier", "recipient", "blocker"] { out.parties += maker.parties(role, found[role] ?? []) }
    }

    /// Puts whoever signed or talked on the sides that are still free: who contracts buys, with whom sells.
    private func settle(_ found: inout [String: [ActorMention]], open: [ActorMention], partners: [ActorMention]) {
        func isNew(_ mention: ActorMention) -> Bool {
            !(found["supplier", default: []] + found["recipient", default: []]).contains { same($0, mention) }
        }
        let subjects = open.filter(isNew)
        if let subject = subjects.first {
            if found["recipient", default: []].isEmpty {
                found["recipient"] = [subject]
            } else if found["supplier", default: []].isEmpty {
                found["supplier"] = [subject]
            }
        }
        if let partner = partners.first(where: isNew) {
            if found["supplier", default: []].isEmpty {
                found["supplier"] = [partner]
            } else if found["recipient", default: []].isEmpty {
                found["recipient"] = [partner]
            }
        }
    }

    private func same(_ left: ActorMention, _ right: ActorMention) -> Bool {
        left.code.body == right.code.body && (left.code.body != nil || left.name == right.name)
    }

    /// Fills a side that the sentence leaves out.
    private func complete(_ out: inout RegisterStatement, _ view: SentenceView) {
        if let before = earlier(out, view) {
            let (suppliers, recipients) = (out.keys("supplier"), out.keys("recipient"))
            let isFragment = suppliers.isEmpty && recipients.isEmpty
            if suppliers.isEmpty, recipients.isEmpty || recipients == before.keys("recipient") {
                out.parties += before.parties.filter { $0.role == "supplier" && !recipients.contains($0.key) }
            }
            if recipients.isEmpty, suppliers.isEmpty || suppliers == before.keys("supplier") {
                out.parties += before.parties.filter { $0.role == "recipient" && !suppliers.contains($0.key) }
            }
            // A list without a verb of its own goes on with the sentence before: what is sought stays sought.
            if isFragment, !view.tokens.contains(where: { $0.feats.contains("VerbForm=Fin") }) {
                out.step = before.step
            }
        }
        addOther(&out, view)
        addHeading(&out, view)
    }

    /// The transfer that a sentence goes on with: that of the sentence before, else the last of the same kind.
    private func earlier(_ out: RegisterStatement, _ view: SentenceView) -> RegisterStatement? {
        if let latest, view.index - latestSentence <= 1, out.parties.isEmpty || latest.category == out.category {
            return latest
        }
        guard let last, view.index - lastSentence <= 6, last.category == out.category else { return nil }
        return last
    }

    /// The only other state of the sentence is the missing side: "Ankara accounted for … of Pakistan's imports, exporting …".
    private func addOther(_ out: inout RegisterStatement, _ view: SentenceView) {
        let known = Set((out.keys("supplier") + out.keys("recipient")))
        guard known.count == 1, out.keys("supplier").isEmpty || out.keys("recipient").isEmpty else { return }
        let voices = maker.voices(over: out.span).compactMap(\.sourceSpan)
        let others = view.actors.filter { mention in
            guard let body = mention.code.body, mention.code.sector == nil, !mention.isPlace else { return false }
            return !known.contains(body) && !voices.contains { $0.overlaps(mention.span) }
        }
        guard let other = others.first, Set(others.map(\.code)).count == 1,
            view.tokens.indices.contains(where: { token in
                other.tokens.contains(token) && view.tokens[token].relation == "nmod:poss"
            })
        else { return }
        out.parties += maker.parties(out.keys("supplier").isEmpty ? "supplier" : "recipient", [other])
    }

    /// The state that heads a short item is the side that its sentences leave out.
    private func addHeading(_ out: inout RegisterStatement, _ view: SentenceView) {
        guard let heading, heading.block == view.block else { return }
        let (suppliers, recipients) = (out.keys("supplier"), out.keys("recipient"))
        guard !suppliers.contains(heading.party.key), !recipients.contains(heading.party.key) else { return }
        guard suppliers.isEmpty != recipients.isEmpty else { return }
        out.parties.append(
            RegisterParty(
                role: suppliers.isEmpty ? "supplier" : "recipient", code: heading.party.code, name: heading.party.name))
    }
}
