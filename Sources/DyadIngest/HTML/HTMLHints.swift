import DyadCore
public import Foundation

/// What the names of an element's class and id say of its content.
struct HTMLHints: OptionSet, Sendable {
    let rawValue: UInt32

    static let body = HTMLHints(rawValue: 1 << 0)
    static let share = HTMLHints(rawValue: 1 << 1)
    static let link = HTMLHints(rawValue: 1 << 2)
    static let footer = HTMLHints(rawValue: 1 << 3)
    static let caption = HTMLHints(rawValue: 1 << 4)
    static let byline = HTMLHints(rawValue: 1 << 5)
    static let publication = HTMLHints(rawValue: 1 << 6)
    static let comments = HTMLHints(rawValue: 1 << 7)
    static let authorNote = HTMLHints(rawValue: 1 << 8)
    static let deck = HTMLHints(rawValue: 1 << 9)
    static let hidden = HTMLHints(rawValue: 1 << 10)
    static let title = HTMLHints(rawValue: 1 << 11)
    static let aside = HTMLHints(rawValue: 1 << 12)
    static let section = HTMLHints(rawValue: 1 << 13)

    /// The names in `html.tsv`.
    static let byName: [String: HTMLHints] = [
        "body": .body, "share": .share, "link": .link, "footer": .footer, "caption": .caption, "byline": .byline,
        "publication": .publication, "comments": .comments, "author-note": .authorNote, "deck": .deck,
        "hidden": .hidden, "title": .title, "aside": .aside, "section": .section,
    ]

    /// Hints by which a part of a page is no running text.
    static let negative: HTMLHints = [.share, .link, .footer, .caption, .comments, .authorNote, .hidden, .aside]
}

/// Names of classes and ids by which the parts of a page are known, from `Data/rules/en/html.tsv`.
///
/// Two columns, `kind` and `name`. A name is one word or several: `related articles` fits the class names
/// `related-articles`, `relatedArticles`, `RelatedArticles__list` and `relatedarticles`. A word fits a part of a name:
/// `share` fits `share-buttons` and not `shared`. Kinds are those of `HTMLHints`, and `meta-title`,
/// `meta-author` … for the names of meta tags.
public struct HTMLRules: Sendable {
    /// By a hash of the words written together.
    private var kinds: [UInt64: HTMLHints] = [:]
    private var whole: [UInt64: HTMLHints] = [:]
    /// What the meta tags of a name tell, the name in small letters.
    private(set) var metaFields: [String: MetadataFind.Field] = [:]

    /// Rules without names.
    public init() {}

    /// Reads a table; throws with every mistake in it.
    public init(tsv: String) throws(BlockLexiconError) {
        var mistakes: [BlockLexiconError.Mistake] = []
        for (index, row) in tsv.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if row.isEmpty || row.hasPrefix("#") || row == "kind\tname" { continue }
            if let problem = add(row) { mistakes.append(.init(line: index + 1, problem: problem)) }
        }
        if !mistakes.isEmpty { throw BlockLexiconError(file: "html.tsv", mistakes: mistakes) }
    }

    /// The rules of a data folder, read from `rules/en/html.tsv` in it.
    public static func standard(folder: URL) throws(BlockLexiconError) -> HTMLRules {
        let url = folder.appendingPathComponent("rules/en/html.tsv")
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw BlockLexiconError(file: url.path, mistakes: [.init(line: 0, problem: "the file cannot be read")])
        }
        return try HTMLRules(tsv: text)
    }

    private mutating func add(_ row: Substring) -> String? {
        let columns = row.split(separator: "\t", omittingEmptySubsequences: false)
        guard columns.count == 2 else { return "expected two columns, kind and name, separated by a tab" }
        if columns[0].hasPrefix("meta-") {
            guard let field = MetadataFind.Field(rawValue: String(columns[0].dropFirst(5))) else {
                return "\"\(columns[0])\" is no kind of meta tag"
            }
            metaFields[String(columns[1])] = field
            return nil
        }
        guard let hint = HTMLHints.byName[String(columns[0])] else { return "\"\(columns[0])\" is not a kind of part" }
        let words = columns[1].split(separator: " ")
        guard let first = words.first else { return "the name is empty" }
        // "=left" fits only a name that is this word and nothing else.
        if first.hasPrefix("=") {
            whole[Self.hash(words.joined().replacing("=", with: "").utf8), default: []].insert(hint)
        } else {
            kinds[Self.hash(words.joined().utf8), default: []].insert(hint)
        }
        return nil
    }

    /// What a list of class names says.
    func hints(for names: ArraySlice<UInt8>) -> HTMLHints {
        var out: HTMLHints = []
        for name in names.split(whereSeparator: { $0 <= 0x20 }) where name.count <= 120 {
            let (letters, words) = Self.words(name)
            if words.count == 1, let hint = whole[Self.hash(letters)] { out.formUnion(hint) }
            for start in words.indices {
                var hash = Self.seed
                for word in words[start..<min(start + 3, words.count)] {
                    for byte in letters[word] { hash = Self.step(hash, byte) }
                    if let hint = kinds[hash] { out.formUnion(hint) }
                }
            }
        }
        return out
    }

    private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

    private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(seed, step) }

    /// `articleBody-top2` as article, body, top: the letters in small ones, and the range of each word in them.
    private static func words(_ name: ArraySlice<UInt8>) -> (letters: [UInt8], words: [Range<Int>]) {
        var letters: [UInt8] = []
        letters.reserveCapacity(name.count)
        var words: [Range<Int>] = []
        var start = 0
        var wasLower = false
        func close() {
            if letters.count > start { words.append(start..<letters.count) }
            start = letters.count
        }
        for byte in name {
            let isUpper = (0x41...0x5A).contains(byte)
            let isLower = (0x61...0x7A).contains(byte) || byte >= 0x80
            if !isUpper && !isLower {
                close()
            } else {
                if isUpper && wasLower { close() }
                letters.append(isUpper ? byte | 0x20 : byte)
            }
            wasLower = isLower
        }
        close()
        return (letters, words)
    }
}
