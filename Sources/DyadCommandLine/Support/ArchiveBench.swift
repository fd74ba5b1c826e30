import ArgumentParser
import DyadCore
import DyadData
import DyadExchange
import DyadIngest
import Foundation

/// Measures how fast a web archive becomes documents, on one core.
struct ArchiveBench {
    let file: URL
    /// Seconds to run.
    let seconds: Double
    let json: Bool

    func run() throws {
        guard let folder = DataLocation.folder() else {
            Console.message("dyad: the folder Data is missing")
            throw ExitCode(1)
        }
        let reader = try CollectionReader(folder: folder)
        var bytes = 0, documents = 0
        let began = BenchCommand.cpuSeconds()
        var now = began
        repeat {
            _ = try reader.read(file, as: .webArchive) { document in
                bytes += document.bytes.count
                documents += 1
            }
            now = BenchCommand.cpuSeconds()
        } while now - began < seconds
        show(Double(bytes) / 1e6 / (now - began), Double(documents) / (now - began))
    }

    private func show(_ megabytes: Double, _ rate: Double) {
        guard json else {
            Console.line(
                "web archive: \(Int(megabytes)) MB/s unpacked, \(Int(rate)) pages/s, peak \(BenchCommand.peakMegabytes()) MB"
            )
            return
        }
        var writer = JSONWriter()
        writer.object {
            $0.key("archive_megabytes_per_second"); $0.integer(Int(megabytes))
            $0.key("pages_per_second"); $0.integer(Int(rate))
            $0.key("peak_mb"); $0.integer(BenchCommand.peakMegabytes())
        }
        Console.line(writer.text)
    }
}
