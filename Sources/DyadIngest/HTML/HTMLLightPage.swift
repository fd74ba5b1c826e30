import Foundation

/// The bytes of a page without what the parser need not see, with a map back to all of them.
///
/// Contents of scripts, style sheets and comments, and attributes that nobody reads, make up most of a page. They are left
/// out, the tags around them stay; scripts with data for search engines stay whole. NULs, and tags with far too many
/// attributes, become spaces.
struct HTMLLightPage {
    /// Tags with more attributes than an author writes are blanked; the parser compares each with all others.
    static let maximumAttributes = 400

    private(set) var bytes: [UInt8] = []
    /// Place in `bytes` behind which something is missing, and how much is missing up to there in all.
    private var cuts: [(place: Int, missing: Int)] = []
    private var missing = 0
    /// Bytes of the page that are dealt with.
    private var kept = 0
    /// A comment, or elements, that nothing ends: nobody need look for their ends again.
    private var isOpenComment = false
    private var open: Set<String> = []

    init(_ page: [UInt8]) {
        bytes.reserveCapacity(page.count)
        page.withUnsafeBufferPointer { buffer in read(buffer) }
    }

    /// Puts places in `bytes` back on the page.
    func restore(_ tree: inout HTMLTree) {
        guard !cuts.isEmpty else { return }
        for index in tree.nodes.indices {
            let range = tree.nodes[index].source
            let start = original(range.lowerBound)
            tree.nodes[index].source = start..<max(start, original(range.upperBound))
        }
        // Texts stand in the order of the page: the next place is mostly behind the same cut or the one after.
        var cursor = 0
        for index in tree.runs.indices {
            let place = Int(tree.runs[index].source)
            while cursor < cuts.count, cuts[cursor].place < place { cursor += 1 }
            let isBehind = cursor == 0 || cuts[cursor - 1].place < place
            tree.runs[index].source =
                isBehind ? Int32(place + (cursor == 0 ? 0 : cuts[cursor - 1].missing)) : original(Int32(place))
        }
        if let place = tree.cutAt { tree.cutAt = Int(original(Int32(place))) }
    }

    private func original(_ place: Int32) -> Int32 {
        var low = 0, high = cuts.count
        while low < high {
            let middle = (low + high) / 2
            if cuts[middle].place < Int(place) { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? place : place + Int32(cuts[low - 1].missing)
    }

    private mutating func read(_ page: UnsafeBufferPointer<UInt8>) {
        guard let base = page.baseAddress else { return }
        var index = 0
        while index < page.count, let found = memchr(base + index, 0x3C, page.count - index) {
            index = base.distance(to: found.assumingMemoryBound(to: UInt8.self))
            let next = tag(page, at: index)
            if next < 0 {
                keep(page, kept..<index)
                bytes.append(contentsOf: repeatElement(0x20, count: -next - index))
                kept = -next
            }
            index = abs(next)
        }
        keep(page, kept..<page.count)
    }

    private mutating func leaveOut(_ page: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        keep(page, kept..<range.lowerBound)
        missing += range.count
        cuts.append((bytes.count, missing))
        kept = range.upperBound
    }

    private mutating func keep(_ page: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        guard let base = page.baseAddress, !range.isEmpty else { return }
        let start = bytes.count
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: page[range]))
        if memchr(base + range.lowerBound, 0, range.count) != nil {
            for place in start..<bytes.count where bytes[place] == 0 { bytes[place] = 0x20 }
        }
    }

    /// Where to go on behind a "<", negative when all up to there becomes spaces.
    private mutating func tag(_ page: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        guard start + 1 < page.count else { return page.count }
        let sign = page[start + 1]
        if sign == 0x21, matches(page, start + 2, "--") { return comment(page, at: start) }
        guard (0x61...0x7A).contains(sign | 0x20) else { return start + 1 }
        let end = tagEnd(page, from: start)
        guard end > start, end < page.count, page[end] == 0x3E else { return end }
        for name in ["script", "style"] where matches(page, start + 1, name) && isGap(page[start + 1 + name.utf8.count])
        {
            if page[end - 1] == 0x2F || isData(page, start..<end) { return end }
            guard !open.contains(name), let close = closing(name, in: page, from: end + 1) else {
                open.insert(name)
                return end
            }
            leaveOut(page, end + 1..<close)
            return close
        }
        leaveOutAttributes(page, start..<end)
        return end
    }

