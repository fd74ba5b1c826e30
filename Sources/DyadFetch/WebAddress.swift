import Foundation

/// An address of the web, read strictly: whatever two programs might read differently is refused.
///
/// Only `http` and `https`, no name and password, no blanks, no letters beyond ASCII. The fragment is dropped.
public struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    /// How the server is spoken to.
    public enum Scheme: String, Sendable {
        /// In the clear.
        case http
        /// Through TLS.
        case https
    }

    /// How the server is spoken to.
    public let scheme: Scheme
    /// Name or number of the server in small letters, of IPv6 without brackets.
    public let host: String
    /// The port, 80 or 443 where the address names none.
    public let port: Int
    /// Path and query; begins with a slash.
    public let target: String

    /// Reads an address.
    ///
    /// - Throws: ``FetchError/address(_:)`` with the reason.
    public init(_ text: String) throws(FetchError) {
        guard text.utf8.count <= 4000 else { throw .address("it is longer than 4000 characters") }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .address("it holds blanks, control characters or letters beyond ASCII; write those as %XX or xn--")
        }
        guard let colon = text.range(of: "://"), let scheme = Scheme(rawValue: text[..<colon.lowerBound].lowercased())
        else { throw .address("only addresses that begin with http:// or https:// are fetched") }
        let rest = text[colon.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let target = String(rest[authority.endIndex...])
        self.scheme = scheme
        (host, port) = try Self.authority(String(authority), scheme)
        self.target = target.hasPrefix("/") ? target : "/" + target
    }

    private static func authority(_ text: String, _ scheme: Scheme) throws(FetchError) -> (String, Int) {
        if text.contains("@") { throw .address("names and passwords in addresses are not sent") }
        var host = text, digits: Substring?
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { throw .address("a bracket is not closed") }
            host = String(text[text.index(after: text.startIndex)..<close])
            let behind = text[text.index(after: close)...]
            guard behind.isEmpty || behind.hasPrefix(":") else { throw .address("its server cannot be read") }
            digits = behind.isEmpty ? nil : behind.dropFirst()
            guard IPAddress(host)?.isVersion6 == true else { throw .address("its IPv6 number cannot be read") }
        } else if let colon = text.firstIndex(of: ":") {
            host = String(text[..<colon])
            digits = text[text.index(after: colon)...]
        }
        host = host.lowercased()
        if host.hasSuffix(".") { host.removeLast() }
        let isName = host.utf8.allSatisfy {
            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
        }
        guard !host.isEmpty, host.utf8.count <= 253, isName || text.hasPrefix("["), !host.contains("..") else {
            throw .address("its server cannot be read")
        }
        guard let digits, !digits.isEmpty else { return (host, scheme == .http ? 80 : 443) }
        guard digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = Int(digits), (1...65535).contains(port)
        else { throw .address("its port cannot be read") }
        return (host, port)
    }

    /// The address that a redirection names, which may be relative to this one.
    public func following(_ location: String) throws(FetchError) -> WebAddress {
        guard let base = URL(string: description), let url = URL(string: location, relativeTo: base) else {
            throw .address("the redirection cannot be read")
        }
        return try WebAddress(url.absoluteString)
    }

    /// Scheme, server and port: what one `robots.txt` speaks of.
    public var origin: String {
        let isUsual = port == (scheme == .http ? 80 : 443)
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme.rawValue)://\(name)\(isUsual ? "" : ":\(port)")"
    }

    /// The whole address.
    public var description: String { origin + target }
}
