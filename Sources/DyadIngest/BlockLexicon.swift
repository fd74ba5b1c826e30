public import Foundation

/// Words and phrases by which the parts of a saved page are known: buttons, footers, months, credits.
///
/// They come from `Data/rules/en/blocks.tsv`, a table of two columns, `kind` and `phrase`. A phrase is compared without
/// regard to case and signs; `#` stands for any number, `*` at an end for any words. `share` `share this article` fits
/// a line of exactly these words; `link` `read more *` one that begins so; `notice` `* your inbox *` one that has them
/// anywhere.
public struct BlockLexicon: Sendable {
    /// By a hash of the first word.
    private var phrases: [UInt64: [Phrase]] = [:]
    /// Kinds under which a word is listed by itself.
    private var singles: [UInt64: LexiconKinds] = [:]
    private(set) var months: [String: Int] = [:]
    private(set) var weekdays: [String: Int] = [:]

    /// A lexicon without phrases: lines are then judged by their shape alone.
    public init() {}

    /// Reads a table; throws with every mistake in it.
    public init(tsv: String) throws(BlockLexiconError) {
        var mistakes: [BlockLexiconError.Mistake] = []
        for (index, row) in tsv.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = String(Substring(row)).trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") || line == "kind\tphrase" { continue }
            if let (column, problem) = add(row: line) {
                mistakes.append(.init(line: index + 1, column: column, problem: problem))
            }
        }
        if !mistakes.isEmpty { throw BlockLexiconError(file: "blocks.tsv", mistakes: mistakes) }
        for key in phrases.keys { phrases[key]?.sort { $0.tokens.count > $1.tokens.count } }
    }

    /// The lexicon of a data folder, read from `rules/en/blocks.tsv` in it.
    public static func standard(folder: URL) throws(BlockLexiconError) -> BlockLexicon {
        let url = folder.appendingPathComponent("rules/en/blocks.tsv")
        let text: String
        do {
            text = try String(contentsOf: url, encoding: .utf8)
        } catch {
            throw BlockLexiconError(file: url.path, mistakes: [.init(line: 0, problem: "the file cannot be read")])
        }
        do {
            return try BlockLexicon(tsv: text)
        } catch {
            throw BlockLexiconError(file: url.path, mistakes: error.mistakes)
        }
    }

    /// The column of a mistake and what it is; nil when the row is good.
    private mutating func add(row: String) -> (column: Int, problem: String)? {
        let columns = row.split(separator: "\t", omittingEmptySubsequences: false)
        guard columns.count == 2 else { return (0, "expected two columns, kind and phrase, separated by a tab") }
        let name = String(columns[0])
        let phrase = columns[1].trimmingCharacters(in: .whitespaces)
        let tokens = Self.tokens(of: phrase)
        guard let first = tokens.first else { return (2, "the phrase has no words") }
        if let (table, number) = numbered(name) {
            guard tokens.count == 1 else { return (2, "\(name) takes single words") }
            self[keyPath: table][first] = number
            return nil
        }
        guard let kind = kindsByName[name] else { return (1, "\"\(name)\" is not a kind of block phrase") }
        let entry = Phrase(
            tokens: tokens, kind: kind, isOpenAtStart: phrase.hasPrefix("*"), isOpenAtEnd: phrase.hasSuffix("*"))
        let key = Self.hash(first)
        if phrases[key]?.contains(entry) == true { return (2, "\"\(phrase)\" stands twice under \(name)") }
        phrases[key, default: []].append(entry)
        if tokens.count == 1 { singles[key, default: LexiconKinds()].insert(kind) }
        return nil
    }

    /// `month-3` and `weekday-1` carry a number.
    private func numbered(_ name: String) -> (WritableKeyPath<BlockLexicon, [String: Int]>, Int)? {
        let parts = name.split(separator: "-")
        guard parts.count == 2, let number = Int(parts[1]) else { return nil }
        switch parts[0] {
        case "month" where (1...12).contains(number): return (\.months, number)
        case "weekday" where (1...7).contains(number): return (\.weekdays, number)
        default: return nil
        }
    }

    private static func tokens(of phrase: String) -> [String] {
        let bytes = Array(phrase.utf8)
        return PieceReader.pieces(of: bytes, in: 0..<bytes.count).compactMap { piece in
            piece.kind == .symbol ? (piece.key == "#" || piece.key == "©" ? piece.key : nil) : token(of: piece)
        }
    }

    private static func hash(_ word: String) -> UInt64 {
        word.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    /// What stands for a piece when phrases are compared; nil for signs.
    static func token(of piece: TextPiece) -> String? {
        switch piece.kind {
        case .word: piece.key
        case .number: "#"
        case .symbol: piece.key == "©" ? "©" : nil
        }
    }
}

extension BlockLexicon {
    /// A phrase with the words it needs.
    fileprivate struct Phrase: Sendable, Equatable {
        var tokens: [String]
        var kind: LexiconKind
        var isOpenAtStart: Bool
        var isOpenAtEnd: Bool
    }

    /// Kinds of the phrases that a whole line is, begins with, or has in it.
    func match(_ tokens: [String]) -> LexiconMatch {
        var out = LexiconMatch()
        for start in tokens.indices {
            for phrase in phrases[Self.hash(tokens[start])] ?? [] where fits(phrase, tokens, start) {
                out.note(phrase.kind, start: start, length: phrase.tokens.count, phrase: phrase, of: tokens.count)
            }
        }
        return out
    }

    /// Ranges of tokens that are phrases of some kinds, longest first, left to right.
    func ranges(of kinds: LexiconKinds, in tokens: [String]) -> [Range<Int>] {
        phrases(of: kinds, in: tokens).map(\.range)
    }

