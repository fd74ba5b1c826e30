public import DyadCodebook
public import DyadCore

/// A word or phrase that somebody marked as the mention of an event.
public struct GivenMention: Sendable {
    public var id: String
    /// Its words.
    public var span: Span

    /// A mention; see the properties.
    public init(id: String, span: Span) {
        self.id = id
        self.span = span
    }
}

/// Clusters marked mentions of events over many documents.
///
/// Documents are sorted into subjects and happenings by the words they share (``DocumentGroups``). Two mentions in
/// documents of one subject are one event with a probability that grows with the likeness of their words, documents,
/// sentences and arguments; groups are those of average linkage. The order in which documents are added does not matter.
public struct MentionMerger: Sendable {
    private let lexicon: LedgerLexicon
    private var documents: [Reading] = []

    /// A document as far as it is needed.
    private struct Reading: Sendable {
        /// Words of the document in their order; sorts the documents.
        var text: String
        /// Roots of its content words.
        var words: [(root: String, isName: Bool)]
        /// All lemmas.
        var lemmas: Set<String>
        var mentions: [MarkedMention]
    }

    /// A merger without documents.
    public init(lexicon: LedgerLexicon = .standard) { self.lexicon = lexicon }

    /// Adds a document with its marked mentions; identifiers are unique over all documents.
    public mutating func add(sentences: [Sentence], mentions given: [GivenMention]) {
        let tokens = sentences.flatMap(\.tokens)
        var words: [(root: String, isName: Bool)] = []
        for token in tokens where MarkedMention.contentTags.contains(token.upos) {
            let lemma = MarkedMention.lemma(token)
            // Names of days and months are stop words, but they tell happenings apart.
            let isName = token.upos == "PROPN"
            if isName || !lexicon.stops.contains(lemma) { words.append((lexicon.root(lemma), isName)) }
        }
        let mentions = given.map { MarkedMention($0, sentences, lexicon) }
        documents.append(
            Reading(
                text: tokens.map(\.form).joined(separator: " "), words: words,
                lemmas: Set(tokens.map(MarkedMention.lemma)),
                mentions: mentions.sorted { ($0.start, $0.id) < ($1.start, $1.id) }))
    }

    /// Number of the group of every mention, by its identifier.
    public func clusters() -> [String: Int] {
        let readings = documents.sorted { $0.text < $1.text }
        let groups = DocumentGroups(counts(readings), lexicon: lexicon)
        let mentions = readings.enumerated().flatMap { place, reading in reading.mentions.map { (place, $0) } }
        let likeness = likeness(readings, mentions, groups)
        let threshold = lexicon.mentions["threshold"] ?? 0.35
        var subjects: [Int: [Int]] = [:]
        for (index, mention) in mentions.enumerated() {
            subjects[groups.subjects[mention.0], default: []].append(index)
        }
        var out: [String: Int] = [:]
        var next = 0
        for subject in subjects.keys.sorted() {
            for group in Self.groups(subjects[subject] ?? [], likeness, threshold) {
                for index in group { out[mentions[index].1.id] = next }
                next += 1
            }
        }
        return out
    }

    /// Average linkage; mentions without a link above the threshold need not be compared.
    private static func groups(_ members: [Int], _ likeness: MentionLikeness, _ threshold: Double) -> [[Int]] {
        var forest = DisjointSets(members)
        for (place, i) in members.enumerated() {
            for j in members[(place + 1)...] where likeness.probability(i, j) >= threshold { forest.join(i, j) }
        }
        return forest.sets().flatMap { part in
            guard part.count > 1 else { return [part] }
            var linkage = AverageLinkage(count: part.count)
            for i in part.indices {
                for j in part.indices where j > i { linkage.set(i, j, likeness.probability(part[i], part[j])) }
            }
            return linkage.groups(threshold: threshold).map { $0.map { part[$0] } }
        }
    }

    // MARK: Numbered words

    private func counts(_ readings: [Reading]) -> [DocumentGroups.Counts] {
        let numbers = Self.numbers(readings.flatMap { $0.words.map(\.root) })
        return readings.map { reading in
            var counts = DocumentGroups.Counts()
            for word in reading.words {
                guard let number = numbers[word.root] else { continue }
                counts.all[number, default: 0] += 1
                if word.isName { counts.names[number, default: 0] += 1 }
            }
            return counts
        }
    }

    private func likeness(
        _ readings: [Reading], _ mentions: [(Int, MarkedMention)], _ groups: DocumentGroups
    ) -> MentionLikeness {
        let numbers = Self.numbers(readings.flatMap(\.lemmas))
        let roots = Self.numbers(mentions.map(\.1.root))
        var holders = [Double](repeating: 0, count: numbers.count)
        for reading in readings {
            for lemma in reading.lemmas { if let number = numbers[lemma] { holders[number] += 1 } }
        }
        let total = Double(readings.count) + (lexicon.mentions["background"] ?? 200)
        let rarity = holders.map { PortableMath.logarithm(total / max(1, $0)) }
        func weighed(_ words: Set<String>) -> WordVector {
            let known = words.compactMap { numbers[$0] }
            return WordVector(Dictionary(known.map { ($0, rarity[$0]) }, uniquingKeysWith: { first, _ in first }))
        }
        let items = mentions.map { document, mention in
            MentionLikeness.Item(
                document: document, sentence: mention.sentence, happening: groups.happenings[document],
                root: roots[mention.root] ?? 0, meaning: mention.meaning, subject: mention.subject,
                arguments: weighed(mention.arguments), context: weighed(mention.context))
        }
        return MentionLikeness(items, rarity: rarity, lexicon: lexicon) { groups.likeness($0, $1) }
    }

    private static func numbers(_ words: [String]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: Set(words).sorted().enumerated().map { ($1, $0) })
    }
}
