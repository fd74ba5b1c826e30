public import DyadCore

extension Brief {
    /// Makes the brief of a pair.
    ///
    /// - Parameters:
    ///   - events: what was coded, of this pair or more.
    ///   - dyad: the pair; both directions are covered.
    ///   - reports: what is known about the documents, for counting outlets.
    ///   - ledger: claims and registers of the pair; without them the brief derives from the events what it can.
    ///   - options: how much to show.
    public init(
        _ events: [Event], dyad: Dyad, reports: [Report] = [], ledger: BriefLedger? = nil,
        options: BriefOptions = BriefOptions()
    ) {
        let own = events.filter { dyad.holdsEitherWay($0) }
        let records = EventRecord.merge(own, reports: reports)
        var builder = BriefBuilder(records: records, options: options)
        let sections = builder.sections(besides: ledger)
        let registers = ledger.map { builder.registers($0) } ?? []
        let trend = builder.trend()
        self.init(
            dyad: dyad, sourceName: name(of: dyad.source, own), targetName: name(of: dyad.target, own),
            headline: numbers(records, own, reports), trend: trend, sections: sections, evidence: builder.evidence,
            registers: registers)
    }
}

/// Gathers the parts of a brief and numbers its sentences in the order in which they are first cited.
private struct BriefBuilder {
    let records: [EventRecord]
    let options: BriefOptions
    private(set) var evidence: [BriefEvidence] = []
    private var numbers: [EvidenceKey: Int] = [:]

    init(records: [EventRecord], options: BriefOptions) {
        self.records = records
        self.options = options
    }

    /// Main events, and the registers that no ledger holds.
    mutating func sections(besides ledger: BriefLedger?) -> [BriefSection] {
        let kept = Set((ledger?.registers ?? []).map(\.register.rawValue))
        var out = mainEvents()
        let registers: [(id: String, title: String, holds: (EventRecord) -> Bool)] = [
            ("visits", "Visits and meetings", { $0.lead.type == .consult }),
            ("agreements", "Agreements and promises", { $0.lead.type == .agree || $0.lead.factuality == .planned }),
            ("arms", "Arms transfers and military cooperation", { [options] in isArms($0, options.weaponWords) }),
            ("requests", "Requests", { $0.lead.type == .request }),
            ("accusations", "Accusations", { $0.lead.type == .accuse }),
        ]
        for register in registers where !kept.contains(register.id) {
            section(register.id, register.title, records.filter(register.holds), into: &out)
        }
        if ledger?.claims.isEmpty ?? true { claims(into: &out) }
        return out
    }

    /// Registers and claims of the ledger, each entry with the sentences behind it.
    mutating func registers(_ ledger: BriefLedger) -> [BriefRegister] {
        var out: [BriefRegister] = []
        for (register, title) in RegisterPhrase.titles {
            let own = ledger.registers.filter { $0.register == register }
            guard !own.isEmpty else { continue }
            let lines = own.suffix(options.linesPerSection).map { line($0, on: ledger.day) }
            out.append(
                BriefRegister(id: register.rawValue, title: title, lines: lines, more: own.count - lines.count))
        }
        let open = ledger.claims.filter { ["contested", "denied", "retracted", "unverified"].contains($0.status) }
        if !open.isEmpty {
            let lines = open.suffix(options.linesPerSection).map { line($0) }
            out.append(
                BriefRegister(
                    id: "claims", title: "Contested and unverified claims", lines: lines, more: open.count - lines.count
                ))
        }
        return out
    }

    private mutating func line(_ entry: RegisterEntry, on day: CalendarDate?) -> BriefLine {
        let date = entry.date.map { EventDate(value: $0, precision: "", basis: entry.dateBasis ?? "") }
        var cited: [Int] = []
        let told = [entry.statusStep].compactMap { $0 } + entry.steps
        for step in told where cited.count < options.sentencesPerEvent {
            let number = number(of: step)
            if !cited.contains(number) { cited.append(number) }
        }
        return BriefLine(
            id: entry.id, when: DateText.text(date), text: RegisterPhrase.text(entry), status: entry.status(on: day),
            evidence: cited.sorted())
    }

