import DyadCodebook
import DyadCore

/// Finds the actors in the slots of a predicate.
struct PartyFinder {
    let graph: SyntaxGraph
    let mentions: [ActorMention]
    /// True for codes of states: only they have people, armies and offices that go without saying.
    let isState: (String) -> Bool
    private let isContainer: (String) -> Bool
    /// True for nouns of what nobody does: "crash", "earthquake"; the actors named with them are not behind it.
    private let isMishap: (String) -> Bool
    /// True for nouns of those who look on: "analyst", "journalist".
    private let isObserver: (String) -> Bool
    private let isFeeling: (String) -> Bool
    /// True when the two sides are given and may stand in any clause.
    private let isPair: Bool

    init(
        graph: SyntaxGraph, mentions: [ActorMention], isPair: Bool = false, knowledge: Knowledge
    ) {
        self.graph = graph
        self.mentions = mentions
        self.isPair = isPair
        let actors = knowledge.actors
        isState = { actors.isState($0) }
        let mishaps = knowledge.triggers.members(of: "mishap")
        isMishap = mishaps.contains
        let containers = knowledge.triggers.containers
        isContainer = containers.contains
        let references = knowledge.references
        isObserver = { references.is($0, "observer") }
        isFeeling = knowledge.triggers.members(of: "feeling").contains
    }

    /// The actors of the first slot that holds any.
    func find(
        _ slots: [[String]], of trigger: Int, wantPlaces: Bool, excluding: [ActorMention] = [],
        excludingBodies: Set<String> = [], nameless: Bool = false, asAdjective: Bool = false
    ) -> [ActorMention] {
        for path in slots {
            let found = graph.fillers(path, of: trigger, asAdjective: asAdjective).flatMap {
                nameless ? roles(at: $0) : actors(at: $0, depth: 0)
            }
            .filter { mention in
                (mention.code.body != nil || nameless)
                    && !excluding.contains { $0.code.body == mention.code.body && $0.span == mention.span }
                    && !(mention.code.body.map(excludingBodies.contains) ?? false)
                    && (wantPlaces || !mention.isPlace) && !mention.tokens.contains(trigger)
            }
            let fresh = found.filter { mention in !excluding.contains { $0.code == mention.code } }
            if !fresh.isEmpty { return fresh }
        }
        return []
    }

    /// True for what an actor disposes of: "its nationals", "their prisoners".
    func isOwned(_ mention: ActorMention, by owners: [ActorMention]) -> Bool {
        owners.contains { $0.code.body == mention.code.body }
            && graph.children(mention.head, full: "nmod:poss").contains { graph.token($0).upos == "PRON" }
    }

    /// True when a mention is what a noun denotes or whose it is, not something told of it in passing.
    func denotes(_ noun: Int, _ mention: ActorMention) -> Bool {
        if mention.head == noun || mention.tokens.contains(noun) { return true }
        guard graph.head(mention.head) == noun else {
            return isContainer(graph.lemma(noun)) && graph.isUnder(mention.head, noun)
        }
        return ["amod", "compound", "flat", "appos"].contains(graph.relation(mention.head))
            || graph.token(mention.head).relation == "nmod:poss"
            || ["of", "from", "in"].contains(graph.preposition(mention.head) ?? "")
    }

    /// Roles of unknown state at a token: "rebels", "protesters".
    private func roles(at index: Int) -> [ActorMention] {
        if isContainer(graph.lemma(index)) {
            return graph.children(index, "nmod").filter { graph.preposition($0) == "of" }.flatMap(roles)
        }
        return mentions.filter {
            ($0.head == index || $0.tokens.contains(index)) && $0.kind == .role && $0.code.body == nil
                && $0.code.sector != nil
        }
    }

    /// Roles of unknown state get the state where the clause is set, else that of the other side when one side is an
    /// authority and the other its people.
    ///
    /// An army's enemies and another government's ministers stay unknown.
    func completed(
        _ found: [ActorMention], beside others: [ActorMention], at trigger: Int, isForced: Bool = false
    ) -> [ActorMention] {
        guard found.contains(where: { $0.code.body == nil }) else { return found }
        let setting = mentions.first { $0.isPlace && $0.kind == .country && graph.isUnder($0.head, trigger) }?.code.body
        return found.map { mention in
            guard mention.code.body == nil else { return mention }
            let isAuthority = Self.authorities.contains(mention.code.sector ?? "")
            let other = others.first {
                Self.authorities.contains($0.code.sector ?? "GOV") != isAuthority && $0.code.sector != "MIL"
            }?.code.body
            // Analysts and journalists may be anybody's; whom a state jails are its own.
            let isOutside = !isForced && isObserver(graph.lemma(mention.head))
            guard let body = setting ?? (isOutside ? nil : other), isState(body) else { return mention }
            var out = mention
            out.code = ActorCode(body, sector: mention.code.sector)
            return out
        }
    }

    private static let authorities: Set<String> = ["GOV", "COP", "JUD", "LEG", "MIL", "SPY"]

