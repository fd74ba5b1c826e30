import DyadCodebook
import DyadCore

/// Resolves the expressions of an article in reading order and remembers what was dated last.
struct TimeStory {
    private(set) var expressions: [TimeExpression] = []
    private(set) var diagnostics: [Diagnostic] = []
    private let article: AnnotatedArticle
    private let lexicon: TimeLexicon
    private let order: DateOrder
    /// The date told last and the sentence that told it.
    private var last: (period: TimePeriod, sentence: Int)?
    /// The past date with a year of its own that a story continues from.
    private var past: (period: TimePeriod, sentence: Int)?
    private var tense: (sentence: Int, reader: TenseReader)?

    /// How many sentences back a date is still what the text speaks of.
    private static let reach = 2

    init(article: AnnotatedArticle, lexicon: TimeLexicon, order: DateOrder) {
        self.article = article
        self.lexicon = lexicon
        self.order = order
    }

    /// Adds an expression, or the ends of a range with the range around them.
    mutating func tell(_ reading: TimeReading) {
        let resolver = resolver(for: reading)
        switch reading.meaning {
        case .range(let a, let b) where reading.parts.count == 2:
            let ends = resolver.range(a, b)
            let range = TimeRange(value: ends.whole.value, span: reading.span)
            add(ends.first, reading, reading.parts[0], range)
            add(ends.last, reading, reading.parts[1], range)
        case .open(let side, let inner) where reading.parts.count == 1:
            let resolved = resolver.resolve(inner)
            let now = resolved.value == "PRESENT_REF" ? article.documentTime.map { "../\($0)" } : nil
            let value = resolved.type == "DATE" ? Self.open(side, resolved) : now
            let range = TimeRange(value: value, span: reading.span, side: side)
            add(resolved, reading, reading.parts[0], range)
        default: add(resolver.resolve(reading.meaning), reading, reading.span, nil)
        }
    }

    /// The stretch on one side of a date: "since May" begins with it, "after May" behind it; "before the end of May" may
    /// still be May.
    private static func open(_ side: String, _ date: ResolvedTime) -> String? {
        switch side {
        case "since": return date.value.map { "\($0)/.." }
        case "after":
            return ((date.mod == nil || date.mod == "END" ? date.period?.moved(1)?.value : nil) ?? date.value).map {
                "\($0)/.."
            }
        case "before":
            return ((date.mod == nil || date.mod == "START" ? date.period?.moved(-1)?.value : nil) ?? date.value).map {
                "../\($0)"
            }
        default: return date.value.map { "../\($0)" }
        }
    }

    private mutating func resolver(for reading: TimeReading) -> TimeResolver {
        let sentence = reading.sentence
        let isNear = last.map { sentence - $0.sentence <= Self.reach } ?? false
        var direction = direction(at: reading)
        // A deadline may lie ahead of a verb in the past: "gave them until 22 December".
        if case .open("until", let inner) = reading.meaning, inner.isCalendarDate, direction == .past {
            direction = .unknown
        }
        let story = past.flatMap { sentence - $0.sentence <= Self.reach && direction != .future ? $0.period : nil }
        return TimeResolver(
            reference: article.documentTime, direction: direction, anchor: story ?? (isNear ? last?.period : nil),
            isStory: story != nil, order: order)
    }

    private mutating func direction(at reading: TimeReading) -> TimeDirection {
        let sentence = article.sentences[reading.sentence]
        if tense?.sentence != reading.sentence {
            tense = (reading.sentence, TenseReader(sentence: sentence, lexicon: lexicon))
        }
        let head = (reading.firstToken...reading.lastToken).first { index in
            let up = sentence.tokens[index].head
            return up < reading.firstToken || up > reading.lastToken
        }
        return tense?.reader.direction(at: head ?? reading.firstToken) ?? .unknown
    }

    private mutating func add(_ resolved: ResolvedTime, _ reading: TimeReading, _ span: Span, _ range: TimeRange?) {
        let range = range ?? resolved.rough.map { TimeRange(value: $0, span: span) }
        expressions.append(
            TimeExpression(
                type: resolved.type, value: resolved.value, text: article.article.document.text(span), span: span,
                sentence: reading.sentence, basis: resolved.isStated ? "stated" : "relative", mod: resolved.mod,
                range: range))
        if let doubt = resolved.doubt {
            diagnostics.append(
                Diagnostic(doubt == .unanchored ? .note : .warning, doubt.rawValue, span: span, doubt.summary))
        }
        remember(resolved, reading.sentence)
    }

    private mutating func remember(_ resolved: ResolvedTime, _ sentence: Int) {
        guard let period = resolved.period, resolved.type == "DATE" || resolved.type == "TIME" else { return }
        last = (period, sentence)
        let isLongAgo = article.documentTime.map { period.first.year < $0.year } ?? true
        let isFine = [.day, .month].contains(period.unit)
        let continues = past.map { sentence - $0.sentence <= Self.reach } ?? false
        if isLongAgo, isFine, resolved.isStated || continues { past = (period, sentence) }
        // A date of the report's own days ends the story.
        if !isLongAgo { past = nil }
    }
}
