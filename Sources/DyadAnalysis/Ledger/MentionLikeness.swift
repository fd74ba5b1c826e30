import DyadCodebook

/// How likely two marked mentions are of one event, as a sum of log odds.
///
/// The weights stand in `rules/en/ledger.tsv` (kind `mention`). Mentions of one root count their own words; mentions of
/// different roots count what all mentions of these roots in the reports of the happening have around them.
struct MentionLikeness {
    /// A mention with its words numbered and weighed.
    struct Item {
        var document: Int
        var sentence: Int
        var happening: Int
        var root: Int
        var meaning: EventSynonyms.Meaning
        var subject: Set<String>
        var arguments: WordVector
        var context: WordVector
    }

    /// A root in the reports of one happening.
    private struct Use: Hashable {
        var happening: Int
        var root: Int
    }

    private struct Profile {
        var words: [Int: Double] = [:]
        var vector = WordVector([:])
        var sentences: Set<[Int]> = []
        var documents: Set<Int> = []
    }

    private let items: [Item]
    private let profiles: [Profile]
    private let profile: [Int]
    private let speech: Set<Int>
    private let documentLikeness: (Int, Int) -> Double
    private let base, root, kind, related, happening, near, nearKind, context, arguments: Double
    private let common, together, sameSentence, frequent, speaker, spread: Double
    /// Number of happenings in which a root is used.
    private let uses: [Int: Int]

    init(_ items: [Item], rarity: [Double], lexicon: LedgerLexicon, documentLikeness: @escaping (Int, Int) -> Double) {
        func weight(_ name: String) -> Double { lexicon.mentions[name] ?? 0 }
        self.items = items
        self.documentLikeness = documentLikeness
        speech = lexicon.synonyms.speech
        (base, root, kind, related) = (weight("base"), weight("root"), weight("kind"), weight("related"))
        (happening, near, nearKind) = (weight("happening"), weight("near"), weight("near_kind"))
        (context, arguments) = (weight("context"), weight("arguments"))
        (common, together, sameSentence) = (weight("profile"), weight("together"), weight("sentence"))
        (frequent, speaker, spread) = (weight("frequent"), weight("speaker"), weight("spread"))
        uses = Dictionary(grouping: items, by: \.root).mapValues { Set($0.map(\.happening)).count }
        (profiles, profile) = Self.profiles(items, rarity)
    }

    private static func profiles(_ items: [Item], _ rarity: [Double]) -> ([Profile], [Int]) {
        var numbers: [Use: Int] = [:]
        var list: [Profile] = []
        var places: [Int] = []
        for item in items {
            let use = Use(happening: item.happening, root: item.root)
            let number = numbers[use] ?? list.count
            if number == list.count { list.append(Profile()) }
            numbers[use] = number
            list[number].sentences.insert([item.document, item.sentence])
            list[number].documents.insert(item.document)
            for word in item.arguments.words { list[number].words[word, default: 0] += 1 }
            places.append(number)
        }
        for index in list.indices {
            let weights = list[index].words.map { ($0, PortableMath.logarithm(1 + $1) * rarity[$0]) }
            list[index].vector = WordVector(Dictionary(weights, uniquingKeysWith: { first, _ in first })).unit
        }
        return (list, places)
    }

    /// From 0 to 1.
    func probability(_ i: Int, _ j: Int) -> Double {
        let (left, right) = (items[i], items[j])
        let isOne = left.happening == right.happening
        let close = left.document == right.document ? 0.3 : documentLikeness(left.document, right.document)
        if left.root == right.root {
            let odds = base + (isOne ? happening : 0) + root + near * close + sameRoot(i, j)
            return PortableMath.probability(odds + wide(left, right))
        }
        let isKind = !left.meaning.groups.isDisjoint(with: right.meaning.groups)
        let isRelated =
            !isKind
            && !(left.meaning.groups.isDisjoint(with: right.meaning.related)
                && left.meaning.related.isDisjoint(with: right.meaning.groups))
        guard isKind || isRelated || isOne else { return 0 }
        let odds = base + (isOne ? happening : 0) + (isKind ? kind : isRelated ? related : 0) + nearKind * close
        return PortableMath.probability(odds + otherRoot(i, j, isKind) + wide(left, right))
    }

    /// What speaks for one event where the root is the same.
    private func sameRoot(_ i: Int, _ j: Int) -> Double {
        let (left, right) = (items[i], items[j])
        let documents = max(profiles[profile[i]].documents.count, profiles[profile[j]].documents.count)
        var sum = context * WordVector.share(left.context, right.context)
        sum += arguments * WordVector.share(left.arguments, right.arguments)
        sum += frequent * PortableMath.logarithm(Double(documents))
        if !left.meaning.groups.isEmpty, left.meaning.groups.isSubset(of: speech) { sum += speakers(left, right) }
        return sum
    }

    /// What speaks for and against one event where the roots differ.
    private func otherRoot(_ i: Int, _ j: Int, _ isKind: Bool) -> Double {
        let (left, right) = (items[i], items[j])
        let (first, second) = (profiles[profile[i]], profiles[profile[j]])
        var sum = common * WordVector.product(first.vector, second.vector)
        let meeting = first.sentences.intersection(second.sentences).count
        sum += together * Double(meeting) / Double(max(1, min(first.sentences.count, second.sentences.count)))
        if left.document == right.document, left.sentence == right.sentence { sum += sameSentence }
        if isKind, left.meaning.groups.intersection(right.meaning.groups).isSubset(of: speech) {
            sum += speakers(left, right)
        }
        return sum
    }

    /// A word that many happenings use says little across documents.
    private func wide(_ left: Item, _ right: Item) -> Double {
        guard left.document != right.document else { return 0 }
        return spread * PortableMath.logarithm(Double(max(uses[left.root] ?? 1, uses[right.root] ?? 1)))
    }

    /// Two speakers never say one thing in one act.
    private func speakers(_ left: Item, _ right: Item) -> Double {
        left.subject.isDisjoint(with: right.subject) ? speaker : 0
    }
}
