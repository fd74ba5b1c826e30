/// Names and what they stand for, as one block of bytes with a hash index.
///
/// Half a million names take some tens of megabytes and a fraction of a second: no string is made until a name is found.
/// Letters A-Z count as a-z in the index, so that one look-up finds every way of writing; ``Match/isExact`` tells them apart.
struct NameTable: Sendable {
    /// A name that was found.
    struct Match {
        /// What was given with it.
        var value: UInt32
        /// Written as in the table, capitals included.
        var isExact: Bool
        /// A short name in capitals, which counts only as it is written.
        var isAcronym: Bool
    }

    private struct Entry {
        var start: UInt32
        var length: UInt16
        var isAcronym: Bool
        var value: UInt32
        /// The next entry of the same slot, plus one; 0 at the end.
        var next: UInt32
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    private var slots: [UInt32] = []
    /// Hash of a first word, its lowest byte replaced by the length in words of the longest name that begins with it.
    private var firstWords: [UInt64] = []

    /// A table that will hold about so many names.
    init(expecting count: Int = 1 << 12) {
        var size = 1 << 10
        while size < count * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        firstWords = [UInt64](repeating: 0, count: size)
        entries.reserveCapacity(count)
        bytes.reserveCapacity(count * 20)
    }

    var count: Int { entries.count }

    // MARK: - Building

    /// Adds a name of words joined by single spaces.
    mutating func insert(_ name: [UInt8], value: UInt32) {
        guard !name.isEmpty, name.count < 1 << 15 else { return }
        if entries.count * 2 >= slots.count { grow() }
        let start = UInt32(bytes.count)
        bytes.append(contentsOf: name)
        entries.append(
            Entry(start: start, length: UInt16(name.count), isAcronym: Self.isAcronym(name), value: value, next: 0))
        let (hash, first, words) = name.withUnsafeBufferPointer { Self.hashes($0) }
        link(UInt32(entries.count), hash)
        noteFirstWord(first, UInt8(min(words, 255)))
    }

    private mutating func link(_ number: UInt32, _ hash: UInt64) {
        let slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        entries[Int(number) - 1].next = slots[slot]
        slots[slot] = number
    }

    private mutating func noteFirstWord(_ hash: UInt64, _ words: UInt8) {
        let at = place(ofFirstWord: hash)
        let known = firstWords[at] & 0xFF
        if UInt64(words) > known { firstWords[at] = hash & ~0xFF | UInt64(words) }
    }

    /// Where a first word is, or would be.
    private func place(ofFirstWord hash: UInt64) -> Int {
        var at = Int(truncatingIfNeeded: hash >> 8) & (firstWords.count - 1)
        while firstWords[at] != 0, firstWords[at] & ~0xFF != hash & ~0xFF { at = (at + 1) & (firstWords.count - 1) }
        return at
    }

    private mutating func grow() {
        let size = slots.count * 2
        slots = [UInt32](repeating: 0, count: size)
        firstWords = [UInt64](repeating: 0, count: size)
        for i in entries.indices {
            let range = Int(entries[i].start)..<Int(entries[i].start) + Int(entries[i].length)
            let (hash, first, words) = bytes.withUnsafeBufferPointer {
                Self.hashes(UnsafeBufferPointer(rebasing: $0[range]))
            }
            link(UInt32(i + 1), hash)
            noteFirstWord(first, UInt8(min(words, 255)))
        }
    }

    /// Up to five bytes with a letter and without small letters: "US", "WHO".
    private static func isAcronym(_ name: [UInt8]) -> Bool {
        name.count <= 5 && !name.contains { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x80 }
            && name.contains { $0 >= 0x41 && $0 <= 0x5A }
    }

    // MARK: - Looking up

    /// Everything that a name stands for, in the order in which it was added.
    func matches(_ name: String) -> [Match] {
        var name = name
        return name.withUTF8 { matches($0) }
    }

    private func matches(_ name: UnsafeBufferPointer<UInt8>) -> [Match] {
        var out: [Match] = []
        let (hash, _, _) = Self.hashes(name)
        var at = slots[Int(truncatingIfNeeded: hash) & (slots.count - 1)]
        while at != 0 {
            let entry = entries[Int(at) - 1]
            if Int(entry.length) == name.count {
                let same = compare(entry, name)
                if same.folded {
                    out.append(Match(value: entry.value, isExact: same.exact, isAcronym: entry.isAcronym))
                }
            }
            at = entry.next
        }
        // The latest stands first in its slot.
        if out.count > 1 { out.reverse() }
        return out
    }

    private func compare(_ entry: Entry, _ name: UnsafeBufferPointer<UInt8>) -> (folded: Bool, exact: Bool) {
        var exact = true
        let start = Int(entry.start)
        return bytes.withUnsafeBufferPointer { bytes in
            for i in 0..<name.count where bytes[start + i] != name[i] {
                if Self.fold(bytes[start + i]) != Self.fold(name[i]) { return (false, false) }
                exact = false
            }
            return (true, exact)
        }
    }

    /// Longest name in words that begins with a word; 0 when none does.
    func longest(from word: String) -> Int {
        var word = word
        let hash = word.withUTF8 { Self.hashes($0).name }
        return Int(firstWords[place(ofFirstWord: hash)] & 0xFF)
    }

    private static func fold(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    /// Hash of a name and of its first word, and the number of words.
    private static func hashes(_ name: UnsafeBufferPointer<UInt8>) -> (name: UInt64, first: UInt64, words: Int) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var first: UInt64 = 0
        var words = 1
        for byte in name {
            if byte == 0x20 {
                if words == 1 { first = mixed(hash) }
                words += 1
            }
            hash = (hash ^ UInt64(fold(byte))) &* 0x100_0000_01B3
        }
        return (mixed(hash), words == 1 ? mixed(hash) : first, words)
    }

    private static func mixed(_ hash: UInt64) -> UInt64 {
        let one = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return one ^ (one >> 32)
    }
}
