import DyadCodebook

/// Reads the atoms of one sentence with the grammar; every category is read at most once at every place, and only the
/// longest reading is kept, so the work grows with the length of the sentence.
struct TimeParser {
    /// What a category covers and says.
    struct Parse {
        var end: Int
        var meaning: TimeMeaning
        /// Time expressions inside that stand for themselves.
        var parts: [Range<Int>] = []
    }

    let grammar: TimeGrammar
    let atoms: [TimeAtom]
    private var memo: [Int: Parse?] = [:]
    private var depth = 0

    /// Expressions inside expressions: "two days after a week after a month after …".
    private static let deepest = 40

    init(grammar: TimeGrammar, atoms: [TimeAtom]) {
        self.grammar = grammar
        self.atoms = atoms
    }

    /// The longest reading of a category at a place.
    mutating func parse(_ category: Int, at start: Int) -> Parse? {
        guard mayBegin(category, at: start) else { return nil }
        let key = start * grammar.rules.count + category
        if let known = memo[key] { return known }
        guard depth < Self.deepest else { return nil }
        depth += 1
        defer { depth -= 1 }
        var best: Parse?
        for rule in grammar.rules[category] {
            guard let match = match(rule, 0, at: start), match.end > (best?.end ?? start) else { continue }
            let slots = TimeSlots(entries: match.slots)
            guard let meaning = TimeBuilder(rule: rule, slots: slots).meaning() else { continue }
            best = Parse(end: match.end, meaning: meaning, parts: match.parts)
        }
        memo[key] = .some(best)
        return best
    }

    private func mayBegin(_ category: Int, at start: Int) -> Bool {
        guard start < atoms.count else { return false }
        let first = grammar.first[category]
        return atoms[start].symbols.contains { first[$0.symbol] }
    }

    private struct Match {
        var end: Int
        var slots: [(name: String, meaning: TimeMeaning)] = []
        var parts: [Range<Int>] = []
    }

    /// Matches the elements of a rule from one on; patterns are short, so trying optional elements both ways is cheap.
    private mutating func match(_ rule: TimeGrammar.Rule, _ index: Int, at place: Int) -> Match? {
        guard index < rule.elements.count else { return Match(end: place) }
        let element = rule.elements[index]
        switch element.role {
        case .take: return take(rule, index, at: place)
        case .before, .notBefore:
            let holds = isThere(element, at: place - 1)
            return holds == (element.role == .before) ? match(rule, index + 1, at: place) : nil
        case .after, .notAfter:
            let glue = !element.isGlued || place < atoms.count && !atoms[place].isSpaced
            let holds = glue && isThere(element, at: place)
            return holds == (element.role == .after) ? match(rule, index + 1, at: place) : nil
        }
    }

    private mutating func take(_ rule: TimeGrammar.Rule, _ index: Int, at place: Int) -> Match? {
        let element = rule.elements[index]
        if place < atoms.count, !element.isGlued || place > 0 && !atoms[place].isSpaced {
            for category in element.categories {
                guard let inner = parse(category, at: place), var rest = match(rule, index + 1, at: inner.end) else {
                    continue
                }
                rest.slots.append((element.slot, inner.meaning))
                let isSplit = rule.settings["split"] != nil
                rest.parts = (isSplit ? [place..<inner.end] : inner.parts) + rest.parts
                return rest
            }
            if let found = atoms[place].symbols.first(where: { element.symbols.contains($0.symbol) }),
                var rest = match(rule, index + 1, at: place + 1)
            {
                rest.slots.append((element.slot, .word(found.value)))
                return rest
            }
        }
        return element.isOptional ? match(rule, index + 1, at: place) : nil
    }

    private func isThere(_ element: TimeGrammar.Element, at place: Int) -> Bool {
        guard atoms.indices.contains(place) else { return false }
        return atoms[place].symbols.contains { element.symbols.contains($0.symbol) }
    }
}

/// What the elements of a rule matched, by the names of their slots.
struct TimeSlots {
    let entries: [(name: String, meaning: TimeMeaning)]

    /// Meaning of a slot.
    subscript(_ name: String) -> TimeMeaning? { entries.first { $0.name == name }?.meaning }

    /// Number of a slot: digits, or a word with a number.
    func number(_ name: String) -> Int? {
        switch self[name] {
        case .number(let value): value
        case .word(let text): Int(text)
        default: nil
        }
    }

    /// Value of a word.
    func word(_ name: String) -> String? {
        if case .word(let text) = self[name] { text } else { nil }
    }

    /// Fields of a slot.
    func fields(_ name: String) -> TimeFields? {
        if case .fields(let fields) = self[name] { fields } else { nil }
    }

    /// Amount of a slot.
    func amount(_ name: String) -> TimeAmount? {
        if case .amount(let amount) = self[name] { amount } else { nil }
    }
}
