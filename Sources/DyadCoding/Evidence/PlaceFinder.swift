public import DyadCodebook
public import DyadCore

/// Finds places and resolves them in the gazetteer: by the countries the report speaks of, then by population.
public struct PlaceFinder: Stage {
    public let name = "place"
    public let requires: Set<Layer> = [.sentences, .actors]
    public let provides: Set<Layer> = [.places]
    private let gazetteer: Gazetteer

    /// A finder with a gazetteer.
    public init(knowledge: Knowledge) { gazetteer = knowledge.gazetteer }

    public func annotate(_ article: inout AnnotatedArticle) {
        var weight: [String: Int] = [:]
        for actor in article.actors { if let body = actor.code.body { weight[body, default: 0] += 1 } }
        let actors = Dictionary(grouping: article.actors, by: \.sentence)
        for (index, sentence) in article.sentences.enumerated() {
            article.places += places(sentence, index, actors[index] ?? [], weight, article.article.document)
        }
    }

    private func places(
        _ sentence: Sentence, _ index: Int, _ actors: [ActorMention], _ weight: [String: Int], _ document: Document
    ) -> [PlaceMention] {
        var out: [PlaceMention] = []
        var i = 0
        while i < sentence.tokens.count {
            guard let (range, found) = longest(sentence, i, actors) else {
                i += 1
                continue
            }
            if let best = found.max(by: { score($0, weight) < score($1, weight) }) {
                let span = sentence.span(of: range)
                out.append(
                    PlaceMention(
                        name: best.name, country: best.country, kind: best.kind, latitude: best.latitude,
                        longitude: best.longitude,
                        text: document.text(span), span: span, sentence: index, tokens: range))
            }
            i = range.upperBound
        }
        return out + countries(sentence, index, actors, out)
    }

    private func longest(_ sentence: Sentence, _ i: Int, _ actors: [ActorMention]) -> (Range<Int>, [GazetteerPlace])? {
        let form = sentence.tokens[i].form
        guard form.first?.isUppercase ?? false else { return nil }
        for length in stride(from: min(gazetteer.longestName(from: form), sentence.tokens.count - i), to: 0, by: -1) {
            let range = i..<i + length
            let found = gazetteer.places(range.map { sentence.tokens[$0].form }.joined(separator: " "))
            guard !found.isEmpty else { continue }
            let name = sentence.names.first { $0.tokens.overlaps(range) }
            // A person or a longer organisation name that holds the words is no place.
            if let name, name.type == .person || (name.type == .organisation && name.tokens.count > length) {
                return nil
            }
            if let actor = actors.first(where: { $0.tokens.overlaps(range) }), !actor.isPlace,
                actor.kind == .country || actor.kind == .person
            {
                return nil
            }
            return (range, found)
        }
        return nil
    }

    private func score(_ place: GazetteerPlace, _ weight: [String: Int]) -> Double {
        let near = place.country.flatMap { weight[$0] } ?? 0
        return Double(near) * 1_000_000 + Double(place.population)
    }

    /// Countries named as places: "in Turkey".
    private func countries(_ sentence: Sentence, _ index: Int, _ actors: [ActorMention], _ found: [PlaceMention])
        -> [PlaceMention]
    {
        actors.filter { $0.isPlace && $0.kind == .country }.compactMap { actor in
            if found.contains(where: { $0.tokens.overlaps(actor.tokens) }) { return nil }
            let text = actor.tokens.map { sentence.tokens[$0].form }.joined(separator: " ")
            return PlaceMention(
                name: actor.name, country: actor.code.body, kind: "country", latitude: nil, longitude: nil, text: text,
                span: actor.span, sentence: index, tokens: actor.tokens)
        }
    }
}
