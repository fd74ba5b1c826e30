import DyadCodebook
import DyadCore
import DyadTesting
import Foundation
import Testing

/// The data files as they are shipped.
@Suite struct ShippedDataTests {
    static let loaded = Result { try Knowledge(folder: Repository.data) }

    @Test func loadsWithoutAMistake() throws {
        let knowledge = try Self.loaded.get()
        #expect(Set(knowledge.codebook.entries.keys) == Set(EventType.allCases))
        #expect(knowledge.triggers.entries.count > 1000)
        #expect(knowledge.actors.countries.count > 190)
    }

    @Test func agreesWithTheProgramAboutQuads() throws {
        for (type, entry) in try Self.loaded.get().codebook.entries {
            #expect(entry.quad == type.quad, "\(type.rawValue)")
            #expect(!entry.definition.isEmpty && !entry.boundaries.isEmpty, "\(type.rawValue)")
        }
    }

    @Test func hasAScoreAndACodeForEveryEventAndMode() throws {
        let codebook = try Self.loaded.get().codebook
        for (type, entry) in codebook.entries {
            for mode in [nil] + entry.modes.keys.map(Optional.some) {
                let cameo = codebook.cameo(type, mode: mode, contexts: [])
                #expect(codebook.intensity(type, mode: mode) != nil, "\(type.rawValue) \(mode ?? "")")
                #expect(
                    cameo.flatMap(codebook.goldstein) != nil, "\(type.rawValue) \(mode ?? "") is \(cameo ?? "no code")")
            }
        }
    }

    @Test func namesOnlyModesOfTheCodebookInTriggers() throws {
        let knowledge = try Self.loaded.get()
        for entry in knowledge.triggers.entries {
            guard let mode = entry.mode, !knowledge.codebook.hasMode(mode, of: entry.event) else { continue }
            Issue.record("\(entry.file):\(entry.line): \(mode) is no mode of \(entry.event.rawValue)")
        }
    }

    @Test func hasNothingTwice() {
        for mistake in DataRepetitions(folder: Repository.data).mistakes { Issue.record("\(mistake)") }
    }

    @Test func givesEveryTriggerAnExampleAndItsParties() throws {
        for entry in try Self.loaded.get().triggers.entries where entry.example.isEmpty || entry.expected.isEmpty {
            Issue.record("\(entry.file):\(entry.line): \(entry.pattern) has no example or does not say what to expect")
        }
    }

    @Test func namesOnlyPartsOfSpeechThatMatch() throws {
        for entry in try Self.loaded.get().triggers.entries where !["v", "n", "a"].contains(entry.pos) {
            Issue.record("\(entry.file):\(entry.line): a pattern's part of speech is v, n or a, not \(entry.pos)")
        }
    }

    @Test func knowsStatesByNameAdjectiveAndCapital() throws {
        let actors = try Self.loaded.get().actors
        for (name, code) in [
            ("Peru", "PER"), ("Peruvian", "PER"), ("Lima", "PER"), ("the Kremlin", "RUS"), ("Ukraine", "UKR"),
        ] {
            let found = actors.readings(name) + actors.readings(name.replacing("the ", with: ""))
            #expect(found.contains { $0.code.body == code }, "\(name)")
        }
    }

    @Test func holdsOfficesForTheirTime() throws {
        let readings = try Self.loaded.get().actors.readings("Angela Merkel").filter { $0.kind == .person }
        let inOffice = try #require(CalendarDate("2015-06-01")), after = try #require(CalendarDate("2023-06-01"))
        #expect(readings.contains { $0.holds(on: inOffice) && $0.code == ActorCode("DEU", sector: "GOV") })
        #expect(!readings.contains { $0.holds(on: after) && $0.code.sector == "GOV" })
    }
}
