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
    private var kinds: [String: HTMLHints] = [:]
    private var whole: [String: HTMLHints] = [:]
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
            whole[words.joined().replacing("=", with: ""), default: []].insert(hint)
        } else {
            kinds[words.joined(), default: []].insert(hint)
        }
        return nil
    }

    /// What a list of class names says.
    func hints(for names: Substring) -> HTMLHints {
        var out: HTMLHints = []
        for name in names.utf8.split(whereSeparator: { $0 <= 0x20 }) where name.count <= 120 {
            let words = Self.words(name)
            if words.count == 1, let hint = whole[words[0]] { out.formUnion(hint) }
            for start in words.indices {
                var joined = ""
                for word in words[start..<min(start + 3, words.count)] {
                    joined += word
                    if let hint = kinds[joined] { out.formUnion(hint) }
                }
            }
        }
        return out
    }

    /// `articleBody-top2` as article, body, top.
    private static func words(_ name: Substring.UTF8View) -> [String] {
        var out: [String] = []
        var word: [UInt8] = []
        var wasLower = false
        func close() {
            if !word.isEmpty { out.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        for byte in name {
            let isUpper = (0x41...0x5A).contains(byte)
            let isLower = (0x61...0x7A).contains(byte) || byte >= 0x80
            if !isUpper && !isLower {
                close()
            } else {
                if isUpper && wasLower { close() }
                word.append(isUpper ? byte | 0x20 : byte)
            }
            wasLower = isLower
        }
        close()
        return out
    }
}
