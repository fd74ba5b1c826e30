import DyadCodebook
import DyadCore

/// A marked mention as its sentence shows it: the word that says what happens, its subject, the words around it.
struct MarkedMention: Sendable {
    var id: String
    var start: Int
    /// Place of its sentence in the document.
    var sentence: Int
    /// What is left of the word that says what happens.
    var root: String
    var meaning = EventSynonyms.Meaning()
    /// Words of its subject.
    var subject: Set<String> = []
    /// Words of its subject, objects and modifiers.
    var arguments: Set<String> = []
    /// Words of its sentence outside the mention.
    var context: Set<String> = []

    static let contentTags: Set = ["NOUN", "PROPN", "VERB", "NUM", "ADJ"]
    private static let functionTags: Set = ["DET", "PRON", "AUX", "PUNCT", "PART"]
    private static let modifiers: Set = ["compound", "flat", "nmod", "amod", "nummod", "appos"]

    /// Reads a mention; one that lies outside every sentence is like no other.
    init(_ given: GivenMention, _ sentences: [Sentence], _ lexicon: LedgerLexicon) {
        (id, start, sentence, root) = (given.id, given.span.start, -1, given.id)
        guard let place = sentences.firstIndex(where: { $0.span.overlaps(given.span) }) else { return }
        let tokens = sentences[place].tokens
        let inside = tokens.indices.filter { tokens[$0].span.overlaps(given.span) }
        guard let head = Self.head(inside, tokens, lexicon) else { return }
        sentence = place
        root = lexicon.root(Self.lemma(tokens[head]))
        meaning = Self.meaning(head, inside, tokens, lexicon)
        for (index, token) in tokens.enumerated() where Self.contentTags.contains(token.upos) {
            let lemma = Self.lemma(token)
            if !inside.contains(index), !lexicon.stops.contains(lemma) { context.insert(lemma) }
        }
        readArguments(head, inside, tokens)
    }

    static func lemma(_ token: Token) -> String { token.lemma.lowercased() }

    /// The word that says what happens: not a light verb where a noun stands beside it.
    private static func head(_ inside: [Int], _ tokens: [Token], _ lexicon: LedgerLexicon) -> Int? {
        guard let head = inside.first(where: { !inside.contains(tokens[$0].head) }) ?? inside.first else { return nil }
        guard lexicon.lightVerbs.contains(lemma(tokens[head])) else { return head }
        return inside.last { $0 != head && ["NOUN", "VERB", "ADJ"].contains(tokens[$0].upos) } ?? head
    }

    /// The meaning of the phrase ("take into custody", "break out") where it has one, else of its head.
    private static func meaning(
        _ head: Int, _ inside: [Int], _ tokens: [Token], _ lexicon: LedgerLexicon
    ) -> EventSynonyms.Meaning {
        let word = lemma(tokens[head])
        var phrases = [inside.filter { !functionTags.contains(tokens[$0].upos) }.map { lemma(tokens[$0]) }]
        for (index, token) in tokens.enumerated() where token.head == head && token.relation == "compound:prt" {
            phrases.append([word, lemma(tokens[index])])
        }
        for index in inside where index != head {
            phrases += [[word, lemma(tokens[index])], [lemma(tokens[index]), word]]
        }
        var out = EventSynonyms.Meaning()
        for phrase in phrases where phrase.count > 1 {
            let found = lexicon.synonyms.meaning(lexicon.key(phrase))
            out.groups.formUnion(found.groups)
            out.related.formUnion(found.related)
        }
        guard out.groups.isEmpty else { return out }
        let found = lexicon.synonyms.meaning(lexicon.key([word]))
        out.groups.formUnion(found.groups)
        out.related.formUnion(found.related)
        for index in inside where tokens[index].head == head && ["NOUN", "VERB"].contains(tokens[index].upos) {
            out.related.formUnion(lexicon.synonyms.meaning(lexicon.key([lemma(tokens[index])])).groups)
        }
        return out
    }

    // MARK: Arguments

    private mutating func readArguments(_ head: Int, _ inside: [Int], _ tokens: [Token]) {
        for (index, token) in tokens.enumerated() where inside.contains(token.head) && !inside.contains(index) {
            let base = String(token.baseRelation)
            let isSubject = ["nsubj", "csubj"].contains(base) && token.relation != "nsubj:pass"
            let isArgument =
                token.head != head || isSubject || base == "nsubj" || Self.modifiers.contains(base)
                || ["obj", "iobj", "ccomp", "xcomp", "obl", "advcl", "acl"].contains(base)
            guard isArgument else { continue }
            let words = Self.words(index, inside, tokens)
            if isSubject { subject.formUnion(words) }
            arguments.formUnion(words)
        }
        let governor = tokens[head].head
        guard tokens.indices.contains(governor), !inside.contains(governor) else { return }
        let relation = tokens[head].baseRelation
        if ["nmod", "compound", "amod"].contains(relation) {
            arguments.formUnion(Self.words(governor, inside, tokens))
        } else if subject.isEmpty, ["conj", "xcomp", "advcl"].contains(relation) {
            for (index, token) in tokens.enumerated() where token.head == governor && token.relation == "nsubj" {
                subject.formUnion(Self.words(index, inside, tokens))
            }
            arguments.formUnion(subject)
        }
    }

    /// A word and its modifiers, without those inside the mention.
    private static func words(_ index: Int, _ inside: [Int], _ tokens: [Token]) -> Set<String> {
        var out: Set<String> = tokens[index].upos == "PRON" ? [lemma(tokens[index])] : []
        for (other, token) in tokens.enumerated() {
            let isPart = other == index || token.head == index && modifiers.contains(String(token.baseRelation))
            if isPart, !inside.contains(other), contentTags.contains(token.upos) { out.insert(lemma(token)) }
        }
        return out
    }
}
