public import DyadCore
public import Foundation

/// Reads files that hold several documents: feeds, sitemaps, agency files, web archives; and gzipped single files.
///
///     let reader = try CollectionReader(folder: dataFolder)
///     if let format = reader.format(of: file) {
///         let report = try reader.read(file, as: format) { document in … }
///     }
public struct CollectionReader: Sendable {
    private let documents: DocumentReader
    private let lexicon: BlockLexicon
    private let rules: HTMLRules

    /// A reader with the knowledge of a data folder.
    public init(folder: URL) throws(BlockLexiconError) {
        documents = DocumentReader(languages: LanguageProfiles.standard(folder: folder))
        lexicon = try BlockLexicon.standard(folder: folder)
        rules = try HTMLRules.standard(folder: folder)
    }

    /// The format of a file by its first bytes; nil for files of one document and for what cannot be read.
    public func format(of file: URL) -> CollectionFormat? { CollectionFormat(file: file) }

    /// Hands over the documents of a file one after another.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - format: what it is; see ``format(of:)``.
    ///   - name: the file's name in the names of its documents; its last path component if not given.
    ///   - each: takes a document; what it throws ends the reading.
    /// - Returns: what was read, and what was refused and why.
    /// - Throws: ``IngestError`` when the file as a whole cannot be read.
    public func read(
        _ file: URL, as format: CollectionFormat, name: String? = nil, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        let name = name ?? file.lastPathComponent
        guard format == .webArchive else {
            return try read(bytes: try wholeFile(file, name), as: format, name: name, each)
        }
        let handle: FileHandle
        do { handle = try FileHandle(forReadingFrom: file) } catch {
            throw IngestError.unreadable(name: name, reason: "it cannot be opened")
        }
        defer { try? handle.close() }
        let head = try handle.read(upToCount: 2) ?? Data()
        try handle.seek(toOffset: 0)
        return try WebArchiveReader(documents: documents)
            .read(.file(handle), name: name, isCompressed: head.starts(with: [0x1F, 0x8B]), each)
    }

    /// Hands over the documents of some bytes.
    public func read(
        bytes: [UInt8], as format: CollectionFormat, name: String, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        let markup = MarkupText(rules: rules), stamps = StampReader(lexicon: lexicon)
        switch format {
        case .feed: return try FeedReader(markup: markup, stamps: stamps).read(text(bytes), name: name, each)
        case .sitemap: return try SitemapReader(stamps: stamps).read(text(bytes), name: name, each)
        case .newsML: return try NewsMLReader(markup: markup, stamps: stamps).read(text(bytes), name: name, each)
        case .gzip: return try unpack(bytes, name, each)
        case .webArchive:
            let isCompressed = bytes.starts(with: [0x1F, 0x8B])
            return try WebArchiveReader(documents: documents)
                .read(.memory(bytes, at: 0), name: name, isCompressed: isCompressed, each)
        }
    }

    /// XML in UTF-8, by its mark, its declaration or its letters.
    private func text(_ bytes: [UInt8]) -> [UInt8] {
        documents.decoded(bytes, declared: HTMLSniffer.declaredEncoding(Array(bytes.prefix(400)))).text
    }

    private func wholeFile(_ file: URL, _ name: String) throws -> [UInt8] {
        let limit = documents.maximumBytes
        guard let handle = try? FileHandle(forReadingFrom: file) else {
            throw IngestError.unreadable(name: name, reason: "it cannot be opened")
        }
        defer { try? handle.close() }
        let data = try handle.read(upToCount: limit + 1) ?? Data()
        if data.count > limit { throw IngestError.tooLarge(name: name, bytes: data.count, limit: limit) }
        return Array(data)
    }

    /// A gzipped file, once: what is packed inside again is refused.
    private func unpack(
        _ bytes: [UInt8], _ name: String, _ each: (Document) throws -> Void
    ) throws -> CollectionReport {
        let inner: (bytes: [UInt8], isCutOff: Bool)
        do { inner = try Gunzip.unpacked(bytes, .gzip, limit: documents.maximumBytes) } catch {
            throw IngestError.refused(name: name, reason: Self.words(error))
        }
        var report: CollectionReport
        if let format = CollectionFormat(head: Array(inner.bytes.prefix(16_384))) {
            guard format != .gzip, format != .webArchive else {
                throw IngestError.refused(name: name, reason: "it is packed more than once")
            }
            report = try read(bytes: inner.bytes, as: format, name: name, each)
        } else {
            let title = name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
            var document = try documents.read(bytes: inner.bytes, name: title)
            document.name = name
            report = CollectionReport(format: "gzipped file")
            report.documents = 1
            try each(document)
        }
        if inner.isCutOff {
            report.notes.insert("the packed file is cut off or damaged; read as far as it goes", at: 0)
        }
        return report
    }

    private static func words(_ trouble: Gunzip.Trouble) -> String {
        switch trouble {
        case .damaged: "its compressed bytes are damaged"
        case .tooLarge: "it unpacks to more bytes than are read at once"
        case .bomb: "it unpacks to more than \(Gunzip.maximumRatio) times its size"
        }
    }
}
