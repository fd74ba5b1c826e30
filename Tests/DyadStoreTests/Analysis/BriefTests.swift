import DyadAnalysis
import DyadCore
import Testing

@Suite struct BriefTests {
    private let dyad = Dyad("TUR", "PAK")
    private let turkey = Fixtures.turkey
    private let pakistan = Fixtures.pakistan

    /// Five reports of three outlets; a visit told twice, a disputed strike, helicopters, an accusation, a promise.
    private var events: [Event] {
        [
            visit(document: "a.txt", publisher: "The Daily", text: "Both leaders met in Ankara on Friday.", at: 0),
            visit(document: "b.txt", publisher: "Gazette", text: "The talks in Ankara ended on Friday.", at: 0),
            visit(document: "a.txt", publisher: "The Daily", text: "At the meeting they shook hands.", at: 400),
            helicopters, request, strike(.alleged, "a.txt"), strike(.denied, "c.txt"), promise,
            Fixtures.event(
                .assault, from: [Fixtures.actor("IRN", "Iran")], to: [turkey], day: "2015-10-20",
                text: "Not of the pair."),
        ]
    }

    private func visit(document: String, publisher: String, text: String, at start: Int) -> Event {
        var event = Fixtures.event(
            .consult, "visit", from: [turkey, pakistan], day: "2015-10-02", document: document, publisher: publisher,
            text: text, at: start)
        event.intensity = 4
        event.confidence = 0.9
        return event
    }

    private var helicopters: Event {
        var event = Fixtures.event(
            .cooperate, from: [turkey], to: [pakistan], day: "2015-11-05", document: "d.txt", publisher: "The Daily",
            text: "Turkey delivered 30 attack helicopters to Pakistan.")
        event.contexts = ["military"]
        event.intensity = 9.5
        event.quantities = [
            Quantity(
                value: 30, unit: "item", of: "attack helicopters", kind: "count", text: "30 attack helicopters",
                span: Span(17, 38), sentence: 0)
        ]
        return event
    }

    private var request: Event {
        var event = Fixtures.event(
            .request, "assist", from: [turkey], to: [pakistan], document: "a.txt", publisher: "The Daily",
            text: "Turkey seeks Pakistan's help in its fight against militants along the southern border.", at: 100)
        event.factuality = .alleged
        event.holder = "sources familiar with the discussions"
        event.intensity = 0.5
        return event
    }

    private func strike(_ factuality: Factuality, _ document: String) -> Event {
        var event = Fixtures.event(
            .assault, "aerial", from: [pakistan], to: [turkey], day: "2015-11-20", document: document,
            publisher: document == "a.txt" ? "The Daily" : "Wire",
            text: factuality == .denied ? "Islamabad denied the strike." : "Jets struck a post, locals said.", at: 200)
        event.factuality = factuality
        event.holder = factuality == .denied ? "Islamabad" : "locals"
        event.intensity = -9.5
        return event
    }

    private var promise: Event {
        var event = Fixtures.event(
            .aid, from: [Fixtures.actor("PAK", "Pakistan", sector: "MIL")], to: [turkey], document: "e.txt",
            text: "The army will send tents.")
        event.factuality = .planned
        event.date = EventDate(value: "2016", precision: "year", basis: "stated")
        return event
    }

    @Test func mergesTellings() throws {
        let records = EventRecord.merge(events.filter { dyad.holdsEitherWay($0) })
        #expect(records.map(\.lead.type) == [.consult, .request, .cooperate, .assault, .aid])
        #expect(records.map(\.tellings.count) == [3, 1, 1, 2, 1])
        #expect(records.map(\.outlets) == [2, 1, 1, 2, 1])
        #expect(records.map(\.status) == [.corroborated, .unverified, .reported, .contested, .reported])
    }

    @Test func publicationDateMergesNothingAcrossReports() {
        func telling(_ document: String) -> Event {
            Fixtures.event(.accuse, from: [turkey], to: [pakistan], document: document, text: "x")
        }
        #expect(EventRecord.merge([telling("a"), telling("a"), telling("b")]).count == 2)
        let copies = ["a", "b"].map { Report(document: $0, outlet: $0, bodyHash: "same") }
        let merged = EventRecord.merge([telling("a"), telling("b")], reports: copies)
        #expect(merged.count == 1 && merged[0].reports == 2 && merged[0].outlets == 1)
    }

    @Test func countsAreNotConfused() {
        let numbers = Brief(events, dyad: dyad).headline
        #expect(numbers.reports == 5 && numbers.outlets == 4 && numbers.events == 5 && numbers.tellings == 8)
        #expect(numbers.quads == [1, 1, 1, 1])
    }

