import DyadCore
import Testing

@Suite struct DayRangeTests {
    @Test(arguments: [
        ("2015-10-14", "2015-10-14", "2015-10-14"), ("2015-10-14T09:30", "2015-10-14", "2015-10-14"),
        ("2024-02", "2024-02-01", "2024-02-29"), ("2015", "2015-01-01", "2015-12-31"),
        ("199", "1990-01-01", "1999-12-31"),
        ("2015-W42", "2015-10-12", "2015-10-18"), ("2021-W01", "2021-01-04", "2021-01-10"),
        ("2020-W53", "2020-12-28", "2021-01-03"), ("2016-Q3", "2016-07-01", "2016-09-30"),
        ("2016-H2", "2016-07-01", "2016-12-31"), ("2016-SU", "2016-06-01", "2016-08-31"),
        ("2015-WI", "2015-12-01", "2016-02-29"), ("2015-10-14/2015-11", "2015-10-14", "2015-11-30"),
        ("2014/2015-W01", "2014-01-01", "2015-01-04"),
    ]) func coversTheDaysOfAValue(_ value: String, _ first: String, _ last: String) throws {
        let range = try #require(DayRange(value))
        #expect(range.first.description == first)
        #expect(range.last.description == last)
    }

    @Test(arguments: [
        "", "P3D", "soon", "20", "2015-13", "2015-W54", "2015-Q5", "2015-XX", "2016/2015", "2015/", "15-10",
        "2015-10-14-01",
    ])
    func refusesWhatIsNoDay(_ value: String) { #expect(DayRange(value) == nil) }
}
