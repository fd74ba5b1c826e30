/// Makes running text of the lines of a PDF: drops what repeats at the edges of pages, joins lines to paragraphs across
/// columns and pages, and puts words together that were parted at the end of a line.
struct PDFParagraphs {
    /// Share of the page's height at the top and at the bottom in which headers and footers stand.
    private static let edge = 0.09

    private let pages: PDFPages
    private var lines: [PDFLine] = []
    /// Left and right edge of the column that a line stands in.
    private var columns: [(left: Double, right: Double)] = []
    /// Whether paragraphs begin with an indent.
    private var hasIndents = false
    /// Words of the text in small letters, for words parted at the end of a line.
    private var words: Set<String> = []

    init(_ pages: PDFPages) {
        self.pages = pages
        lines = withoutEdges()
        columns = findColumns()
        hasIndents = lines.indices.count(where: isIndented) > max(1, lines.count / 50)
        for line in lines {
            for word in line.text.lowercased().split(separator: " ") { words.insert(Self.bare(word)) }
        }
    }

    /// The paragraphs in the order of reading.
    func paragraphs() -> [String] {
        var out: [String] = []
        var current = ""
        for index in lines.indices {
            if index > 0, begins(index) {
                if !current.isEmpty { out.append(current) }
                current = ""
            }
            append(lines[index].text, to: &current)
        }
        if !current.isEmpty { out.append(current) }
        return out
    }
}

// Headers and footers.
extension PDFParagraphs {
    private enum Zone { case top, bottom, none }

    private func zone(_ line: PDFLine) -> Zone {
        guard line.page > 0, line.page <= pages.heights.count else { return .none }
        let height = pages.heights[line.page - 1]
        if line.bottom < height * Self.edge { return .top }
        return line.top > height * (1 - Self.edge) ? .bottom : .none
    }

    /// Lines that stand at the edge of several pages, and numbers of pages; the first page keeps its header, which names
    /// outlet and day.
    private func withoutEdges() -> [PDFLine] {
        let zones = pages.lines.indices.map { goesOn($0) ? Zone.none : zone(pages.lines[$0]) }
        var pagesByShape: [String: Set<Int>] = [:]
        for (line, zone) in zip(pages.lines, zones) where zone != .none {
            pagesByShape[Self.shape(line.text), default: []].insert(line.page)
        }
        return zip(pages.lines, zones).filter { line, zone in
            if zone == .none { return true }
            if Self.isPageNumber(line.text) { return false }
            let isRepeated = pagesByShape[Self.shape(line.text), default: []].count > 1
            return !isRepeated || (zone == .top && line.page == 1)
        }.map(\.0)
    }

    /// Whether a line stands so close to another that reaches further into the page that it belongs to it.
    private func goesOn(_ index: Int) -> Bool {
        let line = pages.lines[index]
        func isClose(_ upper: PDFLine, _ lower: PDFLine) -> Bool {
            isBelow(lower, upper) && lower.top - upper.bottom < 0.6 * line.height
        }
        switch zone(line) {
        case .bottom:
            return pages.lines[..<index].suffix(8).contains { isClose($0, line) && $0.width > 6 * line.height }
        case .top:
            return pages.lines[(index + 1)...].prefix(8).contains { isClose(line, $0) && zone($0) == .none }
        case .none: return false
        }
    }

    /// A line with its figures as signs, so that "Page 3" and "Page 4" are the same.
    private static func shape(_ text: String) -> String {
        var out = ""
        for character in text.lowercased() where !character.isWhitespace {
            if character.isNumber { if out.last != "#" { out += "#" } } else { out.append(character) }
        }
        return out
    }

    /// "3", "- 3 -", "3/12", "Page 3 of 12": a number with at most two words and no more figures than pages have.
    private static func isPageNumber(_ text: String) -> Bool {
        let parts = text.split { !$0.isLetter && !$0.isNumber }
        let numbers = parts.filter { $0.allSatisfy(\.isNumber) }
        let words = parts.filter { $0.allSatisfy(\.isLetter) }
        guard parts.count == numbers.count + words.count, numbers.allSatisfy({ $0.count <= 4 }) else { return false }
        switch (numbers.count, words.count) {
        case (1, 0), (2, 0): return text.count <= 12
        case (1, 1): return parts.first == words.first
        case (2, 1...2): return parts.first == words.first && text.count <= 24
        default: return false
        }
    }
}

