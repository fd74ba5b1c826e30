import DyadCodebook
import DyadCore

extension ActorSentence {
    // MARK: - Roles

    /// The longest role phrase that ends at a noun: sector and words.
    func role(at head: Int) -> (sector: String, tokens: Range<Int>, phrase: String)? {
        guard graph.token(head).upos == "NOUN" || graph.token(head).upos == "PROPN" || graph.token(head).upos == "ADJ"
        else { return nil }
        // "chargé d'affaires": the first word is the head.
        let next = head + 1
        if next < graph.sentence.tokens.count, graph.head(next) == head,
            case let words = "\(graph.lemma(head)) \(form(next).lowercased())",
            let sector = lexicon.sector(ofRole: words)
        {
            return (sector, head..<next + 1, words)
        }
        for length in stride(from: min(lexicon.longestRole, head + 1), to: 0, by: -1) {
            let range = head - length + 1..<head + 1
            let words = range.map { i in i == head ? graph.lemma(i) : form(i).lowercased() }
            let phrase = words.joined(separator: " ")
            if let sector = lexicon.sector(ofRole: phrase) { return (sector, range, phrase) }
            // "police", "security officials": also as written, where the lexicon has the plural.
            let written = (words.dropLast() + [form(head).lowercased()]).joined(separator: " ")
            if let sector = lexicon.sector(ofRole: written) { return (sector, range, written) }
        }
        return headship(head)
    }

    /// "chief of the anti-corruption agency", "the NACTA boss": whoever heads a body that is named or known by its kind.
    private func headship(_ head: Int) -> (sector: String, tokens: Range<Int>, phrase: String)? {
        let lemma = graph.lemma(head)
        guard references.is(lemma, "head-noun") else { return nil }
        let owners =
            graph.children(head, "compound")
            + graph.children(head, "nmod").filter {
                ["of", "at"].contains(graph.preposition($0) ?? "") || graph.token($0).relation == "nmod:poss"
            }
        for owner in owners {
            if let body = found.last(where: { $0.tokens.contains(owner) && $0.kind == .organisation }) {
                return (body.code.sector ?? "GOV", head..<head + 1, lemma)
            }
            if references.is(graph.lemma(owner), "body"), let inner = role(at: owner) {
                if inner.phrase.hasPrefix(lemma + " ") { return (inner.sector, head..<head + 1, inner.phrase) }
                return (inner.sector, head..<head + 1, "\(lemma) of \(inner.phrase)")
            }
        }
        return nil
    }

    /// A role noun at a token, or a noun that stands for parties named before.
    mutating func findRole(_ head: Int, _ memory: inout ActorMemory) {
        if let parties = collective(head, &memory) {
            found += parties
            taken[head] = true
            return
        }
        if let other = substitute(head) {
            found.append(other)
            taken[head] = true
            return
        }
        guard let role = role(at: head), graph.relation(head) != "compound" || graph.token(head).upos == "PROPN",
            !isPartOfPlace(head), !isIdiom(head), !references.is(graph.lemma(head), "weapon") || isForce(head)
        else { return }
        let code = code(ofRole: role, head, memory, exclude: nil) ?? fallback(role, head, memory)
        for i in role.tokens where i > head { taken[i] = true }
        let resolved = holder(of: head).flatMap { $0.code.body == nil ? nil : $0.code } ?? code
        if let body = resolved.body { memory.roles[role.phrase] = ActorCode(body, sector: resolved.sector) }
        learnPeople(head, resolved, &memory)
        for body in [resolved.body] + coOwners(head, of: resolved) {
            found.append(
                ActorMention(
                    code: ActorCode(body, sector: resolved.sector), name: body.flatMap(stateName) ?? key(role.tokens),
                    kind: .role, tokens: role.tokens, head: head, sentence: index,
                    span: graph.sentence.span(of: role.tokens), isModifier: graph.relation(head) == "compound",
                    rule: "role noun \(role.phrase)"))
        }
    }

    /// Weapons stand for those who use them: "Iranian jets bombed", "shot down a Turkish jet".
    ///
    /// As goods they are nobody.
    private func isForce(_ head: Int) -> Bool {
        var at = head
        while graph.relation(at) == "conj", let up = graph.head(at) { at = up }
        guard let verb = graph.head(at), !references.is(graph.lemma(verb), "supplying") else { return false }
        switch graph.relation(at) {
        case "nsubj": return true
        case "obj", "obl", "root": return nationality(head, exclude: nil) != nil
        case "nmod":
            return ["by", "on", "against", "with", "between"].contains(graph.preposition(at) ?? "")
                && nationality(head, exclude: nil) != nil
        default: return false
        }
    }

