import DyadCodebook
import DyadCore

/// Makes visits and meetings of the coded events, with the level of those who met.
struct VisitReader {
    let lexicon: RegisterLexicon
    let maker: StatementMaker

    func statements(_ view: SentenceView) -> [RegisterStatement] {
        view.events.filter { $0.type == .consult }.compactMap { event in
            guard var out = statement(event) else { return nil }
            out.category =
                level(in: subject(of: event, view)) ?? level(in: view.tokens.indices.map(view.lemma)) ?? "unknown"
            out.subject = persons(view)
            if cancels(event, view) { out.step = "cancelled" }
            return out
        }
    }

    /// The statement of an event alone.
    func statement(_ event: Event) -> RegisterStatement? {
        guard let step = step(event) else { return nil }
        var out = maker.statement(.visits, step: step, event: event)
        let isVisit = event.mode == "visit"
        out.parties = maker.parties(isVisit ? "visitor" : "participant", event.sourceActors)
        out.parties += maker.parties(isVisit ? "host" : "participant", event.targetActors)
            .filter { party in !out.parties.contains { $0.key == party.key } }
        guard out.bodies.count > 1 || isVisit && out.place != nil && !out.bodies.isEmpty else { return nil }
        out.designation = event.mode ?? "meeting"
        out.category = level(in: words(event)) ?? "unknown"
        return out
    }

    /// Lemmas of who travels or meets.
    private func subject(of event: Event, _ view: SentenceView) -> [String] {
        guard let trigger = view.tokens(in: event.triggerSpan).first else { return [] }
        let verb = view.isVerb(trigger) ? trigger : view.ancestors(trigger).first { view.isVerb($0) }
        guard let subject = verb.flatMap({ view.subject($0) }) else { return [] }
        return view.members(subject, without: ["acl"]).map(view.lemma)
    }

    /// Nil for what is only asked for or thought of.
    private func step(_ event: Event) -> String? {
        switch event.factuality {
        case .asserted, .alleged: "held"
        case .denied: "denied"
        case .negated: "cancelled"
        case .planned: "planned"
        case .requested, .conditional, .hypothetical: nil
        }
    }

    /// True when a word of calling off governs the event.
    private func cancels(_ event: Event, _ view: SentenceView) -> Bool {
        guard let trigger = view.tokens(in: event.triggerSpan).first else { return false }
        return view.ancestors(trigger).prefix(2).contains { token in
            lexicon.cue("visits", view.lemma(token), "v")?.step == "cancelled" && view.isVerb(token)
                && (view.phrase(token).contains(" ")
                    || ["cancel", "postpone", "scrap", "shelve"].contains(view.lemma(token)))
        }
    }

    /// Names of persons in the sentence, as printed.
    private func persons(_ view: SentenceView) -> String {
        var out: [String] = []
        for name in view.names where name.type == .person && !name.tokens.isEmpty {
            let text = view.text(name.tokens.lowerBound...(name.tokens.upperBound - 1))
            if !out.contains(where: { $0.contains(text) || text.contains($0) }) { out.append(text) }
        }
        return out.joined(separator: ", ")
    }

    /// The highest level that some words name.
    private func level(in words: [String]) -> String? {
        var found: Set<String> = []
        for start in words.indices {
            for length in 1...3 where start + length <= words.count {
                if let kind = lexicon.kind("visits", words[start..<(start + length)].joined(separator: " ")) {
                    found.insert(kind)
                    // "prime minister" and "deputy minister" are no minister, "vice president" no president.
                    if length > 1, let shorter = lexicon.kind("visits", words[start + length - 1]) {
                        found.remove(shorter)
                    }
                }
            }
        }
        return lexicon.kinds("visits").first(where: found.contains)
    }

    private func words(_ event: Event) -> [String] {
        (event.sourceActors + event.targetActors).flatMap {
            $0.text.lowercased().split { !$0.isLetter }.map(String.init)
        }
    }
}