    /// The actors that a token stands for: itself, or the state or group among its modifiers.
    func actors(at index: Int, depth: Int) -> [ActorMention] {
        if depth < 3, let name = nameBeside(index) { return actors(at: name, depth: depth + 1) }
        let own = mentions.filter { !$0.isBacker && ($0.head == index || $0.tokens.contains(index)) }
        let known = own.filter { $0.code.body != nil }
        if !known.isEmpty { return known.count > 1 ? distinct(known) : known }
        guard depth < 3, !isMishap(graph.lemma(index)) else { return [] }
        for relation in ["nmod:poss", "amod", "compound", "flat", "appos", "nmod", "nmod:desc", "nmod:unmarked"] {
            let children = graph.children(index, full: relation).filter {
                relation != "nmod" || Self.transparent(graph.preposition($0))
            }
            let found = children.flatMap(graph.conjuncts).map { graph.antecedent($0) ?? $0 }
                .flatMap { actors(at: $0, depth: depth + 1) }
            if !found.isEmpty { return withSector(own, found) }
        }
        // "the country that bombed Niger was Mali".
        if depth == 0, graph.relation(index) == "nsubj", let named = graph.head(index), graph.isNominal(named),
            !graph.children(named, "cop").isEmpty, graph.children[index].contains(where: graph.isRelative)
        {
            return actors(at: named, depth: 1)
        }
        return []
    }

    /// "Peru's ally Chile": the name that says who a role noun is, without a comma.
    private func nameBeside(_ index: Int) -> Int? {
        guard graph.token(index).upos == "NOUN", !graph.children(index, full: "nmod:poss").isEmpty,
            let name = graph.children(index, "appos").first, name > index,
            let mention = mentions.first(where: { $0.head == name && $0.code.body != nil }),
            mention.kind == .country || mention.kind == .organisation, mention.tokens.lowerBound == index + 1
        else { return nil }
        return name
    }

    private static func transparent(_ preposition: String?) -> Bool {
        ["of", "from", "in", "between", "among", "for", "at", "with", "on", "near", "to", "against"].contains(
            preposition ?? "of")
    }

    /// A role of unknown country with the country found beside it.
    private func withSector(_ own: [ActorMention], _ found: [ActorMention]) -> [ActorMention] {
        guard let role = own.first, let sector = role.code.sector else {
            return found.map {
                var m = $0; m.isPlace = false; return m
            }
        }
        return found.map { mention in
            var out = mention
            out.code = ActorCode(mention.code.body, sector: mention.code.sector ?? sector)
            out.isPlace = false
            return out
        }
    }

    private func distinct(_ found: [ActorMention]) -> [ActorMention] {
        // A role and the adjective inside it overlap: the role is the fuller one.
        let roles = found.filter { $0.kind == .role || $0.kind == .person || $0.kind == .pronoun }
        return roles.isEmpty ? found : roles
    }

    /// The actor that governs a predicate whose own clause names none: subject of the clause around it.
    func inheritedSource(of trigger: Int, excluding: [ActorMention]) -> [ActorMention]? {
        // "imposed a blackout on the withdrawal of arms": who imposes does not withdraw.
        if !isPair, !graph.isVerb(trigger), graph.relation(trigger) == "nmod", let noun = graph.head(trigger),
            graph.head(noun) != nil, !isContainer(graph.lemma(noun))
        {
            return nil
        }
        // "told the general to step down": who tells does not.
        if !isPair, graph.isVerb(trigger), graph.relation(trigger) == "xcomp", let up = graph.head(trigger) {
            let doing = Set(graph.surfaceSubjects(trigger))
            if !doing.isEmpty, doing.isDisjoint(with: graph.surfaceSubjects(up)), !graph.isPassive(up) { return nil }
        }
        var at = trigger
        for _ in 0..<4 {
            guard let up = graph.head(at) else { return nil }
            // "enraged by the execution": who feels it has not done it.
            if !isPair, at == trigger, !graph.isVerb(at), isFeeling(graph.lemma(up)) { return nil }
            // "Peruvian minister in Lima for talks with Chile": the headline of a noun alone.
            if graph.relation(at) == "nmod", graph.head(up) == nil, !graph.isVerb(up), !isMishap(graph.lemma(up)) {
                let named = actors(at: up, depth: 1).filter { mention in
                    mention.code.body != nil && !mention.isPlace && !graph.isUnder(mention.head, at)
                        && !excluding.contains { $0.code == mention.code }
                }
                if !named.isEmpty { return named }
            }
            // The subject of a passive suffers: "civilians were killed in a bombing" are not who bombed.
            let subjects = graph.isVerb(up) && !graph.isPassive(up) ? graph.surfaceSubjects(up) : []
            let found = subjects.filter { $0 != at }.flatMap { actors(at: $0, depth: 0) }
                .filter { mention in
                    mention.code.body != nil && !mention.isPlace && !excluding.contains { $0.code == mention.code }
                }
            if !found.isEmpty { return found }
            // A clause beside a noun has its own parties: "men sought in the killing of two tourists".
            if !isPair, graph.isVerb(up), graph.relation(up) == "acl" { return nil }
            // "the right of the soldiers to fire": theirs, not of the one who speaks of it.
            if graph.relation(at) == "acl", !graph.isVerb(up) {
                let holders =
                    actors(at: up, depth: 2).filter { $0.code.body != nil && !$0.isPlace }
                    + graph.children(up, "nmod").filter { graph.preposition($0) == "of" }.flatMap {
                        actors(at: $0, depth: 1)
                    }
                let acting = holders.filter { holder in !excluding.contains { $0.code == holder.code } }
                if !acting.isEmpty { return acting }
            }
            at = up
        }
        return nil
    }

