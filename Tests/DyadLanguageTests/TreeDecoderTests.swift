import DyadTesting
import Testing

@testable import DyadLanguage

@Suite struct TreeDecoderTests {
    @Test func readsAGreedyTree() {
        // Three words: the second is the root, the others hang on it.
        let scores: [Float] = [
            0, 0, 5, 1,
            5, 0, 0, 0,
            1, 0, 5, 0,
        ]
        #expect(TreeDecoder.decode(scores, count: 3) == [1, -1, 1])
    }

    @Test func breaksACycle() {
        // Greedily words 1 and 2 choose each other; the best tree hangs the second on the root.
        let scores: [Float] = [
            1, 0, 9,
            3, 8, 0,
        ]
        #expect(TreeDecoder.decode(scores, count: 2) == [1, -1])
    }

    @Test func keepsOneRoot() {
        // Both words like the root best; the one that loses less by giving it up does.
        let scores: [Float] = [
            9, 0, 8,
            9, 2, 0,
        ]
        #expect(TreeDecoder.decode(scores, count: 2) == [1, -1])
    }

    @Test func takesOneWordForTheRoot() {
        #expect(TreeDecoder.decode([-3, 4], count: 1) == [-1])
        #expect(TreeDecoder.decode([], count: 0).isEmpty)
    }

    /// With up to three words every root is tried, so the answer is the best of all trees; above that the three likeliest
    /// roots are tried, and the answer is the best tree with one of these.
    @Test(arguments: 1...5) func findsTheBestTree(_ count: Int) {
        var numbers = RepeatableNumbers(seed: UInt64(count))
        for round in 0..<150 {
            let scores = (0..<count * (count + 1)).map { _ in
                Float(Int.random(in: -40...40, using: &numbers)) + Float.random(in: 0..<0.5, using: &numbers)
            }
            let found = TreeDecoder.decode(scores, count: count)
            guard isTree(found) else {
                Issue.record("round \(round): \(found) is no tree with one root")
                return
            }
            let roots = (0..<count).sorted { scores[$0 * (count + 1)] > scores[$1 * (count + 1)] }.prefix(3)
            let best =
                trees(count).filter { tree in
                    isGreedy(tree, scores) || tree.firstIndex(of: -1).map(roots.contains) ?? false
                }
                .map { total($0, scores) }.max() ?? 0
            #expect(abs(total(found, scores) - best) < 1e-3, "round \(round): \(found)")
        }
    }

    @Test func survivesScoresWithoutADifference() {
        for count in 1...6 {
            #expect(isTree(TreeDecoder.decode([Float](repeating: 0, count: count * (count + 1)), count: count)))
        }
    }

    @Test func survivesLongSentences() {
        var numbers = RepeatableNumbers(seed: 3)
        let count = 60
        let scores = (0..<count * (count + 1)).map { _ in Float.random(in: -9...9, using: &numbers) }
        #expect(isTree(TreeDecoder.decode(scores, count: count)))
    }

    // MARK: - Brute force

    private func total(_ heads: [Int], _ scores: [Float]) -> Float {
        heads.enumerated().reduce(0) { $0 + scores[$1.offset * (heads.count + 1) + $1.element + 1] }
    }

    private func isGreedy(_ heads: [Int], _ scores: [Float]) -> Bool {
        let width = heads.count + 1
        return heads.indices.allSatisfy { word in
            (0..<width).allSatisfy {
                $0 == word + 1 || scores[word * width + $0] <= scores[word * width + heads[word] + 1]
            }
        }
    }

    private func isTree(_ heads: [Int]) -> Bool {
        guard heads.filter({ $0 == -1 }).count == 1 else { return false }
        return heads.indices.allSatisfy { start in
            var at = start, steps = 0
            while at >= 0, steps <= heads.count { (at, steps) = (heads[at], steps + 1) }
            return at == -1
        }
    }

    private func trees(_ count: Int) -> [[Int]] {
        var all: [[Int]] = [[]]
        for word in 0..<count {
            all = all.flatMap { start in (-1..<count).filter { $0 != word }.map { start + [$0] } }
        }
        return all.filter(isTree)
    }
}
