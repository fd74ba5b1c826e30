public import Foundation

/// Where the trained weights lie.
public enum ModelLocation {
    /// Address of a weights file such as `language-en.dyad`; nil when it is nowhere to be found.
    ///
    /// Looked for in the folder named by the environment variable `DYAD_MODELS`, beside the program
    /// (`dyad_DyadModels.resources/weights`), and where this source file lies.
    public static func file(
        _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> URL? {
        var candidates: [URL] = []
        if let named = environment["DYAD_MODELS"] {
            return existing(URL(fileURLWithPath: named).appendingPathComponent(name))
        }
        var programs = [URL(fileURLWithPath: CommandLine.arguments.first ?? ".").deletingLastPathComponent()]
        if let real = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            programs.append(URL(fileURLWithPath: real).deletingLastPathComponent())
        }
        for program in programs {
            candidates.append(program.appendingPathComponent("dyad_DyadModels.resources/weights/\(name)"))
        }
        candidates.append(
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("weights/\(name)"))
        return candidates.lazy.compactMap(existing).first
    }

    private static func existing(_ url: URL) -> URL? {
        FileManager.default.fileExists(atPath: url.path) ? url : nil
    }
}
