import ArgumentParser
import DyadCodebook
import DyadCore
import DyadData
import DyadPipeline
import Foundation

/// `dyad lexicon`.
struct LexiconCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lexicon", abstract: "Look names up, check the data files.",
        subcommands: [Lookup.self, Check.self, Compile.self])

    struct Lookup: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lookup", abstract: "Every reading of a name, and which is taken where nothing else decides.",
            discussion:
                "The last column says why: readings that do not hold on the day (without one: today) are left aside; of the others a user's own line comes first, then organisation, state, adjective, seat of government, person, capital, region. In a report, names around it, titles and capitals decide before that."
        )
        @Argument(help: "The name.") var name: String
        @Option(help: "Day, YYYY-MM-DD.") var date: CalendarDate?
        @OptionGroup var own: LexiconOption

        func run() throws {
            let knowledge = try LexiconCommand.knowledge(own.lexicon)
            var readings = knowledge.actors.readings(ActorLexicon.key(name))
            if readings.isEmpty { readings = knowledge.actors.misspelt(ActorLexicon.key(name)) }
            let holding = readings.filter { $0.holds(on: date) }
            let chosen = holding.min { $0.rank < $1.rank }
            for reading in readings {
                let cells = [
                    "\(reading.code)", reading.name, reading.kind.rawValue, reading.detail,
                    "\(reading.file):\(reading.line)", Self.verdict(reading, chosen, holding.count, date),
                ]
                Console.line(cells.joined(separator: "\t"))
            }
            for place in knowledge.gazetteer.places(name) {
                Console.line(
                    "place\t\(place.name)\t\(place.kind)\t\(place.country ?? "-")\t\(place.latitude), \(place.longitude)"
                )
            }
            if readings.isEmpty { Console.message("dyad: no actor is called \(name)") }
        }

        private static func verdict(
            _ reading: ActorReading, _ chosen: ActorReading?, _ count: Int, _ date: CalendarDate?
        ) -> String {
            let day = date.map { "on \($0)" } ?? "today"
            guard reading.holds(on: date) else {
                let span = reading.span
                return "not \(day): \(span.first?.description ?? "") to \(span.last?.description ?? "")"
            }
            if reading != chosen { return "holds \(day)" }
            if count == 1 { return "chosen: the only one \(day)" }
            return reading.isOwn ? "chosen: a line of your own" : "chosen: \(reading.kind.rawValue) comes first"
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract:
                "Read every data file and report all mistakes, also what stands twice; with --examples, run every trigger's example."
        )
        @Flag(help: "Run the example sentence of every trigger entry.") var examples = false
        @Option(help: "Only entries of files whose names hold this.") var file: String?

        func run() throws {
            let mistakes = DataCheck.mistakes()
            for mistake in mistakes { Console.message(mistake.description) }
            if !mistakes.isEmpty { throw ExitCode(1) }
            let knowledge = try LexiconCommand.knowledge()
            Console.line(
                "\(knowledge.triggers.entries.count) trigger entries, \(knowledge.actors.countries.count) states: no mistakes found"
            )
            guard examples else { return }
            let session = try Session()
            let entries = knowledge.triggers.entries.filter { entry in file.map { entry.file.contains($0) } ?? true }
            let failures = session.reader.failures(of: entries)
            for failure in failures { Console.line(failure.description) }
            Console.line("\(entries.count - failures.count) of \(entries.count) examples pass")
            if !failures.isEmpty { throw ExitCode(1) }
        }
    }

    struct Compile: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "compile",
            abstract: "Write the index over the names of a lexicon beside it, so that it loads at once.",
            discussion:
                "For lexicons of very many lines. The compiled form is used as long as the files are the ones it was made from; after a change they are read as text again, which is slower and gives the same."
        )
        @Argument(help: "Folder of a lexicon of your own; without one the shipped lexicon is compiled.")
        var folder: String?

        func run() throws {
            guard let place = folder.map({ URL(fileURLWithPath: $0) }) ?? DataLocation.folder() else {
                Console.message("dyad: the data folder was not found: set DYAD_DATA to it")
                throw ExitCode(1)
            }
            do {
                let done = try ActorLexicon.compile(place, isOwn: folder != nil)
                Console.line("\(done.file.relativePath): \(done.nameCount) names, \(done.byteCount) bytes")
            } catch let errors as DataErrors {
                Console.message(errors.description)
                throw ExitCode(1)
            } catch {
                Console.message("dyad: \(place.relativePath): the compiled form cannot be written: \(error)")
                throw ExitCode(1)
            }
        }
    }

    static func knowledge(_ lexicon: String? = nil) throws -> Knowledge {
        do { return try Knowledge.standard(lexicon: lexicon) } catch {
            Console.message("\(error)")
            throw ExitCode(1)
        }
    }
}
