import DyadCodebook
import DyadPipeline
import Testing

/// Every line of the trigger lexicon has an example sentence, and is right about it.
@Suite struct TriggerExampleTests {
    @Test func areAllCodedAsTheirLinesSay() throws {
        let reader = try Shipped.reader.get()
        let entries = reader.knowledge.triggers.entries
        let allowance = RoundingAllowance(cases: entries.count)
        for failure in reader.failures(of: entries) { allowance.record([("\(failure)", #_sourceLocation)]) }
    }
}
