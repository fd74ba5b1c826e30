import DyadCodebook

/// Sorts documents into subjects, and the documents of a subject into happenings, by the words they share.
///
/// Rare words and names say most. Two documents of one subject (two earthquakes) share its words, so inside a subject
/// words count by how rare they are there; a subject is cut in two where each half is much more alike than the halves
/// are, and the halves are looked at again.
struct DocumentGroups {
    /// Words of a document: how often, and how often as names.
    struct Counts: Sendable {
        var all: [Int: Int] = [:]
        var names: [Int: Int] = [:]
    }

    /// Number of the subject of every document.
    private(set) var subjects: [Int]
    /// Number of the happening of every document; no two subjects share a number.
    private(set) var happenings: [Int]
    private let documents: [Counts]
    private let vectors: [WordVector]
    private let holders: [Int: Int]
    private let factors: [Int: Double]
    private let total: Double
    private let split: Double
    /// Subjects larger than this are cut at a higher likeness first.
    private let largest = 2_000

    /// Groups documents; the lexicon holds the weights.
    init(_ documents: [Counts], lexicon: LedgerLexicon) {
        func weight(_ name: String, _ standard: Double) -> Double { lexicon.mentions[name] ?? standard }
        self.documents = documents
        (subjects, happenings) = ([Int](repeating: 0, count: documents.count), [])
        split = weight("split", 2.2)
        total = Double(documents.count) + weight("background", 200)
        holders = Self.holders(documents, Array(documents.indices))
        factors = Self.factors(documents, name: weight("name", 1.5))
        let (holders, factors, total) = (holders, factors, total)
        vectors = documents.map { counts in
            Self.vector(counts, factors) { PortableMath.logarithm(total / Double(holders[$0] ?? 1)) }.unit
        }
        happenings = subjects
        let least = weight("subject", 0.08)
        var parts = linked(Array(documents.indices), least)
        var (subject, happening) = (0, 0)
        while let part = parts.popLast() {
            for group in average(part, vectors, threshold: least) {
                for document in group { subjects[document] = subject }
                subject += 1
                for members in happeningsOf(group) {
                    for document in members { happenings[document] = happening }
                    happening += 1
                }
            }
        }
    }

    /// How alike two documents are, from 0 to 1.
    func likeness(_ first: Int, _ second: Int) -> Double { WordVector.product(vectors[first], vectors[second]) }

    // MARK: Weights of words

    private static func holders(_ documents: [Counts], _ members: [Int]) -> [Int: Int] {
        var out: [Int: Int] = [:]
        for index in members { for word in documents[index].all.keys { out[word, default: 0] += 1 } }
        return out
    }

    /// Words that are mostly names count more.
    private static func factors(_ documents: [Counts], name: Double) -> [Int: Double] {
        var counts = Counts()
        for document in documents {
            counts.all.merge(document.all, uniquingKeysWith: +)
            counts.names.merge(document.names, uniquingKeysWith: +)
        }
        var out: [Int: Double] = [:]
        for (word, all) in counts.all where (counts.names[word] ?? 0) * 2 > all { out[word] = name }
        return out
    }

    private static func vector(_ counts: Counts, _ factors: [Int: Double], rarity: (Int) -> Double) -> WordVector {
        var out: [Int: Double] = [:]
        for (word, count) in counts.all {
            out[word] = (1 + PortableMath.logarithm(Double(count))) * (factors[word] ?? 1) * rarity(word)
        }
        return WordVector(out)
    }

    // MARK: Subjects

