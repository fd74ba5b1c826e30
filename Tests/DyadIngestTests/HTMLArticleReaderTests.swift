import DyadCore
import DyadIngest
import Foundation
import Testing

@Suite struct HTMLArticleReaderTests {
    private func read(_ page: String, name: String = "page.html") throws -> Article {
        try read(Array(page.utf8), name: name)
    }

    private func read(_ bytes: [UInt8], name: String = "page.html") throws -> Article {
        let folder = IngestCorpus.root.appendingPathComponent("Data")
        let reader = HTMLArticleReader(
            lexicon: try BlockLexicon.standard(folder: folder), rules: try HTMLRules.standard(folder: folder))
        return reader.read(try DocumentReader().read(bytes: bytes, name: name))
    }

    private func texts(_ article: Article, _ label: BlockLabel) -> [String] {
        article.blocks.filter { $0.label == label }.map { article.document.text($0.span) }
    }

    private let page = """
        <!DOCTYPE html><html><head><title>Ministers meet over ferry route | Harbour Post</title>
        <meta property="og:title" content="Ministers meet over ferry route">
        <meta property="og:site_name" content="Harbour Post">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"Ministers meet over ferry route",
        "datePublished":"2023-04-11T08:30:00+03:00","author":[{"@type":"Person","name":"Lena Aho"}],}</script></head>
        <body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
        <article><h1>Ministers meet over ferry route</h1>
        <div class="article-body">
        <p>Finland&rsquo;s transport minister met her Estonian colleague in Turku on Tuesday, and both agreed to reopen the <a href="/x">ferry route</a> by June.</p>
        <figure><img src="a.jpg"><figcaption>The ferry terminal in Turku, seen in 2021.</figcaption></figure>
        <p>The route was closed three years ago after the operator lost its licence, officials said at the time.</p>
        <p><a href="/more">Read more: Why the port of Hanko lost its trains</a></p>
        <div class="newsletter-box"><p>Get the best of our reporting in your inbox every morning, free of charge.</p></div>
        <p>Tallinn &amp; Turku will share the cost of a new quay, which engineers expect to finish within two years.</p>
        </div>
        <div class="share-buttons"><a href="#">Share on Facebook</a></div></article>
        <section id="comments"><h3>2 Comments</h3><ol><li class="comment"><div class="comment-author">Marta Kivi</div>
        <time datetime="2023-04-11T10:05">11 April 2023 10:05</time><p>High time that this came.</p>
        <ol class="children"><li class="comment"><div class="comment-author">Olli Rand</div>
        <time datetime="2023-04-11T11:20">11 April 2023 11:20</time><p>And who is going to pay for it?</p></li></ol></li></ol></section>
        <footer><p>Copyright Harbour Post. All rights reserved.</p></footer></body></html>
        """

    @Test func tellsTheBodyFromWhatStandsAroundIt() throws {
        let article = try read(page)
        #expect(texts(article, .paragraph).count == 3)
        #expect(texts(article, .paragraph).last?.hasPrefix("Tallinn & Turku will share") == true)
        #expect(texts(article, .caption) == ["The ferry terminal in Turku, seen in 2021."])
        #expect(texts(article, .title) == ["Ministers meet over ferry route"])
        #expect(texts(article, .share) == ["Share on Facebook"])
    }

    @Test func keepsAWordOverWhichABoxAppears() throws {
        let box = """
            Finland&rsquo;s minister met <span class="tooltip"> <a href="/p/9">Mari Tamm</a><span class="about">Born in Narva,
            she has led the ministry since 2019.</span></span> on the quay, and <span class="tooltip">An isle</span>both agreed.
            """
        let article = try read(page.replacing("Finland&rsquo;s transport minister", with: box + " The minister"))
        let first = try #require(texts(article, .paragraph).first)
        #expect(first.contains("met Mari Tamm on the quay, and both agreed."))
        #expect(!first.contains("Narva") && !first.contains("isle"))
    }

