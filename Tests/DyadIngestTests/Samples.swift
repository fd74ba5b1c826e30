import DyadCore
import DyadIngest
import Foundation

/// The sample files of `Tests/Samples/ingest`, and readers of them.
enum Samples {
    static let data = IngestCorpus.root.appendingPathComponent("Data")
    static let languages = LanguageProfiles.standard(folder: data)
    static let folder = IngestCorpus.root.appendingPathComponent("Tests/Samples/ingest")

    static func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

    /// The documents of a file of several, and the report.
    static func collection(_ name: String) throws -> (documents: [Document], report: CollectionReport) {
        let reader = try CollectionReader(folder: data)
        guard let format = reader.format(of: url(name)) else { return ([], CollectionReport(format: "none")) }
        var documents: [Document] = []
        let report = try reader.read(url(name), as: format) { documents.append($0) }
        return (documents, report)
    }

    /// The articles of a file of one document.
    static func articles(_ name: String) throws -> [Article] {
        let document = try DocumentReader(languages: languages).read(file: url(name))
        return try ArticleReader(folder: data).read(document)
    }

    static func text(_ document: Document) -> String { document.text(Span(0, document.bytes.count)) }
}
