import DyadCore

/// Best sequence of BIO tags (Viterbi 1967): an I- tag must continue a name of its type.
struct NameDecoder: Sendable {
    private let tags: [String]
    private let types: [NameType?]
    private let allowed: [[Bool]]

    init(tags: [String]) {
        self.tags = tags
        types = tags.map { NameType(rawValue: String($0.dropFirst(2))) }
        allowed = tags.map { from in tags.map { to in !to.hasPrefix("I-") || from.dropFirst(2) == to.dropFirst(2) } }
    }

    /// Names in a sentence of `count` words; `scores` holds one row of tag scores a word.
    func decode(_ scores: [Float], count: Int) -> [Name] {
        let k = tags.count
        guard count > 0 else { return [] }
        var best = (0..<k).map { tags[$0].hasPrefix("I-") ? -Float.infinity : scores[$0] }
        var back: [[Int]] = []
        for t in 1..<max(count, 1) {
            var next = [Float](repeating: -.infinity, count: k)
            var from = [Int](repeating: 0, count: k)
            for j in 0..<k {
                for i in 0..<k where allowed[i][j] && best[i] > next[j] {
                    next[j] = best[i]
                    from[j] = i
                }
                next[j] += scores[t * k + j]
            }
            back.append(from)
            best = next
        }
        var path = [best.indices.max { best[$0] < best[$1] } ?? 0]
        for from in back.reversed() { path.append(from[path[path.count - 1]]) }
        return names(path.reversed())
    }

    private func names(_ path: [Int]) -> [Name] {
        var out: [Name] = []
        for (index, tag) in path.enumerated() {
            guard let type = types[tag] else { continue }
            if tags[tag].hasPrefix("B-") {
                out.append(Name(type: type, tokens: index..<index + 1))
            } else if let last = out.last, last.tokens.upperBound == index {
                out[out.count - 1].tokens = last.tokens.lowerBound..<index + 1
            }
        }
        return out
    }
}
