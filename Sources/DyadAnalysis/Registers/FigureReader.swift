import DyadCodebook
import DyadCore

/// Finds figures: what is measured, of whom, for which period, and who publishes the figure.
struct FigureReader {
    let lexicon: RegisterLexicon
    let maker: StatementMaker
    /// The last figure, for a sentence that goes on without naming its topic: "Reaching $1 billion in 2020".
    private var last: RegisterStatement?
    private var lastSentence = 0

    init(lexicon: RegisterLexicon, maker: StatementMaker) {
        self.lexicon = lexicon
        self.maker = maker
    }

    mutating func statements(_ view: SentenceView) -> [RegisterStatement] {
        var out: [RegisterStatement] = []
        for quantity in view.quantities where isFigure(quantity) {
            guard let statement = statement(quantity, view) else { continue }
            out.append(statement)
            (last, lastSentence) = (statement, view.index)
        }
        return out
    }

    private func isFigure(_ quantity: Quantity) -> Bool {
        ["money", "percent", "fraction", "rank", "count", "measure"].contains(quantity.kind) && quantity.casualty == nil
            && (quantity.value != nil || quantity.low != nil || quantity.high != nil)
    }

    private func statement(_ quantity: Quantity, _ view: SentenceView) -> RegisterStatement? {
        let tokens = view.tokens(in: quantity.span)
        guard let head = tokens.first else { return nil }
        var topic = topic(quantity, tokens, view)
        let carried = topic == nil ? carried(quantity, view) : nil
        if let carried { topic = (carried.category, nil) }
        guard let topic, isWorthKeeping(quantity, topic.kind) else { return nil }
        var out = maker.statement(.figures, step: "stated", view: view, at: quantity.span)
        (out.number, out.low, out.high) = (quantity.value, quantity.low, quantity.high)
        out.unit = quantity.kind == "rank" ? "rank" : quantity.unit
        out.category = topic.kind
        out.subject = carried?.subject ?? subject(quantity, topic.token, view)
        out.parties = carried?.parties ?? parties(head, topic.token, view)
        if out.parties.isEmpty, quantity.kind != "count" {
            out.parties = maker.pair.map { RegisterParty(role: "subject", code: $0.code, name: $0.name) }
        }
        guard !out.parties.isEmpty else { return nil }
        setPublisher(&out, quantity, view)
        maker.date(&out, at: quantity.span, view)
        return out
    }

    /// Counts are kept for topics of people and arms only when the number is a figure of many.
    private func isWorthKeeping(_ quantity: Quantity, _ kind: String) -> Bool {
        guard quantity.kind == "count" else { return true }
        let size = quantity.value ?? quantity.high ?? quantity.low ?? 0
        return size >= 10 && kind != "arms trade"
    }

    // MARK: - Topic

    /// The thing that is measured: in the counted words, else in the clause of the number.
    private func topic(_ quantity: Quantity, _ tokens: [Int], _ view: SentenceView) -> (kind: String, token: Int?)? {
        // "F-16 fighters" are no fighters.
        if quantity.kind == "count", quantity.of?.contains(where: \.isNumber) ?? false { return nil }
        for token in tokens.reversed() {
            if let found = view.thing("figures", endingAt: token, lexicon), fits(quantity, found.kind) {
                return (sharper(found.kind, view), token)
            }
        }
        guard let head = head(tokens, view) else { return nil }
        if quantity.kind == "count" {
            return doing(head, view).map { ($0, nil) }
        }
        if quantity.kind == "measure" { return nil }
        if quantity.kind == "rank", ([head] + view.ancestors(head).prefix(1)).allSatisfy({ view.lemma($0) != "rank" }) {
            return nil
        }
        var seen = Set(tokens)
        for token in [head] + view.ancestors(head).prefix(4) {
            for member in near(token, view).sorted(by: { abs($0 - head) < abs($1 - head) })
            where seen.insert(member).inserted {
                if let found = view.thing("figures", endingAt: member, lexicon), fits(quantity, found.kind) {
                    return (sharper(found.kind, view), member)
                }
            }
        }
        return nil
    }

    /// Money and shares are not counted in soldiers.
    private func fits(_ quantity: Quantity, _ kind: String) -> Bool {
        let isPeople = ["forces", "fighters", "refugees", "prisoners", "people", "traffic"].contains(kind)
        return quantity.kind == "count" || quantity.kind == "measure" || !isPeople
            || quantity.kind == "percent" && kind == "people"
    }

