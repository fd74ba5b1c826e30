import DyadCodebook
import DyadLanguage
import DyadPipeline
import Testing

/// Every line of the trigger lexicon has an example sentence, and is right about it.
@Suite struct TriggerExampleTests {
    @Test func areAllCodedAsTheirLinesSay() throws {
        let reader = try Shipped.reader.get()
        let entries = reader.knowledge.triggers.entries
        let failures = reader.failures(of: entries)
        // With AVX2 the encoder rounds to 7 bits instead of 8, which turns a tree in a few hundred.
        let allowed = KernelLevel.current == .avx2 ? entries.count / 100 : 0
        guard failures.count > allowed else { return }
        for failure in failures { Issue.record("\(failure)") }
    }
}
