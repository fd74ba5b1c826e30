/// What a dictionary file holds.
public enum DictionaryKind: String, Sendable, CaseIterable {
    case actors, agents, discards, issues, verbs
    /// Comma-separated actors.
    case table

    /// The kind by the file's name, else by what its lines look like; nil for a text that is no dictionary.
    public static func of(name: String, text: String) -> DictionaryKind? {
        let lower = name.lowercased()
        if lower.hasSuffix(".csv") { return .table }
        let byName: [(String, DictionaryKind)] = [
            ("actor", .actors), ("agent", .agents), ("discard", .discards), ("issue", .issues), ("verb", .verbs),
            ("cameo", .verbs),
        ]
        if let found = byName.first(where: { lower.contains($0.0) }) { return found.1 }
        if text.contains("\n--- ") || text.hasPrefix("--- ") { return .verbs }
        if text.contains("[~") || text.contains("~]") { return .agents }
        return text.contains("\n\t[") ? .actors : nil
    }
}

extension LexiconTables {
    /// Reads one dictionary and adds what it says.
    public mutating func add(_ kind: DictionaryKind, text: String, file: String) {
        switch kind {
        case .actors: add(PetrarchActors(text, file: file), file: file)
        case .agents: add(PetrarchAgents(text, file: file), file: file)
        case .discards: add(PetrarchDiscards(text, file: file), file: file)
        case .issues: add(PetrarchIssues(text, file: file), file: file)
        case .verbs: add(PetrarchVerbs(text, file: file), file: file)
        case .table: add(ActorTable(text, file: file), file: file)
        }
    }
}
