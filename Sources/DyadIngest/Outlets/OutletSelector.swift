/// Names elements of a page as style sheets do: `article .story-text > p`, `h1.title`, `[itemprop=author]`, `#byline`.
struct OutletSelector: Sendable, Equatable {
    /// What one element must be.
    private struct Part: Sendable, Equatable {
        var tag: HTMLTag?
        var classes: [[UInt8]] = []
        var id: [UInt8]?
        var attributes: [Pair] = []
        /// Whether the element must stand directly in the one named before.
        var isChild = false
    }

    private struct Pair: Sendable, Equatable {
        var name: HTMLAttribute
        var value: [UInt8]?
    }

    /// Why a selector cannot be read, and at which character, from 1.
    struct Trouble: Error, Equatable {
        var character: Int
        var problem: String
    }

    private static let maximumParts = 8
    private var parts: [Part] = []

    /// Reads a selector.
    init(_ text: some StringProtocol) throws(Trouble) {
        let bytes = Array(text.utf8)
        var index = 0, isChild = false
        while index < bytes.count {
            if bytes[index] == 0x20 {
                index += 1
            } else if bytes[index] == 0x3E {
                if isChild || parts.isEmpty {
                    throw Trouble(character: index + 1, problem: "\">\" stands between two elements")
                }
                isChild = true
                index += 1
            } else {
                var part = Part(isChild: isChild)
                isChild = false
                index = try Self.read(&part, bytes, from: index)
                parts.append(part)
            }
        }
        if isChild { throw Trouble(character: bytes.count, problem: "\">\" stands between two elements") }
        if parts.isEmpty { throw Trouble(character: 1, problem: "the selector is empty") }
        if parts.count > Self.maximumParts {
            throw Trouble(character: 1, problem: "the selector names more than \(Self.maximumParts) elements")
        }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x30 && byte <= 0x39)
            || byte == 0x2D || byte == 0x5F || byte >= 0x80
    }

    private static func read(_ part: inout Part, _ bytes: [UInt8], from start: Int) throws(Trouble) -> Int {
        var index = start
        func name(_ from: Int) -> ArraySlice<UInt8> { bytes[from...].prefix(while: isName) }
        while index < bytes.count, bytes[index] != 0x20, bytes[index] != 0x3E {
            switch bytes[index] {
            case 0x2E, 0x23:
                let word = name(index + 1)
                if word.isEmpty { throw Trouble(character: index + 1, problem: "a name is missing here") }
                if bytes[index] == 0x2E { part.classes.append(Array(word)) } else { part.id = Array(word) }
                index = word.endIndex
            case 0x5B:
                index = try attribute(&part, bytes, from: index)
            case 0x2A where index == start:
                index += 1
            default:
                let word = name(index)
                guard index == start, !word.isEmpty else {
                    throw Trouble(
                        character: index + 1,
                        problem: "only elements, .class, #id, [attribute=value], blanks and \">\" are understood")
                }
                let text = String(decoding: word, as: UTF8.self).lowercased()
                guard let tag = HTMLTag.byName[text] else {
                    throw Trouble(character: index + 1, problem: "\"\(text)\" is no element that is read")
                }
                part.tag = tag
                index = word.endIndex
            }
        }
        return index
    }

    private static func attribute(_ part: inout Part, _ bytes: [UInt8], from start: Int) throws(Trouble) -> Int {
        guard let end = bytes[start...].firstIndex(of: 0x5D) else {
            throw Trouble(character: start + 1, problem: "the bracket is not closed")
        }
        let inner = bytes[(start + 1)..<end]
        let name = String(decoding: inner.prefix { $0 != 0x3D }, as: UTF8.self).lowercased()
        guard let attribute = HTMLAttribute.byName[name] else {
            let known = HTMLAttribute.allCases.map(\.rawValue).sorted().joined(separator: ", ")
            throw Trouble(character: start + 2, problem: "\"\(name)\" is no attribute that is read; those are \(known)")
        }
        var value: [UInt8]?
        if let mark = inner.firstIndex(of: 0x3D) {
            value = inner[(mark + 1)...].filter { $0 != 0x22 && $0 != 0x27 }
        }
        part.attributes.append(Pair(name: attribute, value: value))
        return end + 1
    }

    /// The elements of a page that the selector names, in order.
    func nodes(in tree: HTMLTree) -> [Int] {
        guard let last = parts.last else { return [] }
        return tree.nodes.indices.filter { node in
            Self.fits(last, node, tree) && fitsAround(node, tree)
        }
    }

    /// Whether the elements around fit the parts before the last.
    private func fitsAround(_ node: Int, _ tree: HTMLTree) -> Bool {
        // Rows of parts that are still to be found, the nearest first; a bit for each, so that no path is tried twice.
        var open: UInt16 = 1 << UInt16(parts.count - 1)
        var above = Int(tree.nodes[node].parent)
        while true {
            if open & 1 != 0 { return true }
            guard above >= 0 else { return false }
            var next: UInt16 = 0
            for index in parts.indices.dropFirst() where open & (1 << UInt16(index)) != 0 {
                if Self.fits(parts[index - 1], above, tree) { next |= 1 << UInt16(index - 1) }
                if !parts[index].isChild { next |= 1 << UInt16(index) }
            }
            open = next
            if open == 0 { return false }
            above = Int(tree.nodes[above].parent)
        }
    }

    private static func fits(_ part: Part, _ node: Int, _ tree: HTMLTree) -> Bool {
        guard let tag = tree.nodes[node].tag else { return false }
        if let wanted = part.tag, wanted != tag { return false }
        if let id = part.id {
            guard let range = tree.valueRange(.id, of: node), tree.values[range].elementsEqual(id) else { return false }
        }
        if !part.classes.isEmpty {
            guard let range = tree.valueRange(.class, of: node) else { return false }
            let names = tree.values[range].split { $0 <= 0x20 }
            guard part.classes.allSatisfy({ wanted in names.contains { $0.elementsEqual(wanted) } }) else {
                return false
            }
        }
        return part.attributes.allSatisfy { pair in
            guard let range = tree.valueRange(pair.name, of: node) else { return false }
            guard let value = pair.value else { return true }
            return tree.values[range].elementsEqual(value)
                || tree.values[range].split { $0 <= 0x20 }.contains { $0.elementsEqual(value) }
        }
    }
}
