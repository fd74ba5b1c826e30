import DyadCore

/// What a report has told so far about who deals with whom, so that a side that a sentence leaves out can be filled in.
///
/// "Ankara summoned the Greek ambassador. It rejected the claim." The second sentence names one side only; the other is the
/// party that the first has been dealing with (implicit arguments after Gerber and Chai 2012, by recency).
struct Discourse {
    /// Sentences that a party stays in mind.
    private static let reach = 3
    private static let confidence = 0.4

    private var counterparts: [String: String] = [:]
    /// Who has made the proposal that others accept or turn down, and in which sentence.
    private var proposer: (actor: ActorMention, sentence: Int)?
    private let isProposing: (String) -> Bool
    private var mentioned: [String: (actor: ActorMention, sentence: Int)] = [:]
    /// How often the whole report names each body: its protagonists are likelier than a passer-by.
    private let weight: [String: Int]

    /// A report's parties before its first sentence.
    init(_ mentions: [ActorMention], isProposing: @escaping (String) -> Bool) {
        self.isProposing = isProposing
        weight = Dictionary(grouping: mentions.filter(Self.isParty), by: { $0.code.body ?? "" }).mapValues(\.count)
    }

    /// Remembers the actors of a sentence and the two sides of its events.
    mutating func note(_ mentions: [ActorMention], _ frames: [Frame], _ words: [Token], sentence: Int) {
        for mention in mentions where Self.isParty(mention) {
            mentioned[mention.code.body ?? ""] = (mention, sentence)
        }
        for frame in frames {
            note(proposalOf: frame, words, sentence)
            let second = frame.isMutual ? frame.sources : frame.targets
            for left in frame.sources.compactMap(\.code.body) {
                for right in second.compactMap(\.code.body) where right != left {
                    counterparts[left] = right
                    counterparts[right] = left
                }
            }
        }
    }

    /// Who proposes, and whose proposal is answered, is who later answers are given to.
    private mutating func note(proposalOf frame: Frame, _ words: [Token], _ sentence: Int) {
        if frame.isReply {
            if let actor = frame.targets.first, frame.targets.count == 1 { proposer = (actor, sentence) }
        } else if let actor = frame.sources.first, bodies(frame.sources).count == 1, !frame.isMutual,
            ([frame.trigger] + frame.used).contains(where: { isProposing(words[$0].lemma.lowercased()) })
        {
            proposer = (actor, sentence)
        }
    }

    private func bodies(_ mentions: [ActorMention]) -> Set<String> { Set(mentions.compactMap(\.code.body)) }

    /// Whom an answer is given to: the author of what was proposed last, else the other party that tells of it.
    private func addressee(of frame: Frame, sentence: Int) -> ActorMention? {
        guard frame.isReply else { return nil }
        if let proposer, sentence - proposer.sentence <= 2 * Self.reach, let body = proposer.actor.code.body,
            !bodies(frame.sources).contains(body)
        {
            return proposer.actor
        }
        return frame.tellers.first(where: Self.isParty)
    }

    /// An open frame with its other side filled in; nil when the report has named nobody else.
    func closed(_ frame: Frame, _ local: [ActorMention], sentence: Int) -> Frame? {
        let heard = bodies(frame.venue + frame.victims)
        guard
            let other = addressee(of: frame, sentence: sentence)
                ?? counterpart(
                    of: frame.sources, among: local, without: heard, sentence: sentence,
                    reach: frame.isVague ? 0 : Self.reach)
        else {
            guard !frame.venue.isEmpty || !frame.victims.isEmpty else { return nil }
            var out = frame
            out.targets = frame.venue
            return out
        }
        var out = frame
        out.targets = local.filter { $0.kind == .pronoun && $0.head == other.head && $0.sentence == other.sentence }
        if !out.targets.contains(other) { out.targets = [other] }
        out.confidence = Self.confidence
        out.rule += ", the other side from what the report speaks of"
        return out
    }

    /// The likeliest other party: named here or shortly before, often in the report, dealt with before.
    private func counterpart(
        of sources: [ActorMention], among local: [ActorMention], without heard: Set<String>, sentence: Int, reach: Int
    ) -> ActorMention? {
        let own = Set(sources.compactMap(\.code.body)).union(heard)
        var candidates = mentioned.filter {
            !own.contains($0.key) && sentence - $0.value.sentence <= reach && reach > 0
        }
        for mention in local where Self.isParty(mention) && !own.contains(mention.code.body ?? "") {
            candidates[mention.code.body ?? ""] = (mention, sentence)
        }
        let ranked = candidates.map { body, seen in
            (body, seen.actor, score(body, own, age: sentence - seen.sentence))
        }
        return ranked.max { ($0.2, $1.0) < ($1.2, $0.0) }?.1
    }

    private func score(_ body: String, _ own: Set<String>, age: Int) -> Double {
        let isKnown = own.contains { counterparts[$0] == body }
        return Double(weight[body] ?? 0) * (isKnown ? 2 : 1) / Double(1 + age)
    }

    private static func isParty(_ mention: ActorMention) -> Bool {
        // Reporters and companies are hardly ever the side that goes without saying.
        mention.code.body != nil && !mention.isPlace && !["JRN", "BUS"].contains(mention.code.sector ?? "")
    }
}