    @Test func everyLineEndsWithItsEvidence() {
        let brief = Brief(events, dyad: dyad)
        let known = Set(brief.evidence.map(\.number))
        #expect(brief.evidence.map(\.number) == Array(1...brief.evidence.count))
        for item in brief.sections.flatMap(\.items) {
            #expect(!item.evidence.isEmpty && known.isSuperset(of: item.evidence))
        }
        for row in brief.trend { #expect(known.isSuperset(of: row.evidence)) }
    }

    @Test func readsAsExpected() {
        #expect(BriefText(Brief(events, dyad: dyad), width: 90).text == snapshot)
        #expect(BriefText(Brief(events.reversed(), dyad: dyad), width: 90).text == snapshot, "order does not matter")
    }

    @Test func saysWhenThereIsNothing() {
        #expect(
            BriefText(Brief([], dyad: dyad)).text == """
                TUR – PAK
                =========
                No event between the two was found.

                """)
    }

    @Test func valueHoldsTheSame() {
        guard case .record(let fields) = Brief(events, dyad: dyad).value else {
            Issue.record("a record is expected")
            return
        }
        let names = [
            "source", "source_name", "target", "target_name", "headline", "trend", "sections", "registers", "evidence",
        ]
        #expect(fields.map(\.name) == names)
    }

    @Test func timelineIsOrdered() {
        let timeline = Timeline(events, dyad: dyad)
        let order = ["a.txt", "a.txt", "b.txt", "a.txt", "d.txt", "a.txt", "c.txt", "e.txt"]
        #expect(timeline.entries.map(\.document) == order)
        #expect(timeline.entries[3].date?.basis == "publication")
        #expect(Timeline(events).entries.count == 9)
    }

    private let snapshot = """
        Turkey – Pakistan
        =================
        5 reports from 4 independent outlets tell of 5 events between 2 Oct 2015 and 31 Dec 2016
        (8 tellings).
        Cooperation and conflict side by side: 2 cooperative and 2 conflictual of what was told as
        fact or alleged (2 in deeds), mean intensity +1.1.

        Trend
        -----
                    cooperation       conflict
                   words  deeds    words  deeds     mean
        2015-10        1      ·        1      ·     +2.3  [1, 4]
        2015-11        ·      1        ·      1      0.0  [3, 5]

        Main events
        -----------
        CONSULT  (1)
          2 Oct 2015      Turkey and Pakistan met (2 outlets): “Both leaders met in Ankara on
                          Friday.” [1, 2]
        COOPERATE  (1)
          5 Nov 2015      Turkey cooperated with Pakistan: “Turkey delivered 30 attack helicopters
                          to Pakistan.” [3]
        REQUEST  (1)
          by 15 Oct 2015  Turkey asked Pakistan for help, according to sources familiar with the
                          discussions: “Turkey seeks Pakistan's help in its fight against
                          militants along the southern border.” [4]
        ASSAULT  (1)
          20 Nov 2015     Pakistan struck Turkey from the air, according to locals (contested):
                          “Jets struck a post, locals said.” [5, 6]

        Visits and meetings
        -------------------
          2 Oct 2015      Turkey and Pakistan met (2 outlets) [1, 2]

        Agreements and promises
        -----------------------
          2016            Pakistan (MIL) planned to give aid to Turkey [7]

        Arms transfers and military cooperation
        ---------------------------------------
          5 Nov 2015      Turkey cooperated with Pakistan: 30 attack helicopters [3]

        Requests
        --------
          by 15 Oct 2015  Turkey asked Pakistan for help, according to sources familiar with the
                          discussions [4]

        Contested and denied
        --------------------
          20 Nov 2015     Pakistan struck Turkey from the air, according to locals; Islamabad
                          denied it (contested) [5, 6]

        Alleged only
        ------------
          by 15 Oct 2015  Turkey asked Pakistan for help, according to sources familiar with the
                          discussions [4]

        Evidence
        --------
        [1] a.txt, The Daily, 15 Oct 2015: “Both leaders met in Ankara on Friday.”
        [2] b.txt, Gazette, 15 Oct 2015: “The talks in Ankara ended on Friday.”
        [3] d.txt, The Daily, 15 Oct 2015: “Turkey delivered 30 attack helicopters to Pakistan.”
        [4] a.txt, The Daily, 15 Oct 2015: “Turkey seeks Pakistan's help in its fight against
            militants along the southern border.”
        [5] a.txt, The Daily, 15 Oct 2015: “Jets struck a post, locals said.”
        [6] c.txt, Wire, 15 Oct 2015: “Islamabad denied the strike.”
        [7] e.txt, 15 Oct 2015: “The army will send tents.”

        """
}
