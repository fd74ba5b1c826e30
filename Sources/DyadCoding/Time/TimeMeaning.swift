/// What a time expression says, before it is counted from any day.
indirect enum TimeMeaning {
    case number(Int)
    case word(String)
    /// Parts of a date: "14 October", "Tuesday", "2015".
    case fields(TimeFields)
    /// A calendar unit so many units from the present one: "last week", "this year".
    case shifted(TimeUnit, Int)
    /// The nearest date with given parts on one side: "last Tuesday", "next March"; 0 for "this".
    case near(TimeFields, Int)
    /// An amount before or after a point: "two days ago", "a week after the vote".
    case offset(TimeAmount, Int, from: TimeMeaning?)
    /// The date with given parts next to what the text dated last: "the following Tuesday".
    case neighbour(TimeFields, Int)
    /// Like ``offset``, but counted from what the text spoke of last: "two days later".
    case discourse(TimeAmount, Int)
    /// So many units up to, or from, now: "the past three years".
    case window(TimeAmount, Int)
    /// A date with parts in a greater unit: "Monday of next week".
    case within(TimeMeaning, TimeMeaning)
    /// The third week of June, counted from the end when negative; several units when `count` is above 1.
    case nth(Int, TimeUnit, count: Int, of: TimeMeaning)
    /// Start, middle, end or other shade of a date.
    case part(String, TimeMeaning)
    case range(TimeMeaning, TimeMeaning)
    /// An interval with an open end: `since`, `until`, `before`, `after`.
    case open(String, TimeMeaning)
    case amount(TimeAmount)
    /// A set, such as "every Monday"; its TIMEX3 value.
    case set(String)
    /// A point of the day, with its date when one is named.
    case clock(TimeClock, TimeMeaning?)
    case weekOf(TimeMeaning)
    /// What the text spoke of last, as a unit: "that year", "the same day".
    case same(TimeUnit)
    /// A value that the data give, as for "World War II".
    case literal(String)
    /// `PRESENT_REF` and its kind.
    case reference(String)
    /// So much time from a day on: "for three days from Monday".
    case stretch(TimeAmount, from: TimeMeaning)
    /// What is left of a period: "the rest of the year".
    case rest(TimeMeaning)
    /// A fiscal or school year, within two calendar years.
    case fiscal(Int?, Int)
    /// "In three weeks": a point after a verb that looks ahead, a duration elsewhere.
    case ahead(TimeAmount)
    /// Found, but without a value: "the last day of his visit"; below 0 for "recent weeks", above for
    /// "coming weeks", with their unit.
    case vague(Int, TimeUnit?)
}

extension TimeMeaning {
    /// True for a date that names its month.
    var isCalendarDate: Bool {
        switch self {
        case .fields(let fields): fields.month != nil || !fields.pair.isEmpty
        case .part(_, let inner): inner.isCalendarDate
        default: false
        }
    }
}

/// Parts of a date; nil where the words say nothing.
struct TimeFields {
    var year: Int?
    /// Two digits only: "'98".
    var shortYear: Int?
    var month: Int?
    var day: Int?
    /// 1 for Monday.
    var weekday: Int?
    var week: Int?
    var quarter: Int?
    var half: Int?
    var season: String?
    /// First year of the decade, or its last two digits below 100.
    var decade: Int?
    /// First year of the century.
    var century: Int?
    var isWeekend = false
    /// Days before Easter count negative; nil for dates that do not hang on Easter.
    var easter: Int?
    /// The fourth Thursday and its like: number of the weekday in the month, -1 for the last.
    var nthWeekday: Int?
    /// The two numbers of 3/5, whose order the outlet decides.
    var pair: [Int] = []
    /// How the words were ordered, as a sign of the outlet's habit; nil when they show nothing.
    var isMonthFirst: Bool?
}

/// Hours and minutes, or a part of the day.
struct TimeClock {
    var hour: Int?
    var minute: Int?
    var second: Int?
    /// `am` or `pm`.
    var half: String?
    /// `MO`, `AF`, `EV`, `NI`, `MI`, `DT`.
    var part: String?
    var isUniversal = false
}

/// A calendar unit or a shorter one.
enum TimeUnit: String {
    case second = "TS"
    case minute = "TM"
    case hour = "TH"
    case day = "D"
    case weekend = "WE"
    case week = "W"
    case fortnight = "FN"
    case month = "M"
    case quarter = "Q"
    case season = "SE"
    case half = "H"
    case year = "Y"
    case decade = "DE"
    case century = "CE"

    var isShorterThanDay: Bool { self == .second || self == .minute || self == .hour }
}

/// How much time, in one or more units.
struct TimeAmount {
    struct Part {
        /// Nil for "several".
        var count: Double?
        var unit: TimeUnit
    }
    var parts: [Part]
}
