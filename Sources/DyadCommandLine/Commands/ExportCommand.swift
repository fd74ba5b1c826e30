import ArgumentParser
import DyadCodebook
import DyadCore
import DyadExchange
import Foundation

/// `dyad export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print the actor lexicon in the forms of other programs.",
        subcommands: [Petrarch.self, CSV.self])

    struct Petrarch: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "petrarch", abstract: "A PETRARCH actor dictionary: names, synonyms, dated codes.")
        @OptionGroup var own: LexiconOption

        func run() throws {
            Console.write(PetrarchActorWriter.text(try ExportCommand.actors(own.lexicon)))
        }
    }

    struct CSV: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "csv", abstract: "A table with the columns name, code, from, to; one line for each name.")
        @OptionGroup var own: LexiconOption

        func run() throws {
            var writer = CSVWriter(lineEnd: "\n")
            writer.row(["name", "code", "from", "to"])
            for actor in try ExportCommand.actors(own.lexicon) {
                for name in actor.names {
                    for role in actor.roles { writer.row([name, role.code, role.from, role.to]) }
                }
            }
            Console.write(writer.text)
        }
    }

    /// The lexicon's actors, each once, with all names and codes.
    static func actors(_ lexicon: String?) throws -> [PetrarchActors.Entry] {
        let knowledge = try LexiconCommand.knowledge(lexicon)
        return knowledge.actors.actors.map { actor in
            PetrarchActors.Entry(
                names: actor.names,
                roles: actor.readings.map { reading in
                    let (from, to) = reading.span
                    return PetrarchActors.Role(
                        code: code(of: reading, knowledge.actors), from: from?.description, to: to?.description)
                }, line: 0)
        }
    }

    /// `PAKGOV`, `IGOUNO`: CAMEO writes international organisations with what they are.
    private static func code(of reading: ActorReading, _ actors: ActorLexicon) -> String {
        let body = reading.code.body ?? "---"
        return (actors.internationals.contains(body) ? "IGO" : "") + body + (reading.code.sector ?? "")
    }
}
