/// Takes the elements of given names out of an XML file, one after another, whatever is wrong around them.
///
/// An item that is not closed ends where the next begins or where the file ends. End tags without a start are left out.
/// Only one item is held at a time.
struct XMLItemReader {
    /// Files that nest deeper are read up to there.
    static let maximumDepth = 256
    /// Larger items are left out.
    static let maximumItemBytes = 10_000_000

    /// Name of the first element, without prefix.
    private(set) var root: String?
    /// Words of elements outside items, by the names on the way to them: `rss/channel/title`.
    private(set) var outside: [String: String] = [:]
    /// Attributes of tags outside items, by the same.
    private(set) var attributes: [String: [String: String]] = [:]
    /// The last item was not closed, since the file ends in it.
    private(set) var isLastCutOff = false

    private var scanner: XMLScanner
    private let names: Set<String>
    private var path: [String] = []
    private var open: [XMLElement] = []
    private var isOversized = false
    private var waiting: XMLTag?

    init(bytes: [UInt8], items: Set<String>) {
        scanner = XMLScanner(bytes: bytes)
        names = items
    }

    /// What was wrong so far.
    var notes: XMLNotes { scanner.notes }
    /// Why reading stopped before the end.
    var failure: String? { scanner.failure }
    /// How far the file was read.
    var byte: Int { scanner.index }

    /// The next item.
    mutating func next() -> XMLElement? {
        if let tag = waiting {
            waiting = nil
            begin(tag)
        }
        while let token = scanner.next() {
            switch token {
            case .start(let tag):
                if let item = start(tag) { return item }
            case .text(let bytes): take(bytes)
            case .end(let name):
                if let item = end(name) { return item }
            }
        }
        guard !open.isEmpty else { return nil }
        if scanner.failure == nil { scanner.note(.cutOff, at: scanner.index) }
        isLastCutOff = true
        return closed(to: 0, at: scanner.index)
    }

    private mutating func start(_ tag: XMLTag) -> XMLElement? {
        if root == nil { root = Self.local(tag.name) }
        guard path.count + open.count < Self.maximumDepth else {
            scanner.stop("elements nest more than \(Self.maximumDepth) deep")
            return nil
        }
        let isItem = names.contains(Self.local(tag.name))
        if isItem, let first = open.first, Self.local(first.name) == Self.local(tag.name) {
            scanner.note(.unclosedItem, at: tag.byte)
            waiting = tag
            return closed(to: 0, at: tag.byte) ?? next()
        }
        if isItem || !open.isEmpty {
            begin(tag)
            return tag.isEmpty ? closeIfWhole() : nil
        }
        let way = (path + [Self.local(tag.name)]).joined(separator: "/")
        if attributes.count < 100, attributes[way] == nil { attributes[way] = tag.attributes }
        if !tag.isEmpty { path.append(Self.local(tag.name)) }
        return nil
    }

    private mutating func begin(_ tag: XMLTag) {
        open.append(XMLElement(tag: tag, content: scanner.index..<scanner.index))
    }

    private mutating func closeIfWhole() -> XMLElement? { closed(to: open.count - 1, at: scanner.index) }

    private mutating func take(_ bytes: [UInt8]) {
        if open.isEmpty {
            let way = path.joined(separator: "/")
            guard outside.count < 100, outside[way] == nil else { return }
            let words = String(decoding: bytes.prefix(2000), as: UTF8.self).singleSpaced
            if !words.isEmpty { outside[way] = words }
        } else if let start = open.first?.tag.byte, scanner.index - start > Self.maximumItemBytes {
            isOversized = true
        } else {
            open[open.count - 1].text += bytes
        }
    }

    private mutating func end(_ name: String) -> XMLElement? {
        if open.isEmpty {
            if let level = path.lastIndex(of: Self.local(name)) {
                path.removeSubrange(level...)
            } else {
                scanner.note(.strayEnd, at: scanner.tokenStart)
            }
            return nil
        }
        guard let level = open.lastIndex(where: { $0.name == name }) else {
            if path.contains(Self.local(name)) {
                // The element around the item ends: so does the item.
                scanner.note(.unclosedItem, at: scanner.tokenStart)
                return closed(to: 0, at: scanner.tokenStart)
            }
            scanner.note(.strayEnd, at: scanner.tokenStart)
            return nil
        }
        if level < open.count - 1 { scanner.note(.unclosedElement, at: scanner.tokenStart) }
        return closed(to: level, at: scanner.tokenStart)
    }

    /// Closes the open elements down to a level; the item when that was the last.
    private mutating func closed(to level: Int, at byte: Int) -> XMLElement? {
        while open.count > max(level, 0), var element = open.popLast() {
            element.content = element.content.lowerBound..<max(element.content.lowerBound, byte)
            if open.isEmpty {
                defer { isOversized = false }
                if !isOversized { return element }
                scanner.note(.tooLarge, at: element.tag.byte)
            } else {
                open[open.count - 1].children.append(element)
            }
        }
        return nil
    }

    /// A name without its prefix.
    static func local(_ name: String) -> String {
        name.split(separator: ":").last.map(String.init) ?? name
    }
}
