import DyadTesting
import Foundation
import Testing

@testable import DyadCodebook

/// Titles and offices, and facts about office holders that cannot be.
@Suite struct OfficeTests {
    @Test func knowsWhichTitlesNameOneOffice() throws {
        let offices = try ShippedDataTests.loaded.get().actors.offices
        #expect(offices.office("Top Diplomat").name == "foreign minister")
        #expect(offices.office("chief of army staff") == offices.office("army chief"))
        #expect(offices.office("president").isSingle)
        #expect(!offices.office("senator").isSingle && offices.office("senator").name == "senator")
        let former = offices.office("former prime minister")
        #expect(former.isPast && former.name == "prime minister")
        #expect(offices.office("acting foreign minister").isActing)
        #expect(offices.office("vice president").name == "vice president")
        #expect(!offices.isOrgan("congress", of: "LBN") && offices.isOrgan("congress", of: "PHL"))
        #expect(offices.isOrgan("ministry of defence", of: "LBN"))
    }

    private func mistakes(_ people: [String]) throws -> [String] {
        let folder = try TemporaryFolder()
        for part in ["lexicons", "rules"] {
            try FileManager.default.copyItem(
                at: Repository.data.appendingPathComponent(part), to: folder.url.appendingPathComponent(part))
        }
        let text = "name\tcountry\tsector\trole\tfrom\tto\tnames\n" + people.map { $0 + "\n" }.joined()
        try folder.write(text, to: "lexicons/en/people.tsv")
        return OfficeCheck(folder: folder.url).mistakes.map { "\($0.line):\($0.column)" }
    }

    @Test func findsTwoHoldersAtOneTime() throws {
        let one = "Ana Pires\tPRT\tGOV\tforeign minister\t2010-03\t2014-05\t"
        #expect(try mistakes([one, "Rui Melo\tPRT\tGOV\tminister of foreign affairs\t2012\t2015\t"]) == ["3:5"])
        #expect(try mistakes([one, "Rui Melo\tPRT\tGOV\tforeign minister\t2014-05\t\t"]).isEmpty)
        #expect(try mistakes([one, "Rui Melo\tPRT\tGOV\tforeign minister\t2014\t\t"]).isEmpty)
        #expect(try mistakes([one, "Rui Melo\tPRT\tGOV\tacting foreign minister\t2012\t2013\t"]).isEmpty)
        #expect(try mistakes([one, "Rui Melo\tESP\tGOV\tforeign minister\t2012\t2013\t"]).isEmpty)
        #expect(try mistakes([one, "Rui Melo\tPRT\tGOV\tsenator\t2012\t2013\t"]).isEmpty)
        #expect(try mistakes([one, "Ana Pires\tPRT\tGOV\tforeign minister\t2014-01\t\t"]).isEmpty)
        // A short term within a long one, and the next after both.
        let others = [
            "Rui Melo\tPRT\tGOV\tforeign minister\t2011\t2011\t", "Eva Sa\tPRT\tGOV\tforeign minister\t2013\t\t",
        ]
        #expect(try mistakes([one] + others) == ["3:5", "4:5"])
    }

    @Test func findsBadDatesCodesAndSectors() throws {
        let bad = [
            "Ana Pires\tPRT\tGOV\tsenator\t2014-05\t2010-03\t", "Ana Pires\tPRT\tGOV\tsenator\t2014-13\t\t",
            "Ana Pires\tQQX\tGOV\tsenator\t\t\t", "Ana Pires\tPRT\tGVO\tsenator\t\t\t",
        ]
        #expect(try mistakes(bad) == ["2:6", "3:5", "4:2", "5:3"])
    }

    @Test func findsNothingInTheShippedData() {
        #expect(OfficeCheck(folder: Repository.data).mistakes.map(\.description) == [])
    }
}
