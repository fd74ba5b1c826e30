import DyadTesting
import Foundation
import Testing

/// The built program `dyad`, run as a user runs it.
enum Program {
    /// What a run left behind.
    struct Run {
        var status: Int32
        /// Lines of standard output.
        var output: [String]
        /// Standard error.
        var errors: String

        /// The lines of standard output as JSON objects; a line that is none is an empty object.
        var objects: [[String: Any]] {
            output.map { (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any] ?? [:] }
        }
    }

    /// The program lies in a folder above the test program.
    private static func executable() throws -> URL {
        let programs = [
            CommandLine.arguments[0],
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "",
            Bundle.main.bundlePath,
        ]
        for program in programs {
            var folder = URL(fileURLWithPath: program).deletingLastPathComponent()
            for _ in 0..<5 {
                let found = folder.appendingPathComponent("dyad")
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: found.path, isDirectory: &isFolder), !isFolder.boolValue {
                    return found
                }
                folder.deleteLastPathComponent()
            }
        }
        throw CocoaError(.fileNoSuchFile, userInfo: [NSLocalizedDescriptionKey: "dyad is not beside \(programs[0])"])
    }

    /// Starts the program and ends it without warning.
    static func kill(_ arguments: [String], afterMilliseconds milliseconds: Int) throws {
        let process = Process()
        process.executableURL = try executable()
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Runs the program and waits for it.
    ///
    /// Files stand in for pipes, so that neither side waits for the other.
    static func run(
        _ arguments: [String], input: Data = Data(), environment: [String: String] = [:], in folder: URL? = nil
    ) throws -> Run {
        let place = try TemporaryFolder()
        let files = try ["in", "out", "err"].map { try place.write($0 == "in" ? input : Data(), to: $0) }
        let process = Process()
        process.executableURL = try executable()
        process.arguments = arguments
        process.currentDirectoryURL = folder ?? place.url
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        let output = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
        return Run(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: output.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
                .dropLast(output.last?.isNewline ?? true ? 1 : 0),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
}
