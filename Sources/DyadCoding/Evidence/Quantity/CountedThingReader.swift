import DyadCodebook
import DyadCore

/// What a number counts: "30 ATAK military helicopters", "dozens of protesters", "12 of them".
struct CountedThing {
    /// Words of the noun phrase and its head.
    var tokens: Range<Int>
    var head: Int
    /// Lemma of the head: "helicopter".
    var noun: String
    var isPerson: Bool
}

/// Reads the noun phrase behind a number.
struct CountedThingReader {
    let graph: SyntaxGraph
    let lexicon: QuantityLexicon
    /// The actor mention that covers each token, if any.
    let actors: [Int: ActorMention]

    private var count: Int { graph.sentence.tokens.count }

    private func word(_ i: Int) -> String { i >= 0 && i < count ? graph.token(i).form.lowercased() : "" }

    /// The thing counted by a number at a token, from the token after it.
    func thing(number: Int, from start: Int) -> CountedThing? {
        guard start < count else { return nil }
        if word(start) == "-", word(start + 1) == "strong" {
            // "a 10,000-strong police force"
            guard let range = phrase(from: start + 2) else { return nil }
            return CountedThing(tokens: range, head: range.upperBound - 1, noun: "person", isPerson: true)
        }
        if word(start) == "-" {
            // "a 15-member delegation", "a five-point plan": the noun after the hyphen is counted.
            guard start + 1 < count, graph.token(start + 1).upos == "NOUN" else { return nil }
            return thing(start + 1..<start + 2, head: start + 1)
        }
        if word(start) == "of" { return group(after: start + 1) }
        guard let range = phrase(from: start, number: number) else { return nil }
        guard isCountable(range.upperBound - 1, number) else { return nil }
        return thing(range, head: range.upperBound - 1)
    }

    /// "dozens of protesters", "12 of the soldiers"; nil for "of them".
    private func group(after start: Int) -> CountedThing? {
        guard let range = owned(from: start) else { return nil }
        return thing(range, head: range.upperBound - 1)
    }

    /// "the", "its", "all of".
    private func isDeterminer(_ at: Int) -> Bool {
        ["det", "predet"].contains(graph.relation(at))
            || graph.token(at).relation == "nmod:poss" && graph.token(at).upos == "PRON"
    }

    /// The noun phrase with what its owner owns: "Pakistan's military imports".
    func owned(from start: Int) -> Range<Int>? {
        var start = start
        while start < count, isDeterminer(start) || graph.token(start).upos == "NUM" { start += 1 }
        guard let first = phrase(from: start) else { return nil }
        let next = first.upperBound
        guard next < count, graph.token(next).upos == "PART", word(next).hasSuffix("s") || word(next).count == 1,
            let more = phrase(from: next + 1)
        else { return first }
        return first.lowerBound..<more.upperBound
    }

    /// What a figure is of: "raised the number of troops to 5,000", "the toll rose to 46".
    func figure(number: Int) -> (thing: CountedThing?, state: String?)? {
        guard let verb = graph.head(number), graph.isVerb(verb),
            ["obj", "obl", "xcomp"].contains(graph.relation(number))
        else { return nil }
        // "voted 84 to 30"
        if let noun = lexicon.value("ballot", graph.lemma(verb)) {
            return (CountedThing(tokens: number..<number + 1, head: number, noun: noun, isPerson: false), nil)
        }
        for noun in graph.children(verb, "obj", "nsubj") where noun != number {
            if let state = lexicon.value("toll", graph.lemma(noun)) { return (nil, state) }
            guard lexicon.has("figure", graph.lemma(noun)) else { continue }
            let inner = graph.children(noun, "nmod").first { ["of", "for"].contains(graph.preposition($0) ?? "") }
            guard let inner,
                let start = graph.children[inner].filter({ $0 < inner && graph.relation($0) == "case" }).max(),
                let thing = group(after: start + 1)
            else { continue }
            return (thing, lexicon.value("casualty", thing.noun))
        }
        return nil
    }

    /// True for "36 of them", "12 of whom".
    func pointsBack(from start: Int) -> Bool { word(start) == "of" && lexicon.has("others", word(start + 1)) }

    /// The plural noun named last before a token; in a whole sentence the first, which its clause is about.
    func plural(before end: Int?) -> CountedThing? {
        func isPlural(_ i: Int) -> Bool {
            graph.token(i).upos == "NOUN" && graph.token(i).feats.contains("Number=Plur")
                && graph.relation(i) != "compound" && lexicon.unitNames[word(i)] == nil
        }
        let found = end.map { (0..<$0).last(where: isPlural) } ?? graph.sentence.tokens.indices.first(where: isPlural)
        return found.map { thing($0..<$0 + 1, head: $0) }
    }

