import DyadCodebook
import DyadCore
import Foundation

/// The entities that a report has spoken of so far, and who was mentioned where.
///
/// One pass in reading order. Names find their entity by their words; definite nouns by what they are called; pronouns
/// by the salience of the mentions before them, after Lappin and Leass (1994), "An algorithm for pronominal anaphora
/// resolution".
struct Coreference {
    /// Somebody or something the report speaks of.
    struct Entity {
        var name: String
        var type: EntityType
        var code = ActorCode(nil)
        /// `state`, `armed-group`, `igo` and so on, for what has a name.
        var noun = ""
        var isPlural = false
        var gender: ReferenceLexicon.Gender?
        /// Names by which it was called, folded.
        var names: Set<String> = []
        /// Head nouns by which it was called.
        var heads: Set<String> = []
        /// Offices that one person holds at a time, by their names in the lexicon.
        var offices: Set<String> = []
        /// Entities that a group is made of.
        var members: [Int] = []
        var mentions: [EntityMention] = []
    }

    /// A mention that a later pronoun may take up.
    struct Recent {
        var entity: Int
        var members: [Int]
        var sentence: Int
        var head: Int
        var tokens: Range<Int>
        var weight: Double
        var isPronoun: Bool
        var isSubject: Bool
    }

    private(set) var entities: [Entity] = []
    private(set) var recents: [Recent] = []
    private var byKey: [String: Int] = [:]
    private var bySurname: [String: [Int]] = [:]
    private var groups: [[Int]: Int] = [:]
    let references: ReferenceLexicon

    init(references: ReferenceLexicon) { self.references = references }

    // MARK: - Entities

    func entity(key: String) -> Int? { byKey[key] }

    mutating func update(_ number: Int, _ change: (inout Entity) -> Void) { change(&entities[number]) }

    mutating func make(_ entity: Entity, key: String?) -> Int {
        entities.append(entity)
        if let key { byKey[key] = entities.count - 1 }
        return entities.count - 1
    }

    mutating func alias(_ key: String, for number: Int) { if byKey[key] == nil { byKey[key] = number } }

    /// A group of entities, the same whenever the members are the same.
    mutating func group(_ members: [Int]) -> Int {
        let set = Array(Set(members)).sorted()
        if let known = groups[set] { return known }
        var entity = Entity(name: set.map { entities[$0].name }.joined(separator: " and "), type: .group)
        entity.isPlural = true
        entity.members = set
        let number = make(entity, key: nil)
        groups[set] = number
        return number
    }

    /// Mentions of an entity are the most telling when they have most words of a name.
    mutating func record(_ number: Int, _ mention: EntityMention, _ graph: SyntaxGraph) {
        entities[number].mentions.append(mention)
        recents.append(
            Recent(
                entity: number, members: [], sentence: mention.sentence, head: mention.head, tokens: mention.tokens,
                weight: Self.weight(mention.head, graph), isPronoun: mention.form == .pronoun,
                isSubject: graph.relation(mention.head) == "nsubj"))
    }

    /// "Chile and Peru": a plural pronoun may take up both.
    mutating func recordCoordination(_ members: [Int], first: Int, last: Int, sentence: Int, _ graph: SyntaxGraph) {
        recents.append(
            Recent(
                entity: -1, members: members, sentence: sentence, head: first, tokens: first..<max(first, last) + 1,
                weight: Self.weight(first, graph) + 0.5, isPronoun: false,
                isSubject: graph.relation(first) == "nsubj"))
    }

    /// How much a mention's place in the tree makes it the topic.
    private static func weight(_ head: Int, _ graph: SyntaxGraph) -> Double {
        var at = head
        while ["conj", "appos"].contains(graph.relation(at)), let up = graph.head(at) { at = up }
        let base: Double =
            switch graph.relation(at) {
            case "nsubj": 4
            case "obj", "iobj": 2.5
            case "root": 2
            case "obl": 1.8
            case "compound", "amod": 0.5
            default: graph.token(at).relation == "nmod:poss" ? 2.2 : 1.4
            }
        return base - (at == head ? 0 : 0.3)
    }

