import Foundation

/// Takes the parser's reports and numbers elements and texts.
final class HTMLTreeBuilder {
    private var tree = HTMLTree()
    private var open: [Int32] = []
    /// Depth of the outermost element whose content is left out; 0 for none.
    private var skipped = 0
    private var depth = 0
    private var isDataScript = false
    private var scriptStart: Int?
    private var source = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Position of the parser at the last report.
    private var last = 0
    private var tags: [UnsafePointer<UInt8>: HTMLTag] = [:]
    private var names: [UnsafePointer<UInt8>: HTMLAttribute?] = [:]

    init(capacity: Int) {
        tree.text.reserveCapacity(capacity / 8)
        tree.nodes.reserveCapacity(capacity / 60)
        tree.attributes.reserveCapacity(capacity / 60)
        tree.values.reserveCapacity(capacity / 8)
    }

    static func of(_ data: UnsafeMutableRawPointer?) -> HTMLTreeBuilder? {
        data.map { Unmanaged<HTMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    func begin(source: UnsafeBufferPointer<UInt8>) { self.source = source }

    func finished() -> HTMLTree {
        while !open.isEmpty { close() }
        return tree
    }

    /// Something that is neither element nor text was passed.
    func note(at position: Int) { last = within(position) }

    private func within(_ position: Int) -> Int { min(max(position, 0), source.count) }

    /// Takes a start tag; false when the page is nested too deeply to go on.
    func start(
        _ name: UnsafePointer<UInt8>?, _ list: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, at position: Int
    ) -> Bool {
        depth += 1
        let here = within(position)
        defer { last = here }
        if depth > HTMLParser.maximumDepth {
            if tree.cutAt == nil { tree.cutAt = last }
            return false
        }
        guard skipped == 0, let name else { return true }
        let tag = self.tag(name)
        let attributes = read(list)
        if tag.isSkipped || tag == .script {
            skipped = depth
            isDataScript = tag == .script && isData(attributes)
            tree.attributes.removeSubrange(attributes)
            return true
        }
        let range = Int32(attributes.lowerBound)..<Int32(attributes.upperBound)
        let begin = Int32(min(tagStart(before: here), here))
        open.append(Int32(tree.nodes.count))
        tree.nodes.append(
            .init(tag: tag, parent: open.dropLast().last ?? -1, end: 0, range: range, source: begin..<Int32(here)))
        return true
    }

    func end(at position: Int) {
        let here = within(position)
        defer { last = here }
        if skipped == depth {
            skipped = 0
            isDataScript = false
            if let start = scriptStart { tree.scripts.append(start..<tree.values.count) }
            scriptStart = nil
        } else if skipped == 0 {
            close()
        }
        depth -= 1
    }

    private func close() {
        guard let node = open.popLast() else { return }
        tree.nodes[Int(node)].end = Int32(tree.nodes.count)
        let start = tree.nodes[Int(node)].source.lowerBound
        tree.nodes[Int(node)].source = start..<max(start, Int32(last))
    }

    func script(_ text: UnsafePointer<UInt8>?, _ count: Int, at position: Int) {
        defer { last = within(position) }
        guard isDataScript, let text else { return }
        if scriptStart == nil { scriptStart = tree.values.count }
        tree.values.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
    }

    private func tagStart(before position: Int) -> Int {
        var index = position - 1
        while index > last {
            if source[index] == 0x3C { return index }
            index -= 1
        }
        return last
    }

    private func tag(_ name: UnsafePointer<UInt8>) -> HTMLTag {
        if let tag = tags[name] { return tag }
        let tag = HTMLTag.byName[String(cString: name)] ?? .other
        tags[name] = tag
        return tag
    }

    private func read(_ list: UnsafeMutablePointer<UnsafePointer<UInt8>?>?) -> Range<Int> {
        let first = tree.attributes.count
        guard var item = list else { return first..<first }
        while let name = item[0] {
            if let known = attribute(name) {
                let start = Int32(tree.values.count)
                if let value = item[1] {
                    var length = 0
                    while value[length] != 0 { length += 1 }
                    tree.values.append(contentsOf: UnsafeBufferPointer(start: value, count: length))
                }
                tree.attributes.append(.init(name: known, value: start..<Int32(tree.values.count)))
            }
            item += 2
        }
        return first..<tree.attributes.count
    }

    private func attribute(_ name: UnsafePointer<UInt8>) -> HTMLAttribute? {
        if let known = names[name] { return known }
        let known = HTMLAttribute.byName[String(cString: name)]
        names[name] = .some(known)
        return known
    }

    private func isData(_ attributes: Range<Int>) -> Bool {
        tree.attributes[attributes].contains { attribute in
            guard attribute.name == .type else { return false }
            let value = tree.values[Int(attribute.value.lowerBound)..<Int(attribute.value.upperBound)]
            return String(decoding: value, as: UTF8.self).lowercased().contains("ld+json")
        }
    }
}

// Texts and their places.
extension HTMLTreeBuilder {
    func characters(_ text: UnsafePointer<UInt8>?, _ count: Int, at position: Int) {
        let here = within(position)
        defer { last = here }
        guard let text, count > 0 else { return }
        if skipped > 0 {
            if isDataScript { script(text, count, at: position) }
            return
        }
        let start = tree.text.count
        tree.text.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
        let place = addRuns(text, count, at: start, until: here)
        if let previous = tree.nodes.last, previous.tag == nil, previous.parent == open.last ?? -1 {
            let node = tree.nodes.count - 1
            tree.nodes[node].range = previous.range.lowerBound..<Int32(tree.text.count)
            tree.nodes[node].source =
                previous.source.lowerBound..<max(previous.source.upperBound, Int32(place.upperBound))
            return
        }
        tree.nodes.append(
            .init(
                tag: nil, parent: open.last ?? -1, end: Int32(tree.nodes.count + 1),
                range: Int32(start)..<Int32(tree.text.count), source: Int32(place.lowerBound)..<Int32(place.upperBound))
        )
    }

    private func addRuns(_ text: UnsafePointer<UInt8>, _ count: Int, at start: Int, until here: Int) -> Range<Int> {
        // A full buffer is handed over before the parser steps behind its last character.
        for shift in 0..<4 where here - count + shift >= 0 && here + shift <= source.count {
            let begin = here - count + shift
            if begin + 1 >= last, let base = source.baseAddress, memcmp(base + begin, text, count) == 0 {
                add(.init(text: Int32(start), source: Int32(begin), sourceCount: Int32(count), isVerbatim: true))
                return begin..<begin + count
            }
        }
        return lay(text, count, at: start, from: min(last, here), until: here)
    }

    /// Lays a text on the bytes since the last report, entities included.
    private func lay(
        _ text: UnsafePointer<UInt8>, _ count: Int, at start: Int, from: Int, until here: Int
    ) -> Range<Int> {
        var index = from
        if index < here, source[index] == 0x3E { index += 1 }
        let first = index
        var taken = 0
        while taken < count, index < here {
            if source[index] == text[taken], text[taken] != 0x26 || isLastEntity(index, here) == false {
                add(.init(text: Int32(start + taken), source: Int32(index), sourceCount: 1, isVerbatim: true))
                taken += 1
                index += 1
            } else if source[index] == 0x26 {
                let end = entityEnd(index, here)
                let length = scalarLength(text[taken])
                add(
                    .init(
                        text: Int32(start + taken), source: Int32(index), sourceCount: Int32(end - index),
                        isVerbatim: false))
                taken += min(length, count - taken)
                index = end
            } else {
                break
            }
        }
        if taken < count {
            add(
                .init(
                    text: Int32(start + taken), source: Int32(first), sourceCount: Int32(max(0, here - first)),
                    isVerbatim: false))
        }
        return first..<max(first, here)
    }

    private func add(_ run: HTMLTree.Run) {
        if run.isVerbatim, let last = tree.runs.last, last.isVerbatim, last.text + last.sourceCount == run.text,
            last.source + last.sourceCount == run.source
        {
            tree.runs[tree.runs.count - 1].sourceCount += run.sourceCount
        } else {
            tree.runs.append(run)
        }
    }

    private func isLastEntity(_ index: Int, _ here: Int) -> Bool { entityEnd(index, here) > index + 1 }

    /// One past an entity that begins at an ampersand; one past the ampersand when it stands alone.
    private func entityEnd(_ index: Int, _ here: Int) -> Int {
        var end = index + 1
        while end < here, end < index + 40, isNameByte(source[end]) { end += 1 }
        return end < here && source[end] == 0x3B && end > index + 1 ? end + 1 : end
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte == 0x23 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private func scalarLength(_ byte: UInt8) -> Int { byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4 }
}
