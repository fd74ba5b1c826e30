public import DyadCore
public import Foundation

/// Reads any file an analyst holds: saved pages, texts, archive exports, tables, feeds, web archives.
///
/// What a file is, is told by its content. A file that is called something else is read for what it is, and the report
/// says so. Exports, tables and archives give several documents, each with its place in the file and a name that stays
/// the same when the file is saved anew.
///
///     let reader = try FileReader(folder: dataFolder)
///     let report = try reader.read(file) { document in … }
public struct FileReader: Sendable {
    /// Larger files are refused, but for tables, JSON Lines and web archives, which are read piece by piece.
    static let headBytes = 65_536

    let documents: DocumentReader
    private let collections: CollectionReader
    private let fields: ExportFields
    private let lexicon: BlockLexicon
    private let rules: HTMLRules
    private let map: ColumnMap
    var pdf = PDFReader()

    /// A reader with the knowledge of a data folder.
    ///
    /// - Parameters:
    ///   - folder: the data folder.
    ///   - map: which columns of tables hold what, where their names do not say.
    /// - Throws: ``BlockLexiconError`` with every mistake in a file.
    public init(folder: URL, map: ColumnMap = ColumnMap()) throws(BlockLexiconError) {
        documents = DocumentReader(languages: LanguageProfiles.standard(folder: folder))
        collections = try CollectionReader(folder: folder)
        fields = try ExportFields.standard(folder: folder)
        lexicon = try BlockLexicon.standard(folder: folder)
        rules = try HTMLRules.standard(folder: folder)
        self.map = map
    }

    /// Hands over the documents of a file one after another.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - name: its name in the names of its documents; its last path component if not given.
    ///   - each: takes a document; what it throws ends the reading.
    /// - Returns: what was read, and what was refused and why.
    /// - Throws: ``IngestError`` when the file as a whole cannot be read.
    public func read(
        _ file: URL, name: String? = nil, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        let name = name ?? file.lastPathComponent
        guard let type = try? FileManager.default.attributesOfItem(atPath: file.resolvingSymlinksInPath().path)[.type],
            type as? FileAttributeType == .typeRegular
        else { return try readOther(file, name, each) }
        let handle: FileHandle
        do { handle = try FileHandle(forReadingFrom: file) } catch {
            throw IngestError.unreadable(name: name, reason: "it cannot be opened")
        }
        defer { try? handle.close() }
        let head = Array(try handle.read(upToCount: Self.headBytes) ?? Data())
        if head.isEmpty { throw IngestError.empty(name: name) }
        let kind = FileKind(head: head, name: name, fields: fields, map: map)
        switch kind {
        case .collection(.webArchive) where KeptAnswer.recognises(head):
            let rest = try handle.read(upToCount: documents.maximumBytes) ?? Data()
            return try kept(head + rest, name, each)
        case .collection(let format):
            return noting(kind, name, try collections.read(file, as: format, name: name, each))
        case .pdf:
            return try pdf(file, name, each)
        case .table, .jsonLines:
            try handle.seek(toOffset: 0)
            let source: (Int) throws -> [UInt8] = { Array(try handle.read(upToCount: $0) ?? Data()) }
            return noting(kind, name, try records(kind, source, head, name, each))
        default:
            let limit = documents.maximumBytes
            let rest = try handle.read(upToCount: max(0, limit + 1 - head.count)) ?? Data()
            if head.count + rest.count > limit {
                let size = (try? handle.seekToEnd()).map(Int.init) ?? head.count + rest.count
                throw IngestError.tooLarge(name: name, bytes: size, limit: limit)
            }
            return try read(bytes: head + rest, name: name, each)
        }
    }

