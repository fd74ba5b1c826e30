/// Finds the articles of an archive export by the marker lines between them.
struct ArchiveSplitter {
    let lines: [TextLine]
    let facts: [LineFacts]
    let bytes: [UInt8]

    /// Line ranges of the articles; one range of all lines when the input is no export.
    ///
    /// What stands before the first mark goes to the first article, what is blank behind the last to the last.
    func parts() -> [Range<Int>] {
        let marks = lines.indices.filter { isMark($0) }
        var cuts = marks.map { isEndMark($0) ? $0 + 1 : $0 }
        if let first = marks.first, !isEndMark(first) { cuts.removeFirst() }
        while let last = cuts.last, !hasText(last..<lines.count) { cuts.removeLast() }
        var out: [Range<Int>] = []
        var start = 0
        for cut in cuts {
            out.append(start..<cut)
            start = cut
        }
        return out + [start..<lines.count]
    }

    /// True when any marker was found.
    var isArchive: Bool { lines.indices.contains { isMark($0) } }

    private func isMark(_ index: Int) -> Bool {
        facts[index].words <= 8 && facts[index].match.whole.contains(.archive)
    }

    /// "End of Document" closes an article; "1 of 2 DOCUMENTS" opens one.
    private func isEndMark(_ index: Int) -> Bool {
        PieceReader.pieces(of: bytes, in: lines[index].text).first?.key == "end"
    }

    private func hasText(_ range: Range<Int>) -> Bool { range.contains { !lines[$0].isBlank } }
}
