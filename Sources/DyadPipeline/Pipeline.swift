public import DyadCore

/// Why stages cannot run in the order given.
public struct PipelineError: Error, CustomStringConvertible, Equatable {
    public var stage: String
    public var missing: [String]
    public var description: String {
        "stage \(stage) needs \(missing.joined(separator: ", ")), which no stage before it provides"
    }
}

/// Stages in order: one article in, one article with all its layers out.
public struct Pipeline: Sendable {
    public let stages: [any Stage]

    /// Checks that every stage finds what it requires, before any text is read.
    public init(stages: [any Stage]) throws(PipelineError) {
        var provided: Set<Layer> = [.article]
        for stage in stages {
            let missing = stage.requires.subtracting(provided)
            guard missing.isEmpty else {
                throw PipelineError(stage: stage.name, missing: missing.map(\.rawValue).sorted())
            }
            provided.formUnion(stage.provides)
        }
        self.stages = stages
    }

    /// Runs all stages on an article.
    public func run(_ article: Article) -> AnnotatedArticle {
        var annotated = AnnotatedArticle(article: article)
        for stage in stages { stage.annotate(&annotated) }
        return annotated
    }
}
