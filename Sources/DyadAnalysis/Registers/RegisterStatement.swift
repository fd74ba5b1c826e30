public import DyadCore

/// What one sentence says for a register: a step, with whom and what, when, and according to whom.
public struct RegisterStatement: Sendable, Equatable, Codable {
    /// Hash of document, register and place; the same on every run.
    public var id: String
    public var register: RegisterKind
    /// A status of the register's ladder; `done` and `undone` for a report that may follow up a promise.
    public var step: String
    public var factuality: Factuality
    /// Who says so; nil for the report itself.
    public var holder: String?
    public var parties: [RegisterParty] = []
    /// What it is about: the item, the promise, the topic of a figure.
    public var subject: String = ""
    /// Kind of the subject, as the data files name it.
    public var category: String = ""
    /// Type of an item (`ATAK`), name of an exercise.
    public var designation: String?
    /// A count or the value of a figure.
    public var number: Double?
    /// Least value of a range.
    public var low: Double?
    /// Greatest value of a range.
    public var high: Double?
    /// Unit of the number: `item`, `percent`, `rank`, a currency.
    public var unit: String?
    /// What it costs, in `currency`.
    public var price: Double?
    /// ISO 4217.
    public var currency: String?
    /// ISO 8601 date, month, year or interval of the step; for a figure its period.
    public var date: String?
    /// `publication` when the text gives no date.
    public var dateBasis: String?
    /// ISO 8601 value by which something is promised.
    public var due: String?
    public var place: String?
    /// Law or list.
    public var law: String?
    /// Lemmas that tell what is promised or done.
    public var words: [String] = []
    /// The verb of what is promised or done.
    public var act: String?
    /// Lemmas of the things that are acted on.
    public var cores: [String] = []
    /// Ordinals that tell one of several alike from the others.
    public var marks: [String] = []
    /// Number of the things that are acted on.
    public var count: Double?
    /// True for a promise not to do something.
    public var isNegative = false
    /// True for a promise of which the report only says that it had been made.
    public var isRecalled = false
    /// True for a follow-up that says itself whether something was done: "failed to", "on schedule", "as promised".
    public var isExplicit = false
    /// True for a follow-up that names a promise: "as promised", "the threatened ban".
    public var refers = false
    /// Name of the document.
    public var document: String
    /// Who is taken to speak: agency, else publisher, else the document.
    public var outlet: String
    /// The outlet as printed.
    public var publisher: String?
    /// Day of publication, `YYYY-MM-DD`.
    public var published: String?
    /// The sentence.
    public var span: Span
    public var quote: String

    /// Codes or names of the parties in a role.
    public func keys(_ role: String) -> [String] { parties.filter { $0.role == role }.map(\.key) }

    /// Bodies of all parties, each once, sorted.
    public var bodies: [String] { Set(parties.compactMap(\.code)).sorted() }

    /// What statements of one entry have in common; agreements and promises meet at `PromiseGroups.places`.
    public var block: String {
        let who = bodies.joined(separator: "+")
        switch register {
        case .arms:
            let (suppliers, recipients) = (keys("supplier").sorted(), keys("recipient").sorted())
            return "\(category) \(suppliers.joined(separator: "+"))>\(recipients.joined(separator: "+"))"
        case .figures: return "\(category)|\(who)|\(unit ?? "")|\(date ?? document)"
        case .designations: return keys("designator").sorted().joined(separator: "+")
        case .agreements: return ""
        // What has no day can only be told apart inside its own document.
        case .visits, .exercises: return days == nil ? "\(who) \(document)" : who
        }
    }

    /// Days near which other statements of the entry lie; nil for any time.
    public var meetingDays: DayRange? { register == .visits || register == .exercises ? days : nil }

    /// Days by which visits told by different reports may miss each other.
    public static let slack = 3

    /// First and last day of the step, else of the publication.
    public var days: DayRange? {
        if let date, let days = DayRange(date.hasSuffix("/..") ? date.dropLast(2) + (published ?? "") : date) {
            return days
        }
        return published.flatMap { DayRange($0) }
    }
}
