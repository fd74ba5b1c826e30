import DyadCore
import DyadStore
import Foundation
import GRDB
import Testing

@Suite struct EventStoreTests {
    private static let time = "2024-01-01T00:00:00Z"

    private func emptyStore(version: String = "1") throws -> EventStore {
        try EventStore(inMemory: version, coding: Fixtures.coding, now: { Self.time })
    }

    private func filledStore() throws -> EventStore {
        let store = try emptyStore()
        try store.save(first)
        try store.save(second)
        try store.save(third)
        return store
    }

    private let first = Fixtures.article(
        "a.txt", ["Turkey seeks Pakistan's help.", "Both met in Ankara."], publisher: "The Daily"
    ) { _ in
        [
            Fixtures.event(
                .request, "assist", from: [Fixtures.turkey], to: [Fixtures.pakistan], day: "2015-10-14",
                text: "Turkey seeks Pakistan's help."),
            Fixtures.event(
                .consult, "visit", from: [Fixtures.turkey, Fixtures.pakistan], day: "2015-10-02",
                text: "Both met in Ankara.", at: 30, sentence: 1),
        ]
    }

    private let second = Fixtures.article("b.txt", ["Pakistan's army denied it."], agency: "AFP") { _ in
        var event = Fixtures.event(
            .reject, from: [Fixtures.actor("PAK", "Pakistan", sector: "MIL")], to: [Fixtures.turkey],
            document: "b.txt", text: "Pakistan's army denied it.")
        event.date = EventDate(value: "2015-11", precision: "month", basis: "stated")
        event.factuality = .denied
        event.holder = "the army"
        return [event]
    }

    private let third = Fixtures.article("c.txt", ["Iran attacked rebels."], publisher: "the  daily") { _ in
        [
            Fixtures.event(
                .assault, from: [Fixtures.actor("IRN", "Iran")], to: [Fixtures.actor(nil, "rebels", sector: "REB")],
                day: "2016-01-01", document: "c.txt", text: "Iran attacked rebels.")
        ]
    }

    private func types(_ store: EventStore, _ change: (inout EventQuery) -> Void) throws -> [EventType] {
        var query = EventQuery()
        change(&query)
        return try store.events(matching: query).map(\.type)
    }

    @Test func savedEventsComeBackWhole() throws {
        let store = try emptyStore()
        let event = Fixtures.fullEvent
        try store.save(Fixtures.article("a.txt", ["x"]) { _ in [event] })
        #expect(try store.events(matching: EventQuery()) == [event])
        #expect(try store.event(id: String(event.id.prefix(6))) == event)
        #expect(try store.event(id: "zz") == nil)
        #expect(try store.event(id: "") == nil)
    }

    @Test func savingAgainChangesNothing() throws {
        let store = try emptyStore()
        #expect(try store.save(first) == .added)
        #expect(try !store.isUpToDate(second.article.document))
        #expect(try store.isUpToDate(first.article.document))
        let before = try exported(store)
        #expect(try store.save([first, second]) == [.unchanged, .added])
        #expect(try store.remove(document: "b.txt"))
        #expect(try exported(store) == before)
        #expect(try !store.remove(document: "b.txt"))
    }

    @Test func changedDocumentReplacesItsOwnRowsOnly() throws {
        let store = try filledStore()
        let shorter = Fixtures.article("a.txt", ["Nothing happened."])
        #expect(try store.save(shorter) == .replaced)
        #expect(try types(store) { _ in } == [.reject, .assault])
        #expect(try store.sentences(document: "a.txt").map(\.text) == ["Nothing happened."])
        #expect(try store.sentences(matching: "Ankara").isEmpty)
        #expect(try store.document(named: "a.txt")?.eventCount == 0)
        #expect(try store.save(first) == .replaced)
        let fresh = try filledStore()
        #expect(try exported(store) == exported(fresh))
        #expect(try store.actors() == fresh.actors())
    }

    @Test func orderOfSavingDoesNotShow() throws {
        let other = try emptyStore()
        try other.save([third, first, second])
        #expect(try exported(other) == exported(filledStore()))
    }

