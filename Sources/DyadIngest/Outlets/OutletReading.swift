import DyadCore

/// What the rules of an outlet say of a block.
enum OutletRuling: Equatable {
    /// It is running text.
    case text
    /// It is something else.
    case label(BlockLabel)
}

/// What the rules of an outlet find on a page.
struct OutletReading {
    /// The source that statements of an outlet's rules name.
    static let source = "outlet rule"

    /// The element of the body.
    var body: Int?
    /// Whether the body is to be believed without looking: the line is for this host.
    var isCertain = false
    private var labels: [(nodes: Range<Int>, ruling: OutletRuling)] = []
    private(set) var finds: [MetadataFind] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// Nothing.
    init() {}

    /// What the rules for this page find.
    init(_ rules: OutletRules, _ tree: HTMLTree, _ document: Document, _ said: [MetadataFind]) {
        if rules.isEmpty { return }
        let host = Self.address(tree, document, said).flatMap(Self.host)
        let choice = rules.choice(host: host, generator: Self.generator(tree))
        var tried: [OutletRules.Part: (rule: OutletRules.Rule, found: Bool)] = [:]
        for rule in choice.rules {
            if tried[rule.part]?.found == true, ![.drop, .keep, .caption, .comments].contains(rule.part) { continue }
            let nodes = rule.selector.nodes(in: tree)
            let found = take(nodes, rule, tree, isOwn: choice.host != nil)
            if tried[rule.part]?.found != true { tried[rule.part] = (tried[rule.part]?.rule ?? rule, found) }
        }
        if let host = choice.host, let body = tried[.body], !body.found {
            diagnostics.append(
                Diagnostic(
                    .warning, "page.outlet",
                    "the rule for the body of \(host) (\(body.rule.place)) finds nothing; the page is read without it"))
        }
    }

    /// Takes what a rule found; false when that is nothing.
    private mutating func take(_ nodes: [Int], _ rule: OutletRules.Rule, _ tree: HTMLTree, isOwn: Bool) -> Bool {
        guard !nodes.isEmpty else { return false }
        let ranges = nodes.map { $0..<Int(tree.nodes[$0].end) }
        switch rule.part {
        case .body:
            body = nodes.max { Self.letters($0, tree) < Self.letters($1, tree) }
            isCertain = isOwn
            return body.map { Self.letters($0, tree) > 0 } ?? false
        case .drop: labels += ranges.map { ($0, .label(.footer)) }
        case .keep: labels += ranges.map { ($0, .text) }
        case .caption: labels += ranges.map { ($0, .label(.caption)) }
        case .comments: labels += ranges.map { ($0, .label(.commentText)) }
        case .title: return state(.title, nodes.prefix(1), rule, tree)
        case .deck: return state(.deck, nodes.prefix(1), rule, tree)
        case .date: return state(.published, nodes.prefix(1), rule, tree)
        case .author: return state(.author, nodes.prefix(10), rule, tree)
        }
        return true
    }

    private mutating func state(
        _ field: MetadataFind.Field, _ nodes: ArraySlice<Int>, _ rule: OutletRules.Rule, _ tree: HTMLTree
    ) -> Bool {
        var hasFound = false
        for node in nodes {
            let told = field == .published ? tree.value(.datetime, of: node) : nil
            let value = told ?? tree.value(.content, of: node) ?? tree.words(of: node)
            let words = value.singleSpaced
            if words.isEmpty || words.utf8.count > 2000 { continue }
            finds.append(MetadataFind(field: field, value: words, source: Self.source))
            hasFound = true
        }
        return hasFound
    }

    private static func letters(_ node: Int, _ tree: HTMLTree) -> Int {
        (node..<Int(tree.nodes[node].end)).reduce(0) {
            $0 + (tree.nodes[$1].tag == nil ? tree.nodes[$1].range.count : 0)
        }
    }

    /// What is said of a node; the innermost element counts, and of lines for one element the last.
    func ruling(of node: Int) -> OutletRuling? {
        var best: (size: Int, ruling: OutletRuling)?
        for (nodes, ruling) in labels where nodes.contains(node) && nodes.count <= best?.size ?? Int.max {
            best = (nodes.count, ruling)
        }
        return best?.ruling
    }
}

// Whose page it is.
extension OutletReading {
    /// What is known of the page's address: from outside, from the browser that saved it, from the page itself.
    private static func address(_ tree: HTMLTree, _ document: Document, _ said: [MetadataFind]) -> String? {
        if let url = document.url { return url }
        let mark = Array("<!-- saved from url=(".utf8)
        let head = Array(document.bytes.prefix(2000))
        if let start = head.firstRange(of: mark)?.upperBound {
            let rest = head[start...].drop { $0 != 0x29 }.dropFirst()
            let url = String(decoding: rest.prefix { $0 > 0x20 }, as: UTF8.self)
            if url.contains("://") { return url }
        }
        for (index, node) in tree.nodes.enumerated() where node.tag == .link {
            if tree.value(.rel, of: index)?.lowercased() == "canonical", let url = tree.value(.href, of: index),
                url.contains("://")
            {
                return url
            }
        }
        return said.first { $0.field == .url && $0.value.contains("://") }?.value
    }

    /// `news.example.org` of an address, in small letters.
    private static func host(_ address: String) -> String? {
        guard let start = address.firstRange(of: "://")?.upperBound else { return nil }
        let authority = address[start...].prefix { !"/?#".contains($0) }
        let host = (authority.split(separator: "@").last ?? "").prefix { $0 != ":" }
        return host.isEmpty ? nil : host.lowercased()
    }

    /// The program that the page says it was made with.
    private static func generator(_ tree: HTMLTree) -> String? {
        for (index, node) in tree.nodes.enumerated() {
            if node.tag == .body { return nil }
            if node.tag == .meta, tree.value(.name, of: index)?.lowercased() == "generator" {
                return tree.value(.content, of: index)
            }
        }
        return nil
    }
}
