/// A run of text between two boundaries of blocks on a page.
struct HTMLPageBlock {
    /// The element around it that makes it a block.
    var element: Int
    /// First and one past the last node of it.
    var nodes: Range<Int>
    /// Elements in it that are not shown, such as what appears under the pointer.
    var hiddenParts: [Range<Int>] = []
    /// Letters and signs, without white space.
    var bytes = 0
    /// The same inside links and inside emphasis.
    var linkBytes = 0
    var emphasisBytes = 0
    var links = 0
    /// Hints of all elements around it.
    var hints: HTMLHints = []
    /// Hints of the element itself.
    var ownHints: HTMLHints = []
    /// Tags of the elements around it that matter.
    var tags: TagSet = []
    var endsSentence = false
    var commas = 0
    /// What the rules of the outlet say; nil where they are silent.
    var ruling: OutletRuling?

    struct TagSet: OptionSet {
        let rawValue: UInt16
        static let heading = TagSet(rawValue: 1)
        static let figure = TagSet(rawValue: 2)
        static let figcaption = TagSet(rawValue: 4)
        static let list = TagSet(rawValue: 8)
        static let table = TagSet(rawValue: 16)
        static let quote = TagSet(rawValue: 32)
        static let aside = TagSet(rawValue: 64)
        static let navigation = TagSet(rawValue: 128)
        static let footer = TagSet(rawValue: 256)
        static let header = TagSet(rawValue: 512)
        static let time = TagSet(rawValue: 1024)
        static let h1 = TagSet(rawValue: 2048)
        static let paragraph = TagSet(rawValue: 4096)
        static let head = TagSet(rawValue: 8192)
    }

    var linkDensity: Double { bytes == 0 ? 0 : Double(linkBytes) / Double(bytes) }

    /// Bytes of running text outside links; 0 for labels, menus and lists of links.
    var prose: Int {
        guard bytes >= 25, linkDensity < 0.5, !tags.contains(.heading) else { return 0 }
        guard bytes >= 70 || endsSentence else { return 0 }
        return bytes - linkBytes
    }

    /// Prose outside the parts whose names or tags say that they are something else.
    var liveProse: Int {
        if let ruling { return ruling == .text ? bytes - linkBytes : 0 }
        return hints.isDisjoint(with: .negative)
            && tags.isDisjoint(with: [.navigation, .footer, .aside, .figcaption, .head]) ? prose : 0
    }
}

extension HTMLPageBlock {
    /// The block with what the rules of the outlet say of it.
    func ruled(by outlet: OutletReading) -> HTMLPageBlock {
        var block = self
        block.ruling = outlet.ruling(of: nodes.lowerBound)
        return block
    }

    /// Takes back names and tags that hold for most of a page's prose: they say nothing then.
    static func discounting(_ blocks: [HTMLPageBlock]) -> [HTMLPageBlock] {
        let readers = blocks.filter { !$0.hints.contains(.comments) && !$0.tags.contains(.head) }
        let all = readers.reduce(0) { $0 + $1.prose }
        guard all > 0, readers.reduce(0, { $0 + $1.liveProse }) * 3 < all else { return blocks }
        var hints: HTMLHints = [], tags: TagSet = []
        for bit in 0..<16 {
            let hint = HTMLHints(rawValue: 1 << bit), tag = TagSet(rawValue: 1 << bit)
            if readers.reduce(0, { $0 + ($1.hints.contains(hint) ? $1.prose : 0) }) * 2 > all { hints.insert(hint) }
            if readers.reduce(0, { $0 + ($1.tags.contains(tag) ? $1.prose : 0) }) * 2 > all { tags.insert(tag) }
        }
        hints.formIntersection(.negative)
        tags.formIntersection([.navigation, .footer, .aside, .figcaption, .figure])
        return blocks.map { block in
            var block = block
            block.hints.subtract(hints)
            block.tags.subtract(tags)
            return block
        }
    }
}
