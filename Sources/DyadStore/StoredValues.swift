public import DyadCore

/// What saving a document did.
public enum SaveOutcome: Sendable, Equatable {
    /// The document is new.
    case added
    /// The document was there with other content, or coded by another version; its rows were replaced.
    case replaced
    /// The same content was coded by the same version before; nothing was written.
    case unchanged
}

/// A document as the store knows it.
public struct StoredDocument: Sendable, Equatable {
    /// Name of the input.
    public var name: String
    /// Hash of bytes and outside knowledge; the same for the same content.
    public var contentHash: String
    /// Length of the input.
    public var byteCount: Int
    /// The outlet.
    public var publisher: String?
    /// Day of publication.
    public var published: CalendarDate?
    /// Address it was saved from.
    public var url: String?
    /// Headline.
    public var title: String?
    /// Agency that the text credits.
    public var agency: String?
    /// Document that this one copies, whole or nearly.
    public var duplicateOf: String?
    /// Paragraphs in other languages than English, which are not coded: "ar:1 tr:3".
    public var languages: String?
    /// Hash of the letters and digits of the body: the same for copies of one wire report.
    public var bodyHash: String
    /// Who is taken to speak: agency, else publisher, else the document itself.
    public var outlet: String
    /// Version that coded it.
    public var version: String
    /// When it was coded, ISO 8601; not part of any export.
    public var codedAt: String
    /// Number of its events.
    public var eventCount: Int
}

/// What a reader wrote under a report, as the store knows it.
public struct StoredComment: Sendable, Equatable {
    /// Place among the comments of its report, from 0.
    public var position: Int
    /// Name as printed.
    public var author: String?
    /// ISO 8601 local time.
    public var time: String?
    /// Place of the comment it answers.
    public var parent: Int?
    public var text: String
    /// Where it stands in the report.
    public var span: Span
}

/// A sentence as the store knows it.
public struct StoredSentence: Sendable, Equatable {
    /// Name of the document.
    public var document: String
    /// Index in the document.
    public var index: Int
    /// Where it stands in the document.
    public var span: Span
    /// Its words.
    public var text: String
    /// What the block it stands in is.
    public var label: BlockLabel
}

/// The three numbers that must not be confused.
public struct StoreCounts: Sendable, Equatable {
    /// Documents with at least one matching event.
    public var reports: Int
    /// Independent outlets among them: copies of one wire report count once.
    public var outlets: Int
    /// Tellings of events: one event told by three reports counts three times here.
    public var events: Int

    /// Three numbers.
    public init(reports: Int, outlets: Int, events: Int) {
        self.reports = reports
        self.outlets = outlets
        self.events = events
    }
}

/// An actor with the number of events it takes part in.
public struct ActorCount: Sendable, Equatable {
    /// Who.
    public var code: ActorCode
    /// Canonical name.
    public var name: String
    /// Events in which it acts.
    public var asSource: Int
    /// Events in which it is acted on.
    public var asTarget: Int
}

/// What a reviewer decided about an event.
public struct Review: Sendable, Equatable {
    /// Identifier of the event; the review stays when the event is coded anew.
    public var event: String
    /// Who decided.
    public var reviewer: String
    /// What was decided, such as `accept`, `reject` or `correct`.
    public var decision: String
    /// Why, or what is right.
    public var note: String?
    /// When, ISO 8601.
    public var reviewedAt: String

    /// A decision; see the properties.
    public init(event: String, reviewer: String, decision: String, note: String? = nil, reviewedAt: String) {
        self.event = event
        self.reviewer = reviewer
        self.decision = decision
        self.note = note
        self.reviewedAt = reviewedAt
    }
}
