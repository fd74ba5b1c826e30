/// The list of contents of a ZIP file, and what is packed in it, within limits.
///
/// Nothing is ever written to disk, so names of members are no danger; they are only compared.
struct ZipArchive {
    /// Files with more members are refused.
    static let maximumMembers = 10_000
    /// More unpacked bytes are refused, of one member and of all that are unpacked.
    static let maximumBytes = 200_000_000
    /// So are members that unpack to more than this many times their size.
    static let maximumRatio = Gunzip.maximumRatio

    /// Why a ZIP file cannot be read, as half a sentence.
    struct Trouble: Error { let reason: String }

    struct Member {
        var name: String
        var isEncrypted: Bool
        var method: Int
        var packed: Int
        var unpacked: Int
        var offset: Int
        var isFolder: Bool { name.hasSuffix("/") }
    }

    let bytes: [UInt8]
    private(set) var members: [Member] = []

    /// True for the first bytes of a ZIP file.
    static func recognises(_ head: [UInt8]) -> Bool {
        head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    init(_ bytes: [UInt8]) throws(Trouble) {
        self.bytes = bytes
        guard let end = directoryEnd() else {
            throw Trouble(reason: "the ZIP file is cut off: its list of contents, which stands at the end, is missing")
        }
        let count = number(end + 10, 2), size = number(end + 12, 4), start = number(end + 16, 4)
        guard count <= Self.maximumMembers else {
            throw Trouble(reason: "the ZIP file has \(count) members, more than \(Self.maximumMembers)")
        }
        guard start + size <= end else { throw Trouble(reason: "the ZIP file is cut off or damaged") }
        var place = start
        for _ in 0..<count {
            guard place + 46 <= end, number(place, 4) == 0x0201_4B50 else {
                throw Trouble(reason: "the ZIP file's list of contents is damaged at byte \(place)")
            }
            let name = number(place + 28, 2), more = number(place + 30, 2) + number(place + 32, 2)
            guard place + 46 + name <= end else { throw Trouble(reason: "the ZIP file's list of contents is damaged") }
            members.append(
                Member(
                    name: String(decoding: bytes[(place + 46)..<(place + 46 + name)], as: UTF8.self),
                    isEncrypted: number(place + 8, 2) & 1 == 1, method: number(place + 10, 2),
                    packed: number(place + 20, 4), unpacked: number(place + 24, 4), offset: number(place + 42, 4)))
            place += 46 + name + more
        }
    }

    /// The content of a member.
    func content(of member: Member) throws(Trouble) -> [UInt8] {
        if member.isEncrypted { throw Trouble(reason: "\(member.name) is encrypted; save the file without a password") }
        guard member.packed != 0xFFFF_FFFF, member.unpacked <= Self.maximumBytes else {
            throw Trouble(reason: "\(member.name) unpacks to more than \(Self.maximumBytes) bytes")
        }
        if member.packed > 0, member.unpacked > Gunzip.freeBytes, member.unpacked / member.packed > Self.maximumRatio {
            throw Trouble(reason: "\(member.name) unpacks to more than \(Self.maximumRatio) times its size")
        }
        guard member.offset + 30 <= bytes.count, number(member.offset, 4) == 0x0403_4B50 else {
            throw Trouble(reason: "the ZIP file is damaged: \(member.name) does not stand where its list says")
        }
        let start = member.offset + 30 + number(member.offset + 26, 2) + number(member.offset + 28, 2)
        guard start + member.packed <= bytes.count else { throw Trouble(reason: "\(member.name) is cut off") }
        let packed = Array(bytes[start..<(start + member.packed)])
        switch member.method {
        case 0: return packed
        case 8: return try unpacked(packed, member)
        default: throw Trouble(reason: "\(member.name) is packed with method \(member.method), which is not read")
        }
    }

    private func unpacked(_ packed: [UInt8], _ member: Member) throws(Trouble) -> [UInt8] {
        do {
            let (bytes, isCutOff) = try Gunzip.unpacked(packed, .raw, limit: Self.maximumBytes)
            if isCutOff { throw Trouble(reason: "\(member.name) is cut off or damaged") }
            return bytes
        } catch let error as Trouble {
            throw error
        } catch Gunzip.Trouble.damaged {
            throw Trouble(reason: "the packed bytes of \(member.name) are damaged")
        } catch {
            throw Trouble(reason: "\(member.name) unpacks to more than \(Self.maximumRatio) times its size")
        }
    }

    /// The last record that ends a list of contents; a remark of up to 64 KiB may stand behind it.
    private func directoryEnd() -> Int? {
        var place = bytes.count - 22
        let stop = max(0, bytes.count - 22 - 0xFFFF)
        while place >= stop {
            if bytes[place] == 0x50, number(place, 4) == 0x0605_4B50, place + 22 + number(place + 20, 2) <= bytes.count
            {
                return place
            }
            place -= 1
        }
        return nil
    }

    /// A number of some bytes, the lowest first; 0 behind the end.
    private func number(_ place: Int, _ count: Int) -> Int {
        guard place >= 0, place + count <= bytes.count else { return 0 }
        var value = 0
        for index in (0..<count).reversed() { value = value << 8 | Int(bytes[place + index]) }
        return value
    }
}