    /// The noun phrase that begins at a token: modifiers up to and with its head.
    func phrase(from start: Int, number: Int? = nil) -> Range<Int>? {
        var (at, last) = (start, Int?.none)
        while at < count, at - start < 10 {
            guard let step = step(at, after: last, start) else { break }
            if step { last = at }
            at += 1
            if let noun = last, noun == at - 1, !continues(noun) { break }
        }
        guard var end = last else { return nil }
        // The parser knows the head that the surface missed.
        if let number, graph.relation(number) == "nummod", let head = graph.head(number), head > end, head - end <= 3,
            (end + 1...head).allSatisfy({ ["NOUN", "PROPN", "ADJ"].contains(graph.token($0).upos) })
        {
            end = head
        }
        return start..<end + 1
    }

    /// True for a noun, false for a word that may stand before one, nil for the end of the phrase.
    private func step(_ at: Int, after last: Int?, _ start: Int) -> Bool? {
        let token = graph.token(at)
        switch token.upos {
        case "NOUN", "PROPN": return true
        case "ADJ": return last == nil || isJoined(at) || isModel(at - 1) ? false : nil
        case "NUM": return last != nil && isJoined(at) || at > start && last == nil ? false : nil
        case "VERB":
            return (last == nil || isJoined(at) || isModel(at - 1))
                && ["amod", "compound"].contains(graph.relation(at)) ? false : nil
        case "ADV":
            return last == nil && at + 1 < count && ["ADJ", "VERB"].contains(graph.token(at + 1).upos)
                && graph.head(at) == at + 1 ? false : nil
        case "PUNCT", "SYM":
            return ["-", "–", "/"].contains(token.form) && isJoined(at) && at > start ? false : nil
        case "CCONJ":
            // "military and civilian aircraft"
            return last == nil && at > start && at + 1 < count && graph.token(at + 1).upos == "ADJ" ? false : nil
        default: return nil
        }
    }

    /// True when no white space stands before a token, or after the hyphen before it.
    private func isJoined(_ at: Int) -> Bool { at > 0 && !graph.token(at - 1).spaceAfter }

    /// "H225M", "95" in "CH-95": the name of a make, before what it is.
    private func isModel(_ at: Int) -> Bool { at >= 0 && graph.token(at).form.contains { $0.isASCII && $0.isNumber } }

    /// True when a noun is followed by more of the same phrase.
    private func continues(_ noun: Int) -> Bool {
        let next = noun + 1
        guard next < count else { return false }
        let following = graph.token(next)
        if ["-", "–", "/"].contains(following.form) {
            return !graph.token(noun).spaceAfter && !following.spaceAfter
        }
        if isJoined(next), following.upos == "NUM" || following.upos == "PROPN" { return true }
        guard ["NOUN", "PROPN", "ADJ", "VERB"].contains(following.upos) else { return false }
        if isModel(noun), following.upos != "VERB" || graph.relation(next) == "amod" { return true }
        if graph.relation(next) == "flat", graph.head(next).map({ $0 <= noun }) ?? false { return true }
        guard ["compound", "amod", "nmod", "flat"].contains(graph.relation(noun)), let head = graph.head(noun),
            head > noun
        else { return false }
        return following.upos == "NOUN" || following.upos == "PROPN" || head > next
    }

    /// A name in the singular is counted only where the parser says so: "in 2012 Iran" counts nothing.
    private func isCountable(_ head: Int, _ number: Int) -> Bool {
        let token = graph.token(head)
        guard token.upos == "PROPN" else { return true }
        if token.form.hasSuffix("s") || token.feats.contains("Number=Plur") { return true }
        return graph.head(number) == head && graph.relation(number) == "nummod"
    }

    // MARK: - People or things

    private func thing(_ range: Range<Int>, head: Int) -> CountedThing {
        let lemma = graph.lemma(head)
        let noun = lexicon.value("alias", lemma) ?? (lemma == "_" ? word(head) : lemma)
        return CountedThing(tokens: range, head: head, noun: noun, isPerson: isPerson(noun, range, head))
    }

    private func isPerson(_ noun: String, _ range: Range<Int>, _ head: Int) -> Bool {
        if lexicon.has("machine", noun), isMake(range, head) { return false }
        if lexicon.isPerson(noun) || lexicon.isPerson(word(head)) { return true }
        // "650 Pakistanis": a people's name in the plural.
        guard let mention = actors[head], mention.kind == .country else { return false }
        return graph.token(head).form != mention.name && graph.token(head).upos != "ADJ"
    }

    /// True when the name of a make stands before the noun: "14 MiG-29 fighters".
    private func isMake(_ range: Range<Int>, _ head: Int) -> Bool {
        (range.lowerBound..<head).contains { i in
            let form = graph.token(i).form
            return form.contains(where: \.isNumber) || graph.lemma(i) == "jet"
                || graph.token(i).upos == "PROPN" && actors[i] == nil
        }
    }
}