    private mutating func line(_ claim: BriefClaim) -> BriefLine {
        var stances: [String] = []
        var cited: [Int] = []
        for position in claim.positions {
            let stance = "\(position.holder) \(position.stance)"
            if !stances.contains(stance) { stances.append(stance) }
            guard position.span.count == 2, cited.count < options.sentencesPerEvent else { continue }
            let number = number(
                EvidenceKey(
                    document: position.document, span: Span(position.span[0], max(position.span[0], position.span[1]))),
                quote: position.text, publisher: position.outlet, published: nil, url: nil)
            if !cited.contains(number) { cited.append(number) }
        }
        return BriefLine(
            id: claim.id, when: "", text: "\(claim.proposition) (\(stances.joined(separator: "; ")))",
            status: claim.status, evidence: cited.sorted())
    }

    private mutating func number(of step: RegisterStatement) -> Int {
        number(
            EvidenceKey(document: step.document, span: step.span), quote: step.quote, publisher: step.publisher,
            published: step.published.flatMap { CalendarDate($0) }, url: nil)
    }

    /// Counts by month, or by year when the months are too many.
    mutating func trend() -> [BriefTrendRow] {
        let months = rows(.month)
        return months.count > options.monthsInTrend ? rows(.year) : months
    }

    private mutating func rows(_ period: SeriesPeriod) -> [BriefTrendRow] {
        var groups: [String: [EventRecord]] = [:]
        for record in records where counts(record) {
            guard let days = record.lead.days, periodName(days.first, period) == periodName(days.last, period) else {
                continue
            }
            groups[periodName(days.first, period), default: []].append(record)
        }
        return groups.keys.sorted().map { key in
            let group = groups[key] ?? []
            let strongest = group.enumerated().sorted {
                (-strength($0.element), $0.offset) < (-strength($1.element), $1.offset)
            }
            return BriefTrendRow(
                period: key, quads: quads(group), meanIntensity: meanIntensity(group),
                evidence: Set(strongest.prefix(3).map { number($0.element.lead) }).sorted())
        }
    }

    /// The weightiest events of each type, with their sentences.
    private mutating func mainEvents() -> [BriefSection] {
        var out: [BriefSection] = []
        for type in EventType.allCases {
            let own = records.filter { $0.lead.type == type && counts($0) }
            guard !own.isEmpty else { continue }
            let weighty = own.enumerated().sorted {
                (-weight($0.element), $0.offset) < (-weight($1.element), $1.offset)
            }
            let shown = weighty.prefix(options.mainEventsPerType).sorted { $0.offset < $1.offset }
            let items = shown.map { item($0.element, quote: true) }
            out.append(
                BriefSection(
                    id: "main \(type.rawValue)", title: type.rawValue, items: items, more: own.count - items.count))
        }
        return out
    }

    /// What is denied, contested or only alleged, with whoever says so.
    private mutating func claims(into out: inout [BriefSection]) {
        let contested = records.filter { $0.status == .contested || $0.status == .denied }
        section("contested", "Contested and denied", contested, into: &out)
        section("unverified", "Alleged only", records.filter { $0.status == .unverified }, into: &out)
    }

    private mutating func section(
        _ id: String, _ title: String, _ records: [EventRecord], into out: inout [BriefSection]
    ) {
        guard !records.isEmpty else { return }
        let items = records.prefix(options.linesPerSection).map { record in
            var item = item(record)
            if id == "contested" { item.text += denial(record) }
            if id == "arms" { item.text += amounts(record, options.weaponWords) }
            return item
        }
        out.append(BriefSection(id: id, title: title, items: items, more: records.count - items.count))
    }

    private mutating func item(_ record: EventRecord, quote: Bool = false) -> BriefItem {
        let lead = record.lead
        return BriefItem(
            id: lead.id, date: lead.dateOrPublication?.value, when: DateText.text(lead.dateOrPublication),
            type: lead.type, mode: lead.mode, text: EventPhrase.text(lead), quote: quote ? lead.text : nil,
            factuality: lead.factuality, status: record.status, outlets: record.outlets, evidence: cite(record))
    }

    /// Numbers of the sentences of a record: the lead's first, then one of each other document, denials before others.
    private mutating func cite(_ record: EventRecord) -> [Int] {
        var chosen = [record.lead]
        let others = record.tellings.filter(isDenial) + record.tellings
        for event in others where chosen.count < options.sentencesPerEvent {
            let isKnown = chosen.contains { $0.document == event.document && (!isDenial(event) || isDenial($0)) }
            if !isKnown { chosen.append(event) }
        }
        return Set(chosen.map { number($0) }).sorted()
    }

