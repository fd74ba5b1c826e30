import DyadCodebook
import DyadCore

/// Which entity a phrase denotes.
extension ActorSentence {
    // MARK: - Names and nouns

    /// Finds or makes the entity of a phrase that is no pronoun.
    mutating func link(_ phrase: NounPhrase, _ memory: inout ActorMemory) {
        let number = entities[phrase.head] ?? entity(of: phrase, &memory)
        entities[phrase.head] = number
        let flat = graph.children(phrase.head, "flat")
        for i in found.indices
        where found[i].kind != .pronoun && found[i].entity == nil
            && (found[i].head == phrase.head || flat.contains(found[i].head))
        {
            found[i].entity = number
        }
        record(phrase, number, &memory)
        noteCoordination(phrase.head, &memory)
    }

    private func record(_ phrase: NounPhrase, _ number: Int, _ memory: inout ActorMemory) {
        memory.coreference.record(
            number,
            EntityMention(
                sentence: index, tokens: phrase.tokens, head: phrase.head,
                span: graph.sentence.span(of: phrase.tokens), form: phrase.form), graph)
    }

    private mutating func entity(of phrase: NounPhrase, _ memory: inout ActorMemory) -> Int {
        let head = phrase.head
        if let same = identified(head) {
            note(phrase, same, &memory)
            return same
        }
        if phrase.form == .named { return named(head, &memory) }
        // "the president, Hassan Diallo": the name tells who it is.
        if let name = graph.children(head, "appos").first(where: { phrases[$0]?.form == .named }),
            !graph.children(name, "case").contains(where: { $0 < name }), isOneKind(head, name)
        {
            let number = named(name, &memory)
            entities[name] = number
            note(phrase, number, &memory)
            return number
        }
        return nominal(phrase, &memory)
    }

    /// The entity already named by an apposition's governor, by "known as", or by the subject of "is".
    private func identified(_ head: Int) -> Int? {
        guard let up = graph.head(head) else { return subjectOfCopula(head) }
        if graph.relation(head) == "appos", let number = entities[up], isOneKind(up, head) { return number }
        if graph.preposition(head) == "as", references.is(graph.lemma(up), "naming"), let noun = graph.head(up),
            let number = entities[noun]
        {
            return number
        }
        return subjectOfCopula(head)
    }

    private func subjectOfCopula(_ head: Int) -> Int? {
        guard graph.children(head, "cop").contains(where: { graph.lemma($0) == "be" }),
            let subject = graph.children(head, "nsubj").first, let number = entities[subject],
            isDefinite(head) || role(at: head) != nil, isOneKind(subject, head),
            !graph.children(head, "advmod").contains(where: {
                ["not", "n't"].contains(graph.token($0).form.lowercased())
            })
        else { return nil }
        return number
    }

    /// A person is no ministry, and one is not several.
    private func isOneKind(_ one: Int, _ other: Int) -> Bool {
        let names = [one, other].map { i in graph.sentence.names.first { $0.tokens.contains(i) }?.type }
        if let left = names[0], let right = names[1], (left == .person) != (right == .person) { return false }
        func isBody(_ i: Int) -> Bool { references.is(graph.lemma(i), "body") }
        if names[0] == .person && isBody(other) || names[1] == .person && isBody(one) { return false }
        return isPlural(one) == isPlural(other) || names.contains { $0 == .organisation || $0 == .group }
    }

    func isPlural(_ i: Int) -> Bool { graph.token(i).feats.contains("Number=Plur") }

    func isDefinite(_ head: Int) -> Bool {
        graph.children(head, "det").contains {
            ["the", "this", "that", "these", "those", "both"].contains(form($0).lowercased())
        }
    }

