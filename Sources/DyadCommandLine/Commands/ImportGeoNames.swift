import ArgumentParser
import DyadCodebook
import DyadExchange
import Foundation

extension ImportCommand {
    /// `dyad import geonames`.
    struct GeoNames: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "geonames", abstract: "More places, from a dump of geonames.org (unpacked).",
            discussion:
                "Writes FOLDER/places/NAME.tsv, which is used with `--lexicon FOLDER` beside the shipped places. Settlements "
                + "below the population are left out unless they are seats of government. Lines that are none of a dump are "
                + "told with file, line and column; the good ones are used, and the exit status is 1.")
        @Argument(help: "Dump files: allCountries.txt, cities500.txt, TR.txt …") var paths: [String]
        @Option(help: "Folder to write.") var out: String
        @Option(help: "Inhabitants that a settlement must have.") var population = 1000

        func validate() throws {
            if population < 0 { throw ValidationError("--population is a number of people, 0 or more") }
        }

        func run() throws {
            let knowledge = try LexiconCommand.knowledge("")
            let table = GeoNamesTable(
                kinds: try Self.kinds(knowledge.folder), countries: try Self.countries(knowledge.folder),
                smallest: population)
            var failed = false
            for path in paths {
                do { failed = try read(URL(fileURLWithPath: path), table) || failed } catch {
                    Console.message("dyad: \(path): \(error.localizedDescription)")
                    failed = true
                }
            }
            if failed { throw ExitCode(1) }
        }

        /// How many bad lines of a file are told one by one.
        private static let mostTold = 20

        /// Converts a file line by line; true when it had bad lines.
        private func read(_ file: URL, _ table: GeoNamesTable) throws -> Bool {
            let input = try FileHandle(forReadingFrom: file)
            defer { try? input.close() }
            let folder = URL(fileURLWithPath: out).appendingPathComponent("places")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let target = folder.appendingPathComponent(file.deletingPathExtension().lastPathComponent + ".tsv")
            try Data(GeoNamesTable.header.utf8).write(to: target)
            let output = try FileHandle(forWritingTo: target)
            defer { try? output.close() }
            try output.seekToEnd()
            var (kept, left, bad, number) = (0, 0, 0, 0)
            try Self.forEachLines(of: input) { lines in
                var text = ""
                for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
                    number += 1
                    if line.isEmpty { continue }
                    do throws(GeoNamesTable.Refusal) {
                        text += try table.line(line)
                        kept += 1
                    } catch {
                        guard case .malformed(let column, let message) = error else {
                            left += 1
                            continue
                        }
                        bad += 1
                        if bad <= Self.mostTold {
                            Console.message("\(file.lastPathComponent):\(number):\(column): \(message)")
                        }
                    }
                }
                try output.write(contentsOf: Data(text.utf8))
            }
            if bad > Self.mostTold { Console.message("\(file.lastPathComponent): \(bad) bad lines in all") }
            Console.line("\(target.path): \(kept) places; \(left) lines of other features or smaller places left out")
            return bad > 0
        }

        /// Hands a file over in runs of whole lines, so that a dump of any size needs little memory.
        private static func forEachLines(of input: FileHandle, _ body: (String) throws -> Void) throws {
            var rest = Data()
            while let chunk = try input.read(upToCount: 1 << 22), !chunk.isEmpty {
                rest.append(chunk)
                guard let end = rest.lastIndex(of: 0x0A) else { continue }
                try body(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
                rest = Data(rest[(end + 1)...])
            }
            if !rest.isEmpty { try body(String(decoding: rest, as: UTF8.self)) }
        }

        private static func kinds(_ folder: URL) throws -> [String: String] {
            var errors: [DataError] = []
            let rows = TSVFile(
                "codebook/geonames_kinds.tsv", in: folder, columns: ["feature", "kind"], errors: &errors
            ).rows
            if !errors.isEmpty { throw DataErrors(errors: errors) }
            return Dictionary(rows.map { ($0["feature"], $0["kind"]) }) { first, _ in first }
        }

        private static func countries(_ folder: URL) throws -> [String: String] {
            var errors: [DataError] = []
            let rows = TSVFile(
                "lexicons/en/countries.tsv", in: folder, columns: ["code", "iso2", "to"], errors: &errors
            ).rows
            let present = rows.filter { !$0["iso2"].isEmpty && $0["to"].isEmpty }
            return Dictionary(present.map { ($0["iso2"], $0["code"]) }) { first, _ in first }
        }
    }
}
