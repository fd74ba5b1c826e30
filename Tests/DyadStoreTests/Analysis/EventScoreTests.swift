import DyadAnalysis
import DyadCore
import DyadExchange
import Testing

/// Figures worked by hand.
@Suite struct EventScoreTests {
    private func counts(_ score: EventScore, _ name: String) -> [Int]? {
        score.measures.first { $0.name == name }.map { [$0.counts.gold, $0.counts.predicted, $0.counts.correct] }
    }

    @Test func countsPairsOnceAndByLevel() {
        let gold = ScoredEvent(sources: ["PER GOV"], targets: ["CHL", "BOL"], event: "AID", mode: nil, quad: 2)
        let same = ScoredEvent(sources: ["PER"], targets: ["CHL"], event: "AID", quad: 2)
        let again = ScoredEvent(sources: ["PER GOV"], targets: ["CHL"], event: "AID", quad: 2)
        let score = EventScore([([gold], [same, again])])
        #expect(counts(score, "source+target+event/country") == [2, 1, 1])
        #expect(counts(score, "source+target+event/full") == [2, 2, 1])
        #expect(counts(score, "event") == [1, 1, 1])
        #expect(counts(score, "event+mode") == nil)
        #expect(score.measures.first { $0.name == "source+target/country" }?.counts.recall == 0.5)
    }

    @Test func takesMutualEventsInEitherDirection() {
        let met = ScoredEvent(sources: ["KEN", "UGA"], targets: [], event: "CONSULT", quad: 1)
        let visit = ScoredEvent(sources: ["UGA"], targets: ["KEN"], event: "CONSULT", quad: 1)
        let aid = ScoredEvent(sources: ["UGA"], targets: ["KEN"], event: "AID", quad: 2)
        let back = ScoredEvent(sources: ["KEN"], targets: ["UGA"], event: "AID", quad: 2)
        #expect(counts(EventScore([([met], [visit])]), "source+target+event/country") == [1, 1, 1])
        #expect(counts(EventScore([([aid], [back])]), "source+target+event/country") == [1, 1, 0])
    }

    @Test func holdsNothingAgainstARecordWithoutEvents() {
        let score = EventScore([([], [])])
        #expect(score.records == 1)
        #expect(score.measures.allSatisfy { $0.counts.gold + $0.counts.predicted == 0 && $0.counts.f1 == 0 })
    }

    @Test func readsBothForms() throws {
        let short = #"{"id":7,"text":"x","events":[{"source":{"code":"TURGOV"},"target":null,"plover":"DEMAND"}]}"#
        let record = try #require(try AnnotatedReader().read(short + "\n").first)
        #expect(record.id == "7" && record.text == "x")
        #expect(record.events.first?.event == .request)
        #expect(record.events.first?.sources == ["TUR GOV"])
        let lines = """
            {"document":"a.txt","event":"AID","source_actor":[{"code":"NOR"}],"target_actor":[{"code":"MWI"}]}
            {"document":"b.txt","event":null}
            {"document":"a.txt","event":"SUPPORT","source_actor":[{"code":"MWI"}],"target_actor":[{"code":"NOR"}]}
            """
        #expect(try AnnotatedReader().read(lines).map(\.events.count) == [2, 0])
    }

    @Test func namesTheLineThatIsWrong() {
        for (text, reason) in [
            ("{\"id\":1,\"events\":[]}\n[]", "line 2: an object is expected"),
            ("{\"id\":1,\"events\":[{\"event\":\"DANCE\"}]}", "line 1: DANCE is not one of the sixteen event types"),
            ("{\"id\":1,\"events\":[]}\n{\"id\":1,\"events\":[]}", "line 2: the id 1 stands twice"),
        ] {
            #expect { try AnnotatedReader().read(text) } throws: { "\($0)" == reason }
        }
    }
}
