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

    /// An expression; see the properties.
    public init(type: String, value: String?, text: String, span: Span, sentence: Int, basis: String) {
        self.type = type
        self.value = value
        self.text = text
        self.span = span
        self.sentence = sentence
        self.basis = basis
    }
}

/// When an event happened, never sharper than the text.
public struct EventDate: Sendable, Equatable {
    /// ISO 8601 date, month, year, week or interval.
    public var value: String
    /// `day`, `week`, `month`, `season`, `quarter`, `year`, `decade`, `range`.
    public var precision: String
    /// `stated`, `relative` or `publication`.
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
    /// The number, or the middle choice of a range.
    public var value: Double?
    public var low: Double?
    public var high: Double?
    /// `=`, `~`, `>=`, `<=`, `>` or `between`.
    public var comparison: String
    /// ISO 4217 code, `percent`, `person`, `km`, `day`, or the lemma of the thing counted.
    public var unit: String?
    /// What is counted, with its modifiers: "ATAK military helicopters".
    public var of: String?
    /// `money`, `count`, `percent`, `rank`, `duration`, `dimension`, `number`, `age`.
    public var kind: String
    public var text: String
    public var span: Span
    public var sentence: Int

    /// A quantity; see the properties.
    public init(
        value: Double?, low: Double? = nil, high: Double? = nil, comparison: String = "=", unit: String?,
        of: String? = nil, kind: String, text: String, span: Span, sentence: Int
    ) {
        self.value = value
        self.low = low
        self.high = high
        self.comparison = comparison
        self.unit = unit
        self.of = of
        self.kind = kind
        self.text = text
        self.span = span
        self.sentence = sentence
    }

    /// True for "about", "nearly", "dozens of".
    public var isApproximate: Bool { comparison != "=" && comparison != "between" }
}
