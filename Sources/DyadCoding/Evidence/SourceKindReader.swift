import DyadCore

/// What kind of source a noun phrase is.
struct SourceKindReader {
    let graph: SyntaxGraph

    private static let anonymous: Set<String> = [
        "source", "official", "witness", "diplomat", "analyst", "people", "resident", "expert", "observer", "critic",
        "local", "activist", "insider",
    ]
    private static let documents: Set<String> = [
        "report", "statement", "document", "letter", "memo", "communiqué", "communique", "study", "survey", "poll",
        "estimate", "figure", "datum", "record", "file", "finding", "website", "dossier", "cable", "paper",
    ]
    private static let media: Set<String> = [
        "newspaper", "daily", "magazine", "agency", "television", "tv", "radio", "station", "channel", "media",
        "outlet", "press", "weekly", "broadcaster", "newswire",
    ]

    func kind(of head: Int?, _ mention: ActorMention?) -> SourceKind {
        guard let head else { return .none }
        let lemma = graph.lemma(head)
        if Self.anonymous.contains(lemma), mention?.kind != .person { return .anonymous }
        if Self.documents.contains(lemma) { return .document }
        if Self.media.contains(lemma) || mention?.kind == .organisation && mention?.code.sector == "JRN" {
            return .medium
        }
        switch mention?.kind {
        case .person?, .unknown?: return .named
        case .country?: return .metonym
        case .organisation?: return .named
        case .role?: return .role
        case .pronoun?: return .named
        case nil: return graph.token(head).upos == "PROPN" ? .named : .role
        }
    }
}