    /// "a Greek frigate and a Turkish one": what was named last, of another state.
    private func substitute(_ head: Int) -> ActorMention? {
        guard ["one", "ones"].contains(form(head).lowercased()),
            let owner = graph.children(head, "amod").lazy.compactMap({ child in
                found.first { $0.tokens.contains(child) && $0.kind == .country }
            }).first, let kind = found.last(where: { $0.kind == .role && $0.head < head && $0.code.sector != nil })
        else { return nil }
        return ActorMention(
            code: ActorCode(owner.code.body, sector: kind.code.sector), name: owner.name, kind: .role,
            tokens: head..<head + 1, head: head, sentence: index, span: graph.token(head).span,
            rule: "one of the same kind")
    }

    /// "came into force", "took office": the bare noun is nobody.
    private func isIdiom(_ head: Int) -> Bool {
        references.is(graph.lemma(head), "bare") && graph.preposition(head) != nil && !isPlural(head)
            && graph.children[head].allSatisfy { graph.relation($0) == "case" || graph.relation($0) == "punct" }
    }

    /// The bank of "West Bank", the state of "Rakhine State".
    private func isPartOfPlace(_ head: Int) -> Bool {
        graph.token(head).upos == "PROPN"
            && graph.sentence.names.contains { $0.type == .place && $0.tokens.count > 1 && $0.tokens.contains(head) }
    }

    /// The named person who holds an office: "Foreign Minister Shah Qureshi", "the minister, Shah Qureshi".
    func holder(of head: Int) -> ActorMention? {
        var near = graph.children(head, "flat", "appos")
        if let up = graph.head(head), graph.relation(head) == "appos" || isTitle(head) { near.append(up) }
        return near.lazy.compactMap { i in found.first { $0.tokens.contains(i) && $0.kind == .person } }.first
    }

    /// True for a title before a name.
    func isTitle(_ i: Int) -> Bool {
        ["nmod:desc", "compound", "flat"].contains(graph.token(i).relation)
            && graph.head(i).map { up in graph.sentence.names.contains { $0.type == .person && $0.tokens.contains(up) }
            } ?? false
    }

    func stateName(_ body: String) -> String? { lexicon.countries[body]?.name }

    /// The other states of a role that belongs to several: "ministers from Ghana, Togo and Benin", "Chadian and Sudanese
    /// officials".
    func coOwners(_ head: Int, of code: ActorCode) -> [String?] {
        guard let body = code.body, let form = graph.token(head).feats.contains("Number=Plur") ? body : nil else {
            return []
        }
        let owner = graph.children[head].first { child in
            ["amod", "nmod", "compound"].contains(graph.relation(child))
                && found.contains { $0.head == child && $0.code.body == form && $0.kind == .country }
        }
        guard let owner else { return [] }
        return graph.conjuncts(owner).dropFirst().compactMap { other in
            found.first { $0.head == other && $0.kind == .country }?.code.body
        }.filter { $0 != body }
    }

    /// Names attached to a title take its code: "Gen Raheel Sharif" after "the Pakistani army chief".
    mutating func learnPeople(_ head: Int, _ code: ActorCode, _ memory: inout ActorMemory) {
        guard code.body != nil else { return }
        for i in found.indices
        where found[i].kind == .unknown || (found[i].kind == .person && found[i].code.body == nil) {
            let person = found[i].head
            let attached =
                graph.head(person) == head && ["flat", "appos", "compound"].contains(graph.relation(person))
                || graph.head(head) == person
                    && (["appos", "compound", "flat"].contains(graph.relation(head)) || isTitle(head))
            guard attached, graph.sentence.names.contains(where: { $0.type == .person && $0.tokens == found[i].tokens })
            else { continue }
            found[i].code = code
            found[i].kind = .person
            found[i].rule = "title or apposition"
            memory.note(person: found[i].name, surname: form(found[i].tokens.upperBound - 1), code)
        }
    }

