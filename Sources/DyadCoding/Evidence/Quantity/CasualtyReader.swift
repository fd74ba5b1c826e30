import DyadCodebook
import DyadCore

/// What happened to the people a number counts: killed, injured, missing, detained, abducted, displaced, freed.
struct CasualtyReader {
    let graph: SyntaxGraph
    let lexicon: QuantityLexicon

    private var count: Int { graph.sentence.tokens.count }

    private func word(_ i: Int) -> String { i >= 0 && i < count ? graph.token(i).form.lowercased() : "" }

    /// The state told of a number whose words end before a token.
    ///
    /// `first` is the number's first token, with the words of comparison before it; `thing` what it counts.
    func state(first: Int, end: Int, thing: CountedThing?) -> String? {
        if let state = after(end) ?? before(first) { return state }
        guard let thing else { return nil }
        let head = thing.head
        for i in thing.tokens.dropLast() { if let state = lexicon.value("casualty", word(i)) { return state } }
        if let state = lexicon.value("victims", graph.lemma(head)) { return state }
        return fromTree(head)
    }

    /// "12 people were killed", "46 civilians killed", "40 wounded".
    private func after(_ end: Int) -> String? {
        var at = end
        while at - end < 5, lexicon.has("link", word(at)) { at += 1 }
        guard let state = lexicon.value("casualty", word(at)), at < count else { return nil }
        return isSuffered(at) ? state : nil
    }

    /// False for "12 soldiers killed a guard", where the number is that of those who act.
    private func isSuffered(_ verb: Int) -> Bool {
        guard graph.isVerb(verb) else { return true }
        if graph.isPassive(verb) || lexicon.has("undergo", graph.lemma(verb)) { return true }
        return graph.children(verb, "obj").isEmpty
    }

    /// "killing at least 12", "wounded another 30", "the killing of 12".
    private func before(_ first: Int) -> String? {
        var at = first - 1
        while first - at <= 3, lexicon.has("lead", word(at)) { at -= 1 }
        guard let state = lexicon.value("casualty", word(at)) else { return nil }
        // "were killed, 12 of them": the number after a passive is no object.
        guard graph.isVerb(at) else { return word(at + 1) == "of" ? state : nil }
        return graph.isPassive(at) && graph.relation(at) != "acl" && word(first - 1) != "of" ? nil : state
    }

    private func fromTree(_ head: Int) -> String? {
        guard let verb = graph.head(head), graph.isVerb(verb),
            let state = lexicon.value("casualty", graph.lemma(verb))
        else { return nil }
        switch graph.token(head).relation {
        case "obj": return state
        case "nsubj:pass": return state
        case "nsubj": return lexicon.has("undergo", graph.lemma(verb)) || graph.isPassive(verb) ? state : nil
        default: return nil
        }
    }
}