    /// What is called by an entity's name or noun is noted with it.
    private func note(_ phrase: NounPhrase, _ number: Int, _ memory: inout ActorMemory) {
        let actor = found.last { $0.head == phrase.head && $0.kind != .pronoun }
        memory.coreference.update(number) { entity in
            if phrase.form == .named {
                entity.names.insert(Coreference.fold(key(nameRange(phrase.head))))
            } else {
                entity.heads.insert(graph.lemma(phrase.head))
                if entity.gender == nil { entity.gender = references.gender(graph.lemma(phrase.head)) }
                if graph.token(phrase.head).feats.contains("Number=Sing"), role(at: phrase.head) != nil,
                    !references.is(graph.lemma(phrase.head), "body"), entity.type == .thing
                {
                    entity.type = .person
                }
            }
            if entity.code.body == nil, let code = actor?.code, code.body != nil { entity.code = code }
            if entity.type == .person, let title = role(at: phrase.head)?.phrase, let office = office(title) {
                entity.offices.insert(office)
            }
        }
        if phrase.form == .named, personal(phrase.head) { notePerson(phrase, number, &memory) }
        if phrase.form == .named {
            memory.coreference.alias(Coreference.fold(key(nameRange(phrase.head))), for: number)
        }
    }

    private func personal(_ head: Int) -> Bool {
        graph.sentence.names.contains { $0.type == .person && $0.tokens.contains(head) }
    }

    /// A person's name tells who the title before it is: "Chief of Army Staff Gen Raheel Sharif".
    private func notePerson(_ phrase: NounPhrase, _ number: Int, _ memory: inout ActorMemory) {
        let range = nameRange(phrase.head)
        let words = personWords(range)
        let actor = found.last { $0.tokens == range && $0.kind == .person }
        memory.coreference.update(number) { entity in
            if entity.type == .thing || entity.type == .person {
                entity.type = .person
                entity.name = actor?.name ?? key(range)
            }
            entity.names.insert(words.joined(separator: " "))
            entity.offices.formUnion(offices(of: actor))
        }
        memory.coreference.noteSurname(words, of: number)
    }

    /// Offices that the lexicon has of a person on the report's day.
    private func offices(of actor: ActorMention?) -> [String] {
        guard let actor, actor.kind == .person, date != nil else { return [] }
        return lexicon.readings(actor.name).filter { $0.kind == .person && $0.holds(on: date) }.compactMap {
            office($0.detail)
        }
    }

    /// The tokens of the name around a head.
    private func nameRange(_ head: Int) -> Range<Int> {
        if let actor = found.first(where: { $0.head == head && $0.kind != .role && $0.kind != .pronoun }) {
            return actor.tokens
        }
        if let name = graph.sentence.names.first(where: { $0.tokens.contains(head) && syntacticHead($0.tokens) == head }
        ) {
            return name.tokens
        }
        // "Gen Raheel": the title is the head.
        let flat = graph.children(head, "flat")
        if let name = graph.sentence.names.first(where: { flat.contains(syntacticHead($0.tokens)) }) {
            return name.tokens
        }
        var low = head
        while low > 0, graph.head(low - 1) == head, ["compound", "flat", "amod"].contains(graph.relation(low - 1)),
            graph.token(low - 1).form.first?.isUppercase ?? false
        { low -= 1 }
        var high = head
        while high + 1 < graph.sentence.tokens.count, graph.head(high + 1) == head, graph.relation(high + 1) == "flat" {
            high += 1
        }
        return low..<high + 1
    }

    /// The entity of a name.
    private func named(_ head: Int, _ memory: inout ActorMemory) -> Int {
        let range = nameRange(head)
        let text = Coreference.fold(key(range))
        let actor = found.last { $0.tokens == range && $0.kind != .role && $0.kind != .pronoun }
        let type = graph.sentence.names.first { $0.tokens.overlaps(range) }?.type
        let number: Int
        if type == .person && actor?.kind != .country && actor?.kind != .organisation || actor?.kind == .person {
            number = personEntity(range, actor, &memory)
        } else {
            number = bodyEntity(text, range, actor, type, &memory)
        }
        memory.coreference.update(number) { entity in
            entity.names.insert(text)
            let isGuess = actor?.rule == Self.wordsOfName && entity.code.body != nil
            if let code = actor?.code, code.body != nil, !isGuess { entity.code = code }
            if let name = actor?.name, actor?.kind != .country {
                if name.count > entity.name.count { entity.name = name }
                if actor?.kind == .organisation { entity.names.insert(Coreference.fold(name)) }
            }
        }
        return number
    }

