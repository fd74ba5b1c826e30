import ArgumentParser
import DyadCodebook
import DyadCore
import DyadData
import DyadIngest
import Foundation

/// `dyad article`.
struct ArticleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "article",
        abstract: "Show the parts of saved reports: title, date, body, captions, comments, the rest.",
        discussion:
            "One JSON object a file: {\"file\", \"articles\": [{title, deck, date, byline, dateline, body, captions, comments, boilerplate, …}]}. "
            + "With --lines every line of the input is shown with its label.")

    @Argument(help: "Files of any kind that dyad ingest reads, or folders of .txt, .html, .docx and .rtf files.")
    var paths: [String]
    @Flag(help: "Print every line with its label.") var lines = false
    @OptionGroup var columns: ColumnOption

    /// Articles of one file that are printed in one line.
    private static let articlesInLine = 1000

    func run() throws {
        let (articles, files) = try readers()
        let (paths, missing) = Session.files(paths)
        for text in missing { Console.message("dyad: \(text)") }
        var failed = !missing.isEmpty
        for file in paths {
            do {
                var found: [Article] = []
                let report = try files.read(file) { document in
                    found += articles.read(document)
                    if found.count >= Self.articlesInLine { show(&found, file) }
                }
                show(&found, file)
                for refusal in report.refusals { Console.message("dyad: \(file.relativePath): \(refusal.reason)") }
                for note in report.notes { Console.message("dyad: \(file.relativePath): \(note)") }
                if !report.refusals.isEmpty { failed = true }
            } catch {
                failed = true
                Console.message("dyad: \(Session.describe(error, file))")
            }
        }
        if failed { throw ExitCode(1) }
    }

    private func show(_ articles: inout [Article], _ file: URL) {
        defer { articles.removeAll() }
        if articles.isEmpty { return }
        guard lines else { return Console.line(ArticleKey(file: file.lastPathComponent, articles: articles).json()) }
        for article in articles {
            for block in article.blocks where block.label != .blank {
                let words = article.document.text(block.span).trimmingCharacters(in: .whitespacesAndNewlines)
                Console.line("\(block.label.rawValue)\t\(words)")
            }
        }
    }

    /// The data for parts of articles alone: no model is loaded.
    private func readers() throws -> (ArticleReader, FileReader) {
        do {
            guard let folder = DataLocation.folder() else { _ = try Knowledge.standard(); throw ExitCode(1) }
            return (try ArticleReader(folder: folder), try FileReader(folder: folder, map: try columns.map()))
        } catch let error as ExitCode {
            throw error
        } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
    }
}
