import DyadCodebook
import DyadCore

/// The predicate of what is claimed, without who says it.
struct ClaimFrame {
    /// Verbs of saying or wishing that may stand above what is claimed.
    private static let depth = 3

    private(set) var predicate: Int
    private(set) var isNegative = false
    private(set) var isPlanned = false
    /// Words of the subject, or of the agent of a passive.
    private(set) var subject: Set<Int> = []
    /// Words that only say who speaks.
    private(set) var outside: Set<Int> = []

    private let tokens: [Token]
    private let children: [[Int]]
    private let article: AnnotatedArticle
    private let lexicon: LedgerLexicon

    init(_ sentence: Sentence, _ root: Int, _ article: AnnotatedArticle, _ lexicon: LedgerLexicon) {
        tokens = sentence.tokens
        var children = [[Int]](repeating: [], count: sentence.tokens.count)
        for (index, token) in sentence.tokens.enumerated() where children.indices.contains(token.head) {
            children[token.head].append(index)
        }
        self.children = children
        self.article = article
        self.lexicon = lexicon
        predicate = root
        for _ in 0..<Self.depth where !descend() {
            break
        }
        leaveSpeakers()
        readPolarity()
        readSubjects()
        readPlan()
    }

    // MARK: - Who speaks

    /// Goes down from "said", "denied", "wants to" to what is said, and leaves the speaker outside.
    ///
    /// - Returns: False where nothing is below.
    private mutating func descend() -> Bool {
        let above = predicate, word = lexicon.stances["\(lemma(above)) verb"], earliest = stages(above).min() ?? 9
        guard let content = content(of: above),
            word != nil || isSaying(above) || earliest <= 2 && tokens[content].relation == "xcomp"
        else { return false }
        if let stance = isNegated(above) ? word?.negated : word?.stance, stance == .denies { isNegative.toggle() }
        outside.formUnion(subtree(above).subtracting(subtree(content)))
        if tokens[content].relation == "xcomp" {
            if earliest <= 2 { isPlanned = true }
            for child in children[above] where tokens[child].relation == "nsubj" {
                subject.formUnion(subtree(child))
                outside.subtract(subtree(child))
            }
        }
        predicate = content
        return true
    }

    private func content(of verb: Int) -> Int? {
        children[verb].first {
            ["ccomp", "parataxis", "xcomp", "csubj"].contains(tokens[$0].baseRelation) && !isSaying($0)
        }
    }

    /// Leaves out the words of "… , the navy said".
    private mutating func leaveSpeakers() {
        for child in children[predicate] where tokens[child].baseRelation == "parataxis" && isSaying(child) {
            outside.formUnion(subtree(child))
        }
    }

    private func isSaying(_ index: Int) -> Bool {
        article.attributions.contains { $0.cueSpan.overlaps(tokens[index].span) }
    }

    // MARK: - What is claimed

    /// A predicate that itself denies turns the claim round only where it answers another ("denied the report").
    private mutating func readPolarity() {
        let isAdjective = tokens[predicate].upos == "ADJ"
        let stance = lexicon.stances["\(lemma(predicate)) \(isAdjective ? "adjective" : "verb")"]
        let object = children[predicate].first { ["obj", "nsubj:pass"].contains(tokens[$0].relation) }
        let isAnswer = object.map { lexicon.references.contains(lemma($0)) } ?? false
        if let stance, isAnswer || isAdjective {
            if (isNegated(predicate) ? stance.negated : stance.stance) == .denies { isNegative.toggle() }
        } else if isNegated(predicate) {
            isNegative.toggle()
        }
    }

    private mutating func readSubjects() {
        for child in children[predicate]
        where ["nsubj", "obl:agent", "nsubj:outer"].contains(tokens[child].relation) {
            subject.formUnion(subtree(child))
        }
    }

    /// "will leave", "is to leave", "is leaving" where the coder calls it a plan.
    private mutating func readPlan() {
        let below = children[predicate]
        if below.contains(where: { tokens[$0].upos == "AUX" && lexicon.futures.contains(lemma($0)) }) {
            isPlanned = true
        }
        let isInfinitive = below.contains {
            tokens[$0].form.lowercased() == "to" && tokens[$0].relation == "mark"
        }
        if isInfinitive, lemma(predicate) == "be" || below.contains(where: { lemma($0) == "be" }) { isPlanned = true }
        let event = article.events.first { $0.triggerSpan.overlaps(tokens[predicate].span) }
        if event?.factuality == .planned { isPlanned = true }
        if lemma(predicate) == "be", let next = below.first(where: { tokens[$0].relation == "xcomp" }) {
            predicate = next
            isPlanned = true
        }
    }

    // MARK: - The tree

    private func lemma(_ index: Int) -> String { tokens[index].lemma.lowercased() }

    /// Steps of a happening that a word may tell, from wish to deed.
    private func stages(_ index: Int) -> [Int] {
        (lexicon.classes[lexicon.root(tokens[index].lemma)] ?? []).compactMap { lexicon.stages[$0] }
    }

    private func subtree(_ index: Int) -> Set<Int> {
        var out = [index], next = 0
        while next < out.count {
            out += children[out[next]]
            next += 1
        }
        return Set(out)
    }

    /// "did not", and "no ship left".
    private func isNegated(_ index: Int) -> Bool {
        children[index].contains { child in
            lexicon.negators.contains(lemma(child))
                || ["nsubj", "nsubj:pass", "obj"].contains(tokens[child].relation)
                    && children[child].contains {
                        tokens[$0].relation == "det" && lexicon.negators.contains(lemma($0))
                    }
        }
    }
}