    private func personEntity(_ range: Range<Int>, _ actor: ActorMention?, _ memory: inout ActorMemory) -> Int {
        let words = personWords(range)
        let canonical = actor.map { Coreference.fold($0.name) } ?? words.joined(separator: " ")
        let titles = graph.children(syntacticHead(range), "nmod", "compound", "flat").map(graph.lemma)
        let gender = (range.map { form($0) } + titles).lazy.compactMap(references.gender).first
        var number = memory.coreference.entity(key: "person " + canonical)
        if number == nil, let known = memory.coreference.person(words),
            memory.coreference.entities[known].type == .person,
            gender == nil || (memory.coreference.entities[known].gender ?? gender) == gender
        {
            number = known
        }
        if number == nil {
            number = memory.coreference.make(
                Coreference.Entity(name: key(range), type: .person), key: "person " + canonical)
        }
        guard let number else { return 0 }
        memory.coreference.update(number) {
            if $0.gender == nil { $0.gender = gender }
            $0.names.insert(words.joined(separator: " "))
            $0.names.insert(canonical)
            $0.offices.formUnion(offices(of: actor))
        }
        memory.coreference.noteSurname(words, of: number)
        if actor?.kind == .person {
            memory.coreference.noteSurname(canonical.split(separator: " ").map(String.init), of: number)
        }
        return number
    }

    /// Words of a person's name without titles.
    private func personWords(_ range: Range<Int>) -> [String] {
        let words = range.map { Coreference.fold(form($0)) }
        let bare = words.drop {
            $0.hasSuffix(".") && $0.count > 2 || lexicon.sector(ofRole: $0) != nil || references.is($0, "title")
        }
        return bare.isEmpty ? words : Array(bare)
    }

    private func bodyEntity(
        _ text: String, _ range: Range<Int>, _ actor: ActorMention?, _ type: NameType?, _ memory: inout ActorMemory
    ) -> Int {
        let readings = lexicon.readings(key(range))
        var key = text
        var entity = Coreference.Entity(name: actor?.name ?? self.key(range), type: .thing)
        entity.code = actor?.code ?? ActorCode(nil)
        let isBody = actor?.kind == .organisation && actor?.code.body != nil
        entity.type =
            type == .place && !isBody ? .place : type == .organisation || actor != nil ? .organisation : .thing
        if let actor, let body = actor.code.body, actor.kind == .country {
            if isPlural(actor.head), readings.contains(where: { $0.kind == .demonym }) {
                key = "people " + text
                entity.type = .group
                entity.isPlural = true
            } else if !(actor.isPlace && readings.contains { $0.kind == .capital }) {
                key = "state " + body
                entity.noun = "state"
            }
        } else if let actor, actor.kind == .organisation {
            key = Coreference.fold(actor.name)
            entity.noun = readings.first { $0.code == actor.code }?.detail ?? ""
        }
        if let known = memory.coreference.entity(key: key) ?? memory.coreference.entity(key: text) { return known }
        if actor == nil || actor?.code.body == nil || actor?.rule == Self.wordsOfName,
            let known = shortened(text, memory) ?? memory.coreference.misspelt([text])
        {
            memory.coreference.alias(key, for: known)
            return known
        }
        let number = memory.coreference.make(entity, key: key)
        memory.coreference.alias(text, for: number)
        return number
    }

    /// An organisation called by its initials or by the last words of its name.
    func shortened(_ text: String, _ memory: ActorMemory) -> Int? {
        let words = text.split(separator: " ").drop { $0 == "the" }
        return memory.coreference.entities.indices.reversed().first { number in
            let entity = memory.coreference.entities[number]
            guard entity.type == .organisation else { return false }
            return entity.names.contains { name in
                let parts = name.split(separator: " ").filter { !["of", "the", "for", "and", "'s", "-"].contains($0) }
                guard parts.count > 1 else { return false }
                if words.count == 1, text.count > 1, text.count == parts.count {
                    return zip(text, parts).allSatisfy { $0 == $1.first }
                }
                return parts.count > words.count && parts.suffix(words.count) == words
            }
        }
    }

