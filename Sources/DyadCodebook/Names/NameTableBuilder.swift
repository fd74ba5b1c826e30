/// Makes a ``NameTable`` name by name.
struct NameTableBuilder {
    private var bytes: [UInt8] = []
    private var entries: [NameTable.Entry] = []
    private var slots: [UInt32] = []
    private var firstWords: [UInt64] = []

    /// A table that will hold about so many names.
    init(expecting count: Int = 1 << 12) {
        var size = 1 << 10
        while size < count + count / 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        firstWords = [UInt64](repeating: 0, count: size)
        entries.reserveCapacity(count)
        bytes.reserveCapacity(count * 20)
    }

    /// What was added.
    var table: NameTable {
        NameTable(
            bytes: FixedArray(bytes), entries: FixedArray(entries), slots: FixedArray(slots),
            firstWords: FixedArray(firstWords))
    }

    /// Adds a name of words joined by single spaces.
    mutating func insert(_ name: [UInt8], value: UInt32) {
        guard !name.isEmpty, name.count < 1 << 15 else { return }
        if entries.count * 3 >= slots.count * 2 { grow() }
        let start = UInt32(bytes.count)
        bytes.append(contentsOf: name)
        entries.append(NameTable.Entry(start: start, length: UInt32(name.count), value: value, next: 0))
        let hash = name.withUnsafeBufferPointer { NameHash($0) }
        link(UInt32(entries.count), hash.name)
        noteFirstWord(hash)
    }

    private mutating func link(_ number: UInt32, _ hash: UInt64) {
        let slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        entries[Int(number) - 1].next = slots[slot]
        slots[slot] = number
    }

    private mutating func noteFirstWord(_ hash: NameHash) {
        let words = UInt64(min(hash.words, 255))
        var at = Int(truncatingIfNeeded: hash.first >> 8) & (firstWords.count - 1)
        while firstWords[at] != 0, firstWords[at] & ~0xFF != hash.first & ~0xFF {
            at = (at + 1) & (firstWords.count - 1)
        }
        if words > firstWords[at] & 0xFF { firstWords[at] = hash.first & ~0xFF | words }
    }

    private mutating func grow() {
        let size = slots.count * 2
        slots = [UInt32](repeating: 0, count: size)
        firstWords = [UInt64](repeating: 0, count: size)
        for i in entries.indices {
            let range = Int(entries[i].start)..<Int(entries[i].start) + Int(entries[i].length)
            let hash = bytes.withUnsafeBufferPointer { NameHash(UnsafeBufferPointer(rebasing: $0[range])) }
            link(UInt32(i + 1), hash.name)
            noteFirstWord(hash)
        }
    }
}
