import DyadCore
import DyadTesting
import Testing

@Suite struct CalendarDateTests {
    @Test(arguments: [(2000, true), (1900, false), (2024, true), (2023, false), (2100, false), (1600, true), (4, true)])
    func knowsLeapYears(_ year: Int, _ isLeap: Bool) {
        #expect((CalendarDate(year: year, month: 2, day: 29) != nil) == isLeap)
        #expect(CalendarDate.daysIn(month: 2, year: year) == (isLeap ? 29 : 28))
    }

    @Test(arguments: [
        (2023, 2, 30), (2023, 4, 31), (2023, 13, 1), (2023, 0, 1), (2023, 1, 0), (0, 1, 1), (10_000, 1, 1),
    ])
    func refusesDaysThatDoNotExist(_ year: Int, _ month: Int, _ day: Int) {
        #expect(CalendarDate(year: year, month: month, day: day) == nil)
    }

    @Test(arguments: [
        ("1970-01-01", 4), ("2000-02-29", 2), ("2015-10-14", 3), ("2024-05-12", 7), ("1969-12-31", 3),
        ("1900-01-01", 1),
        ("2026-08-08", 6), ("1582-10-15", 5),
    ]) func knowsTheWeekday(_ text: String, _ weekday: Int) throws {
        #expect(try #require(CalendarDate(text)).weekday == weekday)
    }

    @Test(arguments: [("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2038-01-19", 24_855)])
    func countsDaysSince1970(_ text: String, _ days: Int) throws {
        let date = try #require(CalendarDate(text))
        #expect(date.daysSince1970 == days)
        #expect(CalendarDate(daysSince1970: days) == date)
    }

    @Test func comesBackFromDays() {
        var last = CalendarDate(daysSince1970: -719_000)
        for days in stride(from: -718_999, through: 200_000, by: 1) {
            let date = CalendarDate(daysSince1970: days)
            guard date.daysSince1970 == days, last < date, last.adding(days: 1) == date else {
                Issue.record("\(days) days give \(date), which gives \(date.daysSince1970)")
                return
            }
            last = date
        }
    }

    @Test func readsAndWritesISO() {
        #expect(CalendarDate("2015-10-14T23:59:00Z")?.description == "2015-10-14")
        #expect(CalendarDate("0999-01-02")?.description == "0999-01-02")
        for wrong in ["", "2015", "2015-10", "2015-1O-14", "15-10-14", "2015/10/14", "2015-02-29", "-015-10-14"] {
            #expect(CalendarDate(wrong) == nil, "\(wrong)")
        }
    }

    @Test func addsAcrossMonthsAndYears() throws {
        let date = try #require(CalendarDate("2023-12-31"))
        #expect(date.adding(days: 1).description == "2024-01-01")
        #expect(date.adding(days: 60).description == "2024-02-29")
        #expect(date.adding(days: -365).description == "2022-12-31")
    }
}
