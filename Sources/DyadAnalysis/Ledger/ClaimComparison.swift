public import DyadCodebook
public import DyadCore

/// What one claim is to another.
public enum ClaimRelation: String, Sendable, CaseIterable {
    /// Both can only be true together: they say the same.
    case corroborates
    /// Both cannot be true.
    case contradicts
    /// The second tells what became of the first.
    case updates
    /// They are about different things, times, places or actors.
    case unrelated
}

/// Compares two claims that were read as articles of their own.
///
/// The rules are tried in order, the first that holds answers; their names are the reasons.
public struct ClaimComparison: Sendable {
    private let lexicon: LedgerLexicon

    /// A comparison with the words and rules of the data folder.
    public init(lexicon: LedgerLexicon = .standard) { self.lexicon = lexicon }

    /// The relation of the second claim to the first, and the rule that found it.
    public func relation(_ first: AnnotatedArticle, _ second: AnnotatedArticle) -> (
        relation: ClaimRelation, reason: String
    ) {
        let (a, b) = (ClaimReading(first, lexicon), ClaimReading(second, lexicon))
        let match = Match(a, b, lexicon)
        if !match.isSameMatter { return (.unrelated, "too few words or actors in common") }
        if match.isOtherSide { return (.unrelated, "other actors") }
        if match.isOtherPlace { return (.unrelated, "other places") }
        if match.isOtherTime { return (.unrelated, "other times") }
        if match.isFulfilment { return (.updates, "planned, then done") }
        if match.isLater { return (.updates, "a later step") }
        if a.isNegative != b.isNegative { return (.contradicts, "one side denies or negates it") }
        if match.isRoleSwap { return (.contradicts, "the roles are exchanged") }
        if match.isOpposite, match.isSequel { return (.updates, "undone at a later time") }
        if match.isOpposite { return (.contradicts, "words that exclude each other") }
        if match.areFiguresApart {
            return match.isSequel ? (.updates, "a later figure") : (.contradicts, "figures that exclude each other")
        }
        if match.isSequel { return (.updates, "a later time") }
        return (.corroborates, "the same actors, act, time and place")
    }
}

/// A claim as the comparison sees it.
struct ClaimReading {
    /// Roots of the words that carry meaning, actors by their code.
    var units: Set<String> = []
    var bodies: Set<String> = []
    /// Bodies of the subject, or of the agent of a passive.
    var agents: Set<String> = []
    var towns: Set<String> = []
    /// Root and classes of the predicate, and of what hangs on it.
    var roots: Set<String> = []
    var classes: Set<String> = []
    var isNegative = false
    var isPlanned = false
    var stage: Int?
    /// Classes of what hangs on the predicate.
    var objects: Set<String> = []
    /// Names that denote no actor: places as a rule.
    var names: Set<String> = []
    var days: [DayRange] = []
    var figures: [StatementFigure] = []

    init(_ article: AnnotatedArticle, _ lexicon: LedgerLexicon) {
        for index in article.sentences.indices { read(index, article, lexicon) }
        bodies = Set(article.actors.compactMap(\.code.body))
        towns = Set(article.places.filter { $0.kind != "country" }.map(\.name))
        days = article.times.filter { $0.type == "DATE" }.compactMap { $0.value.flatMap { DayRange($0) } }
        figures = article.quantities.filter { !["age", "duration", "rank"].contains($0.kind) }.map {
            StatementFigure(
                thing: FigureMaker.thing($0), unit: $0.unit, value: $0.value, low: $0.low, high: $0.high,
                comparison: $0.comparison, text: $0.text, span: $0.span)
        }
        if classes.isEmpty || roots.contains(where: lexicon.lightVerbs.contains) { classes.formUnion(objects) }
        stage = (classes.isEmpty ? objects : classes).compactMap { lexicon.stages[$0] }.max()
    }

    private mutating func read(_ index: Int, _ article: AnnotatedArticle, _ lexicon: LedgerLexicon) {
        let sentence = article.sentences[index]
        let tokens = sentence.tokens
        guard let root = tokens.indices.first(where: { tokens[$0].head < 0 }) else { return }
        let frame = ClaimFrame(sentence, root, article, lexicon)
        isNegative = isNegative != frame.isNegative
        isPlanned = isPlanned || frame.isPlanned
        let head = frame.predicate
        roots.insert(lexicon.root(tokens[head].lemma))
        classes.formUnion(lexicon.classes[lexicon.root(tokens[head].lemma)] ?? [])
        for (place, token) in tokens.enumerated()
        where token.head == head && ["obj", "nsubj:pass", "xcomp", "obl"].contains(token.relation) {
            if ["NOUN", "VERB", "ADJ"].contains(tokens[place].upos) {
                objects.formUnion(lexicon.classes[lexicon.root(token.lemma)] ?? [])
            }
        }
        for actor in article.actors where actor.sentence == index {
            guard let body = actor.code.body, !frame.outside.contains(actor.head) else { continue }
            if frame.subject.contains(actor.head) { agents.insert(body) }
            units.insert("@\(body)")
        }
        for (place, token) in tokens.enumerated() where ["NOUN", "PROPN", "VERB", "ADJ"].contains(token.upos) {
            if frame.outside.contains(place)
                || token.upos != "NOUN"
                    && article.actors.contains(where: { $0.code.body != nil && $0.span.contains(token.span) })
            {
                continue
            }
            if article.times.contains(where: { $0.span.contains(token.span) }) { continue }
            if lexicon.stops.contains(token.lemma.lowercased()) || lexicon.lightVerbs.contains(token.lemma.lowercased())
            {
                continue
            }
            let root = lexicon.root(token.lemma)
            units.insert(lexicon.things[root] ?? root)
            if token.upos == "PROPN" { names.insert(token.form) }
        }
    }
}

