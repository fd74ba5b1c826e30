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

/// Clusters marked mentions of events over many documents, with the words and classes that merging reports uses.
///
/// Two mentions are one event with a probability that grows with the likeness of their words, of their documents
/// (words that are rare in the whole collection), of their sentences and of their arguments; groups are those of
/// average linkage.
public struct MentionMerger: Sendable {
    private let lexicon: LedgerLexicon
    private var documents: [[String: Double]] = []
    private var mentions: [Mention] = []

    private struct Mention: Sendable {
        var id: String
        var document: Int
        var lemma: String
        var root: String
        var classes: Set<String>
        var context: [String]
        var arguments: [String]
    }

    /// A merger without documents.
    public init(lexicon: LedgerLexicon = .standard) { self.lexicon = lexicon }

    /// Adds a document with its marked mentions.
    public mutating func add(sentences: [Sentence], mentions given: [GivenMention]) {
        var counts: [String: Double] = [:]
        for token in sentences.flatMap(\.tokens) where Self.carries(token) {
            counts[token.lemma.lowercased(), default: 0] += 1
        }
        documents.append(counts)
        for mention in given { mentions.append(read(mention, sentences, documents.count - 1)) }
    }

    private static func carries(_ token: Token) -> Bool {
        ["NOUN", "PROPN", "VERB", "NUM", "ADJ"].contains(token.upos)
    }

    private func read(_ mention: GivenMention, _ sentences: [Sentence], _ document: Int) -> Mention {
        var out = Mention(
            id: mention.id, document: document, lemma: mention.id, root: mention.id, classes: [], context: [],
            arguments: [])
        guard let sentence = sentences.first(where: { $0.span.overlaps(mention.span) }) else { return out }
        let tokens = sentence.tokens
        let inside = tokens.indices.filter { tokens[$0].span.overlaps(mention.span) }
        guard let head = head(inside, tokens) else { return out }
        out.lemma = tokens[head].lemma.lowercased()
        out.root = lexicon.root(out.lemma)
        let phrase = lexicon.root(inside.map { tokens[$0].lemma.lowercased() }.joined(separator: "-"))
        out.classes = Set((lexicon.classes[out.root] ?? []) + (lexicon.classes[phrase] ?? []))
        for (index, token) in tokens.enumerated() where Self.carries(token) && !inside.contains(index) {
            out.context.append(token.lemma.lowercased())
        }
        out.arguments = Self.arguments(of: head, inside, tokens)
        return out
    }

    /// The word that says what happens: not a light verb where a noun stands beside it.
    private func head(_ inside: [Int], _ tokens: [Token]) -> Int? {
        guard let head = inside.first(where: { !inside.contains(tokens[$0].head) }) ?? inside.first else { return nil }
        let isLight = lexicon.lightVerbs.contains(tokens[head].lemma.lowercased())
        return isLight ? inside.last { $0 != head && ["NOUN", "VERB", "ADJ"].contains(tokens[$0].upos) } ?? head : head
    }

    private static func arguments(of head: Int, _ inside: [Int], _ tokens: [Token]) -> [String] {
        var out: [String] = []
        let governor = ["nmod", "compound", "amod"].contains(tokens[head].baseRelation) ? tokens[head].head : -1
        for (index, token) in tokens.enumerated() where !inside.contains(index) {
            guard inside.contains(token.head) || index == governor else { continue }
            if carries(token) || token.upos == "PRON" { out.append(token.lemma.lowercased()) }
            for (other, below) in tokens.enumerated() where below.head == index && !inside.contains(other) {
                if ["PROPN", "NOUN", "NUM"].contains(below.upos) { out.append(below.lemma.lowercased()) }
            }
        }
        return out
    }

    /// Number of the group of every mention, by its identifier.
    public func clusters() -> [String: Int] {
        let rarity = rarity()
        let vectors = documents.map { Self.vector($0, rarity) }
        let near = likeness(vectors)
        let weights = mentions.map { mention in
            (Self.weighted(mention.context, rarity), Self.weighted(mention.arguments, rarity))
        }
        let threshold = lexicon.mentions["threshold"] ?? 0.3
        var byDocument: [Int: [Int]] = [:]
        for (index, mention) in mentions.enumerated() { byDocument[mention.document, default: []].append(index) }
        func probability(_ i: Int, _ j: Int) -> Double {
            let (a, b) = (mentions[i].document, mentions[j].document)
            let close = a == b ? 0.3 : min(0.5, near[[min(a, b), max(a, b)]] ?? 0)
            return odds(i, j, close, weights)
        }
        var sets = DisjointSets(Array(mentions.indices))
        for (pair, value) in near where value > 0.05 {
            for i in byDocument[pair[0]] ?? [] {
                for j in byDocument[pair[1]] ?? [] where areKin(i, j) && probability(i, j) > threshold {
                    sets.join(i, j)
                }
            }
        }
        for members in byDocument.values {
            for (place, i) in members.enumerated() {
                for j in members[(place + 1)...] where areKin(i, j) && probability(i, j) > threshold { sets.join(i, j) }
            }
        }
        var out: [String: Int] = [:]
        var next = 0
        for part in sets.sets() {
            var linkage = AverageLinkage(count: part.count)
            for i in part.indices {
                for j in part.indices where j > i { linkage.set(i, j, probability(part[i], part[j])) }
            }
            for group in linkage.groups(threshold: threshold) {
                for index in group { out[mentions[part[index]].id] = next }
                next += 1
            }
        }
        return out
    }

