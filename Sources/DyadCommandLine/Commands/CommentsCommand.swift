import ArgumentParser
import DyadAnalysis
import DyadCodebook
import DyadCore
import DyadExchange
import DyadPipeline
import DyadStore
import Foundation

/// `dyad comments`.
struct CommentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comments",
        abstract: "What the readers of reports say: number, threads, whom they discuss, for or against.",
        discussion:
            "Comments are kept apart from the report: they are never coded as its events. For and against are estimated "
            + "from lists of words, with regard to the report's main relation; read the examples before you rely on them."
    )

    @Argument(help: "Reports with comments, or folders of them; without, the store is asked.") var paths: [String] = []
    @Option(help: "The store to ask.") var store = "dyad.sqlite"
    @Option(help: "Comments to quote for each stance.") var examples = 2
    @Option(help: "table, csv or json.") var format = TableFormat.table

    func validate() throws {
        if examples < 0 { throw ValidationError("--examples is 0 or more") }
    }

    func run() throws {
        let (summaries, failures) = try paths.isEmpty ? (stored(), 0) : coded()
        switch format {
        case .json: Console.line(AnalysisValue.list(summaries.map(\.value)).json)
        case .csv: Console.write(csv(summaries))
        case .table: Console.write(table(summaries))
        }
        if failures > 0 { throw ExitCode(1) }
    }

    // MARK: - Where comments come from

    private func stored() throws -> [CommentSummary] {
        guard FileManager.default.fileExists(atPath: store) else {
            Console.message(
                "dyad: \(store): no such store; name reports, or make one with: dyad code PATH --store \(store)")
            throw ExitCode(1)
        }
        let knowledge = try CodebookCommand.knowledge(nil)
        let stance = try lexicon(knowledge)
        let store = try Session.store(store)
        return try store.commentedDocuments().map { document in
            var query = EventQuery()
            query.document = document.name
            return CommentSummary(
                try store.comments(of: document.name).map(Self.comment), document: document.name,
                published: document.published, events: try store.events(matching: query), actors: knowledge.actors,
                stance: stance, examples: examples)
        }
    }

    private static func comment(_ stored: StoredComment) -> ReaderComment {
        ReaderComment(
            position: stored.position, author: stored.author, time: stored.time, parent: stored.parent,
            text: stored.text, span: stored.span)
    }

    private func coded() throws -> ([CommentSummary], Int) {
        let (files, missing) = Session.files(paths)
        for text in missing { Console.message("dyad: \(text)") }
        let session = try Session()
        let stance = try lexicon(session.reader.knowledge)
        var out: [CommentSummary] = []
        var failures = missing.count
        try session.code(files) { _, outcome in
            switch outcome {
            case .failed(let reason), .refused(let reason):
                failures += 1
                Console.message("dyad: \(reason)")
            case .noted(let note): Console.message("dyad: \(note)")
            case .coded(let articles):
                for article in articles where !article.article.comments.isEmpty {
                    out.append(
                        CommentSummary(
                            ReaderComment.linked(article.article.comments), document: article.article.document.name,
                            published: article.documentTime, events: article.events,
                            actors: session.reader.knowledge.actors, stance: stance, examples: examples))
                }
            }
        }
        return (out, failures)
    }

    private func lexicon(_ knowledge: Knowledge) throws -> StanceLexicon {
        do { return try StanceLexicon(folder: knowledge.folder) } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
    }

    // MARK: - How they are shown

    private static let header = [
        "document", "comments", "threads", "replies", "authors", "for", "against", "unclear", "main_relation", "actors",
    ]

    private func row(_ summary: CommentSummary) -> [String] {
        let actors = summary.actors.prefix(5).map { "\($0.name) \($0.comments)" }.joined(separator: "; ")
        let stances = CommentSummary.Stance.allCases.map { String(summary.stances[$0] ?? 0) }
        return [
            summary.document, String(summary.count), String(summary.threads), String(summary.replies),
            String(summary.authors),
        ] + stances + [summary.relation?.text ?? "", actors]
    }

    private func csv(_ summaries: [CommentSummary]) -> String {
        var writer = CSVWriter()
        writer.row(Self.header)
        for summary in summaries { writer.row(row(summary)) }
        return writer.text
    }

    private func table(_ summaries: [CommentSummary]) -> String {
        if summaries.isEmpty { return "No report has comments.\n" }
        var table = TextTable(Self.header)
        for summary in summaries { table.row(row(summary)) }
        var out = table.text(width: Console.width)
        for summary in summaries {
            for stance in CommentSummary.Stance.allCases where stance != .unclear {
                for comment in summary.examples[stance] ?? [] {
                    let words = comment.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                    out += "\n\(summary.document), \(stance.rawValue), \(comment.author ?? "no name"): \(words)\n"
                }
            }
        }
        return out
    }
}
