import DyadCore
public import Foundation

/// Parts a place from the place it lies in when both are written without a comma: "Fresno California", "Lyon France".
///
/// The tagger takes such a chain for one name, as nothing but knowledge of the world speaks against it.
public struct PlaceChain: Sendable {
    private var enclosing: Set<String> = []
    private var abbreviations: Set<String> = []
    private var qualifiers: Set<String> = []
    private var longest = 1

    /// Reads `rules/en/place_chains.tsv` in the data folder.
    public init(folder: URL) throws {
        let file = folder.appendingPathComponent("rules/en/place_chains.tsv")
        try self.init(tsv: String(contentsOf: file, encoding: .utf8))
    }

    /// Reads the file's text.
    public init(tsv: String) {
        for line in tsv.split(separator: "\n").dropFirst() where !line.hasPrefix("#") {
            let cells = line.split(separator: "\t").map(String.init)
            guard cells.count == 2 else { continue }
            let forms = cells[1].split(separator: "|").map(String.init)
            switch cells[0] {
            case "enclosing": enclosing.formUnion(forms)
            case "abbreviation": abbreviations.formUnion(forms)
            case "qualifier": qualifiers.formUnion(forms)
            default: break
            }
        }
        longest = enclosing.map { $0.split(separator: " ").count }.max() ?? 1
    }

    /// Names with chains parted; the order is kept.
    func parted(_ names: [Name], _ tokens: [Token]) -> [Name] {
        names.flatMap { name -> [Name] in
            guard name.type == .place, let cut = cut(name.tokens, tokens) else { return [name] }
            return [
                Name(type: .place, tokens: name.tokens.lowerBound..<cut),
                Name(type: .place, tokens: cut..<name.tokens.upperBound),
            ]
        }
    }

    /// Where the enclosing place begins; nil when the name is one place.
    private func cut(_ range: Range<Int>, _ tokens: [Token]) -> Int? {
        guard range.count > 1, !isEnclosing(range, tokens) else { return nil }
        for length in stride(from: min(longest, range.count - 1), to: 0, by: -1) {
            let start = range.upperBound - length
            guard isEnclosing(start..<range.upperBound, tokens) else { continue }
            return ends(tokens[start - 1]) ? start : nil
        }
        return nil
    }

    private func isEnclosing(_ range: Range<Int>, _ tokens: [Token]) -> Bool {
        let key = tokens[range].map { $0.form.lowercased() }.joined(separator: " ")
        if enclosing.contains(key) { return true }
        return abbreviations.contains(key) && tokens[range.lowerBound].form.first?.isUppercase ?? false
    }

    /// True when a name may end with this word.
    private func ends(_ token: Token) -> Bool {
        !qualifiers.contains(token.form.lowercased()) && token.form.first?.isLetter ?? false
            && !["ADP", "DET", "CCONJ", "PART"].contains(token.upos)
    }
}