    /// A folder, a pipe, or nothing.
    private func readOther(_ file: URL, _ name: String, _ each: (Document) throws -> Void) throws -> CollectionReport {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else {
            throw IngestError.notFound(name: name)
        }
        if isFolder.boolValue { throw IngestError.directory(name: name) }
        guard let handle = try? FileHandle(forReadingFrom: file) else {
            throw IngestError.unreadable(name: name, reason: "it cannot be opened")
        }
        defer { try? handle.close() }
        var bytes: [UInt8] = []
        while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
            bytes += part
            if bytes.count > documents.maximumBytes {
                throw IngestError.tooLarge(name: name, bytes: bytes.count, limit: documents.maximumBytes)
            }
        }
        return try read(bytes: bytes, name: name, each)
    }

    /// Hands over the documents of some bytes.
    ///
    /// - Parameters:
    ///   - bytes: the bytes.
    ///   - name: their name in the names of the documents.
    ///   - declared: the encoding that came with the bytes, as in the header of an answer.
    ///   - each: takes a document; what it throws ends the reading.
    /// - Returns: what was read, and what was refused and why.
    /// - Throws: ``IngestError`` when the bytes as a whole cannot be read.
    public func read(
        bytes: [UInt8], name: String, declared: String? = nil, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        if bytes.isEmpty { throw IngestError.empty(name: name) }
        let head = Array(bytes.prefix(Self.headBytes))
        let kind = FileKind(head: head, name: name, fields: fields, map: map)
        switch kind {
        case .refused(let reason): throw IngestError.refused(name: name, reason: reason)
        case .collection(.webArchive) where KeptAnswer.recognises(head): return try kept(bytes, name, each)
        case .collection(let format):
            return noting(kind, name, try collections.read(bytes: bytes, as: format, name: name, each))
        case .zip, .word: return try zip(bytes, name, each)
        case .pdf: return try pdf(bytes, name, each)
        case .rtf: return noting(kind, name, try rtf(bytes, name, each))
        case .table, .jsonLines: return noting(kind, name, try records(kind, FileKind.once(bytes), head, name, each))
        case .json: return noting(kind, name, try json(bytes, name, each))
        case .factivaXML:
            let text = documents.decoded(bytes, declared: HTMLSniffer.declaredEncoding(Array(head.prefix(400)))).text
            return noting(kind, name, try factiva.read(xml: text, name: name, each))
        case .page, .text:
            return noting(
                kind, name, try single(try documents.read(bytes: bytes, name: name, declared: declared), name, each))
        }
    }

    /// The report with a remark when the file is called something else.
    func noting(_ kind: FileKind, _ name: String, _ report: CollectionReport) -> CollectionReport {
        let ending = FileKind.ending(name)
        if kind.fits(ending: ending) { return report }
        var report = report
        report.notes.insert("it is called .\(ending), but it is \(kind.words) and was read as such", at: 0)
        return report
    }

    private var stamps: StampReader { StampReader(lexicon: lexicon) }
    private var nexis: NexisReader { NexisReader(fields: fields, lexicon: lexicon, stamps: stamps) }
    private var proquest: ProQuestReader { ProQuestReader(fields: fields, stamps: stamps) }
    private var factiva: FactivaReader { FactivaReader(fields: fields, stamps: stamps, rules: rules) }
}

// Formats.
extension FileReader {
    /// A page or a text, which may be an export.
    func single(
        _ document: Document, _ name: String, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        if document.format == .html {
            if FactivaReader.recognises(page: document.bytes) {
                let report = try factiva.read(page: document.bytes, name: name, each)
                if report.documents > 0 { return report }
            } else if ByteSearch.first(of: "ProQuest document ID", in: document.bytes, from: 0) != nil {
                return try proquest.read(pageLines(document.bytes), name: name, each)
            }
            return try one("saved page", document, each)
        }
        let lines = ExportLines(text: document.bytes)
        if nexis.recognises(lines) { return try nexis.read(lines, name: name, each) }
        if ProQuestReader.recognises(lines) { return try proquest.read(lines, name: name, each) }
        return try one("text", document, each)
    }

    private func one(
        _ format: String, _ document: Document, _ each: (Document) throws -> Void
    ) rethrows -> CollectionReport {
        var report = CollectionReport(format: format)
        report.documents = 1
        try each(document)
        return report
    }

    private func pageLines(_ bytes: [UInt8]) -> ExportLines {
        let tree = HTMLParser.tree(of: bytes)
        var text = HTMLTextBuilder(tree: tree)
        let lines = HTMLBlockCollector.blocks(of: tree, rules: rules).map { block in
            let range = text.add(block)
            return String(decoding: text.text[range], as: UTF8.self)
        }
        return ExportLines(paragraphs: lines)
    }

    /// The paragraphs of a word processor: an export, or one document.
    private func written(
        _ paragraphs: [String], _ format: String, _ name: String, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        let lines = ExportLines(paragraphs: paragraphs)
        if nexis.recognises(lines) { return try nexis.read(lines, name: name, each) }
        if ProQuestReader.recognises(lines) { return try proquest.read(lines, name: name, each) }
        let text = lines.lines.filter { !$0.isBlank }.map(\.text).joined(separator: "\n\n")
        if text.isEmpty { throw IngestError.noText(name: name) }
        return try one(format, Document(name: name, text: text + "\n"), each)
    }

