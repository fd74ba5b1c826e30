import DyadCodebook
import DyadCore
import DyadLanguage

/// The vote of rules and judge on what the rules found.
///
/// A pattern votes for its event with a weight that grows with the words it names; the judge spreads its probability over
/// all events and "none". The event with the greater sum stands, and both votes stay in the explanation.
struct Ballot {
    let judge: RelationJudge
    let codebook: Codebook

    /// Weight of a pattern without conditions, and what every named word adds.
    private static let base = 0.5, step = 0.05, most = 0.75

    /// Probability that a pair without a pattern must reach.
    private static let guessFloor = 0.78

    func weigh(_ frames: [Frame], _ sentence: Sentence) -> [Frame] {
        let candidates = frames.map(pairs)
        let verdicts = judge.judge(
            candidates.joined().map {
                MarkedPair(tokens: sentence.tokens, source: [$0.0.tokens], target: [$0.1.tokens])
            })
        var next = 0
        var out: [Frame] = []
        for (frame, pairs) in zip(frames, candidates) {
            guard !pairs.isEmpty else {
                out.append(frame)
                continue
            }
            out += decided(frame, Array(zip(pairs, verdicts[next..<next + pairs.count])))
            next += pairs.count
        }
        return out
    }

    /// Pairs to judge: every source with every target; in a mutual event the first party with every other one.
    private func pairs(_ frame: Frame) -> [(ActorMention, ActorMention)] {
        if frame.isMutual, let first = frame.sources.first {
            return frame.sources.dropFirst().prefix(4).map { (first, $0) }
        }
        return frame.sources.prefix(4).flatMap { source in frame.targets.prefix(6).map { (source, $0) } }
    }

    private func decided(_ frame: Frame, _ votes: [((ActorMention, ActorMention), Verdict)]) -> [Frame] {
        var byType: [EventType: Frame] = [:]
        var order: [EventType] = []
        for ((source, target), verdict) in votes {
            guard let (type, share) = winner(frame, verdict) else { continue }
            var told = byType[type] ?? Self.empty(frame, type, mode(frame, type, verdict), share, contexts(verdict))
            if byType[type] == nil { order.append(type) }
            told.sources = merged(told.sources, told.isMutual ? [source, target] : [source])
            if !told.isMutual { told.targets = merged(told.targets, [target]) }
            byType[type] = told
        }
        return order.compactMap { byType[$0] }
    }

    /// The event with the greater sum of votes and its share; nil when "none" wins.
    private func winner(_ frame: Frame, _ verdict: Verdict) -> (EventType, Double)? {
        let weight = frame.isGuess ? 0 : min(Self.base + Self.step * Double(frame.specificity), Self.most)
        var best: (type: EventType?, score: Double) = (nil, verdict.events["NONE"] ?? 0)
        best.score *= 1 - weight
        // A user's line has said that there is an event: only its kind is asked for.
        if frame.isUnnamed {
            let likely = EventType.allCases.max {
                (verdict.events[$0.rawValue] ?? 0) < (verdict.events[$1.rawValue] ?? 0)
            }
            return likely.map { ($0, 0.5) }
        }
        for type in EventType.allCases {
            let score = (verdict.events[type.rawValue] ?? 0) * (1 - weight) + (type == frame.type ? weight * 0.8 : 0)
            if score > best.score { best = (type, score) }
        }
        if frame.isGuess, best.score < Self.guessFloor { return nil }
        return best.type.map { ($0, min(best.score, 0.99)) }
    }

    private func mode(_ frame: Frame, _ type: EventType, _ verdict: Verdict) -> String? {
        if type == frame.type, let mode = frame.mode { return mode }
        let best = verdict.modes.filter { !$0.key.isEmpty && codebook.hasMode($0.key, of: type) }.max {
            $0.value < $1.value
        }
        guard let best, best.value > (verdict.modes[""] ?? 0), best.value > 0.3 else { return nil }
        return best.key
    }

    private func contexts(_ verdict: Verdict) -> [String] {
        verdict.contexts.filter { $0.value > 0.5 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// A threat read from a plan and a refusal read from what is not done have themselves taken place.
    private static func isOwnAct(_ type: EventType, _ told: Factuality) -> Bool {
        type == .threaten && (told == .planned || told == .conditional) || type == .reject && told == .negated
    }

    private static func empty(_ frame: Frame, _ type: EventType, _ mode: String?, _ share: Double, _ contexts: [String])
        -> Frame
    {
        var out = frame
        // What was a plan for one event is no fact of another.
        if type != frame.type, frame.told != .asserted, !isOwnAct(type, frame.told) { out.factuality = frame.told }
        out.type = type
        out.mode = mode
        out.isMutual = frame.isMutual && type == frame.type
        out.sources = []
        out.targets = []
        out.confidence = share
        out.contexts = contexts
        if frame.isGuess {
            out.rule = "verb and two actors, \(type.rawValue) by the judge alone"
        } else if type != frame.type {
            out.rule = "\(frame.rule) read as \(type.rawValue) by the judge"
        }
        return out
    }

    private func merged(_ old: [ActorMention], _ fresh: [ActorMention]) -> [ActorMention] {
        old + fresh.filter { mention in !old.contains { $0.code == mention.code } }
    }
}
