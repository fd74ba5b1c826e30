import DyadExchange
import Foundation

/// Cuts a stream into lines and holds no more of a line than its limit.
struct LineReader {
    /// A line without its line feed.
    enum Line {
        case whole([UInt8])
        /// A line over the limit: what it is called, and how long it was.
        case tooLong(id: JSONValue, bytes: Int)

        /// Memory that it needs.
        var size: Int {
            if case .whole(let bytes) = self { return bytes.count }
            return 0
        }
    }

    private let descriptor: Int32
    private let limit: Int
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var pending: [UInt8] = []
    /// Set while a line over the limit goes by.
    private var overlong: (finder: RecordIdentifier, bytes: Int)?
    /// True when nothing more can come.
    private(set) var isAtEnd = false

    init(_ descriptor: Int32, limit: Int) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// The lines that one read completes; it waits when nothing is there.
    mutating func read() -> [Line] {
        let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR || errno == EAGAIN { return [] }
        var lines: [Line] = []
        guard count > 0 else {
            isAtEnd = true
            if !pending.isEmpty || overlong != nil { lines.append(close()) }
            return lines
        }
        var start = 0
        while let feed = buffer[start..<count].firstIndex(of: 0x0A) {
            add(buffer[start..<feed])
            lines.append(close())
            start = feed + 1
        }
        add(buffer[start..<count])
        return lines
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        if overlong != nil {
            overlong?.finder.feed(bytes)
            overlong?.bytes += bytes.count
            return
        }
        pending += bytes
        guard pending.count > limit else { return }
        var finder = RecordIdentifier()
        finder.feed(pending)
        overlong = (finder, pending.count)
        pending = []
    }

    private mutating func close() -> Line {
        defer {
            pending = []
            overlong = nil
        }
        return overlong.map { .tooLong(id: $0.finder.value, bytes: $0.bytes) } ?? .whole(pending)
    }
}
