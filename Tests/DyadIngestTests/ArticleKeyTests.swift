import DyadCore
import DyadIngest
import Foundation
import Testing

@Suite struct ArticleKeyTests {
    private let text = """
        Talks end

        LIMA (AP) - Peru and Chile agreed on Monday to reopen the road between
        the two towns, their ministers said.

        - A second road

        Chile promised to build another road by May. Peru will pay half of it.

        © 2020 Lima Wire
        """

    @Test func writesTheKeyOfAnArticle() throws {
        let lexicon = try BlockLexicon.standard(folder: IngestCorpus.root.appendingPathComponent("Data"))
        let document = Document(name: "a.txt", text: text)
        let key = ArticleKey(file: "a.txt", articles: PlainTextArticleReader(lexicon: lexicon).read(document))
        let entry = try #require(key.articles.first)
        #expect(entry.title == "Talks end")
        #expect(entry.datelineAgency == "AP")
        #expect(
            entry.body == [
                "Peru and Chile agreed on Monday to reopen the road between the two towns, their ministers said.",
                "A second road", "Chile promised to build another road by May. Peru will pay half of it.",
            ])
        #expect(entry.boilerplate == ["© 2020 Lima Wire"])
        let json = key.json()
        #expect(json.contains("\"dateline_place\":\"LIMA\""))
        #expect(json.contains("\"date\":null"))
        #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
    }
}