    /// "Thousands marched in Nairobi": people without a name are those of the place.
    func crowd(of trigger: Int, isCrowd: (String) -> Bool) -> [ActorMention] {
        let verb = graph.isVerb(trigger) ? trigger : graph.carrier(of: trigger) ?? trigger
        guard let noun = graph.surfaceSubjects(verb).first(where: { isCrowd(graph.lemma($0)) }),
            let place = mentions.first(where: { mention in
                mention.isPlace && mention.kind == .country && graph.isUnder(mention.head, verb)
                    && ["in", "at", "across", "throughout", "outside", "through"].contains(
                        graph.preposition(mention.head) ?? "")
            }), let body = place.code.body, isState(body)
        else { return [] }
        let word = graph.token(noun)
        return [
            ActorMention(
                code: ActorCode(body, sector: "CVL"), name: word.form, kind: .role, tokens: noun..<noun + 1, head: noun,
                sentence: place.sentence, span: word.span, rule: "people without a name, of the place")
        ]
    }

    /// Who announces what is told without an agent.
    ///
    /// "The ministry announced that readiness had been raised."
    func announcer(of trigger: Int, isAnnouncing: (String) -> Bool) -> [ActorMention] {
        guard ["ccomp", "parataxis"].contains(graph.relation(trigger)), let cue = graph.head(trigger),
            isAnnouncing(graph.lemma(cue))
        else { return [] }
        return graph.subjects(cue).flatMap { actors(at: $0, depth: 0) }.filter { $0.code.body != nil && !$0.isPlace }
    }

    /// The nearest actor after the trigger inside its own phrase; places last.
    func nearest(to trigger: Int, excluding: [ActorMention], places: Bool, isMutual: Bool) -> [ActorMention] {
        // "Iran's mission to the United Nations denied": what stands in the subject is no other side.
        let isActive = graph.isVerb(trigger) && !graph.isPassive(trigger)
        let subjects = isPair || isMutual || !isActive ? [] : graph.children(trigger, "nsubj")
        let allowed = mentions.filter { mention in
            (places || !mention.isPlace) && !subjects.contains { graph.isUnder(mention.head, $0) }
        }
        let under = nearest(to: trigger, within: trigger, excluding: excluding, among: allowed)
        if !under.isEmpty { return under }
        return graph.carrier(of: trigger).map {
            nearest(to: trigger, within: $0, excluding: excluding, among: allowed)
        } ?? []
    }

    private func nearest(
        to trigger: Int, within top: Int, excluding: [ActorMention], among allowed: [ActorMention]
    ) -> [ActorMention] {
        let sourceBodies = Set(excluding.compactMap(\.code.body))
        let inside = allowed.filter { mention in
            guard let body = mention.code.body, !mention.isBacker, !sourceBodies.contains(body),
                !mention.tokens.contains(trigger)
            else {
                return false
            }
            return graph.isUnder(mention.head, top) && !isInSubordinateClause(mention.head, below: top)
                && !isSpeaking(mention.head, of: trigger, top)
        }
        let ordered = inside.sorted { left, right in
            (left.isPlace ? 1 : 0, abs(left.head - trigger)) < (right.isPlace ? 1 : 0, abs(right.head - trigger))
        }
        guard let first = ordered.first else { return [] }
        // "both nations" are two parties in one place.
        return first.kind == .pronoun ? inside.filter { $0.head == first.head } : [first]
    }

    /// True for the subject of the verb whose content holds the trigger: who says it is no party to it.
    private func isSpeaking(_ index: Int, of trigger: Int, _ top: Int) -> Bool {
        guard !isPair, let said = branch(of: trigger, under: top), let subject = branch(of: index, under: top) else {
            return false
        }
        return graph.relation(subject) == "nsubj" && ["ccomp", "parataxis"].contains(graph.relation(said))
    }

    /// The child of a token on the way down to another.
    private func branch(of index: Int, under top: Int) -> Int? {
        var at = index
        while let up = graph.head(at) {
            if up == top { return at }
            at = up
        }
        return nil
    }

    private func isInSubordinateClause(_ index: Int, below top: Int) -> Bool {
        var at = index
        while at != top, let up = graph.head(at) {
            if ["advcl", "parataxis", "conj"].contains(graph.relation(at)), graph.isVerb(at) { return true }
            if graph.token(at).relation == "acl:relcl" { return true }
            if !isPair, graph.relation(at) == "acl", up != top, graph.isVerb(at) { return true }
            at = up
        }
        return false
    }
}