    /// A role with the state or organisation it belongs to.
    func code(
        ofRole role: (sector: String, tokens: Range<Int>, phrase: String), _ head: Int, _ memory: ActorMemory,
        exclude: Range<Int>?
    ) -> ActorCode? {
        guard let owner = nationality(head, exclude: exclude) else { return nil }
        let isOrganisation = found.contains { $0.code == owner && $0.kind == .organisation && $0.code.sector == nil }
        return ActorCode(owner.body, sector: isOrganisation && role.sector == "GOV" ? nil : role.sector)
    }

    /// The state or organisation among the modifiers of a noun.
    func nationality(_ head: Int, exclude: Range<Int>?) -> ActorCode? {
        var stack = [(head, 0)]
        var best: ActorCode?
        while let (at, depth) = stack.popLast() {
            for child in graph.children[at] where !(exclude?.contains(child) ?? false) {
                let relation = graph.relation(child)
                let full = graph.token(child).relation
                // "Turkish-backed fighters" are not Turkish.
                if references.is(form(child).lowercased(), "backing") { continue }
                guard ["amod", "compound", "flat", "nmod", "appos", "conj"].contains(relation),
                    relation != "conj" || depth > 0
                else { continue }
                if relation == "nmod", full != "nmod:poss", let p = graph.preposition(child),
                    !["of", "from", "in", "for", "to", "at"].contains(p)
                {
                    continue
                }
                if let mention = found.first(where: {
                    $0.tokens.contains(child) && $0.code.body != nil && $0.kind != .role
                        && graph.token(child).upos != "PRON"
                }) {
                    if full == "nmod:poss" || relation == "amod" || relation == "compound" { return mention.code }
                    if best == nil { best = mention.code }
                } else if best == nil, graph.token(child).upos == "PROPN", let country = gazetteerCountry(child) {
                    best = ActorCode(country)
                } else if depth < 2, relation != "appos" || depth == 0 {
                    stack.append((child, depth + 1))
                }
            }
        }
        return best
    }

    /// Country of a town or region among the modifiers: "Darfur rebels", "police in Lagos".
    func gazetteerCountry(_ index: Int) -> String? {
        let name = graph.sentence.names.first { $0.tokens.contains(index) && $0.type == .place }
        guard let name else { return nil }
        return knowledge.gazetteer.places(key(name.tokens)).first?.country
    }

    /// A role without a state of its own: owned by a pronoun, said before, or where the clause is set.
    func fallback(
        _ role: (sector: String, tokens: Range<Int>, phrase: String), _ head: Int, _ memory: ActorMemory
    ) -> ActorCode {
        let unknown = ActorCode(nil, sector: role.sector)
        if references.is(graph.lemma(head), "counterpart") { return unknown }
        if let owner = pronounOwner(head) { return ActorCode(owner.body, sector: role.sector) }
        let definite = graph.children(head, "det").contains { form($0).lowercased() == "the" }
        if definite, ["REB", "UAF"].contains(role.sector) || references.standsFor(graph.lemma(head)) == "armed-group",
            let group = latest(memory, where: { $0.noun == "armed-group" })
        {
            return group.code
        }
        let isOffice = definite || graph.token(head).upos == "PROPN"
        // "groups", "ten mayors": others than those before.
        if isOffice || !isPlural(head), let known = memory.roles[role.phrase] {
            return ActorCode(known.body, sector: role.sector)
        }
        if isForeign(head) { return unknown }
        if let body = ownBody(of: role.sector, before: head) { return ActorCode(body, sector: role.sector) }
        let setting = setting(of: head)
        let isAuthority = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"].contains(role.sector)
        // Many of a kind are met where the clause is set; an office is that of the report's own state.
        if let setting, !isOffice || isPlural(head) { return ActorCode(setting, sector: role.sector) }
        if isOffice, isAuthority, let home = memory.home { return ActorCode(home, sector: role.sector) }
        if let setting { return ActorCode(setting, sector: role.sector) }
        if Self.domestic.contains(role.sector), let only = onlyState(head, memory, isOffice: isOffice) {
            return ActorCode(only, sector: role.sector)
        }
        return unknown
    }

    /// "In a speech to the Knesset she urged lawmakers": those of the assembly, court or army that is named.
    private func ownBody(of sector: String, before head: Int) -> String? {
        guard ["LEG", "JUD"].contains(sector) else { return nil }
        return found.last {
            $0.kind == .organisation && $0.tokens.upperBound <= head && $0.code.sector == sector && $0.code.body != nil
        }?.code.body
    }

