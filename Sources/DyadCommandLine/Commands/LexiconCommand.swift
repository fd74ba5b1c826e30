import ArgumentParser
import DyadCodebook
import DyadCore
import DyadPipeline
import Foundation

/// `dyad lexicon`.
struct LexiconCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lexicon", abstract: "Look names up, check the data files.",
        subcommands: [Lookup.self, Check.self])

    struct Lookup: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "lookup", abstract: "Every reading of a name.")
        @Argument(help: "The name.") var name: String
        @Option(help: "Day, YYYY-MM-DD.") var date: CalendarDate?
        @OptionGroup var own: LexiconOption

        func run() throws {
            let knowledge = try LexiconCommand.knowledge(own.lexicon)
            let readings = knowledge.actors.readings(name).filter { date == nil || $0.holds(on: date) }
            for reading in readings {
                Console.line(
                    "\(reading.code)\t\(reading.name)\t\(reading.kind.rawValue)\t\(reading.detail)\t\(reading.file):\(reading.line)"
                )
            }
            for place in knowledge.gazetteer.places(name) {
                Console.line(
                    "place\t\(place.name)\t\(place.kind)\t\(place.country ?? "-")\t\(place.latitude), \(place.longitude)"
                )
            }
            if readings.isEmpty { Console.message("dyad: no actor is called \(name)") }
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

    static func knowledge(_ lexicon: String? = nil) throws -> Knowledge {
        do { return try Knowledge.standard(lexicon: lexicon) } catch {
            Console.message("\(error)")
            throw ExitCode(1)
        }
    }
}
