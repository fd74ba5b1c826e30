import DyadCore

/// Coreference in the last column, in the bracket notation of the GUM and CorefUD treebanks: `Entity=(3-person-1`
/// opens a mention of entity 3 whose head is its first word, and `3)` closes it.
struct EntityColumn {
    static let header = "global.Entity = GRP-etype-head"
    /// By sentence and word.
    private let tags: [[String?]]

    init(chains: [EntityChain], sentences: [Sentence]) {
        var opening = sentences.map { [[(length: Int, text: String)]](repeating: [], count: $0.tokens.count) }
        var closing = sentences.map { [[(length: Int, text: String)]](repeating: [], count: $0.tokens.count) }
        for chain in chains {
            for mention in chain.mentions {
                let (first, last) = (mention.tokens.lowerBound, mention.tokens.upperBound - 1)
                let open = "(\(chain.number)-\(chain.type.rawValue)-\(mention.head - first + 1)"
                if first == last {
                    opening[mention.sentence][first].append((1, open + ")"))
                } else {
                    opening[mention.sentence][first].append((mention.tokens.count, open))
                    closing[mention.sentence][last].append((mention.tokens.count, "\(chain.number))"))
                }
            }
        }
        tags = zip(opening, closing).map { opens, closes in
            zip(opens, closes).map { open, close in
                // Ends of single words follow what opens before them; outer mentions open first and close last.
                let single = open.filter { $0.length == 1 }.map(\.text)
                let longer = open.filter { $0.length > 1 }.sorted { $0.length > $1.length }.map(\.text)
                let all = longer + single + close.sorted { $0.length < $1.length }.map(\.text)
                return all.isEmpty ? nil : all.joined()
            }
        }
    }

    subscript(_ sentence: Int) -> [String?] { tags.indices.contains(sentence) ? tags[sentence] : [] }
}