    /// Documents that links of a least likeness connect; a large part is taken apart at a higher likeness.
    private func linked(_ members: [Int], _ least: Double) -> [[Int]] {
        var postings: [Int: [(Int, Double)]] = [:]
        var forest = DisjointSets(members)
        var sums = [Double](repeating: 0, count: documents.count)
        for document in members {
            var touched: [Int] = []
            for (word, value) in zip(vectors[document].words, vectors[document].values) {
                for (other, weight) in postings[word] ?? [] {
                    if sums[other] == 0 { touched.append(other) }
                    sums[other] += value * weight
                }
                postings[word, default: []].append((document, value))
            }
            for other in touched {
                if sums[other] >= least { forest.join(document, other) }
                sums[other] = 0
            }
        }
        return forest.sets().flatMap { part in
            part.count > largest && least < 0.9 ? linked(part, least + 0.04) : [part]
        }
    }

    private func average(_ part: [Int], _ vectors: [WordVector], threshold: Double, least: Int = 1) -> [[Int]] {
        guard part.count > 1 else { return [part] }
        var linkage = AverageLinkage(count: part.count)
        for i in part.indices {
            for j in part.indices where j > i {
                linkage.set(i, j, WordVector.product(vectors[part[i]], vectors[part[j]]))
            }
        }
        return linkage.groups(threshold: threshold, least: least).map { $0.map { part[$0] } }
    }

    // MARK: Happenings of one subject

    private func happeningsOf(_ group: [Int]) -> [[Int]] {
        var open = [group]
        var out: [[Int]] = []
        while let part = open.popLast() {
            if let (left, right) = halves(part) { open += [left, right] } else { out.append(part) }
        }
        return out
    }

    /// Two halves that are each much more alike than they are like each other; nil when there are none.
    private func halves(_ part: [Int]) -> ([Int], [Int])? {
        guard part.count > 3 else { return nil }
        let likeness = localLikeness(part)
        var linkage = AverageLinkage(count: part.count)
        for i in part.indices { for j in part.indices where j > i { linkage.set(i, j, likeness[i][j]) } }
        var isRight = [Bool](repeating: true, count: part.count)
        for index in linkage.groups(threshold: -1, least: 2)[0] { isRight[index] = false }
        for _ in 0..<15 where refine(&isRight, likeness) {}
        let left = part.indices.filter { !isRight[$0] }, right = part.indices.filter { isRight[$0] }
        guard left.count > 1, right.count > 1 else { return nil }
        func mean(_ first: [Int], _ second: [Int], _ pairs: Int) -> Double {
            first.reduce(0) { sum, i in second.reduce(sum) { i == $1 ? $0 : $0 + likeness[i][$1] } } / Double(pairs)
        }
        let (a, b) = (left.count, right.count)
        let inside =
            (mean(left, left, a * (a - 1)) * Double(a) + mean(right, right, b * (b - 1)) * Double(b))
            / Double(a + b)
        // A hundredth on both sides keeps halves that share nothing at all from always being cut.
        guard inside + 0.01 > split * (mean(left, right, a * b) + 0.01) else { return nil }
        return (left.map { part[$0] }, right.map { part[$0] })
    }

    /// Cosines where words count half by how rare they are in all documents, half by how rare they are in the part.
    private func localLikeness(_ part: [Int]) -> [[Double]] {
        let local = Self.holders(documents, part)
        let vectors = part.map { document in
            Self.vector(documents[document], factors) { word in
                0.5 * PortableMath.logarithm(total / Double(holders[word] ?? 1))
                    + 0.5 * PortableMath.logarithm(Double(part.count) / Double(local[word] ?? 1))
            }.unit
        }
        return vectors.map { first in vectors.map { WordVector.product(first, $0) } }
    }

    /// Moves every document to the half it is more like; true when one moved.
    private func refine(_ isRight: inout [Bool], _ likeness: [[Double]]) -> Bool {
        let before = isRight
        for i in before.indices {
            var (sums, counts) = ([0.0, 0.0], [0, 0])
            for j in before.indices where j != i {
                sums[before[j] ? 1 : 0] += likeness[i][j]
                counts[before[j] ? 1 : 0] += 1
            }
            isRight[i] = sums[1] / Double(max(1, counts[1])) > sums[0] / Double(max(1, counts[0]))
        }
        return isRight != before
    }
}
