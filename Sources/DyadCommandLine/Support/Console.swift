import Foundation

/// Standard output and standard error.
enum Console {
    /// True when a person reads the stream.
    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal, 100 when there is none.
    static var width: Int {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else {
            return 100
        }
        return min(Int(size.ws_col), 160)
    }

    /// Writes text to standard output.
    static func write(_ text: String) { put(text, STDOUT_FILENO) }

    /// Writes a line to standard output.
    static func line(_ text: String) { put(text + "\n", STDOUT_FILENO) }

    /// Writes a message to standard error.
    static func message(_ text: String) { put(text + "\n", STDERR_FILENO) }

    /// Shows progress on a terminal; nothing in a pipe.
    static func progress(_ text: String) {
        if errorIsTerminal { put("\r\u{1B}[K" + text, STDERR_FILENO) }
    }

    private static func put(_ text: String, _ descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    /// Writes all bytes; false when nobody reads them any more.
    @discardableResult
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno != EINTR { return false }
            rest = rest.dropFirst(max(written, 0))
        }
        return true
    }

    /// Lines of standard input without their line feeds, one after another, however long.
    static func forEachInputLine(_ body: ([UInt8]) throws -> Void) rethrows {
        var pending: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            var start = 0
            for i in 0..<count where buffer[i] == 0x0A {
                pending += buffer[start..<i]
                try body(pending)
                pending.removeAll(keepingCapacity: true)
                start = i + 1
            }
            pending += buffer[start..<count]
        }
        if !pending.isEmpty { try body(pending) }
    }
}