    /// The same with the kind of each.
    func phrases(of kinds: LexiconKinds, in tokens: [String]) -> [(range: Range<Int>, kind: LexiconKind)] {
        var out: [(range: Range<Int>, kind: LexiconKind)] = []
        var start = 0
        while start < tokens.count {
            if let phrase = longest(kinds, tokens, start) {
                out.append((start..<start + phrase.tokens.count, phrase.kind))
                start += phrase.tokens.count
            } else {
                start += 1
            }
        }
        return out
    }

    /// True when the tokens begin with a phrase of a kind.
    func opens(_ tokens: [String], with kind: LexiconKind) -> Bool {
        !tokens.isEmpty && longest(LexiconKinds(kind), tokens, 0) != nil
    }

    /// True when a single word is listed under a kind.
    func has(_ kind: LexiconKind, _ word: String) -> Bool { singles[Self.hash(word)]?.contains(kind) ?? false }

    /// The kinds under which a single word is listed.
    func kinds(of word: String) -> LexiconKinds { singles[Self.hash(word)] ?? LexiconKinds() }

    private func longest(_ kinds: LexiconKinds, _ tokens: [String], _ start: Int) -> Phrase? {
        phrases[Self.hash(tokens[start])]?.first { kinds.contains($0.kind) && fits($0, tokens, start) }
    }

    private func fits(_ phrase: Phrase, _ tokens: [String], _ start: Int) -> Bool {
        guard start + phrase.tokens.count <= tokens.count else { return false }
        for offset in phrase.tokens.indices where phrase.tokens[offset] != tokens[start + offset] { return false }
        return true
    }
}

/// How phrases fit a line.
struct LexiconMatch {
    /// The whole line is such a phrase.
    var whole = LexiconKinds()
    /// The line begins with one that is open at its end.
    var opening = LexiconKinds()
    /// The line has one that is open at both ends.
    var inside = LexiconKinds()
    /// Tokens of the longest opening phrase.
    var openingLength = 0

    fileprivate mutating func note(
        _ kind: LexiconKind, start: Int, length: Int, phrase: BlockLexicon.Phrase, of count: Int
    ) {
        if start == 0 && length == count { whole.insert(kind) }
        if start == 0 && phrase.isOpenAtEnd {
            opening.insert(kind)
            openingLength = max(openingLength, length)
        }
        if phrase.isOpenAtStart && (phrase.isOpenAtEnd || start + length == count) { inside.insert(kind) }
    }
}

/// What a phrase of the lexicon is good for.
///
/// In the table the names are written in small letters with hyphens: `fieldByline` is `field-byline`.
enum LexiconKind: Int, CaseIterable, Sendable {
    /// "1 day ago".
    case ago
    /// "By", "Von", before names.
    case byline
    /// Words of an author's note: "columnist", "professor".
    case bio
    /// "Reply", "Report", under a comment.
    case button
    /// "file photo", "Getty Images".
    case caption
    /// Heading of a comment section.
    case comments
    /// "Reporting by", "Editing by".
    case credit
    /// "Web Desk", "Opinion".
    case desk
    /// Words that stand beside a date: "at", "on".
    case filler
    /// Field names of exports.
    case fieldByline
    case fieldCaption
    case fieldDate
    case fieldDateline
    case fieldDeck
    case fieldOther
    case fieldPublisher
    case fieldTitle
    /// Lines around an article: navigation, counters, read time, advertising.
    case footer
    /// "Correction", "Update": may open a paragraph with a colon and is no place.
    case lead
    /// "All rights reserved", "the views expressed are".
    case legal
    /// "Read more:".
    case link
    /// "Most read", above a list of links.
    case links
    /// Text of notices: "your inbox", "all rights reserved".
    case notice
    /// "Be the first to comment".
    case noComments
    /// "Gazette", "Herald".
    case outlet
    /// Small words inside names: "van", "bin".
    case particle
    /// "Published", "Posted on".
    case published
    /// Words after which an outlet's name comes.
    case publisher
    /// "In reply to".
    case reply
    /// Words by which a page speaks to its reader: "you", "newsletter".
    case reader
    /// "correspondent", "staff".
    case role
    /// "says", after a commenter's name.
    case says
    case share
    /// "About the author".
    case authorNote
    /// Function words of English and of other languages.
    case english
    case foreign
    /// Marker between the articles of an archive export.
    case archive
    case updated
    /// Time zones; those of the United States make 3/5/2024 the fifth of March.
    case zone
    case zoneUs
}

/// A set of lexicon kinds.
struct LexiconKinds: Sendable, Equatable {
    private var bits: UInt64 = 0

    init(_ kinds: LexiconKind...) { for kind in kinds { insert(kind) } }

    mutating func insert(_ kind: LexiconKind) { bits |= Self.bit(kind) }

    func contains(_ kind: LexiconKind) -> Bool { bits & Self.bit(kind) != 0 }

    func overlaps(_ other: LexiconKinds) -> Bool { bits & other.bits != 0 }

    func union(_ other: LexiconKinds) -> LexiconKinds {
        var out = self
        out.bits |= other.bits
        return out
    }

    var isEmpty: Bool { bits == 0 }

    private static func bit(_ kind: LexiconKind) -> UInt64 { 1 << UInt64(kind.rawValue) }
}

/// `fieldByline` as `field-byline`.
private let kindsByName: [String: LexiconKind] = Dictionary(
    uniqueKeysWithValues: LexiconKind.allCases.map { kind in
        (String(String(describing: kind).flatMap { $0.isUppercase ? "-" + $0.lowercased() : String($0) }), kind)
    })
