import DyadCodebook
import DyadCore
import Foundation

/// The mentions of one sentence.
struct ActorSentence {
    let graph: SyntaxGraph
    let index: Int
    let lexicon: ActorLexicon
    let gazetteer: Gazetteer
    let date: CalendarDate?
    /// Names of peoples and armed groups, for the name layer.
    private(set) var groups: [Name] = []
    private var found: [ActorMention] = []
    private var taken: [Bool]

    init(graph: SyntaxGraph, index: Int, lexicon: ActorLexicon, gazetteer: Gazetteer, date: CalendarDate?) {
        self.graph = graph
        self.index = index
        self.lexicon = lexicon
        self.gazetteer = gazetteer
        self.date = date
        taken = [Bool](repeating: false, count: graph.sentence.tokens.count)
    }

    mutating func mentions(_ memory: inout ActorMemory) -> [ActorMention] {
        findNames(&memory)
        findUnknownNames(&memory)
        findRoles(&memory)
        findPronouns(&memory)
        found.sort { ($0.tokens.lowerBound, $0.tokens.upperBound) < ($1.tokens.lowerBound, $1.tokens.upperBound) }
        for mention in found { memory.note(mention) }
        noteAntecedents(&memory)
        return found
    }

    // MARK: - Names in the lexicon

    private func form(_ i: Int) -> String { graph.token(i).form.replacingOccurrences(of: "’", with: "'") }

    private func key(_ range: Range<Int>) -> String { range.map(form).joined(separator: " ") }

    private mutating func findNames(_ memory: inout ActorMemory) {
        let count = graph.sentence.tokens.count
        var i = 0
        while i < count {
            let longest = lexicon.longestName(from: form(i))
            var matched = false
            for length in stride(from: min(longest, count - i), to: 0, by: -1) {
                let range = i..<i + length
                let readings = lexicon.readings(key(range))
                guard !readings.isEmpty, let reading = choose(readings, range) else { continue }
                add(reading, range, &memory)
                i += length
                matched = true
                break
            }
            if !matched { i += 1 }
        }
    }

    /// The reading that fits the date and the words around it.
    private func choose(_ readings: [ActorReading], _ range: Range<Int>) -> ActorReading? {
        let name = graph.sentence.names.first { $0.tokens.overlaps(range) }
        var fitting = readings.filter { fits($0, range, name) }
        if fitting.isEmpty { return nil }
        let dated = fitting.filter { $0.holds(on: date) }
        if !dated.isEmpty { fitting = dated } else if date != nil { return fitting.first { $0.kind != .person } }
        // Acronyms of one letter case with several readings: the first line of the file is the commonest.
        return fitting.min { rank($0) < rank($1) }
    }

    private func rank(_ reading: ActorReading) -> Int {
        switch reading.kind {
        case .organisation: 0
        case .country: 1
        case .demonym: 2
        case .metonym: 3
        case .person: 4
        case .capital: 5
        case .generic: 6
        }
    }

    private func fits(_ reading: ActorReading, _ range: Range<Int>, _ name: Name?) -> Bool {
        let isCapital = graph.token(range.lowerBound).form.first?.isUppercase ?? false
        if !isCapital, reading.kind != .generic { return false }
        // "its neighbours", "allies": a collective without a name is no actor of its own.
        if reading.kind == .generic, reading.code.body == "IMG" { return false }
        guard let name, name.tokens.count > range.count, name.tokens.lowerBound <= range.lowerBound,
            name.tokens.upperBound >= range.upperBound
        else {
            // A surname that the tagger took for nothing or for a place is no person.
            if reading.kind == .person, range.count == 1 { return name?.type == .person }
            let looksLikePerson =
                name?.type == .person && name?.tokens == range && reading.kind != .person && reading.kind != .generic
            return !looksLikePerson || !lexicon.ambiguous.contains(key(range))
        }
        switch (name.type, reading.kind) {
        case (.person, .person):
            // "Reggie Bush" is not the president: the given name has to be one of his.
            return reading.name.contains(form(name.tokens.lowerBound)) || range.count > 1
        case (.person, _): return false
        case (.organisation, .country), (.organisation, .demonym), (.organisation, .capital): return false
        default: return true
        }
    }

