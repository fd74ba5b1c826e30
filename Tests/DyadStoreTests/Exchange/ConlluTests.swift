import DyadCore
import DyadExchange
import Testing

@Suite struct ConlluTests {
    private let sample = """
        # newdoc id = a
        # sent_id = a-1
        # text = They can't leave Côte d'Ivoire.
        1\tThey\tthey\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\t_
        2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
        2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_
        3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
        4\tleave\tleave\tVERB\tVB\t_\t0\troot\t_\t_
        5\tCôte\tCôte\tPROPN\tNNP\t_\t4\tobj\t_\tName=B-LOC
        6\td'Ivoire\td'Ivoire\tPROPN\tNNP\t_\t5\tflat\t_\tName=I-LOC|SpaceAfter=No
        7\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

        # newpar
        # sent_id = a-2
        # text = Au fait
        1-2\tAu\t_\t_\t_\t_\t_\t_\t_\t_
        1\tà\tà\tADP\tIN\t_\t3\tcase\t_\t_
        2\tle\tle\tDET\tDT\t_\t3\tdet\t_\t_
        3\tfait\tfait\tNOUN\tNN\t_\t0\troot\t_\t_


        """

    @Test func roundTrip() throws {
        let documents = try ConlluReader(keepsAnalysis: true).read(sample)
        let document = try #require(documents.first)
        #expect(documents.count == 1)
        #expect(document.name == "a")
        #expect(String(decoding: document.bytes, as: UTF8.self) == "They can't leave Côte d'Ivoire.\n\nAu fait")
        var writer = ConlluWriter()
        writer.write(document)
        #expect(writer.text == sample)
    }

    @Test func spansAndMultiwords() throws {
        let document = try #require(try ConlluReader().read(sample).first)
        let first = document.sentences[0].sentence
        #expect(first.tokens.map(\.multiword) == [1, 2, 0, 1, 1, 1, 1])
        #expect(first.tokens[1].span == Span(5, 7) && first.tokens[2].span == Span(7, 10))
        #expect(first.tokens.map(\.spaceAfter) == [true, false, true, true, true, false, true])
        #expect(first.tokens[0].upos == "X" && first.names.isEmpty)
        for token in first.tokens {
            #expect(String(decoding: document.bytes[token.span.start..<token.span.end], as: UTF8.self) == token.form)
        }
        let second = document.sentences[1].sentence
        #expect(second.tokens[0].span == second.tokens[1].span)
        let kept = try #require(try ConlluReader(keepsAnalysis: true).read(sample).first).sentences[0].sentence
        #expect(kept.names == [Name(type: .place, tokens: 4..<6)])
        #expect(kept.tokens[3].head == -1 && kept.tokens[0].head == 3)
    }

    @Test func numbersSentences() throws {
        let document = try #require(try ConlluReader(keepsAnalysis: true).read(sample).first)
        var writer = ConlluWriter()
        writer.write(document.sentences.map(\.sentence), bytes: document.bytes, name: "b.txt")
        #expect(writer.text.hasPrefix("# newdoc id = b.txt\n# sent_id = b.txt-1\n# text = They can't leave"))
        #expect(writer.text.contains("# sent_id = b.txt-2\n# text = Au fait\n1-2\tAu\t"))
        let again = try ConlluReader(keepsAnalysis: true).read(writer.text)
        #expect(again.first?.sentences.map(\.sentence.tokens.count) == [7, 3])
    }

    @Test(arguments: [
        ("1\ta\t_\n", 1, "3 columns"), ("# x\n2\ta\t_\t_\t_\t_\t0\troot\t_\t_\n", 2, "word 1 is expected, not 2"),
        ("1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\t_\t_\t_\t0\troot\t_\t_\n", 1, "ends inside"),
        ("1\ta\t_\t_\t_\t_\t9\troot\t_\t_\n", 1, "9 is no head"),
        ("1\t\t_\t_\t_\t_\t0\troot\t_\t_\n", 1, "form is empty"),
        ("1\ta\t_\t_\t_\t_\t0\troot\t_\t_\n# late\n", 2, "a comment inside"),
    ])
    func namesTheLineOfMistakes(text: String, line: Int, reason: String) throws {
        let error = try #require(throws: ConlluError.self) { try ConlluReader(keepsAnalysis: true).read(text) }
        #expect(error.line == line)
        #expect(error.reason.contains(reason))
    }

    @Test func readsWindowsLinesAndEmptyNodes() throws {
        let text = "1\ta\t_\t_\t_\t_\t0\troot\t_\t_\r\n1.1\tb\t_\t_\t_\t_\t_\t_\t_\t_\r\n\r\n"
        #expect(try ConlluReader().read(text).first?.sentences.first?.sentence.tokens.map(\.form) == ["a"])
        #expect(try ConlluReader().read("").isEmpty)
    }
}
