/// Takes the records of a web archive (WARC 0.17 to 1.1, ISO 28500) one after another out of a file.
///
/// Blocks of records that nobody wants, and those over the limit, are passed over without being kept. What is no record is
/// passed over up to the next; a record that is shorter than it says ends where its compressed member ends.
struct WARCScanner {
    /// Longer blocks are passed over.
    static let maximumBlockBytes = 64_000_000
    private static let maximumHeaderBytes = 64_000

    /// What comes next in the file.
    enum Item {
        case record(WARCRecord)
        /// A record that was not kept, by its type.
        case passed(type: String)
        /// A record or bytes that could not be read.
        case refused(number: Int, byte: Int, reason: String)
    }

    private var source: ArchiveSource
    private var buffer: [UInt8] = []
    private var start = 0
    /// Byte of the unpacked stream at the beginning of `buffer`.
    private var base = 0
    private var number = 0
    private var hasEnded = false
    private var gap: String?

    init(source: ArchiveSource) { self.source = source }

    /// The next item; nil at the end of the file.
    ///
    /// - Parameter isWanted: asked with a record's header fields whether its block is to be kept.
    /// - Returns: a record, or what stands in its place.
    /// - Throws: errors of the file system.
    mutating func next(_ isWanted: ([String: String]) -> Bool) throws -> Item? {
        while true {
            if let reason = try passBlank() { return refusal(reason) }
            guard start < buffer.count else { return nil }
            guard try fill(upTo: 5), has("WARC/") else { return try passStrangeBytes() }
            number += 1
            let place = fileByte(of: base + start)
            guard let end = try headerEnd() else { return lost(at: place, "its header has no end") }
            let fields = WARCRecord.fields(of: buffer[start..<end])
            start = end
            guard let length = fields["content-length"].flatMap({ Int($0) }), length >= 0 else {
                return .refused(number: number, byte: place, reason: "its header gives no length")
            }
            if length > Self.maximumBlockBytes {
                try pass(length)
                return .refused(number: number, byte: place, reason: "its block of \(length) bytes is over the limit")
            }
            if !isWanted(fields) {
                try pass(length)
                return .passed(type: fields["warc-type"]?.lowercased() ?? "")
            }
            return try record(fields, length, place)
        }
    }

    private mutating func record(_ fields: [String: String], _ length: Int, _ place: Int) throws -> Item {
        let boundary = base + start
        let isWhole = try fill(upTo: length)
        var end = min(buffer.count, start + length)
        if let cut = cut(after: boundary, before: base + end) { end = cut - base }
        var record = WARCRecord(fields: fields, block: Array(buffer[start..<end]), number: number, byte: place)
        record.isCutOff = end - start < length
        start = end
        if !isWhole, let reason = gap {
            gap = nil
            compact()
            if reason != "the file is cut off" { return .refused(number: number, byte: place, reason: reason) }
        }
        return .record(record)
    }

    /// A place inside a block where a member begins with another record: there the block ends, whatever its header says.
    private func cut(after first: Int, before last: Int) -> Int? {
        source.boundaries.first { boundary in
            let at = boundary.unpacked - base
            return boundary.unpacked > first && boundary.unpacked < last && at + 5 <= buffer.count
                && buffer[at..<at + 5].elementsEqual("WARC/".utf8)
        }?.unpacked
    }

    private mutating func refusal(_ reason: String) -> Item {
        .refused(number: number + 1, byte: fileByte(of: base + start), reason: reason)
    }

    private mutating func lost(at place: Int, _ reason: String) -> Item {
        let why = gap ?? reason
        gap = nil
        start = buffer.count
        compact()
        return .refused(number: number, byte: place, reason: why)
    }
}

// Bytes.
extension WARCScanner {
    /// Has at least some bytes behind the start in the buffer; false when the file or the run of bytes ends before.
    private mutating func fill(upTo count: Int) throws -> Bool {
        while buffer.count - start < count {
            guard !hasEnded, gap == nil else { return false }
            compact()
            switch try source.fill(&buffer) {
            case .bytes: continue
            case .gap(let reason): gap = reason
            case .end: hasEnded = true
            }
        }
        return true
    }

    /// Gives back the room of what was read.
    private mutating func compact() {
        guard start > 0 else { return }
        base += start
        buffer.removeFirst(start)
        start = 0
        source.forget(before: base)
    }

    /// Passes over line ends between records; a gap there is a refusal of its own.
    private mutating func passBlank() throws -> String? {
        while true {
            while start < buffer.count, buffer[start] <= 0x20 { start += 1 }
            if start < buffer.count { return nil }
            if let reason = gap {
                gap = nil
                return reason
            }
            if try !fill(upTo: 1), gap == nil { return nil }
        }
    }

    /// Passes over a block without keeping it.
    private mutating func pass(_ length: Int) throws {
        var rest = length
        while rest > 0 {
            let boundary = base + start
            let here = min(rest, buffer.count - start)
            if let cut = cut(after: boundary, before: boundary + here) {
                start = cut - base
                return
            }
            start += here
            rest -= here
            guard rest > 0 else { return }
            if try !fill(upTo: 1) {
                if gap != nil { gap = nil }
                return
            }
        }
    }

    private mutating func headerEnd() throws -> Int? {
        var from = start
        while true {
            if let end = blankLine(from: from) { return end }
            from = max(start, buffer.count - 3)
            let offset = from - start
            guard buffer.count - start < Self.maximumHeaderBytes, try fill(upTo: buffer.count - start + 1) else {
                return nil
            }
            from = start + offset
        }
    }

    /// One past the empty line that ends a header.
    private func blankLine(from place: Int) -> Int? {
        let limit = min(buffer.count, start + Self.maximumHeaderBytes)
        var index = place
        while index < limit {
            if buffer[index] == 0x0A {
                if index + 1 < limit, buffer[index + 1] == 0x0A { return index + 2 }
                if index + 2 < limit, buffer[index + 1] == 0x0D, buffer[index + 2] == 0x0A { return index + 3 }
            }
            index += 1
        }
        return nil
    }

    /// Goes to the next record behind bytes that are none.
    private mutating func passStrangeBytes() throws -> Item {
        let place = fileByte(of: base + start)
        start += 1
        while true {
            if let found = ByteSearch.first(of: "\nWARC/", in: buffer, from: start) {
                start = found + 1
                break
            }
            start = max(start, buffer.count - 6)
            if try !fill(upTo: buffer.count - start + 1) {
                start = buffer.count
                gap = nil
                break
            }
            if source.boundaries.last.map({ $0.unpacked >= base + start }) == true, has("WARC/") { break }
        }
        return .refused(number: number + 1, byte: place, reason: "these bytes are no record")
    }

    private func has(_ mark: StaticString) -> Bool {
        guard start + mark.utf8CodeUnitCount <= buffer.count else { return false }
        return mark.withUTF8Buffer { buffer[start..<start + $0.count].elementsEqual($0) }
    }

    /// Byte of the file that a byte of the unpacked stream came from, or the start of its member.
    private func fileByte(of byte: Int) -> Int {
        guard !source.boundaries.isEmpty else { return byte }
        return source.boundaries.last { $0.unpacked <= byte }?.file ?? 0
    }
}
