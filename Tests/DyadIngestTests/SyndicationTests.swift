import DyadCore
import DyadIngest
import Foundation
import Testing

@Suite struct SyndicationTests {
    private func article(_ text: String, name: String = "a") throws -> Article {
        try #require(try ArticleReader(folder: Samples.data).read(Document(name: name, text: text)).first)
    }

    private static let body = """
        Samoa and Tonga agreed on Friday to share patrol boats in the waters between them, the two governments said.

        The boats will look for vessels that fish without a licence, of which some thirty were seen last year alone.

        Apia's police minister said that crews would train together in August, and that New Zealand would pay for fuel.
        """

    @Test(arguments: [
        ("APIA (Reuters) - \(body)", "Reuters"), ("ANKARA (AA) - \(body)", "Anadolu Agency"),
        ("\(body)\n\nWith inputs from AP\n", "AP"), ("\(body)\n\nSource: AFP\n", "AFP"),
        ("\(body) (Xinhua)\n", "Xinhua"),
        ("Boats shared\n\nBy Reuters\n\n\(body)", "Reuters"),
        ("\(body)\n\nThe Associated Press contributed to this report.\n", "AP"),
    ]) func readsCredits(_ text: String, _ agency: String) throws {
        #expect(try article("Samoa and Tonga share boats\n\n" + text).document.agency == agency)
    }

    @Test(arguments: [
        "Samoa's premier told Reuters that the boats were ready.",
        "The AP Moller yard built them, and dawn came at six.",
        "The minister spoke to the Press Trust of India before he left.",
    ]) func anAgencyInRunningTextIsNoCredit(_ sentence: String) throws {
        #expect(
            try article("Samoa and Tonga share boats\n\n\(Self.body)\n\n\(sentence) It was a long day.\n").document
                .agency == nil)
    }

    private func entry(_ name: String, _ text: String, day: String?, publisher: String? = nil, agency: String? = nil)
        throws
        -> SyndicationIndex.Entry
    {
        let sketch = try #require(try article("Boats\n\n" + text, name: name).sketch)
        return .init(
            name: name, sketch: sketch, published: day.flatMap { CalendarDate($0) }, publisher: publisher,
            agency: agency)
    }

    private static let other = """
        Nauru's parliament met on Monday to debate the price of phosphate, which fell again in the first three months.

        Two members asked for a report on the fund that was set up for the years after mining, and one of them left.

        The speaker said the house would return to the matter in June, when the accounts of last year are published.
        """

    @Test func findsCopiesAndKeepsTheFirst() throws {
        var index = SyndicationIndex()
        index.add(try entry("late", Self.body + "\n\nThe islands lie far apart.", day: "2020-03-04"))
        index.add(try entry("other", Self.other, day: "2020-03-01"))
        index.add(try entry("first", Self.body, day: "2020-03-02"))
        index.add(try entry("undated", Self.body.replacing("August", with: "September"), day: nil))
        #expect(index.originals() == ["late": "first", "undated": "first"])
    }

    @Test func ofOneDayTheAgencysOwnIsFirst() throws {
        var index = SyndicationIndex()
        index.add(try entry("paper", Self.body, day: "2020-03-02", publisher: "Daily Reef", agency: "AAP Wire"))
        index.add(try entry("wire", Self.body, day: "2020-03-02", publisher: "AAP Wire", agency: "AAP Wire"))
        #expect(index.originals() == ["paper": "wire"])
    }

    @Test func findsAShortenedCopy() throws {
        let short = Self.body.split(separator: "\n\n").prefix(2).joined(separator: "\n\n")
        var index = SyndicationIndex()
        index.add(try entry("long", Self.body + "\n\n" + Self.other, day: "2020-03-02"))
        #expect(index.add(try entry("short", short, day: "2020-03-03")) == "long")
    }

    @Test func reportsOfOneMatterInOtherWordsAreNoCopies() throws {
        let again = """
            Patrol boats are to be used by Tonga and Samoa in common, an accord signed on Friday in Apia says.

            Unlicensed fishing is the reason: police counted about thirty such vessels in the past twelve months.

            Wellington offered to bear the cost of fuel; joint exercises of the crews are planned for the late summer.
            """
        var index = SyndicationIndex()
        index.add(try entry("one", Self.body, day: "2020-03-02"))
        #expect(index.add(try entry("two", again, day: "2020-03-02")) == nil)
        #expect(index.originals().isEmpty)
    }

    @Test func sketchesSurviveStorage() throws {
        let sketch = try #require(try article(Self.body).sketch)
        #expect(TextSketch(bytes: sketch.bytes) == sketch)
        #expect(TextSketch(bytes: [1, 2, 3]) == nil)
        #expect(try article("Too short to tell.").sketch == nil)
    }
}
