import DyadLanguage
import Synchronization
import Testing

/// How many cases of a corpus may fall otherwise on another processor.
///
/// Sums of floating-point numbers differ in their last digits with the processor, its mathematical library and the
/// compiler's settings, and AVX2 rounds to 7 bits instead of 8. That turns a tree in some hundreds of sentences. Cases
/// within the allowance are printed as known issues; one more fails the test.
final class RoundingAllowance: Sendable {
    private let left: Mutex<Int>

    /// One in a hundred cases with AVX2, one in three hundred elsewhere, and never less than one.
    init(cases: Int) {
        left = Mutex(max(1, cases / (KernelLevel.current == .avx2 ? 100 : 300)))
    }

    /// Records the failures of one case, as known issues while the allowance lasts.
    func record(_ failures: [(text: String, location: SourceLocation)]) {
        guard !failures.isEmpty else { return }
        let isAllowed = left.withLock { left in
            left -= 1
            return left >= 0
        }
        func record() {
            for failure in failures { Issue.record("\(failure.text)", sourceLocation: failure.location) }
        }
        if isAllowed { withKnownIssue("rounding", record) } else { record() }
    }
}
