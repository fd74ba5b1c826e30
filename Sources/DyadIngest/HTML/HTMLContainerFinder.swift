/// Finds the element that holds the body of an article.
///
/// Each block of prose speaks for the elements above it, the nearer the louder; links inside an element speak against
/// it. The winner grows upwards while the element around it adds much prose and few links.
struct HTMLContainerFinder {
    let tree: HTMLTree
    let blocks: [HTMLPageBlock]

    /// The element that the rules of the outlet name, if they are for this host, or if it holds at least half of the
    /// prose of the one that is found without them.
    func container(ruled outlet: OutletReading) -> Int? {
        guard let ruled = outlet.body else { return container() }
        if outlet.isCertain { return ruled }
        guard let found = container() else { return ruled }
        return prose(ruled) * 2 >= prose(found) ? ruled : found
    }

    /// The element; nil when the page has no prose.
    func container() -> Int? {
        var scores: [Int: Double] = [:]
        for block in blocks {
            let prose = block.liveProse
            guard prose > 0 else { continue }
            add(
                Double(min(prose, 600)) + Double(block.commas) * 8 + (block.hints.contains(.body) ? 40 : 0), for: block,
                &scores)
        }
        guard let best = scores.max(by: { weighed($0) < weighed($1) }) else { return fallback() }
        return grown(marked(over: best.key) ?? best.key)
    }

    private func weighed(_ item: (key: Int, value: Double)) -> Double { item.value * (1 - linkDensity(item.key)) }

    private func add(_ score: Double, for block: HTMLPageBlock, _ scores: inout [Int: Double]) {
        var element = block.element
        if tree.nodes[element].tag == .p || block.tags.contains(.list) { element = Int(tree.nodes[element].parent) }
        for weight in [1, 0.5, 0.3, 0.2, 0.1] where element > 0 {
            scores[element, default: 0] += score * weight
            element = Int(tree.nodes[element].parent)
        }
    }

    /// Prose whatever the names around it say, when there is no other.
    private func fallback() -> Int? {
        var scores: [Int: Double] = [:]
        for block in blocks where block.prose > 0 && !block.tags.contains(.head) {
            add(Double(block.prose), for: block, &scores)
        }
        return scores.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// The element that the page itself calls the article's body, if it holds most of the winner's prose.
    private func marked(over best: Int) -> Int? {
        let all = prose(best)
        for node in tree.nodes.indices {
            guard let range = tree.valueRange(.itemprop, of: node), tree.values[range].elementsEqual("articleBody".utf8)
            else { continue }
            if prose(node) * 2 > all { return node }
        }
        return nil
    }

    private func grown(_ start: Int) -> Int {
        var element = start
        var own = prose(element)
        var up = Int(tree.nodes[element].parent)
        for _ in 0..<6 where up > 0 && tree.nodes[up].tag != .body {
            let more = added(up, to: element)
            if more * 100 > own * 12, linkDensity(up) < 0.4 {
                element = up
                own += more
            }
            up = Int(tree.nodes[up].parent)
        }
        return element
    }

    /// Indices of the blocks in an element.
    func blocks(in element: Int) -> Range<Int> {
        let end = Int(tree.nodes[element].end)
        let first = lower(element), last = lower(end)
        return first..<max(first, last)
    }

    private func lower(_ node: Int) -> Int {
        var low = 0, high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].nodes.lowerBound < node { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Prose in an element and not in another inside it, without the excerpts that stand beside linked headlines.
    private func added(_ up: Int, to element: Int) -> Int {
        let inner = blocks(in: element)
        var isTeaser: [Int: Bool] = [:]
        var sum = 0
        for index in blocks(in: up) where !inner.contains(index) && blocks[index].liveProse > 0 {
            let parent = Int(tree.nodes[blocks[index].element].parent)
            if parent != up, isTeaser[parent] == nil { isTeaser[parent] = isTeaserBox(parent) }
            if isTeaser[parent] != true { sum += blocks[index].liveProse }
        }
        return sum
    }

    private func isTeaserBox(_ element: Int) -> Bool {
        var prose = 0, links = 0
        for block in blocks[blocks(in: element)] {
            if block.liveProse > 0 { prose += 1 }
            if block.linkDensity > 0.8, block.linkBytes >= 15 { links += 1 }
        }
        return links >= max(1, prose)
    }

    private func prose(_ element: Int) -> Int { blocks[blocks(in: element)].reduce(0) { $0 + $1.liveProse } }

    private func linkDensity(_ element: Int) -> Double {
        var bytes = 0, links = 0
        for block in blocks[blocks(in: element)] where block.hints.isDisjoint(with: .negative) {
            bytes += block.bytes
            links += block.linkBytes
        }
        return bytes == 0 ? 1 : Double(links) / Double(bytes)
    }
}
