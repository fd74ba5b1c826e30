import Foundation

/// A number of the internet, of version 4 or 6.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// Four or sixteen bytes, the first sent first.
    public let bytes: [UInt8]

    /// An address of four or sixteen bytes; nil for another number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the usual spellings, `192.0.2.1` and `2001:db8::1`, and no other.
    public init?(_ text: String) {
        var four = in_addr(), six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    var isVersion6: Bool { bytes.count == 16 }

    /// What kind of network the address belongs to.
    public enum Reach: Sendable {
        /// The open internet.
        case open
        /// This machine or a private network.
        case inside
        /// Link-local, multicast, reserved, and what clouds use for their metadata: never asked.
        case never
    }

    /// What kind of network the address belongs to (IANA special-purpose registries, RFC 6890).
    public var reach: Reach { isVersion6 ? reach6 : Self.reach4(bytes[...]) }

    private static func reach4(_ bytes: ArraySlice<UInt8>) -> Reach {
        let value = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        func lies(_ network: UInt32, _ bits: UInt32) -> Bool { value >> (32 - bits) == network >> (32 - bits) }
        if lies(0x7F00_0000, 8) || lies(0x0A00_0000, 8) || lies(0xAC10_0000, 12) || lies(0xC0A8_0000, 16) {
            return .inside
        }
        let closed: [(UInt32, UInt32)] = [
            (0x0000_0000, 8), (0x6440_0000, 10), (0xA9FE_0000, 16), (0xC000_0000, 24), (0xC000_0200, 24),
            (0xC058_6300, 24), (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4),
            (0xF000_0000, 4),
        ]
        return closed.contains { lies($0.0, $0.1) } ? .never : .open
    }

    private var reach6: Reach {
        if bytes.dropLast().allSatisfy({ $0 == 0 }) { return bytes[15] == 1 ? .inside : .never }
        // An address of version 4 in another dress is what it is underneath.
        let zeros = bytes.prefix(10).allSatisfy { $0 == 0 }
        if zeros, bytes[10] == 0xFF, bytes[11] == 0xFF { return Self.reach4(bytes[12...]) }
        if zeros, bytes[10] == 0, bytes[11] == 0 { return .never }
        if bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B]), bytes[4..<12].allSatisfy({ $0 == 0 }) {
            return Self.reach4(bytes[12...])
        }
        if bytes.starts(with: [0x20, 0x02]) { return .never }
        if bytes[0] & 0xFE == 0xFC { return .inside }
        guard bytes[0] & 0xE0 == 0x20 else { return .never }
        // Protocol assignments (Teredo among them) and examples.
        if bytes.starts(with: [0x20, 0x01]), bytes[2] < 0x02 { return .never }
        if bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) || (bytes.starts(with: [0x3F, 0xFF]) && bytes[2] < 0x10) {
            return .never
        }
        return .open
    }

    /// The usual spelling.
    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = isVersion6 ? AF_INET6 : AF_INET
        _ = bytes.withUnsafeBytes { inet_ntop(family, $0.baseAddress, &text, socklen_t(text.count)) }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
