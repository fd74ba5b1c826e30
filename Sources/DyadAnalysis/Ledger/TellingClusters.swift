import DyadCore

/// Groups tellings so that, on average, all in a group are alike: average linkage inside the parts that links connect.
///
/// A part depends on nothing outside it, so a new telling changes only the parts it has links to.
struct TellingClusters {
    private let tellings: [Telling]
    private let likeness: Likeness
    private let position: [String: Int]
    private var joins: [(Int, Int)] = []
    private var splits: Set<[Int]> = []
    /// Parts larger than this are cut at a higher threshold first.
    private let largest = 300

    /// Tellings sorted by identifier.
    init(_ tellings: [Telling], likeness: Likeness, decisions: [MergeDecision]) {
        self.tellings = tellings
        self.likeness = likeness
        position = Dictionary(tellings.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for decision in decisions {
            switch decision {
            case .join(let ids):
                let found = ids.compactMap { position[$0] }.sorted()
                joins += zip(found, found.dropFirst()).map { ($0, $1) }
            case .split(let ids):
                let found = ids.compactMap { position[$0] }.sorted()
                for (index, first) in found.enumerated() {
                    for second in found[(index + 1)...] { splits.insert([first, second]) }
                }
            }
        }
    }

    /// Groups of indices, each sorted, in the order of their first.
    func groups() -> [[Int]] {
        var links: [Link] = []
        TellingIndex(tellings).forEachPair { first, second in
            let value = likeness.value(tellings[first], tellings[second])
            if value >= likeness.threshold { links.append(Link(first, second, Float(value))) }
        }
        links += joins.map { Link($0.0, $0.1, 2) }
        return parts(Array(0..<tellings.count), links, likeness.threshold).flatMap(grouped).sorted { $0[0] < $1[0] }
    }

    private struct Link {
        var first: Int32, second: Int32, value: Float

        init(_ first: Int, _ second: Int, _ value: Float) {
            self.first = Int32(first)
            self.second = Int32(second)
            self.value = value
        }
    }

    /// Sets of tellings that links connect; a large one is taken apart at a higher threshold.
    private func parts(_ members: [Int], _ links: [Link], _ threshold: Double) -> [[Int]] {
        var forest = DisjointSets(members)
        for link in links where Double(link.value) >= threshold { forest.join(Int(link.first), Int(link.second)) }
        var out: [[Int]] = []
        var inside: [Int: [Link]] = [:]
        let sets = forest.sets()
        let large = Set(sets.filter { $0.count > largest }.map { forest.find($0[0]) })
        if !large.isEmpty {
            for link in links where large.contains(forest.find(Int(link.first))) {
                inside[forest.find(Int(link.first)), default: []].append(link)
            }
        }
        for set in sets {
            if set.count > largest, threshold < 1.5 {
                out += parts(set, inside[forest.find(set[0])] ?? [], threshold + 0.06)
            } else {
                out.append(set)
            }
        }
        return out
    }

    /// Average linkage inside one part.
    private func grouped(_ part: [Int]) -> [[Int]] {
        guard part.count > 1 else { return [part] }
        var matrix = AverageLinkage(count: part.count)
        for i in part.indices {
            for j in (i + 1)..<part.count where j < part.count {
                let value =
                    splits.contains([part[i], part[j]]) ? -1000 : likeness.value(tellings[part[i]], tellings[part[j]])
                matrix.set(i, j, value)
            }
        }
        for (first, second) in joins {
            if let i = part.firstIndex(of: first), let j = part.firstIndex(of: second) { matrix.set(i, j, 1000) }
        }
        return matrix.groups(threshold: likeness.threshold - 0.06).map { $0.map { part[$0] }.sorted() }
    }
}

/// Agglomerative clustering with the mean of all pairs (UPGMA); ties go to the lowest indices.
struct AverageLinkage {
    private let count: Int
    private var values: [Double]

    init(count: Int) {
        self.count = count
        values = [Double](repeating: -1, count: count * count)
    }

    mutating func set(_ i: Int, _ j: Int, _ value: Double) {
        values[i * count + j] = value
        values[j * count + i] = value
    }

    /// Groups of indices: the two groups with the highest mean are joined as long as it reaches the threshold and
    /// more than `least` groups are left.
    func groups(threshold: Double, least: Int = 1) -> [[Int]] {
        var values = values
        var members = (0..<count).map { [$0] }
        var alive = Array(0..<count)
        var partner = (0..<count).map { Self.best($0, alive, values, count) }
        while alive.count > max(1, least) {
            guard let i = alive.max(by: { (partner[$0].value, $1) < (partner[$1].value, $0) }),
                partner[i].value >= threshold
            else { break }
            let (first, second) = (min(i, partner[i].index), max(i, partner[i].index))
            let (a, b) = (Double(members[first].count), Double(members[second].count))
            for k in alive where k != first && k != second {
                let mean = (values[first * count + k] * a + values[second * count + k] * b) / (a + b)
                values[first * count + k] = mean
                values[k * count + first] = mean
            }
            members[first] += members[second]
            alive.removeAll { $0 == second }
            for k in alive where k == first || partner[k].index == first || partner[k].index == second {
                partner[k] = Self.best(k, alive, values, count)
            }
            for k in alive where k != first && values[k * count + first] > partner[k].value {
                partner[k] = (values[k * count + first], first)
            }
        }
        return alive.map { members[$0].sorted() }
    }

    /// The group that is most like another; the lowest among equals.
    private static func best(
        _ row: Int, _ alive: [Int], _ values: [Double], _ count: Int
    ) -> (value: Double, index: Int) {
        var best = (value: -Double.infinity, index: -1)
        for other in alive where other != row && values[row * count + other] > best.value {
            best = (values[row * count + other], other)
        }
        return best
    }
}

/// Sets that are joined one by one (union-find with path halving); the lowest index stands for its set.
struct DisjointSets {
    private var parent: [Int: Int]
    private let members: [Int]

    init(_ members: [Int]) {
        self.members = members
        parent = Dictionary(members.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func find(_ index: Int) -> Int {
        var at = index
        while let up = parent[at], up != at {
            let next = parent[up] ?? up
            parent[at] = next
            at = next
        }
        return at
    }

    mutating func join(_ first: Int, _ second: Int) {
        guard parent[first] != nil, parent[second] != nil else { return }
        let (a, b) = (find(first), find(second))
        if a != b { parent[max(a, b)] = min(a, b) }
    }

    /// The sets, each in the order of the members.
    mutating func sets() -> [[Int]] {
        var groups: [Int: [Int]] = [:]
        var order: [Int] = []
        for member in members {
            let root = find(member)
            if groups[root] == nil { order.append(root) }
            groups[root, default: []].append(member)
        }
        return order.compactMap { groups[$0] }
    }
}
