import DyadCodebook
import DyadCore

/// How alike two tellings are: the sum of what speaks for one happening, unless something speaks against it.
struct Likeness {
    let lexicon: LedgerLexicon
    private let trigger: Double, terms: Double, actors: Double, time: Double
    private let compatible: [Bool]
    /// Least value of two tellings of one happening.
    let threshold: Double
    private static let types = EventType.allCases
    private static let order = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1, $0) })

    init(lexicon: LedgerLexicon) {
        self.lexicon = lexicon
        (trigger, terms) = (lexicon.weights["trigger"] ?? 0.34, lexicon.weights["terms"] ?? 0.3)
        (actors, time) = (lexicon.weights["actors"] ?? 0.18, lexicon.weights["time"] ?? 0.18)
        threshold = lexicon.thresholds["same"] ?? 0.56
        compatible = Self.types.flatMap { left in Self.types.map { lexicon.areCompatible(left, $0) } }
    }

    /// Parts of a likeness, each from 0 to 1; nil when the two cannot be one happening.
    struct Parts {
        var trigger: Double
        var terms: Double
        var actors: Double
        var time: Double
    }

    /// From 0 to 1; -1 when the two cannot be one happening.
    func value(_ left: Telling, _ right: Telling) -> Double {
        guard let parts = parts(left, right) else { return -1 }
        return trigger * parts.trigger + terms * parts.terms + actors * parts.actors + time * parts.time
    }

    func parts(_ left: Telling, _ right: Telling) -> Parts? {
        if left.document == right.document, left.sentence == right.sentence, !areSameWord(left, right) { return nil }
        guard let who = actorFit(left, right), let when = timeFit(left, right), !areApart(left, right) else {
            return nil
        }
        let word = triggerFit(left, right)
        let words = termFit(left, right)
        guard word > 0 else { return nil }
        // The day of publication alone proves nothing across reports.
        if left.document != right.document, !left.isDated || !right.isDated, words < 0.25 { return nil }
        return Parts(trigger: word, terms: words, actors: who, time: when)
    }

    /// Two words of one sentence tell two happenings, unless they are of one root, or of one class and type.
    private func areSameWord(_ left: Telling, _ right: Telling) -> Bool {
        Sorted.meet(left.roots, right.roots) || left.type == right.type && Sorted.meet(left.classes, right.classes)
    }

    /// True for a headline and a sentence of its text that share most of its words.
    private func isHeadline(_ left: Telling, _ right: Telling) -> Bool {
        left.document == right.document && left.type == right.type && min(left.sentence, right.sentence) == 0
            && left.sources == right.sources && Sorted.shared(left.terms, right.terms) >= 2
    }

    /// The same word, a word of the same class, or at least types that go together.
    private func triggerFit(_ left: Telling, _ right: Telling) -> Double {
        let (i, j) = (Self.order[left.type] ?? 0, Self.order[right.type] ?? 0)
        let isTypeFit = compatible[i * Self.types.count + j]
        if Sorted.meet(left.roots, right.roots) { return isTypeFit ? 1 : 0.5 }
        guard isTypeFit else { return 0 }
        if Sorted.meet(left.classes, right.classes) { return left.type == right.type ? 0.85 : 0.7 }
        let isShared = Sorted.meet(left.roots, right.terms) || Sorted.meet(right.roots, left.terms)
        return (left.type == right.type ? 0.4 : 0.2) + (isShared ? 0.3 : 0)
    }

    /// Share of the words of the shorter sentence that the other has too; copies of a sentence have 1.
    private func termFit(_ left: Telling, _ right: Telling) -> Double {
        let least = min(left.terms.count, right.terms.count)
        guard least > 0 else { return 0 }
        let shared = Double(Sorted.shared(left.terms, right.terms))
        let numbers = Sorted.meet(left.numbers, right.numbers) ? 0.2 : 0
        return min(1, shared / Double(max(least, 5)) * 1.4 + numbers)
    }

    /// Bodies on both sides agree, or one telling leaves a side open.
    private func actorFit(_ left: Telling, _ right: Telling) -> Double? {
        if left.isMutual || right.isMutual {
            let (first, second) = (left.bodies, right.bodies)
            let shared = Sorted.shared(first, second)
            if shared >= 2 { return first.count == second.count ? 1 : 0.8 }
            return shared == 1 && min(first.count, second.count) == 1 ? 0.4 : nil
        }
        guard !left.sources.isEmpty, !right.sources.isEmpty else {
            return left.document == right.document ? 0.3 : nil
        }
        guard Sorted.meet(left.sources, right.sources) else { return nil }
        if left.targets.isEmpty || right.targets.isEmpty {
            return left.targets.isEmpty && right.targets.isEmpty ? 0.8 : 0.5
        }
        guard Sorted.meet(left.targets, right.targets) else { return isHeadline(left, right) ? 0.6 : nil }
        return left.sources == right.sources && left.targets == right.targets ? 1 : 0.8
    }

    /// Days overlap at their grain; a day off is forgiven where a text counts from its own publication.
    private func timeFit(_ left: Telling, _ right: Telling) -> Double? {
        let gap = max(left.first, right.first) - min(left.last, right.last)
        let isBoth = left.isDated && right.isDated
        if gap > (isBoth ? 1 : left.isDated || right.isDated ? 3 : 2) { return nil }
        if isBoth {
            if gap > 0 { return 0.3 }
            return left.isFine && right.isFine && left.first == right.first ? 1 : 0.7
        }
        return left.document == right.document ? 0.7 : gap <= 0 ? 0.55 : 0.35
    }

    /// Two towns that are not the same.
    private func areApart(_ left: Telling, _ right: Telling) -> Bool {
        guard left.place > 0, right.place > 0, left.place != right.place else { return false }
        return left.country != right.country || left.isTown && right.isTown
    }

    /// Why two tellings are one happening, in words.
    func reason(_ left: Telling, _ right: Telling, _ words: Numbering) -> String {
        guard let parts = parts(left, right) else { return "joined by a third telling" }
        // By name: numbers depend on which report came first.
        func list(_ numbers: [Int32], _ others: [Int32]) -> String {
            numbers.filter { others.contains($0) }.map { words.name($0) }.sorted().joined(separator: ", ")
        }
        var facts: [String] = []
        let bodies = list(left.bodies, right.bodies)
        if !bodies.isEmpty { facts.append("actors \(bodies)") }
        facts.append(left.type == right.type ? left.type.rawValue : "\(left.type.rawValue) with \(right.type.rawValue)")
        let roots = list(left.roots, right.roots)
        let classes = list(left.classes, right.classes).replacing("class ", with: "")
        if !roots.isEmpty { facts.append("word \(roots)") } else if !classes.isEmpty { facts.append("kind \(classes)") }
        facts.append(parts.time == 1 ? "same day" : "days that overlap")
        let terms = list(left.terms, right.terms)
        if !terms.isEmpty { facts.append("words in common \(terms)") }
        return facts.joined(separator: "; ")
    }
}
