/// Cuts a page into blocks of text, each with what its elements say of it.
struct HTMLBlockCollector {
    private struct Frame {
        var node: Int
        var end: Int
        var hints: HTMLHints
        var ownHints: HTMLHints
        var tags: HTMLPageBlock.TagSet
        var isBlock: Bool
        var isLink: Bool
        var isEmphasis: Bool
        /// The nearest element that makes a block.
        var block: Int
    }

    private let tree: HTMLTree
    private let rules: HTMLRules
    /// By a hash of the name's bytes.
    private var hintsByName: [UInt64: HTMLHints] = [:]
    /// What the names of each element say.
    private var named: [HTMLHints] = []
    /// Elements called the body, counted up to each node.
    private var bodiesBefore: [Int32] = []
    /// Long texts outside links, summed up to each node.
    private var proseBefore: [Int32] = []
    private var frames: [Frame] = []
    private var blocks: [HTMLPageBlock] = []
    private var current: HTMLPageBlock?
    private var isAfterBreak = false
    /// Words over which a box appears, and where each box begins and ends.
    private var shown: Set<Int> = []
    private var boxes: [Int: Int] = [:]

    /// The blocks of a page in order.
    static func blocks(of tree: HTMLTree, rules: HTMLRules) -> [HTMLPageBlock] {
        var collector = HTMLBlockCollector(tree: tree, rules: rules)
        collector.run()
        return collector.blocks
    }

    private init(tree: HTMLTree, rules: HTMLRules) {
        self.tree = tree
        self.rules = rules
    }

    private mutating func run() {
        sumProse()
        var node = 0
        while node < tree.nodes.count {
            while let top = frames.last, top.end <= node { leave(top) }
            if let end = boxes[node] {
                current?.hiddenParts.append(node..<end)
                node = end
            } else if tree.nodes[node].tag == nil {
                take(text: node)
                node += 1
            } else {
                node = enter(node)
            }
        }
        flush()
    }

    private mutating func sumProse() {
        proseBefore = [0]
        bodiesBefore = [0]
        proseBefore.reserveCapacity(tree.nodes.count + 1)
        bodiesBefore.reserveCapacity(tree.nodes.count + 1)
        named.reserveCapacity(tree.nodes.count)
        var sum: Int32 = 0, bodies: Int32 = 0
        for (index, node) in tree.nodes.enumerated() {
            if node.tag == nil, node.range.count >= 60, !isLinkText(node) { sum += Int32(node.range.count) }
            let hints = node.tag == nil || node.range.isEmpty ? [] : names(index)
            if hints.contains(.body) { bodies += 1 }
            named.append(hints)
            proseBefore.append(sum)
            bodiesBefore.append(bodies)
        }
    }

    private mutating func names(_ node: Int) -> HTMLHints {
        var hints: HTMLHints = []
        for index in tree.nodes[node].range {
            let attribute = tree.attributes[Int(index)]
            switch attribute.name {
            case .class, .id, .itemprop, .dataTestid, .dataComponent, .role: hints.formUnion(known(attribute.value))
            default: break
            }
        }
        return hints
    }