    private mutating func add(_ reading: ActorReading, _ range: Range<Int>, _ memory: inout ActorMemory) {
        let head = syntacticHead(range)
        for i in range { taken[i] = true }
        let kind: ActorKind =
            switch reading.kind {
            case .organisation, .generic: .organisation
            case .person: .person
            default: .country
            }
        let relation = graph.relation(head)
        let isModifier =
            reading.kind == .demonym && ["amod", "compound"].contains(relation)
            || graph.token(head).relation == "nmod:poss" || ["compound"].contains(relation)
        found.append(
            ActorMention(
                code: reading.code, name: reading.name, kind: kind, tokens: range, head: head, sentence: index,
                span: graph.sentence.span(of: range), isModifier: isModifier,
                isPlace: isPlace(reading, head), rule: "\(reading.file):\(reading.line)"))
        if reading.kind == .demonym || reading.detail == "armed-group" || reading.detail == "party" {
            groups.append(Name(type: .group, tokens: range))
        }
        if reading.kind == .person { memory.people[form(range.upperBound - 1)] = (reading.code, reading.name) }
        if reading.detail == "armed-group" { memory.armedGroup = (reading.code, reading.name) }
        learnAbbreviation(range, reading.code, reading.name, &memory)
    }

    /// "Kurdistan Workers' Party (PKK)", "Islamic State (also known as Da'ish)".
    private func learnAbbreviation(_ range: Range<Int>, _ code: ActorCode, _ name: String, _ memory: inout ActorMemory)
    {
        let next = range.upperBound
        guard next + 1 < graph.sentence.tokens.count, form(next) == "(" else { return }
        let short = form(next + 1)
        if short.count >= 2, short == short.uppercased(), short.first?.isLetter == true {
            memory.abbreviations[short] = (code, name)
        }
    }

    /// The token of a range whose head lies outside it.
    private func syntacticHead(_ range: Range<Int>) -> Int {
        range.first { i in graph.head(i).map { !range.contains($0) } ?? true } ?? range.upperBound - 1
    }

    private static let placePrepositions: Set<String> = [
        "in", "at", "near", "across", "inside", "outside", "throughout", "around", "through", "off", "within", "via",
        "along", "above", "beyond",
    ]

    private func isPlace(_ reading: ActorReading, _ head: Int) -> Bool {
        guard [.country, .capital].contains(reading.kind), let preposition = graph.preposition(head) else {
            return false
        }
        return Self.placePrepositions.contains(preposition)
    }

    // MARK: - Names in no lexicon

    private mutating func findUnknownNames(_ memory: inout ActorMemory) {
        for name in graph.sentence.names where !name.tokens.contains(where: { taken[$0] }) || name.type == .organisation
        {
            if found.contains(where: {
                $0.tokens.contains(name.tokens.lowerBound) && $0.tokens.contains(name.tokens.upperBound - 1)
            }) {
                continue
            }
            switch name.type {
            case .person: addPerson(name.tokens, &memory)
            case .organisation: addOrganisation(name.tokens, &memory)
            default: break
            }
        }
    }

    private mutating func addPerson(_ range: Range<Int>, _ memory: inout ActorMemory) {
        let head = syntacticHead(range)
        let surname = form(range.upperBound - 1)
        let full = key(range)
        var code = ActorCode(nil)
        var rule = "name of no lexicon"
        if let known = memory.people[surname],
            known.name.split(separator: " ").contains(where: { full.contains($0) }) || range.count == 1
        {
            code = known.code
            rule = "learned earlier in the report"
        }
        if code.body == nil, let role = titleOrApposition(head, range, memory) {
            code = role
            rule = "title or apposition"
        }
        if code.body != nil || code.sector != nil { memory.people[surname] = (code, full) }
        for i in range { taken[i] = true }
        found.append(
            ActorMention(
                code: code, name: full, kind: code == ActorCode(nil) ? .unknown : .person, tokens: range, head: head,
                sentence: index, span: graph.sentence.span(of: range), rule: rule))
    }

