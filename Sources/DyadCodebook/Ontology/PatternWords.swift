import Foundation

/// The cell `pattern` of a codebook's line: the trigger's lemmas with their part of speech, then conditions.
struct PatternWords {
    /// Lemmas of the trigger; empty for any word.
    var heads: Set<String> = []
    /// `v`, `n`, `a`; empty for any part of speech.
    var pos = ""
    var constraints: [SlotConstraint] = []
    /// What is wrong with the cell; empty when all is well.
    var mistakes: [String] = []

    /// Reads a cell; conditions may name word classes.
    init(_ text: String, classes: [String: Set<String>]) {
        let parts = text.split(separator: " ").map(String.init)
        if let first = parts.first, first != "*" {
            guard let slash = first.lastIndex(of: "/"), ["v", "n", "a"].contains(first[first.index(after: slash)...])
            else {
                mistakes.append("a pattern begins with lemma/pos, as in sign/v, or with * for any word")
                return
            }
            heads = Set(first[..<slash].split(separator: "|").map { $0.lowercased() }).subtracting(["*"])
            pos = String(first[first.index(after: slash)...])
        }
        for part in parts.dropFirst() {
            if let constraint = TriggerLexicon.constraint(part, classes) {
                constraints.append(constraint)
            } else {
                mistakes.append("\(part) is not slot=words or names an unknown class")
            }
        }
    }
}
