import DyadCore

/// Which code of another ontology stands for an event, its mode and its context: the first line that fits.
struct CodeMapping: Sendable {
    private var codes: [String: String] = [:]

    /// Adds a line; lines before it keep their right.
    mutating func add(_ code: String, event: String, mode: String, context: String) {
        for key in ["\(event)/\(mode)/\(context)", "\(event)/\(mode)", event] where codes[key] == nil {
            codes[key] = code
        }
    }

    /// The code of an event; one with a context of its own comes first.
    func code(_ type: EventType, mode: String?, contexts: [String]) -> String? {
        for context in contexts {
            if let code = codes["\(type.rawValue)/\(mode ?? "")/\(context)"] { return code }
        }
        return codes["\(type.rawValue)/\(mode ?? "")"] ?? codes[type.rawValue]
    }
}
