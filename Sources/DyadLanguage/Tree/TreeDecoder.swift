/// Finds the highest-scoring tree with one root (Chu and Liu 1965, Edmonds 1967).
///
/// Greedy heads first: in most sentences they already form a tree, and the search is not needed.
enum TreeDecoder {
    /// - Parameters:
    ///   - scores: Row i, column j: score of word j - 1 as head of word i; column 0 is the root.
    ///   - n: Number of words.
    /// - Returns: For every word the index of its head, -1 for the root.
    static func decode(_ scores: [Float], count n: Int) -> [Int] {
        guard n > 0 else { return [] }
        let width = n + 1
        var heads = [Int](repeating: 0, count: n)
        for i in 0..<n {
            for h in 1..<width where h != i + 1 && scores[i * width + h] > scores[i * width + heads[i]] { heads[i] = h }
        }
        if isTree(heads) { return heads.map { $0 - 1 } }
        var best: (score: Float, heads: [Int])?
        for root in rootCandidates(scores, n) {
            guard let tree = maximumTree(scores, n, root: root) else { continue }
            let total = tree.enumerated().reduce(Float(0)) { $0 + scores[$1.offset * width + $1.element] }
            if best.map({ total > $0.score }) ?? true { best = (total, tree) }
        }
        heads = best?.heads ?? (0..<n).map { $0 == 0 ? 0 : 1 }
        return heads.map { $0 - 1 }
    }

    /// The words most likely to be the root; trying the best three is exact in practice and bounded.
    private static func rootCandidates(_ scores: [Float], _ n: Int) -> ArraySlice<Int> {
        (0..<n).sorted { scores[$0 * (n + 1)] > scores[$1 * (n + 1)] }.prefix(3)
    }

    /// Heads counted from 1, 0 the root: exactly one root and no cycle.
    private static func isTree(_ heads: [Int]) -> Bool {
        guard heads.filter({ $0 == 0 }).count == 1 else { return false }
        return cycle(heads) == nil
    }

    private static func cycle(_ heads: [Int]) -> [Int]? {
        var state = [UInt8](repeating: 0, count: heads.count)
        for start in heads.indices where state[start] == 0 {
            var path: [Int] = []
            var at = start
            while at >= 0, state[at] == 0 {
                state[at] = 1
                path.append(at)
                at = heads[at] - 1
            }
            if at >= 0, state[at] == 1, let from = path.firstIndex(of: at) { return Array(path[from...]) }
            for node in path { state[node] = 2 }
        }
        return nil
    }

    /// Chu-Liu-Edmonds with a fixed root, contracting cycles on a dense matrix.
    private static func maximumTree(_ scores: [Float], _ n: Int, root: Int) -> [Int]? {
        // Node 0 is the artificial root, node i + 1 word i. weight[d][h].
        var weight = [[Float]](repeating: [Float](repeating: -.infinity, count: n + 1), count: n + 1)
        for d in 0..<n {
            if d == root {
                weight[d + 1][0] = 0
                continue
            }
            for h in 1...n where h != d + 1 { weight[d + 1][h] = scores[d * (n + 1) + h] }
        }
        guard let heads = solve(weight) else { return nil }
        return Array(heads[1...])
    }

    private static func solve(_ weight: [[Float]]) -> [Int]? {
        let size = weight.count
        var heads = [Int](repeating: 0, count: size)
        for d in 1..<size {
            guard let h = (0..<size).filter({ $0 != d }).max(by: { weight[d][$0] < weight[d][$1] }) else { return nil }
            heads[d] = h
        }
        guard let loop = cycle(Array(heads[1...])).map({ $0.map { $0 + 1 } }) else { return heads }
        return contract(weight, heads, loop)
    }

    private static func contract(_ weight: [[Float]], _ heads: [Int], _ loop: [Int]) -> [Int]? {
        let size = weight.count
        let inLoop = Set(loop)
        let outside = (0..<size).filter { !inLoop.contains($0) }
        let fresh = outside.count
        var small = [[Float]](repeating: [Float](repeating: -.infinity, count: fresh + 1), count: fresh + 1)
        var enters = [Int](repeating: 0, count: fresh + 1)
        var leaves = [Int](repeating: 0, count: fresh + 1)
        for (i, d) in outside.enumerated() {
            for (j, h) in outside.enumerated() where d != 0 && d != h { small[i][j] = weight[d][h] }
            if d != 0, let h = loop.max(by: { weight[d][$0] < weight[d][$1] }) {
                small[i][fresh] = weight[d][h]
                leaves[i] = h
            }
            guard
                let v = loop.max(by: { weight[$0][d] - weight[$0][heads[$0]] < weight[$1][d] - weight[$1][heads[$1]] })
            else { return nil }
            small[fresh][i] = weight[v][d] - weight[v][heads[v]]
            enters[i] = v
        }
        guard let solved = solve(small) else { return nil }
        var out = heads
        for (i, d) in outside.enumerated() where d != 0 { out[d] = solved[i] == fresh ? leaves[i] : outside[solved[i]] }
        let entry = solved[fresh]
        out[enters[entry]] = outside[entry]
        return out
    }
}