    /// Sectors whose members belong to the state that a report is about; journalists and analysts may be anybody's.
    static let domestic: Set<String> = [
        "GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "PTY", "REB", "UAF", "REF", "CVL", "LAB", "CRM", "REL",
    ]

    /// The only state named in the sentence, by itself or by one of its groups; for an office, also the only one named
    /// before.
    private func onlyState(_ head: Int, _ memory: ActorMemory, isOffice: Bool) -> String? {
        // "The president complained that his friends helped Moscow": what he speaks of is not his state.
        let named = found.filter { mention in
            guard [.country, .organisation, .person].contains(mention.kind), !mention.isBacker else { return false }
            return !isOffice || mention.head < head || clause(of: mention.head) == clause(of: head)
        }
        let here = Set(named.compactMap(state))
        if let only = here.first { return here.count == 1 ? only : nil }
        if isOffice, let main = mainState(memory) { return main }
        let before = memory.bodies.filter(\.isState)
        return isOffice && before.count == 1 ? before.first?.body : nil
    }

    /// The state that the report has spoken of most, when it is one.
    private func mainState(_ memory: ActorMemory) -> String? {
        let states = memory.coreference.entities.filter { $0.noun == "state" && $0.mentions.count > 1 }
            .sorted { $0.mentions.count > $1.mentions.count }
        guard let first = states.first, states.count == 1 || states[1].mentions.count < first.mentions.count else {
            return nil
        }
        return first.code.body
    }

    /// The state of a mention: itself, or the home of a group or party; none for bodies of several states.
    private func state(of mention: ActorMention) -> String? {
        guard let body = mention.code.body else { return nil }
        if lexicon.countries[body] != nil { return body }
        return lexicon.readings(mention.name).first { $0.code.body == body }?.country
    }

    /// "foreign troops", "other leaders": of no state that is named.
    private func isForeign(_ head: Int) -> Bool {
        graph.children(head, "amod", "compound", "det").contains { references.is(form($0).lowercased(), "foreign") }
    }

    /// The state where the clause of a token is set: "in Kabul", "near the Sudanese border".
    func setting(of head: Int) -> String? {
        let places = found.filter { $0.isPlace && $0.kind == .country }
        guard let clause = clause(of: head) else { return places.first?.code.body }
        // "cut ties with Tehran after protesters stormed its embassy there".
        if let there = graph.children(clause, "advmod").first(where: { graph.lemma($0) == "there" }),
            let named = found.last(where: { $0.kind == .country && $0.tokens.upperBound <= there && !$0.isModifier })
        {
            return named.code.body
        }
        return places.first { graph.isUnder($0.head, clause) && self.clause(of: $0.head) == clause }?.code.body
            ?? (["amod", "compound"].contains(graph.relation(head)) ? nil : townCountry(clause))
    }

    /// Country of the town or region in which a clause is set: "in Mombasa, officials met traders".
    private func townCountry(_ clause: Int) -> String? {
        graph.children(clause, "obl").lazy.filter {
            references.is(graph.preposition($0) ?? "", "place-preposition")
        }.compactMap(gazetteerCountry).first
    }

    /// The predicate that a token belongs to.
    private func clause(of i: Int) -> Int? {
        var at = i
        var steps = 0
        while let up = graph.head(at), steps < 20 {
            if graph.isVerb(up) { return up }
            at = up
            steps += 1
        }
        return nil
    }

    /// Whose it is, when "its", "their" or "his" says so.
    func pronounOwner(_ head: Int) -> ActorCode? {
        graph.children(head, full: "nmod:poss").lazy.compactMap { child in
            found.last { $0.head == child && $0.kind == .pronoun && $0.code.body != nil }?.code
        }.first
    }

    /// The entity mentioned last that is of a kind.
    func latest(_ memory: ActorMemory, where fits: (Coreference.Entity) -> Bool) -> Coreference.Entity? {
        memory.coreference.latest(where: fits).map { memory.coreference.entities[$0] }
    }

    /// "the ministers of both countries": one for each of those that the noun after them stands for.
    mutating func shareOwners() {
        for role in found where role.kind == .role && role.code.body == nil {
            let owners = graph.children(role.head, "nmod").filter { graph.preposition($0) == "of" }.flatMap { owner in
                found.filter { $0.head == owner && $0.kind == .pronoun && $0.code.body != nil }
            }
            guard owners.count > 1, let at = found.firstIndex(of: role) else { continue }
            found.replaceSubrange(
                at...at,
                with: owners.map { owner in
                    var one = role
                    one.code = ActorCode(owner.code.body, sector: role.code.sector)
                    one.name = owner.name
                    return one
                })
        }
    }

