public import Foundation

/// Where the knowledge files of `Data/` lie.
public enum DataLocation {
    /// The folder that holds `codebook`, `lexicons` and `rules`; nil when it is nowhere to be found.
    ///
    /// The folder named by the environment variable `DYAD_DATA`, and no other, when it is set. Else, in this order: beside the program (the
    /// `dyad_DyadData.resources` folder that the build leaves there, which travels with a copied program); the folder
    /// of this source file, for a program run where it was built. `Bundle.module` is not used: it traps when nothing
    /// is found, and a missing folder has to be a message.
    public static func folder(environment: [String: String] = ProcessInfo.processInfo.environment) -> URL? {
        // A folder that is named and holds nothing is a mistake to tell, not a reason to take another one.
        if let named = environment["DYAD_DATA"] { return existing(URL(fileURLWithPath: named)) }
        var candidates: [URL] = []
        for program in programFolders() { candidates.append(program.appendingPathComponent("dyad_DyadData.resources")) }
        candidates.append(URL(fileURLWithPath: #filePath).deletingLastPathComponent())
        return candidates.lazy.compactMap(existing).first
    }

    private static func existing(_ folder: URL) -> URL? {
        let codebook = folder.appendingPathComponent("codebook/plover.yaml")
        return FileManager.default.fileExists(atPath: codebook.path) ? folder : nil
    }

    /// Folders of the running program, with and without symbolic links resolved.
    private static func programFolders() -> [URL] {
        let path = URL(fileURLWithPath: CommandLine.arguments.first ?? ".")
        var out = [path.deletingLastPathComponent(), path.resolvingSymlinksInPath().deletingLastPathComponent()]
        if let real = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            out.append(URL(fileURLWithPath: real).deletingLastPathComponent())
        }
        return out
    }
}
