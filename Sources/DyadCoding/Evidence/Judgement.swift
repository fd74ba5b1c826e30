import DyadCodebook
import DyadCore

/// The class of a predicate while the words above it are read, and who holds it.
struct Judgement {
    var label: Factuality
    /// Head of the words that name the holder; nil for the report itself.
    var holder: Int?
    /// The word that reports, asks or denies.
    var cue: Int?
    /// True while the mood of the clause above is also that of the predicate.
    var inherits = true
    /// True for what the text takes for granted under the words above: a relative clause, a known noun.
    var isBackground = false
    /// True when a noun states the claim ("the claim that"): a denial of the noun denies the predicate.
    var isNounClaim = false
    /// True for "to …" of purpose.
    var isPurpose = false
    /// True for what will or would not happen: a report of it does not deny a past.
    var isAhead = false

    init(label: Factuality) { self.label = label }

    /// The mood of a clause that the predicate shares.
    mutating func take(_ own: Factuality) {
        guard inherits else { return }
        switch (label, own) {
        case (.asserted, _): label = own
        case (.negated, .negated): label = .asserted
        case (.negated, .hypothetical), (.negated, .conditional): label = own
        default: break
        }
    }

    /// What a word says of its complement.
    ///
    /// Of what is only background in a clause, a report still says that the source holds it.
    mutating func apply(
        _ signature: CueLexicon.Signature, isNegated: Bool, holder: Int?, cue: Int?, isClause: Bool = false
    ) {
        let before = label
        let effect = isNegated ? Self.underNegation(signature) : signature.effect
        if isBackground {
            guard isClause, ["alleged", "denied"].contains(signature.effect) else { return }
            allege()
            return note(holder, cue, before: before)
        }
        switch effect {
        case "implies+", "factive", "+": break
        case "implies-", "-": turn()
        case "planned": set(.planned)
        case "requested": set(.requested)
        case "hypothetical", "?": set(.hypothetical)
        case "conditional": set(.conditional)
        case "alleged": allege()
        case "denied": deny()
        default: break
        }
        note(holder, cue, before: before)
    }

    /// A report of the predicate by somebody.
    mutating func report(_ stance: String, isNegated: Bool, holder: Int?, cue: Int?) {
        defer { inherits = false }
        let before = label
        if isBackground {
            allege()
            return note(holder, cue, before: before)
        }
        switch stance {
        case "deny": isNegated ? set(.hypothetical) : deny()
        case "doubt", "think": set(.hypothetical)
        case "demand": set(.requested)
        case "learn": break
        default: isNegated ? set(.hypothetical) : allege()
        }
        note(holder, cue, before: before)
    }

    private mutating func note(_ holder: Int?, _ cue: Int?, before: Factuality) {
        guard label != before || label != .asserted else { return }
        if self.cue == nil || label != before { self.cue = cue }
        if self.holder == nil { self.holder = holder }
    }

    /// Effect of a word on its complement when the word itself is negated.
    private static func underNegation(_ signature: CueLexicon.Signature) -> String {
        if !signature.negated.isEmpty { return signature.negated }
        switch signature.effect {
        case "implies+": return "-"
        case "implies-": return "+"
        case "factive": return "+"
        case "conditional", "hypothetical": return signature.effect
        default: return "?"
        }
    }

    private mutating func turn() {
        switch label {
        case .asserted, .planned, .requested, .conditional, .hypothetical: label = .negated
        case .negated: label = .asserted
        case .alleged where isNounClaim: label = .negated
        case .alleged, .denied: break
        }
    }

    private mutating func set(_ other: Factuality) {
        switch label {
        case .asserted: label = other
        case .negated where other == .hypothetical || other == .conditional: label = other
        // What is feared or doubted of a plan is no plan any more.
        case .planned where other == .hypothetical: label = other
        default: break
        }
    }

    private mutating func allege() {
        switch label {
        case .asserted: label = .alleged
        case .negated where !isAhead: label = .denied
        default: break
        }
    }

    private mutating func deny() {
        switch label {
        case .asserted, .planned, .hypothetical, .requested, .conditional: label = .denied
        case .negated: label = .alleged
        case .alleged: label = isNounClaim ? .denied : .hypothetical
        case .denied: label = isNounClaim ? .denied : .alleged
        }
        isNounClaim = false
    }
}