    // MARK: - Nouns that stand for parties

    /// "the two countries", "both sides": the two parties named last; "the country", "the kingdom", "the bloc": the one
    /// named last that can be called so.
    mutating func collective(_ head: Int, _ memory: inout ActorMemory) -> [ActorMention]? {
        let lemma = graph.lemma(head)
        guard graph.token(head).upos == "NOUN" || graph.token(head).upos == "PROPN" else { return nil }
        if references.is(lemma, "collective"), let count = counted(head),
            isDefinite(head) || count == 2 && (references.standsFor(lemma) == "state" || lemma == "side")
        {
            return several(head, lemma, count, &memory)
        }
        guard let noun = references.standsFor(lemma), isDefinite(head), !isPlural(head),
            nationality(head, exclude: nil) == nil, graph.children(head, full: "nmod:poss").isEmpty,
            let number = called(noun, lemma, head, memory)
        else { return nil }
        let entity = memory.coreference.entities[number]
        return [mention(of: number, entity, head)]
    }

    func mention(of number: Int, _ entity: Coreference.Entity, _ head: Int, sector: String? = nil) -> ActorMention {
        var out = ActorMention(
            code: sector == nil ? entity.code : ActorCode(entity.code.body, sector: sector), name: entity.name,
            kind: .pronoun, tokens: head..<head + 1, head: head, sentence: index, span: graph.token(head).span,
            isPlace: references.standsFor(graph.lemma(head)) == "state"
                && references.is(graph.preposition(head) ?? "", "place-preposition"),
            rule: "the one named last that is called so")
        out.entity = number
        return out
    }

    /// The last two (or as many as are counted) states or their leaders.
    mutating func several(_ head: Int, _ lemma: String, _ count: Int, _ memory: inout ActorMemory) -> [ActorMention]? {
        let isCountry = references.standsFor(lemma) == "state"
        let isState = isCountry || isPersonNoun(lemma)
        // "Iran reopened its embassy in Riyadh, years after the two governments broke off relations."
        var before: [(String, String)] = []
        let acting = acting(on: head)
        for mention in found where mention.kind == .country && mention.head < head {
            guard let body = mention.code.body, !acting.contains(body), !before.contains(where: { $0.0 == body })
            else { continue }
            before.append((body, mention.name))
        }
        let states = Set(found.filter { $0.kind == .country }.compactMap(\.code.body)).subtracting(acting)
        if states.count >= 2, before.count != count || states.count != count { return nil }
        if isPersonNoun(lemma), states.count != count, let people = leaders(count, head, memory) {
            return mentions(of: people, head, &memory)
        }
        guard references.gender(lemma) == nil else { return nil }
        let parties =
            (states.count == count ? before : nil)
            ?? latestParties(count, head, memory, isState: isState)
        guard parties.count == count else { return nil }
        let numbers = parties.compactMap { party in
            memory.coreference.entity(key: "state " + party.0)
                ?? memory.coreference.entity(key: Coreference.fold(party.1))
        }
        let group = numbers.count == count ? memory.coreference.group(numbers) : nil
        return parties.map { party in
            var out = ActorMention(
                code: ActorCode(party.0, sector: isCountry ? nil : lexicon.sector(ofRole: lemma)), name: party.1,
                kind: .pronoun,
                tokens: head..<head + 1, head: head, sentence: index, span: graph.token(head).span,
                rule: "the parties named last")
            out.entity = group
            return out
        }
    }

    /// "China called on the neighbours": who does something to them is none of them.
    private func acting(on head: Int) -> Set<String> {
        guard graph.relation(head) != "nsubj" else { return [] }
        return Set(
            found.filter { mention in
                graph.relation(mention.head) == "nsubj" && !graph.isUnder(head, mention.head)
                    && clause(of: mention.head).map { graph.isUnder(head, $0) } ?? false
            }.compactMap(\.code.body))
    }

