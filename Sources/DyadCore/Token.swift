/// One syntactic word with its analysis, after Universal Dependencies.
public struct Token: Sendable, Equatable {
    /// The word as written.
    public var form: String
    /// Where it stands in the original.
    public var span: Span
    /// Dictionary form.
    public var lemma: String = "_"
    /// Universal part of speech, such as `NOUN`.
    public var upos: String = "X"
    /// Penn tag, such as `NNS`.
    public var xpos: String = "_"
    /// Universal features, `Number=Plur|…`, or `_`.
    public var feats: String = "_"
    /// Index of the head in the sentence; -1 for the root.
    public var head: Int = -1
    /// Relation to the head with its subtype, such as `nsubj:pass`.
    public var relation: String = "root"
    /// White space follows in the original.
    public var spaceAfter: Bool = true
    /// Length in words of a multiword token (as "don't") that begins here; 1 otherwise, 0 inside one.
    public var multiword: Int = 1

    /// A token without analysis.
    public init(form: String, span: Span, spaceAfter: Bool = true, multiword: Int = 1) {
        self.form = form
        self.span = span
        self.spaceAfter = spaceAfter
        self.multiword = multiword
    }

    /// The relation without its subtype.
    public var baseRelation: Substring {
        if let colon = relation.utf8.firstIndex(of: UInt8(ascii: ":")) { return relation[..<colon] }
        return relation[...]
    }
}