    @Test func findsPairs() throws {
        let store = try filledStore()
        #expect(try types(store) { $0.pair = .init("TUR", "PAK") } == [.consult, .request, .reject])
        #expect(try types(store) { $0.pair = .init("TUR", "PAK", isEitherWay: false) } == [.consult, .request])
        #expect(try types(store) { $0.pair = .init("PAK", "TUR", isEitherWay: false) } == [.consult, .reject])
        #expect(try types(store) { $0.pair = .init("PAK MIL", "TUR") } == [.reject])
        #expect(try types(store) { $0.pair = .init("IRN", "REB") } == [.assault])
        #expect(try types(store) { $0.pair = .init("TUR", "*") } == [.consult, .request, .reject])
        #expect(try types(store) { $0.pair = .init("TUR", "TUR") }.isEmpty)
        #expect(try types(store) { $0.actor = "I*" } == [.assault])
        #expect(try types(store) { $0.actor = "* MIL" } == [.reject])
        #expect(try types(store) { $0.targetActor = "TUR" } == [.reject])
        #expect(try types(store) { $0.sourceActor = "PAK" } == [.consult, .reject])
    }

    @Test func findsByKindDayAndText() throws {
        let store = try filledStore()
        #expect(try types(store) { $0.types = [.request, .assault] } == [.request, .assault])
        #expect(try types(store) { $0.factuality = [.denied] } == [.reject])
        #expect(try types(store) { $0.from = CalendarDate("2015-11-20") } == [.reject, .assault])
        #expect(try types(store) { $0.to = CalendarDate("2015-10-02") } == [.consult])
        #expect(try types(store) { $0.text = "ankara met" } == [.consult])
        #expect(try types(store) { $0.text = "\"met in\"" } == [.consult])
        #expect(try types(store) { $0.text = "attack*" } == [.assault])
        #expect(try types(store) { $0.text = "\"in met\"" }.isEmpty)
        #expect(try types(store) { $0.text = "AND (" }.isEmpty)
        #expect(try types(store) { $0.text = "?" }.isEmpty)
        #expect(try types(store) { $0.document = "a.txt" } == [.consult, .request])
        #expect(try types(store) { $0.limit = 2 } == [.consult, .request])
        #expect(try types(store) { $0.offset = 3 } == [.assault])
        #expect(try types(store) { $0.minimumConfidence = 0.9 }.isEmpty)
        var page = EventQuery()
        page.limit = 2
        page.offset = 1
        #expect(try store.events(matching: page).map(\.type) == [.request, .reject])
        page.order = .document
        #expect(try store.events(matching: page).map(\.type) == [.consult, .reject])
    }

    @Test func countsThreeNumbers() throws {
        let store = try filledStore()
        #expect(try store.counts() == StoreCounts(reports: 3, outlets: 2, events: 4))
        try store.save(
            Fixtures.article("d.txt", ["PAKISTAN's army — denied it!"], publisher: "Another") { _ in
                [Fixtures.event(.reject, from: [Fixtures.pakistan], document: "d.txt", text: "copy")]
            })
        #expect(try store.counts() == StoreCounts(reports: 4, outlets: 2, events: 5), "a copy of the wire report")
        var query = EventQuery()
        query.text = "attacked"
        #expect(try store.counts(matching: query) == StoreCounts(reports: 1, outlets: 1, events: 1))
        #expect(try store.documents(matching: query).map(\.name) == ["c.txt"])
        #expect(try emptyStore().counts() == StoreCounts(reports: 0, outlets: 0, events: 0))
    }

    @Test func knowsDocumentsAndSentences() throws {
        let store = try filledStore()
        let document = try #require(try store.document(named: "a.txt"))
        #expect(document.title == "Title of a.txt" && document.outlet == "the daily" && document.eventCount == 2)
        #expect(document.codedAt == Self.time && document.published == CalendarDate("2015-10-15"))
        #expect(try store.document(named: "none") == nil)
        #expect(try store.documents().map(\.name) == ["a.txt", "b.txt", "c.txt"])
        let sentence = try #require(try store.sentence(document: "a.txt", index: 1))
        #expect(sentence.text == "Both met in Ankara." && sentence.span == Span(30, 49))
        #expect(try store.sentence(document: "a.txt", byte: 35) == sentence)
        #expect(try store.sentence(document: "a.txt", byte: 99) == nil)
        #expect(try store.sentences(matching: "pakistan").map(\.document) == ["a.txt", "b.txt"])
        #expect(try store.actors().first?.code == ActorCode("TUR"))
    }

