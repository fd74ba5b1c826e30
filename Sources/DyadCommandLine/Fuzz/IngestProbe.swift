import DyadCore
import DyadIngest
import Foundation

/// Reads an input as the program would and checks what must hold of every reading.
struct IngestProbe {
    let files: FileReader
    let articles: ArticleReader

    init(folder: URL) throws {
        files = try FileReader(folder: folder)
        articles = try ArticleReader(folder: folder)
    }

    /// What broke a promise; nil when all is well.
    ///
    /// Inputs that are refused are well.
    func fault(in bytes: [UInt8], name: String) -> String? {
        var fault: String?
        do {
            _ = try files.read(bytes: bytes, name: name) { fault = fault ?? self.fault(in: $0) }
        } catch {
            return "\(error)".isEmpty ? "an error without words" : nil
        }
        return fault
    }

    private func fault(in document: Document) -> String? {
        if String(validating: document.bytes, as: UTF8.self) == nil { return "the document is no UTF-8" }
        for article in articles.read(document) {
            let count = article.document.bytes.count, original = article.document.originalBytes.count
            var last = 0
            for block in article.blocks {
                if block.span.start < last || block.span.end > count { return "blocks overlap or leave the text" }
                last = block.span.end
                let place = article.document.original(block.span)
                if place.start < 0 || place.end > original { return "a span leaves the original" }
            }
            _ = CommentThreads.linked(article.comments)
        }
        return nil
    }
}
