/// Weights of words, in the order of the words' numbers.
struct WordVector: Sendable {
    private(set) var words: [Int] = []
    private(set) var values: [Double] = []

    /// Weights by the number of the word; zeros are left out.
    init(_ weights: [Int: Double]) {
        for (word, value) in weights.sorted(by: { $0.key < $1.key }) where value > 0 {
            words.append(word)
            values.append(value)
        }
    }

    /// The vector with length 1.
    var unit: WordVector {
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0 else { return self }
        var out = self
        for index in values.indices { out.values[index] /= length }
        return out
    }

    /// Calls a closure with both weights of every word that two vectors share.
    private static func forEachShared(_ left: WordVector, _ right: WordVector, _ body: (Double, Double) -> Void) {
        var (i, j) = (0, 0)
        while i < left.words.count, j < right.words.count {
            if left.words[i] == right.words[j] {
                body(left.values[i], right.values[j])
                i += 1
                j += 1
            } else if left.words[i] < right.words[j] {
                i += 1
            } else {
                j += 1
            }
        }
    }

    /// The inner product; the cosine of vectors of length 1.
    static func product(_ left: WordVector, _ right: WordVector) -> Double {
        var sum = 0.0
        forEachShared(left, right) { sum += $0 * $1 }
        return sum
    }

    /// Weight that two sets of words share, against the geometric mean of their weights.
    static func share(_ left: WordVector, _ right: WordVector) -> Double {
        let scale = (left.values.reduce(0, +) * right.values.reduce(0, +)).squareRoot()
        guard scale > 0 else { return 0 }
        var sum = 0.0
        forEachShared(left, right) { first, _ in sum += first }
        return sum / scale
    }

    /// True when two vectors have a word in common.
    static func meet(_ left: WordVector, _ right: WordVector) -> Bool {
        var isShared = false
        forEachShared(left, right) { _, _ in isShared = true }
        return isShared
    }
}