    /// The role in "Foreign Minister X", "X, the Turkish foreign minister", "X, chief of NACTA".
    private func titleOrApposition(_ head: Int, _ range: Range<Int>, _ memory: ActorMemory) -> ActorCode? {
        var candidates = graph.children(head, "appos", "compound", "nmod")
        if let up = graph.head(head), ["appos", "flat"].contains(graph.relation(head)) { candidates.append(up) }
        candidates.append(head)
        for i in range { candidates += graph.children(i, "appos") }
        for noun in candidates where !range.contains(noun) || noun == head {
            if let role = role(at: noun), let code = code(ofRole: role, noun, memory, exclude: range) { return code }
        }
        return nil
    }

    private mutating func addOrganisation(_ range: Range<Int>, _ memory: inout ActorMemory) {
        let head = syntacticHead(range)
        var code = ActorCode(nil)
        if let known = memory.abbreviations[key(range)] { code = known.code }
        if code.body == nil {
            let country = range.compactMap { i in
                found.first { $0.tokens.contains(i) && $0.kind == .country }?.code.body ?? countryReading(i)
            }.first
            let sector = range.reversed().compactMap { lexicon.sector(ofRole: form($0).lowercased()) }.first
            code = ActorCode(country ?? nationality(head, exclude: range)?.body, sector: sector)
        }
        let kind: ActorKind = code == ActorCode(nil) ? .unknown : .organisation
        found.removeAll { range.contains($0.tokens.lowerBound) }
        for i in range { taken[i] = true }
        found.append(
            ActorMention(
                code: code, name: key(range), kind: kind, tokens: range, head: head, sentence: index,
                span: graph.sentence.span(of: range), isModifier: graph.relation(head) == "compound",
                rule: "words of the name"))
        if code != ActorCode(nil) { learnAbbreviation(range, code, key(range), &memory) }
    }

    private func countryReading(_ i: Int) -> String? {
        lexicon.readings(form(i)).first { [.country, .demonym].contains($0.kind) && $0.holds(on: date) }?.code.body
    }

    // MARK: - Roles

    /// The longest role phrase that ends at a noun: sector and words.
    private func role(at head: Int) -> (sector: String, tokens: Range<Int>, phrase: String)? {
        guard graph.token(head).upos == "NOUN" || graph.token(head).upos == "PROPN" || graph.token(head).upos == "ADJ"
        else { return nil }
        for length in stride(from: min(lexicon.longestRole, head + 1), to: 0, by: -1) {
            let range = head - length + 1..<head + 1
            let words = range.map { i in i == head ? graph.lemma(i) : form(i).lowercased() }
            let phrase = words.joined(separator: " ")
            if let sector = lexicon.sector(ofRole: phrase) { return (sector, range, phrase) }
            if length == 1, let sector = lexicon.sector(ofRole: form(head).lowercased()) {
                return (sector, range, form(head).lowercased())
            }
        }
        return nil
    }

    private mutating func findRoles(_ memory: inout ActorMemory) {
        for head in graph.sentence.tokens.indices where !taken[head] {
            if let both = collective(head, memory) {
                found += both
                taken[head] = true
                continue
            }
            guard let role = role(at: head), graph.relation(head) != "compound" || graph.token(head).upos == "PROPN"
            else { continue }
            let code = code(ofRole: role, head, memory, exclude: nil) ?? fallback(role, head, memory)
            let people = graph.children(head, "flat", "appos").compactMap { i in
                found.first { $0.tokens.contains(i) && $0.kind == .person }
            }
            let resolved = people.first { $0.code.body != nil && code.body == nil }?.code ?? code
            if let body = resolved.body { memory.roles[role.phrase] = ActorCode(body, sector: resolved.sector) }
            learnPeople(head, resolved, &memory)
            for other in coOwners(head, of: resolved) {
                found.append(
                    ActorMention(
                        code: ActorCode(other, sector: resolved.sector), name: stateName(other) ?? key(role.tokens),
                        kind: .role, tokens: role.tokens, head: head,
                        sentence: index, span: graph.sentence.span(of: role.tokens),
                        rule: "role noun \(role.phrase) of several states"))
            }
            found.append(
                ActorMention(
                    code: resolved, name: resolved.body.flatMap(stateName) ?? key(role.tokens), kind: .role,
                    tokens: role.tokens, head: head, sentence: index,
                    span: graph.sentence.span(of: role.tokens), isModifier: graph.relation(head) == "compound",
                    rule: "role noun \(role.phrase)"))
        }
    }

    private func stateName(_ body: String) -> String? { lexicon.countries[body]?.name }