    private func rtf(_ bytes: [UInt8], _ name: String, _ each: (Document) throws -> Void) throws -> CollectionReport {
        do {
            let (paragraphs, isCutOff) = try RTFReader.paragraphs(of: bytes)
            var report = try written(paragraphs, "Rich Text file", name, each)
            if isCutOff {
                report.notes.append("the file is cut off after \(bytes.count) bytes; read as far as it goes")
            }
            return report
        } catch let error as RTFReader.Trouble {
            throw IngestError.refused(name: name, reason: error.reason)
        }
    }

    private func records(
        _ kind: FileKind, _ source: @escaping (Int) throws -> [UInt8], _ head: [UInt8], _ name: String,
        _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        do {
            return kind == .table
                ? try reader.read(table: source, head: head, name: name, each)
                : try reader.read(lines: source, head: head, name: name, each)
        } catch let error as RecordsReader.Trouble {
            throw IngestError.refused(name: name, reason: error.reason)
        }
    }

    private func json(_ bytes: [UInt8], _ name: String, _ each: (Document) throws -> Void) throws -> CollectionReport {
        do { return try reader.read(array: bytes, name: name, each) } catch let error as RecordsReader.Trouble {
            throw IngestError.refused(name: name, reason: error.reason)
        }
    }

    private var reader: RecordsReader {
        RecordsReader(fields: fields, stamps: stamps, markup: MarkupText(rules: rules), documents: documents, map: map)
    }
}

// ZIP.
extension FileReader {
    private func zip(_ bytes: [UInt8], _ name: String, _ each: (Document) throws -> Void) throws -> CollectionReport {
        do {
            let archive = try ZipArchive(bytes)
            if let part = archive.members.first(where: { $0.name == WordReader.part }) {
                let (paragraphs, notes) = try WordReader.paragraphs(of: try archive.content(of: part))
                var report = noting(.word, name, try written(paragraphs, "Word file", name, each))
                report.notes += notes
                return report
            }
            if let kind = Self.office(archive) { throw ZipArchive.Trouble(reason: kind) }
            return try members(archive, name, each)
        } catch let error as ZipArchive.Trouble {
            throw IngestError.refused(name: name, reason: error.reason)
        }
    }

    private static func office(_ archive: ZipArchive) -> String? {
        let names = archive.members.map(\.name)
        if names.contains("xl/workbook.xml") { return "this is an Excel file; save the sheet as CSV" }
        if names.contains("ppt/presentation.xml") { return "this is a presentation, and those are not read" }
        if names.contains("EncryptedPackage") { return "the file is encrypted; save it without a password" }
        if names.first == "mimetype" { return "this is an OpenDocument or EPUB file; save it as .docx, .rtf or HTML" }
        return nil
    }

    /// The files in a ZIP archive, one after another; archives in it are not opened.
    private func members(
        _ archive: ZipArchive, _ name: String, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        var report = CollectionReport(format: "ZIP archive")
        var room = ZipArchive.maximumBytes
        for (index, member) in archive.members.enumerated() where !member.isFolder && !member.name.hasPrefix("__MACOSX")
        {
            let inner = "\(name)/\(member.name)"
            do {
                if member.unpacked > room {
                    throw ZipArchive.Trouble(
                        reason: "the archive unpacks to more than \(ZipArchive.maximumBytes) bytes")
                }
                let bytes = try archive.content(of: member)
                room -= bytes.count
                if ZipArchive.recognises(bytes),
                    (try? ZipArchive(bytes))?.members.contains(where: { $0.name == WordReader.part }) != true
                {
                    throw ZipArchive.Trouble(reason: "an archive inside an archive is not opened")
                }
                let found = try read(bytes: bytes, name: inner, each)
                report.documents += found.documents
                report.refusals += found.refusals.map {
                    .init(number: index + 1, byte: member.offset, reason: "\(member.name): \($0.reason)")
                }
                report.notes += found.notes.map { "\(member.name): \($0)" }
            } catch let error as ZipArchive.Trouble {
                report.refusals.append(
                    .init(number: index + 1, byte: member.offset, reason: "\(member.name): \(error.reason)"))
            } catch let error as IngestError {
                report.refusals.append(
                    .init(number: index + 1, byte: member.offset, reason: "\(member.name): \(error.trouble)"))
            }
        }
        if report.documents == 0, report.refusals.isEmpty {
            throw ZipArchive.Trouble(reason: "the ZIP archive holds no files")
        }
        return report
    }
}
