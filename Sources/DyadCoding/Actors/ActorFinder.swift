public import DyadCodebook
public import DyadCore
import Foundation

/// Finds who is meant: states, organisations, people, roles, pronouns.
///
/// Names come from the lexicon; roles ("the Turkish army chief") from role nouns and the names around them; people
/// are learned from their titles and appositions and remembered for the rest of the report. Everything that denotes
/// the same entity is put into one chain.
public struct ActorFinder: Stage {
    public let name = "actors"
    public let requires: Set<Layer> = [.article, .sentences, .names]
    public let provides: Set<Layer> = [.actors, .coreference]
    private let knowledge: Knowledge

    /// A finder with a lexicon and a gazetteer.
    public init(knowledge: Knowledge) { self.knowledge = knowledge }

    public func annotate(_ article: inout AnnotatedArticle) {
        var memory = ActorMemory(coreference: Coreference(references: knowledge.references))
        let date = article.documentTime
        memory.home = home(of: article.article)
        memory.learnFullNames(article.sentences)
        for index in article.sentences.indices {
            let speaker = article.speakers.indices.contains(index) ? article.speakers[index] : nil
            if let speaker { memory.turn(to: speaker) }
            var reader = ActorSentence(
                graph: SyntaxGraph(article.sentences[index]), index: index, knowledge: knowledge, date: date,
                speaker: speaker)
            article.actors += reader.mentions(&memory)
            article.roles += reader.learned
            addGroups(reader.groups, to: &article.sentences[index])
        }
        finish(&article, memory)
    }

    private func addGroups(_ groups: [Name], to sentence: inout Sentence) {
        for name in groups where !sentence.names.contains(where: { $0.tokens.overlaps(name.tokens) }) {
            sentence.names.append(name)
        }
        sentence.names.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }

    /// Numbers the chains, and gives a person named before the office was told the code learned later.
    private func finish(_ article: inout AnnotatedArticle, _ memory: ActorMemory) {
        let (chains, numbers) = memory.coreference.chains()
        for i in article.actors.indices {
            guard let entity = article.actors[i].entity else { continue }
            let code = memory.coreference.entities[entity].code
            if article.actors[i].code.body == nil, code.body != nil,
                [.unknown, .person].contains(article.actors[i].kind)
                    || article.actors[i].rule == ActorSentence.wordsOfName
            {
                article.actors[i].code = code
                article.actors[i].kind = memory.coreference.entities[entity].type == .person ? .person : .organisation
                article.actors[i].rule = "learned later in the report"
            }
            article.actors[i].entity = numbers[entity]
        }
        for i in article.roles.indices { article.roles[i].entity = numbers[article.roles[i].entity] ?? 0 }
        article.chains = chains
    }

    /// The state whose offices a report names without saying so: that of its dateline, else of its outlet.
    private func home(of article: Article) -> String? {
        let lexicon = knowledge.actors
        if let place = article.datelinePlace {
            for part in place.split(separator: ",").reversed() {
                let name = part.trimmingCharacters(in: .whitespaces)
                let spelled = name == name.uppercased() ? name.capitalized : name
                if let country = lexicon.readings(spelled).first(where: { $0.kind == .country || $0.kind == .capital })?
                    .code.body
                {
                    return country
                }
                if let country = knowledge.gazetteer.places(spelled).first?.country { return country }
            }
        }
        guard let publisher = article.document.publisher ?? article.publisher else { return nil }
        let bare = publisher.hasPrefix("The ") ? String(publisher.dropFirst(4)) : publisher
        return (lexicon.readings(publisher) + lexicon.readings(bare)).first { $0.detail == "media" }?.country
    }
}