    /// The other states of a role that belongs to several: "ministers from Ghana, Togo and Benin", "Chadian and Sudanese
    /// officials".
    private func coOwners(_ head: Int, of code: ActorCode) -> [String] {
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
    private mutating func learnPeople(_ head: Int, _ code: ActorCode, _ memory: inout ActorMemory) {
        guard code.body != nil else { return }
        for i in found.indices
        where found[i].kind == .unknown || (found[i].kind == .person && found[i].code.body == nil) {
            let person = found[i].head
            let attached =
                graph.head(person) == head && ["flat", "appos", "compound"].contains(graph.relation(person))
                || graph.head(head) == person && ["appos", "compound", "flat"].contains(graph.relation(head))
            guard attached, graph.sentence.names.contains(where: { $0.type == .person && $0.tokens == found[i].tokens })
            else { continue }
            found[i].code = code
            found[i].kind = .person
            found[i].rule = "title or apposition"
            memory.people[form(found[i].tokens.upperBound - 1)] = (code, found[i].name)
        }
    }

    /// A role with the state or organisation it belongs to.
    private func code(
        ofRole role: (sector: String, tokens: Range<Int>, phrase: String), _ head: Int, _ memory: ActorMemory,
        exclude: Range<Int>?
    ) -> ActorCode? {
        guard let owner = nationality(head, exclude: exclude) else { return nil }
        let isOrganisation = found.contains { $0.code == owner && $0.kind == .organisation && $0.code.sector == nil }
        return ActorCode(owner.body, sector: isOrganisation && role.sector == "GOV" ? nil : role.sector)
    }

    /// The state or organisation among the modifiers of a noun.
    private func nationality(_ head: Int, exclude: Range<Int>?) -> ActorCode? {
        var stack = [(head, 0)]
        var best: ActorCode?
        while let (at, depth) = stack.popLast() {
            for child in graph.children[at] where !(exclude?.contains(child) ?? false) {
                let relation = graph.relation(child)
                let full = graph.token(child).relation
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
    private func gazetteerCountry(_ index: Int) -> String? {
        let name = graph.sentence.names.first { $0.tokens.contains(index) && $0.type == .place }
        guard let name else { return nil }
        return gazetteer.places(key(name.tokens)).first?.country
    }

    /// A role without a state of its own: said before, owned by a pronoun, or where the sentence is set.
    private func fallback(
        _ role: (sector: String, tokens: Range<Int>, phrase: String), _ head: Int, _ memory: ActorMemory
    ) -> ActorCode {
        if graph.children(head, full: "nmod:poss").contains(where: {
            ["its", "their", "his", "her"].contains(graph.lemma($0))
                || ["its", "their", "his", "her"].contains(form($0).lowercased())
        }) {
            let owner = sentenceSubject() ?? memory.thing?.code ?? memory.person?.code
            if let body = owner?.body { return ActorCode(body, sector: role.sector) }
        }
        let definite = graph.children(head, "det").contains { form($0).lowercased() == "the" }
        if definite, ["REB", "UAF"].contains(role.sector) || role.phrase == "group" || role.phrase == "movement",
            let group = memory.armedGroup
        {
            return group.code
        }
        if let known = memory.roles[role.phrase] { return ActorCode(known.body, sector: role.sector) }
        let isDefinite = graph.children(head, "det").contains { form($0).lowercased() == "the" }
        if isDefinite || graph.token(head).upos == "PROPN",
            ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"].contains(role.sector), let home = memory.home
        {
            return ActorCode(home, sector: role.sector)
        }
        if let place = found.first(where: { $0.isPlace && $0.kind == .country }) {
            return ActorCode(place.code.body, sector: role.sector)
        }
        if isDefinite, memory.bodies.count == 1, let only = memory.bodies.first {
            return ActorCode(only.body, sector: role.sector)
        }
        return ActorCode(nil, sector: role.sector)
    }

    private func sentenceSubject() -> ActorCode? {
        found.first { $0.code.body != nil && graph.relation($0.head) == "nsubj" }?.code
    }

    private static let collectives: Set<String> = [
        "side", "country", "nation", "neighbour", "neighbor", "state", "party", "government", "ally", "capital",
        "rival", "minister", "leader", "delegation", "army", "president", "foe",
    ]

    /// "the two countries", "both sides": the two parties named last; "the country": the one named last.
    private func collective(_ head: Int, _ memory: ActorMemory) -> [ActorMention]? {
        let lemma = graph.lemma(head)
        guard Self.collectives.contains(lemma), graph.token(head).upos == "NOUN" else { return nil }
        let range = head..<head + 1
        func mention(_ body: String, _ name: String) -> ActorMention {
            ActorMention(
                code: ActorCode(body, sector: lexicon.sector(ofRole: lemma)), name: name, kind: .pronoun, tokens: range,
                head: head, sentence: index,
                span: graph.sentence.span(of: range), rule: "the parties named last")
        }
        let pair = graph.children[head].contains { ["two", "both", "2"].contains(graph.lemma($0)) }
        if pair {
            let here = found.filter { $0.kind == .country }.compactMap(\.code.body)
            if Set(here).count >= 2 { return nil }
            let parties = memory.bodies.suffix(2)
            return parties.count == 2 ? parties.map { mention($0.body, $0.name) } : nil
        }
        let isDefinite = graph.children(head, "det").contains { form($0).lowercased() == "the" }
        guard isDefinite, ["country", "nation"].contains(lemma), nationality(head, exclude: nil) == nil,
            let last = memory.thing,
            let body = last.code.body
        else { return nil }
        return [mention(body, last.name)]
    }

    // MARK: - Pronouns

    private mutating func findPronouns(_ memory: inout ActorMemory) {
        for i in graph.sentence.tokens.indices where graph.token(i).upos == "PRON" {
            let word = form(i).lowercased()
            let antecedent: (code: ActorCode, name: String)? =
                switch word {
                case "he", "she", "him", "his", "her": earlier(i, people: true) ?? memory.person
                case "it", "its": isExpletive(i) ? nil : earlier(i, people: false) ?? memory.thing
                case "they", "them", "their": earlier(i, people: false) ?? memory.thing
                default: nil
                }
            guard let antecedent, antecedent.code.body != nil else { continue }
            let range = i..<i + 1
            found.append(
                ActorMention(
                    code: antecedent.code, name: antecedent.name, kind: .pronoun, tokens: range, head: i,
                    sentence: index,
                    span: graph.sentence.span(of: range), isModifier: graph.token(i).relation == "nmod:poss",
                    rule: "pronoun"))
        }
    }

    private func isExpletive(_ i: Int) -> Bool { graph.relation(i) == "expl" }

    /// The nearest fitting mention before a pronoun in its own sentence; subjects first.
    private func earlier(_ i: Int, people: Bool) -> (code: ActorCode, name: String)? {
        let before = found.filter { mention in
            mention.tokens.upperBound <= i && mention.code.body != nil && mention.kind != .pronoun
                && (people ? mention.kind == .person || mention.kind == .role : mention.kind != .person)
                && !mention.isPlace
        }
        // An object is not its own subject: "the president telephoned the prime minister to thank him".
        let excluded =
            ["obj", "iobj", "obl"].contains(graph.relation(i))
            ? graph.head(i).map { Set(graph.surfaceSubjects($0)) } ?? [] : []
        let free = before.filter { !excluded.contains($0.head) && excluded.isDisjoint(with: $0.tokens) }
        let subjects = free.filter { graph.relation($0.head) == "nsubj" }
        if !excluded.isEmpty { return free.last { !$0.isModifier }.map { ($0.code, $0.name) } }
        return (subjects.last ?? before.last { !$0.isModifier }).map { ($0.code, $0.name) }
    }

    private func noteAntecedents(_ memory: inout ActorMemory) {
        let usable = found.filter { $0.code.body != nil && !$0.isPlace && !$0.isModifier }
        let subjects = usable.filter { graph.relation($0.head) == "nsubj" }
        if let person = subjects.first(where: { $0.kind == .person || $0.kind == .role })
            ?? usable.first(where: { $0.kind == .person })
        {
            memory.person = (person.code, person.name)
        }
        if let thing = subjects.first(where: { $0.kind == .country || $0.kind == .organisation || $0.kind == .role })
            ?? usable.first(where: { $0.kind == .country || $0.kind == .organisation })
        {
            memory.thing = (thing.code, thing.name)
        }
    }
}
