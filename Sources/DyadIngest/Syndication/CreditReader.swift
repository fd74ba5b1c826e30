import DyadCore
import Foundation

/// Finds the news agency that a report credits: in its dateline, its byline, or a line such as "With inputs from AP".
///
/// An agency that is only mentioned in running text, as in "told Reuters", is no credit.
struct CreditReader: Sendable {
    private struct Agency: Sendable {
        var name: String
        var tokens: [String]
        /// Counts only in capital letters: "AP".
        var isAcronym: Bool
    }

    private enum Kind: String { case agency, before, after }

    private var agencies: [String: [Agency]] = [:]
    private var before: [[String]] = []
    private var after: [[String]] = []

    /// Reads `rules/en/agencies.tsv`; a missing file means that no credit is known.
    init(folder: URL) throws(BlockLexiconError) {
        let url = folder.appendingPathComponent("rules/en/agencies.tsv")
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return }
        var mistakes: [BlockLexiconError.Mistake] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("kind\t") { continue }
            let cells = line.split(separator: "\t").map(String.init)
            guard cells.count >= 2, let kind = Kind(rawValue: cells[0]) else {
                mistakes.append(
                    .init(line: index + 1, column: 1, problem: "expected agency, before or after, and words"))
                continue
            }
            add(kind, cells)
        }
        if !mistakes.isEmpty { throw BlockLexiconError(file: url.path, mistakes: mistakes) }
    }

    private mutating func add(_ kind: Kind, _ cells: [String]) {
        switch kind {
        case .before: before.append(Self.tokens(cells[1]))
        case .after: after.append(Self.tokens(cells[1]))
        case .agency:
            let names = [cells[1]] + (cells.count > 2 ? cells[2].split(separator: "|").map(String.init) : [])
            for name in names {
                let tokens = Self.tokens(name)
                guard let first = tokens.first else { continue }
                let isAcronym = tokens.count == 1 && name == name.uppercased() && name.utf8.count <= 6
                agencies[first, default: []].append(Agency(name: cells[1], tokens: tokens, isAcronym: isAcronym))
            }
            for key in agencies.keys { agencies[key]?.sort { $0.tokens.count > $1.tokens.count } }
        }
    }

    private static func tokens(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return PieceReader.pieces(of: bytes, in: 0..<bytes.count).map(\.key)
    }

    /// The agency that an article credits; nil when it credits none.
    func agency(of article: Article) -> String? {
        if let dateline = article.datelineAgency {
            let bytes = Array(dateline.utf8)
            let pieces = PieceReader.pieces(of: bytes, in: 0..<bytes.count)
            return pieces.indices.lazy.compactMap { self.agency(at: $0, in: pieces)?.name }.first ?? dateline
        }
        for name in article.byline {
            if let agency = whole(Array(name.utf8), article.document) { return agency }
        }
        for span in creditLines(of: article) {
            let pieces = PieceReader.pieces(of: article.document.bytes, in: span.start..<span.end)
            if let agency = credit(in: pieces) { return agency }
        }
        return nil
    }

    private func whole(_ bytes: [UInt8], _ document: Document) -> String? {
        let pieces = PieceReader.pieces(of: bytes, in: 0..<bytes.count)
        guard let agency = agency(at: 0, in: pieces), agency.tokens.count == pieces.count else { return nil }
        return agency.name
    }

    /// The lines where credits stand: around the body, its first and its last paragraphs.
    private func creditLines(of article: Article) -> [Span] {
        let body = article.blocks.indices.filter { article.blocks[$0].label == .paragraph }
        let near = Set(body.prefix(1) + body.suffix(2))
        return article.blocks.indices.filter { index in
            switch article.blocks[index].label {
            case .paragraph: near.contains(index)
            case .byline, .dateline, .deskTag, .publication, .authorNote, .footer: true
            default: false
            }
        }.map { article.blocks[$0].span }.filter { $0.count < 4000 }
    }

    /// The agency credited in a line.
    private func credit(in pieces: [TextPiece]) -> String? {
        for index in pieces.indices {
            guard let agency = agency(at: index, in: pieces) else { continue }
            let end = index + agency.tokens.count
            if isAlone(index, end, pieces) || isInBrackets(index, end, pieces) || isAnnounced(index, pieces)
                || after.contains(where: { fits($0, at: end, pieces) })
            {
                return agency.name
            }
        }
        return nil
    }

    /// The whole line, or all but a dash.
    private func isAlone(_ start: Int, _ end: Int, _ pieces: [TextPiece]) -> Bool {
        pieces[..<start].allSatisfy { $0.isDash || $0.isSymbol("©") } && pieces[end...].allSatisfy { $0.isSymbol(".") }
    }

    /// "(Reuters)", "— AFP" or "[AP]" at the very end.
    private func isInBrackets(_ start: Int, _ end: Int, _ pieces: [TextPiece]) -> Bool {
        let rest = pieces[end...].prefix { $0.kind == .symbol }
        guard end + rest.count == pieces.count, start > 0 else { return false }
        if pieces[start - 1].isDash { return pieces[start - 1].gap > 0 && pieces[start].gap > 0 }
        guard ["(", "[", "/"].contains(pieces[start - 1].key) else { return false }
        return rest.contains { [")", "]", "/"].contains($0.key) }
    }

    /// "With inputs from", "Source:", with other agencies between at most.
    private func isAnnounced(_ start: Int, _ pieces: [TextPiece]) -> Bool {
        before.contains { phrase in
            (0...min(4, start)).contains { distance in
                let end = start - distance
                guard end >= phrase.count, fits(phrase, at: end - phrase.count, pieces) else { return false }
                return pieces[end..<start].allSatisfy {
                    $0.kind == .symbol || $0.isCapitalised || ["and", "the", "agencies"].contains($0.key)
                }
            }
        }
    }

    private func fits(_ phrase: [String], at start: Int, _ pieces: [TextPiece]) -> Bool {
        guard start >= 0, start + phrase.count <= pieces.count else { return false }
        return phrase.indices.allSatisfy { phrase[$0] == pieces[start + $0].key }
    }

    private func agency(at index: Int, in pieces: [TextPiece]) -> Agency? {
        guard index < pieces.count, pieces[index].isCapitalised else { return nil }
        return agencies[pieces[index].key]?.first { agency in
            fits(agency.tokens, at: index, pieces) && (!agency.isAcronym || pieces[index].isUpper)
        }
    }
}