    @Test func importedEventsBringTheirSentences() throws {
        let store = try emptyStore()
        var article = first
        article.sentences = []
        try store.save(article)
        #expect(try store.sentences(document: "a.txt").map(\.index) == [0, 1])
        #expect(try types(store) { $0.text = "ankara" } == [.consult])
        #expect(try store.events(matching: EventQuery()).count == 2)
    }

    @Test func ambiguousBeginningIsExplained() throws {
        let store = try emptyStore()
        var article = first
        article.events[0].id = "abc1"
        article.events[1].id = "abc2"
        try store.save(article)
        #expect(throws: StoreError.ambiguousIdentifier(prefix: "abc", matches: ["abc1", "abc2"])) {
            try store.event(id: "abc")
        }
        #expect(try store.event(id: "abc2")?.type == .consult)
        article.events[1].id = "abc1"
        article.article.document.bytes.append(0x20)
        try store.save(article)
        #expect(try store.event(id: "abc")?.type == .request, "one identifier twice is no reason to fail")
    }

    @Test func failedSaveLeavesTheOldState() throws {
        let failing = EventCoding(
            encode: { event in
                if event.type == .consult { throw StoreError.badEvent(reason: "test") }
                return try Fixtures.coding.encode(event)
            }, decode: Fixtures.coding.decode)
        let store = try EventStore(inMemory: "1", coding: failing)
        try store.save(third)
        let before = try exported(store)
        #expect(throws: StoreError.badEvent(reason: "test")) { try store.save([second, first]) }
        #expect(try exported(store) == before)
        #expect(try store.documents().map(\.name) == ["c.txt"])
        #expect(try store.sentences(matching: "turkey").isEmpty)
        #expect(try store.save(second) == .added)
    }

    @Test func anotherVersionCodesAnew() throws {
        try withFolder { folder in
            let path = folder + "/store.sqlite"
            let old = try EventStore(path: path, version: "1", coding: Fixtures.coding)
            #expect(try old.save(first) == .added)
            try old.close()
            let new = try EventStore(path: path, version: "2", coding: Fixtures.coding)
            #expect(try new.save(first) == .replaced)
            #expect(try new.save(first) == .unchanged)
            #expect(try new.counts().events == 2)
        }
    }

    /// What lies on the disk in the middle of a write is what a killed program leaves behind.
    @Test func copyTakenInTheMiddleOfAWriteOpensAndIsWhole() throws {
        try withFolder { folder in
            let path = folder + "/store.sqlite"
            let copy = folder + "/copy.sqlite"
            let copying = EventCoding(
                encode: { event in
                    if event.type == .consult {
                        for end in ["", "-wal"] {
                            try FileManager.default.copyItem(atPath: path + end, toPath: copy + end)
                        }
                    }
                    return try Fixtures.coding.encode(event)
                }, decode: Fixtures.coding.decode)
            let store = try EventStore(path: path, version: "1", coding: copying)
            try store.save(third)
            try store.save(first)
            let killed = try EventStore(path: copy, version: "1", coding: Fixtures.coding)
            #expect(try killed.documents().map(\.name) == ["c.txt"])
            #expect(try killed.save([third, first]) == [.unchanged, .added])
            #expect(try exported(killed) == exported(store))
        }
    }

    @Test func foreignFilesAreRefusedUntouched() throws {
        try withFolder { folder in
            let text = folder + "/text.sqlite"
            let content = String(repeating: "This is no database. ", count: 100)
            try content.write(toFile: text, atomically: true, encoding: .utf8)
            #expect(throws: StoreError.notADatabase(path: text)) {
                try EventStore(path: text, version: "1", coding: Fixtures.coding)
            }
            #expect(try String(contentsOfFile: text, encoding: .utf8) == content)
            let error = #expect(throws: StoreError.self) {
                try EventStore(path: folder, version: "1", coding: Fixtures.coding)
            }
            guard case .cannotOpen = error else { throw StoreError.badEvent(reason: "\(String(describing: error))") }
        }
    }

    /// The application identifier lies at byte 68 of the file, names of migrations anywhere in it.
    @Test func otherProgramsAndNewerVersionsAreNamed() throws {
        try withFolder { folder in
            let path = folder + "/store.sqlite"
            try EventStore(path: path, version: "1", coding: Fixtures.coding).close()
            let url = URL(fileURLWithPath: path)
            let bytes = try Data(contentsOf: url)
            var foreign = bytes
            foreign.replaceSubrange(68..<72, with: [0, 0, 0, 1])
            try foreign.write(to: url)
            #expect(throws: StoreError.foreignDatabase(path: path)) {
                try EventStore(path: path, version: "1", coding: Fixtures.coding)
            }
            #expect(try Data(contentsOf: url) == foreign)
            var newer = bytes
            while let range = newer.range(of: Data("2 search".utf8)) {
                newer.replaceSubrange(range, with: Data("9 search".utf8))
            }
            try newer.write(to: url)
            #expect(throws: StoreError.newerSchema(path: path)) {
                try EventStore(path: path, version: "1", coding: Fixtures.coding)
            }
        }
    }

    /// What a program leaves that is killed between the list of migrations and the first of them.
    @Test func aStoreThatWasHardlyBegunIsMade() throws {
        try withFolder { folder in
            let path = folder + "/store.sqlite"
            let begun = try DatabaseQueue(path: path)
            try begun.write {
                try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
            }
            try begun.close()
            let store = try EventStore(path: path, version: "1", coding: Fixtures.coding)
            #expect(try store.events(matching: EventQuery()).isEmpty)
            try store.close()
            #expect(throws: Never.self) { try EventStore(path: path, version: "1", coding: Fixtures.coding).close() }
        }
    }

    @Test func keepsReviewsApartFromCoding() throws {
        let store = try filledStore()
        let event = try #require(try store.events(matching: EventQuery()).first)
        let review = Review(event: event.id, reviewer: "r", decision: "reject", note: "no", reviewedAt: "2024-01-02")
        try store.add(review)
        try store.add(review)
        try store.remove(document: event.document)
        #expect(try store.reviews() == [review])
        #expect(try store.reviews(of: event.id) == [review])
        #expect(try store.reviews(of: "other").isEmpty)
    }

    private func exported(_ store: EventStore) throws -> [String] {
        var lines: [String] = []
        try store.export { lines.append($0) }
        return lines
    }

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dyad-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    @Test func keepsTheOfficesOfADocument() throws {
        let store = try emptyStore()
        var article = first
        article.chains = [
            EntityChain(
                number: 4, name: "Orlan Veskari", type: .person, code: ActorCode("TUR", sector: "MIL"), mentions: [])
        ]
        article.roles = [
            LearnedRole(
                person: "Gen Veskari", entity: 4, role: "army chief", code: ActorCode("TUR", sector: "MIL"),
                sentence: 1,
                span: Span(30, 45))
        ]
        try store.save(article)
        #expect(try store.save(article) == .unchanged)
        let role = try #require(try store.roles().first)
        #expect(try store.roles().count == 1)
        #expect(role.person == "Orlan Veskari" && role.role == "army chief" && role.code.description == "TUR MIL")
        #expect(role.document == "a.txt" && role.publisher == "The Daily" && role.quote == "Both met in Ankara.")
        #expect(role.published == CalendarDate("2015-10-15") && role.span == Span(30, 45))
        #expect(try store.roles(from: CalendarDate("2016-01-01")).isEmpty)
        // Another content of the same document brings its own rows.
        var changed = Fixtures.article("a.txt", ["Nothing is told here."])
        changed.roles = []
        #expect(try store.save(changed) == .replaced)
        #expect(try store.roles().isEmpty)
        try store.save(article)
        #expect(try store.remove(document: "a.txt"))
        #expect(try store.roles().isEmpty)
    }
}
