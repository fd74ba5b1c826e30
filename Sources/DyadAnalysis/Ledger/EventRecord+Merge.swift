public import DyadCore

extension EventRecord {
    /// Merges tellings into records, in the order of a timeline.
    public static func merge(
        _ events: [Event], reports: [Report] = [], decisions: [MergeDecision] = []
    ) -> [EventRecord] {
        Ledger.merge(events: events, reports: reports, decisions: decisions).records
    }

    /// Number of independent outlets among the documents of some events.
    public static func outlets(of events: [Event], reports: [Report] = []) -> Int {
        let voices = Voices(events, reports)
        return Set(events.map { voices.voice(of: $0.document) }).count
    }
}
