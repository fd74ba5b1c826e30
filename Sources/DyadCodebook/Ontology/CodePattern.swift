public import DyadCore

/// One line of an ontology: an event already found, the words around it, and the code that they stand for.
public struct CodePattern: Sendable {
    /// An event with or without its mode, as `RETREAT/release`.
    public struct Kind: Sendable, Equatable {
        public var event: EventType
        /// Nil for any mode, and for none.
        public var mode: String?

        /// An event with its mode.
        public init(event: EventType, mode: String?) {
            self.event = event
            self.mode = mode
        }
    }

    public var code: String
    /// Events that it refines.
    public var events: Set<EventType>
    /// Modes that it refines; empty for all of them, `-` for an event without a mode.
    public var modes: Set<String>
    /// What the trigger's own line speaks of, before a plan, a refusal or a threat made another event of it.
    public var told: [Kind]
    /// The pattern as written.
    public var pattern: String
    /// Lemmas of the trigger; empty for any word.
    public var heads: Set<String>
    /// `v`, `n`, `a`; empty for any part of speech.
    public var pos: String
    public var constraints: [SlotConstraint]
    public var example: String
    public var file: String
    public var line: Int

    /// More conditions win over fewer; see ``TriggerEntry/specificity``.
    public var specificity: Int {
        (modes.isEmpty ? 0 : 2) + (told.isEmpty ? 0 : told.contains { $0.mode == nil } ? 2 : 3)
            + (heads.isEmpty ? 0 : 3)
            + constraints.reduce(0) { $0 + ($1.isNegative ? 0 : $1.lemmas.isEmpty ? 2 : 3) }
    }

    /// True when the line speaks of such an event at all; the words are another question.
    public func fits(mode: String?, told kind: Kind?) -> Bool {
        guard modes.isEmpty || modes.contains(mode ?? "-") else { return false }
        guard !told.isEmpty else { return true }
        guard let kind else { return false }
        return told.contains { $0.event == kind.event && ($0.mode == nil || $0.mode == kind.mode) }
    }
}
