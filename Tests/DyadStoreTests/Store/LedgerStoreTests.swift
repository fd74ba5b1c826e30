import DyadCore
import DyadStore
import Foundation
import Testing

/// The ledger of a store, with a plan that makes one entry of all events of one type.
@Suite struct LedgerStoreTests {
    private static let plan = LedgerPlan(
        version: "1",
        kinds: [
            LedgerKind(name: "types", outputs: ["types"], slack: 0) { members, _ in
                var groups: [String: [LedgerMember]] = [:]
                for member in members {
                    let event = try Fixtures.coding.decode(member.json)
                    groups[event.type.rawValue, default: []].append(member)
                }
                return groups.keys.sorted().map { type in
                    let own = groups[type] ?? []
                    return LedgerEntry(
                        kind: "types", id: type, status: own.count > 1 ? "many" : "one", firstDay: "2015-10-15",
                        lastDay: "2015-10-15", bodies: ["TUR"], members: own.map(\.id),
                        json: own.map(\.id).sorted().joined(separator: " "))
                }
            }
        ],
        rows: { _, events in
            [
                "types": events.enumerated().map {
                    LedgerRow(id: $1.id, places: [LedgerPlace($1.type.rawValue)], event: $0)
                }
            ]
        })

    private func store() throws -> EventStore {
        try EventStore(inMemory: "1", coding: Fixtures.coding, ledger: Self.plan, now: { "2024-01-01T00:00:00Z" })
    }

    private func article(_ name: String, _ texts: [(EventType, String)]) -> AnnotatedArticle {
        Fixtures.article(name, texts.map(\.1)) { document in
            var start = 0
            return texts.map { type, text in
                defer { start += text.utf8.count + 1 }
                return Fixtures.event(
                    type, from: [Fixtures.turkey], to: [Fixtures.pakistan], document: document, text: text, at: start)
            }
        }
    }

    private func entries(_ store: EventStore) throws -> [String] {
        var out: [String] = []
        try store.exportEntries("types") { id, status, json in out.append("\(id) \(status) \(json)") }
        return out
    }

    private var first: AnnotatedArticle { article("a.txt", [(.request, "It asked."), (.consult, "They met.")]) }
    private var second: AnnotatedArticle { article("b.txt", [(.request, "It asked again.")]) }
    private var changed: AnnotatedArticle { article("a.txt", [(.consult, "They met at night.")]) }

    @Test func entriesDoNotDependOnTheOrderOfReports() throws {
        let forth = try store(), back = try store()
        for report in [first, second] { try forth.save(report) }
        try forth.settle()
        for report in [second, first] {
            try back.save(report)
            try back.settle()
        }
        #expect(try entries(forth) == entries(back))
        #expect(try entries(forth).count == 2)
        #expect(try forth.isUnsettled() == false)
    }

    /// Rows meet at the words of their events; three or more that hang together, through whatever word, are an entry.
    private static let chains = LedgerPlan(
        version: "1",
        kinds: [
            LedgerKind(
                name: "chains", outputs: ["chains"], slack: 0, parts: { try chain($0) },
                entries: { members, _ in
                    try chain(members).filter { $0.count > 2 }.map { part in
                        LedgerEntry(
                            kind: "chains", id: part[0], status: "\(part.count)", firstDay: nil, lastDay: nil,
                            bodies: [], members: part, json: part.joined(separator: " "))
                    }
                })
        ],
        rows: { _, events in
            [
                "chains": events.enumerated().map { position, event in
                    LedgerRow(
                        id: event.id, places: event.text.split(separator: " ").map { LedgerPlace(String($0)) },
                        event: position)
                }
            ]
        })

    /// Identifiers of members whose texts share words, directly or through others.
    private static func chain(_ members: [LedgerMember]) throws -> [[String]] {
        let events = try members.map { try Fixtures.coding.decode($0.json) }
        var parts: [(ids: [String], words: Set<String>)] = []
        for event in events {
            var next = (ids: [event.id], words: Set(event.text.split(separator: " ").map(String.init)))
            parts.removeAll { part in
                guard !part.words.isDisjoint(with: next.words) else { return false }
                next.ids += part.ids
                next.words.formUnion(part.words)
                return true
            }
            parts.append(next)
        }
        return parts.map { $0.ids.sorted() }.sorted { $0[0] < $1[0] }
    }