    /// Forgets mentions that are too far back to be taken up.
    mutating func forget(before sentence: Int) {
        if let first = recents.first, first.sentence < sentence { recents.removeAll { $0.sentence < sentence } }
    }

    /// The entity mentioned last of all that fit.
    func latest(where fits: (Entity) -> Bool) -> Int? {
        var best: (place: (Int, Int), number: Int)?
        for (number, entity) in entities.enumerated() {
            guard let last = entity.mentions.last, best.map({ $0.place < (last.sentence, last.head) }) ?? true,
                fits(entity)
            else { continue }
            best = ((last.sentence, last.head), number)
        }
        return best?.number
    }

    // MARK: - Names

    /// Lower case without diacritics.
    static func fold(_ text: String) -> String {
        let lower = text.lowercased()
        if lower.utf8.allSatisfy({ $0 < 0x80 }) { return lower }
        return lower.folding(options: .diacriticInsensitive, locale: nil)
            .replacingOccurrences(of: "ı", with: "i").replacingOccurrences(of: "’", with: "'")
    }

    /// The person that a name's words denote: the same surname, and given names that do not disagree.
    mutating func person(_ words: [String]) -> Int? {
        guard let last = words.last else { return nil }
        let known = bySurname[last]?.reversed().first { agrees($0, words) }
        return known ?? misspelt(words)
    }

    private func agrees(_ number: Int, _ words: [String]) -> Bool {
        guard words.count > 1, let first = words.first?.first else { return true }
        return entities[number].names.contains { name in
            let parts = name.split(separator: " ")
            guard parts.count > 1, let other = parts.first else { return true }
            return other == words[0] || other.count <= 2 && other.first == first
                || words[0].count <= 2 && other.first == first || parts.contains { $0 == words[0] }
        }
    }

    mutating func noteSurname(_ words: [String], of number: Int) {
        for word in [words.first, words.last].compactMap({ $0 }) where bySurname[word]?.last != number {
            bySurname[word, default: []].append(number)
        }
    }

    /// A long name that differs from a known one in one letter.
    func misspelt(_ words: [String]) -> Int? {
        let text = words.joined(separator: " ")
        guard text.utf8.count >= 8 else { return nil }
        return entities.indices.first { number in
            entities[number].names.contains { $0.utf8.count >= 7 && Self.differsByOne($0, text) }
        }
    }

    /// True when one letter is put in, left out or replaced.
    static func differsByOne(_ left: String, _ right: String) -> Bool {
        let (a, b) = (Array(left.utf8), Array(right.utf8))
        guard abs(a.count - b.count) <= 1, a.first == b.first else { return false }
        var start = 0
        while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
        var tail = 0
        while tail < min(a.count, b.count) - start, a[a.count - 1 - tail] == b[b.count - 1 - tail] { tail += 1 }
        return max(a.count, b.count) - start - tail <= 1
    }

    // MARK: - The result

    /// Chains in the order of their first mention; `numbers` gives each entity its chain.
    func chains() -> (chains: [EntityChain], numbers: [Int: Int]) {
        let order = entities.indices.filter { !entities[$0].mentions.isEmpty }
            .sorted { first(entities[$0]) < first(entities[$1]) }
        var numbers: [Int: Int] = [:]
        var out: [EntityChain] = []
        for entity in order {
            numbers[entity] = out.count + 1
            let known = entities[entity]
            out.append(
                EntityChain(
                    number: out.count + 1, name: known.name, type: known.type, code: known.code,
                    mentions: known.mentions.sorted { ($0.sentence, $0.head) < ($1.sentence, $1.head) }))
        }
        return (out, numbers)
    }

    private func first(_ entity: Entity) -> (Int, Int) {
        entity.mentions.map { ($0.sentence, $0.head) }.min { $0 < $1 } ?? (0, 0)
    }
}
