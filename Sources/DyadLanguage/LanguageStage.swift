public import DyadCore
import Synchronization

/// Sentences, words, trees and names as a pipeline stage.
public final class LanguageStage: Stage {
    public let name = "language"
    public let requires: Set<Layer> = [.article]
    public let provides: Set<Layer> = [.sentences, .names]
    private let analyser: LanguageAnalyser
    private let pool = WorkspacePool()

    /// A stage of a model, a tokeniser and what is known of places that enclose each other.
    public init(model: LanguageModel, tokeniser: Tokeniser, chains: PlaceChain? = nil) {
        analyser = LanguageAnalyser(model: model, tokeniser: tokeniser, chains: chains)
    }

    public func annotate(_ article: inout AnnotatedArticle) {
        let bytes = article.article.document.bytes
        let passages = article.article.blocks.enumerated().filter { Self.isRead($0.element) }.map {
            index, block in
            LanguageAnalyser.Passage(
                span: block.span, block: index, label: block.label,
                isWhole: [.title, .repeatedTitle, .subheading].contains(block.label))
        }
        article.sentences = sentences(in: bytes, passages: passages)
    }

    /// Analyses passages outside a pipeline.
    public func sentences(in bytes: [UInt8], passages: [LanguageAnalyser.Passage]) -> [Sentence] {
        let box = pool.take()
        defer { pool.give(box) }
        return analyser.sentences(in: bytes, passages: passages, box)
    }

    /// Analyses sentences whose words are given.
    public func sentences(given: [[Token]]) -> [Sentence] {
        let box = pool.take()
        defer { pool.give(box) }
        return analyser.sentences(given: given, box)
    }

    /// Words of a passage without analysis.
    public func words(in bytes: [UInt8], passage: LanguageAnalyser.Passage) -> [Token] {
        analyser.words(in: bytes, passage: passage)
    }

    /// Text that people wrote about the matter; navigation and notices are not worth a parse.
    private static func isRead(_ block: Block) -> Bool {
        if block.language != nil { return false }
        switch block.label {
        case .title, .deck, .paragraph, .subheading, .caption: return true
        default: return false
        }
    }
}

/// Workspaces that threads borrow: as many are made as run at once.
public final class WorkspacePool: Sendable {
    private let idle = Mutex<[LanguageModel.Workspace]>([])

    /// An empty pool.
    public init() {}

    /// A free workspace, made when none is.
    public func take() -> LanguageModel.Workspace { idle.withLock { $0.popLast() } ?? LanguageModel.Workspace() }

    /// Gives a workspace back.
    public func give(_ workspace: LanguageModel.Workspace) { idle.withLock { $0.append(workspace) } }
}
