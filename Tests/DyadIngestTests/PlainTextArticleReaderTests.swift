import DyadCore
import DyadIngest
import Foundation
import Testing

@Suite struct PlainTextArticleReaderTests {
    static let lexicon = try? BlockLexicon.standard(folder: IngestCorpus.root.appendingPathComponent("Data"))
    let reader = PlainTextArticleReader(lexicon: lexicon ?? BlockLexicon())

    @Test(arguments: IngestCorpus.cases) func findsWhatTheCorpusExpects(_ entry: IngestCase) {
        let articles = reader.read(Document(name: entry.file, text: entry.text))
        let checker = ArticleChecker(entry: entry, articles: articles)
        for failure in checker.failures() { Issue.record("\(failure)") }
    }

    @Test(arguments: IngestCorpus.cases) func putsEveryByteIntoOneBlock(_ entry: IngestCase) {
        let document = Document(name: entry.file, text: entry.text)
        expectCover(reader.read(document), document)
    }

    @Test func readsTheCorpus() { #expect(IngestCorpus.cases.count > 80) }

    @Test func coversTextsCutOffAnywhere() throws {
        let entry = try #require(IngestCorpus.cases.first { $0.file == "comments.dyad" })
        let bytes = Array(entry.text.utf8)
        for length in stride(from: 0, to: bytes.count, by: 7) {
            let document = Document(name: "cut", bytes: Array(bytes[..<length]))
            expectCover(reader.read(document), document)
        }
    }

    @Test func coversRandomBytes() {
        var state: UInt64 = 42
        for size in [1, 2, 17, 300, 2000] {
            let bytes = (0..<size).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            let document = Document(name: "random", bytes: bytes)
            expectCover(reader.read(document), document)
        }
    }

    @Test func coversLineEndsOfAllKinds() {
        for end in ["\n", "\r\n", "\r"] {
            let text = "Title of it\(end)\(end)Peru and Chile agreed on Monday to reopen the road.\(end)They met.\(end)"
            let document = Document(name: "ends", text: "\u{FEFF}" + text)
            let articles = reader.read(document)
            expectCover(articles, document)
            #expect(articles.first?.title == "Title of it")
        }
    }

    @Test func worksWithoutALexicon() {
        let text = "Talks end\n\nPeru and Chile agreed on Monday to reopen the road between the two towns.\n"
        let article = PlainTextArticleReader().read(Document(name: "bare", text: text)).first
        #expect(article?.title == "Talks end")
        #expect(article?.blocks.map(\.label) == [.title, .blank, .paragraph])
    }

    @Test func readsOneVeryLongLine() {
        let sentence = Array("Turkey and Iraq agreed on Monday to share the water of the river. ".utf8)
        var bytes: [UInt8] = []
        for _ in 0..<100_000 { bytes += sentence }
        let document = Document(name: "long", bytes: bytes)
        expectCover(reader.read(document), document)
    }

    private func expectCover(_ articles: [Article], _ document: Document) {
        var position = 0
        for block in articles.flatMap(\.blocks) {
            #expect(block.span.start == position, "a block of \(document.name) does not follow the one before")
            position = block.span.end
        }
        #expect(position == document.bytes.count)
        for comment in articles.flatMap(\.comments) { #expect(comment.span.end <= document.bytes.count) }
    }
}

/// Compares articles with the expectations of a case.
private struct ArticleChecker {
    let entry: IngestCase
    let articles: [Article]

    func failures() -> [String] {
        var out: [String] = []
        var current = 0
        for expectation in entry.expectations {
            if expectation.keyword == "article" { current = (Int(expectation.value) ?? 1) - 1 }
            guard articles.indices.contains(current) else { return ["\(entry): no article \(current + 1)"] }
            if let got = mismatch(expectation, articles[current], current + 1) {
                out.append(
                    "\(entry.file):\(expectation.line): wanted \(expectation.keyword) \(expectation.value), got \(got)")
            }
        }
        return out + sequences()
    }

    private func mismatch(_ wanted: IngestCase.Expectation, _ article: Article, _ number: Int) -> String? {
        func compare(_ got: String?) -> String? { got == wanted.value ? nil : got ?? "nothing" }
        switch wanted.keyword {
        case "articles": return compare(String(articles.count))
        case "title": return compare(article.title)
        case "deck": return compare(article.deck)
        case "publisher": return compare(article.publisher)
        case "date": return compare(article.published?.description)
        case "byline": return compare(article.byline.joined(separator: "; "))
        case "dateline": return compare(article.dateline)
        case "place": return compare(article.datelinePlace)
        case "agency": return compare(article.datelineAgency)
        case "comments": return compare(String(article.comments.count))
        case "absent": return present(wanted.value, article)
        case "label": return label(wanted.value, article)
        default: return nil
        }
    }

    private func present(_ names: String, _ article: Article) -> String? {
        let values: [String: String?] = [
            "title": article.title, "deck": article.deck, "publisher": article.publisher,
            "date": article.published?.description, "byline": article.byline.first, "dateline": article.dateline,
            "place": article.datelinePlace, "agency": article.datelineAgency,
        ]
        for name in names.split(separator: " ") {
            if let value = values[String(name)] ?? nil { return "\(name) \(value)" }
        }
        return nil
    }

    private func label(_ value: String, _ article: Article) -> String? {
        let parts = value.split(separator: " ", maxSplits: 1)
        let words = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        let block = article.blocks.first { text($0, article) == words }
        guard let block else { return "no such block" }
        return block.label.rawValue == parts[0] ? nil : block.label.rawValue
    }

    /// Paragraphs, headings, captions and comments are compared as whole lists where a case names any.
    private func sequences() -> [String] {
        var out: [String] = []
        for (index, article) in articles.enumerated() {
            let wanted = expectations(of: index)
            let body = wanted.filter { ["body", "heading"].contains($0.keyword) }.map { $0.value }
            if !body.isEmpty { out += differences(body, texts([.paragraph, .subheading], article), prefix: true) }
            let captions = wanted.filter { $0.keyword == "caption" }.map { $0.value }
            if !captions.isEmpty { out += differences(captions, texts([.caption], article), prefix: false) }
            let comments = wanted.filter { $0.keyword == "comment" }.map { $0.value }
            if !comments.isEmpty { out += differences(comments, article.comments.map(line), prefix: false) }
        }
        return out.map { "\(entry): \($0)" }
    }

    private func expectations(of index: Int) -> [IngestCase.Expectation] {
        var current = 0
        return entry.expectations.filter { expectation in
            if expectation.keyword == "article" { current = (Int(expectation.value) ?? 1) - 1 }
            return current == index
        }
    }

    private func differences(_ wanted: [String], _ got: [String], prefix: Bool) -> [String] {
        let isSame = wanted.count == got.count && zip(wanted, got).allSatisfy { prefix ? $1.hasPrefix($0) : $0 == $1 }
        return isSame ? [] : ["wanted\n  \(wanted.joined(separator: "\n  "))\ngot\n  \(got.joined(separator: "\n  "))"]
    }

    private func line(_ comment: DyadCore.Comment) -> String {
        let text = comment.text.isEmpty ? "-" : comment.text.replacingOccurrences(of: "\n", with: "⏎")
        return [comment.author ?? "-", comment.time ?? "-", comment.replyTo ?? "-", text].joined(separator: " | ")
    }

    private func texts(_ labels: Set<BlockLabel>, _ article: Article) -> [String] {
        article.blocks.filter { labels.contains($0.label) }.map { block in
            let text = text(block, article)
            return text.hasPrefix("- ") ? String(text.dropFirst(2)) : text
        }
    }

    private func text(_ block: Block, _ article: Article) -> String {
        article.document.text(block.span).split { $0.isWhitespace }.joined(separator: " ")
    }
}
