import Foundation

/// The bytes of a file piece by piece, unpacked when it is compressed member by member.
///
/// Behind a damaged member reading goes on at the next one that can be unpacked; the reader is told of the gap.
struct ArchiveSource {
    enum Step {
        /// Bytes were added.
        case bytes
        /// What was added so far is not continued, for a reason.
        case gap(String)
        case end
    }

    private static let pieceBytes = 1 << 18
    /// A member may unpack to this many bytes.
    static let maximumMemberBytes = 200_000_000

    private var origin: Origin
    private let unpacker: Gunzip?
    private var input: [UInt8] = []
    private var used = 0
    /// Bytes of the file before `input`.
    private var consumed = 0
    private var memberStart = 0
    private var memberMade = 0
    private var isAtEnd = false
    private var room = [UInt8](repeating: 0, count: pieceBytes)
    private var isSearching = false
    /// The present member was found by searching and may be none.
    private var isTentative = false
    /// Where members begin: byte of the unpacked stream, byte of the file.
    private(set) var boundaries: [(unpacked: Int, file: Int)] = []
    /// Bytes handed over so far.
    private(set) var made = 0

    /// Where the packed bytes come from.
    enum Origin {
        case file(FileHandle)
        case memory([UInt8], at: Int)

        /// Up to a number of bytes; none at the end.
        mutating func read(_ count: Int) throws -> [UInt8] {
            switch self {
            case .file(let handle): return Array(try handle.read(upToCount: count) ?? Data())
            case .memory(let bytes, let start):
                let end = min(bytes.count, start + count)
                self = .memory(bytes, at: end)
                return Array(bytes[start..<end])
            }
        }
    }

    init(_ origin: Origin, isCompressed: Bool) {
        self.origin = origin
        unpacker = isCompressed ? Gunzip(.gzip) : nil
        if isCompressed { boundaries = [(0, 0)] }
    }

    /// Adds the next bytes to a buffer.
    mutating func fill(_ buffer: inout [UInt8]) throws -> Step {
        guard let unpacker else {
            let data = try origin.read(Self.pieceBytes)
            if data.isEmpty { return .end }
            buffer.append(contentsOf: data)
            made += data.count
            return .bytes
        }
        while true {
            if used == input.count, try !readMore() { return finish() }
            if isSearching, try !findMember() { return .end }
            let step = room.withUnsafeMutableBytes { room in
                input.withUnsafeBytes {
                    unpacker.unpack(UnsafeRawBufferPointer(rebasing: $0[used...]), into: room)
                }
            }
            used += step.used
            memberMade += step.made
            if step.outcome != .damaged {
                buffer.append(contentsOf: room[..<step.made])
                made += step.made
            }
            if step.outcome == .damaged, isTentative {
                isSearching = true
                continue
            }
            if step.made > 0 { isTentative = false }
            if let gap = gap(step.outcome) { return gap }
            if case .ended = step.outcome { nextMember() }
            if step.made > 0 { return .bytes }
        }
    }

    /// Forgets boundaries before a byte of the unpacked stream, but for the last.
    mutating func forget(before byte: Int) {
        guard boundaries.count > 1, let keep = boundaries.lastIndex(where: { $0.unpacked <= byte }), keep > 0 else {
            return
        }
        boundaries.removeFirst(keep)
    }

    private mutating func readMore() throws -> Bool {
        guard !isAtEnd else { return false }
        consumed += input.count
        input = try origin.read(Self.pieceBytes)
        used = 0
        isAtEnd = input.isEmpty
        return !input.isEmpty
    }

    /// The end of the file inside a member is a gap once.
    private mutating func finish() -> Step {
        guard memberMade > 0 || consumed + used > memberStart, !isSearching else { return .end }
        isSearching = true
        return .gap("the file is cut off")
    }

    private mutating func gap(_ outcome: Gunzip.Outcome) -> Step? {
        let packed = max(1, consumed + used - memberStart)
        let isBomb = memberMade > Gunzip.freeBytes && memberMade / Gunzip.maximumRatio > packed
        guard case .damaged = outcome else {
            guard isBomb || memberMade > Self.maximumMemberBytes else { return nil }
            isSearching = true
            return .gap(
                isBomb
                    ? "it unpacks to more than \(Gunzip.maximumRatio) times its size" : "it unpacks to more than 200 MB"
            )
        }
        isSearching = true
        return .gap("its compressed bytes are damaged")
    }

    private mutating func nextMember() {
        unpacker?.reset()
        memberStart = consumed + used
        memberMade = 0
        boundaries.append((made, memberStart))
    }

    /// Goes to the next bytes that look like the start of a member; false at the end of the file.
    private mutating func findMember() throws -> Bool {
        while true {
            while used + 3 < input.count {
                if input[used] == 0x1F, input[used + 1] == 0x8B, input[used + 2] == 8, input[used + 3] & 0xE0 == 0,
                    consumed + used > memberStart
                {
                    isSearching = false
                    isTentative = true
                    nextMember()
                    return true
                }
                used += 1
            }
            let rest = Array(input[used...])
            consumed += used
            let more = try origin.read(Self.pieceBytes)
            input = rest + more
            used = 0
            if more.isEmpty {
                consumed += input.count
                input = []
                isAtEnd = true
                return false
            }
        }
    }
}
