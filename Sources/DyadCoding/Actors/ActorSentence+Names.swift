import DyadCodebook
import DyadCore

extension ActorSentence {
    // MARK: - Names in the lexicon

    mutating func findNames(_ memory: inout ActorMemory) {
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
    func choose(_ readings: [ActorReading], _ range: Range<Int>) -> ActorReading? {
        let name = graph.sentence.names.first { $0.tokens.overlaps(range) }
        var fitting = readings.filter { fits($0, range, name) }
        if fitting.isEmpty { return nil }
        if date == nil, let title = title(before: range.lowerBound) {
            let titled = fitting.filter { $0.kind == .person && $0.code.sector == title.sector }
            if let own = titled.first(where: { $0.code.body == title.state }) ?? titled.first { return own }
        }
        let dated = fitting.filter { $0.holds(on: date) }
        if !dated.isEmpty {
            fitting = dated
        } else if date != nil {
            return fitting.first { $0.kind != .person && !$0.isOwn } ?? formerly(fitting, range)
        }
        // Acronyms of one letter case with several readings: the first line of the file is the commonest.
        return fitting.min { $0.rank < $1.rank }
    }

    /// Somebody whose office ended before the report's day still belongs to that state: "Tony Blair" in 2015.
    ///
    /// Full names only.
    private func formerly(_ fitting: [ActorReading], _ range: Range<Int>) -> ActorReading? {
        guard let date, range.count > 1 else { return nil }
        let month = date.year * 12 + date.month - 1
        let past = fitting.filter { $0.kind == .person && !$0.isOwn && $0.to.map { $0 <= month } ?? false }
        let titled = title(before: range.lowerBound)?.sector
        if let titled, let reading = past.last(where: { $0.code.sector == titled }) { return reading }
        // A state rather than the organisation that somebody served later.
        func rank(_ reading: ActorReading) -> (Int, Int) {
            (reading.code.body.map { lexicon.isState($0) } ?? false ? 1 : 0, reading.to ?? 0)
        }
        guard var latest = past.max(by: { rank($0) < rank($1) }) else { return nil }
        if latest.code.sector == "GOV" || latest.code.sector == "MIL" {
            latest.code = ActorCode(latest.code.body, sector: titled ?? "ELI")
        }
        return latest
    }

    /// The sector of the title right before a name and the state before that: they say which of a person's offices is
    /// meant when no date does ("Russian President Boris Yeltsin").
    private func title(before start: Int) -> (sector: String, state: String?)? {
        for length in [3, 2, 1] where start >= length {
            let title = (start - length..<start).map { form($0).lowercased() }.joined(separator: " ")
            guard let sector = lexicon.sector(ofRole: title) else { continue }
            return (sector, start > length ? countryReading(start - length - 1) : nil)
        }
        return nil
    }

    func fits(_ reading: ActorReading, _ range: Range<Int>, _ name: Name?) -> Bool {
        let isCapital = graph.token(range.lowerBound).form.first?.isUppercase ?? false
        if !isCapital, reading.kind != .generic { return false }
        if reading.isOwn { return true }
        // "visited Russia today" is no visit to Russia Today.
        if ["media", "company"].contains(reading.detail), range.contains(where: { isLowerCase($0) }) { return false }
        // "its neighbours", "allies": a collective without a name is no actor of its own.
        if reading.kind == .generic, reading.code.body == "IMG" { return false }
        guard let name, name.tokens.count > range.count, name.tokens.lowerBound <= range.lowerBound,
            name.tokens.upperBound >= range.upperBound
        else {
            // "the West" before "Bank": a place's name is no part of a region's.
            if reading.kind == .generic, let name, name.type == .place, name.tokens != range, name.tokens.count > 1 {
                return false
            }
            // A surname that the tagger took for nothing or for a place is no person.
            if reading.kind == .person, range.count == 1 {
                return name?.type == .person && isSamePerson(reading, range)
            }
            let looksLikePerson =
                name?.type == .person && name?.tokens == range && reading.kind != .person && reading.kind != .generic
            return !looksLikePerson || !lexicon.ambiguous.contains(key(range)) || isStateAfterAll(reading, range)
        }
        switch (name.type, reading.kind) {
        case (.person, .person):
            // "Reggie Bush" is not the president: the given name has to be one of his.
            return reading.name.contains(form(name.tokens.lowerBound)) || range.count > 1
        case (.person, _): return false
        // "the West Bank" has nothing of the West.
        case (.place, .generic): return false
        case (.organisation, .country), (.organisation, .demonym), (.organisation, .capital): return false
        default: return true
        }
    }

    private func isLowerCase(_ i: Int) -> Bool {
        form(i).count > 3 && (form(i).first?.isLowercase ?? false)
    }

    /// "Ghani" alone is not Ashraf Ghani in a report that has an Ihsan Ghani.
    private func isSamePerson(_ reading: ActorReading, _ range: Range<Int>) -> Bool {
        guard let full = fullNames[form(range.lowerBound)] else { return true }
        return full.contains { words in words.dropLast().contains { reading.name.contains($0) } }
    }

    /// "Chad", "Jordan", "Georgia" alone are states, whatever the tagger says, unless a title or a fuller name in the
    /// report shows a person.
    private func isStateAfterAll(_ reading: ActorReading, _ range: Range<Int>) -> Bool {
        guard reading.kind == .country, range.allSatisfy({ !personWords.contains(graph.token($0).form) }) else {
            return false
        }
        let head = syntacticHead(range)
        return !graph.children(head, "nmod", "flat", "compound", "appos").contains {
            graph.token($0).relation != "nmod:poss" && (role(at: $0) != nil || references.gender(form($0)) != nil)
        }
    }

    /// "Foreign Office", "Ministry of Defence": the office of the state beside it, of the report's own or of the only one
    /// in view; of the state it is famous for only when nothing speaks against it.
    private func owner(ofOffice reading: ActorReading, _ range: Range<Int>, _ memory: ActorMemory) -> ActorCode? {
        guard reading.detail == "organ", let famous = reading.country,
            let sector = lexicon.sector(ofRole: key(range).lowercased())
        else { return nil }
        let head = syntacticHead(range)
        if let owner = nationality(head, exclude: range)?.body { return ActorCode(owner, sector: sector) }
        let here = stateReadings().filter { !range.contains($0.index) }.map(\.body)
        if memory.home == famous || here.contains(famous) || found.contains(where: { $0.code.body == famous }) {
            return nil
        }
        // A state that the report names several times as often has an office of that name, too.
        let often = memory.counts[famous] ?? 0
        let title = key(range).lowercased()
        func has(_ state: String) -> Bool { lexicon.offices.isOrgan(title, of: state) }
        let rival = memory.counts.filter { $0.key != famous && has($0.key) }.max {
            ($0.value, $1.key) < ($1.value, $0.key)
        }
        if often > 0 {
            return rival.flatMap { $0.value >= 3 * often ? ActorCode($0.key, sector: sector) : nil }
        }
        if let home = memory.home, has(home) { return ActorCode(home, sector: sector) }
        let states = Set(memory.counts.keys).union(here).filter(has)
        if states.count == 1 { return states.first.map { ActorCode($0, sector: sector) } }
        let others = memory.counts.values.reduce(0, +)
        return rival.flatMap { 2 * $0.value > others && $0.value > 1 ? ActorCode($0.key, sector: sector) : nil }
    }

    /// States named by single words of the sentence.
    private func stateReadings() -> [(index: Int, body: String)] {
        graph.sentence.tokens.indices.compactMap { i in
            guard graph.token(i).upos == "PROPN" || graph.token(i).upos == "ADJ" else { return nil }
            return countryReading(i).map { (i, $0) }
        }
    }

    /// "Turkish" in "Turkish-backed fighters", but not in "Turkey armed fighters".
    private func isBacker(_ head: Int) -> Bool {
        guard let up = graph.head(head), up > head, up - head <= 2, graph.relation(up) == "amod" else { return false }
        return references.is(form(up).lowercased(), "backing")
            && ["compound", "obl", "nmod", "amod"].contains(graph.relation(head))
    }

    /// "Brussels said": the body seated there, unless the report speaks of the state, too.
    private func seated(_ reading: ActorReading, _ range: Range<Int>, _ memory: ActorMemory) -> ActorReading? {
        guard reading.kind == .capital || reading.kind == .metonym, let code = references.seat(key(range)),
            let body = reading.code.body, !memory.bodies.contains(where: { $0.body == body }),
            !isPlace(reading, syntacticHead(range)), let name = lexicon.readings(code).first
        else { return nil }
        return name
    }

    mutating func add(_ found: ActorReading, _ range: Range<Int>, _ memory: inout ActorMemory) {
        var reading = located(seated(found, range, memory) ?? found, range, &memory)
        if let code = owner(ofOffice: reading, range, memory) {
            reading.code = code
            reading.name = key(range)
        }
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
        self.found.append(
            ActorMention(
                code: reading.code, name: reading.name, kind: kind, tokens: range, head: head, sentence: index,
                span: graph.sentence.span(of: range), isModifier: isModifier,
                isPlace: isPlace(reading, head), rule: "\(reading.file):\(reading.line)"))
        self.found[self.found.count - 1].isBacker = isBacker(head)
        self.found[self.found.count - 1].isCollective = reading.kind == .generic
        if reading.kind == .demonym || reading.detail == "armed-group" || reading.detail == "party" {
            groups.append(Name(type: .group, tokens: range))
        }
        if reading.kind == .person {
            memory.note(person: reading.name, surname: form(range.upperBound - 1), reading.code)
        }
        learnAbbreviation(range, reading.code, reading.name, &memory)
    }

    /// "Tripoli, Lebanon": the state after the comma says which city is meant, there and in the rest of the report.
    private func located(_ reading: ActorReading, _ range: Range<Int>, _ memory: inout ActorMemory) -> ActorReading {
        guard reading.kind == .capital || reading.kind == .metonym else { return reading }
        let name = key(range)
        if let state = stateAfterComma(range.upperBound), state != reading.code.body,
            knowledge.gazetteer.places(name).contains(where: { $0.country == state })
        {
            memory.cities[name] = state
        }
        guard let state = memory.cities[name] else { return reading }
        var other = reading
        other.kind = .capital
        other.code = ActorCode(state)
        other.name = stateName(state) ?? name
        return other
    }

    /// The state whose name stands after a comma.
    private func stateAfterComma(_ comma: Int) -> String? {
        let count = graph.sentence.tokens.count
        guard comma + 1 < count, form(comma) == "," else { return nil }
        let longest = min(lexicon.longestName(from: form(comma + 1)), count - comma - 1)
        return stride(from: longest, to: 0, by: -1).lazy.compactMap { length in
            lexicon.readings(key(comma + 1..<comma + 1 + length)).first { $0.kind == .country && $0.holds(on: date) }?
                .code.body
        }.first
    }

    /// "Kurdistan Workers' Party (PKK)", "Islamic State (also known as Da'ish)".
    func learnAbbreviation(_ range: Range<Int>, _ code: ActorCode, _ name: String, _ memory: inout ActorMemory) {
        let next = range.upperBound
        guard next + 1 < graph.sentence.tokens.count, form(next) == "(" else { return }
        let short = form(next + 1)
        if short.count >= 2, short == short.uppercased(), short.first?.isLetter == true {
            memory.abbreviations[short] = (code, name)
        }
    }

    func isPlace(_ reading: ActorReading, _ head: Int) -> Bool {
        guard [.country, .capital].contains(reading.kind), let preposition = graph.preposition(head) else {
            return false
        }
        // "flew to Ankara": the city; "complained to Ankara": the government.
        if preposition == "to", reading.kind == .capital, let up = graph.head(head) {
            return references.is(graph.lemma(up), "motion")
        }
        if preposition == "of", let part = graph.head(head), references.is(graph.lemma(part), "part-of-place") {
            return references.is(graph.preposition(part) ?? "", "place-preposition")
        }
        return references.is(preposition, "place-preposition")
    }

    /// A people belongs to the state where the text says it lives: "the Albanians of southern Serbia".
    mutating func settlePeoples() {
        let states = Set(found.filter { $0.kind == .country }.compactMap(\.code.body))
        for i in found.indices {
            let isPeople =
                found[i].kind == .organisation && found[i].code.sector == "CVL" && found[i].isCollective
            guard isPeople || found[i].kind == .country && isPlural(found[i].head) && !found[i].isModifier else {
                continue
            }
            let places = graph.children(found[i].head, "nmod").filter {
                ["in", "of", "from"].contains(graph.preposition($0) ?? "")
            }
            let own = found[i].code.body
            let home = found.first { $0.kind == .country && places.contains($0.head) && $0.code.body != own }?.code.body
            if let state = home ?? (isPeople && states.count == 1 ? states.first : nil) {
                found[i].code = ActorCode(state, sector: "CVL")
            }
        }
    }

    // MARK: - Names in no lexicon

    mutating func findUnknownNames(_ memory: inout ActorMemory) {
        for name in graph.sentence.names where !name.tokens.contains(where: { taken[$0] }) || name.type == .organisation
        {
            if found.contains(where: {
                $0.tokens.contains(name.tokens.lowerBound) && $0.tokens.contains(name.tokens.upperBound - 1)
            }) {
                continue
            }
            switch name.type {
            case .person:
                if isOfficeName(name.tokens) {
                    addOrganisation(name.tokens, &memory)
                } else {
                    addPerson(name.tokens, &memory)
                }
            case .organisation: addOrganisation(name.tokens, &memory)
            case .place: addMisspeltPlace(name.tokens, &memory)
            default: break
            }
        }
    }

    /// "Minister of Communication": an office, not somebody's name.
    private func isOfficeName(_ range: Range<Int>) -> Bool {
        lexicon.sector(ofRole: form(range.lowerBound).lowercased()) != nil
            && range.contains { ["of", "for"].contains(form($0)) }
    }

    mutating func addPerson(_ range: Range<Int>, _ memory: inout ActorMemory) {
        if range.allSatisfy({ references.gender(form($0)) != nil && isTitle($0) }) { return }
        // "d'affaires": words in small letters are nobody's name.
        guard range.contains(where: { form($0).contains(where: \.isUppercase) }) else { return }
        let head = syntacticHead(range)
        let bare = withoutTitles(range)
        let surname = form(bare.upperBound - 1)
        let full = key(range)
        var code = ActorCode(nil)
        var rule = "name of no lexicon"
        if let known = memory.people[surname],
            bare.count == 1 || known.name.split(separator: " ").dropLast().contains(where: { full.contains($0) })
        {
            code = known.code
            rule = "learned earlier in the report"
        } else if bare.count == 1, range.count > 1, let known = memory.givenNames[surname] {
            code = known.code
            rule = "learned earlier in the report"
        } else if let reading = misspelt(bare, kinds: [.person]) {
            code = reading.code
            rule = "spelt like \(reading.file):\(reading.line)"
        }
        if code.body == nil, let role = titleOrApposition(head, range, memory) {
            code = role
            rule = "title or apposition"
        }
        if code.body != nil || code.sector != nil { memory.note(person: key(bare), surname: surname, code) }
        for i in range { taken[i] = true }
        found.append(
            ActorMention(
                code: code, name: full, kind: code == ActorCode(nil) ? .unknown : .person, tokens: range, head: head,
                sentence: index, span: graph.sentence.span(of: range), rule: rule))
    }

    /// A name without the titles before it: "Raheel" of "Gen Raheel".
    func withoutTitles(_ range: Range<Int>) -> Range<Int> {
        var low = range.lowerBound
        while low + 1 < range.upperBound, references.is(form(low).lowercased(), "title") { low += 1 }
        return low..<range.upperBound
    }

    /// The lexicon's reading of a long name that differs from the words in one letter.
    private func misspelt(_ range: Range<Int>, kinds: Set<ActorReading.Kind>) -> ActorReading? {
        let found = lexicon.misspelt(key(range)).filter { kinds.contains($0.kind) && $0.code.body != nil }
        return found.first { $0.holds(on: date) } ?? formerly(found, range)
    }

    /// "Afganistan": a place that nobody knows, one letter from a state.
    private mutating func addMisspeltPlace(_ range: Range<Int>, _ memory: inout ActorMemory) {
        guard knowledge.gazetteer.places(key(range)).isEmpty, let reading = misspelt(range, kinds: [.country]) else {
            return
        }
        add(reading, range, &memory)
        found[found.count - 1].rule = "spelt like \(reading.file):\(reading.line)"
    }

    /// The role in "Foreign Minister X", "X, the Turkish foreign minister", "X, chief of NACTA".
    func titleOrApposition(_ head: Int, _ range: Range<Int>, _ memory: ActorMemory) -> ActorCode? {
        var candidates = graph.children(head, "appos", "compound", "nmod")
        if let up = graph.head(head), ["appos", "flat"].contains(graph.relation(head)) { candidates.append(up) }
        candidates.append(head)
        for i in range { candidates += graph.children(i, "appos") }
        for noun in candidates where !range.contains(noun) || noun == head {
            if let role = role(at: noun), let code = code(ofRole: role, noun, memory, exclude: range) { return code }
        }
        return nil
    }

    mutating func addOrganisation(_ range: Range<Int>, _ memory: inout ActorMemory) {
        let head = syntacticHead(range)
        var code = ActorCode(nil)
        var name = key(range)
        if let known = memory.abbreviations[name] { (code, name) = known }
        if code.body == nil { code = codeOfWords(range, head) }
        if code.body == nil, let known = shortened(Coreference.fold(name), memory) {
            code = memory.coreference.entities[known].code
        }
        if code.body == nil, let sector = code.sector {
            // "the Minister of Communication": the office of the report's own state.
            code = fallback((sector, range, name.lowercased()), head, memory)
        }
        found.removeAll { range.contains($0.tokens.lowerBound) }
        for i in range { taken[i] = true }
        found.append(
            ActorMention(
                code: code, name: name, kind: code == ActorCode(nil) ? .unknown : .organisation, tokens: range,
                head: head, sentence: index, span: graph.sentence.span(of: range),
                isModifier: graph.relation(head) == "compound", rule: Self.wordsOfName))
        learnAbbreviation(range, code, name, &memory)
    }

    /// A name in no lexicon takes the state or body named inside it, else the one beside it, and its sector from its nouns:
    /// "Turkish Foreign Ministry", "United Nations mission".
    private func codeOfWords(_ range: Range<Int>, _ head: Int) -> ActorCode {
        let sector = range.reversed().lazy.compactMap {
            lexicon.sector(ofRole: form($0).lowercased()) ?? lexicon.sector(ofRole: graph.lemma($0))
        }.first
        let inner = found.filter { range.contains($0.tokens.lowerBound) && $0.code.body != nil }
        if let body = inner.first(where: { $0.kind == .organisation })?.code { return body }
        let country = inner.first { $0.kind == .country }?.code.body ?? range.lazy.compactMap(countryReading).first
        return ActorCode(country ?? nationality(head, exclude: range)?.body, sector: sector)
    }

    func countryReading(_ i: Int) -> String? {
        lexicon.readings(form(i)).first { [.country, .demonym, .capital].contains($0.kind) && $0.holds(on: date) }?.code
            .body
    }
}
