/// One report's telling inside a merged event, with the reason why it stands there.
public struct RecordMember: Sendable, Equatable {
    public var event: Event
    /// The independent voice of its document: the agency a copy credits, else the publisher, else the document itself.
    public var outlet: String
    /// Identifier of the telling it joined; nil for the first.
    public var joined: String?
    /// 0 to 1: how alike the two are.
    public var likeness: Double
    /// Why it joined, in words: "same actors; SANCTION; days overlap 2023-09-16; ban ~ ban".
    public var reason: String

    /// A member; see the properties.
    public init(event: Event, outlet: String, joined: String?, likeness: Double, reason: String) {
        self.event = event
        self.outlet = outlet
        self.joined = joined
        self.likeness = likeness
        self.reason = reason
    }
}

/// Another record that has to do with one: the talks during a visit, the promise of what was done.
public struct RelatedRecord: Sendable, Equatable, Codable {
    /// Identifier of the other record.
    public var id: String
    /// `during`, `announces`, `answers`, `denies`.
    public var relation: String

    /// A relation; see the properties.
    public init(id: String, relation: String) {
        self.id = id
        self.relation = relation
    }
}

/// One event with all its tellings.
///
/// A record is a function of its tellings: the same ones give the same record, in whatever order they arrived.
public struct EventRecord: Sendable, Equatable {
    /// Hash of its earliest telling, so that later reports leave it alone.
    public var id: String
    /// Tellings in the order of a timeline, each with the reason why it joined; never empty.
    public var members: [RecordMember]
    /// The telling that stands for the record: the surest one.
    public var lead: Event
    public var type: EventType
    public var mode: String?
    /// Who acts, over all tellings, the sharpest code of each.
    public var sourceActors: [EventActor]
    /// On whom; empty for a mutual event.
    public var targetActors: [EventActor]
    /// The sharpest date that the tellings agree on.
    public var date: EventDate?
    /// The sharpest place.
    public var place: PlaceMention?
    /// Figures, least to most, with the rule that chose the best.
    public var figures: [FigureRange]
    /// Number of documents that tell it.
    public var reports: Int
    /// Number of independent outlets that tell it.
    public var outlets: Int
    public var status: LedgerStatus
    /// Name of the rule that gave the status, as in `rules/en/ledger.tsv`, then the facts.
    public var reason: String
    /// Records that have to do with it.
    public var related: [RelatedRecord] = []

    /// Its tellings.
    public var tellings: [Event] { members.map(\.event) }

    /// A record; see the properties.
    public init(
        id: String, members: [RecordMember], lead: Event, sourceActors: [EventActor], targetActors: [EventActor],
        date: EventDate?, place: PlaceMention?, figures: [FigureRange], reports: Int, outlets: Int,
        status: LedgerStatus, reason: String
    ) {
        self.id = id
        self.members = members
        self.lead = lead
        type = lead.type
        mode = lead.mode
        self.sourceActors = sourceActors
        self.targetActors = targetActors
        self.date = date
        self.place = place
        self.figures = figures
        self.reports = reports
        self.outlets = outlets
        self.status = status
        self.reason = reason
    }
}
