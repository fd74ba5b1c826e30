import DyadAnalysis
import DyadCore
import Testing

@Suite struct SeriesTests {
    private let dyad = Dyad("TUR", "PAK")

    /// Day, direction, CAMEO code with its Goldstein score and quad; worked by hand.
    private let rows: [(day: String, isForward: Bool, code: String, score: Double, quad: Int)] = [
        ("2015-01-03", true, "042", 1.9, 1), ("2015-01-03", true, "042", 1.9, 1), ("2015-01-03", true, "057", 8.0, 1),
        ("2015-01-20", false, "051", 3.4, 1), ("2015-02-11", false, "0312", 5.2, 1),
        ("2015-02-11", false, "0312", 5.2, 1), ("2015-03-05", true, "111", -2.0, 3),
        ("2015-03-06", false, "112", -2.0, 3), ("2015-03-06", false, "112", -2.0, 3),
        ("2015-03-09", true, "1312", -5.8, 3), ("2015-05-30", true, "062", 7.4, 2),
        ("2015-06-01", false, "072", 8.3, 2),
    ]

    private func observations() throws -> [SeriesObservation] {
        try rows.map { row in
            let day = try #require(CalendarDate(row.day))
            return SeriesObservation(
                day: day, dyad: row.isForward ? dyad : dyad.reversed, code: row.code, quad: row.quad, value: row.score)
        }
    }

    @Test func workedExample() throws {
        let once = SeriesObservation.onceADay(try observations())
        #expect(once.count == 9)
        let series = DyadSeries(once, dyad: dyad)
        #expect(series.forward.points.map(\.period) == (1...6).map { "2015-0\($0)" })
        #expect(series.forward.points.map(\.count) == [2, 0, 2, 0, 1, 0])
        #expect(series.forward.points[2].quads == [0, 0, 2, 0])
        expect(series.forward.points.map(\.sum), [9.9, 0, -7.8, 0, 7.4, 0])
        expect(series.backward.points.map(\.sum), [3.4, 5.2, -2, 0, 0, 8.3])
        #expect(series.forward.points[1].mean == nil)
        expect(series.net, [6.5, -5.2, -5.8, 0, 7.4, -8.3])
        expect([series.reciprocity() ?? 9, series.reciprocity(lag: 1) ?? 9], [0.21105641, 0.75954824])
        #expect(series.reciprocity(lag: 5) == nil)
        let years = DyadSeries(once, dyad: dyad, period: .year)
        #expect(years.forward.points.map(\.count) == [5] && years.backward.points.map(\.period) == ["2015"])
    }

    @Test func countsEventsByDirection() throws {
        var yearOnly = Fixtures.event(.agree, from: [Fixtures.turkey], to: [Fixtures.pakistan], text: "c")
        yearOnly.date = EventDate(value: "2015", precision: "year", basis: "stated")
        var denied = Fixtures.event(
            .assault, from: [Fixtures.turkey], to: [Fixtures.pakistan], day: "2015-12-01", text: "d")
        denied.factuality = .denied
        let mutual = Fixtures.event(.consult, from: [Fixtures.turkey, Fixtures.pakistan], day: "2015-10-02", text: "a")
        let events = [mutual, mutual, yearOnly, denied]
        let series = DyadSeries(events: events, dyad: dyad)
        #expect(series.forward.points.map(\.count) == [1] && series.backward.points.map(\.count) == [1])
        #expect(series.forward.leftOut == 1)
        #expect(DyadSeries(events: events, dyad: dyad, period: .year).forward.points.map(\.count) == [2])
        #expect(DyadSeries(events: [], dyad: dyad).net.isEmpty)
    }

    private func expect(_ values: [Double], _ expected: [Double]) {
        #expect(values.count == expected.count)
        for (value, wanted) in zip(values, expected) { #expect(abs(value - wanted) < 1e-6) }
    }
}
