import DyadCodebook
import DyadCore
import DyadPipeline
import Testing

/// Time expressions and their values, counted from Wednesday, 15 May 2024.
@Suite struct TimeFinderTests {
    private static let published = CalendarDate(year: 2024, month: 5, day: 15)

    private func read(_ text: String) throws -> AnnotatedArticle {
        try Shipped.reader.get().read(text: Document(name: "t", text: text, published: Self.published))
    }

    /// Every rule of the grammar reads its own example.
    @Test func theGrammarReadsItsExamples() throws {
        let examples = try Shipped.reader.get().knowledge.times.grammar.examples
        #expect(examples.count > 100)
        for example in examples {
            let times = try read(example.text).times
            #expect(
                times.contains { $0.value == example.value || $0.range?.value == example.value },
                "\(example) was read as \(times.map { "\($0.text) \($0.value ?? "nil")" })")
        }
    }

    /// Values in reading order, durations left out; nil where there is an expression without a value.
    @Test(arguments: [
        ("The council will meet on Friday.", "2024-05-17"),
        ("The council met on Friday.", "2024-05-10"),
        ("Talks are scheduled for Monday.", "2024-05-20"),
        ("The two sides agreed to meet on Sunday.", "2024-05-19"),
        ("They failed to meet on Sunday.", "2024-05-12"),
        ("The summit opens on Saturday.", "2024-05-18"),
        ("The drill will begin on 2 June.", "2024-06-02"),
        ("The drill began on 2 June.", "2023-06-02"),
        ("The ship left in November.", "2023-11"),
        ("The ship will leave in November.", "2024-11"),
        ("The envoy flew home on Dec. 30 last year.", "2023-12-30"),
        ("Prices rose in the past three years.", "2021/2024"),
        ("The ceasefire ended two days ago.", "2024-05-13"),
        ("The pact was signed in 2011. Two years later it lapsed.", "2011 | 2013"),
        ("Rebels took the town on 4 March 2016. Three days later they left.", "2016-03-04 | 2016-03-07"),
        ("The war lasted from 1998 to 2002.", "1998 | 2002"),
        ("The visit runs from 28 to 30 May.", "2024-05-28/2024-05-30"),
        ("The camp has been closed since January.", "2024-01"),
        ("Clashes broke out late Tuesday night.", "2024-05-14"),
        ("He spoke on the last day of his visit.", "nil"),
        ("Attacks have grown in recent weeks.", "nil"),
        ("The base is currently empty.", "PRESENT_REF"),
        ("The law takes effect on 31 February 2025.", "nil"),
        ("It was built in the year 0.", "nil"),
        ("Some 2000 soldiers crossed the river.", ""),
        ("The 2018 elections were fair.", "2018"),
        ("A 12-year-old boy was hurt.", ""),
        ("The Arab Spring changed much.", ""),
        ("The budget of fiscal year 2017-18 was cut.", "2017/2018"),
        ("The troops pulled out in mid-October 2020.", "2020-10"),
        ("The plan covers the first half of 2025.", "2025-H1"),
        ("The patrol sails every Monday.", "XXXX-WXX-1"),
        ("The office opened on Oct. 3, 2017, and closed on 05/04/2018.", "2017-10-03 | 2018-05-04"),
        ("The office opened on 3 October 2017 and closed on 05/04/2018.", "2017-10-03 | 2018-04-05"),
        ("The border may reopen soon.", "FUTURE_REF"),
        ("They discussed the visit planned for 2 June.", "2024-06-02"),
        ("The court must rule by 15 November.", "2024-11-15"),
        ("April Jones met the minister.", ""),
        ("The port will stay closed for three days from Monday.", "2024-05-20/2024-05-22"),
        ("The fleet spent the rest of the month at sea.", "2024-05-15/2024-05-31"),
        ("The base was handed over in October two thousand and five.", "2005-10"),
        ("He spoke on Tuesday two weeks ago.", "2024-04-30"),
        ("The talks resumed over the weekend of 4 May.", "2024-W18-WE"),
        ("Exports grew in the summer of 2022 and in fiscal 2023.", "2022-SU | 2022/2023"),
    ])
    func expressions(text: String, values: String) throws {
        let found = try read(text).times.filter { $0.type != "DURATION" }
        #expect(found.map { $0.value ?? "nil" }.joined(separator: " | ") == values)
    }

    @Test(arguments: [
        ("since 2014", "2014/.."), ("from 1998 to 2002", "1998/2002"),
        ("between May 3 and now", "2024-05-03/2024-05-15"),
        ("until the end of 2026", "../2026"), ("after 3 May", "2024-05-04/.."), ("after 2018", "2019/.."),
        ("earlier than 2018", "../2017"), ("to date", "../2024-05-15"),
    ])
    func rangesKeepTheirEnds(text: String, value: String) throws {
        #expect(try read("The mission lasted \(text).").times.contains { $0.range?.value == value })
    }

    @Test func absurdDatesHaveNoValueAndAReason() throws {
        let article = try read("He came on 31 February 2019 and left on 32/13/2020, 99999999 years ago, in the year 0.")
        #expect(article.times.allSatisfy { $0.value == nil })
        #expect(article.diagnostics.contains { $0.identifier == "time.impossible" })
    }

    @Test func withoutAPublicationDateNothingIsInvented() throws {
        let document = Document(name: "t", text: "They met on Tuesday, on 30 December and in June 1995.")
        let times = try Shipped.reader.get().read(text: document).times
        #expect(times.map(\.value) == ["XXXX-WXX-2", "--12-30", "1995-06"])
    }

    @Test func outletsDecideTheOrderOfDayAndMonth() throws {
        let reader = try Shipped.reader.get()
        for (publisher, value) in [("The Washington Post", "2018-05-04"), ("The Express Tribune", "2018-04-05")] {
            var document = Document(name: "t", text: "The office closed on 05/04/2018.", published: Self.published)
            document.publisher = publisher
            #expect(reader.read(text: document).times.map(\.value) == [value])
        }
    }

    @Test func longChainsEnd() throws {
        let text = String(repeating: "two days after ", count: 400) + "the vote"
        #expect(try read(text).times.allSatisfy { $0.span.end <= text.utf8.count })
    }
}
