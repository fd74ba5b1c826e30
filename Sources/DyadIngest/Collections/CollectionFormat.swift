public import Foundation

/// Files that hold several documents, told by their first bytes.
public enum CollectionFormat: String, Sendable, CaseIterable {
    /// RSS of any version, RDF, or Atom.
    case feed
    /// A sitemap, with or without news.
    case sitemap
    /// NewsML-G2 or NITF.
    case newsML
    /// WARC or WET, compressed or not.
    case webArchive
    /// A single file compressed with gzip.
    case gzip

    /// The format of a file that begins with some bytes; nil for files of one document.
    public init?(head: [UInt8]) {
        if head.starts(with: [0x1F, 0x8B]) {
            let start = Gunzip.start(of: head, limit: 512)
            self = start.starts(with: Array("WARC/".utf8)) ? .webArchive : .gzip
            return
        }
        if head.starts(with: Array("WARC/".utf8)) {
            self = .webArchive
            return
        }
        guard let root = Self.root(of: head), let format = Self.byRoot[root] else { return nil }
        self = format
    }

    /// The format of a file by its first bytes; nil for files of one document and for what cannot be read.
    public init?(file: URL) {
        guard let handle = try? FileHandle(forReadingFrom: file) else { return nil }
        defer { try? handle.close() }
        guard let head = try? handle.read(upToCount: 16_384) else { return nil }
        self.init(head: Array(head))
    }

    private static let byRoot: [String: CollectionFormat] = [
        "rss": .feed, "rdf": .feed, "feed": .feed, "channel": .feed, "urlset": .sitemap, "sitemapindex": .sitemap,
        "newsmessage": .newsML, "newsitem": .newsML, "nitf": .newsML, "packageitem": .newsML,
    ]

    /// Name of the first element, without prefix, of bytes in UTF-8, UTF-16 or an encoding that has ASCII.
    private static func root(of head: [UInt8]) -> String? {
        let text = Array(head.prefix(16_384).filter { $0 != 0 && $0 < 0x80 }).drop { $0 <= 0x20 }
        guard text.first == 0x3C else { return nil }
        var reader = XMLItemReader(bytes: Array(text), items: [])
        _ = reader.next()
        if let root = reader.root { return root }
        // A file that is refused for its declarations still says what it is.
        let start = String(decoding: text.prefix(2000), as: UTF8.self).lowercased()
        guard let mark = start.ranges(of: "<!doctype").first else { return nil }
        return String(start[mark.upperBound...].drop { $0 == " " }.prefix { $0.isLetter || $0.isNumber })
    }
}
