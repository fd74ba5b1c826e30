import DyadCore

/// Finds the telling in the text of what a headline, a caption or a line of a summary only names.
enum EventTwins {
    /// The first event of the paragraphs with the type and the parties of a headline's event; nil for any other event.
    static func twin(of index: Int, in article: AnnotatedArticle, where fits: (Int) -> Bool) -> Int? {
        let event = article.events[index]
        guard isSummary(article.sentences[event.sentence]) else { return nil }
        let (sources, targets) = (bodies(event.sourceActors), bodies(event.targetActors))
        guard !sources.isEmpty else { return nil }
        return article.events.indices.first { other in
            let found = article.events[other]
            guard other != index, !isSummary(article.sentences[found.sentence]), found.type == event.type,
                found.factuality == event.factuality, fits(other)
            else { return false }
            return bodies(found.sourceActors) == sources && bodies(found.targetActors) == targets
        }
    }

    private static func isSummary(_ sentence: Sentence) -> Bool {
        sentence.label != .paragraph
            || sentence.tokens.first.map { ["•", "*", "–", "-", "●", "▪"].contains($0.form) } ?? false
    }

    private static func bodies(_ actors: [EventActor]) -> Set<String> { Set(actors.compactMap(\.code.body)) }
}
