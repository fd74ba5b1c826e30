public import ArgumentParser

/// The program: commands and their options; the work is done in the other rooms.
public struct DyadCommand: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "dyad",
        abstract: "Reads press reports about relations between states and turns them into evidence.",
        discussion:
            "Results go to standard output, everything else to standard error. Exit status 0: done; 1: done, but some "
            + "input could not be read or coded; 64: wrong usage.",
        version: Version.text,
        subcommands: [
            CodeCommand.self, IngestCommand.self, DemoCommand.self, BriefCommand.self, TimelineCommand.self,
            ActorsCommand.self, ExplainCommand.self,
            AnnotateCommand.self,
            RelateCommand.self, ArticleCommand.self, CommentsCommand.self, LexiconCommand.self, CodebookCommand.self,
            ScoreCommand.self,
            ImportCommand.self, ExportCommand.self, SchemaCommand.self, BenchCommand.self, FuzzCommand.self,
            MergeCommand.self, CompareCommand.self,
            RegistersCommand.self, ClaimsCommand.self, EventsCommand.self, SearchCommand.self, StoreCommand.self,
        ])

    public init() {}
}

/// Version of the program.
enum Version {
    static let text = "0.1.0"
}
