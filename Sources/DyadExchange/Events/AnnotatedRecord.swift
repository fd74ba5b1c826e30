public import DyadCore

/// A record of an annotated file: a text, or a document, with the events somebody found in it.
public struct AnnotatedRecord: Sendable, Equatable {
    /// One event of it, with codes as they are printed.
    public struct Entry: Sendable, Equatable {
        public var sources: [String]
        public var targets: [String]
        public var event: EventType
        public var mode: String?
        public var code: String?
        public var isMutual: Bool

        /// An event with its parties.
        public init(
            sources: [String], targets: [String], event: EventType, mode: String?, code: String?, isMutual: Bool = false
        ) {
            self.sources = sources
            self.targets = targets
            self.event = event
            self.mode = mode
            self.code = code
            self.isMutual = isMutual
        }
    }

    public var id: String
    /// The text to code; nil where the file holds only sentences or names.
    public var text: String?
    public var date: CalendarDate?
    public var events: [Entry]

    /// A record with its events.
    public init(id: String, text: String? = nil, date: CalendarDate? = nil, events: [Entry]) {
        self.id = id
        self.text = text
        self.date = date
        self.events = events
    }
}

/// Why a line of an annotated file cannot be read.
public struct AnnotatedFileError: Error, Sendable, CustomStringConvertible {
    public var line: Int
    public var reason: String
    public var description: String { "line \(line): \(reason)" }
}

/// Reads annotated files: event lines as `dyad code` prints them, or records `{"id","text","events":[…]}`.
///
/// An event of a record is an event object, or the short form `{"source":{"code"},"target":{"code"},"event","mode"}`, in
/// which `plover` may stand for `event` and `cameo` for `code`.
public struct AnnotatedReader: Sendable {
    /// Codes that mean a sector, so that `TURGOV` is `TUR GOV`.
    public var sectors = EventReader.ploverSectors
    /// Older names of events, and what they are called now.
    public static let olderNames = [
        "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT",
    ]

    /// A reader that knows the sectors of PLOVER.
    public init() {}

    /// Records of a file, in the order in which they begin.
    public func read(_ text: String) throws(AnnotatedFileError) -> [AnnotatedRecord] {
        var records: [AnnotatedRecord] = []
        var places: [String: Int] = [:]
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
            let value: JSONValue
            do { value = try JSONValue(parsing: String(line)) } catch {
                throw AnnotatedFileError(line: index + 1, reason: "\(error)")
            }
            let record = try record(value, line: index + 1)
            guard let place = places[record.id] else {
                places[record.id] = records.count
                records.append(record)
                continue
            }
            if value["events"] != nil {
                throw AnnotatedFileError(line: index + 1, reason: "the id \(record.id) stands twice")
            }
            records[place].events += record.events
        }
        return records
    }

    private func record(_ value: JSONValue, line: Int) throws(AnnotatedFileError) -> AnnotatedRecord {
        guard case .object = value else { throw AnnotatedFileError(line: line, reason: "an object is expected") }
        guard let events = value["events"] else {
            // An event line of the program: the document is the record.
            guard let document = value["document"]?.string else {
                throw AnnotatedFileError(line: line, reason: "neither \"events\" nor \"document\" is there")
            }
            let entries = try entry(value, line: line).map { [$0] } ?? []
            return AnnotatedRecord(id: document, text: nil, date: nil, events: entries)
        }
        guard let id = value["id"]?.string ?? value["id"]?.integer.map(String.init) else {
            throw AnnotatedFileError(line: line, reason: "the record has no \"id\"")
        }
        guard case .array(let items) = events else {
            throw AnnotatedFileError(line: line, reason: "\"events\" is a list")
        }
        var entries: [AnnotatedRecord.Entry] = []
        for item in items { if let entry = try entry(item, line: line) { entries.append(entry) } }
        return AnnotatedRecord(
            id: id, text: value["text"]?.string, date: value["date"]?.string.flatMap { CalendarDate($0) },
            events: entries)
    }

    /// Nil for an object that says that nothing is coded.
    private func entry(_ value: JSONValue, line: Int) throws(AnnotatedFileError) -> AnnotatedRecord.Entry? {
        guard let name = value["event"]?.string ?? value["plover"]?.string else { return nil }
        let upper = name.uppercased()
        guard let type = EventType(rawValue: Self.olderNames[upper] ?? upper) else {
            throw AnnotatedFileError(line: line, reason: "\(name) is not one of the sixteen event types")
        }
        let isMutual = value["symmetric"] == .boolean(true)
        return AnnotatedRecord.Entry(
            sources: codes(value, "source_actor", "source"), targets: codes(value, "target_actor", "target"),
            event: type,
            mode: value["mode"]?.string, code: value["cameo"]?.string ?? value["code"]?.string, isMutual: isMutual)
    }

    /// Codes of one side: a list of actors, one actor, or its bare code; a text stands in where there is no code.
    private func codes(_ value: JSONValue, _ long: String, _ short: String) -> [String] {
        let side = value[long] ?? value[short]
        let items: [JSONValue] =
            switch side {
            case .array(let items): items
            case .object, .string: side.map { [$0] } ?? []
            default: []
            }
        return items.compactMap { item in
            let code = item.string ?? item["code"]?.string ?? item["text"]?.string
            return code.map(spaced)
        }
    }

    /// `TURGOV` as `TUR GOV`.
    private func spaced(_ code: String) -> String {
        let sector = String(code.suffix(3))
        guard code.utf8.count == 6, code.utf8.allSatisfy({ (65...90).contains($0) }), sectors.contains(sector) else {
            return code
        }
        return "\(code.prefix(3)) \(sector)"
    }
}
