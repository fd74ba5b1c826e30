import DyadCore

/// Reads exports of LexisNexis ("3 of 10 DOCUMENTS" before each article) and Nexis Uni ("End of Document" behind each).
///
/// LexisNexis prints outlet and date above the headline, Nexis Uni below it; fields follow, one a line, such as
/// `LENGTH: 131 words`; then the body; then fields about it. An article without running text, such as a graphic alone,
/// is refused.
struct NexisReader {
    let fields: ExportFields
    let lexicon: BlockLexicon
    let stamps: StampReader

    /// True for lines with a mark between articles, or with a list of articles in front and one of them behind it.
    func recognises(_ lines: ExportLines) -> Bool {
        if lines.lines.contains(where: { Self.opening($0.text) != nil || Self.isEnd($0.text) }) { return true }
        return lines.lines.prefix(60).contains { Self.count($0.text) != nil }
            && lines.lines.contains { field($0.text)?.field == .length }
    }

    func read(_ lines: ExportLines, name: String, _ each: (Document) throws -> Void) rethrows -> CollectionReport {
        var report = CollectionReport(format: "LexisNexis export")
        var names = ItemNames(file: name)
        let (parts, announced) = parts(of: lines)
        for (index, part) in parts.enumerated() {
            let first = lines.lines[part].first { !$0.isBlank } ?? lines.lines[part.lowerBound]
            let article = article(lines, part)
            let id = [article.title, article.publisher, article.date].compactMap { $0 }.joined(separator: "|")
            let place = DocumentPlace(file: name, number: index + 1, byte: first.byte)
            if let document = article.document(
                named: names.name(for: id), place: place, format: "nexis", stamps: stamps)
            {
                report.documents += 1
                try each(document)
            } else {
                let title = article.title.map { " (\"\($0.prefix(60))\")" } ?? ""
                report.refusals.append(
                    .init(
                        number: index + 1, byte: first.byte,
                        reason: "\(lines.unit) \(first.number): the article\(title) has no running text"))
            }
        }
        if let announced, announced > parts.count {
            report.notes.append("it announces \(announced) articles and holds \(parts.count): it may be cut off")
        }
        return report
    }

    // MARK: - Parts

    /// The lines of each article, and how many articles the export says it has.
    private func parts(of lines: ExportLines) -> (parts: [Range<Int>], announced: Int?) {
        let all = lines.lines
        let openings = all.indices.filter { Self.opening(all[$0].text) != nil }
        if let first = openings.first {
            let ends = openings.dropFirst() + [all.count]
            let parts = zip(openings, ends).map { $0 + 1..<$1 }.filter { range in range.contains { !all[$0].isBlank } }
            return (parts, Self.opening(all[first].text))
        }
        var parts: [Range<Int>] = []
        var start = cover(all)
        for index in all.indices where Self.isEnd(all[index].text) {
            if start < index { parts.append(start..<index) }
            start = index + 1
        }
        if start < all.count, all[start...].contains(where: { dateLine($0.text) }) { parts.append(start..<all.count) }
        return (parts, all.lazy.compactMap { Self.count($0.text) }.first)
    }

    /// Lines of the list of contents in front: up to the title over the first date line that has fields under it.
    private func cover(_ all: [ExportLines.Line]) -> Int {
        let isCovered = all.prefix(60).contains { line in
            Self.count(line.text) != nil || field(line.text).map { $0.field == .cover } == true
        }
        guard isCovered, let date = all.indices.first(where: { isHead(all, $0) }) else { return 0 }
        var index = date, above = 0
        while index > 0, above < 2 {
            index -= 1
            if !all[index].isBlank { above += 1 }
        }
        return index
    }

    /// A date line with a copyright line or a field soon below it.
    private func isHead(_ all: [ExportLines.Line], _ index: Int) -> Bool {
        guard dateLine(all[index].text) else { return false }
        let below = all[(index + 1)...].lazy.filter { !$0.isBlank }.prefix(5)
        return below.contains { line in
            if isImprint(line.text) { return true }
            guard let field = field(line.text)?.field else { return false }
            return [.length, .section, .author, .text].contains(field)
        }
    }

    /// "3 of 10 DOCUMENTS": the number behind; nil for other lines.
    static func opening(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        guard (4...5).contains(words.count) else { return nil }
        let numbers = words.compactMap { Int($0) }
        let noun = words.filter { Int($0) == nil && $0.utf8.count > 3 }
        guard numbers.count == 2, noun.count == 1, numbers[0] <= numbers[1] else { return nil }
        guard noun[0].lowercased().hasPrefix("do"), noun[0].lowercased().contains("ument") else { return nil }
        return numbers[1]
    }

    /// "Documents (10)" on the cover.
    private static func count(_ text: String) -> Int? {
        guard text.lowercased().hasPrefix("document"), text.hasSuffix(")"), let open = text.firstIndex(of: "(") else {
            return nil
        }
        return Int(text[text.index(after: open)...].dropLast())
    }

    private static func isEnd(_ text: String) -> Bool {
        ["end of document", "ende des dokuments", "fin du document"].contains(text.lowercased())
    }
}

