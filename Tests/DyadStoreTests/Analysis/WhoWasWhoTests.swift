import DyadAnalysis
import DyadCodebook
import DyadCore
import DyadTesting
import Foundation
import Testing

/// Offices of persons over many reports.
@Suite struct WhoWasWhoTests {
    private static let knowledge = Result { try Knowledge(folder: Repository.data) }

    private func telling(
        _ person: String, _ role: String, _ body: String, _ day: String?, sector: String = "GOV",
        in document: String = "a"
    ) -> RoleTelling {
        RoleTelling(
            person: person, role: role, code: ActorCode(body, sector: sector), day: day.flatMap { CalendarDate($0) },
            document: document, quote: "\(person), \(role)")
    }

    private func gathered(_ tellings: [RoleTelling]) throws -> WhoWasWho {
        WhoWasWho(tellings, lexicon: try Self.knowledge.get().actors)
    }

    @Test func joinsReportsOfOneOffice() throws {
        let found = try gathered([
            telling("Orlan Veskari", "foreign minister", "TGO", "2024-02-01", in: "a"),
            telling("Veskari", "top diplomat", "TGO", "2024-05-03", in: "b"),
            telling("Gen Orlan Veskari", "foreign minister", "TGO", "2024-03-01", in: "c"),
            telling("Orlan Veskari", "former foreign minister", "TGO", "2025-01-01", in: "d"),
        ])
        #expect(found.people.count == 1)
        let person = try #require(found.people.first)
        #expect(person.name == "Gen Orlan Veskari" && person.otherNames == ["Orlan Veskari", "Veskari"])
        #expect(person.offices.map(\.role) == ["foreign minister", "former foreign minister"])
        let office = try #require(person.offices.first)
        #expect(office.first?.description == "2024-02-01" && office.last?.description == "2024-05-03")
        #expect(office.reportCount == 3 && office.tellings.map(\.document) == ["a", "c", "b"])
    }

    @Test func keepsPersonsOfTwoStatesApart() throws {
        let found = try gathered([
            telling("Orlan Veskari", "senator", "TGO", "2024-02-01"),
            telling("Veskari", "senator", "BEN", "2024-02-02"),
        ])
        #expect(found.people.map(\.name) == ["Orlan Veskari", "Veskari"])
        #expect(found.matching("BEN").people.map(\.name) == ["Veskari"])
        #expect(found.matching("orlan").people.map(\.name) == ["Orlan Veskari"])
        #expect(found.matching("nobody").people.isEmpty)
    }

    @Test func findsTwoHoldersOfOneOffice() throws {
        let first = [
            telling("Orlan Veskari", "army chief", "TGO", "2024-02-01", sector: "MIL"),
            telling("Orlan Veskari", "army chief", "TGO", "2024-06-01", sector: "MIL"),
        ]
        func kinds(_ other: RoleTelling) throws -> [String] {
            try gathered(first + [other]).contradictions.filter { $0.kind == .twoHolders }.map(\.office)
        }
        #expect(
            try kinds(telling("Ilo Bantu", "chief of army staff", "TGO", "2024-04-01", sector: "MIL"))
                == ["army chief of TGO"])
        #expect(try kinds(telling("Ilo Bantu", "army chief", "TGO", "2024-07-01", sector: "MIL")).isEmpty)
        #expect(try kinds(telling("Ilo Bantu", "army chief", "TGO", nil, sector: "MIL")).isEmpty)
        #expect(try kinds(telling("Ilo Bantu", "acting army chief", "TGO", "2024-04-01", sector: "MIL")).isEmpty)
        #expect(try kinds(telling("Ilo Bantu", "former army chief", "TGO", "2024-04-01", sector: "MIL")).isEmpty)
        #expect(try kinds(telling("Ilo Bantu", "army chief", "BEN", "2024-04-01", sector: "MIL")).isEmpty)
    }

    @Test func findsOnePersonInTwoStates() throws {
        let found = try gathered([
            telling("Orlan Veskari", "senator", "TGO", "2024-02-01", in: "a"),
            telling("Orlan Veskari", "governor", "BEN", "2024-02-01", in: "b"),
        ])
        #expect(found.contradictions.map(\.kind) == [.twoStates])
        #expect(found.contradictions.first?.evidence.map(\.document).sorted() == ["a", "b"])
    }

    @Test func saysWhereTheLexiconHasSomebodyElse() throws {
        let found = try gathered([
            telling("Orlan Veskari", "chancellor", "DEU", "2015-03-01"),
            telling("Angela Merkel", "chancellor", "DEU", "2015-03-01"),
            telling("Angela Merkel", "chancellor", "AUT", "2015-03-01"),
        ])
        let lexicon = found.contradictions.filter { $0.kind == .lexicon }
        #expect(lexicon.count == 2)
        // A title is no other person.
        let titled = try gathered([telling("Dr Angela Merkel", "chancellor", "DEU", "2015-03-01")])
        #expect(titled.contradictions.isEmpty)
        #expect(lexicon.contains { $0.people == ["Orlan Veskari"] && $0.summary.contains("Angela Merkel") })
        #expect(lexicon.contains { $0.people == ["Angela Merkel"] && $0.office == "prime minister of AUT" })
    }
}