    /// Two rows make no entry yet; the third, which shares a word with one of them only, makes one of all three.
    @Test func rowsThatHangTogetherAreFoundThroughOthers() throws {
        let reports = [
            article("a.txt", [(.request, "lake boats")]), article("b.txt", [(.request, "boats crews")]),
            article("c.txt", [(.request, "crews home")]), article("d.txt", [(.request, "home again")]),
        ]
        var exports: [[String]] = []
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [0, 2, 3, 1], [1, 3, 0, 2]] {
            let store = try EventStore(
                inMemory: "1", coding: Fixtures.coding, ledger: Self.chains, now: { "2024-01-01T00:00:00Z" })
            for index in order {
                try store.save(reports[index])
                try store.settle()
            }
            var found: [String] = []
            try store.exportEntries("chains") { id, status, json in found.append("\(id) \(status) \(json)") }
            exports.append(found)
        }
        #expect(exports[0].count == 1 && exports[0][0].contains(" 4 "))
        #expect(exports.allSatisfy { $0 == exports[0] })
    }

    @Test func settlingTwiceChangesNothing() throws {
        let store = try store()
        try store.save(first)
        #expect(try store.isUnsettled())
        #expect(try store.settle().entries.count == 2)
        #expect(try store.settle() == StoreChanges())
        try store.save(first)
        #expect(try store.settle() == StoreChanges())
    }

    @Test func aChangedReportTouchesOnlyItsEntries() throws {
        let store = try store()
        for report in [first, second] { try store.save(report) }
        try store.settle()
        try store.save(changed)
        let changes = try store.settle()
        #expect(Set(changes.entries.map(\.id)) == ["REQUEST", "CONSULT"])
        #expect(changes.entries.first { $0.id == "REQUEST" }?.after == "one")
        let fresh = try self.store()
        for report in [changed, second] { try fresh.save(report) }
        try fresh.settle()
        #expect(try entries(store) == entries(fresh))
    }

    @Test func aRemovedReportLeavesNoEntryOfItsOwn() throws {
        let store = try store()
        try store.save(first)
        try store.settle()
        try store.remove(document: "a.txt")
        try store.settle()
        #expect(try entries(store).isEmpty)
        #expect(try store.damage().isEmpty)
    }

    @Test func withdrawnEventsLeaveATombstoneUntilTheyComeBack() throws {
        let store = try store()
        try store.save(first)
        try store.save(changed)
        let gone = try store.withdrawnEvents()
        #expect(gone.map(\.reason) == ["document changed", "document changed"])
        #expect(gone.contains { $0.quote == "It asked." && $0.type == "REQUEST" })
        try store.save(first)
        #expect(try store.withdrawnEvents().map(\.quote) == ["They met at night."])
    }

    @Test func aRehearsalSaysWhatWouldChangeAndChangesNothing() throws {
        let store = try store()
        try store.save(first)
        try store.settle()
        let before = try entries(store)
        let changes = try store.rehearse([changed, second])
        #expect(changes.replaced == ["a.txt"])
        #expect(changes.added == ["b.txt"])
        #expect(changes.withdrawnEvents.count == 2)
        #expect(changes.entries.contains { $0.id == "CONSULT" })
        #expect(try entries(store) == before)
        #expect(try store.document(named: "b.txt") == nil)
        #expect(try store.isUnsettled() == false)
    }

    @Test func entriesAreFoundByActorAndStatus() throws {
        let store = try store()
        for report in [first, second] { try store.save(report) }
        try store.settle()
        var query = LedgerQuery()
        query.bodies = ["TUR"]
        #expect(try store.entries("types", matching: query).count == 2)
        query.status = "many"
        #expect(try store.entries("types", matching: query).count == 1)
        query.bodies = ["TUR", "IRN"]
        #expect(try store.entries("types", matching: query).isEmpty)
    }

    @Test func searchRanksSentencesAndNamesTheirEvents() throws {
        let store = try store()
        for report in [first, second] { try store.save(report) }
        let hits = try store.search("asked again")
        #expect(hits.map(\.sentence.document) == ["b.txt"])
        #expect(hits.first?.events.count == 1)
        #expect(try store.search("\"").isEmpty)
    }
}
