import Testing

@testable import DyadFetch

@Suite struct RobotsTests {
    private func rules(_ text: String) -> RobotsRules { RobotsRules(Array(text.utf8), agent: "dyad") }

    @Test func takesTheOwnGroupAndElseTheCommonOne() {
        let text =
            "User-agent: *\nDisallow: /\n\nUser-Agent: Dyad\nUser-agent: other\nDisallow: /b # no\nCrawl-delay: 3\n"
        #expect(rules(text).allows("/a"))
        #expect(!rules(text).allows("/b/c"))
        #expect(rules(text).delay == 3)
        #expect(!RobotsRules(Array(text.utf8), agent: "nobody").allows("/a"))
        #expect(rules("User-agent: dyadic\nDisallow: /\n").allows("/"))
    }

    @Test func theLongestRuleWinsAndPermissionAmongEquals() {
        let text = "User-agent: *\nDisallow: /news\nAllow: /news/world\nDisallow: /x\nAllow: /x\n"
        #expect(!rules(text).allows("/news/home"))
        #expect(rules(text).allows("/news/world/a"))
        #expect(rules(text).allows("/x"))
    }

    @Test func readsStarsAndEnds() {
        let text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /a*b*c\n"
        #expect(!rules(text).allows("/x/y.pdf"))
        #expect(rules(text).allows("/x/y.pdf?z"))
        #expect(!rules(text).allows("/a--b--cd"))
        #expect(rules(text).allows("/a--c"))
    }

    @Test func comparesEscapesByMeaning() {
        let text = "User-agent: *\nDisallow: /%7Eme\nDisallow: /a%2fb\n"
        #expect(!rules(text).allows("/~me/x"))
        #expect(!rules(text).allows("/a%2Fb"))
        #expect(rules(text).allows("/a/b"))
    }

    @Test func readsStrangeFiles() {
        #expect(rules("").allows("/"))
        #expect(rules("<html>no such page</html>").allows("/"))
        #expect(rules("Disallow: /\n").allows("/"))
        #expect(!rules("\u{FEFF}User-agent: *\r\nDisallow: /\r\n").allows("/"))
        #expect(rules("User-agent: *\nDisallow:\n").allows("/"))
    }

    /// Many stars against a long path must not take more than growing time.
    @Test func survivesHostilePatterns() {
        let stars = String(repeating: "*a", count: 900)
        #expect(rules("User-agent: *\nDisallow: /\(stars)$\n").allows("/" + String(repeating: "a", count: 3900) + "b"))
    }
}
