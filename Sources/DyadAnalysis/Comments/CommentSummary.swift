public import DyadCodebook
public import DyadCore

/// What the readers of a report say, in numbers with examples.
///
/// Readers' words are never coded as events of the report. The stance is an estimate from word lists: words of approval
/// against words of disapproval, and words of friendship against words of enmity, which count for a cooperative relation
/// and against a hostile one.
public struct CommentSummary: Sendable, Equatable {
    /// What a comment thinks of the report's main relation.
    public enum Stance: String, Sendable, CaseIterable {
        case inFavour = "for"
        case against, unclear
    }

    /// Someone whom comments name.
    public struct Discussed: Sendable, Equatable {
        /// Code of a state or organisation; a person's name.
        public var key: String
        public var name: String
        /// Comments that name it.
        public var comments: Int
        /// One of them.
        public var example: String
    }

    /// Name of the report.
    public var document: String
    public var relation: MainRelation?
    /// Number of comments, also those without words.
    public var count: Int
    /// Comments that answer another.
    public var replies: Int
    /// Conversations: comments with at least one answer under them.
    public var threads: Int
    /// Comments in the longest conversation.
    public var longestThread: Int
    /// Different names of authors.
    public var authors: Int
    /// Most discussed first.
    public var actors: [Discussed]
    /// Number of comments of each stance.
    public var stances: [Stance: Int]
    /// Comments of each stance, those with the clearest words first.
    public var examples: [Stance: [ReaderComment]]

    /// The summary of a report's comments.
    ///
    /// - Parameters:
    ///   - comments: as they stand under the report.
    ///   - document: the report's name.
    ///   - published: its day, by which offices are resolved.
    ///   - events: what was coded in it.
    ///   - actors: names and whom they denote.
    ///   - stance: words of approval and the like.
    ///   - limit: how many comments to quote for each stance.
    public init(
        _ comments: [ReaderComment], document: String, published: CalendarDate?, events: [Event], actors: ActorLexicon,
        stance: StanceLexicon, examples limit: Int = 2
    ) {
        self.document = document
        relation = MainRelation(events)
        count = comments.count
        replies = comments.count { $0.parent != nil }
        let sizes = Self.threadSizes(comments)
        threads = sizes.count
        longestThread = sizes.max() ?? 0
        authors = Set(comments.compactMap(\.author)).count
        self.actors = ActorTally(lexicon: actors, published: published).tally(comments)
        stances = [:]
        var found: [Stance: [(score: Int, comment: ReaderComment)]] = [:]
        for comment in comments where comment.text.contains(where: \.isLetter) {
            let signs = stance.signs(in: comment.text)
            let score = signs.approval + (relation?.isCooperative ?? true ? 1 : -1) * signs.friendliness
            let kind: Stance = score > 0 ? .inFavour : score < 0 ? .against : .unclear
            stances[kind, default: 0] += 1
            found[kind, default: []].append((abs(score), comment))
        }
        examples = found.mapValues { group in
            group.sorted { ($1.score, $0.comment.position) < ($0.score, $1.comment.position) }.prefix(limit).map(
                \.comment)
        }
    }

    /// Number of comments in each conversation of more than one.
    private static func threadSizes(_ comments: [ReaderComment]) -> [Int] {
        var tops: [Int: Int] = [:]
        var sizes: [Int: Int] = [:]
        for comment in comments {
            let top = comment.parent.map { tops[$0] ?? $0 } ?? comment.position
            tops[comment.position] = top
            sizes[top, default: 0] += 1
        }
        return sizes.values.filter { $0 > 1 }
    }

    /// The summary as a value for JSON.
    public var value: AnalysisValue {
        .record([
            .init("document", .text(document)), .init("main_relation", relation.map { .text($0.text) } ?? .null),
            .init("comments", .integer(count)), .init("replies", .integer(replies)),
            .init("threads", .integer(threads)), .init("longest_thread", .integer(longestThread)),
            .init("authors", .integer(authors)),
            .init(
                "actors",
                .list(
                    actors.map {
                        .record([
                            .init("key", .text($0.key)), .init("name", .text($0.name)),
                            .init("comments", .integer($0.comments)), .init("example", .text($0.example)),
                        ])
                    })),
            .init("stance", .record(Stance.allCases.map { .init($0.rawValue, .integer(stances[$0] ?? 0)) })),
            .init(
                "examples",
                .list(
                    Stance.allCases.flatMap { stance in
                        (examples[stance] ?? []).map { Self.example($0, stance) }
                    })),
        ])
    }

    private static func example(_ comment: ReaderComment, _ stance: Stance) -> AnalysisValue {
        .record([
            .init("stance", .text(stance.rawValue)), .init("position", .integer(comment.position)),
            .init("author", .optional(comment.author)), .init("time", .optional(comment.time)),
            .init("span", .list([.integer(comment.span.start), .integer(comment.span.end)])),
            .init("text", .text(comment.text)),
        ])
    }
}
