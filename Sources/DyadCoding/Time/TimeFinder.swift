public import DyadCodebook
public import DyadCore

/// Finds time expressions and gives them ISO 8601 values, counted from the day of publication.
///
/// The words are read with the grammar of `rules/en/times-grammar.tsv`, the longest expression first; the meanings are
/// then resolved in reading order, since "two days later" hangs on what was dated before. A bare weekday in news is
/// the last one ("on Wednesday"), the next one where the clause speaks of what is to come. The grain is kept: "last
/// week" stays a week. What cannot be dated has no value and a diagnostic.
public struct TimeFinder: Stage {
    public let name = "time"
    public let requires: Set<Layer> = [.sentences]
    public let provides: Set<Layer> = [.times]
    private let lexicon: TimeLexicon
    private let atomizer: TimeAtomizer
    private let time: Int?
    private let skip: Int?

    /// A finder with the words and the grammar of a lexicon.
    public init(knowledge: Knowledge) {
        lexicon = knowledge.times
        atomizer = TimeAtomizer(grammar: lexicon.grammar)
        time = lexicon.grammar.category("time")
        skip = lexicon.grammar.category("skip")
    }

    public func annotate(_ article: inout AnnotatedArticle) {
        let found = article.sentences.indices.flatMap { readings(article.sentences[$0], $0) }
        guard !found.isEmpty else { return }
        let order = DateOrder(
            article: article, meanings: found.map(\.meaning), monthFirstOutlets: lexicon.monthFirstOutlets)
        var story = TimeStory(article: article, lexicon: lexicon, order: order)
        for reading in found { story.tell(reading) }
        article.times += story.expressions
        article.diagnostics += story.diagnostics
    }

    /// The expressions of a sentence, left to right, not overlapping.
    private func readings(_ sentence: Sentence, _ index: Int) -> [TimeReading] {
        guard let time else { return [] }
        var parser = TimeParser(grammar: lexicon.grammar, atoms: atomizer.atoms(of: sentence))
        var out: [TimeReading] = []
        var at = 0
        while at < parser.atoms.count {
            let skipped = skip.flatMap { parser.parse($0, at: at)?.end } ?? at
            guard let parse = parser.parse(time, at: at), parse.end > skipped else {
                at = max(at + 1, skipped)
                continue
            }
            out.append(TimeReading(parse: parse, start: at, atoms: parser.atoms, sentence: index))
            at = parse.end
        }
        return out
    }
}

/// One expression as it was read: where it stands and what it says.
struct TimeReading {
    let sentence: Int
    let meaning: TimeMeaning
    let span: Span
    let firstToken: Int
    let lastToken: Int
    /// Expressions inside that stand for themselves, as the ends of a range do.
    let parts: [Span]

    init(parse: TimeParser.Parse, start: Int, atoms: [TimeAtom], sentence: Int) {
        func span(_ range: Range<Int>) -> Span {
            Span(atoms[range.lowerBound].span.start, atoms[range.upperBound - 1].span.end)
        }
        self.sentence = sentence
        meaning = parse.meaning
        self.span = span(start..<parse.end)
        firstToken = atoms[start].token
        lastToken = atoms[parse.end - 1].token
        parts = parse.parts.map(span)
    }
}
