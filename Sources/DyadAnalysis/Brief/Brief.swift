public import DyadCore

/// What an analyst needs to know about a pair, every line with the sentences behind it.
///
///     let brief = Brief(events, dyad: Dyad("TUR", "PAK"))
///     print(BriefText(brief).text)
public struct Brief: Sendable, Equatable {
    /// The pair; the brief covers both directions.
    public var dyad: Dyad
    /// Name of the first of the two.
    public var sourceName: String
    /// Name of the second.
    public var targetName: String
    /// The numbers at the top.
    public var headline: BriefHeadline
    /// Events by month, or by year when there are many months.
    public var trend: [BriefTrendRow]
    /// Main events and registers, empty ones left out.
    public var sections: [BriefSection]
    /// The cited sentences, numbered from 1.
    public var evidence: [BriefEvidence]
    /// Registers and claims, when a ledger was at hand; they then stand in place of the sections that say less.
    public var registers: [BriefRegister] = []
}

/// The numbers at the top of a brief: three that are never confused, and what they are made of.
public struct BriefHeadline: Sendable, Equatable {
    /// Documents that tell of the pair.
    public var reports: Int
    /// Independent outlets among them; copies of a wire report count once.
    public var outlets: Int
    /// Events, each counted once however often it is told.
    public var events: Int
    /// Tellings that were merged into the events.
    public var tellings: Int
    /// Events of quad 1 to 4.
    public var quads: [Int]
    /// Mean intensity of the events, -10 to 10; nil when none has one.
    public var meanIntensity: Double?
    /// First day that an event may have happened.
    public var from: CalendarDate?
    /// Last day.
    public var to: CalendarDate?
}

/// One period of the trend.
public struct BriefTrendRow: Sendable, Equatable {
    /// `2015-10` or `2015`.
    public var period: String
    /// Events of quad 1 to 4.
    public var quads: [Int]
    /// Mean intensity; nil when no event has one.
    public var meanIntensity: Double?
    /// Numbers of the telling sentences of the period.
    public var evidence: [Int]

    /// Number of events.
    public var count: Int { quads.reduce(0, +) }
}

/// A list of events under a head.
public struct BriefSection: Sendable, Equatable {
    /// Stable name, `visits`.
    public var id: String
    /// The head.
    public var title: String
    /// Events in order.
    public var items: [BriefItem]
    /// Number of further events that are not shown.
    public var more: Int
}

/// One event of a brief.
public struct BriefItem: Sendable, Equatable {
    /// Identifier of the telling that stands for the event.
    public var id: String
    /// ISO 8601; nil when unknown.
    public var date: String?
    /// The date for readers: `14 Oct 2015`, `Oct 2015`, `by 15 Oct 2015` when only the publication dates it.
    public var when: String
    /// What happened.
    public var type: EventType
    /// How.
    public var mode: String?
    /// One clause.
    public var text: String
    /// The sentence, in the main events only.
    public var quote: String?
    /// How factual it is told.
    public var factuality: Factuality
    /// How sure it is over all tellings.
    public var status: LedgerStatus
    /// Number of independent outlets that tell it.
    public var outlets: Int
    /// Numbers of the sentences.
    public var evidence: [Int]
}

/// A cited sentence.
public struct BriefEvidence: Sendable, Equatable {
    /// Its number.
    public var number: Int
    /// The document.
    public var document: String
    /// The outlet.
    public var publisher: String?
    /// Day of publication.
    public var published: CalendarDate?
    /// Address of the document.
    public var url: String?
    /// Where the sentence stands in the document.
    public var span: Span
    /// The sentence.
    public var quote: String
}

/// What a brief shows.
public struct BriefOptions: Sendable, Equatable {
    /// Most main events of one type.
    public var mainEventsPerType = 3
    /// Most lines of one register.
    public var linesPerSection = 20
    /// Most sentences cited for one event.
    public var sentencesPerEvent = 4
    /// Most months in the trend; with more, years are shown.
    public var monthsInTrend = 24
    /// Words that tell a weapon in a quantity or a sentence, in lower case.
    public var weaponWords = BriefOptions.defaultWeaponWords

    /// The usual brief.
    public init() {}

    /// Words for weapons as press reports use them.
    public static let defaultWeaponWords: Set<String> = [
        "aircraft", "ammunition", "arms", "artillery", "boat", "boats", "bomb", "bombs", "carrier", "carriers",
        "corvette", "corvettes", "drone", "drones", "fighter", "fighters", "frigate", "frigates", "grenade", "grenades",
        "gunship", "gunships", "helicopter", "helicopters", "howitzer", "howitzers", "jet", "jets", "missile",
        "missiles", "munition", "munitions", "radar", "radars", "rifle", "rifles", "rocket", "rockets", "shell",
        "shells", "submarine", "submarines", "tank", "tanks", "torpedo", "torpedoes", "uav", "uavs", "warship",
        "warships", "weapon", "weapons", "weaponry",
    ]
}
