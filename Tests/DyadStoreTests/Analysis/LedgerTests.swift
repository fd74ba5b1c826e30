import DyadAnalysis
import DyadCore
import Testing

@Suite struct LedgerTests {
    private let chile = Fixtures.actor("CHL", "Chile")
    private let peru = Fixtures.actor("PER", "Peru")

    private func ban(
        _ document: String, _ text: String, day: String? = "2024-03-04", publisher: String? = nil, at start: Int = 0
    ) -> Event {
        var event = Fixtures.event(
            .sanction, from: [chile], to: [peru], day: day, document: document, publisher: publisher, text: text,
            at: start)
        event.trigger = "banned"
        event.published = CalendarDate("2024-03-05")
        return event
    }

    private var tellings: [Event] {
        [
            ban("a", "Chile banned anchovies from Peru on Monday.", publisher: "North"),
            ban("b", "On Monday Chile banned all anchovies of Peru.", publisher: "South"),
            ban("c", "Chile banned Peruvian anchovies, the ministry said.", day: nil, publisher: "East"),
            ban("d", "Chile banned tomatoes from Peru in August.", day: "2024-08-12", publisher: "North"),
        ]
    }

    @Test func mergesReportsOfOneHappening() {
        let records = Ledger.merge(events: tellings).records
        #expect(records.map { $0.members.map(\.event.document) } == [["a", "b", "c"], ["d"]])
        #expect(records[0].status == .corroborated && records[0].outlets == 3)
        #expect(records[0].members[0].joined == nil)
        #expect(records[0].members[1...].allSatisfy { $0.joined != nil && $0.reason.contains("CHL") })
    }

    @Test func orderDoesNotMatter() {
        let all = Ledger.merge(events: tellings)
        #expect(Ledger.merge(events: tellings.reversed()).records == all.records)
        let grown = tellings.reduce(Ledger.merge(events: [])) { $0.adding(events: [$1]) }
        #expect(grown.records == all.records)
    }

    @Test func aReviewerJoinsAndSplits() {
        let ids = tellings.map(\.id)
        let split = Ledger.merge(events: tellings, decisions: [.split([ids[0], ids[1]])]).records
        #expect(
            !split.contains { record in
                let members = record.members.map(\.event.id)
                return members.contains(ids[0]) && members.contains(ids[1])
            })
        let joined = Ledger.merge(events: tellings, decisions: [.join([ids[0], ids[3]])]).records
        #expect(joined.contains { Set($0.members.map(\.event.id)).isSuperset(of: [ids[0], ids[3]]) })
    }

    @Test func copiesAndAgenciesAreOneVoice() {
        let agency = ["a", "b", "c"].map { Report(document: $0, outlet: $0, agency: "Wire") }
        #expect(Ledger.merge(events: tellings, reports: agency).records[0].outlets == 1)
        let copies = [
            Report(document: "a", outlet: "North"), Report(document: "b", outlet: "South", duplicateOf: "a"),
            Report(document: "c", outlet: "East", duplicateOf: "a"),
        ]
        let record = Ledger.merge(events: tellings, reports: copies).records[0]
        #expect(record.outlets == 1 && record.status == .reported)
    }

    @Test func talksDuringAVisitAreRelatedNotTheSame() {
        var visit = Fixtures.event(
            .consult, "visit", from: [chile], to: [peru], day: "2024-03-04", document: "a",
            text: "Chile's premier visited Lima on Monday and signed a pact with Peru.")
        visit.trigger = "visited"
        var pact = Fixtures.event(.support, from: [chile, peru], day: "2024-03-04", document: "a", text: visit.text)
        pact.trigger = "signed"
        let records = Ledger.merge(events: [visit, pact]).records
        #expect(records.count == 2)
        #expect(records.contains { $0.related.contains { $0.relation == "during" } })
    }

    @Test func figuresKeepLeastBestAndMost() throws {
        func toll(_ document: String, _ value: Double, _ publisher: String) -> Event {
            var event = ban(document, "Chile banned \(Int(value)) boats from Peru on Monday.", publisher: publisher)
            event.quantities = [
                Quantity(
                    value: value, unit: "item", kind: "count", thing: "boat", text: "\(Int(value)) boats",
                    span: Span(13, 20), sentence: 0)
            ]
            return event
        }
        let records = Ledger.merge(events: [toll("a", 30, "North"), toll("b", 30, "South"), toll("c", 44, "East")])
            .records
        let range = try #require(records.first?.figures.first)
        #expect(range.low == 30 && range.best == 30 && range.high == 44 && range.rule == "agreed")
    }

    @Test func denialsMakeAClaimContested() throws {
        func statement(_ id: String, _ holder: String, _ stance: Stance, answers: String? = nil) -> Statement {
            var out = Statement(
                id: id, document: "a", outlet: "North", published: CalendarDate("2024-03-05"), holder: holder,
                actor: nil,
                isOwnVoice: false, stance: stance, text: "Chile banned anchovies", span: Span(0, 10), bodies: ["CHL"],
                terms: ["anchov", "ban"], events: [], figures: [], days: nil)
            out.answers = answers
            return out
        }
        let said = [statement("1", "Lima", .asserts), statement("2", "a trader", .confirms, answers: "1")]
        let denied = said + [statement("3", "Santiago", .denies, answers: "1")]
        let claim = try #require(Ledger.merge(events: [], statements: denied).claims.first)
        #expect(claim.status == .contested && claim.positions.map(\.stance) == [.asserts, .confirms, .denies])
        let doubted = [statement("1", "Lima", .asserts), statement("4", "North", .doubts, answers: "1")]
        #expect(Ledger.merge(events: [], statements: doubted).claims.first?.status == .unverified)
    }
}
