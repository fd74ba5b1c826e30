public import DyadCodebook
public import DyadCore

/// Finds places and resolves them in the gazetteer, by the states a report speaks of and by their size.
///
/// A state or its capital is a place only where the words say so ("in Ankara", "flew to Athens"); otherwise it is an
/// actor. A place inside the name of a person or an organisation is none.
public struct PlaceFinder: Stage {
    public let name = "place"
    public let requires: Set<Layer> = [.sentences, .names, .actors]
    public let provides: Set<Layer> = [.places]
    private let gazetteer: Gazetteer

    /// A finder with a gazetteer.
    public init(knowledge: Knowledge) { gazetteer = knowledge.gazetteer }

    public func annotate(_ article: inout AnnotatedArticle) {
        let senses = PlaceSenses(actors: article.actors)
        let actors = Dictionary(grouping: article.actors, by: \.sentence)
        var last: PlaceMention?
        var town: PlaceMention?
        for (index, sentence) in article.sentences.enumerated() {
            let reader = PlaceReader(
                graph: SyntaxGraph(sentence), index: index, gazetteer: gazetteer, actors: actors[index] ?? [],
                senses: senses, document: article.article.document)
            let found = reader.places()
            let back = reader.pointers(to: last, among: found) + reader.towns(after: town, among: found)
            article.places += (found + back).sorted { $0.span.start < $1.span.start }
            last = found.last ?? last
            town = found.last { ["city", "unknown"].contains($0.kind) } ?? town
        }
    }
}
