import DyadCore

/// PLOVER's rules for cases between two events.
enum BoundaryRules {
    /// Events that are events without anybody on the other side.
    static func isOneSided(_ type: EventType, _ mode: String?) -> Bool {
        type == .protest || type == .mobilize || type == .retreat && mode == "resign"
    }

    /// Mutual events that one party's sentence may tell alone: "flew to Athens and signed a declaration".
    static let signed: Set<EventType> = [.support]

    /// Events that are told for the sake of those who suffer them.
    static let harm: Set<EventType> = [.assault, .coerce]

    /// What a state does to those in its power; without another state named they are its own people.
    static func isForced(_ type: EventType, _ mode: String?) -> Bool {
        type == .coerce || type == .sanction && mode == "convict"
    }

    /// Events that reach a state through a place of it: shelling a town, massing at a border.
    static let spatial: Set<EventType> = [.assault, .mobilize, .coerce, .protest, .threaten, .aid, .retreat, .sanction]

    /// Cooperation or yielding that is only promised or planned is AGREE; announced harm is THREATEN;
    /// cooperation that somebody says will not come is REJECT.
    ///
    /// What is agreed or decided against somebody is no threat to him but the act itself, planned.
    static func retyped(
        _ type: EventType, _ mode: String?, _ factuality: Factuality, isRefusal: Bool, isCommitted: Bool
    ) -> (EventType, String?) {
        if isRefusal {
            switch type {
            case .support, .cooperate, .aid, .agree: return (.reject, "assist")
            case .consult: return (.reject, "meet")
            case .concede, .retreat: return (.reject, "yield")
            default: return (type, mode)
            }
        }
        if factuality == .negated, type == .agree { return (.reject, "change") }
        guard factuality == .planned || factuality == .conditional else { return (type, mode) }
        switch type {
        case .support, .cooperate, .aid, .consult, .concede, .retreat: return (.agree, nil)
        case .assault, .mobilize, .sanction, .coerce, .protest:
            if isCommitted { return (type, mode) }
            return (.threaten, type == .assault || type == .mobilize ? "violence" : nil)
        default: return (type, mode)
        }
    }

    /// What it is when cooperation goes on no longer: "no longer supplies the garrison".
    static func ended(_ type: EventType) -> EventType? {
        [.aid, .cooperate, .consult].contains(type) ? .sanction : nil
    }

    /// Two offices of one government, or a body and itself: no event between them.
    ///
    /// A state and its people are two sides, and so are its government, parliament and courts, and those in arms.
    static func isOneSide(_ source: ActorCode, _ target: ActorCode) -> Bool {
        guard let body = source.body, body == target.body else { return false }
        func branch(_ code: ActorCode) -> String {
            switch code.sector ?? "GOV" {
            case "GOV", "MIL", "COP", "SPY": "executive"
            case "JUD", "LEG": code.sector ?? ""
            case "REB", "UAF": "armed"
            default: "people"
            }
        }
        return branch(source) == branch(target)
    }
}