    /// True when the words of two mentions are of one root or one class.
    private func areKin(_ i: Int, _ j: Int) -> Bool {
        mentions[i].root == mentions[j].root || mentions[i].lemma == mentions[j].lemma
            || !mentions[i].classes.isDisjoint(with: mentions[j].classes)
    }

    private func odds(_ i: Int, _ j: Int, _ close: Double, _ weights: [([String: Double], [String: Double])]) -> Double
    {
        let (left, right) = (mentions[i], mentions[j])
        func weight(_ name: String) -> Double { lexicon.mentions[name] ?? 0 }
        let isWord = left.lemma == right.lemma, isRoot = left.root == right.root
        let isKind = !isWord && !isRoot && !left.classes.isDisjoint(with: right.classes)
        let isNear = isWord || isRoot
        var sum = weight("base") + (isWord ? weight("lemma") : isRoot ? weight("root") : isKind ? weight("kind") : 0)
        sum += close * weight(isNear ? "near" : isKind ? "near_kind" : "near_other")
        if left.document == right.document {
            sum += weight("document") + (isNear ? 0 : weight(isKind ? "document_kind" : "document_other"))
        }
        if close < 0.08 { sum += weight("far") }
        if isNear { sum += weight("context") * Self.shared(weights[i].0, weights[j].0) }
        sum += Self.shared(weights[i].1, weights[j].1) * (isNear ? 0 : weight(isKind ? "arguments" : "arguments_other"))
        return 1 / (1 + Self.exponential(-sum))
    }

    /// e to the power of x, by squaring: the same on every machine.
    private static func exponential(_ x: Double) -> Double {
        var value = 1 + x / 4096
        for _ in 0..<12 { value *= value }
        return max(0, value)
    }

    // MARK: Words and how rare they are

    private func rarity() -> [String: Double] {
        var counts: [String: Int] = [:]
        for document in documents { for word in document.keys { counts[word, default: 0] += 1 } }
        return counts.mapValues { Self.logarithm(Double(documents.count) / Double($0)) + 0.01 }
    }

    /// Natural logarithm of a number of at least 1, by halving and a series.
    private static func logarithm(_ x: Double) -> Double {
        var value = max(1, x), halvings = 0.0
        while value > 1.5 {
            value /= 2
            halvings += 1
        }
        let y = (value - 1) / (value + 1)
        let square = y * y
        return halvings * 0.693_147_180_559_945_3 + 2 * y
            * (1 + square / 3 + square * square / 5 + square * square * square / 7)
    }

    private static func vector(_ counts: [String: Double], _ rarity: [String: Double]) -> [String: Double] {
        var out: [String: Double] = [:]
        var square = 0.0
        for (word, count) in counts.sorted(by: { $0.key < $1.key }) {
            let value = (1 + logarithm(count)) * (rarity[word] ?? 0)
            out[word] = value
            square += value * value
        }
        let length = max(square.squareRoot(), 1e-9)
        return out.mapValues { $0 / length }
    }

    /// Cosines of the documents that share a word.
    private func likeness(_ vectors: [[String: Double]]) -> [[Int]: Double] {
        var holders: [String: [(Int, Double)]] = [:]
        for (index, vector) in vectors.enumerated() {
            for (word, value) in vector where value > 0 { holders[word, default: []].append((index, value)) }
        }
        var table: [Int: Double] = [:]
        let count = vectors.count
        for word in holders.keys.sorted() {
            guard let list = holders[word], list.count > 1, list.count * 3 < max(count, 12) * 2 else { continue }
            for (place, first) in list.enumerated() {
                for second in list[(place + 1)...] {
                    table[first.0 * count + second.0, default: 0] += first.1 * second.1
                }
            }
        }
        return Dictionary(
            table.map { ([$0.key / count, $0.key % count], $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    private static func weighted(_ words: [String], _ rarity: [String: Double]) -> [String: Double] {
        Dictionary(words.map { ($0, rarity[$0] ?? 0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Weight that two sets share, against the geometric mean of their weights.
    private static func shared(_ left: [String: Double], _ right: [String: Double]) -> Double {
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        let common = left.keys.filter { right[$0] != nil }.sorted().reduce(0) { $0 + (left[$1] ?? 0) }
        let (a, b) = (left.values.sorted().reduce(0, +), right.values.sorted().reduce(0, +))
        return a > 0 && b > 0 ? common / (a * b).squareRoot() : 0
    }
}
