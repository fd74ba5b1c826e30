import DyadCodebook
import DyadCore

/// The places of one sentence.
struct PlaceReader {
    let graph: SyntaxGraph
    let index: Int
    let gazetteer: Gazetteer
    let actors: [ActorMention]
    let senses: PlaceSenses
    let document: Document

    private var tokens: [Token] { graph.sentence.tokens }

    func places() -> [PlaceMention] {
        let near = Set(actors.compactMap(\.code.body))
        var out: [PlaceMention] = []
        var i = 0
        while i < tokens.count {
            guard let (range, found) = longest(from: i),
                let best = senses.best(found, near: near, behind: behind(range)), !isOtherName(range, best)
            else {
                i += 1
                continue
            }
            out.append(mention(best, widened(range)))
            i = range.upperBound
        }
        out += states(without: out)
        return (out + strangers(without: out)).sorted { $0.span.start < $1.span.start }
    }

    private func mention(_ place: GazetteerPlace, _ range: Range<Int>) -> PlaceMention {
        let span = graph.sentence.span(of: range)
        return PlaceMention(
            name: place.name, country: place.country, kind: place.kind, latitude: place.latitude,
            longitude: place.longitude, text: document.text(span), span: span, sentence: index, tokens: range)
    }

    // MARK: - Names

    private func form(_ i: Int) -> String { graph.token(i).form }

    private func longest(from i: Int) -> (Range<Int>, [GazetteerPlace])? {
        guard form(i).first?.isUppercase ?? false else { return nil }
        let most = min(gazetteer.longestName(from: form(i)), tokens.count - i)
        for length in stride(from: most, to: 0, by: -1) {
            let range = i..<i + length
            let found = fitting(gazetteer.places(range.map(form).joined(separator: " ")), range)
            guard !found.isEmpty else { continue }
            return isPlace(range) ? (range, found) : nil
        }
        return nil
    }

    /// Places that agree with the actor of the same words: "Armenia" is the state and no town of Colombia.
    private func fitting(_ places: [GazetteerPlace], _ range: Range<Int>) -> [GazetteerPlace] {
        // "Tripoli, Lebanon" is not the capital of Libya.
        if let state = behind(range), places.contains(where: { $0.country == state }) { return places }
        guard !places.isEmpty,
            let actor = actors.first(where: { $0.kind == .country && $0.tokens.overlaps(range) }),
            let body = actor.code.body
        else { return places }
        return places.filter { $0.country == body || $0.country == nil }
    }

    private func isPlace(_ range: Range<Int>) -> Bool {
        let name = graph.sentence.names.first { $0.tokens.overlaps(range) }
        if isFate(head(of: range)) { return true }
        if name?.type == .person || name?.type == .group { return false }
        // A longer organisation name that holds the words is no place.
        if let name, name.type == .organisation, name.tokens.count > range.count { return false }
        let test = LocativeTest(graph: graph, words: gazetteer.words)
        let head = head(of: range)
        if isInName(head) { return false }
        if let actor = actors.first(where: { $0.tokens.overlaps(range) && $0.kind != .role }) {
            switch actor.kind {
            case .person: return false
            case .country: return actor.isPlace || test.holds(head, isState: false)
            case .organisation where actor.code.body != nil:
                return actor.tokens.count <= range.count && name?.type == .place && test.holds(head, isState: false)
            default: break
            }
        }
        // "Nice", "Bar", "Hit": a word that the tagger takes for no name needs a preposition.
        return name != nil || range.count > 1 || test.holds(head, isState: false)
    }

    /// "the fall of Aleppo", whatever the name is taken for.
    private func isFate(_ head: Int) -> Bool {
        guard graph.preposition(head) == "of", let up = graph.head(head) else { return false }
        return gazetteer.words.has("fate", graph.lemma(up))
            && !actors.contains { $0.tokens.contains(head) && $0.code.body != nil }
    }

    /// "the Indus Courier": part of a longer name that is no kind of place.
    private func isInName(_ head: Int) -> Bool {
        guard graph.relation(head) == "compound", let up = graph.head(head), up == head + 1,
            graph.token(up).upos == "PROPN"
        else { return false }
        return !gazetteer.words.has("kind", graph.lemma(up).lowercased())
    }

