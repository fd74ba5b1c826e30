import DyadCodebook
import DyadLanguage
import DyadPipeline
import DyadTesting
import Foundation
import Testing

/// Every line of the CAMEO patterns has an example sentence that gets its code.
@Suite struct OntologyExampleTests {
    @Test func giveTheCodesOfTheirLines() throws {
        let reader = try Shipped.reader.get()
        let cameo = try #require(reader.knowledge.cameo)
        let failures = reader.failures(of: cameo)
        // With AVX2 the encoder rounds to 7 bits instead of 8, which turns a few trees.
        let allowed = KernelLevel.current == .avx2 ? cameo.patterns.count / 50 : 0
        guard failures.count > allowed else { return }
        for failure in failures { Issue.record("\(failure)") }
    }

    /// Every line of a convention, too.
    @Test func giveTheCodesOfTheConventions() throws {
        let reader = try Shipped.reader.get()
        let conventions = try #require(reader.knowledge.cameo).conventions
        #expect(!conventions.isEmpty)
        for convention in conventions.values {
            let failures = reader.failures(of: convention)
            let allowed = KernelLevel.current == .avx2 ? 1 : 0
            guard failures.count > allowed else { continue }
            for failure in failures { Issue.record("\(failure)") }
        }
    }

    @Test func giveTheCodesOfAFolderOfOnesOwn() throws {
        let path = Repository.root.appendingPathComponent("Examples/codebooks/border").path
        let reader = try Reader(codebook: path)
        let failures = reader.failures(of: try #require(reader.knowledge.own))
        for failure in failures { Issue.record("\(failure)") }
    }
}
