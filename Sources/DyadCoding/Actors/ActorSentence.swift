import DyadCodebook
import DyadCore
import Foundation

/// The mentions of one sentence.
///
/// Names come first, then everything else from left to right, so that a pronoun or role finds what stands before it.
struct ActorSentence {
    let graph: SyntaxGraph
    let index: Int
    let knowledge: Knowledge
    let date: CalendarDate?
    /// Who speaks the sentence, in a dialogue.
    let speaker: String?
    /// Names of peoples and armed groups, for the name layer.
    var groups: [Name] = []
    var found: [ActorMention] = []
    var taken: [Bool]
    /// Entity by the head of its mention.
    var entities: [Int: Int] = [:]
    var phrases: [Int: NounPhrase] = [:]
    /// Words of full personal names anywhere in the report.
    var personWords: Set<String> = []
    /// Full personal names anywhere in the report, by their last word.
    var fullNames: [String: [[String]]] = [:]
    /// Offices told in this sentence.
    var learned: [LearnedRole] = []

    /// Rule of a mention whose actor was read from the words of a name in no lexicon.
    static let wordsOfName = "words of the name"

    var lexicon: ActorLexicon { knowledge.actors }
    var references: ReferenceLexicon { knowledge.references }

    init(graph: SyntaxGraph, index: Int, knowledge: Knowledge, date: CalendarDate?, speaker: String?) {
        self.graph = graph
        self.index = index
        self.knowledge = knowledge
        self.date = date
        self.speaker = speaker
        taken = [Bool](repeating: false, count: graph.sentence.tokens.count)
    }

    mutating func mentions(_ memory: inout ActorMemory) -> [ActorMention] {
        personWords = memory.personWords
        fullNames = memory.fullNames
        memory.coreference.forget(before: index - PronounResolver.reach)
        findNames(&memory)
        findUnknownNames(&memory)
        settlePeoples()
        let names = graph.sentence.names.map(\.tokens) + found.map(\.tokens)
        for phrase in NounPhraseFinder(graph: graph, names: names).phrases() { phrases[phrase.head] = phrase }
        var deferred: [NounPhrase] = []
        for i in graph.sentence.tokens.indices {
            let phrase = phrases[i]
            if let phrase, phrase.form == .pronoun {
                if !refer(phrase, &memory) { deferred.append(phrase) }
                continue
            }
            if !taken[i] { findRole(i, &memory) }
            if let phrase { link(phrase, &memory) }
        }
        for phrase in deferred { referLate(phrase, &memory) }
        shareOwners()
        learnRoles(&memory)
        found.sort { ($0.tokens.lowerBound, $0.tokens.upperBound) < ($1.tokens.lowerBound, $1.tokens.upperBound) }
        for mention in found {
            memory.note(mention, isState: mention.code.body.map { lexicon.countries[$0] != nil } ?? false)
        }
        return found
    }

    func form(_ i: Int) -> String { graph.token(i).form.replacingOccurrences(of: "’", with: "'") }

    func key(_ range: Range<Int>) -> String { range.map(form).joined(separator: " ") }

    /// The token of a range whose head lies outside it.
    func syntacticHead(_ range: Range<Int>) -> Int {
        range.first { i in graph.head(i).map { !range.contains($0) } ?? true } ?? range.upperBound - 1
    }
}
