/// Finds copies among documents: texts that are the same, nearly the same, or one inside the other.
///
/// Sketches that share two neighbouring numbers are compared (locality-sensitive hashing). Of a group of copies one is the
/// first: the earliest by day of publication; of the same day the agency's own, then the one that was added first.
public struct SyndicationIndex: Sendable {
    /// What is known of a document.
    public struct Entry: Sendable {
        /// Name of the document.
        public var name: String
        public var sketch: TextSketch
        public var published: CalendarDate?
        public var publisher: String?
        /// Agency that the text credits.
        public var agency: String?

        /// An entry; see the properties.
        public init(
            name: String, sketch: TextSketch, published: CalendarDate? = nil, publisher: String? = nil,
            agency: String? = nil
        ) {
            self.name = name
            self.sketch = sketch
            self.published = published
            self.publisher = publisher
            self.agency = agency
        }
    }

    /// Texts are copies when they share this part of their runs.
    public static let resemblance = 0.55
    /// Texts are copies, too, when the shorter one lies in the longer one by this part.
    public static let containment = 0.82
    /// Documents with the same pair of numbers that are compared; a phrase that all share costs no more.
    private static let maximumBucket = 32

    private var entries: [Entry] = []
    private var parents: [Int] = []
    private var buckets: [UInt64: [Int32]] = [:]

    /// An index without documents.
    public init() {}

    /// Number of documents.
    public var count: Int { entries.count }

    /// Adds a document; the name of one it is a copy of, if any, as far as is known now.
    @discardableResult
    public mutating func add(_ entry: Entry) -> String? {
        let number = entries.count
        entries.append(entry)
        parents.append(number)
        var seen: Set<Int32> = []
        for key in Self.keys(entry.sketch) {
            for other in buckets[key] ?? [] where seen.insert(other).inserted {
                if areCopies(entry.sketch, entries[Int(other)].sketch) { join(number, Int(other)) }
            }
            if buckets[key, default: []].count < Self.maximumBucket { buckets[key, default: []].append(Int32(number)) }
        }
        let first = group(of: number).min { comesBefore($0, $1) } ?? number
        return first == number ? nil : entries[first].name
    }

    /// Every copy by its name, with the name of the first of its group.
    public func originals() -> [String: String] {
        var firsts: [Int: Int] = [:]
        for number in entries.indices {
            let top = root(number)
            if let first = firsts[top], !comesBefore(number, first) { continue }
            firsts[top] = number
        }
        var out: [String: String] = [:]
        for number in entries.indices {
            guard let first = firsts[root(number)], first != number else { continue }
            out[entries[number].name] = entries[first].name
        }
        return out
    }

    private func areCopies(_ one: TextSketch, _ other: TextSketch) -> Bool {
        one.resemblance(to: other) >= Self.resemblance || one.containment(with: other) >= Self.containment
    }

    private func comesBefore(_ one: Int, _ other: Int) -> Bool {
        let left = entries[one], right = entries[other]
        let far = CalendarDate(daysSince1970: 2_900_000)
        if left.published ?? far != right.published ?? far { return left.published ?? far < right.published ?? far }
        let isLeftOwn = isOwn(left), isRightOwn = isOwn(right)
        return isLeftOwn != isRightOwn ? isLeftOwn : one < other
    }

    /// Published by the agency that it credits.
    private func isOwn(_ entry: Entry) -> Bool {
        guard let agency = entry.agency?.lowercased(), let publisher = entry.publisher?.lowercased() else {
            return false
        }
        return publisher.contains(agency)
    }

    // MARK: - Groups

    private func root(_ number: Int) -> Int {
        var at = number
        while parents[at] != at { at = parents[at] }
        return at
    }

    private mutating func join(_ one: Int, _ other: Int) {
        let left = root(one), right = root(other)
        if left == right { return }
        // The earlier one stays on top, so that ways are short.
        let (top, below) = (min(left, right), max(left, right))
        parents[below] = top
        var at = one
        while parents[at] != top, at != top { (at, parents[at]) = (parents[at], top) }
    }

    /// The new document and, of its group, the one on top: enough to name one it copies.
    private func group(of number: Int) -> [Int] { [root(number), number] }

    private static func keys(_ sketch: TextSketch) -> [UInt64] {
        stride(from: 0, to: TextSketch.size, by: 2).map { slot in
            let pair = UInt64(sketch.least[slot]) << 32 | UInt64(sketch.least[slot + 1])
            return (pair ^ UInt64(slot) &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
        }
    }
}
