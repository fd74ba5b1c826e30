import Foundation

/// Finds the numbers of a server by its name.
public protocol HostResolver: Sendable {
    /// All numbers of a server, in the order in which they are to be tried.
    func addresses(of host: String) async throws(FetchError) -> [IPAddress]
}

/// Asks the system, which also reads unusual spellings of numbers such as `0x7f000001`.
public struct SystemResolver: HostResolver {
    /// A resolver.
    public init() {}

    /// All numbers of a server.
    public func addresses(of host: String) async throws(FetchError) -> [IPAddress] {
        let found = await withCheckedContinuation { continuation in
            // The call may take long and cannot be stopped; it must not hold up a thread that others need.
            DispatchQueue.global().async { continuation.resume(returning: Self.asked(host)) }
        }
        guard let found, !found.isEmpty else { throw .unreachable("the server's name is not known") }
        return found
    }

    private static func asked(_ host: String) -> [IPAddress]? {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        defer { if let list { freeaddrinfo(list) } }
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return nil }
        var out: [IPAddress] = []
        var next = list
        while let entry = next {
            if let address = address(entry.pointee), !out.contains(address) { out.append(address) }
            next = entry.pointee.ai_next
        }
        return out
    }

    private static func address(_ entry: addrinfo) -> IPAddress? {
        guard let raw = UnsafeRawPointer(entry.ai_addr) else { return nil }
        switch entry.ai_family {
        case AF_INET:
            var value = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            return withUnsafeBytes(of: &value) { IPAddress(bytes: Array($0)) }
        case AF_INET6:
            var value = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return withUnsafeBytes(of: &value) { IPAddress(bytes: Array($0)) }
        default: return nil
        }
    }
}
