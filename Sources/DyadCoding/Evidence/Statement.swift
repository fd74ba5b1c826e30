import DyadCore

/// An attribution while it is being put together.
struct Statement {
    var attribution: Attribution
    /// Index of the sentence of the cue.
    var sentence: Int
    /// Token of the cue's head in that sentence.
    var cue: Int
    /// Lemma of that token.
    var lemma: String
    /// Short words of the source, as a holder is named.
    var holder: String
    /// `neutral`, `deny`, `learn` and so on.
    var stance: String
    /// True when quotation marks hold the content, so that the words are the source's own.
    var isQuoted = false

    /// True when the words stand in what is said.
    func covers(_ span: Span) -> Bool {
        (attribution.content + attribution.continued).contains { $0.contains(span) }
            && !attribution.cueSpan.contains(span)
    }

    /// Bytes of what is said.
    var length: Int { (attribution.content + attribution.continued).reduce(0) { $0 + $1.count } }
}
