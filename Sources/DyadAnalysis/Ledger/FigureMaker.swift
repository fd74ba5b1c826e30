import DyadCodebook
import DyadCore

/// Gathers the figures that reports give for one thing: least, best, most, and the rule that chose the best.
struct FigureMaker {
    let lexicon: LedgerLexicon

    /// One figure with what the choice needs to know.
    struct Given {
        var thing: String
        var unit: String?
        var telling: FigureTelling
        var voice: String
        /// True for the figure that a correction gives.
        var isCorrection: Bool
    }

    /// A range for everything of which some figure stands, in the order of the things.
    func ranges(_ given: [Given]) -> [FigureRange] {
        var groups: [[String]: [Given]] = [:]
        for figure in given { groups[[figure.thing, figure.unit ?? ""], default: []].append(figure) }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { range($0.value) }
    }

    private func range(_ given: [Given]) -> FigureRange? {
        let sorted = given.sorted { isEarlier($0.telling, $1.telling) }
        guard let first = sorted.first else { return nil }
        let standing = sorted.filter { !$0.telling.isWithdrawn }
        let chosen = best(standing)
        let lows = standing.compactMap { $0.telling.low ?? $0.telling.value }
        let isOpen = standing.contains { $0.telling.value == nil && $0.telling.high == nil }
        let highs = standing.compactMap { $0.telling.high ?? $0.telling.value }
        return FigureRange(
            thing: first.thing, unit: first.unit, low: lows.min(), best: chosen?.value,
            high: isOpen && highs.isEmpty ? nil : highs.max(), rule: chosen?.rule ?? "none",
            reason: chosen?.text ?? "no figure stands", tellings: sorted.map(\.telling))
    }

    /// The best figure by the first rule of the table that has an answer.
    private func best(_ figures: [Given]) -> (value: Double, rule: String, text: String)? {
        for rule in lexicon.best {
            if let value = value(figures, by: rule.fact) { return (value, rule.name, rule.text) }
        }
        return nil
    }

    private func value(_ figures: [Given], by fact: String) -> Double? {
        let numbers = figures.filter { Self.number($0.telling) != nil }
        switch fact {
        case "corrected": return numbers.last { $0.isCorrection }.flatMap { Self.number($0.telling) }
        case "revised": return revised(numbers)
        case "majority": return majority(numbers)
        case "exact":
            let exact = Set(
                numbers.filter { !$0.telling.isApproximate && $0.telling.value != nil }.compactMap(\.telling.value))
            return exact.count == 1 ? exact.first : nil
        case "latest": return numbers.last.flatMap { Self.number($0.telling) }
        default: return nil
        }
    }

    /// A count that only grows from report to report, as tolls do: the last.
    private func revised(_ figures: [Given]) -> Double? {
        let days = Set(figures.compactMap(\.telling.published))
        let values = figures.compactMap { Self.number($0.telling) }
        guard days.count > 1, figures[0].unit == "person", Set(values).count > 1, values == values.sorted() else {
            return nil
        }
        return values.last
    }

    /// The figure that most independent voices give; nil when two are equally frequent.
    private func majority(_ figures: [Given]) -> Double? {
        var voices: [Double: Set<String>] = [:]
        for figure in figures {
            if let value = Self.number(figure.telling) { voices[value, default: []].insert(figure.voice) }
        }
        let ranked = voices.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        guard let first = ranked.first else { return nil }
        if ranked.count > 1, ranked[1].value.count == first.value.count { return nil }
        return first.value.count > 1 || ranked.count == 1 ? first.key : nil
    }

    static func number(_ telling: FigureTelling) -> Double? { telling.value ?? telling.low ?? telling.high }

    private func isEarlier(_ left: FigureTelling, _ right: FigureTelling) -> Bool {
        let (first, second) = (left.published?.daysSince1970 ?? Int.min, right.published?.daysSince1970 ?? Int.min)
        return (first, left.document, left.span.start) < (second, right.document, right.span.start)
    }

    /// Name of what a quantity counts: "killed" for people killed, else the lemma of the thing.
    static func thing(_ quantity: Quantity) -> String {
        quantity.casualty ?? quantity.thing ?? (quantity.kind == "money" ? "value" : quantity.of ?? quantity.kind)
    }

    /// The figures of an event.
    static func given(_ event: Event, voice: String) -> [Given] {
        event.quantities.filter { !["age", "duration", "multiple", "rank"].contains($0.kind) }.map { quantity in
            Given(
                thing: thing(quantity), unit: quantity.unit,
                telling: FigureTelling(
                    value: quantity.value, low: quantity.low, high: quantity.high,
                    isApproximate: quantity.isApproximate, document: event.document,
                    holder: event.holder ?? event.publisher, published: event.published, span: quantity.span,
                    text: quantity.text),
                voice: voice, isCorrection: false)
        }
    }
}
