import Testing

@testable import DyadIngest

/// What is left out before a page is parsed must change neither its text nor its places.
@Suite struct HTMLLightPageTests {
    private func check(_ page: String, _ expected: [String]) {
        let bytes = Array(page.utf8)
        let tree = HTMLParser.tree(of: bytes)
        let texts = tree.nodes.filter { $0.tag == nil }.map {
            String(decoding: tree.text[Int($0.range.lowerBound)..<Int($0.range.upperBound)], as: UTF8.self)
        }
        #expect(texts.filter { $0.contains { !$0.isWhitespace } } == expected)
        for run in tree.runs where run.isVerbatim {
            let source = Int(run.source)..<Int(run.source + run.sourceCount)
            let text = Int(run.text)..<Int(run.text + run.sourceCount)
            #expect(bytes[source].elementsEqual(tree.text[text]))
        }
    }

    @Test func leavesOutScriptsStylesAndComments() {
        check("<p>One</p><script>if (a < b) { \"</p>\" }</script><p>Two</p>", ["One", "Two"])
        check("<p>One</p><STYLE>p > a { }</STYLE><!-- <p>no</p> --><p>Two</p>", ["One", "Two"])
        check("<p>One<!----> and two</p>", ["One and two"])
    }

    @Test func leavesOutAttributesThatNobodyReads() {
        check(
            "<p data-x='a > b' onclick=\"go('<b>')\" class=lead>One</p><a href=\"/x\" rel=next>Two</a>", ["One", "Two"])
        let tree = HTMLParser.tree(of: Array("<p data-x='1' CLASS=lead id=\"two\" style = 'x'>One</p>".utf8))
        let node = tree.nodes.firstIndex { $0.tag == .p }
        #expect(node.flatMap { tree.value(.class, of: $0) } == "lead")
        #expect(node.flatMap { tree.value(.id, of: $0) } == "two")
    }

    @Test func keepsScriptsWithData() {
        let page = "<script type='application/ld+json' data-x=1>{\"headline\": \"One\"}</script><script>let x</script>"
        let tree = HTMLParser.tree(of: Array(page.utf8))
        #expect(tree.scripts.map { String(decoding: tree.values[$0], as: UTF8.self) } == ["{\"headline\": \"One\"}"])
    }

    @Test(arguments: ["<!--", "<script>", "<style>", "<p a=\"", "<p a='b\" "]) func readsMarksThatNothingEnds(
        _ mark: String
    ) {
        let page = "<p>One</p>" + String(repeating: mark, count: 40_000)
        let tree = HTMLParser.tree(of: Array(page.utf8))
        #expect(tree.nodes.contains { $0.tag == .p })
    }
}