/// What two claims have in common, and where they part.
private struct Match {
    var isSameMatter = false
    var isOtherSide = false
    var isOtherPlace = false
    var isOtherTime = false
    var isFulfilment = false
    var isLater = false
    var isRoleSwap = false
    var isOpposite = false
    var areFiguresApart = false
    var isSequel = false

    init(_ a: ClaimReading, _ b: ClaimReading, _ lexicon: LedgerLexicon) {
        let shared = Self.words(a).intersection(Self.words(b))
        let bodies = a.bodies.intersection(b.bodies)
        let isWord = !a.roots.isDisjoint(with: b.roots)
        let isKin =
            isWord || !a.classes.isDisjoint(with: b.classes) || !a.objects.isDisjoint(with: b.classes)
            || !a.classes.isDisjoint(with: b.objects) || !a.objects.isDisjoint(with: b.objects)
        isOpposite =
            !isWord && a.classes.contains { x in b.classes.contains { lexicon.opposites.contains("\(x) \($0)") } }
        let isCounted = a.figures.contains { x in b.figures.contains { $0.thing == x.thing && $0.unit == x.unit } }
        let isStep = (a.stage ?? 9) < (b.stage ?? 0)
        let isTied = isKin || isOpposite || isCounted || isStep
        let things = shared.subtracting(a.roots).subtracting(b.roots)
        let (ownA, ownB) = (Self.words(a).subtracting(a.roots), Self.words(b).subtracting(b.roots))
        let isBare = ownA.isEmpty || ownB.isEmpty || !a.classes.isDisjoint(with: b.objects) && bodies.count > 0
        let least = Double(max(1, min(ownA.count, ownB.count)))
        let share =
            (Double(things.count) + (isTied ? 1 : 0) + Double(bodies.count))
            / (least + 1 + Double(min(a.bodies.count, b.bodies.count)))
        isSameMatter =
            share >= 0.34 && (isTied && (isBare || !things.isEmpty) || things.count >= 2)
            || bodies.count >= 2 && a.isNegative != b.isNegative
        let (onlyA, onlyB) = (a.bodies.subtracting(b.bodies), b.bodies.subtracting(a.bodies))
        isOtherSide = !onlyA.isEmpty && !onlyB.isEmpty && Self.isSlot(onlyA, a) && Self.isSlot(onlyB, b)
        isOtherPlace =
            !a.towns.isEmpty && !b.towns.isEmpty && a.towns.isDisjoint(with: b.towns) && isWord
            || !a.names.isEmpty && !b.names.isEmpty && a.names.isDisjoint(with: b.names) && isWord
        if let first = a.days.first, let last = b.days.first {
            let gap = last.first.daysSince1970 - first.last.daysSince1970
            let back = first.first.daysSince1970 - last.last.daysSince1970
            isSequel = gap > 0
            isOtherTime =
                isKin && !isOpposite && !a.roots.isDisjoint(with: b.roots) && (gap > 20 || back > 20) && !a.isPlanned
                && a.isNegative == b.isNegative && a.figures.isEmpty
        }
        let isDone = !b.isPlanned && !b.isNegative
        let isWish =
            (a.stage ?? 9) <= 2 && !isWord && !isOpposite && a.classes.isDisjoint(with: b.classes)
            && (!b.roots.isDisjoint(with: a.units) || !things.isEmpty || isCounted)
        let isGrowth = isCounted && !b.classes.isDisjoint(with: ["increase", "decrease", "rise", "fall"])
        isFulfilment = (a.isPlanned || isWish) && isDone && !a.isNegative || isGrowth && !isKin
        if let first = a.stage, let second = b.stage, !isWord, a.classes.isDisjoint(with: b.classes), !isOpposite {
            isLater = second > first && isDone && !a.isNegative
        }
        let swapped = !a.agents.isEmpty && !b.agents.isEmpty && a.agents.isDisjoint(with: b.agents)
        let isConverse = !a.roots.union(b.roots).isDisjoint(with: lexicon.receivers)
        isRoleSwap =
            swapped && isKin && !isConverse && a.agents.isSubset(of: b.bodies.union(a.agents))
            && (b.bodies.isSuperset(of: a.agents) || a.bodies.isSuperset(of: b.agents))
        areFiguresApart = Self.areApart(a.figures, b.figures)
    }

    /// Words that carry meaning, without actors.
    private static func words(_ reading: ClaimReading) -> Set<String> { reading.units.filter { !$0.hasPrefix("@") } }

    /// True when the bodies stand in the claim itself and not with the speaker.
    private static func isSlot(_ bodies: Set<String>, _ reading: ClaimReading) -> Bool {
        bodies.contains { reading.units.contains("@\($0)") }
    }

    private static func areApart(_ left: [StatementFigure], _ right: [StatementFigure]) -> Bool {
        // One number on each side of one statement counts one thing, whatever it is called.
        let counted = (left + right).allSatisfy {
            $0.unit != "percent" && $0.unit != "times" && $0.unit?.first?.isUppercase != true
        }
        let isAlone = left.count == 1 && right.count == 1 && counted
        for first in left {
            let same = right.filter {
                $0.thing == first.thing || $0.unit == first.unit && first.unit == "person" || isAlone
            }
            guard !same.isEmpty else { continue }
            let (low, high) = ClaimFacts.interval(first)
            if same.allSatisfy({ ClaimFacts.interval($0).low > high || ClaimFacts.interval($0).high < low }) {
                return true
            }
        }
        return false
    }
}
