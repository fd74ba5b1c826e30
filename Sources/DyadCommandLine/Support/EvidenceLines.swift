import DyadCore

/// Who says what, when, where and how much, found in one sentence, a line each: what `dyad explain` shows beside the tree.
struct EvidenceLines {
    let article: AnnotatedArticle
    /// Index of the sentence.
    let sentence: Int

    /// The lines, one kind after the other, each kind in the order of the text.
    var all: [String] { statements + times + places + quantities }

    private var statements: [String] {
        let span = article.sentences[sentence].span
        return article.attributions.filter { span.contains($0.cueSpan) }.map { one in
            let source = one.source.isEmpty ? "nobody named" : "“\(one.source)” (\(one.kind.rawValue))"
            let words = one.content.map { "“\(short(article.article.document.text($0)))”" }
            let later = one.continued.isEmpty ? "" : ", and goes on"
            return "Said by \(source), cue “\(one.cue)”: \(words.joined(separator: " … "))\(later)"
        }
    }

    private var times: [String] {
        article.times.filter { $0.sentence == sentence }.map { time in
            let range = time.range?.value.map { ", part of \($0)" } ?? ""
            return "Time: “\(time.text)” = \(time.value ?? "unknown") (\(time.basis))\(range)"
        }
    }

    private var places: [String] {
        article.places.filter { $0.sentence == sentence }.map { place in
            let known = place.kind == "unknown" ? "not in the gazetteer" : place.kind
            return "Place: “\(place.text)” = \(place.name), \(place.country ?? "-") (\(known))"
        }
    }

    private var quantities: [String] {
        article.quantities.filter { $0.sentence == sentence }.map { quantity in
            let value =
                quantity.value.map(Self.number)
                ?? "\(quantity.low.map(Self.number) ?? "?")–\(quantity.high.map(Self.number) ?? "?")"
            let unit = quantity.unit.map { " \($0)" } ?? ""
            let thing = quantity.of.map { ", of “\($0)”" } ?? ""
            return "Quantity: “\(quantity.text)” = \(value)\(unit) \(quantity.comparison)\(thing)"
        }
    }

    private func short(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 90 ? line.prefix(89) + "…" : line
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
