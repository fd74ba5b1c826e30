public import DyadCodebook
public import DyadCore

extension Ledger {
    /// Sets of tellings and statements that hang together: what one of a set becomes depends on the set alone.
    ///
    /// A store that knows every row of a set can make its records and claims anew without loading anything else.
    ///
    /// - Returns: identifiers, each in one set.
    public static func parts(
        events: [Event], statements: [Statement], lexicon: LedgerLexicon = .standard
    ) -> [[String]] {
        var ids: [String] = []
        var number: [String: Int] = [:]
        for id in (events.map(\.id) + statements.map(\.id)) where number[id] == nil {
            number[id] = ids.count
            ids.append(id)
        }
        var sets = DisjointSets(Array(ids.indices))
        func join(_ first: String, _ second: String) {
            if let a = number[first], let b = number[second] { sets.join(a, b) }
        }
        for (first, second) in links(events, lexicon) { join(first, second) }
        for statement in statements { for event in statement.events { join(statement.id, event) } }
        let claims = ClaimLinks(lexicon: lexicon, group: [:]).links(statements)
        for (first, second) in claims { join(statements[first].id, statements[second].id) }
        return sets.sets().map { $0.map { ids[$0] } }
    }

    /// Tellings that are alike enough to be one, whatever their groups come to be.
    private static func links(_ events: [Event], _ lexicon: LedgerLexicon) -> [(String, String)] {
        let voices = Voices(events, [])
        var maker = TellingMaker(lexicon: lexicon)
        let tellings = events.map { maker.telling($0, text: voices.text(of: $0.document)) }
        let likeness = Likeness(lexicon: lexicon)
        var out: [(String, String)] = []
        TellingIndex(tellings).forEachPair { first, second in
            if likeness.value(tellings[first], tellings[second]) >= likeness.threshold {
                out.append((events[first].id, events[second].id))
            }
        }
        return out
    }
}