    private mutating func known(_ range: Range<Int32>) -> HTMLHints {
        let value = tree.values[Int(range.lowerBound)..<Int(range.upperBound)]
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in value { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        if let hints = hintsByName[hash] { return hints }
        let hints = rules.hints(for: value)
        hintsByName[hash] = hints
        return hints
    }

    private func isLinkText(_ node: HTMLTree.Node) -> Bool {
        node.parent >= 0 && tree.nodes[Int(node.parent)].tag == .a
    }

    /// Bytes of long texts in an element.
    private func prose(of node: Int) -> Int { Int(proseBefore[Int(tree.nodes[node].end)] - proseBefore[node]) }

    private mutating func leave(_ frame: Frame) {
        if frame.isBlock { flush() }
        frames.removeLast()
    }

    /// Goes into an element, or over it when it is not shown; the next node.
    private mutating func enter(_ node: Int) -> Int {
        let tag = tree.nodes[node].tag ?? .other
        if tag == .br {
            if isAfterBreak { flush() }
            isAfterBreak = current != nil
            return node + 1
        }
        if isHidden(node) { return Int(tree.nodes[node].end) }
        if tag.isBlock { flush() }
        var own = ownHints(node, tag)
        if !tag.isBlock, own.contains(.hidden), !isShown(node) {
            let end = Int(tree.nodes[node].end)
            current?.hiddenParts.append(node..<end)
            return end
        }
        if !tag.isBlock { own.remove(.hidden) }
        var frame =
            frames.last
            ?? Frame(
                node: 0, end: 0, hints: [], ownHints: [], tags: [], isBlock: true, isLink: false, isEmphasis: false,
                block: 0)
        frame.node = node
        frame.end = Int(tree.nodes[node].end)
        frame.hints.formUnion(own)
        frame.tags.formUnion(tags(tag))
        frame.isBlock = tag.isBlock
        frame.isLink = frame.isLink || tag == .a
        frame.isEmphasis = frame.isEmphasis || tag.isEmphasis
        if tag == .a { current?.links += 1 }
        if tag.isBlock {
            frame.block = node
            frame.ownHints = own
        } else {
            frame.ownHints.formUnion(own)
        }
        frames.append(frame)
        return node + 1
    }

    /// Whether an element that is called hidden is the word with a box that appears over it, as in
    /// `<span class="tooltip"><a>Nauru</a><span>an island</span></span>`: then the word is text and the box is not.
    private mutating func isShown(_ node: Int) -> Bool {
        if shown.contains(node) { return true }
        let end = Int(tree.nodes[node].end)
        let first = (node + 1..<end).first { tree.nodes[$0].tag != nil || !isBlank($0) }
        guard let first, tree.nodes[first].tag == .a, !tree.words(of: first).isEmpty else { return false }
        let box = Int(tree.nodes[first].end)
        guard (box..<end).contains(where: { tree.nodes[$0].tag == nil && !isBlank($0) }) else { return false }
        shown.insert(first)
        boxes[box] = end
        return true
    }

    private func isBlank(_ text: Int) -> Bool {
        let range = tree.nodes[text].range
        return tree.text[Int(range.lowerBound)..<Int(range.upperBound)].allSatisfy { $0 <= 0x20 }
    }

    private func isHidden(_ node: Int) -> Bool {
        guard !tree.nodes[node].range.isEmpty else { return false }
        if tree.valueRange(.hidden, of: node) != nil { return true }
        guard let range = tree.valueRange(.style, of: node), range.count >= 12 else { return false }
        // "none" and "hidden" have an n each; most styles that are written on elements have neither.
        guard tree.values[range].contains(where: { $0 | 0x20 == 0x6E }) else { return false }
        let style = String(decoding: tree.values[range], as: UTF8.self).lowercased()
        let squeezed = style.filter { $0 != " " }
        return squeezed.contains("display:none") || squeezed.contains("visibility:hidden")
    }

    /// A name such as "has-comments" on an element that holds most of the page says nothing of its text.
    private mutating func ownHints(_ node: Int, _ tag: HTMLTag) -> HTMLHints {
        guard tag != .html, tag != .body else { return [] }
        var hints = named[node]
        if hints.isEmpty { return hints }
        let prose = prose(of: node)
        let share = Double(prose) / Double(max(1, proseBefore.last ?? 1))
        let holdsBody = bodiesBefore[Int(tree.nodes[node].end)] > bodiesBefore[node + 1] && share > 0.1
        if holdsBody || share > 0.5 || (share > 0.2 && prose > 800) || tag == .main || (tag == .article && share > 0.1)
        {
            hints.subtract(share > 0.9 ? .negative : HTMLHints.negative.subtracting([.comments, .hidden]))
            hints.subtract([.byline, .publication, .deck, .title])
        }
        return hints
    }

    private func tags(_ tag: HTMLTag) -> HTMLPageBlock.TagSet {
        switch tag {
        case .h1: [.heading, .h1]
        case .h2, .h3, .h4, .h5, .h6: .heading
        case .figure: .figure
        case .figcaption, .caption: .figcaption
        case .li, .dd, .dt: .list
        case .table: .table
        case .blockquote: .quote
        case .aside: .aside
        case .nav, .menu: .navigation
        case .footer: .footer
        case .header: .header
        case .time: .time
        case .p: .paragraph
        case .head: .head
        default: []
        }
    }

    private mutating func take(text node: Int) {
        let range = Int(tree.nodes[node].range.lowerBound)..<Int(tree.nodes[node].range.upperBound)
        var count = 0, commas = 0
        var last: UInt8 = 0
        tree.text.withUnsafeBufferPointer { text in
            for index in range where text[index] > 0x20 {
                count += 1
                if text[index] == 0x2C { commas += 1 }
                last = text[index]
            }
        }
        guard count > 0 else { return }
        guard let frame = frames.last else { return }
        isAfterBreak = false
        var block =
            current
            ?? HTMLPageBlock(
                element: frame.block, nodes: node..<node + 1, hints: frame.hints, ownHints: frame.ownHints,
                tags: frame.tags)
        block.nodes = block.nodes.lowerBound..<node + 1
        block.bytes += count
        block.commas += commas
        block.tags.formUnion(frame.tags)
        if frame.isLink {
            block.linkBytes += count
            if block.links == 0 { block.links = 1 }
        }
        if frame.isEmphasis { block.emphasisBytes += count }
        block.endsSentence = [0x2E, 0x21, 0x3F, 0x22, 0x9D].contains(last)
        current = block
    }

    private mutating func flush() {
        isAfterBreak = false
        if let current { blocks.append(current) }
        current = nil
    }
}
