/// Cuts XML into tags and texts, forgiving what real feeds get wrong; reads on where a strict parser stops.
///
/// Nothing is ever loaded or expanded: of entities only the characters that HTML names and numeric references are
/// resolved, and a file that declares its own ends the reading. Every search for a closing mark remembers its answer, so
/// that the time stays linear however often the mark is missing.
struct XMLScanner {
    /// What stands at one place of the file.
    enum Token {
        case start(XMLTag)
        case end(name: String)
        case text([UInt8])
    }

    /// Tags with more attributes lose the rest of them.
    static let maximumAttributes = 200
    /// Longer tags are taken for text.
    static let maximumTagBytes = 1_000_000

    let bytes: [UInt8]
    private(set) var index = 0
    private(set) var notes = XMLNotes()
    /// Set when the file must not be read further.
    private(set) var failure: String?
    /// First byte of the last token.
    private(set) var tokenStart = 0
    private var known: [Mark: Found] = [:]

    private enum Mark: Hashable { case comment, cdata, instruction, double, single, close }

    /// From here on, the next mark stands there.
    private struct Found {
        var from: Int
        var at: Int
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// The next tag or text; nil at the end or when reading must stop.
    mutating func next() -> Token? {
        while failure == nil, index < bytes.count {
            tokenStart = index
            guard bytes[index] == 0x3C else { return .text(readText()) }
            guard index + 1 < bytes.count else {
                notes.add(.cutOff, at: index)
                index = bytes.count
                return nil
            }
            if let token = readMarkup() { return token }
        }
        return nil
    }

    /// Ends the reading with a reason.
    mutating func stop(_ reason: String) { failure = reason }

    /// Remembers something that is wrong at a byte.
    mutating func note(_ kind: XMLNotes.Kind, at byte: Int) { notes.add(kind, at: byte) }
}

// Markup.
extension XMLScanner {
    private mutating func readMarkup() -> Token? {
        let second = bytes[index + 1]
        switch second {
        case 0x21:
            if has("<!--") { return skip(past: .comment, mark: "-->", from: index + 4) }
            if has("<![CDATA[") { return readCData() }
            return readDeclaration()
        case 0x3F: return skip(past: .instruction, mark: "?>", from: index + 2)
        case 0x2F: return readEnd()
        default:
            if Self.opensName(second) { return readStart() }
            notes.add(.strayBracket, at: index)
            index += 1
            return .text([0x3C])
        }
    }

    private mutating func skip(past mark: Mark, mark text: StaticString, from start: Int) -> Token? {
        if let end = find(mark, text, from: start) {
            index = end + text.utf8CodeUnitCount
        } else {
            notes.add(.unclosedComment, at: index)
            index = min(bytes.count, index + 2)
        }
        return nil
    }

    private mutating func readCData() -> Token? {
        let start = index + 9
        guard let end = find(.cdata, "]]>", from: start) else {
            notes.add(.cutOff, at: index)
            index = bytes.count
            return .text(clean(start..<bytes.count))
        }
        index = end + 3
        return .text(clean(start..<end))
    }

    /// `<!DOCTYPE …>`; one that declares entities ends the reading.
    private mutating func readDeclaration() -> Token? {
        var depth = 0, place = index
        while place < bytes.count {
            switch bytes[place] {
            case 0x5B: depth += 1
            case 0x5D: depth -= 1
            case 0x3C where place > index && has("<!ENTITY", at: place):
                failure = "it declares entities of its own, which are never expanded"
                return nil
            case 0x3E where depth <= 0:
                index = place + 1
                return nil
            default: break
            }
            place += 1
        }
        notes.add(.cutOff, at: index)
        index = bytes.count
        return nil
    }

    private mutating func readEnd() -> Token? {
        let start = index + 2
        guard let close = find(.close, ">", from: start) else {
            notes.add(.cutOff, at: index)
            index = bytes.count
            return nil
        }
        let next = bytes[start..<close].firstIndex(of: 0x3C) ?? close
        let name = bytes[start..<next].prefix { $0 > 0x20 }
        index = next == close ? close + 1 : next
        return .end(name: Self.lowered(name))
    }

    private mutating func readStart() -> Token? {
        var place = index + 1
        while place < bytes.count, Self.isNameByte(bytes[place]) { place += 1 }
        var tag = XMLTag(name: Self.lowered(bytes[(index + 1)..<place]), byte: index)
        while place < bytes.count {
            while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
            guard place < bytes.count else { break }
            switch bytes[place] {
            case 0x3E:
                index = place + 1
                return .start(tag)
            case 0x2F where place + 1 < bytes.count && bytes[place + 1] == 0x3E:
                index = place + 2
                tag.isEmpty = true
                return .start(tag)
            case 0x3C:
                // The tag was never closed: the next one begins.
                notes.add(.unclosedTag, at: index)
                index = place
                return .start(tag)
            default: place = readAttribute(&tag, at: place)
            }
        }
        notes.add(.cutOff, at: index)
        index = bytes.count
        return nil
    }

