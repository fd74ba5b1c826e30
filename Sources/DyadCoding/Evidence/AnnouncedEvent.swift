import DyadCore

/// Events told in the present tense and dated after the report are announced, not done.
///
/// "Are leaving next spring", "mobilises tomorrow".
enum AnnouncedEvent {
    /// Makes a plan of a dated event whose day has not come.
    static func mark(_ event: inout Event, _ clause: ClauseSearch, published: CalendarDate?) {
        guard event.factuality == .asserted, let published, let date = event.date, date.basis != "publication",
            isPresent(clause), isLater(date, published)
        else { return }
        let (type, mode) = BoundaryRules.retyped(
            event.type, event.mode, .planned, isRefusal: false, isCommitted: false)
        // A threat has itself taken place.
        if type != .threaten || event.type == .threaten { event.factuality = .planned }
        (event.type, event.mode) = (type, mode)
    }

    private static func isPresent(_ clause: ClauseSearch) -> Bool {
        let graph = clause.graph
        guard clause.trigger == clause.top else { return false }
        switch graph.token(clause.trigger).xpos {
        case "VBZ", "VBP": return graph.children(clause.trigger, "aux").isEmpty
        case "VBG":
            return graph.children(clause.trigger, "aux").contains { ["VBZ", "VBP"].contains(graph.token($0).xpos) }
        default: return false
        }
    }

    /// True for a day, month or year after that of the report; a bare weekday may be the one that has passed.
    private static func isLater(_ date: EventDate, _ published: CalendarDate) -> Bool {
        let words = date.text?.lowercased() ?? ""
        guard words != "today", !(words.hasSuffix("day") && !words.contains(" ")) else { return false }
        return date.value.allSatisfy { $0.isNumber || $0 == "-" || $0 == "/" } && date.value > published.description
    }
}
