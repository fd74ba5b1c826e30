import DyadCodebook
import DyadCore

/// A visit, summit or exercise of some days, as far as the report says when it began and ended.
struct Stay {
    let sentence: Int
    /// Token of the noun: "visit".
    let noun: Int
    /// Token of the verb that begins or ends it: "wrapped up".
    let verb: Int
    var first: CalendarDate?
    var last: CalendarDate?
    /// The expression that dates it.
    let time: TimeExpression

    /// All its days; nil while one end is not known.
    var date: EventDate? {
        guard let first, let last, first < last else { return nil }
        return EventDate(
            value: "\(first)/\(last)", precision: "range", basis: time.basis, text: time.text, span: time.span)
    }

    /// A day of it, counted from the start, or from the end when negative.
    func day(_ number: Int) -> CalendarDate? {
        let day = number > 0 ? first?.adding(days: number - 1) : last?.adding(days: number + 1)
        guard let day, first.map({ day >= $0 }) ?? true, last.map({ day <= $0 }) ?? true else { return nil }
        return day
    }
}

/// Finds stays: "wrapped up his three-day visit on Wednesday", "arrives on Monday for a two-day visit".
struct StayReader {
    let graph: SyntaxGraph
    let sentence: Int
    let times: [TimeExpression]
    let words: PlaceWords

    func stays() -> [Stay] {
        graph.sentence.tokens.indices.compactMap(stay)
    }

    private func stay(_ noun: Int) -> Stay? {
        guard graph.token(noun).upos == "NOUN", words.has("stay", graph.lemma(noun)), let verb = verb(over: noun),
            let (time, day) = date(of: verb)
        else { return nil }
        let length = length(of: noun)
        var out = Stay(sentence: sentence, noun: noun, verb: verb, time: time)
        if words.has("stay-end", graph.lemma(verb)) {
            out.last = day
            out.first = length.map { day.adding(days: 1 - $0) }
        } else {
            out.first = day
            out.last = length.map { day.adding(days: $0 - 1) }
        }
        return out
    }

    /// The verb that begins or ends it, with the stay as object, subject or aim.
    private func verb(over noun: Int) -> Int? {
        guard let up = graph.head(noun), graph.isVerb(up), ["obj", "nsubj", "obl"].contains(graph.relation(noun)) else {
            return nil
        }
        let lemma = graph.lemma(up)
        if graph.relation(noun) == "obl" {
            return graph.preposition(noun) == "for" && words.has("stay-arrive", lemma) ? up : nil
        }
        return words.has("stay-end", lemma) || words.has("stay-begin", lemma) ? up : nil
    }

    private func date(of verb: Int) -> (TimeExpression, CalendarDate)? {
        let clause = ClauseSearch(graph: graph, trigger: graph.token(verb).span)
        guard let time = EventDateChooser(clause: clause, published: nil).governing(among: times),
            let day = time.value.flatMap({ CalendarDate(String($0.prefix { $0 != "T" })) })
        else { return nil }
        return (time, day)
    }

    /// Days of "three-day", "two-week".
    private func length(of noun: Int) -> Int? {
        for time in times where time.type == "DURATION" {
            guard let value = time.value, value.hasPrefix("P"), let count = Int(value.dropFirst().dropLast()),
                count > 0, count < 400, hangs(time, on: noun)
            else { continue }
            switch value.last {
            case "D": return count
            case "W": return count * 7
            default: continue
            }
        }
        return nil
    }

    private func hangs(_ time: TimeExpression, on noun: Int) -> Bool {
        graph.sentence.tokens.indices.contains { graph.token($0).span.overlaps(time.span) && graph.head($0) == noun }
    }
}
