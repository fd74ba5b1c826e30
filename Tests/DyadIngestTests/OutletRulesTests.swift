import DyadCore
import DyadTesting
import Foundation
import Testing

@testable import DyadIngest

@Suite struct OutletRulesTests {
    private static let page = """
        <html><head><title>Harbour dues | The Sandbar</title><meta name="generator" content="Sandcastle 4.2">
        <link rel="canonical" href="https://world.sandbar.example/dues"></head><body>
        <div class="x1"><p>Subscribe to our letter and learn first what the harbour master of Koror thinks about boats.</p>
        <p>You can stop the letter at any time, and it does not cost you anything at all, we promise it.</p>
        <p>Thousands of readers take it every week, and most of them read it to the end, they tell us.</p></div>
        <div class="x2"><div class="t">Harbour dues to rise in Koror</div><span class="who">By Ana Tui and Rui Malo</span>
        <span class="when">4 May 2021</span>
        <div class="x3"><p>Palau will raise harbour dues for boats from Nauru in June, the transport ministry said.</p>
        <p class="promo">Nauru asked Palau on Tuesday to think again and offered to send an envoy, officials said.</p>
        <p class="n9">This text was made possible by the friends of the harbour, who pay for one report each month.</p>
        </div></div></body></html>
        """

    private static let rules = """
        where	part	selector
        *.sandbar.example	body	.x2 > .x3
        *.sandbar.example	title	div.t
        *.sandbar.example	author	.x2 .who
        *.sandbar.example	date	.when
        *.sandbar.example	drop	.n9
        *.sandbar.example	keep	.promo
        """

    private func article(_ rules: String, page: String = page, url: String? = nil) throws -> Article {
        let reader = HTMLArticleReader(
            lexicon: try BlockLexicon.standard(folder: Repository.data),
            rules: try HTMLRules.standard(folder: Repository.data), outlets: try OutletRules(tables: [("o.tsv", rules)])
        )
        var document = try DocumentReader().read(bytes: Array(page.utf8), name: "a.html")
        document.url = url
        return reader.read(document)
    }

    private func body(_ article: Article) -> String {
        article.blocks.filter { $0.label == .paragraph }.map { article.document.text($0.span) }.joined(separator: "\n")
    }

    @Test func findsEveryPart() throws {
        let article = try article(Self.rules)
        #expect(article.title == "Harbour dues to rise in Koror")
        #expect(article.byline == ["Ana Tui", "Rui Malo"])
        #expect(article.published == CalendarDate("2021-05-04"))
        let body = body(article)
        #expect(body.contains("Palau will raise") && body.contains("Nauru asked Palau"))
        #expect(!body.contains("letter") && !body.contains("made possible"))
    }

    @Test func holdsForItsHostOnly() throws {
        let other = try article(Self.rules, url: "https://sandbar.example.net/dues")
        #expect(other.title != "Harbour dues to rise in Koror")
        let exact = Self.rules.replacing("*.sandbar.example", with: "world.sandbar.example")
        #expect(try article(exact).title == "Harbour dues to rise in Koror")
        #expect(try article(exact, url: "https://sandbar.example/").title != "Harbour dues to rise in Koror")
        #expect(try article(Self.rules, url: "https://sandbar.example:8080/").title == "Harbour dues to rise in Koror")
        let saved = "<!-- saved from url=(0034)https://world.sandbar.example/x -->"
        let page = saved + Self.page.replacing("canonical", with: "other")
        #expect(try article(exact, page: page).title == "Harbour dues to rise in Koror")
    }

    @Test func aNarrowerLineComesFirst() throws {
        let rules = Self.rules + "\nworld.sandbar.example\ttitle\ttitle\ngenerator:Sandcastle\ttitle\t.who\n"
        #expect(try article(rules).title == "Harbour dues | The Sandbar")
    }

    @Test func aProgramsBodyMustHoldTheProse() throws {
        let rules = "generator:sandcastle\tbody\t.when\ngenerator:sandcastle\tdrop\t.x1\n"
        let found = body(try article(rules))
        #expect(found.contains("Palau will raise") && !found.contains("letter"))
    }

    @Test func saysWhenAHostsBodyIsNotFound() throws {
        let article = try article("sandbar.example\tbody\t.gone\n", url: "https://sandbar.example/1")
        let said = article.diagnostics.first { $0.identifier == "page.outlet" }
        #expect(said?.summary.contains("o.tsv:1") == true)
        #expect(!body(article).isEmpty)
    }

    @Test(arguments: [
        ("sandbar\tbody\t.a", 1), ("*.\tbody\t.a", 1), ("generator:\tbody\t.a", 1), ("a.example\ttext\t.a", 2),
        ("a.example\tbody\t", 3), ("a.example\tbody\t.", 3), ("a.example\tbody\tblink", 3),
        ("a.example\tbody\t> p", 3), ("a.example\tbody\tp >", 3), ("a.example\tbody\t[onclick]", 3),
        ("a.example\tbody\t[class=a", 3), ("a.example\tbody\tp:first-child", 3), ("a.example\tbody", 0),
        ("a.example\tbody\tp,div", 3), ("a.example\tbody\ta b i u p em q s span", 3),
    ])
    func explainsMistakes(_ row: String, _ column: Int) {
        let error = #expect(throws: OutletRulesError.self) {
            try OutletRules(tables: [("o.tsv", "where\tpart\tselector\n" + row + "\n")])
        }
        #expect(error?.files.first?.mistakes.first.map { [$0.line, $0.column] } == [2, column])
    }

    @Test func reportsAllMistakesOfAllFilesAndRepetitions() {
        let row = "a.example\tbody\t.a\n"
        let error = #expect(throws: OutletRulesError.self) {
            try OutletRules(tables: [("a.tsv", row + "x\tbody\t.b\n"), ("b.tsv", row + "\n" + "a.example\tbody\t..\n")])
        }
        #expect(error?.files.map(\.mistakes.count) == [1, 2])
        #expect(error?.description.contains("b.tsv:1: the same line stands in a.tsv:1") == true)
        #expect(error?.description.contains("b.tsv:3:3: character 1") == true)
    }

    @Test func readsTheShippedRules() throws {
        #expect(try !OutletRules.standard(folder: Repository.data).isEmpty)
    }

    @Test func selectsByElementsAround() throws {
        let tree = HTMLParser.tree(
            of: Array(
                "<div class='a b'><p id=one>1<div class=a><section><p itemprop='x y'>2</p></section></div></div>".utf8))
        let words = { (text: String) in try OutletSelector(text).nodes(in: tree).map { tree.words(of: $0) } }
        #expect(try words("p") == ["1", "2"])
        #expect(try words(".a .a p") == ["2"])
        #expect(try words(".a > p") == ["1"])
        #expect(try words(".a.b > .a > section > p") == ["2"])
        #expect(try words("div p#one") == ["1"])
        #expect(try words("[itemprop=y]") == ["2"])
        #expect(try words(".a > section > div") == [])
        #expect(try words("* > section") == ["2"])
    }
}
