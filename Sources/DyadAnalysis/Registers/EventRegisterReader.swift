import DyadCodebook
import DyadCore

/// Reads events whose sentences are not at hand, such as those of an archive of event lines.
///
/// It knows less than the readers of sentences: the type, the parties, the amounts and the words of the quotation.
struct EventRegisterReader {
    let lexicon: RegisterLexicon
    let maker: StatementMaker

    func statements(_ events: [Event]) -> [RegisterStatement] {
        let visits = VisitReader(lexicon: lexicon, maker: maker)
        var seen: Set<String> = []
        return events.flatMap { event -> [RegisterStatement] in
            var out: [RegisterStatement] = []
            if event.type == .consult { out += visits.statement(event).map { [$0] } ?? [] }
            out += arms(event).map { [$0] } ?? []
            out += agreement(event).map { [$0] } ?? []
            out += figures(event)
            return out
        }.filter { seen.insert($0.id).inserted }
    }

    /// A counted weapon in an event of trade or aid.
    private func arms(_ event: Event) -> RegisterStatement? {
        guard [.cooperate, .aid, .agree, .support].contains(event.type), event.targetActors.isEmpty == false else {
            return nil
        }
        for quantity in event.quantities where quantity.kind == "count" {
            let words = (quantity.of ?? quantity.text).lowercased().split { !$0.isLetter }.map(String.init)
            guard let kind = words.reversed().lazy.compactMap({ kind(of: $0) }).first else { continue }
            let step: String
            switch event.factuality {
            case .asserted, .alleged: step = event.type == .aid ? "delivered" : "signed"
            case .planned: step = "intent"
            case .negated, .denied: step = "blocked"
            case .requested, .conditional, .hypothetical: step = "talks"
            }
            var out = maker.statement(.arms, step: step, event: event)
            out.parties = maker.parties("supplier", event.sourceActors) + maker.parties("recipient", event.targetActors)
            out.category = kind
            out.subject = quantity.of ?? quantity.text
            (out.number, out.low, out.high, out.unit) = (quantity.value, quantity.low, quantity.high, "item")
            return out.bodies.isEmpty ? nil : out
        }
        return nil
    }

    private func kind(of word: String) -> String? {
        lexicon.kind("arms", word) ?? (word.hasSuffix("s") ? lexicon.kind("arms", String(word.dropLast())) : nil)
    }

    private func agreement(_ event: Event) -> RegisterStatement? {
        let trigger = event.trigger.lowercased()
        let isSigned = trigger.hasPrefix("sign") || trigger.hasPrefix("conclud")
        guard event.type == .agree || isSigned, [.asserted, .alleged, .planned].contains(event.factuality) else {
            return nil
        }
        var out = maker.statement(.agreements, step: isSigned ? "agreed" : "promised", event: event)
        out.parties = maker.parties(isSigned ? "party" : "promisor", event.sourceActors)
        out.parties += maker.parties("counterpart", event.targetActors)
        out.category = isSigned ? "agreement" : "commitment"
        out.subject = event.trigger
        out.words = words(event)
        return out.bodies.count > 1 ? out : nil
    }

    /// Longer words of the sentence that name no party.
    private func words(_ event: Event) -> [String] {
        let names = (event.sourceActors + event.targetActors).map { $0.text.lowercased() }.joined(separator: " ")
        let all = event.text.lowercased().split { !$0.isLetter }.map(String.init)
        return Set(
            all.filter { word in
                word.count > 4 && word != event.trigger.lowercased() && !names.contains(word)
                    && lexicon.kind("agreements-light", word) == nil
            }
        ).sorted()
    }

    private func figures(_ event: Event) -> [RegisterStatement] {
        event.quantities.filter { $0.kind == "money" || $0.kind == "percent" || $0.kind == "rank" }.compactMap {
            quantity in
            let words = (quantity.of ?? event.text).lowercased().split { !$0.isLetter }.map(String.init)
            let kinds = words.lazy.compactMap { word in
                lexicon.kind("figures", word)
                    ?? (word.hasSuffix("s") ? lexicon.kind("figures", String(word.dropLast())) : nil)
            }
            guard let kind = kinds.first else { return nil }
            var out = maker.statement(.figures, step: "stated", event: event)
            var hash = StableHash()
            hash.combine(out.id)
            hash.combine(quantity.span.start)
            out.id = hash.hex
            (out.number, out.low, out.high, out.unit) = (quantity.value, quantity.low, quantity.high, quantity.unit)
            if quantity.kind == "rank" { out.unit = "rank" }
            out.category = kind
            out.subject = quantity.of ?? quantity.text
            out.parties = maker.parties("subject", event.sourceActors + event.targetActors)
            return out.parties.isEmpty ? nil : out
        }
    }
}
