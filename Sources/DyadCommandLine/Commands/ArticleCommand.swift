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

    @Argument(help: "Files, or folders of .txt and .html files.") var paths: [String]
    @Flag(help: "Print every line with its label.") var lines = false

    func run() throws {
        let reader = try articleReader()
        let (files, missing) = Session.files(paths)
        for text in missing { Console.message("dyad: \(text)") }
        var failed = !missing.isEmpty
        for file in files {
            do {
                let document = try DocumentReader().read(file: file)
                let articles = reader.read(document)
                if lines {
                    for article in articles {
                        for block in article.blocks where block.label != .blank {
                            Console.line(
                                "\(block.label.rawValue)\t\(article.document.text(block.span).trimmingCharacters(in: .whitespacesAndNewlines))"
                            )
                        }
                    }
                } else {
                    Console.line(ArticleKey(file: document.name, articles: articles).json())
                }
            } catch {
                failed = true
                Console.message("dyad: \(Session.describe(error, file))")
            }
        }
        if failed { throw ExitCode(1) }
    }

    /// The data for parts of articles alone: no model is loaded.
    private func articleReader() throws -> ArticleReader {
        do {
            guard let folder = DataLocation.folder() else { _ = try Knowledge.standard(); throw ExitCode(1) }
            return try ArticleReader(folder: folder)
        } catch let error as ExitCode {
            throw error
        } catch {
            Console.message("dyad: \(error)")
            throw ExitCode(1)
        }
    }
}
