import DyadCodebook
import DyadCore

/// Chooses the mention that a third-person pronoun takes up.
struct PronounResolver {
    let graph: SyntaxGraph
    /// Index of the sentence in the article.
    let sentence: Int
    let store: Coreference
    let references: ReferenceLexicon

    /// How many sentences back a pronoun may reach.
    static let reach = 4

    /// The most salient mention that agrees; mentions after the pronoun count where it stands in a clause before them.
    func antecedent(of i: Int, _ pronoun: ReferenceLexicon.Pronoun) -> Coreference.Recent? {
        let clause = governor(of: i)
        let barred = barred(i, pronoun)
        let said = graph.relation(i) == "nsubj" ? content(of: graph.head(i)) : nil
        var best: (score: Double, recent: Coreference.Recent)?
        for recent in store.recents.reversed() {
            if sentence - recent.sentence > Self.reach { break }
            let isHere = recent.sentence == sentence
            if isHere, barred.contains(recent.head) { continue }
            if isHere, recent.tokens.contains(i), !isInRelative(i, of: recent.head) { continue }
            // Who says "Kurti refused" is not Kurti (Principle C of binding, Chomsky 1981).
            if isHere, !recent.isPronoun, let said, graph.isUnder(recent.head, said.top),
                !(said.without.map { graph.isUnder(recent.head, $0) || graph.head(recent.head) == said.top } ?? false)
            {
                continue
            }
            if isHere,
                pronoun.isReflexive != (clause != nil && governor(of: recent.head) == clause && recent.isSubject),
                pronoun.isReflexive
            {
                continue
            }
            guard let fit = agreement(recent, pronoun) else { continue }
            let score = fit + salience(recent, i, clause)
            if best.map({ score > $0.score }) ?? true { best = (score, recent) }
        }
        return best?.recent
    }

    /// True when a pronoun opens a subordinate clause whose main subject is still to come: "After it had fallen, Rome …".
    func looksAhead(_ i: Int) -> Bool {
        var at = i
        while let up = graph.head(at) {
            if graph.relation(at) == "advcl", up > at,
                let subject = graph.children(up, "nsubj").first, subject > i
            {
                return true
            }
            at = up
        }
        return false
    }

    // MARK: - Agreement

    /// Nil when a mention cannot be meant; otherwise how well it fits.
    private func agreement(_ recent: Coreference.Recent, _ pronoun: ReferenceLexicon.Pronoun) -> Double? {
        if recent.entity < 0 { return pronoun.isPlural == true && !pronoun.isNeuter ? 0.5 : nil }
        let entity = store.entities[recent.entity]
        let named = entity.names.isEmpty ? 0 : 0.5
        if pronoun.isNeuter {
            guard !entity.isPlural, entity.type != .person, entity.type != .group else { return nil }
            return named + (entity.type == .organisation ? 0.6 : entity.type == .place ? 0.2 : 0)
        }
        if let gender = pronoun.gender {
            guard entity.type == .person, !entity.isPlural, entity.gender ?? gender == gender else { return nil }
            return named + (entity.gender == gender ? 1 : 0)
        }
        if entity.isPlural || entity.type == .group { return named + (entity.type == .thing ? -0.3 : 0.3) }
        switch entity.type {
        // A body of several may be "they"; a state seldom is.
        case .organisation: return named - (entity.noun == "state" ? 2.2 : 1.2)
        case .person: return named - 3
        case .place: return named - 2.5
        default: return nil
        }
    }

    // MARK: - Salience

    private func salience(_ recent: Coreference.Recent, _ i: Int, _ clause: Int?) -> Double {
        var score = recent.weight - 2.2 * Double(sentence - recent.sentence)
        if recent.sentence == sentence {
            // A nearer mention of the same sentence is a little more likely.
            score -= 0.02 * Double(abs(i - recent.head))
            if recent.isSubject, let clause, governor(of: recent.head) == clause { score += 1.2 }
            if recent.head > i { score -= 1 }
            if let blamed = blamed(i), graph.conjuncts(blamed).contains(recent.head) { score += Self.blame }
        }
        if recent.isPronoun { score += 1 }
        if graph.relation(i) == "nsubj", recent.isSubject { score += 0.7 }
        if recent.entity >= 0 { score += min(0.15 * Double(store.entities[recent.entity].mentions.count), 0.9) }
        return score
    }

    private static let blame = 3.0

    /// "The court fined Chad over its tests", "sued the two over their bans": what somebody is blamed or thanked for is
    /// his, not the speaker's.
    private func blamed(_ i: Int) -> Int? {
        guard graph.token(i).relation == "nmod:poss", var noun = graph.head(i) else { return nil }
        while graph.relation(noun) == "conj", let up = graph.head(noun) { noun = up }
        guard ["obl", "nmod"].contains(graph.relation(noun)), let verb = graph.head(noun), graph.isVerb(verb),
            references.is(graph.preposition(noun) ?? "", "blame-preposition")
        else { return nil }
        let object = graph.children(verb, graph.isPassive(verb) ? "nsubj" : "obj").first
        let opposed = graph.children(verb, "obl") + (object.map { graph.children($0, "nmod") } ?? [])
        if let other = opposed.first(where: { graph.preposition($0) == "against" && $0 < noun }) { return other }
        guard references.is(graph.lemma(verb), "blaming") else { return nil }
        return object.map { graph.antecedent($0) ?? $0 }
    }

    /// "Chad, which was fined over its tests": a phrase holds no pronoun of its own, but its relative clause may.
    private func isInRelative(_ i: Int, of head: Int) -> Bool {
        graph.children(head, "acl").contains { graph.isRelative($0) && graph.isUnder(i, $0) }
    }

    /// The clause that a verb of saying says: its complement, or the sentence it stands beside ("…, he tells reporters").
    private func content(of verb: Int?) -> (top: Int, without: Int?)? {
        guard let verb else { return nil }
        if let clause = graph.children(verb, "ccomp").first { return (clause, nil) }
        guard graph.relation(verb) == "parataxis", let top = graph.head(verb), top < verb else { return nil }
        return (top, verb)
    }

    /// The verb or predicate that a nominal belongs to.
    private func governor(of i: Int) -> Int? {
        var at = i
        var steps = 0
        while let up = graph.head(at), steps < 12 {
            if graph.isVerb(up) || graph.children[up].contains(where: { graph.relation($0) == "nsubj" }) { return up }
            at = up
            steps += 1
        }
        return nil
    }

    /// Mentions that share the predicate: "Chad accused it" is not about Chad.
    private func barred(_ i: Int, _ pronoun: ReferenceLexicon.Pronoun) -> Set<Int> {
        if pronoun.isReflexive || graph.token(i).relation == "nmod:poss" { return [] }
        guard let verb = graph.head(i), graph.relation(i) != "nsubj" || graph.isVerb(verb) else { return [] }
        if ["obj", "iobj", "obl"].contains(graph.relation(i)) {
            return Set(graph.surfaceSubjects(verb) + graph.children(verb, "obj", "iobj"))
        }
        if graph.relation(i) == "nsubj" { return Set(graph.children(verb, "obj", "iobj", "obl")) }
        return []
    }
}
