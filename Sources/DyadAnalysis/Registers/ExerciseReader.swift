import DyadCodebook
import DyadCore

/// Finds military exercises: who takes part, who hosts, when.
struct ExerciseReader {
    let lexicon: RegisterLexicon
    let maker: StatementMaker

    func statements(_ view: SentenceView) -> [RegisterStatement] {
        var out: [RegisterStatement] = []
        for token in view.tokens.indices where view.tokens[token].upos == "NOUN" && view.relation(token) != "compound" {
            guard view.thing("exercises", endingAt: token, lexicon) != nil, isMilitary(token, view) else { continue }
            if let statement = statement(token, view), !out.contains(where: { $0.bodies == statement.bodies }) {
                out.append(statement)
            }
        }
        return out
    }

    /// A military word stands with the exercise, or soldiers take part in it.
    private func isMilitary(_ token: Int, _ view: SentenceView) -> Bool {
        let near = view.members(token, without: ["acl"]) + view.ancestors(token).prefix(2).flatMap { view.members($0) }
        return near.contains { lexicon.kind("exercises-military", view.lemma($0)) != nil }
            || view.actors.contains { $0.code.sector == "MIL" }
    }

    private func statement(_ token: Int, _ view: SentenceView) -> RegisterStatement? {
        let above = view.ancestors(token).prefix(5)
        var step: String?
        var anchor = token
        var isFuture = false, isPossible = false
        var participants: [ActorMention] = []
        for verb in above where view.isVerb(verb) {
            isFuture = isFuture || view.isFuture(verb)
            // "said they would hold": a plan in reported speech.
            isFuture = isFuture || view.children(verb, "aux").contains { view.lemma($0) == "would" }
            isPossible = isPossible || view.isPossible(verb) && !isFuture
            if let cue = lexicon.cue("exercises", view.lemma(verb), "v") {
                if step == nil || cue.step != "held" { step = cue.step }
                if anchor == token { anchor = verb }
                if view.isNegated(verb) { step = "cancelled" }
                if let subject = view.subject(verb) { participants += mentions(inside: subject, view) }
            } else if step != nil {
                break
            }
        }
        let nouns = view.nouns(of: token, with: ["between", "with", "by", "of", "involving"])
        participants += nouns.flatMap { view.actors(at: $0) } + mentions(inside: token, view)
        for verb in above.prefix(1) {
            participants += view.nouns(of: verb, with: ["with"]).flatMap { view.actors(at: $0) }
        }
        guard step != nil || !nouns.isEmpty || isTitle(view) else { return nil }
        var out = maker.statement(
            .exercises, step: isFuture && step != "cancelled" || step == "planned" ? "planned" : step ?? "held",
            view: view,
            at: view.tokens[token].span, factuality: isPossible ? .hypothetical : .asserted)
        out.parties = maker.parties("participant", participants.filter { $0.code.body != nil })
        addHost(&out, view)
        let isFinite = view.tokens.contains { $0.feats.contains("VerbForm=Fin") } && step != nil
        guard out.bodies.count > 1 || (!out.bodies.isEmpty && (out.place != nil && step != nil || isFinite)) else {
            return nil
        }
        out.subject = view.text(view.subtree(token).lowerBound...token)
        out.category = kind(token, view)
        out.designation = name(token, view)
        if let people = view.quantities.first(where: { $0.kind == "count" && $0.unit != nil && isPeople($0) }) {
            (out.number, out.low, out.high, out.unit) = (people.value, people.low, people.high, "person")
        }
        maker.date(&out, at: view.tokens[anchor].span, view)
        return out
    }

    private func isTitle(_ view: SentenceView) -> Bool { view.tokens.allSatisfy { $0.upos != "VERB" } }

    private func mentions(inside token: Int, _ view: SentenceView) -> [ActorMention] {
        let own = Set(view.members(token, without: ["acl", "obl", "appos", "advcl"]))
        return view.actors.filter { mention in
            guard mention.code.body != nil, own.contains(mention.head) else { return false }
            // "off the coast of Cyprus" names a place; "of Azerbaijan, Turkey and Pakistan" names who takes part.
            let line = [mention.head] + view.ancestors(mention.head).prefix { $0 != token }
            return !line.contains { token in
                view.preposition(token).map { ["in", "at", "off", "near", "on", "along", "over"].contains($0) } ?? false
            }
        }
    }

    /// "hosted by Baku", "off the coast of Cyprus", "near Torun".
    private func addHost(_ out: inout RegisterStatement, _ view: SentenceView) {
        for token in view.tokens.indices where view.lemma(token) == "host" {
            let hosts = view.nouns(of: token, with: ["by"]).flatMap { view.actors(at: $0) }
            out.parties += maker.parties("host", hosts.filter { $0.code.body != nil })
        }
        if let place = view.places.first(where: { place in
            !view.actors.contains { $0.span == place.span && !$0.isPlace && out.bodies.contains($0.code.body ?? "") }
        }) {
            out.place = place.name
        }
    }

    private func kind(_ token: Int, _ view: SentenceView) -> String {
        let words = view.members(token).map(view.lemma)
        return ["naval", "air", "rescue", "artillery", "special", "amphibious"].first(where: words.contains)
            ?? "military"
    }

    /// Capital letters beside the noun or in quotation marks: "Anatolian Eagle", "Sea Breeze 2021".
    private func name(_ token: Int, _ view: SentenceView) -> String? {
        let own = view.members(token, without: ["nmod", "acl", "obl"]).filter { member in
            view.tokens[member].upos == "PROPN" && member != token
                && !view.actors.contains { $0.tokens.contains(member) && $0.code.body != nil }
        }
        guard let first = own.first, let last = own.last, last - first < 5 else { return nil }
        return view.text(first...last)
    }

    private func isPeople(_ quantity: Quantity) -> Bool {
        let words = (quantity.of ?? "").lowercased().split { !$0.isLetter }
        return words.contains { word in
            ["troops", "soldiers", "personnel", "servicemen", "people", "men", "marines"].contains(String(word))
        }
    }
}
