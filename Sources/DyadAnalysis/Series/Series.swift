public import DyadCore

/// Length of the steps of a series.
public enum SeriesPeriod: String, Sendable, CaseIterable {
    /// `2015-10`.
    case month
    /// `2015`.
    case year
}

/// What fell into one period.
public struct SeriesPoint: Sendable, Equatable {
    /// `2015-10` or `2015`.
    public var period: String
    /// Number of events.
    public var count = 0
    /// Number of events of quad 1, 2, 3 and 4.
    public var quads = [0, 0, 0, 0]
    /// Sum of the intensities.
    public var sum = 0.0
    /// Number of events with an intensity.
    public var valued = 0

    /// A period in which nothing happened.
    public init(period: String) { self.period = period }

    /// Mean intensity; nil when there is none.
    public var mean: Double? { valued == 0 ? nil : sum / Double(valued) }

    mutating func add(_ observation: SeriesObservation) {
        count += 1
        if (1...4).contains(observation.quad) { quads[observation.quad - 1] += 1 }
        guard let value = observation.value else { return }
        sum += value
        valued += 1
    }
}

/// Events of one direction counted by month or year, empty periods included.
public struct Series: Sendable, Equatable {
    /// The direction.
    public var dyad: Dyad
    /// Periods without a gap, first to last.
    public var points: [SeriesPoint]
    /// Observations that no single period holds, such as one dated by its year only in a series of months.
    public var leftOut: Int

    /// Counts observations of a direction; others are passed over.
    ///
    /// - Parameters:
    ///   - observations: what to count, as it is; see ``SeriesObservation/onceADay(_:)``.
    ///   - dyad: the direction.
    ///   - period: length of the steps.
    ///   - from: day in the first period; the first observation's by default.
    ///   - to: day in the last period; the last observation's by default.
    public init(
        _ observations: [SeriesObservation], dyad: Dyad, period: SeriesPeriod = .month, from: CalendarDate? = nil,
        to: CalendarDate? = nil
    ) {
        self.dyad = dyad
        let own = observations.filter { $0.dyad == dyad }
        let (dated, leftOut) = split(own, period)
        self.leftOut = leftOut
        points = []
        guard let first = from ?? dated.map(\.first).min(), let last = to ?? dated.map(\.first).max() else { return }
        points = periods(from: first, to: last, period).map { SeriesPoint(period: $0) }
        let index = Dictionary(uniqueKeysWithValues: points.indices.map { (points[$0].period, $0) })
        for item in dated {
            if let place = index[periodName(item.first, period)] { points[place].add(item) }
        }
    }

    /// The series as a value.
    public var value: AnalysisValue {
        .record([
            .init("source", .text(dyad.source)), .init("target", .text(dyad.target)),
            .init("points", .list(points.map(\.value))), .init("left_out", .integer(leftOut)),
        ])
    }
}

extension SeriesPoint {
    /// The period as a value.
    public var value: AnalysisValue {
        .record([
            .init("period", .text(period)), .init("events", .integer(count)),
            .init("quad", .list(quads.map { .integer($0) })), .init("sum", .number(sum)),
            .init("mean", .optional(mean)),
        ])
    }
}

/// Both directions of a pair over the same periods.
public struct DyadSeries: Sendable, Equatable {
    /// Source to target.
    public var forward: Series
    /// Target to source.
    public var backward: Series

    /// Counts both directions over the periods that either of them spans.
    public init(_ observations: [SeriesObservation], dyad: Dyad, period: SeriesPeriod = .month) {
        let own = observations.filter { $0.dyad.undirected == dyad.undirected }
        let dated = split(own, period).dated
        let (from, to) = (dated.map(\.first).min(), dated.map(\.first).max())
        forward = Series(own, dyad: dyad, period: period, from: from, to: to)
        backward = Series(own, dyad: dyad.reversed, period: period, from: from, to: to)
    }

    /// Counts the events of a pair, each once a day.
    public init(
        events: [Event], dyad: Dyad, period: SeriesPeriod = .month, scale: IntensityScale = .plover,
        factuality: Set<Factuality> = [.asserted, .alleged]
    ) {
        let both = [dyad, dyad.reversed].flatMap {
            SeriesObservation.observations(of: events, dyad: $0, scale: scale, factuality: factuality).observations
        }
        self.init(SeriesObservation.onceADay(both), dyad: dyad, period: period)
    }

    /// Sum of the forward direction less that of the backward one, for each period.
    public var net: [Double] { zip(forward.points, backward.points).map { $0.sum - $1.sum } }

    /// Correlation (Pearson) between the sums of the two directions: how far each answers in kind.
    ///
    /// - Parameter lag: number of periods by which the forward direction leads.
    /// - Returns: -1 to 1; nil when there are fewer than three periods or one side never changes.
    public func reciprocity(lag: Int = 0) -> Double? {
        let leading = forward.points.map(\.sum)
        let following = backward.points.map(\.sum)
        guard lag >= 0, leading.count - lag >= 3 else { return nil }
        return correlation(Array(leading.dropLast(lag)), Array(following.dropFirst(lag)))
    }
}

private func correlation(_ left: [Double], _ right: [Double]) -> Double? {
    let count = Double(left.count)
    let (leftMean, rightMean) = (left.reduce(0, +) / count, right.reduce(0, +) / count)
    var (product, leftSquare, rightSquare) = (0.0, 0.0, 0.0)
    for (first, second) in zip(left, right) {
        product += (first - leftMean) * (second - rightMean)
        leftSquare += (first - leftMean) * (first - leftMean)
        rightSquare += (second - rightMean) * (second - rightMean)
    }
    guard leftSquare > 0, rightSquare > 0 else { return nil }
    return product / (leftSquare * rightSquare).squareRoot()
}

/// Observations that lie within one period, and the number of the others.
private func split(
    _ observations: [SeriesObservation], _ period: SeriesPeriod
) -> (dated: [SeriesObservation], leftOut: Int) {
    let dated = observations.filter { periodName($0.first, period) == periodName($0.last, period) }
    return (dated, observations.count - dated.count)
}

func periodName(_ day: CalendarDate, _ period: SeriesPeriod) -> String {
    String(day.description.prefix(period == .month ? 7 : 4))
}

private func periods(from first: CalendarDate, to last: CalendarDate, _ period: SeriesPeriod) -> [String] {
    guard first <= last else { return [] }
    switch period {
    case .year: return (first.year...last.year).map { padded($0, 4) }
    case .month:
        let months = (first.year * 12 + first.month - 1)...(last.year * 12 + last.month - 1)
        return months.map { "\(padded($0 / 12, 4))-\(padded($0 % 12 + 1, 2))" }
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}
