import DyadCore

/// Reads what a page says of its article to machines: JSON-LD, meta tags and marked-up elements.
struct HTMLMetadataReader {
    private let tree: HTMLTree
    private let rules: HTMLRules
    private var finds: [MetadataFind] = []

    /// All statements, the most reliable kind of source first.
    static func finds(in tree: HTMLTree, rules: HTMLRules) -> [MetadataFind] {
        var reader = HTMLMetadataReader(tree: tree, rules: rules)
        reader.readScripts()
        reader.readElements()
        return reader.finds
    }

    private init(tree: HTMLTree, rules: HTMLRules) {
        self.tree = tree
        self.rules = rules
    }

    private mutating func add(_ field: MetadataFind.Field, _ value: String?, _ source: String) {
        guard let value = value.map({ HTMLEntities.resolved($0).singleSpaced }), !value.isEmpty, value.utf8.count < 2000
        else { return }
        let find = MetadataFind(field: field, value: value, source: source)
        if !finds.contains(find) { finds.append(find) }
    }
}

// JSON-LD.
extension HTMLMetadataReader {
    private mutating func readScripts() {
        for script in tree.scripts {
            let values = LooseJSON.values(in: tree.values[script])
            var named: [String: LooseJSON] = [:]
            for value in values { collect(value, &named, depth: 0) }
            for value in values { visit(value, named, depth: 0) }
        }
    }

    /// Objects that others refer to by `@id`.
    private func collect(_ value: LooseJSON, _ named: inout [String: LooseJSON], depth: Int) {
        guard depth < 5 else { return }
        switch value {
        case .array(let items): for item in items { collect(item, &named, depth: depth + 1) }
        case .object(let members):
            if let id = value["@id"]?.string, value["name"] != nil { named[id] = value }
            for member in members { collect(member.value, &named, depth: depth + 1) }
        default: break
        }
    }

    private mutating func visit(_ value: LooseJSON, _ named: [String: LooseJSON], depth: Int) {
        guard depth < 5 else { return }
        if case .array(let items) = value {
            for item in items { visit(item, named, depth: depth + 1) }
            return
        }
        let types = value["@type"]?.items.compactMap(\.string) ?? []
        if types.contains(where: Self.isArticle) {
            read(article: value, named, isPage: false)
        } else if types.contains("WebPage") {
            read(article: value, named, isPage: true)
        }
        for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
            if let inner = value[key] { visit(inner, named, depth: depth + 1) }
        }
    }

    private static func isArticle(_ type: String) -> Bool {
        type.hasSuffix("Article") || type.hasSuffix("Posting") || ["Report", "Review"].contains(type)
    }

    private mutating func read(article: LooseJSON, _ named: [String: LooseJSON], isPage: Bool) {
        let source = isPage ? "json-ld page" : "json-ld"
        add(.title, article["headline"]?.string ?? (isPage ? nil : article["name"]?.string), source)
        add(.deck, article["description"]?.string, source)
        add(.published, article["datePublished"]?.string, source)
        add(.modified, article["dateModified"]?.string, source)
        add(.section, article["articleSection"]?.items.first?.string, source)
        if !isPage { add(.url, article["url"]?.string, source) }
        add(.publisher, name(article["publisher"]?.items.first, named), source)
        for key in ["author", "creator"] {
            for author in article[key]?.items ?? [] { read(author: author, named, source) }
            if finds.contains(where: { $0.field == .author && $0.source == source }) { break }
        }
    }

    private mutating func read(author: LooseJSON, _ named: [String: LooseJSON], _ source: String) {
        let entry = author["name"] == nil ? author["@id"]?.string.flatMap { named[$0] } ?? author : author
        let isPerson =
            entry["@type"]?.items.contains { $0.string == "Organization" || $0.string == "NewsMediaOrganization" }
            != true
        for item in entry["name"]?.items ?? author.items {
            add(.author, item.string, isPerson ? source : source + " organisation")
        }
    }

    private func name(_ value: LooseJSON?, _ named: [String: LooseJSON]) -> String? {
        guard let value else { return nil }
        return value["name"]?.items.first?.string ?? value["@id"]?.string.flatMap { named[$0]?["name"]?.string }
            ?? value.string
    }
}

// Meta tags and elements.
extension HTMLMetadataReader {
    private mutating func readElements() {
        for node in tree.nodes.indices {
            switch tree.nodes[node].tag {
            case .meta: readMeta(node)
            case .title where !finds.contains(where: { $0.source == "title" }):
                add(.title, tree.words(of: node), "title")
            case .link where tree.value(.rel, of: node)?.lowercased() == "canonical":
                add(.url, tree.value(.href, of: node), "link canonical")
            case .h1: add(.title, tree.words(of: node), "text h1")
            case .time:
                add(.published, tree.value(.datetime, of: node), isArticleDate(node) ? "time" : "time elsewhere")
            case nil, .script?: break
            default: break
            }
            if tree.nodes[node].tag != .meta, tree.valueRange(.itemprop, of: node) != nil { readProperty(node) }
        }
    }

    /// Not the date of a teaser or of a comment.
    private func isArticleDate(_ node: Int) -> Bool {
        var parent = Int(tree.nodes[node].parent)
        for _ in 0..<8 where parent > 0 {
            if [.aside, .footer, .nav, .li].contains(tree.nodes[parent].tag) { return false }
            if tree.nodes[parent].tag == .a { return false }
            parent = Int(tree.nodes[parent].parent)
        }
        return true
    }

    private mutating func readMeta(_ node: Int) {
        guard let value = tree.value(.content, of: node) else { return }
        for key in [HTMLAttribute.property, .name, .itemprop] {
            guard let name = tree.value(key, of: node)?.lowercased(), let field = rules.metaFields[name] else {
                continue
            }
            add(field, value, "meta \(name)")
        }
    }

    private mutating func readProperty(_ node: Int) {
        for name in tree.value(.itemprop, of: node)?.split(separator: " ") ?? [] {
            switch name {
            case "headline": add(.title, tree.words(of: node), "itemprop headline")
            case "datePublished":
                add(
                    .published,
                    tree.value(.datetime, of: node) ?? tree.value(.content, of: node) ?? tree.words(of: node),
                    "itemprop datePublished")
            case "dateModified":
                add(
                    .modified,
                    tree.value(.datetime, of: node) ?? tree.value(.content, of: node) ?? tree.words(of: node),
                    "itemprop dateModified")
            case "author":
                let inner = node..<Int(tree.nodes[node].end)
                let name = inner.first { tree.value(.itemprop, of: $0) == "name" } ?? node
                add(.author, tree.value(.content, of: name) ?? tree.words(of: name), "itemprop author")
            default: break
            }
        }
    }
}
