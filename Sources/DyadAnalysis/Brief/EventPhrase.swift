import DyadCore

/// Says an event in one English clause: "Turkey asked Pakistan for help, according to sources familiar with the talks".
enum EventPhrase {
    /// The clause of an event, without a full stop.
    static func text(_ event: Event) -> String {
        let verb = verb(event.type, event.mode)
        let isMutual = event.targetActors.isEmpty && event.sourceActors.count > 1
        let subject = list(event.sourceActors).isEmpty ? "An unnamed actor" : list(event.sourceActors)
        let object = list(event.targetActors)
        let rest = isMutual ? verb.mutualRest : verb.rest(object)
        let past = (isMutual ? verb.mutualPast : verb.past) + rest
        let base = (isMutual ? verb.mutualBase : verb.base) + rest
        let holder = event.holder ?? "a party"
        return switch event.factuality {
        case .asserted: "\(subject) \(past)"
        case .negated: "\(subject) did not \(base)"
        case .denied: "\(holder) denied that \(subject) \(past)"
        case .alleged: "\(subject) \(past), according to \(holder)"
        case .planned: "\(subject) planned to \(base)"
        case .requested: "\(subject) \(isMutual ? "were" : "was") called on to \(base)"
        case .conditional: "\(subject) would \(base), on a condition"
        case .hypothetical: "\(subject) might \(base)"
        }
    }

    /// Names joined by commas and "and"; a sector other than the government stands in brackets.
    static func list(_ actors: [EventActor]) -> String {
        var names: [String] = []
        for actor in actors where !names.contains(name(actor)) { names.append(name(actor)) }
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }

    private static func name(_ actor: EventActor) -> String {
        let name = actor.name.isEmpty ? actor.text : actor.name
        guard let sector = actor.code.sector, sector != "GOV" else { return name }
        return "\(name) (\(sector))"
    }

    private static func verb(_ type: EventType, _ mode: String?) -> Verb {
        if let mode, let verb = ofMode["\(type.rawValue) \(mode)"] { return verb }
        return ofType[type] ?? Verb("acted", "act", "towards")
    }

    private static let ofType: [EventType: Verb] = [
        .agree: Verb("agreed", "agree", "with"),
        .consult: Verb("consulted", "consult", "with"),
        .support: Verb("voiced support", "voice support", "for"),
        .concede: Verb("made a concession", "make a concession", "to"),
        .cooperate: Verb("cooperated", "cooperate", "with"),
        .aid: Verb("gave aid", "give aid", "to"),
        .retreat: Verb("eased its stance", "ease its stance", "towards"),
        .request: Verb("made a request", "make a request", "to"),
        .accuse: Verb("accused", "accuse", ""),
        .reject: Verb("refused", "refuse", ""),
        .threaten: Verb("threatened", "threaten", ""),
        .protest: Verb("protested", "protest", "against"),
        .sanction: Verb("imposed sanctions", "impose sanctions", "on"),
        .mobilize: Verb("mobilised forces", "mobilise forces", "against"),
        .coerce: Verb("used coercion", "use coercion", "against"),
        .assault: Verb("attacked", "attack", ""),
    ]