    /// The entity of a common noun: one called so before, else a new one.
    private func nominal(_ phrase: NounPhrase, _ memory: inout ActorMemory) -> Int {
        let head = phrase.head
        let lemma = graph.lemma(head)
        let actor = found.last { $0.head == head && $0.kind != .pronoun }
        if let meant = found.first(where: { $0.head == head && $0.kind == .pronoun })?.entity { return meant }
        let owned = !graph.children(head, full: "nmod:poss").isEmpty
        let office = isPlural(head) ? nil : role(at: head).flatMap { self.office($0.phrase) }
        if let office, isDefinite(head) || owned, let body = actor?.code.body,
            let known = memory.coreference.latest(where: {
                $0.type == .person && $0.offices.contains(office) && $0.code.body == body
            })
        {
            note(phrase, known, &memory)
            return known
        }
        if isDefinite(head) || owned,
            let known = memory.coreference.recents.last(where: { recent in
                guard recent.entity >= 0 else { return false }
                let entity = memory.coreference.entities[recent.entity]
                return entity.heads.contains(lemma) && entity.isPlural == isPlural(head)
                    && (actor?.code.body == nil || entity.code.body == nil || entity.code.body == actor?.code.body)
                    && (office.map { entity.offices.isEmpty || entity.offices.contains($0) } ?? true)
            })?.entity
        {
            note(phrase, known, &memory)
            return known
        }
        var entity = Coreference.Entity(name: key(phrase.tokens), type: type(ofNoun: head, actor))
        entity.isPlural = isPlural(head)
        entity.heads = [lemma]
        entity.gender = references.gender(lemma)
        entity.code = actor?.code ?? ActorCode(nil)
        if entity.isPlural, entity.type == .person || entity.type == .organisation { entity.type = .group }
        return memory.coreference.make(entity, key: nil)
    }

    private func type(ofNoun head: Int, _ actor: ActorMention?) -> EntityType {
        let lemma = graph.lemma(head)
        if references.is(lemma, "body") || references.standsFor(lemma) != nil { return .organisation }
        if references.gender(lemma) != nil { return .person }
        return lexicon.sector(ofRole: lemma) != nil || actor != nil || references.is(lemma, "person") ? .person : .thing
    }

    /// "Chile and Peru" is remembered as one when its last part has been read.
    private func noteCoordination(_ head: Int, _ memory: inout ActorMemory) {
        guard graph.relation(head) == "conj", var first = graph.head(head) else { return }
        while graph.relation(first) == "conj", let up = graph.head(first) { first = up }
        let heads = graph.conjuncts(first).filter { $0 <= head }
        let members = heads.compactMap { entities[$0] }
        guard first < head, members.count == heads.count, Set(members).count > 1 else { return }
        memory.coreference.recordCoordination(members, first: first, last: head, sentence: index, graph)
    }

    // MARK: - Pronouns

    /// Resolves a pronoun; false when its antecedent may still come.
    mutating func refer(_ phrase: NounPhrase, _ memory: inout ActorMemory) -> Bool {
        guard let pronoun = references.pronoun(form(phrase.head).lowercased()) else {
            alone(phrase, &memory)
            return true
        }
        guard pronoun.person == 3 else { return false }
        guard let recent = antecedent(phrase.head, pronoun, memory, mayLookAhead: true) else { return false }
        take(recent, phrase, &memory)
        return true
    }

    /// Pronouns that wait for the whole sentence: of the speaker, or before the name they stand for.
    mutating func referLate(_ phrase: NounPhrase, _ memory: inout ActorMemory) {
        guard let pronoun = references.pronoun(form(phrase.head).lowercased()) else { return }
        guard pronoun.person == 3 else {
            let number = participant(phrase.head, pronoun, &memory)
            add(phrase, number, &memory)
            return
        }
        if let recent = antecedent(phrase.head, pronoun, memory, mayLookAhead: false) {
            take(recent, phrase, &memory)
        } else {
            alone(phrase, &memory, pronoun)
        }
    }

    /// The store is lent for the search only, so that no copy of it is made when the mention is added.
    private func antecedent(
        _ head: Int, _ pronoun: ReferenceLexicon.Pronoun, _ memory: ActorMemory, mayLookAhead: Bool
    ) -> Coreference.Recent? {
        let resolver = PronounResolver(
            graph: graph, sentence: index, store: memory.coreference, references: references)
        if mayLookAhead, resolver.looksAhead(head) { return nil }
        return resolver.antecedent(of: head, pronoun)
    }