    /// The states, or states and organisations, that the report speaks of: those named last, but not one in passing before
    /// a protagonist, and not whoever acts on them here.
    private func latestParties(
        _ count: Int, _ head: Int, _ memory: ActorMemory, isState: Bool
    ) -> [(String, String)] {
        let acting = acting(on: head)
        let all = memory.bodies.filter { !isState || $0.isState }
        let others = all.filter { !acting.contains($0.body) }
        let candidates = others.count >= count ? others : all
        func weight(_ body: String) -> Int { memory.counts[body] ?? 0 }
        var chosen = Array(candidates.suffix(count))
        for earlier in candidates.dropLast(count).suffix(Self.protagonists).reversed() {
            guard let least = chosen.indices.min(by: { weight(chosen[$0].body) < weight(chosen[$1].body) }),
                Self.isInPassing(weight(chosen[least].body), before: weight(earlier.body))
            else { continue }
            chosen[least] = earlier
        }
        return chosen.map { ($0.body, $0.name) }
    }

    /// One named once or twice beside one that is named again and again.
    private static func isInPassing(_ weight: Int, before other: Int) -> Bool {
        weight <= 1 && other >= 2 || weight == 2 && other >= 6
    }

    /// How many parties before the last ones may still be meant.
    private static let protagonists = 2

    private func isPersonNoun(_ lemma: String) -> Bool {
        references.gender(lemma) != nil
            || lexicon.sector(ofRole: lemma) != nil && !references.is(lemma, "body")
                && references.standsFor(lemma) == nil
    }

    /// The persons of different states that were named last.
    private func leaders(_ count: Int, _ head: Int, _ memory: ActorMemory) -> [Int]? {
        var out: [Int] = []
        var bodies: Set<String> = []
        for recent in memory.coreference.recents.reversed() where recent.entity >= 0 && out.count < count {
            let entity = memory.coreference.entities[recent.entity]
            guard entity.type == .person, let body = entity.code.body, lexicon.isState(body),
                !isActing(recent, on: head), bodies.insert(body).inserted
            else { continue }
            out.append(recent.entity)
        }
        return out.count == count ? out.reversed() : nil
    }

    /// "The mediator urged both men": who does something to them is none of them.
    private func isActing(_ recent: Coreference.Recent, on head: Int) -> Bool {
        recent.sentence == index && recent.isSubject && graph.relation(head) != "nsubj"
            && clause(of: recent.head).map { graph.isUnder(head, $0) } ?? false
    }

    /// One mention for each person of a group, all of them of the group's entity.
    private func mentions(of people: [Int], _ head: Int, _ memory: inout ActorMemory) -> [ActorMention] {
        let group = memory.coreference.group(people)
        // "both men" are what each of them is.
        let lemma = graph.lemma(head)
        let sector = references.gender(lemma) == nil ? lexicon.sector(ofRole: lemma) : nil
        return people.map { person in
            let entity = memory.coreference.entities[person]
            var out = mention(of: group, entity, head, sector: sector ?? entity.code.sector)
            out.name = entity.names.isEmpty ? entity.code.body.flatMap(stateName) ?? entity.name : entity.name
            out.rule = "the persons named last"
            return out
        }
    }

    /// How many a noun counts: "both", "the three".
    private func counted(_ head: Int) -> Int? {
        for child in graph.children[head] {
            switch graph.lemma(child) {
            case "two", "both", "2": return 2
            case "three", "3": return 3
            case "four", "4": return 4
            default: continue
            }
        }
        // "talks between the neighbours"
        return isPlural(head) && references.is(graph.lemma(head), "pair") ? 2 : nil
    }

    /// What a definite noun may call: a state by a word of its official name, else the kind that the noun stands for.
    func called(_ noun: String, _ lemma: String, _ head: Int, _ memory: ActorMemory) -> Int? {
        func last(_ fits: (Coreference.Entity) -> Bool) -> Int? { memory.coreference.latest(where: fits) }
        let words = graph.children(head, "amod", "compound").map { form($0).lowercased() } + [lemma]
        switch noun {
        case "state":
            if ["country", "nation"].contains(lemma) { return last { $0.noun == "state" } }
            guard words.count > 1 || ["kingdom", "emirate", "sultanate"].contains(lemma) else { return nil }
            return last { entity in
                entity.noun == "state" && entity.code.body.map { lexicon.isCalled($0, words) } ?? false
            }
        case "organisation":
            guard words.count == 1 else { return nil }
            return last { $0.type == .organisation && $0.names.contains { $0.hasSuffix(" " + lemma) } }
                ?? (["bloc", "alliance"].contains(lemma) ? last { ["igo", "alliance"].contains($0.noun) } : nil)
        case "armed-group":
            return last { ["armed-group", "party"].contains($0.noun) }
        default: return nil
        }
    }
}