    /// The token of a range whose head lies outside it.
    private func head(of range: Range<Int>) -> Int {
        range.first { i in graph.head(i).map { !range.contains($0) } ?? true } ?? range.upperBound - 1
    }

    /// The state written behind a name: "Tripoli, Lebanon", "Tripoli in Lebanon".
    private func behind(_ range: Range<Int>) -> String? {
        var next = range.upperBound
        if next < tokens.count, [",", "in", "("].contains(form(next)) { next += 1 }
        return actors.first { $0.tokens.lowerBound == next && $0.kind == .country }?.code.body
    }

    private func isDirection(_ i: Int) -> Bool { i >= 0 && gazetteer.words.has("direction", form(i).lowercased()) }

    /// With the words before that belong to it: "northern Iraq", "north-east Syria".
    private func widened(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        while isDirection(start - 1) { start -= start >= 3 && form(start - 2) == "-" && isDirection(start - 3) ? 3 : 1 }
        return start..<range.upperBound
    }

    /// "Eastern Turkistan" is not the town of Turkistan.
    private func isOtherName(_ range: Range<Int>, _ place: GazetteerPlace) -> Bool {
        let before = range.lowerBound - 1
        return place.kind == "city" && isDirection(before) && before > 0 && form(before).first?.isUppercase ?? false
    }

    // MARK: - Names that the gazetteer does not have

    /// Names that the words around them make places ("in the village of X"): kept as they are, without coordinates.
    private func strangers(without found: [PlaceMention]) -> [PlaceMention] {
        let test = LocativeTest(graph: graph, words: gazetteer.words)
        return graph.sentence.names.compactMap { name in
            let range = name.tokens
            let head = head(of: range)
            guard name.type == .place || name.type == .person && isOfKind(head),
                form(range.lowerBound).first?.isUppercase ?? false,
                range.allSatisfy({ graph.token($0).upos == "PROPN" }),
                !found.contains(where: { $0.tokens.overlaps(range) }), test.holds(head, isState: false),
                !actors.contains(where: { $0.tokens.overlaps(range) && $0.kind != .unknown }), !isInName(head)
            else { return nil }
            let span = graph.sentence.span(of: range)
            return PlaceMention(
                name: document.text(span), country: behind(range), kind: "unknown", latitude: nil, longitude: nil,
                text: document.text(span), span: span, sentence: index, tokens: range)
        }
    }

    /// "the village of X".
    private func isOfKind(_ head: Int) -> Bool {
        guard graph.preposition(head) == "of", let up = graph.head(head) else { return false }
        return gazetteer.words.has("kind", graph.lemma(up))
    }

    /// "liberated the town", "inside the city": the last place of that kind.
    func towns(after place: PlaceMention?, among found: [PlaceMention]) -> [PlaceMention] {
        let test = LocativeTest(graph: graph, words: gazetteer.words)
        return tokens.indices.compactMap { i in
            guard graph.token(i).upos == "NOUN", gazetteer.words.has("town", graph.lemma(i)), isDefinite(i),
                graph.children(i, "nmod", "appos", "compound", "flat").isEmpty, test.holds(i, isState: false),
                !found.contains(where: { $0.tokens.contains(i) }),
                var copy = found.last(where: { $0.tokens.upperBound <= i }) ?? place,
                ["city", "unknown"].contains(copy.kind)
            else { return nil }
            copy.tokens = i..<i + 1
            copy.span = graph.sentence.span(of: copy.tokens)
            copy.text = document.text(copy.span)
            copy.sentence = index
            return copy
        }
    }

    private func isDefinite(_ i: Int) -> Bool {
        graph.children(i, "det").contains { ["the", "this", "that"].contains(graph.lemma($0)) }
    }

    // MARK: - States

