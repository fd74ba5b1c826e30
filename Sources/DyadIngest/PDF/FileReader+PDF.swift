import DyadCore
import Foundation

extension FileReader {
    /// A PDF in a file of its own.
    func pdf(_ file: URL, _ name: String, _ each: (Document) throws -> Void) throws -> CollectionReport {
        do {
            let text = try pdf.text(of: file)
            var report = try single(Document(name: name, bytes: text.bytes), name, each)
            if report.format == "text" { report.format = "PDF" }
            report.notes += text.notes
            return report
        } catch let error as PDFReader.Trouble {
            throw IngestError.refused(name: name, reason: error.reason)
        }
    }

    /// A PDF inside an archive or an answer; the program wants a file.
    func pdf(_ bytes: [UInt8], _ name: String, _ each: (Document) throws -> Void) throws -> CollectionReport {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("dyad-\(UUID().uuidString).pdf")
        do { try Data(bytes).write(to: file) } catch {
            throw IngestError.refused(name: name, reason: "no copy could be made of it for pdftotext")
        }
        defer { try? FileManager.default.removeItem(at: file) }
        return try pdf(file, name, each)
    }
}
