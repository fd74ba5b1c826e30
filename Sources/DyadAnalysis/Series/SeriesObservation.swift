public import DyadCore

/// One event as a series counts it.
public struct SeriesObservation: Sendable, Equatable {
    /// The day, or the first of the days it may have been.
    public var first: CalendarDate
    /// The last of the days it may have been.
    public var last: CalendarDate
    /// From whom to whom.
    public var dyad: Dyad
    /// What makes two observations of one day the same: a CAMEO code, or a type with its mode.
    public var code: String
    /// 1 to 4.
    public var quad: Int
    /// Intensity on some scale; nil when unknown.
    public var value: Double?

    /// An observation of one day.
    public init(day: CalendarDate, dyad: Dyad, code: String, quad: Int, value: Double?) {
        first = day
        last = day
        self.dyad = dyad
        self.code = code
        self.quad = quad
        self.value = value
    }

    /// Each observation once a day, however often it was reported.
    ///
    /// The first of those with the same code, day and dyad stays.
    public static func onceADay(_ observations: [SeriesObservation]) -> [SeriesObservation] {
        var seen = Set<[String]>()
        return observations.filter { item in
            let key = [item.first.description, item.last.description, item.dyad.source, item.dyad.target, item.code]
            return seen.insert(key).inserted
        }
    }
}

/// Which number of an event a series adds up.
public enum IntensityScale: String, Sendable, CaseIterable {
    /// PLOVER score.
    case plover
    /// Goldstein score of the CAMEO code.
    case goldstein
}

extension SeriesObservation {
    /// The observations of a dyad in some events: one for each event that holds in this direction.
    ///
    /// - Parameters:
    ///   - events: what was coded.
    ///   - dyad: the direction; a mutual event counts in both.
    ///   - scale: where the value comes from.
    ///   - factuality: classes that count as having happened.
    /// - Returns: the observations, and how many events were left out because nothing dates them.
    public static func observations(
        of events: [Event], dyad: Dyad, scale: IntensityScale = .plover,
        factuality: Set<Factuality> = [.asserted, .alleged]
    ) -> (observations: [SeriesObservation], undated: Int) {
        var out: [SeriesObservation] = []
        var undated = 0
        for event in events where factuality.contains(event.factuality) && dyad.holds(event) {
            guard let days = event.days else {
                undated += 1
                continue
            }
            let code = scale == .goldstein ? event.cameo : nil
            var item = SeriesObservation(
                day: days.first, dyad: dyad, code: code ?? "\(event.type.rawValue) \(event.mode ?? "")",
                quad: event.type.quad, value: scale == .goldstein ? event.goldstein : event.intensity)
            item.last = days.last
            out.append(item)
        }
        return (out, undated)
    }
}
