/// How factual an event is in the text; the eight classes of the contracts.
public enum Factuality: String, Sendable, Codable, CaseIterable {
    /// The report itself presents it as fact.
    case asserted
    /// It did not happen, in the report's own voice or by an implicative ("failed to").
    case negated
    /// A party says that it did not happen.
    case denied
    /// A party says that it happened; the report does not commit itself.
    case alleged
    /// Agreed, promised, scheduled.
    case planned
    /// Demanded, ordered, asked for.
    case requested
    /// Hangs on a stated condition, or is threatened.
    case conditional
    /// Possible, considered, counterfactual, asked.
    case hypothetical
}

/// What kind of source a statement has.
public enum SourceKind: String, Sendable, Codable {
    case named, role, anonymous, metonym, medium, document, none
}

/// Who says it: source, cue and content; `nested` holds what the content itself reports.
public struct Attribution: Sendable, Equatable {
    /// Words of the source; empty when nobody is named.
    ///
    /// Where the source of an event is a pronoun, the words it stands for.
    public var source: String
    public var sourceSpan: Span?
    public var kind: SourceKind
    /// The actor the source denotes.
    public var actor: ActorCode?
    /// The saying word.
    public var cue: String
    public var cueSpan: Span
    /// What is said, as one or more ranges.
    public var content: [Span]
    /// Later quotations without a cue of their own in which the same source goes on.
    public var continued: [Span] = []
    /// True for "not said", "declined to say".
    public var isNegative: Bool
    public var nested: [Attribution]

    /// An attribution; see the properties.
    public init(
        source: String, sourceSpan: Span?, kind: SourceKind, actor: ActorCode?, cue: String, cueSpan: Span,
        content: [Span], isNegative: Bool = false, nested: [Attribution] = []
    ) {
        self.source = source
        self.sourceSpan = sourceSpan
        self.kind = kind
        self.actor = actor
        self.cue = cue
        self.cueSpan = cueSpan
        self.content = content
        self.isNegative = isNegative
        self.nested = nested
    }
}

/// A time expression with its value, after TIMEX3.
public struct TimeExpression: Sendable, Equatable {
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    public var type: String
    /// ISO 8601: `2015-10-14`, `2015-10`, `2015-W42`, `P3D`, `a/b`; nil when vague.
    public var value: String?
    public var text: String
    public var span: Span
    /// Index of the sentence.
    public var sentence: Int
    /// `stated` when it holds its own year, else `relative`.
    public var basis: String
    /// `START`, `MID`, `END`: the shade of "early 2016", whose value is 2016; `MO`, `AF`, `EV`, `NI`, `MI`: the part of
    /// the day in "Tuesday night", whose value is the day; `BEFORE`, `AFTER`: the side of "recent weeks".
    public var mod: String?
    /// The stretch of time that it begins or ends: "since 2014", "from May to June".
    public var range: TimeRange?

    /// An expression; see the properties.
    public init(
        type: String, value: String?, text: String, span: Span, sentence: Int, basis: String, mod: String? = nil,
        range: TimeRange? = nil
    ) {
        self.type = type
        self.value = value
        self.text = text
        self.span = span
        self.sentence = sentence
        self.basis = basis
        self.mod = mod
        self.range = range
    }
}

/// A stretch of time whose ends are time expressions of their own.
public struct TimeRange: Sendable, Equatable {
    /// `2014/2018`, `2014/..`, `../2018`; nil when an end has no value.
    public var value: String?
    /// From the word that opens it to its last end.
    public var span: Span
    /// `since`, `until`, `before` or `after`; nil when both ends are named.
    public var side: String?

    /// A range; see the properties.
    public init(value: String?, span: Span, side: String? = nil) {
        self.value = value
        self.span = span
        self.side = side
    }
}

/// When an event happened, never sharper than the text.
public struct EventDate: Sendable, Equatable {
    /// ISO 8601 date, month, year, week or interval, whose open end is `..`.
    public var value: String
    /// `day`, `week`, `month`, `season`, `quarter`, `year`, `decade`, `range`.
    public var precision: String
    /// `stated`, `relative`, `publication`, or `unknown` where the words name a time that cannot be dated.
    public var basis: String
    public var text: String?
    public var span: Span?

    /// A date; see the properties.
    public init(value: String, precision: String, basis: String, text: String? = nil, span: Span? = nil) {
        self.value = value
        self.precision = precision
        self.basis = basis
        self.text = text
        self.span = span
    }
}

/// A place named in the text and resolved in the gazetteer.
public struct PlaceMention: Sendable, Equatable {
    public var name: String
    /// ISO alpha-3; nil for seas.
    public var country: String?
    /// `city`, `region`, `country`, `sea` and so on.
    public var kind: String
    /// Degrees, north positive.
    public var latitude: Double?
    /// Degrees, east positive.
    public var longitude: Double?
    public var text: String
    public var span: Span
    public var sentence: Int
    /// Tokens of the sentence.
    public var tokens: Range<Int>

    /// A place; see the properties.
    public init(
        name: String, country: String?, kind: String, latitude: Double?, longitude: Double?, text: String, span: Span,
        sentence: Int, tokens: Range<Int>
    ) {
        self.name = name
        self.country = country
        self.kind = kind
        self.latitude = latitude
        self.longitude = longitude
        self.text = text
        self.span = span
        self.sentence = sentence
        self.tokens = tokens
    }
}

/// An amount with its unit and the thing counted.
public struct Quantity: Sendable, Equatable {
    /// The number; nil for a range and for an unsaid number.
    public var value: Double?
    public var low: Double?
    public var high: Double?
    /// `=`, `~`, `>=`, `<=`, `>`, `<` or `between`.
    public var comparison: String
    /// ISO 4217 code, `percent`, `person`, `item`, `times`, `rank`, or a unit of `units.tsv`.
    public var unit: String?
    /// What is counted, with its modifiers: "ATAK military helicopters".
    public var of: String?
    /// `money`, `count`, `percent`, `fraction`, `rank`, `duration`, `measure`, `multiple`, `age`, `number`.
    public var kind: String
    /// Lemma of the thing counted, "helicopter"; nil for what is not counted.
    public var thing: String?
    /// The words of an unsaid number, "tens of thousands"; `low` is then the least it can mean.
    public var words: String?
    /// What happened to the people counted: `killed`, `injured`, `missing`, `detained` and so on.
    public var casualty: String?
    public var text: String
    public var span: Span
    public var sentence: Int

    /// A quantity; see the properties.
    public init(
        value: Double?, low: Double? = nil, high: Double? = nil, comparison: String = "=", unit: String?,
        of: String? = nil, kind: String, thing: String? = nil, words: String? = nil, text: String, span: Span,
        sentence: Int
    ) {
        self.value = value
        self.low = low
        self.high = high
        self.comparison = comparison
        self.unit = unit
        self.of = of
        self.kind = kind
        self.thing = thing
        self.words = words
        self.text = text
        self.span = span
        self.sentence = sentence
    }

    /// True for "about", "nearly", "dozens of".
    public var isApproximate: Bool { comparison != "=" && comparison != "between" }
}