    /// Reads `name="value"` into a tag; where to read on, always further.
    private mutating func readAttribute(_ tag: inout XMLTag, at start: Int) -> Int {
        var place = start
        while place < bytes.count, Self.isNameByte(bytes[place]) { place += 1 }
        if place == start { return start + 1 }
        let name = start..<place
        while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
        guard place < bytes.count, bytes[place] == 0x3D else { return place }
        place += 1
        while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
        guard place < bytes.count else { return place }
        let quote = bytes[place]
        guard quote == 0x22 || quote == 0x27 else {
            let end = bytes[place...].prefix { $0 > 0x20 && $0 != 0x3E && $0 != 0x3C }.endIndex
            add(name, place..<end, to: &tag)
            return max(end, place)
        }
        let mark: Mark = quote == 0x22 ? .double : .single
        guard let end = find(mark, quote == 0x22 ? "\"" : "'", from: place + 1),
            end - place <= Self.maximumTagBytes
        else {
            notes.add(.unclosedQuote, at: place)
            return place + 1
        }
        add(name, (place + 1)..<end, to: &tag)
        return end + 1
    }

    private mutating func add(_ name: Range<Int>, _ value: Range<Int>, to tag: inout XMLTag) {
        guard tag.attributes.count < Self.maximumAttributes else { return }
        let key = Self.lowered(bytes[name])
        if tag.attributes[key] == nil { tag.attributes[key] = String(decoding: resolved(value), as: UTF8.self) }
    }
}

// Text.
extension XMLScanner {
    private mutating func readText() -> [UInt8] {
        let start = index
        index = bytes[index...].firstIndex(of: 0x3C) ?? bytes.count
        return resolved(start..<index)
    }

    /// Bytes with control characters as spaces.
    private mutating func clean(_ range: Range<Int>) -> [UInt8] {
        var out = Array(bytes[range])
        for place in out.indices where Self.isControl(out[place]) {
            notes.add(.controlCharacter, at: range.lowerBound + place)
            out[place] = 0x20
        }
        return out
    }

    /// Bytes with their references as characters.
    private mutating func resolved(_ range: Range<Int>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(range.count)
        var place = range.lowerBound
        while place < range.upperBound {
            let byte = bytes[place]
            if byte == 0x26 {
                place = readReference(at: place, until: range.upperBound, into: &out)
            } else {
                if Self.isControl(byte) { notes.add(.controlCharacter, at: place) }
                out.append(Self.isControl(byte) ? 0x20 : byte)
                place += 1
            }
        }
        return out
    }

    private mutating func readReference(at start: Int, until end: Int, into out: inout [UInt8]) -> Int {
        let name = bytes[(start + 1)..<min(end, start + 34)].prefix { Self.isNameByte($0) || $0 == 0x23 }
        guard !name.isEmpty, name.endIndex < end, bytes[name.endIndex] == 0x3B else {
            notes.add(.bareAmpersand, at: start)
            out.append(0x26)
            return start + 1
        }
        guard let scalar = XMLEntities.scalar(String(decoding: name, as: UTF8.self)) else {
            notes.add(.unknownEntity, at: start)
            out.append(contentsOf: bytes[start...name.endIndex])
            return name.endIndex + 1
        }
        let isControl = scalar.value < 0x20 && ![0x09, 0x0A, 0x0D].contains(scalar.value)
        out.append(contentsOf: String(isControl ? " " : Character(scalar)).utf8)
        return name.endIndex + 1
    }
}

// Bytes.
extension XMLScanner {
    private func has(_ text: StaticString, at place: Int? = nil) -> Bool {
        let start = place ?? index
        guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { mark in
            mark.indices.allSatisfy { offset in
                let byte = bytes[start + offset]
                return byte == mark[offset] || ((0x61...0x7A).contains(byte) && byte - 0x20 == mark[offset])
            }
        }
    }

    /// The first place of a mark at or behind a byte; nil when it does not come any more.
    private mutating func find(_ mark: Mark, _ text: StaticString, from start: Int) -> Int? {
        if let found = known[mark], found.from <= start, start <= found.at {
            return found.at < bytes.count ? found.at : nil
        }
        let at = text.withUTF8Buffer { ByteSearch.first(of: $0, in: bytes, from: start) } ?? bytes.count
        known[mark] = Found(from: start, at: at)
        return at < bytes.count ? at : nil
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
    }

    private static func opensName(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte >= 0x80
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        opensName(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x3A
    }

    private static func lowered(_ name: ArraySlice<UInt8>) -> String {
        String(decoding: name.prefix(200).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

/// A start tag.
struct XMLTag {
    /// In small letters, with its prefix: `content:encoded`.
    var name: String
    /// By names in small letters.
    var attributes: [String: String] = [:]
    /// Closed at once: `<link/>`.
    var isEmpty = false
    /// First byte.
    var byte: Int

    init(name: String, byte: Int) {
        self.name = name
        self.byte = byte
    }
}
