/// Writes answers in the order of their questions, whatever the order in which they come.
struct OrderedOutput {
    private let descriptor: Int32
    private var next = 0
    private var waiting: [Int: [UInt8]] = [:]
    /// Bytes of answers that wait for an earlier one.
    private(set) var heldBytes = 0
    /// True when nobody reads the output any more.
    private(set) var isClosed = false

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Answers written so far.
    var written: Int { next }

    mutating func put(_ answer: [UInt8], at index: Int) {
        waiting[index] = answer
        heldBytes += answer.count
        var out: [UInt8] = []
        while let ready = waiting.removeValue(forKey: next) {
            out += ready
            out.append(0x0A)
            heldBytes -= ready.count
            next += 1
        }
        if !out.isEmpty, !isClosed { isClosed = !Console.write(out, to: descriptor) }
    }
}
