import DyadCore

/// Writes the text of a page's blocks, a paragraph each, and notes where every byte came from.
struct HTMLTextBuilder {
    private let tree: HTMLTree
    private(set) var text: [UInt8] = []
    private(set) var runs: [SourceMap.Run] = []
    private var cursor = 0

    init(tree: HTMLTree) { self.tree = tree }

    /// Adds a block behind an empty line; the range of its text.
    mutating func add(_ block: HTMLPageBlock) -> Range<Int> {
        separate()
        let start = text.count
        for node in block.nodes where !block.hiddenParts.contains(where: { $0.contains(node) }) {
            if tree.nodes[node].tag == nil {
                add(node)
            } else if tree.nodes[node].tag == .br || tree.nodes[node].tag == .wbr {
                if tree.nodes[node].tag == .br { space(at: Int(tree.nodes[node].source.lowerBound)) }
            }
        }
        trim(to: start)
        return start..<text.count
    }

    private mutating func separate() {
        if text.isEmpty || text.last == 0x0A { return }
        let place = runs.last.map { $0.source + $0.sourceCount } ?? 0
        runs.append(.init(text: text.count, source: place, sourceCount: 0, isVerbatim: false))
        text.append(contentsOf: [0x0A, 0x0A])
    }

    private mutating func trim(to start: Int) {
        while text.count > start, text[text.count - 1] == 0x20 {
            text.removeLast()
            while let last = runs.last, last.text >= text.count { runs.removeLast() }
        }
    }

    private mutating func space(at source: Int) {
        guard let last = text.last, last != 0x20, last != 0x0A else { return }
        runs.append(.init(text: text.count, source: source, sourceCount: 0, isVerbatim: false))
        text.append(0x20)
    }

    private mutating func add(_ node: Int) {
        let range = tree.nodes[node].range
        seek(range.lowerBound)
        var index = Int(range.lowerBound)
        while index < Int(range.upperBound), cursor < tree.runs.count {
            let run = tree.runs[cursor]
            let end = cursor + 1 < tree.runs.count ? Int(tree.runs[cursor + 1].text) : tree.text.count
            add(index..<min(end, Int(range.upperBound)), of: run)
            index = end
            if end <= Int(range.upperBound) { cursor += 1 }
        }
    }

    /// Goes to the run that holds a byte.
    private mutating func seek(_ byte: Int32) {
        var low = 0, high = tree.runs.count
        while low < high {
            let middle = (low + high) / 2
            if tree.runs[middle].text <= byte { low = middle + 1 } else { high = middle }
        }
        cursor = max(0, low - 1)
    }

    private mutating func add(_ range: Range<Int>, of run: HTMLTree.Run) {
        var index = range.lowerBound
        while index < range.upperBound {
            let length = spaceLength(index, range.upperBound)
            if length > 0 {
                space(at: run.isVerbatim ? Int(run.source) + index - Int(run.text) : Int(run.source))
                index += length
                continue
            }
            var end = index
            while end < range.upperBound, spaceLength(end, range.upperBound) == 0 { end += 1 }
            append(index..<end, of: run)
            index = end
        }
    }

    private mutating func append(_ range: Range<Int>, of run: HTMLTree.Run) {
        let source = run.isVerbatim ? Int(run.source) + range.lowerBound - Int(run.text) : Int(run.source)
        let count = run.isVerbatim ? range.count : Int(run.sourceCount)
        runs.append(.init(text: text.count, source: source, sourceCount: count, isVerbatim: run.isVerbatim))
        text.append(contentsOf: tree.text[range])
    }

    /// Length of a white-space character, of a no-break space, or of a character without width; 0 for others.
    private func spaceLength(_ index: Int, _ end: Int) -> Int {
        let byte = tree.text[index]
        if byte <= 0x20 { return 1 }
        if byte == 0xC2, index + 1 < end, tree.text[index + 1] == 0xA0 { return 2 }
        if byte == 0xE2, index + 2 < end, tree.text[index + 1] == 0x80, (0x80...0x8B).contains(tree.text[index + 2]) {
            return 3
        }
        return 0
    }
}