    /// Imports and exports in a sentence about arms are those of arms.
    private func sharper(_ kind: String, _ view: SentenceView) -> String {
        guard ["imports", "exports"].contains(kind) else { return kind }
        let isArms = view.tokens.indices.contains { view.thing("figures", endingAt: $0, lexicon)?.kind == "arms trade" }
        return isArms ? "arms trade" : kind
    }

    /// People who are counted by what they do: "650 Pakistanis were fighting in Syria".
    private func doing(_ head: Int, _ view: SentenceView) -> String? {
        let verbs = view.ancestors(head).prefix(3).filter { view.isVerb($0) }
        return verbs.lazy.compactMap { lexicon.kind("figures-verbs", view.lemma($0)) }.first
    }

    private func head(_ tokens: [Int], _ view: SentenceView) -> Int? {
        tokens.first { !tokens.contains(view.tokens[$0].head) } ?? tokens.last
    }

    /// A token with its arguments, clauses below it left out.
    private func near(_ token: Int, _ view: SentenceView) -> [Int] {
        view.members(token, without: ["advcl", "ccomp", "parataxis", "conj"])
    }

    /// A sentence or clause without a topic of its own goes on with the figure before.
    private func carried(_ quantity: Quantity, _ view: SentenceView) -> RegisterStatement? {
        guard let last, view.index - lastSentence == 1, last.unit == (quantity.kind == "rank" ? "rank" : quantity.unit),
            quantity.kind != "count", quantity.kind != "measure",
            !view.tokens.indices.contains(where: { view.relation($0) == "nsubj" })
        else { return nil }
        return last
    }

    private func subject(_ quantity: Quantity, _ topic: Int?, _ view: SentenceView) -> String {
        if let of = quantity.of, quantity.kind != "money" { return of }
        guard let topic else { return quantity.text }
        var low = topic, high = topic
        for child in view.children[topic] where ["compound", "amod", "nmod"].contains(view.relation(child)) {
            let range = view.subtree(child)
            if range.upperBound < topic { low = min(low, range.lowerBound) }
        }
        if high + 1 < view.tokens.count, view.tokens[topic].head == high + 1, view.relation(topic) == "compound" {
            high += 1
        }
        return view.text(low...high)
    }

    // MARK: - Of whom, by whom

    /// Bodies that the topic or the number belongs to, else those of the clause.
    private func parties(_ head: Int, _ topic: Int?, _ view: SentenceView) -> [RegisterParty] {
        let voices = maker.voices(over: view.tokens[head].span).compactMap(\.sourceSpan)
        let known = view.actors.filter { mention in
            mention.code.body != nil && !mention.isPlace && !voices.contains { $0.overlaps(mention.span) }
        }
        let clause = clause(of: head, view)
        let own = known.filter { clause.contains($0.head) }
        let near =
            topic.map { topic in known.filter { mention in mention.tokens.contains { abs($0 - topic) <= 3 } } } ?? []
        var chosen = own.isEmpty ? near : own
        if chosen.isEmpty { chosen = known }
        return Array(maker.parties("subject", chosen).prefix(4))
    }

    /// Tokens of the smallest clause around a token.
    private func clause(of token: Int, _ view: SentenceView) -> Set<Int> {
        let verb = ([token] + view.ancestors(token)).first { view.isVerb($0) || view.relation($0) == "root" } ?? token
        return Set(view.members(verb, without: ["ccomp", "parataxis"]))
    }

    /// A source without the time that the sentence sets beside it: "SIPRI reports, between 2014 and 2019".
    private func named(_ source: String) -> String {
        guard let comma = source.firstIndex(of: ","), source[comma...].contains(where: \.isNumber) else {
            return source
        }
        return String(source[..<comma])
    }

    /// "The newspaper cited officials in a report that said": who stands behind the report.
    private func authors(_ voice: Attribution, _ view: SentenceView) -> [String] {
        guard voice.actor?.body == nil, let span = voice.sourceSpan,
            let head = view.tokens(in: span).first(where: { !view.tokens(in: span).contains(view.tokens[$0].head) }),
            view.relation(head) == "obl", view.preposition(head) == "in", view.tokens[head].head >= 0,
            let subject = view.subject(view.tokens[head].head)
        else { return [] }
        return [view.text(view.subtree(subject))]
    }

    /// The source over the figure; a source that cites another one is named with it.
    private func setPublisher(_ out: inout RegisterStatement, _ quantity: Quantity, _ view: SentenceView) {
        let voices = maker.voices(over: quantity.span)
        var names: [String] = []
        for voice in voices {
            for name in authors(voice, view) + [voice.source] where !names.contains(name) { names.append(name) }
        }
        out.holder = names.isEmpty ? nil : names.map(named).joined(separator: ", citing ")
        out.factuality = names.isEmpty ? .asserted : .alleged
    }
}