    private static let ofMode: [String: Verb] = [
        "CONSULT visit": Verb("visited", "visit", "", mutual: ("met", "meet")),
        "CONSULT phone": Verb("spoke by telephone", "speak by telephone", "with"),
        "CONSULT third-party": Verb("conferred through a third party", "confer through a third party", "with"),
        "CONSULT multilateral": Verb("met at a multilateral meeting", "meet at a multilateral meeting", "with"),
        "RETREAT ceasefire": Verb("ceased fire", "cease fire", "with"),
        "RETREAT withdraw": Verb("withdrew", "withdraw", "from"),
        "RETREAT release": Verb("released prisoners or property", "release prisoners or property", "of"),
        "RETREAT disarm": Verb("disarmed", "disarm", "towards"),
        "RETREAT access": Verb("gave access", "give access", "to"),
        "REQUEST assist": Verb("asked", "ask", "", after: " for help"),
        "REQUEST change": Verb("asked", "ask", "", after: " for a change of course"),
        "REQUEST meet": Verb("asked", "ask", "", after: " for talks"),
        "REQUEST yield": Verb("asked", "ask", "", after: " to give way"),
        "ACCUSE disapprove": Verb("criticised", "criticise", ""),
        "ACCUSE investigate": Verb("investigated", "investigate", ""),
        "REJECT assist": Verb("refused help", "refuse help", "to"),
        "REJECT change": Verb("refused a change of course", "refuse a change of course", "towards"),
        "REJECT meet": Verb("refused talks", "refuse talks", "with"),
        "REJECT yield": Verb("refused to give way", "refuse to give way", "to"),
        "THREATEN violence": Verb("threatened", "threaten", "", after: " with force"),
        "THREATEN restrict": Verb("threatened", "threaten", "", after: " with restrictions"),
        "THREATEN relations": Verb("threatened", "threaten", "", after: " with cutting relations"),
        "THREATEN expel": Verb("threatened", "threaten", "", after: " with expulsions"),
        "THREATEN arrest": Verb("threatened", "threaten", "", after: " with arrests"),
        "THREATEN territory": Verb("threatened", "threaten", "", after: " over territory"),
        "PROTEST boycott": Verb("boycotted", "boycott", ""),
        "PROTEST demo": Verb("demonstrated", "demonstrate", "against"),
        "SANCTION expel": Verb("expelled representatives", "expel representatives", "of"),
        "SANCTION discontinue": Verb("broke off cooperation", "break off cooperation", "with"),
        "SANCTION withdraw": Verb("withdrew", "withdraw", "from"),
        "SANCTION convict": Verb("convicted people", "convict people", "of"),
        "MOBILIZE troops": Verb("moved troops", "move troops", "against"),
        "MOBILIZE weapons": Verb("deployed weapons", "deploy weapons", "against"),
        "COERCE arrest": Verb("arrested people", "arrest people", "of"),
        "COERCE deport": Verb("deported people", "deport people", "of"),
        "COERCE seize": Verb("seized property", "seize property", "of"),
        "COERCE cyber": Verb("launched a cyber attack", "launch a cyber attack", "on"),
        "COERCE restrict": Verb("imposed restrictions", "impose restrictions", "on"),
        "COERCE withhold": Verb("withheld supplies", "withhold supplies", "from"),
        "ASSAULT aerial": Verb("struck", "strike", "", after: " from the air"),
        "ASSAULT drone": Verb("struck", "strike", "", after: " with drones"),
        "ASSAULT heavy-weapons": Verb("shelled", "shell", ""),
        "ASSAULT firearms": Verb("opened fire", "open fire", "on"),
        "ASSAULT explosives": Verb("bombed", "bomb", ""),
        "ASSAULT abduct": Verb("abducted people", "abduct people", "of"),
        "ASSAULT destroy": Verb("destroyed property", "destroy property", "of"),
    ]
}

/// A verb in past and base form, with what stands before and after its object.
private struct Verb {
    let past: String
    let base: String
    let mutualPast: String
    let mutualBase: String
    private let link: String
    private let after: String

    init(
        _ past: String, _ base: String, _ link: String, after: String = "",
        mutual: (past: String, base: String)? = nil
    ) {
        self.past = past
        self.base = base
        self.link = link
        self.after = after
        mutualPast = mutual?.past ?? past
        mutualBase = mutual?.base ?? base
    }

    func rest(_ object: String) -> String {
        object.isEmpty ? after : (link.isEmpty ? " \(object)" : " \(link) \(object)") + after
    }

    var mutualRest: String {
        if mutualPast != past { return after }
        if link.isEmpty { return " each other" + after }
        return (link == "with" ? "" : " \(link) each other") + after
    }
}
