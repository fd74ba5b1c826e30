public import DyadCore

/// What is known about a report besides its events.
public struct Report: Sendable, Equatable {
    /// Name of the document.
    public var document: String
    /// Who is taken to speak: the agency, else the publisher.
    public var outlet: String?
    /// The same for copies of one text.
    public var bodyHash: String?

    /// A report; see the properties.
    public init(document: String, outlet: String?, bodyHash: String? = nil) {
        self.document = document
        self.outlet = outlet
        self.bodyHash = bodyHash
    }
}

/// How sure a merged event is, over all its tellings.
public enum RecordStatus: String, Sendable, CaseIterable {
    /// One outlet tells it in its own voice.
    case reported
    /// Two or more independent outlets do.
    case corroborated
    /// Some say that it happened and some that it did not.
    case contested
    /// It is only denied or negated.
    case denied
    /// Its outlet has taken it back.
    case retracted
    /// It is only alleged.
    case unverified
}

/// One event with all its tellings.
public struct EventRecord: Sendable, Equatable {
    /// Tellings in the order of a timeline; never empty.
    public let tellings: [Event]
    /// The telling that stands for the record: the surest one.
    public let lead: Event
    /// Number of documents that tell it.
    public let reports: Int
    /// Number of independent outlets that tell it.
    public let outlets: Int
    /// How sure it is.
    public let status: RecordStatus

    fileprivate init?(_ tellings: [Event], _ register: OutletRegister) {
        let sorted = tellings.sorted(by: isEarlier)
        guard let lead = sorted.max(by: { isWeaker($0, $1) }) else { return nil }
        self.tellings = sorted
        self.lead = lead
        let documents = Set(sorted.map(\.document))
        reports = documents.count
        outlets = register.outlets(of: documents)
        status = recordStatus(sorted, register)
    }

    /// Merges tellings into records, in the order of a timeline.
    ///
    /// Within a document, tellings of the same type, actors and date are one event. Across documents they are one only
    /// when each text itself gives the day; a date taken from the publication proves nothing. Copies of one text count
    /// as one document.
    public static func merge(_ events: [Event], reports: [Report] = []) -> [EventRecord] {
        let register = OutletRegister(events, reports)
        var groups: [[String]: [Event]] = [:]
        var order: [[String]] = []
        for event in events.sorted(by: isEarlier) {
            let key = mergeKey(event, register)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(event)
        }
        return order.compactMap { key in groups[key].flatMap { EventRecord($0, register) } }
    }

    /// Number of independent outlets among the documents of some events.
    public static func outlets(of events: [Event], reports: [Report] = []) -> Int {
        OutletRegister(events, reports).outlets(of: Set(events.map(\.document)))
    }
}

/// Who speaks in each document.
private struct OutletRegister {
    private var outlet: [String: String] = [:]
    private var body: [String: String] = [:]

    init(_ events: [Event], _ reports: [Report]) {
        for event in events { outlet[event.document] = event.publisher.map(normalized) }
        for report in reports {
            if let name = report.outlet { outlet[report.document] = normalized(name) }
            body[report.document] = report.bodyHash
        }
    }

    /// The text of a document: the same for copies.
    func text(of document: String) -> String { body[document] ?? "document \(document)" }

    /// Independent outlets: copies of one text speak with one voice.
    func outlets(of documents: Set<String>) -> Int {
        var voices: [String: String] = [:]
        for document in documents.sorted() {
            let voice = outlet[document] ?? "document \(document)"
            let text = text(of: document)
            voices[text] = voices[text].map { min($0, voice) } ?? voice
        }
        return Set(voices.values).count
    }

    private func normalized(_ name: String) -> String {
        name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

private func mergeKey(_ event: Event, _ register: OutletRegister) -> [String] {
    let date = event.dateOrPublication
    let isDatedByText = date?.precision == "day" && date?.basis != "publication"
    return [
        event.type.rawValue, codes(event.sourceActors), codes(event.targetActors), date?.value ?? "",
        isDatedByText ? "" : register.text(of: event.document),
    ]
}

/// Bodies of some actors, without order; a government stands for its state.
private func codes(_ actors: [EventActor]) -> String {
    let names = actors.map { actor in
        guard let body = actor.code.body else { return actor.code.sector ?? actor.name }
        guard let sector = actor.code.sector, sector != "GOV" else { return body }
        return "\(body) \(sector)"
    }
    return Set(names).sorted().joined(separator: ",")
}

private func recordStatus(_ tellings: [Event], _ register: OutletRegister) -> RecordStatus {
    let denials = tellings.filter { $0.factuality == .denied || $0.factuality == .negated }
    if denials.count == tellings.count { return .denied }
    if !denials.isEmpty { return .contested }
    let own = tellings.filter { $0.factuality != .alleged }
    if own.isEmpty { return .unverified }
    return register.outlets(of: Set(own.map(\.document))) > 1 ? .corroborated : .reported
}

/// True when the right telling says more surely that the event happened.
private func isWeaker(_ left: Event, _ right: Event) -> Bool {
    let (first, second) = (rank(left.factuality), rank(right.factuality))
    if first != second { return first < second }
    if left.confidence != right.confidence { return left.confidence < right.confidence }
    return isEarlier(right, left)
}

private func rank(_ factuality: Factuality) -> Int {
    switch factuality {
    case .asserted: 7
    case .alleged: 6
    case .denied: 5
    case .negated: 4
    case .planned: 3
    case .requested: 2
    case .conditional: 1
    case .hypothetical: 0
    }
}