    private mutating func take(_ recent: Coreference.Recent, _ phrase: NounPhrase, _ memory: inout ActorMemory) {
        let number = recent.entity >= 0 ? recent.entity : memory.coreference.group(recent.members)
        let gender = references.pronoun(form(phrase.head).lowercased())?.gender
        memory.coreference.update(number) { if $0.gender == nil { $0.gender = gender } }
        add(phrase, number, &memory)
    }

    /// A mention of its own: "someone", or a pronoun without antecedent.
    private mutating func alone(
        _ phrase: NounPhrase, _ memory: inout ActorMemory, _ pronoun: ReferenceLexicon.Pronoun? = nil
    ) {
        var entity = Coreference.Entity(name: key(phrase.tokens), type: pronoun?.gender == nil ? .thing : .person)
        entity.isPlural = pronoun?.isPlural ?? false
        entity.gender = pronoun?.gender
        if entity.isPlural { entity.type = .group }
        let number = memory.coreference.make(entity, key: nil)
        entities[phrase.head] = number
        record(phrase, number, &memory)
    }

    /// Adds a pronoun's mention to its entity, and to the actors when the entity is one.
    private mutating func add(_ phrase: NounPhrase, _ number: Int, _ memory: inout ActorMemory) {
        entities[phrase.head] = number
        record(phrase, number, &memory)
        let entity = memory.coreference.entities[number]
        let parts = entity.members.isEmpty ? [entity] : entity.members.map { memory.coreference.entities[$0] }
        for part in parts where part.code.body != nil {
            found.append(
                ActorMention(
                    code: part.code, name: part.code.body.flatMap(stateName) ?? part.name, kind: .pronoun,
                    tokens: phrase.head..<phrase.head + 1, head: phrase.head, sentence: index,
                    span: graph.token(phrase.head).span,
                    isModifier: graph.token(phrase.head).relation == "nmod:poss", rule: "pronoun"))
            found[found.count - 1].entity = number
        }
    }

    // MARK: - Who speaks

    /// The entity of "I", "we" or "you".
    private func participant(_ i: Int, _ pronoun: ReferenceLexicon.Pronoun, _ memory: inout ActorMemory) -> Int {
        let speaker = speakerEntity(i, &memory)
        if pronoun.person == 1, pronoun.isPlural != true { return speaker }
        let other = pronoun.person == 2 ? memory.addressee : nil
        if let other { return other }
        let key = pronoun.person == 2 ? "you" : "we of \(speaker)"
        if let known = memory.coreference.entity(key: key) { return known }
        var entity = Coreference.Entity(name: pronoun.person == 2 ? "you" : "we", type: .group)
        entity.isPlural = pronoun.person == 1
        if pronoun.person == 1 { entity.code = memory.coreference.entities[speaker].code }
        return memory.coreference.make(entity, key: key)
    }

    private func speakerEntity(_ i: Int, _ memory: inout ActorMemory) -> Int {
        if let sayer = sayer(of: i) {
            memory.lastSayer = (sayer, index)
            return sayer
        }
        if let speaker { return memory.speakerEntity(speaker) }
        if let last = memory.lastSayer, index - last.sentence <= 3 { return last.entity }
        return memory.speakerEntity("the author")
    }

    /// Who says the clause that a token stands in.
    private func sayer(of i: Int) -> Int? {
        var at = i
        var steps = 0
        while steps < 30 {
            let cues = graph.children(at, "parataxis").filter(isCue)
            if let number = cues.lazy.compactMap({ subjectEntity($0) }).first { return number }
            guard let up = graph.head(at) else { return nil }
            if ["ccomp", "parataxis"].contains(graph.relation(at)), isCue(up), let number = subjectEntity(up) {
                return number
            }
            at = up
            steps += 1
        }
        return nil
    }

    private func isCue(_ i: Int) -> Bool { graph.isVerb(i) && knowledge.cues.stance(graph.lemma(i), "v") != nil }

    private func subjectEntity(_ verb: Int) -> Int? {
        graph.children(verb, "nsubj").first.flatMap { subject in
            phrases[subject]?.form == .pronoun && references.pronoun(form(subject).lowercased())?.person != 3
                ? nil : entities[subject]
        }
    }
}
