import DyadCore

/// Makes a document of an item: its title and text as paragraphs, everything else as statements about it.
struct ItemDocument {
    var place: DocumentPlace
    var title: String?
    /// Paragraphs parted by empty lines.
    var text: [UInt8] = []
    var url: String?
    var published: CalendarDate?
    var publisher: String?
    private(set) var statements: [MetadataFind] = []

    init(place: DocumentPlace) { self.place = place }

    /// Adds what the file says of the item.
    mutating func state(_ field: MetadataFind.Field, _ value: String?, _ source: String) {
        guard let value = value?.singleSpaced, !value.isEmpty else { return }
        statements.append(MetadataFind(field: field, value: value, source: source))
    }

    /// The document under a name; nil when there is neither title nor text.
    func document(named name: String) -> Document? {
        var bytes = Array((title ?? "").utf8)
        if !text.isEmpty {
            if !bytes.isEmpty { bytes += [0x0A, 0x0A] }
            bytes += text
        }
        guard bytes.contains(where: { $0 > 0x20 }) else { return nil }
        bytes.append(0x0A)
        var document = Document(name: name, bytes: bytes, published: published, publisher: publisher, url: url)
        document.place = place
        document.statements = statements
        return document
    }
}

/// Names of the items of a file: the same item has the same name however often the file is saved anew.
struct ItemNames {
    private let file: String
    private var used: [String: Int] = [:]

    init(file: String) { self.file = file }

    /// `feed.xml#3f2a…`, from what the file calls the item; a second item called so gets a number behind.
    mutating func name(for identifier: String) -> String {
        var hash = StableHash()
        hash.combine(identifier)
        let name = "\(file)#\(hash.hex.prefix(12))"
        used[name, default: 0] += 1
        let times = used[name] ?? 1
        return times == 1 ? name : "\(name)-\(times)"
    }
}
