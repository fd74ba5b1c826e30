import ArgumentParser

/// The folder of a user's own actors, roles and triggers.
struct LexiconOption: ParsableArguments {
    @Option(
        help:
            "Folder of an additional lexicon, as `dyad import` writes it; its lines come before the shipped ones. DYAD_LEXICON names one, too."
    )
    var lexicon: String?
    @Flag(
        help:
            "Take the triggers of the additional lexicon alone: no shipped trigger and no guess of the judge beside them."
    )
    var ownVerbsOnly = false
}
