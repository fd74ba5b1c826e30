import CZlib

/// Unpacks what zlib packed, within limits.
///
/// An instance unpacks one stream piece by piece; it may be reset for the next.
final class Gunzip {
    enum Wrapping: Int32 {
        case gzip = 31
        case zlib = 15
        case raw = -15
    }

    enum Outcome {
        /// All input was used, or the room for output is full.
        case more
        /// The stream is complete.
        case ended
        /// The bytes are damaged.
        case damaged
    }

    private let stream: UnsafeMutablePointer<z_stream>
    private let isReady: Bool

    init(_ wrapping: Wrapping) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        isReady = inflateInit2_(stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        if isReady { inflateEnd(stream) }
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Begins a new stream.
    func reset() { if isReady { inflateReset(stream) } }

    /// Unpacks as much as fits.
    func unpack(
        _ input: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
    ) -> (used: Int, made: Int, outcome: Outcome) {
        guard isReady, let source = input.baseAddress, let target = room.baseAddress else { return (0, 0, .damaged) }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = target.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(room.count)
        let status = inflate(stream, Z_NO_FLUSH)
        let used = input.count - Int(stream.pointee.avail_in), made = room.count - Int(stream.pointee.avail_out)
        switch status {
        case Z_STREAM_END: return (used, made, .ended)
        case Z_OK, Z_BUF_ERROR: return (used, made, .more)
        default: return (used, made, .damaged)
        }
    }

    /// Why bytes could not be unpacked.
    enum Trouble: Error {
        case damaged
        case tooLarge
        /// More than ``maximumRatio`` times the size.
        case bomb
    }

    /// Larger files are refused when they unpack to more than this many times their size.
    static let maximumRatio = 100
    /// Below this size the ratio is not looked at.
    static let freeBytes = 4_000_000

    /// The first bytes of a stream, as far as they can be unpacked.
    static func start(of bytes: [UInt8], limit: Int) -> [UInt8] {
        let unpacker = Gunzip(.gzip)
        return [UInt8](unsafeUninitializedCapacity: limit) { room, count in
            count = bytes.withUnsafeBytes { unpacker.unpack($0, into: UnsafeMutableRawBufferPointer(room)).made }
        }
    }

    /// A whole stream, and of gzip all streams behind one another.
    ///
    /// - Returns: the bytes, and whether the end is missing.
    static func unpacked(
        _ bytes: [UInt8], _ wrapping: Wrapping, limit: Int
    ) throws(Trouble) -> (bytes: [UInt8], isCutOff: Bool) {
        let unpacker = Gunzip(wrapping)
        var out: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let step = piece(of: bytes, from: start, unpacker, into: &out)
            start += step.used
            if out.count > limit { throw .tooLarge }
            if out.count > freeBytes, out.count / maximumRatio > start { throw .bomb }
            switch step.outcome {
            case .damaged:
                if out.isEmpty { throw .damaged }
                return (out, true)
            case .ended:
                guard wrapping == .gzip, start + 2 < bytes.count, bytes[start] == 0x1F, bytes[start + 1] == 0x8B else {
                    return (out, false)
                }
                unpacker.reset()
            case .more: if step.used == 0, step.made == 0 { return (out, true) }
            }
        }
        return (out, true)
    }

    private static func piece(
        of bytes: [UInt8], from start: Int, _ unpacker: Gunzip, into out: inout [UInt8]
    ) -> (used: Int, made: Int, outcome: Outcome) {
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { room in
            let step = bytes.withUnsafeBytes {
                unpacker.unpack(UnsafeRawBufferPointer(rebasing: $0[start...]), into: room)
            }
            out.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[..<step.made]))
            return step
        }
    }
}
