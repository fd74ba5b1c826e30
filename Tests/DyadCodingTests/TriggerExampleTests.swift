import DyadCodebook
import DyadPipeline
import Testing

/// Every line of the trigger lexicon has an example sentence, and is right about it.
@Suite struct TriggerExampleTests {
    @Test func areAllCodedAsTheirLinesSay() throws {
        let reader = try Shipped.reader.get()
        let failures = reader.failures(of: reader.knowledge.triggers.entries)
        for failure in failures { Issue.record("\(failure)") }
    }
}
