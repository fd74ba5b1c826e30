import Foundation

/// Takes the text out of a PDF with the program `pdftotext`, where it is installed.
struct PDFReader {
    /// Why a file cannot be read, as half a sentence.
    struct Trouble: Error { let reason: String }

    /// Where programs are looked for.
    var path: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    /// Seconds that the program may take.
    var timeout = 60.0
    var maximumBytes = 64_000_000

    /// True for the first bytes of a PDF.
    static func recognises(_ head: [UInt8]) -> Bool { head.starts(with: Array("%PDF-".utf8)) }

    /// The text in UTF-8.
    func text(of file: URL) throws(Trouble) -> [UInt8] {
        guard let program = program() else {
            throw Trouble(
                reason:
                    "this is a PDF; those are read with the program pdftotext (package poppler-utils), which is not installed"
            )
        }
        let output = Pipe(), errors = Pipe()
        let process = Process()
        process.executableURL = program
        process.arguments = ["-q", "-enc", "UTF-8", file.path, "-"]
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch { throw Trouble(reason: "pdftotext does not start") }
        let text = collect(output, of: process)
        let message = (try? errors.fileHandleForReading.read(upToCount: 400)) ?? nil
        process.waitUntilExit()
        if text.isCutOff { throw Trouble(reason: "pdftotext took too long or gave too much text") }
        guard process.terminationStatus == 0 else {
            let said = message.map { String(decoding: $0, as: UTF8.self).singleSpaced } ?? ""
            throw Trouble(reason: "pdftotext could not read this PDF\(said.isEmpty ? "" : " (\(said))")")
        }
        guard text.bytes.contains(where: { $0 > 0x20 }) else {
            throw Trouble(reason: "the PDF holds no text; it may consist of pictures")
        }
        return text.bytes
    }

    private func program() -> URL? {
        path.split(separator: ":").map { URL(fileURLWithPath: String($0)).appendingPathComponent("pdftotext") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// What the program writes, until it ends, writes too much or takes too long.
    private func collect(_ pipe: Pipe, of process: Process) -> (bytes: [UInt8], isCutOff: Bool) {
        let limit = DispatchWorkItem { if process.isRunning { process.terminate() } }
        DispatchQueue.global().asyncAfter(deadline: .now() + timeout, execute: limit)
        defer { limit.cancel() }
        let began = ProcessInfo.processInfo.systemUptime
        var bytes: [UInt8] = []
        while let part = try? pipe.fileHandleForReading.read(upToCount: 1 << 16), !part.isEmpty {
            bytes.append(contentsOf: part)
            if bytes.count > maximumBytes {
                process.terminate()
                return (bytes, true)
            }
        }
        return (bytes, ProcessInfo.processInfo.systemUptime - began >= timeout)
    }
}
