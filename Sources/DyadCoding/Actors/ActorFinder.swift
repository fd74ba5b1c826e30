public import DyadCodebook
public import DyadCore
import Foundation

/// Finds who is meant: states, organisations, people, roles, pronouns.
///
/// Names come from the lexicon; roles ("the Turkish army chief") from role nouns and the names around them; people
/// are learned from their titles and appositions and remembered for the rest of the report.
public struct ActorFinder: Stage {
    public let name = "actors"
    public let requires: Set<Layer> = [.article, .sentences, .names]
    public let provides: Set<Layer> = [.actors]
    private let lexicon: ActorLexicon
    private let gazetteer: Gazetteer

    /// A finder with a lexicon and a gazetteer.
    public init(knowledge: Knowledge) {
        lexicon = knowledge.actors
        gazetteer = knowledge.gazetteer
    }

    public func annotate(_ article: inout AnnotatedArticle) {
        var memory = ActorMemory()
        let date = article.documentTime
        memory.home = home(of: article.article)
        for index in article.sentences.indices {
            var reader = ActorSentence(
                graph: SyntaxGraph(article.sentences[index]), index: index, lexicon: lexicon, gazetteer: gazetteer,
                date: date)
            let mentions = reader.mentions(&memory)
            article.actors += mentions
            for name in reader.groups
            where !article.sentences[index].names.contains(where: { $0.tokens.overlaps(name.tokens) }) {
                article.sentences[index].names.append(name)
            }
            article.sentences[index].names.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
        }
    }
}

extension ActorFinder {
    /// The state whose offices a report names without saying so: that of its dateline, else of its outlet.
    private func home(of article: Article) -> String? {
        if let place = article.datelinePlace {
            for part in place.split(separator: ",").reversed() {
                let name = part.trimmingCharacters(in: .whitespaces)
                let spelled = name == name.uppercased() ? name.capitalized : name
                if let country = lexicon.readings(spelled).first(where: { $0.kind == .country || $0.kind == .capital })?
                    .code.body
                {
                    return country
                }
                if let country = gazetteer.places(spelled).first?.country { return country }
            }
        }
        guard let publisher = article.document.publisher ?? article.publisher else { return nil }
        let bare = publisher.hasPrefix("The ") ? String(publisher.dropFirst(4)) : publisher
        return (lexicon.readings(publisher) + lexicon.readings(bare)).first { $0.detail == "media" }?.country
    }
}

/// What a report has told so far about its people and parties.
struct ActorMemory {
    /// Actor by the last word of a person's name.
    var people: [String: (code: ActorCode, name: String)] = [:]
    /// Actor by role phrase: "army chief".
    var roles: [String: ActorCode] = [:]
    /// Abbreviations introduced in brackets.
    var abbreviations: [String: (code: ActorCode, name: String)] = [:]
    /// The armed group named last: "the rebels", "the group".
    var armedGroup: (code: ActorCode, name: String)?
    /// The state whose offices are meant when none is named.
    var home: String?
    /// Latest antecedents.
    var person: (code: ActorCode, name: String)?
    var thing: (code: ActorCode, name: String)?
    /// The states named, latest last, each once.
    var bodies: [(body: String, name: String)] = []

    mutating func note(_ mention: ActorMention) {
        guard let body = mention.code.body else { return }
        if mention.kind == .country || mention.kind == .organisation {
            bodies.removeAll { $0.body == body }
            bodies.append((body, mention.name))
        }
    }
}
