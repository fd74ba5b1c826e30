import DyadCore

/// The value of a time expression, once it is known what it is counted from.
struct ResolvedTime {
    /// Why a value is missing or doubtful.
    enum Doubt: String {
        /// 31 February, year 0.
        case impossible = "time.impossible"
        /// Counted from something that the text does not date.
        case unanchored = "time.unanchored"
        /// 3/5/2024 of an outlet whose order of day and month is not known.
        case order = "time.order"
        /// "Monday, 14 May 2024", a Tuesday.
        case weekday = "time.weekday"

        var summary: String {
            switch self {
            case .impossible: "There is no such date."
            case .unanchored: "The day it is counted from is not known."
            case .order: "Day and month may be the other way round."
            case .weekday: "The weekday contradicts the date."
            }
        }
    }

    var type = "DATE"
    var value: String?
    /// The days it covers, where it is a stretch of the calendar.
    var period: TimePeriod?
    /// `START`, `MID`, `END` and their like, after TIMEX3.
    var mod: String?
    /// True when the words hold their own year.
    var isStated = false
    var doubt: Doubt?
    /// Where a vague expression roughly lies: the next coarser unit, so that "recent weeks" are about this month.
    var rough: String?

    /// A value that is a stretch of the calendar; without one, the doubt says why.
    init(_ period: TimePeriod?, isStated: Bool = false, doubt: Doubt = .unanchored) {
        self.period = period
        self.isStated = isStated
        value = period?.value
        self.doubt = period == nil ? doubt : nil
    }

    /// A value of another kind.
    init(type: String, value: String?, isStated: Bool = true) {
        self.type = type
        self.value = value
        self.isStated = isStated
        doubt = value == nil ? .unanchored : nil
    }
}

/// Whether a clause speaks of what was or of what is to come.
enum TimeDirection {
    case past, future, unknown
}