    @Test func readsWhatThePageSaysOfItself() throws {
        let article = try read(page)
        #expect(article.title == "Ministers meet over ferry route")
        #expect(article.published == CalendarDate("2023-04-11"))
        #expect(article.byline == ["Lena Aho"])
        #expect(article.publisher == "Harbour Post")
        #expect(article.metadata.contains { $0.field == .author && $0.source == "json-ld" })
    }

    @Test func keepsStatementsThatDisagree() throws {
        let article = try read(
            page.replacing("content=\"Ministers meet over ferry route\"", with: "content=\"Ferry talks in Turku\""))
        let titles = Set(article.metadata.filter { $0.field == .title }.map(\.value))
        #expect(titles.isSuperset(of: ["Ministers meet over ferry route", "Ferry talks in Turku"]))
    }

    @Test func spansLeadBackToThePage() throws {
        let article = try read(page)
        let source = Document(name: "page", bytes: article.document.originalBytes)
        let text = article.document.text(Span(0, article.document.bytes.count))
        for (words, original) in [
            ("Finland’s", "Finland&rsquo;s"), ("Tallinn & Turku", "Tallinn &amp; Turku"), ("two years.", "two years."),
            ("the ferry route by", "the <a href=\"/x\">ferry route</a> by"),
        ] {
            let range = try #require(text.range(of: words))
            let start = text[..<range.lowerBound].utf8.count
            let span = article.document.original(Span(start, start + words.utf8.count))
            #expect(source.text(span) == original)
        }
    }

    @Test func readsCommentsWithTheirThreads() throws {
        let comments = try read(page).comments
        #expect(comments.map(\.author) == ["Marta Kivi", "Olli Rand"])
        #expect(comments.map(\.time) == ["2023-04-11T10:05", "2023-04-11T11:20"])
        #expect(comments.map(\.replyTo) == [nil, "Marta Kivi"])
        #expect(comments.first?.text == "High time that this came.")
    }

    @Test func takesTheEncodingFromThePage() throws {
        let head = Array("<html><head><meta charset=\"windows-1254\"></head><body><p>".utf8)
        let words =
            Array("The minister met ".utf8) + [0xDE] + Array("im".utf8) + [0xFE]
            + Array("ek in Ankara on Monday, officials said, and left the city.</p></body></html>".utf8)
        let article = try read(head + words)
        #expect(texts(article, .paragraph).first?.contains("Şimşek") == true)
    }

    @Test(arguments: ["<html><body></body></html>", "<html>", "<!doctype html><p", "<html><body><p>Hi</p>"])
    func saysThatAPageIsEmpty(_ page: String) throws {
        #expect(try read(page).diagnostics.contains { $0.identifier == "page.empty" })
    }

    @Test func survivesDeepAndLargePages() throws {
        let deep =
            "<html><body>" + String(repeating: "<div>", count: 200_000) + "text"
            + String(repeating: "</b>", count: 100_000)
        #expect(try read(deep).diagnostics.contains { $0.identifier == "page.depth" })
        let attributes = "<html><body><p " + (0..<200_000).map { "a\($0)=1 " }.joined() + ">Text.</p>"
        #expect(try read(attributes).document.originalBytes.count > 1_000_000)
        let long = "<html><body><p>" + String(repeating: "The envoy left the city on Monday. ", count: 300_000) + "</p>"
        #expect(try read(long).blocks.contains { $0.span.count > 10_000_000 })
    }

    @Test func survivesCutsAndNULs() throws {
        let bytes = Array(page.utf8)
        for end in stride(from: 16, to: bytes.count, by: 61) {
            let article = try read(Array(bytes[..<end]))
            for block in article.blocks { #expect(article.document.original(block.span).end <= end) }
        }
        var broken = bytes
        broken[bytes.count / 2] = 0
        #expect(try read(broken).title == "Ministers meet over ferry route")
    }
}