    /// The number of an event's sentence, a new one when it was not cited before.
    private mutating func number(_ event: Event) -> Int {
        number(
            EvidenceKey(document: event.document, span: event.span), quote: event.text, publisher: event.publisher,
            published: event.published, url: event.url)
    }

    private mutating func number(
        _ key: EvidenceKey, quote: String, publisher: String?, published: CalendarDate?, url: String?
    ) -> Int {
        if let number = numbers[key] { return number }
        let number = evidence.count + 1
        numbers[key] = number
        evidence.append(
            BriefEvidence(
                number: number, document: key.document, publisher: publisher, published: published, url: url,
                span: key.span, quote: quote))
        return number
    }
}

private struct EvidenceKey: Hashable {
    let document: String
    let span: Span
}

/// True for what counts as having happened: told as a fact or alleged, and not only denied.
private func counts(_ record: EventRecord) -> Bool {
    record.lead.factuality == .asserted || record.lead.factuality == .alleged
}

private func isDenial(_ event: Event) -> Bool { event.factuality == .denied || event.factuality == .negated }

private func isArms(_ record: EventRecord, _ words: Set<String>) -> Bool {
    guard [.cooperate, .aid, .agree, .request, .sanction].contains(record.lead.type) else { return false }
    let isMilitary = record.tellings.contains { $0.contexts.contains("military") }
    if isMilitary, record.lead.type == .cooperate || record.lead.type == .aid { return true }
    return record.tellings.contains { event in
        event.quantities.contains { namesWeapon("\($0.of ?? "") \($0.text)", words) }
            || (isMilitary && namesWeapon(event.text, words))
    }
}

/// `; Islamabad denied it`, where the clause does not say so itself.
private func denial(_ record: EventRecord) -> String {
    guard let denial = record.tellings.first(where: isDenial), denial != record.lead else { return "" }
    return denial.factuality == .denied
        ? "; \(denial.holder ?? "a party") denied it" : "; another telling says that it did not happen"
}

/// `: 30 attack helicopters`, the weapons and sums of money in a record.
private func amounts(_ record: EventRecord, _ words: Set<String>) -> String {
    var texts: [String] = []
    for quantity in record.tellings.flatMap(\.quantities) where !texts.contains(quantity.text) {
        if quantity.kind == "money" || namesWeapon("\(quantity.of ?? "") \(quantity.text)", words) {
            texts.append(quantity.text)
        }
    }
    return texts.isEmpty ? "" : ": " + texts.prefix(4).joined(separator: ", ")
}

private func namesWeapon(_ text: String, _ words: Set<String>) -> Bool {
    text.lowercased().split { !$0.isLetter }.contains { words.contains(String($0)) }
}

/// How much an event matters: outlets that tell it, strength, and how sure the coding is.
private func weight(_ record: EventRecord) -> Double {
    Double(record.outlets) * 4 + strength(record) + record.lead.confidence * 4
}

private func strength(_ record: EventRecord) -> Double { abs(record.lead.intensity ?? 0) }

private func quads(_ records: [EventRecord]) -> [Int] {
    var out = [0, 0, 0, 0]
    for record in records { out[record.lead.type.quad - 1] += 1 }
    return out
}

private func meanIntensity(_ records: [EventRecord]) -> Double? {
    let values = records.compactMap(\.lead.intensity)
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

private func numbers(_ records: [EventRecord], _ events: [Event], _ reports: [Report]) -> BriefHeadline {
    let counted = records.filter(counts)
    let days = records.compactMap(\.lead.days)
    return BriefHeadline(
        reports: Set(events.map(\.document)).count, outlets: EventRecord.outlets(of: events, reports: reports),
        events: records.count, tellings: events.count, quads: quads(counted), meanIntensity: meanIntensity(counted),
        from: days.map(\.first).min(), to: days.map(\.last).max())
}

/// The name that the events use most for a body; the body itself when there is none.
private func name(of body: String, _ events: [Event]) -> String {
    var counts: [String: Int] = [:]
    for actor in events.flatMap({ $0.sourceActors + $0.targetActors }) where actor.code.body == body {
        guard !actor.name.isEmpty else { continue }
        counts[actor.name, default: 0] += actor.code.sector == nil ? 100 : 1
    }
    return counts.min { (-$0.value, $0.key) < (-$1.value, $1.key) }?.key ?? body
}
