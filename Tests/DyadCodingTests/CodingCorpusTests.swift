import DyadCore
import DyadPipeline
import DyadTesting
import Foundation
import Testing

/// Everything loaded once for all tests of this target.
enum Shipped {
    static let reader = Result { try Reader() }
}

/// `Tests/Corpora/coding`: texts, and the events that the shipped data and models must find in them.
@Suite struct CodingCorpusTests {
    private static let files = Result { try CorpusFile.files(in: Repository.corpora.appendingPathComponent("coding")) }
    private static let all = (try? files.get()) ?? []
    static let cases = all.filter { $0.name != "coding/known-gaps" }.flatMap(\.cases)
    static let gaps = all.filter { $0.name == "coding/known-gaps" }.flatMap(\.cases)
    private static let allowance = RoundingAllowance(cases: cases.count)
    private static let closedGaps = RoundingAllowance(cases: cases.count)

    @Test func readsTheCorpus() throws {
        #expect(throws: Never.self) { try Self.files.get() }
        #expect(Self.cases.count + Self.gaps.count >= 60)
    }

    @Test(arguments: cases) func findsWhatTheCorpusExpects(_ entry: CorpusCase) throws {
        Self.allowance.record(try failures(entry))
    }

    /// A case whose gap has closed moves to the file of its topic; beyond the allowance for rounding the test fails.
    @Test(arguments: gaps) func stillHasTheGap(_ entry: CorpusCase) throws {
        let failures = try failures(entry)
        guard !failures.isEmpty else {
            let place = SourceLocation(fileID: "Corpora/known-gaps.dyad", filePath: entry.path, line: 1, column: 1)
            return Self.closedGaps.record([("the gap of \(entry) has closed", place)])
        }
        withKnownIssue {
            for failure in failures { Issue.record("\(failure.text)", sourceLocation: failure.location) }
        }
    }

    private func failures(_ entry: CorpusCase) throws -> [(text: String, location: SourceLocation)] {
        let reader = try Shipped.reader.get()
        let document = Document(name: "corpus", text: entry.text, published: entry.date)
        let articles = entry.isReport ? reader.read(document) : [reader.read(text: document)]
        let article = try #require(articles.first)
        return entry.expectations.filter { !$0.holds(for: article) }.map { line in
            let found = article.events.map(Expectation.summary)
            let text =
                "\(entry.path):\(line.line): \(line)\n    found: \(found.isEmpty ? "nothing" : found.joined(separator: "; "))\n    in: \(entry.text.prefix(160))"
            let file = URL(fileURLWithPath: entry.path).lastPathComponent
            return (text, SourceLocation(fileID: "Corpora/\(file)", filePath: entry.path, line: line.line, column: 1))
        }
    }
}
