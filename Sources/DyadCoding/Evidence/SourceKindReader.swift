import DyadCodebook
import DyadCore

/// What kind of source a noun phrase is.
struct SourceKindReader {
    let graph: SyntaxGraph
    let cues: CueLexicon

    func kind(of head: Int?, _ mention: ActorMention?) -> SourceKind {
        guard let head else { return .none }
        switch cues.sourceKind(graph.lemma(head)) {
        case "anonymous" where mention?.kind != .person: return .anonymous
        case "document": return .document
        case "medium": return .medium
        default: break
        }
        switch mention?.kind {
        case .organisation? where mention?.code.sector == "JRN": return .medium
        case .person?, .unknown?, .organisation?, .pronoun?: return .named
        case .country?: return .metonym
        case .role?: return .role
        case nil: return graph.token(head).upos == "PROPN" ? .named : .role
        }
    }

    /// True for what can tell something: an actor, a name, a pronoun, a document, an outlet.
    func isSource(_ head: Int, _ mention: ActorMention?) -> Bool {
        mention != nil || ["PROPN", "PRON"].contains(graph.token(head).upos)
            || cues.sourceKind(graph.lemma(head)) != nil
    }
}
