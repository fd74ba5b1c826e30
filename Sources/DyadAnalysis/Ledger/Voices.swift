import DyadCore

/// Who really speaks in each document: copies of one text and reports that credit one agency are one voice.
struct Voices {
    private var outlet: [String: String] = [:]
    private var text: [String: String] = [:]

    init(_ events: [Event], _ reports: [Report]) {
        for event in events { outlet[event.document] = event.publisher.map(Self.normalized) }
        var copies = DisjointNames()
        for report in reports {
            if let name = report.agency ?? report.outlet { outlet[report.document] = Self.normalized(name) }
            if let hash = report.bodyHash { copies.join(report.document, "body " + hash) }
            if let other = report.duplicateOf { copies.join(report.document, other) }
        }
        for (first, second) in Self.copies(events) { copies.join(first, second) }
        for document in Set(events.map(\.document)).union(reports.map(\.document)) {
            text[document] = copies.find(document)
        }
        var voice: [String: String] = [:]
        for document in text.keys.sorted() {
            guard let name = text[document] else { continue }
            let own = outlet[document] ?? "document \(document)"
            voice[name] = voice[name].map { min($0, own) } ?? own
        }
        for (document, name) in text { outlet[document] = voice[name] }
    }

    /// The same for copies of one text.
    func text(of document: String) -> String { text[document] ?? document }

    /// Name of the voice of a document.
    func voice(of document: String) -> String { outlet[document] ?? "document \(document)" }

    /// The voice behind a telling: a medium that the report cites speaks for itself.
    func voice(of event: Event) -> String {
        guard let cited = event.attribution.first, cited.kind == .medium, !cited.source.isEmpty else {
            return voice(of: event.document)
        }
        return Self.normalized(cited.source)
    }

    /// Number of independent voices among some tellings.
    func count(_ events: [Event]) -> Int { Set(events.map { voice(of: $0) }).count }

    private static func normalized(_ name: String) -> String {
        let words = name.lowercased().split(whereSeparator: \.isWhitespace)
        return (words.first == "the" ? words.dropFirst() : words[...]).joined(separator: " ")
    }

    /// Pairs of documents most of whose coded sentences are the same.
    private static func copies(_ events: [Event]) -> [(String, String)] {
        var sentences: [String: Set<String>] = [:]
        var holders: [String: [String]] = [:]
        for event in events where event.text.utf8.count > 40 {
            if sentences[event.document, default: []].insert(event.text).inserted {
                holders[event.text, default: []].append(event.document)
            }
        }
        var shared: [[String]: Int] = [:]
        for documents in holders.values where documents.count > 1 {
            let sorted = documents.sorted()
            for (first, second) in zip(sorted, sorted.dropFirst()) { shared[[first, second], default: 0] += 1 }
        }
        return shared.compactMap { pair, count in
            let least = min(sentences[pair[0]]?.count ?? 0, sentences[pair[1]]?.count ?? 0)
            return count >= 2 && count * 10 >= least * 6 ? (pair[0], pair[1]) : nil
        }
    }
}

/// Sets of names that are joined one by one; the first name in order stands for its set.
private struct DisjointNames {
    private var parent: [String: String] = [:]

    mutating func find(_ name: String) -> String {
        guard let up = parent[name], up != name else { return name }
        let root = find(up)
        parent[name] = root
        return root
    }

    mutating func join(_ first: String, _ second: String) {
        let (a, b) = (find(first), find(second))
        if a != b { parent[max(a, b)] = min(a, b) }
    }
}