    /// "there", after a place: one of the sentence, the capital or state that it names as an actor, the last one named.
    func pointers(to place: PlaceMention?, among found: [PlaceMention]) -> [PlaceMention] {
        tokens.indices.compactMap { i in
            guard graph.token(i).upos == "ADV", gazetteer.words.has("there", form(i).lowercased()),
                i + 1 >= tokens.count || graph.lemma(i + 1) != "be",
                var copy = found.last(where: { $0.tokens.upperBound <= i }) ?? named(before: i) ?? place
            else { return nil }
            copy.tokens = i..<i + 1
            copy.span = graph.sentence.span(of: copy.tokens)
            copy.text = document.text(copy.span)
            copy.sentence = index
            return copy
        }
    }

    /// The last state or capital that the sentence names before a word: "cut ties with Tehran after its embassy there".
    private func named(before i: Int) -> PlaceMention? {
        guard
            let actor = actors.last(where: {
                $0.kind == .country && $0.tokens.upperBound <= i && graph.token($0.head).upos == "PROPN"
            })
        else { return nil }
        let key = actor.tokens.map(form).joined(separator: " ")
        if let place = gazetteer.places(key).first(where: { $0.country == actor.code.body }) {
            return mention(place, actor.tokens)
        }
        let span = graph.sentence.span(of: actor.tokens)
        return PlaceMention(
            name: actor.name, country: actor.code.body, kind: "country", latitude: nil, longitude: nil,
            text: document.text(span), span: span, sentence: index, tokens: actor.tokens)
    }

    /// States named as places: "in Turkey", "visited Peru".
    private func states(without found: [PlaceMention]) -> [PlaceMention] {
        let test = LocativeTest(graph: graph, words: gazetteer.words)
        return actors.filter { actor in
            actor.kind == .country && !graph.sentence.tokens[actor.head].upos.hasPrefix("ADJ")
                && (actor.isPlace || test.holds(actor.head, isState: true))
                && !found.contains { $0.tokens.overlaps(actor.tokens) }
        }.map { actor in
            let range = widened(actor.tokens)
            let span = graph.sentence.span(of: range)
            return PlaceMention(
                name: actor.name, country: actor.code.body, kind: "country", latitude: nil, longitude: nil,
                text: document.text(span), span: span, sentence: index, tokens: range)
        }
    }
}

/// Says whether the words around a name make it a place.
struct LocativeTest {
    let graph: SyntaxGraph
    let words: PlaceWords

    /// True for "in Ankara", "flew to Athens", "the capital Ankara"; a state as an object is a place of visits only.
    func holds(_ token: Int, isState: Bool, depth: Int = 0) -> Bool {
        guard depth < 4 else { return false }
        if let preposition = graph.preposition(token) {
            return holds(token, after: preposition)
        }
        guard let up = graph.head(token) else { return false }
        switch graph.relation(token) {
        case "obj": return words.has(isState ? "visit" : "at", graph.lemma(up))
        case "conj": return holds(up, isState: isState, depth: depth + 1)
        case "appos", "flat", "compound", "nmod":
            // "to the capital Ankara", however the parser hangs it
            if token > 0, up != token - 1, words.has("kind", graph.lemma(token - 1)),
                graph.token(token - 1).upos == "NOUN"
            {
                return holds(token - 1, isState: false, depth: depth + 1)
            }
            guard words.has("kind", graph.lemma(up)), graph.token(token).relation != "nmod:poss" else { return false }
            return holds(up, isState: false, depth: depth + 1)
        default: return false
        }
    }

    private func holds(_ token: Int, after preposition: String) -> Bool {
        if words.has("in", preposition) { return true }
        guard let up = graph.head(token) else { return false }
        if preposition == "of" { return words.has("kind", graph.lemma(up)) }
        guard words.has("to", preposition) else { return false }
        if isMotion(up) { return true }
        // "wrapped up his three-day visit to": the phrase may hang on the verb.
        return graph.isVerb(up) && graph.children(up, "obj", "obl").contains { $0 < token && isMotion($0) }
    }

    private func isMotion(_ index: Int) -> Bool {
        words.has("motion", graph.lemma(index)) || words.has("motion", graph.token(index).form.lowercased())
    }
}
