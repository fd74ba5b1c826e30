import Foundation
import Synchronization

/// Does the same with every element, on threads of its own, one for each core.
///
/// The pool of Dispatch counts the threads of all programs on a machine and may leave cores idle; these do not.
enum Lanes {
    /// Deep trees are read by functions that call themselves.
    private static let stackSize = 16 << 20

    /// What the threads share: the next element to take and the results so far.
    private final class Board<Output: Sendable>: Sendable {
        private let next = Mutex(0)
        private let results: Mutex<[Output?]>

        init(count: Int) { results = Mutex([Output?](repeating: nil, count: count)) }

        func take(of count: Int) -> Int? {
            next.withLock { next in
                guard next < count else { return nil }
                defer { next += 1 }
                return next
            }
        }

        func put(_ output: Output, at index: Int) { results.withLock { $0[index] = output } }

        func all() -> [Output] { results.withLock { $0 }.compactMap { $0 } }
    }

    /// Results in the order of the elements; the heaviest are begun first, so that the threads end together.
    static func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], weight: (Input) -> Int = { _ in 0 }, _ body: @escaping @Sendable (Input) -> Output
    ) -> [Output] {
        let width = min(ProcessInfo.processInfo.activeProcessorCount, inputs.count)
        guard width > 1 else { return inputs.map(body) }
        let order = inputs.indices.map { (index: $0, weight: weight(inputs[$0])) }
            .sorted { ($1.weight, $0.index) < ($0.weight, $1.index) }.map(\.index)
        let board = Board<Output>(count: inputs.count)
        let done = DispatchSemaphore(value: 0)
        for _ in 0..<width {
            let thread = Thread {
                while let turn = board.take(of: order.count) {
                    board.put(body(inputs[order[turn]]), at: order[turn])
                }
                done.signal()
            }
            thread.stackSize = stackSize
            thread.start()
        }
        for _ in 0..<width { done.wait() }
        return board.all()
    }
}
