import DyadCore
import Foundation

/// Reads the pages of web archives: WARC, compressed or not, and WET.
///
/// Answers with status 200 that are pages or text become documents; redirections, pictures, requests and the like are
/// counted. A record's place is its number and the byte where it, or its compressed member, begins.
struct WebArchiveReader {
    let documents: DocumentReader

    /// Hands over the pages of an archive; memory holds one record at a time.
    func read(
        _ origin: ArchiveSource.Origin, name: String, isCompressed: Bool, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        var scanner = WARCScanner(source: ArchiveSource(origin, isCompressed: isCompressed))
        var report = CollectionReport(format: "web archive")
        while let item = try scanner.next(Self.mayBePage) {
            switch item {
            case .passed(let type): report.skip(Self.passedNames[type] ?? "other records")
            case .refused(let number, let byte, let reason):
                report.refusals.append(.init(number: number, byte: byte, reason: reason))
            case .record(let record):
                if let document = document(record, in: name, &report) {
                    report.documents += 1
                    try each(document)
                }
            }
        }
        return report
    }

    private static let passedNames = [
        "warcinfo": "descriptions of the archive", "request": "requests", "metadata": "records of metadata",
        "revisit": "pages seen before",
    ]

    private static func mayBePage(_ fields: [String: String]) -> Bool {
        switch fields["warc-type"]?.lowercased() {
        case "response", "resource", "conversion": true
        default: false
        }
    }

    private func document(_ record: WARCRecord, in file: String, _ report: inout CollectionReport) -> Document? {
        let address = record.fields["warc-target-uri"].map { $0.trimmingCharacters(in: ["<", ">", " "]) }
        if let address, !address.contains("://") || address.hasPrefix("dns:") {
            report.skip("records of the crawl")
            return nil
        }
        do {
            guard let (bytes, charset, isPage) = try content(record, &report) else { return nil }
            let name = "\(file)#\(record.number)"
            let label = isPage ? name + ".html" : name
            var document = try documents.read(bytes: bytes, name: label, declared: charset)
            document.name = name
            document.url = address
            document.captured = record.fields["warc-date"].flatMap { CalendarDate($0) }
            document.place = DocumentPlace(
                file: file, number: record.number, byte: record.byte, identifier: record.fields["warc-record-id"])
            if record.isCutOff { report.notes.append("item \(record.number), byte \(record.byte): it is cut off") }
            return document
        } catch let error as IngestError {
            refuse(record, error.trouble, &report)
        } catch let error as HTTPAnswer.BodyTrouble {
            refuse(record, error.reason, &report)
        } catch {
            refuse(record, "\(error)", &report)
        }
        return nil
    }

    /// Bytes of a page or text, the encoding named with them, and whether it is a page.
    private func content(
        _ record: WARCRecord, _ report: inout CollectionReport
    ) throws -> (bytes: [UInt8], charset: String?, isPage: Bool)? {
        guard record.type == "response" else {
            let type = record.fields["content-type"]?.lowercased() ?? ""
            guard let isPage = Self.kind(of: type) else {
                report.skip(Self.kindName(type))
                return nil
            }
            return (record.block, nil, isPage)
        }
        let answer = HTTPAnswer(record.block)
        guard answer.status == 200 || answer.status == 0 else {
            report.skip("answers with status \(answer.status)")
            return nil
        }
        guard let isPage = Self.kind(of: answer.mediaType) else {
            report.skip(Self.kindName(answer.mediaType))
            return nil
        }
        return (try answer.body(), answer.charset, isPage)
    }

    /// True for pages, false for plain text, nil for what is not read.
    private static func kind(of type: String) -> Bool? {
        if type.hasPrefix("text/html") || type.hasPrefix("application/xhtml") { return true }
        return type.hasPrefix("text/plain") || type.isEmpty ? false : nil
    }

    /// `image/png` and all its kin as "images".
    private static func kindName(_ type: String) -> String {
        switch type.prefix(while: { $0 != "/" }) {
        case "image": "images"
        case "video", "audio": "sounds and films"
        case "font": "fonts"
        case "text", "application": "other files"
        default: "records of an unknown kind"
        }
    }

    private func refuse(_ record: WARCRecord, _ reason: String, _ report: inout CollectionReport) {
        report.refusals.append(.init(number: record.number, byte: record.byte, reason: reason))
    }
}

extension CollectionReport {
    /// Counts something that is no document.
    mutating func skip(_ what: String) { skipped[what, default: 0] += 1 }
}
