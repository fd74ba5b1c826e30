/// Where the bytes of an extracted text stand in the file it was taken from.
///
/// The text of a saved page leaves out tags and resolves entities. Runs of bytes that are the same in both are kept as
/// one entry; what differs, such as `&amp;` and "&", is an entry that is mapped as a whole.
public struct SourceMap: Sendable {
    /// Bytes of the text and the bytes of the original they were made of.
    public struct Run: Sendable, Equatable {
        /// First byte in the text.
        public var text: Int
        /// First byte in the original.
        public var source: Int
        /// Number of bytes in the original.
        public var sourceCount: Int
        /// The same bytes in both, so that each has a place of its own.
        public var isVerbatim: Bool

        /// A run; see the properties.
        public init(text: Int, source: Int, sourceCount: Int, isVerbatim: Bool) {
            self.text = text
            self.source = source
            self.sourceCount = sourceCount
            self.isVerbatim = isVerbatim
        }
    }

    /// The original as UTF-8.
    public let original: [UInt8]
    private let runs: [Run]

    /// A map of runs in the order of the text.
    public init(original: [UInt8], runs: [Run]) {
        self.original = original
        self.runs = runs
    }

    /// The bytes of the original from the first to the last byte of a span of the text.
    ///
    /// Tags that stand between are inside the answer. An empty span gives an empty one.
    public func original(_ span: Span) -> Span {
        guard let first = run(at: span.start) else { return Span(0, 0) }
        let start = place(of: span.start, in: first).start
        guard span.count > 0, let last = run(at: span.end - 1) else { return Span(start, start) }
        let end = place(of: span.end - 1, in: last).end
        return Span(min(start, end), max(start, end))
    }

    private func place(of byte: Int, in run: Run) -> Span {
        guard run.isVerbatim else { return Span(run.source, run.source + run.sourceCount) }
        let offset = min(byte - run.text, max(0, run.sourceCount - 1))
        return Span(run.source + offset, run.source + min(offset + 1, run.sourceCount))
    }

    /// The last run that begins at or before a byte.
    private func run(at byte: Int) -> Run? {
        var low = 0, high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].text <= byte { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? runs[low - 1] : runs.first
    }
}