// One article.
extension NexisReader {
    private func article(_ lines: ExportLines, _ part: Range<Int>) -> ExportArticle {
        var article = ExportArticle()
        let body = head(lines, part, &article)
        readBody(lines, body..<part.upperBound, &article)
        return article
    }

    /// Reads outlet, date, headline and fields; the first line of the body.
    private func head(_ lines: ExportLines, _ part: Range<Int>, _ article: inout ExportArticle) -> Int {
        let all = lines.lines
        let first = part.first { field(all[$0].text) != nil } ?? part.upperBound
        readTop(lines, part.lowerBound..<first, &article)
        var index = first
        while index < part.upperBound {
            if all[index].isBlank {
                index += 1
                continue
            }
            guard let (field, value) = field(all[index].text) else { return index }
            if [.end, .part, .caption].contains(field) { return index }
            index += 1
            if field == .text, value.isEmpty { return index }
            var words = value
            // A value runs on to the next empty line or field where lines are wrapped.
            while lines.isWrapped, index < part.upperBound, !all[index].isBlank, self.field(all[index].text) == nil {
                words += " " + all[index].text
                index += 1
            }
            if field == .length { article.rest.append(words) } else { article.take(field, words) }
        }
        return index
    }

    private func readTop(_ lines: ExportLines, _ range: Range<Int>, _ article: inout ExportArticle) {
        let all = lines.lines
        let lead = range.filter { !all[$0].isBlank && !isImprint(all[$0].text) }
        guard let date = lead.first(where: { dateLine(all[$0].text) }) else {
            article.title = lead.first.map { all[$0].text }
            article.rest += lead.dropFirst().map { all[$0].text }
            return
        }
        article.date = all[date].text
        let above = lead.filter { $0 < date }, below = lead.filter { $0 > date }
        article.publisher = above.last.map { all[$0].text }
        if above.count > 1 {
            article.title = above.dropLast().map { all[$0].text }.joined(separator: " ")
            article.rest += below.map { all[$0].text }
        } else {
            readTitle(all, below, behind: date, &article)
        }
        article.rest += range.filter { isImprint(all[$0].text) }.map { all[$0].text }
    }

    /// The headline under the date; lines right under the date are the edition.
    private func readTitle(
        _ all: [ExportLines.Line], _ lines: [Int], behind date: Int, _ article: inout ExportArticle
    ) {
        var groups: [[String]] = []
        var last = date
        for index in lines {
            if index == last + 1, !groups.isEmpty || last == date {
                if groups.isEmpty { groups.append([]) }
                groups[groups.count - 1].append(all[index].text)
            } else {
                groups.append([all[index].text])
            }
            last = index
        }
        let touches = lines.first == date + 1
        let texts = groups.map { $0.joined(separator: " ") }
        if touches, texts.count > 1 { article.rest.append(texts[0]) }
        let titles = touches && texts.count > 1 ? Array(texts.dropFirst()) : texts
        article.title = titles.first
        article.decks += titles.dropFirst()
    }

    private func readBody(_ lines: ExportLines, _ range: Range<Int>, _ article: inout ExportArticle) {
        let all = lines.lines
        let end = range.first { index in
            guard let field = field(all[index].text) else { return false }
            return [.end, .part, .caption].contains(field.field)
        }
        let paragraphs = lines.paragraphs(range.lowerBound..<(end ?? range.upperBound))
        article.paragraphs += paragraphs.filter { !isImprint($0) }
        article.rest += paragraphs.filter(isImprint)
        guard let end else { return }
        var isCaption = false
        for index in end..<range.upperBound where !all[index].isBlank {
            if let (field, value) = field(all[index].text) {
                isCaption = field == .caption
                if isCaption { article.take(.caption, value) } else { article.rest.append(all[index].text) }
            } else if isCaption, !isImprint(all[index].text) {
                article.captions.append(all[index].text)
            } else {
                article.rest.append(all[index].text)
            }
        }
    }

    /// "LENGTH: 131 words", "Body": a name that is known, capitalised, with a colon or alone.
    private func field(_ text: String) -> (field: ExportField, value: String)? {
        guard let first = text.unicodeScalars.first, first.properties.isUppercase else { return nil }
        guard let colon = text.prefix(40).firstIndex(of: ":") else {
            guard text.utf8.count <= 16, let field = fields.field(text, in: .nexis) else { return nil }
            return [.text, .caption, .part].contains(field) ? (field, "") : nil
        }
        guard let field = fields.field(text[..<colon], in: .nexis) else { return nil }
        return (field, String(text[text.index(after: colon)...]).singleSpaced)
    }

    private func isImprint(_ text: String) -> Bool {
        let small = text.lowercased()
        return (small.hasPrefix("copyright") || small.hasPrefix("©") || small.hasPrefix("all rights reserved"))
            && text.utf8.count < 200
    }

    /// A line that is a date and little else, not the value of a field.
    private func dateLine(_ text: String) -> Bool {
        guard text.utf8.count <= 80, field(text) == nil, text.contains(where: \.isNumber) else { return false }
        let bytes = Array(text.utf8)
        let timed = TimedPieces(lexicon: lexicon, pieces: PieceReader.pieces(of: bytes, in: 0..<bytes.count))
        return timed.dates.contains { $0.date != nil } && timed.rest.count <= 3
    }
}
