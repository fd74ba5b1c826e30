import DyadCore

/// A predicate with its parties: what the event coder found in one place of a sentence.
struct Frame {
    var type: EventType
    var mode: String?
    /// Token of the trigger.
    var trigger: Int
    /// Tokens that met the conditions of the pattern.
    var used: [Int]
    var sources: [ActorMention]
    var targets: [ActorMention]
    var isMutual: Bool
    var factuality: Factuality
    /// The class of the predicate itself, before a plan or refusal made another event of it.
    var told: Factuality = .asserted
    var holder: String
    var rule: String
    var file: String
    var line: Int
    var specificity: Int
    var confidence: Double
    /// True when no pattern speaks for it: the judge alone decides.
    var isGuess = false
    /// True when the sentence leaves the other side out.
    var isOpen = false
    /// True when a line of the user's lexicon speaks for it: nobody else is asked.
    var isOwn = false
    /// True when it answers a proposal that the sentence does not say the author of: "accepted the offer".
    var isReply = false
    /// Who tells of that answer, when it is another party.
    var tellers: [ActorMention] = []
    /// True when that line leaves open which event it is: the judge names one.
    var isUnnamed = false
    /// The CAMEO code that a user's line gives it.
    var code: String?
    /// True when the other side is named without its state: "abducted two officers".
    var isVague = false
    /// Whom the deed has hit that somebody is accused of, when nobody says who did it.
    var victims: [ActorMention] = []
    /// The court or organisation that hears the case, when the sentence names nobody else.
    var venue: [ActorMention] = []
    /// Contexts the judge sees.
    var contexts: [String] = []
}
