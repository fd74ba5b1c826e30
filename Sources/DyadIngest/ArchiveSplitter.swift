/// Finds the articles of an archive export by the marker lines between them.
struct ArchiveSplitter {
    let lines: [TextLine]
    let facts: [LineFacts]
    let bytes: [UInt8]

    /// Line ranges of the articles; one range of all lines when the input is no export.
    func parts() -> [Range<Int>] {
        var starts: [Int] = []
        for index in lines.indices where facts[index].words <= 8 && facts[index].match.whole.contains(.archive) {
            starts.append(isEndMark(index) ? index + 1 : index)
        }
        guard !starts.isEmpty else { return [0..<lines.count] }
        return ranges(starts)
    }

    /// True when any marker was found.
    var isArchive: Bool { facts.contains { $0.words <= 8 && $0.match.whole.contains(.archive) } }

    /// "End of Document" closes an article; "1 of 2 DOCUMENTS" opens one.
    private func isEndMark(_ index: Int) -> Bool {
        PieceReader.pieces(of: bytes, in: lines[index].text).first?.key == "end"
    }

    /// What stands before the first mark goes to the first article, what is blank behind the last one to the last.
    private func ranges(_ starts: [Int]) -> [Range<Int>] {
        var cuts = starts.filter { $0 > 0 && $0 < lines.count }
        let opensWithMark = starts.first.map { !hasText(0..<$0) || !isEndMark(max(0, $0 - 1)) } ?? false
        if opensWithMark, !cuts.isEmpty { cuts.removeFirst() }
        while let last = cuts.last, !hasText(last..<lines.count) { cuts.removeLast() }
        var out: [Range<Int>] = []
        var start = 0
        for cut in cuts {
            out.append(start..<cut)
            start = cut
        }
        return out + [start..<lines.count]
    }

    private func hasText(_ range: Range<Int>) -> Bool { range.contains { !lines[$0].isBlank } }
}
