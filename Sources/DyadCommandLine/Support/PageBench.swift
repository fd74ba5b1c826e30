import ArgumentParser
import DyadCore
import DyadData
import DyadExchange
import DyadIngest
import Foundation

/// Measures how fast saved pages become articles, on one core.
struct PageBench {
    let files: [URL]
    /// Seconds to run.
    let seconds: Double
    let json: Bool

    func run() throws {
        guard let folder = DataLocation.folder() else {
            Console.message("dyad: the folder Data is missing")
            throw ExitCode(1)
        }
        let reader = try ArticleReader(folder: folder)
        // Reading files is not measured, finding their encoding is.
        let pages = try files.map { (name: $0.relativePath, bytes: Array(try Data(contentsOf: $0))) }
        var count = 0, bytes = 0
        var worst = (milliseconds: 0.0, name: "")
        let began = BenchCommand.cpuSeconds()
        var now = began
        repeat {
            for page in pages {
                if let document = try? DocumentReader().read(bytes: page.bytes, name: page.name) {
                    bytes += reader.read(document).reduce(0) { $0 + $1.document.originalBytes.count }
                    count += 1
                }
                let end = BenchCommand.cpuSeconds()
                if (end - now) * 1000 > worst.milliseconds { worst = ((end - now) * 1000, page.name) }
                now = end
            }
        } while now - began < seconds
        show(Double(count) / (now - began), Double(bytes) / 1e6 / (now - began), worst)
    }

    private func show(_ rate: Double, _ megabytes: Double, _ worst: (milliseconds: Double, name: String)) {
        guard json else {
            Console.line(
                "\(Int(rate)) pages/s, \(Int(megabytes)) MB/s, slowest page \(Int(worst.milliseconds.rounded(.up))) ms "
                    + "(\(worst.name)), peak \(BenchCommand.peakMegabytes()) MB")
            return
        }
        var writer = JSONWriter()
        writer.object {
            $0.key("pages_per_second"); $0.integer(Int(rate))
            $0.key("megabytes_per_second"); $0.integer(Int(megabytes))
            $0.key("worst_page_ms"); $0.integer(Int(worst.milliseconds.rounded(.up)))
            $0.key("worst_page"); $0.string(worst.name)
            $0.key("peak_mb"); $0.integer(BenchCommand.peakMegabytes())
        }
        Console.line(writer.text)
    }
}
