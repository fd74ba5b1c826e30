import Foundation
import Synchronization

/// A small web server on this machine that does what a test tells it, however wrong.
///
/// Each connection has a thread of its own and carries one request.
public final class LoopbackServer: Sendable {
    /// What came in.
    public struct Request: Sendable {
        /// Path and query.
        public var path: String
        /// By names in small letters.
        public var fields: [String: String]
    }

    /// What goes out, step by step; `send` is false when the other side has gone.
    public typealias Answer = @Sendable (_ request: Request, _ send: (String) -> Bool) -> Void

    /// Where it listens.
    public let port: Int
    private let socket: Int32
    private let seen = Mutex<[Request]>([])

    /// The requests so far, in order.
    public var requests: [Request] { seen.withLock { $0 } }
    /// Their paths.
    public var paths: [String] { requests.map(\.path) }

    /// No port could be had.
    public struct Failure: Error {}

    /// Starts it on a free port.
    public init(_ answer: @escaping Answer) throws {
        signal(SIGPIPE, SIG_IGN)
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        socket = Foundation.socket(AF_INET, kind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = socket
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(number, raw, size) == 0 && listen(number, 16) == 0 && getsockname(number, raw, &size) == 0
            }
        }
        guard socket >= 0, isBound else { throw Failure() }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(number, nil, nil)
                if connection < 0 { return }
                Thread.detachNewThread { [weak self] in self?.serve(connection, answer) }
            }
        }
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    /// An address on this server.
    public func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    private func serve(_ connection: Int32, _ answer: Answer) {
        defer { close(connection) }
        var bytes: [UInt8] = [], room = [UInt8](repeating: 0, count: 4096)
        while bytes.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
            let count = read(connection, &room, room.count)
            if count <= 0 { return }
            bytes += room[..<count]
        }
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        var request = Request(
            path: lines[0].split(separator: " ").dropFirst().first.map(String.init) ?? "", fields: [:])
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            request.fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        seen.withLock { $0.append(request) }
        answer(request) { text in
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
                if count <= 0 { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
        shutdown(connection, Int32(SHUT_WR))
    }
}

extension LoopbackServer {
    /// A whole answer.
    public static func answer(_ status: Int = 200, _ fields: [String] = [], _ body: String = "") -> String {
        (["HTTP/1.1 \(status) X"] + fields + ["Content-Length: \(body.utf8.count)", "Connection: close", "", body])
            .joined(separator: "\r\n")
    }

    /// A server of whole answers by path; what it does not have is not found.
    public convenience init(_ answers: [String: String]) throws {
        try self.init { request, send in _ = send(answers[request.path] ?? LoopbackServer.answer(404)) }
    }
}
