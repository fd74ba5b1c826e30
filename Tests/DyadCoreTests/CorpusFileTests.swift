import DyadCore
import DyadTesting
import Testing

@Suite struct CorpusFileTests {
    @Test func readsHeaderTextAndLines() throws {
        let file = try CorpusFile(
            """
            # name: events/denials
            # about: a denial is an event of the denier
            # date: 2024-05-12

            text
            Peru rejected Chile's claim.

            Second paragraph.
            ----
            event  REJECT   PER > CHL   asserted   "rejected"   mode=yield
            event  CONSULT  PER + CHL, BOL
            never  ASSAULT  PER/MIL > CHL   denied   according-to "the army chief"

            text
            It rained.
            ----
            nothing
            """, path: "a.dyad")
        #expect(file.name == "events/denials" && file.date == CalendarDate("2024-05-12") && !file.isReport)
        #expect(file.cases.map(\.description) == ["a.dyad:5", "a.dyad:14"])
        #expect(file.cases[0].text == "Peru rejected Chile's claim.\n\nSecond paragraph.")
        let lines = file.cases[0].expectations
        #expect(lines.map(\.line) == [10, 11, 12])
        #expect(lines[0].type == .reject && lines[0].sources == ["PER"] && lines[0].targets == ["CHL"])
        #expect(lines[0].factuality == .asserted && lines[0].trigger == "rejected" && lines[0].mode == "yield")
        #expect(lines[1].isMutual && lines[1].sources == ["PER", "CHL", "BOL"] && lines[1].targets.isEmpty)
        #expect(lines[2].kind == .never && lines[2].sources == ["PER/MIL"] && lines[2].accordingTo == "the army chief")
        #expect(file.cases[1].expectations.map(\.kind) == [.nothing])
    }

    @Test(arguments: [
        ("event REJECTS PER > CHL", "a:3: REJECTS is no PLOVER event"),
        ("events REJECT PER > CHL", "a:3: a line begins with event, never or nothing"),
        ("event REJECT PER >", "a:3: name the parties, as in TUR > PAK or TUR + PAK"),
        ("event REJECT PER + CHL > BOL", "a:3: parties of a mutual event are joined by +, without >"),
        ("event REJECT PER > CHL certain", "a:3: certain is neither a factuality nor name=value nor quoted words"),
        ("event REJECT PER > CHL \"said", "a:3: a quotation mark is not closed"),
        ("event REJECT PER > CHL colour=red", "a:3: colour= is not known; there are mode=, date=, place= and figure="),
        ("nothing at all", "a:3: nothing stands alone"),
    ]) func namesFileAndLineOfAMistake(_ line: String, _ message: String) {
        #expect {
            try CorpusFile("text\nx\n\(line)\n".replacing("x\n", with: "----\n"), path: "a")
        } throws: { error in
            (error as? CorpusMistakes)?.lines == [message]
        }
    }

    @Test func namesCasesThatAreNotClosed() {
        #expect {
            try CorpusFile("# date: tomorrow\ntext\nPeru.\n----\n\nPeru\n\ntext\nChile.\n", path: "a")
        } throws: { error in
            (error as? CorpusMistakes)?.lines == [
                "a:1: tomorrow is no day, write YYYY-MM-DD",
                "a:2: the case expects nothing; say nothing, if that is meant",
                "a:6: a case begins with the word text", "a:8: the text is not closed by ----",
            ]
        }
    }
}
