import DyadExchange
import Testing

/// Dictionaries of other coders: what is read, and how mistakes are told.
@Suite struct PetrarchTests {
    private static let codes = CameoCodes(
        events: ["040": ("CONSULT", ""), "042": ("CONSULT", "visit"), "111": ("ACCUSE", "disapprove")],
        sectors: ["GOV": "GOV", "MIL": "MIL", "MED": "JRN"], organisations: ["UNO"])

    // MARK: - Actors

    @Test func readsDatedRolesUnderAllNames() {
        let text = """
            # a remark
            <!-- header -->
            ORLA_VANDERMEER [WSTELI]  ; default
            +VANDERMEER_
            \t[WSTGOV 20040301-20081130] [WSTOPP <040301]
            \t[WSTGOV > 190115]
            WESTMARK [WST] # a state

            """
        let actors = PetrarchActors(text, file: "a.txt")
        #expect(actors.mistakes.isEmpty)
        #expect(actors.entries.map(\.names) == [["ORLA VANDERMEER", "VANDERMEER"], ["WESTMARK"]])
        #expect(
            actors.entries[0].roles == [
                .init(code: "WSTGOV", from: "2004-03-01", to: "2008-11-30"),
                .init(code: "WSTOPP", to: "2004-02-29"), .init(code: "WSTGOV", from: "2019-01-15"),
                .init(code: "WSTELI"),
            ])
        #expect(actors.entries.map(\.line) == [3, 7])
    }

    @Test func explainsEveryMistakeAndKeepsTheRest() {
        let text = """
            \t[WSTGOV]
            NORTH_FEN [NFN
            SOUTH_FEN [sfn 2004]
            +
            EAST_FEN [19990101-20000101]
            WEST_FEN [WFNGOV 20010101-19990101] [WFN]
            NOBODY
            """
        let actors = PetrarchActors(text, file: "a.txt")
        #expect(
            actors.mistakes.map { "\($0.line):\($0.column)" } == ["1:2", "2:11", "3:16", "4:1", "5:11", "6:18", "7:1"])
        #expect(actors.mistakes.first?.description == "a.txt:1:2: a code without a name above it")
        #expect(actors.entries.map(\.names) == [["WEST FEN"]])
        #expect(actors.entries.map { $0.roles.map(\.code) } == [["WFN"]])
    }

    @Test func writesWhatItReads() {
        let entries = [
            PetrarchActors.Entry(
                names: ["ORLA VANDERMEER", "VANDERMEER"],
                roles: [
                    .init(code: "WSTGOV", from: "2004-03-01", to: "2008-11-30"),
                    .init(code: "WSTOPP", to: "2004-02-29"),
                    .init(code: "WSTELI"),
                ], line: 1)
        ]
        let text = PetrarchActorWriter.text(entries)
        #expect(text.hasPrefix("ORLA_VANDERMEER_\n+VANDERMEER_\n\t[WSTGOV 20040301-20081130]\n\t[WSTOPP <20040301]\n"))
        #expect(PetrarchActors(text, file: "a.txt").entries == entries)
    }

    @Test func readsATableOfActors() {
        let table = ActorTable(
            "code,name,to,from\r\nWST GOV,\"Vandermeer, Orla\",2008-11,2004\r\n,Nobody,,\r\nWST,Westmark,soon,\r\n",
            file: "a.csv")
        #expect(table.entries.map(\.name) == ["Vandermeer, Orla"])
        #expect(table.entries.map(\.to) == ["2008-11"])
        #expect(table.mistakes.map { "\($0.line):\($0.column)" } == ["3:1", "4:3"])
    }

    // MARK: - Agents and phrases

    @Test func expandsAgents() {
        let text = """
            !PEOPLE! = MAN, WOMEN
            HERDS!PEOPLE! [~CVL]
            OX {OXEN} [~AGR]
            PRESS_CORPS {} [ ~MED]
            RELIEF_BODY [NGO~]
            !NOBODY!_X [~GOV]
            HARBOUR_MASTER [GOV]
            """
        let agents = PetrarchAgents(text, file: "g.txt")
        #expect(agents.entries.map(\.phrase) == ["herdsman", "herdswomen", "ox", "press corps", "relief body"])
        #expect(agents.entries.map(\.plural) == [nil, nil, "oxen", nil, nil])
        #expect(agents.entries.map(\.code) == ["CVL", "CVL", "AGR", "MED", "NGO"])
        #expect(agents.mistakes.map(\.line) == [6, 7])
    }

    @Test func readsDiscardsAndIssues() {
        let discards = PetrarchDiscards("REGATTA_\n+CUP FINAL # sport\n", file: "d.txt")
        #expect(discards.entries.map(\.phrase) == ["regatta", "cup final"])
        #expect(discards.entries.map(\.isReport) == [false, true])
        let issues = PetrarchIssues(
            "<ISSUE CATEGORY=\"X\">\nn:ceasefire [PEACE]\na+bomb [NUKES]\n~~sport\nnothing\n</ISSUE>\n", file: "i.txt")
        #expect(issues.entries.map(\.phrase) == ["ceasefire", "a bomb", "a-bomb"])
        #expect(issues.cancelling.map(\.line) == [4])
        #expect(issues.mistakes.map(\.line) == [5])
    }

    // MARK: - Verbs

    @Test func readsPatternsOfBothGenerations() {
        let text = """
            &PACT_
            +PACT
            +&DEAL
            &DEAL
            +TRADE_DEAL

            --- VISIT [042:043] ---
            VISIT
            CALL_+ROUND {CALL_+ROUNDED}
            DROP {DROPPED} [040]
            - * (ON ENVOYS)  [111]  # second generation
            - SAID_* &PACT_ [111]   # first generation
            - % * [040:040]
            * (FROM $) [111]
            ~ a (a b VISIT) SAY = a b 042
            """
        let verbs = PetrarchVerbs(text, file: "v.txt")
        #expect(verbs.mistakes.isEmpty)
        #expect(verbs.synsets["PACT"] == ["pact", "trade deal"])
        #expect(verbs.leftovers.map(\.line) == [15])
        let lines = verbs.patterns.filter { $0.line > 7 }
        #expect(lines.map(\.code) == ["111", "111", "040", "111"])
        #expect(lines[0].after == [.words(["on"]), .words(["envoys", "envoy"])])
        #expect(lines[1].before == [.words(["said"])] && lines[1].after == [.synset("PACT")])
        #expect(lines[2].isMutual)
        #expect(lines[3].source == "from,subj")
        #expect(Set(verbs.patterns.filter { $0.line == 7 }.map(\.code)) == ["042", "040"])
    }

    @Test func explainsMistakesOfVerbs() {
        let text = """
            - * [040]
            --- VISIT ---
            VISIT
            - ENVOY [040]
            - * ENVOY
            - * &NONE [040]
            - * * x * [040]
            - * GOOD [040]
            """
        let verbs = PetrarchVerbs(text, file: "v.txt")
        #expect(verbs.mistakes.map(\.line) == [1, 2, 4, 5, 6, 7])
        #expect(verbs.mistakes[4].column == 5)
        #expect(verbs.patterns.contains { $0.line == 8 })
    }

    // MARK: - Tables

    @Test func makesTablesOfWhatCanBeExpressed() {
        var tables = LexiconTables(codes: Self.codes)
        tables.add(.actors, text: "LAKE_COUNCIL [IGOUNO]\nJO_FINCH [FENGOVMIL 20040301-20041231]\n", file: "a.txt")
        tables.add(.agents, text: "ENVOY [~GOVFRM]\nPAINTER [~ART]\n", file: "g.txt")
        tables.add(
            .verbs, text: "--- SEE [1234567] ---\nSEE\n- * FRIENDS [0421]\n- * NOTHING [---]\n- * FILM [345]\n",
            file: "v.txt")
        let files = Dictionary(uniqueKeysWithValues: tables.files.map { ($0.path, $0.text) })
        #expect(files["actors.tsv"]?.contains("Lake Council\tUNO\t\t\t\t\tIGOUNO\ta.txt:1\n") ?? false)
        #expect(files["actors.tsv"]?.contains("Jo Finch\tFEN\tGOV\t2004-03-01\t2004-12-31\t\tFENGOVMIL") ?? false)
        #expect(files["agents.tsv"]?.contains("envoy\tGOV\t\tGOVFRM\tg.txt:1\n") ?? false)
        let triggers = files["triggers/imported.tsv"] ?? ""
        #expect(triggers.contains("see/v words-after=friends|friend\tCONSULT\t\t\t\t\t\t0421\tv.txt:3\n"))
        #expect(triggers.contains("see/v words-after=nothing\t-\t"))
        #expect(triggers.contains("see/v words-after=film\t?\t"))
        #expect(tables.leftovers.map(\.line) == [2, 1, 5])
    }
}
