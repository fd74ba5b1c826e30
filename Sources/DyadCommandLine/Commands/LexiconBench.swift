import DyadCodebook
import DyadCore
import DyadExchange
import DyadPipeline
import Foundation

/// Measures loading and looking up a user's lexicon of many synthetic entries, as text and compiled.
struct LexiconBench {
    /// One way of loading.
    struct Row {
        var form: String
        var loadMilliseconds: Double
        /// Growth of the resident memory, mapped pages included.
        var megabytes: Double
        var lookupMicroseconds: Double
        var names: Int
    }

    let entries: Int

    /// Writes the entries to a temporary folder and measures each form in a process of its own.
    func rows() throws -> [Row] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dyad-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.write(entries, to: folder.appendingPathComponent("actors.tsv"))
        let text = try Self.child(folder)
        _ = try ActorLexicon.compile(folder, isOwn: true)
        return [text, try Self.child(folder)]
    }

    /// Two made-up names an entry, a third of the entries dated; the same for the same number.
    private static func write(_ entries: Int, to file: URL) throws {
        let parts = ["ba", "do", "ki", "lu", "me", "ra", "so", "ti", "ve", "zan", "or", "el", "in", "ak", "um", "ster"]
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        func word() -> String { (0..<2 + next(3)).map { _ in parts[next(parts.count)] }.joined().capitalized }
        let countries = ["TUR", "PAK", "KEN", "PER", "FRA", "JPN", "EGY", "BRA"]
        var out = "name\tcode\tsector\tfrom\tto\tnames\n"
        for number in 0..<entries {
            let name = "\(word()) \(word()) \(number)"
            let dates = number % 3 == 0 ? "2010-03\t2014-05" : "\t"
            out += "\(name)\t\(countries[next(8)])\tGOV\t\(dates)\t\(word()) \(number)\n"
        }
        try Data(out.utf8).write(to: file)
    }

    private static func child(_ folder: URL) throws -> Row {
        guard let program = Bundle.main.executableURL else { throw CocoaError(.fileNoSuchFile) }
        let process = Process()
        process.executableURL = program
        process.arguments = ["bench", "--measure-lexicon", folder.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let cells = output.split(separator: "\n").last?.split(separator: "\t").map(String.init) ?? []
        guard process.terminationStatus == 0, cells.count == 5, let load = Double(cells[1]),
            let memory = Double(cells[2]), let lookup = Double(cells[3]), let names = Int(cells[4])
        else { throw CocoaError(.fileReadCorruptFile) }
        return Row(
            form: cells[0], loadMilliseconds: load, megabytes: memory, lookupMicroseconds: lookup, names: names)
    }

    /// Measures in this process; prints one line of cells.
    static func measure(_ folder: String) throws {
        let place = URL(fileURLWithPath: folder)
        let before = residentMegabytes()
        let began = ProcessInfo.processInfo.systemUptime
        let lexicon = try UserLexicon(folder: place)
        let load = (ProcessInfo.processInfo.systemUptime - began) * 1000
        let memory = residentMegabytes() - before
        let keys = try sample(place.appendingPathComponent("actors.tsv"))
        var found = 0
        let start = cpuSeconds()
        for _ in 0..<5 { for key in keys { found += lexicon.readingCount(key) } }
        let each = (cpuSeconds() - start) / Double(5 * max(keys.count, 1)) * 1e6
        guard found > 0 else { throw CocoaError(.fileReadCorruptFile) }
        let cells = [
            lexicon.isCompiled ? "compiled" : "text", "\(load)", "\(memory)", "\(each)", "\(lexicon.nameCount)",
        ]
        Console.line(cells.joined(separator: "\t"))
    }

    /// Some names of the file, and as many that it does not have.
    private static func sample(_ file: URL) throws -> [String] {
        let names = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        return stride(from: 0, to: names.count, by: max(1, names.count / 50_000)).flatMap { number -> [String] in
            let name = names[names.startIndex + number].split(separator: "\t").first.map(String.init) ?? ""
            return [name, name + "x"]
        }
    }

    /// Processor time of this process so far: another program on the machine does not count.
    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Resident memory of this process.
    private static func residentMegabytes() -> Double {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
    }
}