    private mutating func comment(_ page: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        guard !isOpenComment, let end = commentEnd(in: page, from: start + 2) else {
            isOpenComment = true
            return start + 4
        }
        // "<!-->" is a whole comment.
        if end > start + 4 { leaveOut(page, start + 4..<end) }
        return end
    }

    /// Leaves out the attributes of a tag that nobody reads; what is oddly written stays as it is.
    private mutating func leaveOutAttributes(_ page: UnsafeBufferPointer<UInt8>, _ tag: Range<Int>) {
        let readsAddress = matches(page, tag.lowerBound + 1, "link")
        var index = tag.lowerBound + 1
        while index < tag.upperBound, page[index] > 0x20, page[index] != 0x2F { index += 1 }
        while index < tag.upperBound {
            let start = index
            while index < tag.upperBound, page[index] <= 0x20 { index += 1 }
            guard index > start, index < tag.upperBound else { return }
            let name = index
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            while index < tag.upperBound, isNameByte(page[index]) {
                let byte = page[index]
                hash = (hash ^ UInt64((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)) &* 0x0000_0100_0000_01B3
                index += 1
            }
            guard index > name, let end = valueEnd(page, index, tag.upperBound) else { return }
            index = end
            let isRead = Self.readNames.contains(hash) && (hash != Self.addressName || readsAddress)
            if !isRead { leaveOut(page, start..<end) }
        }
    }

    /// The end of an attribute behind its name; nil when it is oddly written.
    private func valueEnd(_ page: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        guard start < limit else { return limit }
        if page[start] <= 0x20 { return start }
        guard page[start] == 0x3D, start + 1 < limit else { return nil }
        var index = start + 1
        let quote = page[index]
        if quote == 0x22 || quote == 0x27 {
            index += 1
            while index < limit, page[index] != quote { index += 1 }
            return index < limit ? index + 1 : nil
        }
        while index < limit, page[index] > 0x20 {
            if page[index] == 0x22 || page[index] == 0x27 || page[index] == 0x2F { return nil }
            index += 1
        }
        return index > start + 1 ? index : nil
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
            || byte == 0x3A
    }

    private static func hash(_ name: String) -> UInt64 {
        name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    private static let readNames: [UInt64] = HTMLAttribute.allCases.map { hash($0.rawValue) }
    private static let addressName = hash(HTMLAttribute.href.rawValue)

    private func isGap(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x3E || byte == 0x2F }

    private func isData(_ page: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index + 7 <= range.upperBound {
            if page[index] | 0x20 == 0x6C, matches(page, index, "ld+json") { return true }
            index += 1
        }
        return false
    }

    /// The place of `</name`, in whatever case.
    private func closing(_ name: String, in page: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let base = page.baseAddress else { return nil }
        var index = start
        while index < page.count, let found = memchr(base + index, 0x3C, page.count - index) {
            index = base.distance(to: found.assumingMemoryBound(to: UInt8.self))
            if index + 1 < page.count, page[index + 1] == 0x2F, matches(page, index + 2, name) { return index }
            index += 1
        }
        return nil
    }

    /// The place of the "-->" that ends a comment.
    private func commentEnd(in page: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let base = page.baseAddress else { return nil }
        var index = start + 2
        while index < page.count, let found = memchr(base + index, 0x3E, page.count - index) {
            index = base.distance(to: found.assumingMemoryBound(to: UInt8.self))
            if page[index - 1] == 0x2D, page[index - 2] == 0x2D { return index - 2 }
            index += 1
        }
        return nil
    }

    private func matches(_ page: UnsafeBufferPointer<UInt8>, _ start: Int, _ small: String) -> Bool {
        guard start + small.utf8.count < page.count else { return false }
        var index = start
        for byte in small.utf8 {
            if (byte >= 0x61 ? page[index] | 0x20 : page[index]) != byte { return false }
            index += 1
        }
        return true
    }

    /// The tag's ">" or the end of the page; negative when the tag has too many attributes.
    private func tagEnd(_ page: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start + 1, gaps = 0
        var quote: UInt8 = 0
        while index < page.count {
            let byte = page[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == 0x3E {
                break
            } else if byte == 0x22 || byte == 0x27, page[index - 1] == 0x3D {
                quote = byte
            } else if byte <= 0x20, page[index - 1] > 0x20 {
                gaps += 1
            }
            index += 1
        }
        // An open quote runs to the end of the file: read on behind the tag's first byte.
        if gaps > Self.maximumAttributes { return -index }
        return index == page.count && quote != 0 ? start + 1 : index
    }
}
