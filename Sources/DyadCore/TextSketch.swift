/// A short summary of a text's wording, by which copies are found: MinHash over runs of five words.
///
/// The share of equal numbers in two sketches estimates the share of runs that two texts have in common (Broder, "On the
/// resemblance and containment of documents", 1997).
public struct TextSketch: Sendable, Equatable {
    /// Numbers in a sketch.
    public static let size = 128
    /// Words in a run.
    public static let run = 5
    /// Shorter texts have no sketch.
    public static let minimumWords = 25

    /// The least hash of all runs under each of the hash functions.
    public private(set) var least: [UInt32]
    /// Number of words of the text.
    public private(set) var words: Int

    /// The sketch of words given by their hashes; nil for a short text.
    public init?(words hashes: [UInt64]) {
        guard hashes.count >= Self.minimumWords else { return nil }
        words = hashes.count
        var least = [UInt32](repeating: .max, count: Self.size)
        for start in 0...(hashes.count - Self.run) {
            var hash: UInt64 = 0
            for word in hashes[start..<(start + Self.run)] { hash = Self.mixed(hash &* 31 &+ word) }
            for slot in 0..<Self.size {
                let value = UInt32(truncatingIfNeeded: (hash &* Self.factors[slot]) >> 32)
                if value < least[slot] { least[slot] = value }
            }
        }
        self.least = least
    }

    /// A sketch that was stored; nil when the bytes are none.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 * (Self.size + 1) else { return nil }
        let numbers = stride(from: 0, to: bytes.count, by: 4).map { start in
            bytes[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        words = Int(numbers[0])
        least = Array(numbers.dropFirst())
    }

    /// The sketch as bytes, the same on every machine.
    public var bytes: [UInt8] {
        ([UInt32(truncatingIfNeeded: words)] + least).flatMap { number in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
        }
    }

    /// Estimated share of runs that both texts have, of those that either has: 0 to 1.
    public func resemblance(to other: TextSketch) -> Double {
        let same = zip(least, other.least).count { $0 == $1 }
        return Double(same) / Double(Self.size)
    }

    /// Estimated share of the shorter text's runs that the longer one has: 0 to 1.
    public func containment(with other: TextSketch) -> Double {
        let shared = resemblance(to: other)
        let common = shared * Double(words + other.words) / (1 + shared)
        return min(1, common / Double(max(1, min(words, other.words))))
    }

    /// Odd factors, one for each hash function.
    private static let factors: [UInt64] = (1...UInt64(size)).map { mixed($0 &* 0x9E37_79B9_7F4A_7C15) | 1 }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var hash = value &+ 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }
}