// Columns and paragraphs.
extension PDFParagraphs {
    /// For each line the edges of the lines above and below it that belong to its column.
    private func findColumns() -> [(left: Double, right: Double)] {
        var out = lines.map { (left: $0.left, right: $0.right) }
        var start = 0
        while start < lines.count {
            var end = start + 1
            while end < lines.count, isBelow(lines[end], lines[end - 1]) { end += 1 }
            let part = lines[start..<end]
            let left = part.map(\.left).min() ?? 0, right = part.map(\.right).max() ?? 0
            for index in start..<end { out[index] = (left, right) }
            start = end
        }
        return out
    }

    /// The next line of the same column and size.
    private func isBelow(_ line: PDFLine, _ last: PDFLine) -> Bool {
        line.page == last.page && line.top > last.top && line.left < last.right && last.left < line.right
            && isAlike(line, last)
    }

    private func isAlike(_ line: PDFLine, _ last: PDFLine) -> Bool {
        abs(line.height - last.height) <= 0.15 * max(line.height, last.height)
    }

    /// Whether a line begins a paragraph.
    private func begins(_ index: Int) -> Bool {
        let line = lines[index], last = lines[index - 1]
        guard isAlike(line, last) else { return true }
        let column = columns[index - 1]
        let filled = (last.right - column.left) / max(1, column.right - column.left)
        let isIndented = isIndented(index)
        if isBelow(line, last) {
            if line.top - last.top > 1.55 * max(line.height, last.height), line.top - last.bottom > 0.4 * line.height {
                return true
            }
            if isIndented { return !isDeep(index) }
            if Self.isParted(last.text) { return false }
            return filled < 0.6 || (filled < 0.88 && Self.endsSentence(last.text))
        }
        // Into the next column or page.
        if isIndented { return true }
        if Self.isParted(last.text) { return false }
        return filled < 0.6 || Self.endsSentence(last.text) && (filled < 0.95 || !hasIndents)
    }

    private func isIndented(_ index: Int) -> Bool {
        lines[index].left - columns[index].left > 0.5 * lines[index].height
    }

    /// Lines below one another that all stand in, as in a quotation, are no paragraph each.
    private func isDeep(_ index: Int) -> Bool {
        let line = lines[index], last = lines[index - 1]
        return abs(line.left - last.left) < 0.3 * line.height
    }

    private static func endsSentence(_ text: String) -> Bool {
        let end = text.reversed().first { !"\"'”’)»".contains($0) }
        return end.map { ".!?:…".contains($0) } ?? false
    }
}

// Words.
extension PDFParagraphs {
    private static func isParted(_ text: String) -> Bool {
        guard let last = text.last, "-\u{AD}\u{2010}".contains(last) else { return false }
        return text.dropLast().last?.isLetter == true
    }

    private static func bare(_ word: Substring) -> String {
        String(word.drop { !$0.isLetter }.reversed().drop { !$0.isLetter }.reversed())
    }

    /// Adds a line behind a paragraph.
    private func append(_ text: String, to paragraph: inout String) {
        guard !paragraph.isEmpty else {
            paragraph = text
            return
        }
        guard Self.isParted(paragraph), let first = text.first, first.isLetter else {
            paragraph += " " + text
            return
        }
        let head = paragraph.split(separator: " ").last.map { String($0.dropLast()).lowercased() } ?? ""
        let tail = text.split(separator: " ").first.map { $0.lowercased() } ?? ""
        let joined = Self.bare(Substring(head + tail)), hyphened = Self.bare(Substring(head + "-" + tail))
        let isSoft = paragraph.last == "\u{AD}"
        let keeps = !isSoft && (!first.isLowercase || (words.contains(hyphened) && !words.contains(joined)))
        if !keeps { paragraph.removeLast() }
        paragraph += text
    }
}
