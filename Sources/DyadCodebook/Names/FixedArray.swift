import Foundation

/// Values that never change, in the program's own memory or in a mapped file.
///
/// Nothing writes to the memory once it is filled, so threads may share it.
struct FixedArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    private let owner: AnyObject
    /// All of them.
    let values: UnsafeBufferPointer<Element>

    /// A copy of an array.
    init(_ array: [Element]) {
        let memory = OwnMemory<Element>(array)
        owner = memory
        values = UnsafeBufferPointer(memory.values)
    }

    /// Part of a mapped file; nil when the bytes lie outside it, are out of step or are no whole number of values.
    init?(_ file: MappedFile, _ range: Range<Int>) {
        let stride = MemoryLayout<Element>.stride
        guard range.lowerBound >= 0, range.upperBound <= file.bytes.count, range.count % stride == 0,
            range.lowerBound % MemoryLayout<Element>.alignment == 0
        else { return nil }
        owner = file
        values = UnsafeRawBufferPointer(rebasing: file.bytes[range]).assumingMemoryBound(to: Element.self)
    }

    var count: Int { values.count }

    subscript(_ index: Int) -> Element {
        precondition(index >= 0 && index < values.count, "outside the table")
        return values[index]
    }
}

/// Memory that is given back with its owner.
private final class OwnMemory<Element: BitwiseCopyable> {
    let values: UnsafeMutableBufferPointer<Element>

    init(_ array: [Element]) {
        values = .allocate(capacity: array.count)
        _ = values.initialize(from: array)
    }

    deinit { values.deallocate() }
}

/// A file seen as memory, read only.
///
/// The file must not be changed in place while it is mapped; Dyad replaces such files as a whole.
final class MappedFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    /// Nil when the file is missing, empty or cannot be mapped.
    init?(_ url: URL) {
        let file = open(url.path, O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let size = lseek(file, 0, SEEK_END)
        guard size > 0, let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), memory != MAP_FAILED else {
            return nil
        }
        bytes = UnsafeRawBufferPointer(start: memory, count: size)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}

/// A hash of many bytes at several gigabytes a second, the same on every machine of one byte order.
///
/// It tells whether a file is the one that was read before; it is no protection against somebody who means harm.
struct ContentHash {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        var lanes: (UInt64, UInt64, UInt64, UInt64) = (value, value ^ 1, value ^ 2, value ^ 3)
        var at = 0
        while at + 32 <= bytes.count {
            lanes.0 = Self.step(lanes.0, bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            lanes.1 = Self.step(lanes.1, bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
            lanes.2 = Self.step(lanes.2, bytes.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self))
            lanes.3 = Self.step(lanes.3, bytes.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self))
            at += 32
        }
        var tail = Self.step(UInt64(bytes.count), value)
        for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { tail = Self.step(tail, lane) }
        for byte in bytes[at...] { tail = Self.step(tail, UInt64(byte)) }
        value = tail
    }

    mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { combine(UnsafeRawBufferPointer($0)) }
    }

    /// Each step can be undone, so a change of one word always changes the result.
    private static func step(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
        return product ^ (product >> 29)
    }
}
