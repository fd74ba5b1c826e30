/// One report's figure for something.
public struct FigureTelling: Sendable, Equatable, Codable {
    /// The number; nil for a range and for an unsaid number.
    public var value: Double?
    /// Least that the words can mean; nil when they give no lower end.
    public var low: Double?
    /// Most that the words can mean; nil when they give no upper end.
    public var high: Double?
    /// True for "about", "nearly", "dozens of".
    public var isApproximate: Bool
    public var document: String
    /// Who publishes the figure: a source of the text, else the outlet.
    public var holder: String?
    /// Day on which the report was published.
    public var published: CalendarDate?
    public var span: Span
    /// The words of the figure.
    public var text: String
    /// True when a later text takes the figure back; it is kept, and chosen for nothing.
    public var isWithdrawn: Bool

    /// A figure; see the properties.
    public init(
        value: Double?, low: Double?, high: Double?, isApproximate: Bool, document: String, holder: String?,
        published: CalendarDate?, span: Span, text: String, isWithdrawn: Bool = false
    ) {
        self.value = value
        self.low = low
        self.high = high
        self.isApproximate = isApproximate
        self.document = document
        self.holder = holder
        self.published = published
        self.span = span
        self.text = text
        self.isWithdrawn = isWithdrawn
    }
}

/// All figures for one thing: the least, the best, the most.
public struct FigureRange: Sendable, Equatable, Codable {
    /// What is counted or measured: "killed person", "helicopter", "transit".
    public var thing: String
    /// ISO 4217 code, `percent`, `person`, `item`, or a unit of `units.tsv`.
    public var unit: String?
    /// Least of all figures that stand.
    public var low: Double?
    /// The figure that the rule chose.
    public var best: Double?
    /// Most of all figures that stand; nil when a report says "at least".
    public var high: Double?
    /// Name of the rule that chose `best`, as in `rules/en/ledger.tsv`.
    public var rule: String
    /// The same in words.
    public var reason: String
    /// Every figure, those withdrawn too, by document and place.
    public var tellings: [FigureTelling]

    /// A range of figures; see the properties.
    public init(
        thing: String, unit: String?, low: Double?, best: Double?, high: Double?, rule: String, reason: String,
        tellings: [FigureTelling]
    ) {
        self.thing = thing
        self.unit = unit
        self.low = low
        self.best = best
        self.high = high
        self.rule = rule
        self.reason = reason
        self.tellings = tellings
    }
}
