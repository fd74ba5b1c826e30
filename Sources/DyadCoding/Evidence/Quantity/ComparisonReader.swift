import DyadCodebook
import DyadCore

/// Reads how exact an amount is meant: "at least", "nearly", "or more".
struct ComparisonReader {
    let pieces: QuantityPieces
    let sentence: Sentence
    let lexicon: QuantityLexicon
    /// Longest phrase looked for, in words.
    private static let longest = 5

    /// The phrase that ends before a piece: its sign and where it begins.
    func before(_ start: Int) -> (sign: String, start: Int)? {
        for length in stride(from: min(Self.longest, start), to: 0, by: -1) {
            let range = start - length..<start
            guard let sign = lexicon.value("before", pieces.words[range].joined(separator: " ")) else { continue }
            // "handed over six prisoners": the particle of a verb compares nothing.
            if length == 1, sentence.tokens[pieces.tokens[range.lowerBound]].relation == "compound:prt" { return nil }
            return (sign, range.lowerBound)
        }
        return nil
    }

    /// The phrase that begins at a piece, such as "or more".
    func after(_ end: Int) -> (sign: String, end: Int)? {
        if pieces.word(end) == "+", pieces.glued(end) { return (">=", end + 1) }
        guard let found = lexicon.match("after", at: end, in: pieces.words) else { return nil }
        return (found.value, end + found.count)
    }
}
