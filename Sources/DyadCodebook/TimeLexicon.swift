import Foundation

/// Words and grammar of time expressions; read from `rules/en/times.tsv` and `rules/en/times-grammar.tsv`.
public struct TimeLexicon: Sendable {
    /// How the words combine.
    public let grammar: TimeGrammar
    /// Outlets and address endings that write the month first.
    public let monthFirstOutlets: [String]
    /// Lemmas after which a clause speaks of what is to come.
    public let futureWords: Set<String>
    /// Lemmas of auxiliaries that look ahead.
    public let modals: Set<String>
    /// Lemmas of verbs whose participle puts a date ahead: "talks planned on 16 April".
    public let appointingVerbs: Set<String>
    /// Lemmas of verbs whose present tense, with a date, announces: "the summit opens on Monday".
    public let timetableVerbs: Set<String>

    init(folder: URL, errors: inout [DataError]) {
        var builder = TimeGrammarBuilder()
        let words = TSVFile("rules/en/times.tsv", in: folder, columns: ["kind", "word", "value"], errors: &errors)
        var outlets: [String] = []
        var future: Set<String> = []
        var modal: Set<String> = []
        var appointing: Set<String> = []
        var timetable: Set<String> = []
        for row in words.rows {
            switch row["kind"] {
            case "outlet": outlets += row.list("word")
            case "appointing": appointing.formUnion(row.list("word"))
            case "modal": modal.formUnion(row.list("word"))
            case "future": future.formUnion(row.list("word"))
            case "timetable": timetable.formUnion(row.list("word"))
            default: builder.add(words: row.list("word"), kind: row["kind"], value: row["value"])
            }
        }
        let rules = TSVFile(
            "rules/en/times-grammar.tsv", in: folder, columns: ["category", "pattern", "value", "example"],
            errors: &errors)
        for row in rules.rows { builder.add(rule: row, file: rules.name, errors: &errors) }
        grammar = builder.grammar(file: rules.name, errors: &errors)
        monthFirstOutlets = outlets
        futureWords = future
        timetableVerbs = timetable
        modals = modal
        appointingVerbs = appointing
    }
}
