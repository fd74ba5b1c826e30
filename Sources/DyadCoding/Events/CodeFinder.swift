public import DyadCodebook
public import DyadCore

/// Gives an event its code in an ontology that stands beside PLOVER.
///
/// The most specific line whose conditions hold wins; where none holds, the ontology's mapping answers.
public struct CodeFinder: Sendable {
    /// A code, and the line that gave it; nil for the mapping.
    public struct Found: Sendable {
        public var code: String
        public var pattern: CodePattern?
    }

    private let ontology: Ontology
    private let triggers: TriggerLexicon

    /// A finder for one ontology; the lexicon tells what a trigger's own line speaks of.
    public init(ontology: Ontology, triggers: TriggerLexicon) {
        self.ontology = ontology
        self.triggers = triggers
    }

    /// The code of an event of a sentence.
    public func code(of event: Event, in sentence: Sentence) -> Found? {
        let graph = SyntaxGraph(sentence)
        return code(of: event, ClauseSearch(graph: graph, trigger: event.triggerSpan))
    }

    func code(of event: Event, _ clause: ClauseSearch) -> Found? {
        let entry = triggers.entry(file: event.explanation.file, line: event.explanation.line)
        let told = entry.map { CodePattern.Kind(event: $0.event, mode: $0.mode) }
        let candidates = ontology.patterns(of: event.type).filter { $0.fits(mode: event.mode, told: told) }
        if !candidates.isEmpty {
            let words = SurroundingWords(graph: clause.graph, trigger: clause.trigger, top: clause.top)
            let matcher = PatternMatcher(graph: clause.graph)
            if let first = candidates.first(where: { holds($0, clause.trigger, matcher, words) }) {
                return Found(code: first.code, pattern: first)
            }
        }
        return ontology.mapped(event.type, mode: event.mode, contexts: event.contexts).map { Found(code: $0) }
    }

    private func holds(
        _ pattern: CodePattern, _ trigger: Int, _ matcher: PatternMatcher, _ words: SurroundingWords
    ) -> Bool {
        matcher.isHead(trigger, lemmas: pattern.heads, pos: pattern.pos)
            && pattern.constraints.allSatisfy { constraint in
                if let region = constraint.path.first.flatMap(SurroundingWords.Region.init(rawValue:)) {
                    return words.contain(constraint.lemmas, in: region) != constraint.isNegative
                }
                return matcher.holds(constraint, at: trigger, asAdjective: pattern.pos == "a", triggers.containers)
            }
    }
}

/// The words in which a trigger stands, near and far.
final class SurroundingWords {
    /// How far the words may be from the trigger; the names are those of the pattern language.
    enum Region: String {
        /// What hangs on the trigger.
        case words
        /// The clause of the trigger.
        case clause
        case sentence
        /// Words of the clauses in which it stands: "agreed to lift", "said it would send".
        case over
        /// The conjunction that joins its clause to another: "before leaving".
        case mark
    }

    private let graph: SyntaxGraph
    private let trigger: Int
    private let top: Int
    private var gathered: [Region: (single: Set<String>, lemmas: String, forms: String)] = [:]

    init(graph: SyntaxGraph, trigger: Int, top: Int) {
        self.graph = graph
        self.trigger = trigger
        self.top = top
    }

    /// True when one of the words, or a phrase of several, stands there; any word at all for an empty list.
    func contain(_ wanted: Set<String>, in region: Region) -> Bool {
        let here = words(in: region)
        if wanted.isEmpty { return !here.single.isEmpty }
        if !here.single.isDisjoint(with: wanted) { return true }
        return wanted.contains { phrase in
            phrase.contains(" ") && (here.lemmas.contains(" \(phrase) ") || here.forms.contains(" \(phrase) "))
        }
    }

    private func words(in region: Region) -> (single: Set<String>, lemmas: String, forms: String) {
        if let known = gathered[region] { return known }
        let tokens: [Int] =
            switch region {
            case .words: clause(trigger)
            case .clause: clause(top)
            case .sentence: Array(graph.sentence.tokens.indices)
            case .over: above(trigger)
            case .mark: marks(trigger)
            }
        let lemmas = tokens.map(graph.lemma), forms = tokens.map { graph.token($0).form.lowercased() }
        let found = (
            single: Set(lemmas).union(forms), lemmas: " \(lemmas.joined(separator: " ")) ",
            forms: " \(forms.joined(separator: " ")) "
        )
        gathered[region] = found
        return found
    }

    private func above(_ index: Int) -> [Int] {
        var out: [Int] = []
        var at = index
        while let up = graph.head(at) {
            out.append(up)
            at = up
        }
        return out
    }

    /// The conjunctions of the clauses around a word, up to the main one.
    private func marks(_ index: Int) -> [Int] {
        ([index] + above(index)).filter { graph.relation($0) == "advcl" || graph.relation($0) == "acl" }
            .flatMap { graph.children($0, "mark", "case") }
    }

    /// A word with all that hangs on it, but for clauses beside it.
    private func clause(_ top: Int) -> [Int] {
        var out = [top]
        for child in graph.children[top] {
            let isBeside =
                graph.relation(child) == "parataxis" || graph.relation(child) == "conj" && graph.isVerb(child)
            if !isBeside { out += graph.subtree(child) }
        }
        return out.sorted()
    }
}
