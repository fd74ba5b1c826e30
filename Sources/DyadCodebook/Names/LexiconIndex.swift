import Foundation

/// Lexicon files with an index over their names, built from their text or taken from a compiled image of it.
///
/// An image counts only when the hash of all its sources is that of the files as they are now, so a stale one is never
/// used; without one the text is read, which gives the same.
struct LexiconIndex: Sendable {
    /// A file and the columns that it must have.
    struct Source {
        var name: String
        var columns: [String]
    }

    /// What an index is made of, while it is made.
    struct Draft {
        var names: NameTableBuilder
        /// Values that the owner of the index wants to find again without reading all rows.
        var notes: [String] = []
        var errors: [DataError] = []
    }

    let files: [LexiconFile]
    let names: NameTable
    let notes: [String]
    /// True when it was taken from an image.
    let isCompiled: Bool
    /// Hash of the sources.
    private let hash: UInt64

    /// Reads files of a folder; mistakes are added to `errors`, and what can be read is kept.
    ///
    /// - Parameters:
    ///   - sources: the files.
    ///   - folder: where they lie.
    ///   - image: path of the compiled form within the folder; nil when none is to be used.
    ///   - errors: takes the mistakes.
    ///   - build: adds the names of the files to a draft.
    init(
        _ sources: [Source], in folder: URL, image: String?, errors: inout [DataError],
        build: ([LexiconFile], inout Draft) -> Void
    ) {
        var contents: [FixedArray<UInt8>] = []
        var hash = ContentHash()
        for source in sources {
            let data = try? Data(contentsOf: folder.appendingPathComponent(source.name), options: .mappedIfSafe)
            if data == nil {
                let message = "the file is missing or is not UTF-8"
                errors.append(DataError(file: source.name, line: 0, column: 0, message: message))
            }
            let bytes = FixedArray(data.map { [UInt8]($0) } ?? [])
            hash.combine(source.name)
            hash.combine(UnsafeRawBufferPointer(bytes.values))
            contents.append(bytes)
        }
        self.hash = hash.value
        if let image, let found = LexiconImage(folder.appendingPathComponent(image), sources: hash.value),
            let parts = found.parts(fileCount: sources.count)
        {
            files = zip(sources.indices, contents).map { number, bytes in
                LexiconFile(
                    sources[number].name, bytes: bytes, starts: parts.starts[number], lines: parts.lines[number])
            }
            (names, notes, isCompiled) = (parts.names, parts.notes, true)
            return
        }
        let files = zip(sources, contents).map { source, bytes in
            let isMissing = bytes.count == 0
            return LexiconFile(source.name, bytes: bytes, columns: isMissing ? [] : source.columns, errors: &errors)
        }
        var draft = Draft(names: NameTableBuilder(expecting: files.reduce(0) { $0 + $1.count } * 2))
        build(files, &draft)
        errors += draft.errors
        (self.files, names, notes, isCompiled) = (files, draft.names.table, draft.notes, false)
    }

    /// Writes the compiled form; a file that is there is replaced as a whole.
    ///
    /// - Returns: its size in bytes.
    func write(to url: URL) throws -> Int { try LexiconImage.write(files, names, notes, sources: hash, to: url) }
}

/// The compiled form of an index: a header, then its arrays as they lie in memory.
///
/// Header: the mark, the hash of the sources, a hash of all that follows, the number of sections, then place and length
/// of each. Sections: row starts and lines of every file, entries, slots, first words, bytes of the names, notes.
struct LexiconImage {
    private static let mark = UInt64(0x314D_414E_4441_5944)
    private static let headerSize = 32
    private let file: MappedFile
    private let sections: [Range<Int>]

    /// Nil when there is none, when it belongs to another state of the sources, or when it is damaged.
    init?(_ url: URL, sources: UInt64) {
        guard let file = MappedFile(url), file.bytes.count >= Self.headerSize else { return nil }
        func word(_ at: Int) -> UInt64 { file.bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) }
        let count = Int(clamping: word(24))
        guard word(0) == Self.mark, word(8) == sources, count < 1000,
            file.bytes.count >= Self.headerSize + 16 * count
        else { return nil }
        var hash = ContentHash()
        hash.combine(UnsafeRawBufferPointer(rebasing: file.bytes[24...]))
        guard hash.value == word(16) else { return nil }
        self.file = file
        sections = (0..<count).map { number in
            let start = Int(clamping: word(Self.headerSize + 16 * number))
            return start..<start + Int(clamping: word(Self.headerSize + 16 * number + 8))
        }
    }

    /// The parts of an index over so many files.
    func parts(
        fileCount: Int
    ) -> (starts: [FixedArray<UInt32>], lines: [FixedArray<UInt32>], names: NameTable, notes: [String])? {
        guard sections.count == 2 * fileCount + 5 else { return nil }
        let rows = sections.prefix(2 * fileCount).compactMap { FixedArray<UInt32>(file, $0) }
        let rest = Array(sections.dropFirst(2 * fileCount))
        guard rows.count == 2 * fileCount, let entries = FixedArray<NameTable.Entry>(file, rest[0]),
            let slots = FixedArray<UInt32>(file, rest[1]), let words = FixedArray<UInt64>(file, rest[2]),
            let bytes = FixedArray<UInt8>(file, rest[3]), let notes = FixedArray<UInt8>(file, rest[4]),
            slots.count > 0, words.count > 0
        else { return nil }
        return (
            stride(from: 0, to: rows.count, by: 2).map { rows[$0] },
            stride(from: 1, to: rows.count, by: 2).map { rows[$0] },
            NameTable(bytes: bytes, entries: entries, slots: slots, firstWords: words),
            String(decoding: notes.values, as: UTF8.self).split(separator: "\n").map(String.init)
        )
    }

    static func write(
        _ files: [LexiconFile], _ names: NameTable, _ notes: [String], sources: UInt64, to url: URL
    ) throws -> Int {
        let text = FixedArray(Array(notes.joined(separator: "\n").utf8))
        let sections =
            files.flatMap { [UnsafeRawBufferPointer($0.starts.values), UnsafeRawBufferPointer($0.lines.values)] } + [
                UnsafeRawBufferPointer(names.entries.values), UnsafeRawBufferPointer(names.slots.values),
                UnsafeRawBufferPointer(names.firstWords.values), UnsafeRawBufferPointer(names.bytes.values),
                UnsafeRawBufferPointer(text.values),
            ]
        var places: [UInt64] = [UInt64(sections.count)]
        var at = headerSize + 16 * sections.count
        for section in sections {
            places += [UInt64(at), UInt64(section.count)]
            at += padded(section.count)
        }
        var out = Data(capacity: at)
        append([mark, sources, 0] + places, to: &out)
        for section in sections {
            out.append(contentsOf: section)
            out.append(Data(count: padded(section.count) - section.count))
        }
        // The arrays that the sections point to must live until here.
        withExtendedLifetime((files, names, text)) {}
        var hash = ContentHash()
        out.withUnsafeBytes { hash.combine(UnsafeRawBufferPointer(rebasing: $0[24...])) }
        withUnsafeBytes(of: hash.value) { out.replaceSubrange(16..<24, with: $0) }
        try out.write(to: url, options: .atomic)
        return out.count
    }

    private static func append(_ words: [UInt64], to out: inout Data) {
        words.withUnsafeBytes { out.append(contentsOf: $0) }
    }

    /// Sections begin at multiples of sixteen bytes.
    private static func padded(_ count: Int) -> Int { (count + 15) & ~15 }
}
