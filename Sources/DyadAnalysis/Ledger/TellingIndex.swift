import DyadCore

/// Finds pairs of tellings that are worth comparing: they share a key and lie near each other in time.
///
/// A key is a pair of bodies, or a body with the class of its act. What is known only to the year is compared where
/// body and class agree, so that a year full of meetings is not compared with each of them.
struct TellingIndex {
    private var blocks: [UInt64: [Int32]] = [:]
    private let tellings: [Telling]

    init(_ tellings: [Telling]) {
        self.tellings = tellings
        for (index, telling) in tellings.enumerated() {
            for key in Self.keys(telling) { blocks[key, default: []].append(Int32(index)) }
        }
    }

    /// Calls a function once or more for every pair to compare, the lower index first.
    func forEachPair(_ body: (Int, Int) -> Void) {
        for key in blocks.keys.sorted() {
            guard let members = blocks[key], members.count > 1 else { continue }
            sweep(members, isPair: key >> 62 == 1, body)
        }
    }

    /// Pairs whose days miss each other by no more than the slack.
    private func sweep(_ members: [Int32], isPair: Bool, _ body: (Int, Int) -> Void) {
        let slack = Int32(Ledger.slack)
        let sorted = members.sorted { (tellings[Int($0)].first, $0) < (tellings[Int($1)].first, $1) }
        var open: [Int32] = []
        for member in sorted {
            let telling = tellings[Int(member)]
            open.removeAll { tellings[Int($0)].last + slack < telling.first }
            for other in open {
                let isFine = telling.isFine && tellings[Int(other)].isFine
                if isPair && !isFine { continue }
                body(Int(min(member, other)), Int(max(member, other)))
            }
            open.append(member)
        }
    }

    static func keys(_ telling: Telling) -> [UInt64] {
        var out: [UInt64] = []
        let bodies = telling.bodies
        let kinds = telling.classes.isEmpty ? telling.roots : telling.classes
        for (index, body) in bodies.prefix(6).enumerated() {
            for other in bodies[(index + 1)...].prefix(5) { out.append(1 << 62 | UInt64(body) << 31 | UInt64(other)) }
        }
        for body in telling.sources.prefix(6) {
            for kind in kinds.prefix(6) { out.append(UInt64(body) << 31 | UInt64(kind)) }
        }
        if bodies.isEmpty {
            for kind in kinds.prefix(6) { out.append(1 << 61 | UInt64(telling.document) << 31 | UInt64(kind)) }
        }
        return out
    }
}
