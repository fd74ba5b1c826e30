import DyadCore
import DyadModels
import DyadTesting
import Foundation
import Testing

@testable import DyadLanguage

@Suite struct LanguageModelTests {
    /// One model for each level that this machine runs, loaded once.
    private static let analysers = Result {
        let tokeniser = Tokeniser(lexicon: try TokenLexicon(folder: Repository.data))
        return try availableLevels.map { level in
            (
                level: level,
                analyser: LanguageAnalyser(model: try LanguageModel.standard(level: level), tokeniser: tokeniser)
            )
        }
    }

    private func analyse(_ text: String, _ analyser: LanguageAnalyser, _ workspace: LanguageModel.Workspace = .init())
        -> [Sentence]
    {
        let bytes = Array(text.utf8)
        return analyser.sentences(in: bytes, passages: [.init(span: Span(0, bytes.count))], workspace)
    }

    private static let text =
        "Kenya's foreign minister visited Uganda on Monday. The two neighbours signed a trade agreement."

    @Test func agreesAtEveryLevel() throws {
        let all = try Self.analysers.get().map { analyse(Self.text, $0.analyser) }
        for found in all {
            try #require(found.count == 2)
            #expect(found.map { $0.tokens.map(\.head) } == all[0].map { $0.tokens.map(\.head) })
            #expect(found.map { $0.tokens.map(\.relation) } == all[0].map { $0.tokens.map(\.relation) })
        }
        let first = all[0][0].tokens, second = all[0][1].tokens
        let visited = try #require(first.firstIndex { $0.form == "visited" })
        #expect(first[visited].head == -1 && first[visited].upos == "VERB" && first[visited].lemma == "visit")
        #expect(first.first { $0.form == "minister" }?.head == visited)
        #expect(first.first { $0.form == "minister" }?.relation == "nsubj")
        #expect(first.first { $0.form == "Uganda" }?.relation == "obj")
        let signed = try #require(second.firstIndex { $0.form == "signed" })
        #expect(second[signed].head == -1)
        #expect(second.first { $0.form == "agreement" }?.head == signed)
    }

    @Test func givesTheSameTwice() throws {
        let analyser = try #require(try Self.analysers.get().last?.analyser)
        let workspace = LanguageModel.Workspace()
        let first = analyse(Self.text, analyser, workspace)
        _ = analyse("Peru waits.", analyser, workspace)
        #expect(analyse(Self.text, analyser, workspace) == first)
    }

    /// A passage is read alone or beside others: the tree does not change.
    @Test func doesNotDependOnTheBatch() throws {
        let analyser = try #require(try Self.analysers.get().last?.analyser)
        let bytes = Array("Chad thanked Niger for its help.\n\nBolivia recalled its ambassador from Chile.".utf8)
        let spans = [Span(0, 32), Span(34, bytes.count)]
        let together = analyser.sentences(in: bytes, passages: spans.map { .init(span: $0) }, .init())
        let alone = spans.flatMap { analyser.sentences(in: bytes, passages: [.init(span: $0)], .init()) }
        #expect(together == alone)
    }

    @Test func keepsHeadlinesWhole() throws {
        let analyser = try #require(try Self.analysers.get().last?.analyser)
        let bytes = Array("Talks fail. Chad leaves".utf8)
        let whole = analyser.sentences(
            in: bytes, passages: [.init(span: Span(0, bytes.count), label: .title, isWhole: true)], .init())
        #expect(whole.count == 1)
    }

    @Test func analysesGivenWords() throws {
        let analyser = try #require(try Self.analysers.get().last?.analyser)
        let words = ["Peru", "thanked", "Chile", "."].enumerated().map {
            Token(form: $1, span: Span($0 * 10, $0 * 10 + $1.utf8.count))
        }
        let found = analyser.sentences(given: [words, []], .init())
        #expect(found.count == 1 && found[0].tokens.map(\.form) == ["Peru", "thanked", "Chile", "."])
        #expect(found[0].tokens.map(\.head) == [1, -1, 1, 1])
    }

    @Test func makesTreesOfAnything() throws {
        let analyser = try #require(try Self.analysers.get().last?.analyser)
        var numbers = RepeatableNumbers(seed: 9)
        for text in ["", "???", ". . .", "ق م", String(repeating: "a", count: 300), "\u{0} \u{1}"] {
            for sentence in analyse(text, analyser) { expectTree(sentence, text) }
        }
        for _ in 0..<4 {
            let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &numbers) }
            for sentence in analyser.sentences(in: bytes, passages: [.init(span: Span(0, bytes.count))], .init()) {
                expectTree(sentence, "\(bytes)")
            }
        }
    }

    private func expectTree(_ sentence: Sentence, _ what: String) {
        #expect(sentence.tokens.filter { $0.head == -1 }.count == 1, "\(what)")
        #expect(sentence.tokens.allSatisfy { $0.head < sentence.tokens.count }, "\(what)")
        #expect(sentence.names.allSatisfy { $0.tokens.upperBound <= sentence.tokens.count }, "\(what)")
    }

    @Test func readsParagraphsLongerThanAWindow() throws {
        let analyser = try #require(try Self.analysers.get().last?.analyser)
        let text = (1...14).map { "Envoy number \($0) of Peru met the press in Lima today." }.joined(separator: " ")
        let found = analyse(text, analyser)
        #expect(found.flatMap(\.tokens).map(\.form).joined() == text.replacing(" ", with: "").replacing(".", with: "."))
        #expect(found.count == 14)
    }
}
