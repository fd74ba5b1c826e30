public import DyadCore

extension Expectation {
    /// True when the events of a text are as the line says.
    public func holds(for article: AnnotatedArticle) -> Bool {
        switch kind {
        case .nothing: article.events.isEmpty
        case .event: article.events.contains { agrees($0, article) }
        case .never: !article.events.contains { agrees($0, article) }
        }
    }

    /// True for an event that has everything the line names.
    public func agrees(_ event: Event, _ article: AnnotatedArticle) -> Bool {
        guard event.type == type, hasParties(event) else { return false }
        if let factuality, event.factuality != factuality { return false }
        if let mode, event.mode != mode { return false }
        if let trigger, event.trigger != trigger { return false }
        if let date, event.date?.value != date { return false }
        if let place, event.place?.name != place { return false }
        let told = event.quantities.map(Self.figure)
        if !figures.allSatisfy(told.contains) { return false }
        return accordingTo.map { Self.isSpeaker($0, of: event, article) } ?? true
    }

    private func hasParties(_ event: Event) -> Bool {
        if sources == ["*"], targets.isEmpty { return true }
        if isMutual {
            return event.targetActors.isEmpty && Self.same(sources, event.sourceActors.map(\.code))
        }
        return Self.same(sources, event.sourceActors.map(\.code)) && Self.same(targets, event.targetActors.map(\.code))
    }

    /// Every wanted code is there, and no body that is not wanted.
    private static func same(_ wanted: [String], _ codes: [ActorCode]) -> Bool {
        if wanted == ["*"] { return true }
        let bodies = Set(wanted.map { $0.split(separator: "/").first.map(String.init) ?? $0 })
        guard bodies == Set(codes.map { $0.body ?? "?" }) else { return false }
        return wanted.allSatisfy { text in
            let parts = text.split(separator: "/").map(String.init)
            return parts.count < 2 || codes.contains { $0.body == parts[0] && $0.sector == parts[1] }
        }
    }

    /// Words of the holder or of an attribution of the event, or the code of the one who speaks.
    private static func isSpeaker(_ words: String, of event: Event, _ article: AnnotatedArticle) -> Bool {
        if event.holder?.contains(words) ?? false { return true }
        return (event.attribution + event.attribution.flatMap(\.nested)).contains {
            $0.source.contains(words) || $0.actor?.body == words
        }
    }

    /// `30/item`; a range is `10-15/person`.
    public static func figure(_ quantity: Quantity) -> String {
        func plain(_ value: Double) -> String {
            value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
        }
        let value =
            quantity.value.map(plain) ?? quantity.words
            ?? "\(quantity.low.map(plain) ?? "")-\(quantity.high.map(plain) ?? "")"
        return "\(value)/\(quantity.unit ?? "")"
    }

    /// What was found, in the words of the corpus, for messages.
    public static func summary(_ event: Event) -> String {
        func side(_ actors: [EventActor]) -> String {
            actors.map { ($0.code.body ?? "?") + ($0.code.sector.map { "/\($0)" } ?? "") }.joined(separator: ", ")
        }
        let parties =
            event.targetActors.isEmpty
            ? side(event.sourceActors).replacing(", ", with: " + ")
            : "\(side(event.sourceActors)) > \(side(event.targetActors))"
        return "\(event.type.rawValue) \(parties) \(event.factuality.rawValue) \"\(event.trigger)\""
            + (event.place.map { " place=\($0.name)" } ?? "")
            + event.quantities.map { " figure=\(Self.figure($0))" }.joined() + (event.mode.map { " mode=\($0)" } ?? "")
            + (event.holder.map { " according-to \"\($0)\"" } ?? "")
    }
}
