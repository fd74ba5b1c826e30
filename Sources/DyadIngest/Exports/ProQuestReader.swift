import DyadCore

/// Reads exports of ProQuest: labelled lines such as `Full text:` and `Publication title:`, articles parted by
/// "Document 3 of 20", rules of underscores, or the next article's labels.
struct ProQuestReader {
    let fields: ExportFields
    let stamps: StampReader

    /// True for lines with the labels that only ProQuest prints.
    static func recognises(_ lines: ExportLines) -> Bool {
        lines.lines.contains { $0.text.lowercased().hasPrefix("proquest document id") }
    }

    func read(_ lines: ExportLines, name: String, _ each: (Document) throws -> Void) rethrows -> CollectionReport {
        var report = CollectionReport(format: "ProQuest export")
        var names = ItemNames(file: name)
        var number = 0
        for part in parts(of: lines) {
            let article = article(lines, part)
            let isArticle = article.identifier != nil || !article.paragraphs.isEmpty
            guard isArticle, let first = lines.lines[part].first(where: { !$0.isBlank }) else { continue }
            number += 1
            let place = DocumentPlace(file: name, number: number, byte: first.byte, identifier: article.identifier)
            let id = article.identifier ?? article.title ?? "\(number)"
            if let document = article.document(
                named: names.name(for: id), place: place, format: "proquest", stamps: stamps)
            {
                report.documents += 1
                try each(document)
            } else {
                report.refusals.append(
                    .init(
                        number: number, byte: first.byte,
                        reason: "\(lines.unit) \(first.number): the article has no full text"))
            }
        }
        return report
    }

    private func parts(of lines: ExportLines) -> [Range<Int>] {
        var cuts = [0]
        var hasIdentifier = false
        var hasText = false
        var lastPart: Int?
        for (index, line) in lines.lines.enumerated() {
            let field = field(line.text)?.field
            if NexisReader.opening(line.text) != nil || isRule(line.text) {
                cuts.append(index + 1)
                (hasIdentifier, hasText) = (false, false)
            } else if field == .text, hasText, hasIdentifier {
                // Nothing parted the articles: the next one begins at its title, right behind the last label.
                cuts.append((lastPart ?? index - 1) + 1)
                (hasIdentifier, hasText) = (false, true)
            }
            if field == .part { lastPart = index }
            if field == .identifier { hasIdentifier = true }
            if field == .text { hasText = true }
        }
        let ends = cuts.dropFirst() + [lines.lines.count]
        return zip(cuts, ends).filter { $0 < $1 }.map { $0..<$1 }
    }

    private func isRule(_ text: String) -> Bool {
        text.utf8.count >= 10 && text.utf8.allSatisfy { $0 == 0x5F || $0 == 0x2D }
    }

    private func article(_ lines: ExportLines, _ part: Range<Int>) -> ExportArticle {
        var article = ExportArticle()
        var current: ExportField?
        var title: String?
        var source: String?
        for line in lines.lines[part] where !line.isBlank {
            if let (field, value) = field(line.text) {
                current = field
                switch field {
                case .source: source = source ?? value
                case .author: for name in value.split(separator: ";") { article.take(.author, Self.turned(name)) }
                default: article.take(field, value)
                }
            } else if let field = current {
                // Full text runs on over paragraphs, and so does what is not read.
                if field == .text {
                    article.paragraphs.append(line.text)
                } else if field == .part || field == .other {
                    article.rest.append(line.text)
                } else {
                    title = title ?? line.text
                }
            } else {
                title = title ?? line.text
            }
        }
        article.title = article.title ?? title
        if let source { take(source: source, &article) }
        return article
    }

    /// "Lund, Cara" as "Cara Lund".
    private static func turned(_ name: Substring) -> String {
        let parts = name.split(separator: ",").map { String($0).singleSpaced }
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.split(separator: " ").count <= 3 }) else {
            return String(name).singleSpaced
        }
        return "\(parts[1]) \(parts[0])"
    }

    /// Takes outlet and day from a line, where no field of their own says them.
    ///
    /// Such a line is "Harbour Gazette ; Port Velia [Port Velia]. 12 Apr 2018: 4.".
    private func take(source: String, _ article: inout ExportArticle) {
        if let first = source.split(separator: ";", maxSplits: 1).first, article.publisher == nil {
            article.publisher = String(first).singleSpaced
        }
        if article.date == nil, stamps.day(source) != nil { article.date = source }
    }

    /// "Publication title: The Harbour Post".
    private func field(_ text: String) -> (field: ExportField, value: String)? {
        guard let colon = text.prefix(40).firstIndex(of: ":"), let first = text.unicodeScalars.first,
            first.properties.isUppercase, let field = fields.field(text[..<colon], in: .proquest)
        else { return nil }
        return (field, String(text[text.index(after: colon)...]).singleSpaced)
    }
}
