import DyadCore

/// Reads the comments of a page: what they say as in plain text, whom they answer also by how deep they are nested.
struct HTMLCommentReader {
    let page: HTMLPage
    /// Blocks in parts of the page that are called comments.
    let members: [Int]
    let published: CalendarDate?

    /// The comments, and the labels of the blocks that make them up.
    func read() -> (comments: [Comment], labels: [Int: BlockLabel]) {
        guard !members.isEmpty else { return ([], [:]) }
        let reader = LineFactReader(bytes: page.text.bytes, lexicon: page.lexicon)
        let lines = members.map { member in
            let range = page.ranges[member]
            return TextLine(start: range.lowerBound, end: range.upperBound, text: range, indent: 0)
        }
        let draft = ArticleDraft(
            document: page.text, lexicon: page.lexicon, lines: lines, facts: lines.map { reader.facts(of: $0) },
            part: 0..<lines.count, isArchive: false)
        let result = CommentReader.read(
            draft, judge: UnitJudge(draft), lines: 0..<lines.count, published: published)
        var labels: [Int: BlockLabel] = [:]
        for (line, label) in result.labels { labels[members[line]] = label }
        return (threaded(result.comments), labels)
    }

    /// With the answers that stand inside the comment they answer, and times that the page gives to machines.
    private func threaded(_ comments: [Comment]) -> [Comment] {
        var open: [(depth: Int, author: String?)] = []
        return comments.map { comment in
            var comment = comment
            guard let block = block(at: comment.span.start) else { return comment }
            let depth = depth(of: page.blocks[block].element)
            while let last = open.last, last.depth >= depth { open.removeLast() }
            if comment.replyTo == nil { comment.replyTo = open.last?.author }
            if comment.time == nil { comment.time = time(in: block) }
            open.append((depth, comment.author))
            return comment
        }
    }

    private func block(at byte: Int) -> Int? { members.last { page.ranges[$0].lowerBound <= byte } }

    private func depth(of element: Int) -> Int {
        var depth = 0, node = element
        while node > 0 {
            depth += 1
            node = Int(page.tree.nodes[node].parent)
        }
        return depth
    }

    /// `datetime` of a `time` element in the first blocks of a comment.
    private func time(in block: Int) -> String? {
        for next in block..<min(block + 3, page.blocks.count) {
            var node = page.blocks[next].nodes.lowerBound
            for _ in 0..<3 where node > 0 {
                if page.tree.nodes[node].tag == .time, let value = page.tree.value(.datetime, of: node),
                    value.count >= 16, CalendarDate(value) != nil
                {
                    return String(value.prefix(16)).replacing(" ", with: "T")
                }
                node = Int(page.tree.nodes[node].parent)
            }
        }
        return nil
    }
}
