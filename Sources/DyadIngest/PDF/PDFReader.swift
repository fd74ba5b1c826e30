import Foundation
import Synchronization

/// Takes the text out of a PDF with the program `pdftotext`, where it is installed.
struct PDFReader {
    /// Why a file cannot be read, as half a sentence.
    struct Trouble: Error { let reason: String }

    /// What a PDF gave.
    struct Text {
        /// In UTF-8, paragraphs parted by empty lines.
        var bytes: [UInt8]
        /// What was wrong with the file.
        var notes: [String] = []
    }

    /// Where programs are looked for.
    var path: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    /// Seconds that the program may take.
    var timeout = 60.0
    /// Bytes that the program may print; a word with its place takes about a hundred.
    var maximumBytes = 200_000_000

    /// True for the first bytes of a PDF.
    static func recognises(_ head: [UInt8]) -> Bool { head.starts(with: Array("%PDF-".utf8)) }

    /// The text of a file.
    func text(of file: URL) throws(Trouble) -> Text {
        guard let program = program() else {
            throw Trouble(
                reason:
                    "this is a PDF; those are read with the program pdftotext (package poppler-utils), which is not installed"
            )
        }
        let run = try output(of: program, file)
        let bytes: [UInt8]
        if let pages = PDFPages(run.bytes) {
            bytes = Array(PDFParagraphs(pages).paragraphs().joined(separator: "\n\n").utf8) + [0x0A]
        } else {
            bytes = run.bytes
        }
        guard bytes.contains(where: { $0 > 0x20 }) else {
            throw Trouble(
                reason: run.said.isEmpty
                    ? "the PDF holds no text; it may consist of pictures"
                    : "the PDF is damaged and gives no text (\(run.said))")
        }
        let notes = run.said.isEmpty ? [] : ["the PDF is damaged; read as far as pdftotext could (\(run.said))"]
        return Text(bytes: bytes, notes: notes)
    }

    private func program() -> URL? {
        path.split(separator: ":").map { URL(fileURLWithPath: String($0)).appendingPathComponent("pdftotext") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    private func output(of program: URL, _ file: URL) throws(Trouble) -> (bytes: [UInt8], said: String) {
        let output = Pipe(), errors = Pipe()
        let process = Process()
        process.executableURL = program
        process.arguments = ["-bbox-layout", "-enc", "UTF-8", file.path, "-"]
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch { throw Trouble(reason: "pdftotext does not start") }
        let said = Complaints(errors)
        let text = collect(output, of: process)
        process.waitUntilExit()
        if text.isLate { throw Trouble(reason: "pdftotext was not ready after \(Int(timeout)) seconds") }
        if text.bytes.count > maximumBytes {
            throw Trouble(reason: "the PDF holds more text than is read at once; split it")
        }
        let words = said.first
        if words.localizedStandardContains("password") {
            throw Trouble(reason: "the PDF is protected by a password; save it without one")
        }
        guard process.terminationStatus == 0 else {
            throw Trouble(
                reason: "the PDF is damaged or cut off; pdftotext cannot read it\(words.isEmpty ? "" : " (\(words))")")
        }
        return (text.bytes, words)
    }

    /// What the program writes, until it ends, writes too much or takes too long.
    private func collect(_ pipe: Pipe, of process: Process) -> (bytes: [UInt8], isLate: Bool) {
        let number = process.processIdentifier
        let watch = Watch(seconds: timeout) { kill(number, SIGKILL) }
        var bytes: [UInt8] = []
        while let part = try? pipe.fileHandleForReading.read(upToCount: 1 << 16), !part.isEmpty {
            bytes.append(contentsOf: part)
            if bytes.count > maximumBytes {
                kill(number, SIGKILL)
                break
            }
        }
        return (bytes, watch.stop())
    }
}

/// Does something after a time, unless it is stopped before.
private final class Watch: Sendable {
    private let state = Mutex((isStopped: false, hasActed: false))

    init(seconds: Double, _ act: @escaping @Sendable () -> Void) {
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [self] in
            state.withLock { state in
                if state.isStopped { return }
                state.hasActed = true
                act()
            }
        }
    }

    /// From now on nothing is done; true when it was done already.
    func stop() -> Bool {
        state.withLock { state in
            state.isStopped = true
            return state.hasActed
        }
    }
}

/// What a program says of troubles, read beside its output so that neither fills up.
private final class Complaints: Sendable {
    private let text = Mutex<[UInt8]>([])
    private let done = DispatchSemaphore(value: 0)

    init(_ pipe: Pipe) {
        let handle = pipe.fileHandleForReading
        DispatchQueue.global().async { [self] in
            while let part = try? handle.read(upToCount: 1 << 14), !part.isEmpty {
                text.withLock { if $0.count < 4000 { $0.append(contentsOf: part.prefix(4000)) } }
            }
            done.signal()
        }
    }

    /// The first line, waiting for the program's end.
    var first: String {
        done.wait()
        done.signal()
        let line = text.withLock { $0.split(separator: 0x0A).first.map(Array.init) } ?? []
        return String(String(decoding: line, as: UTF8.self).singleSpaced.prefix(160))
    }
}
