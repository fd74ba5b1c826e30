/// Names and what they stand for, as one block of bytes with a hash index.
///
/// Half a million names take some tens of megabytes: no string is made until a name is found. Letters A-Z count as a-z in
/// the index, so that one look-up finds every way of writing; ``Match/isExact`` tells them apart. The parts are flat
/// arrays, so that a table can lie in a mapped file.
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

    /// A name in the index.
    ///
    /// All fields have four bytes, so that no byte of a written entry is left undefined.
    struct Entry: BitwiseCopyable, Sendable {
        var start: UInt32
        var length: UInt32
        var value: UInt32
        /// The next entry of the same slot, plus one; 0 at the end.
        var next: UInt32
    }

    /// The words of all names, one after another.
    let bytes: FixedArray<UInt8>
    let entries: FixedArray<Entry>
    /// Number of the first entry of a slot, plus one.
    ///
    /// Their count is a power of two.
    let slots: FixedArray<UInt32>
    /// Hash of a first word, its lowest byte replaced by the length in words of the longest name that begins with it.
    let firstWords: FixedArray<UInt64>

    var count: Int { entries.count }

    /// Everything that a name stands for, in the order in which it was added.
    func matches(_ name: String) -> [Match] {
        var name = name
        return name.withUTF8 { matches($0) }
    }

    /// The same for the bytes of a name.
    func matches(_ name: UnsafeBufferPointer<UInt8>) -> [Match] {
        var out: [Match] = []
        let hash = NameHash(name).name
        var at = slots[Int(truncatingIfNeeded: hash) & (slots.count - 1)]
        while at != 0 {
            let entry = entries[Int(at) - 1]
            if Int(entry.length) == name.count {
                let same = compare(entry, name)
                if same.folded {
                    out.append(Match(value: entry.value, isExact: same.exact, isAcronym: isAcronym(entry)))
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
        for i in 0..<name.count where bytes[start + i] != name[i] {
            if NameHash.fold(bytes[start + i]) != NameHash.fold(name[i]) { return (false, false) }
            exact = false
        }
        return (true, exact)
    }

    /// Up to five bytes with a letter and without small letters: "US", "WHO".
    private func isAcronym(_ entry: Entry) -> Bool {
        guard entry.length <= 5 else { return false }
        var hasLetter = false
        for i in Int(entry.start)..<Int(entry.start) + Int(entry.length) {
            let byte = bytes[i]
            if byte >= 0x61 && byte <= 0x7A || byte >= 0x80 { return false }
            if byte >= 0x41 && byte <= 0x5A { hasLetter = true }
        }
        return hasLetter
    }

    /// Longest name in words that begins with a word; 0 when none does.
    func longest(from word: String) -> Int {
        var word = word
        let hash = word.withUTF8 { NameHash($0).name }
        var at = Int(truncatingIfNeeded: hash >> 8) & (firstWords.count - 1)
        while firstWords[at] != 0, firstWords[at] & ~0xFF != hash & ~0xFF { at = (at + 1) & (firstWords.count - 1) }
        return Int(firstWords[at] & 0xFF)
    }
}

/// Hash of a name and of its first word, and the number of words; A-Z count as a-z.
struct NameHash {
    var name: UInt64
    var first: UInt64
    var words: Int

    init(_ text: UnsafeBufferPointer<UInt8>) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var first: UInt64 = 0
        var words = 1
        for byte in text {
            if byte == 0x20 {
                if words == 1 { first = Self.mixed(hash) }
                words += 1
            }
            hash = (hash ^ UInt64(Self.fold(byte))) &* 0x100_0000_01B3
        }
        name = Self.mixed(hash)
        self.first = words == 1 ? name : first
        self.words = words
    }

    static func fold(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    private static func mixed(_ hash: UInt64) -> UInt64 {
        let one = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return one ^ (one >> 32)
    }
}
