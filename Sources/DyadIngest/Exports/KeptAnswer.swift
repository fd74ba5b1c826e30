import DyadCore
import Foundation

/// An answer of a web server that Dyad fetched and kept: a web archive of one record, which is read for what is in it.
struct KeptAnswer {
    /// The body, unpacked.
    var body: [UInt8]
    /// The encoding that the server named.
    var charset: String?
    /// The address that answered.
    var address: String?
    /// The day on which it was fetched.
    var day: CalendarDate?
    var isCutOff: Bool

    /// True for the first bytes of such a file.
    static func recognises(_ head: [UInt8]) -> Bool {
        let mark = ByteSearch.first(of: "\r\nWARC-Dyad-Asked:", in: Array(head.prefix(10_000)), from: 0)
        let end = ByteSearch.first(of: "\r\n\r\n", in: Array(head.prefix(10_000)), from: 0)
        return head.starts(with: Array("WARC/".utf8)) && mark.map { $0 < end ?? 10_000 } == true
    }

    /// Takes the answer out of the file.
    ///
    /// - Throws: ``IngestError`` when the file is damaged or the body cannot be unpacked.
    init(_ bytes: [UInt8], name: String) throws {
        var scanner = WARCScanner(source: ArchiveSource(.memory(bytes, at: 0), isCompressed: false))
        switch try scanner.next({ _ in true }) {
        case .record(let record):
            let answer = HTTPAnswer(record.block)
            do { body = try answer.body() } catch { throw IngestError.refused(name: name, reason: error.reason) }
            charset = answer.charset
            address = record.fields["warc-target-uri"]
            day = record.fields["warc-date"].flatMap { CalendarDate($0) }
            isCutOff = record.isCutOff
        case .refused(_, _, let reason): throw IngestError.refused(name: name, reason: reason)
        case .passed, nil: throw IngestError.refused(name: name, reason: "the kept answer is damaged")
        }
    }
}

extension FileReader {
    /// What a kept answer holds, read as if it had been saved under the name.
    func kept(_ bytes: [UInt8], _ name: String, _ each: (Document) throws -> Void) throws -> CollectionReport {
        let answer = try KeptAnswer(bytes, name: name)
        if KeptAnswer.recognises(answer.body) {
            throw IngestError.refused(name: name, reason: "the kept answer is damaged")
        }
        let stem = name.hasSuffix(".warc") ? String(name.dropLast(5)) : name
        var report = try read(bytes: answer.body, name: stem, declared: answer.charset) { document in
            var document = document
            document.url = document.url ?? answer.address
            document.captured = document.captured ?? answer.day
            try each(document)
        }
        if answer.isCutOff { report.notes.append("the kept answer is cut off") }
        return report
    }
}
