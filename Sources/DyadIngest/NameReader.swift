/// Recognises names of people in bylines.
struct NameReader {
    let bytes: [UInt8]
    let lexicon: BlockLexicon

    /// Names in the pieces of a byline without its "By"; roles, places and brackets are left out.
    func names(in pieces: [TextPiece]) -> [String] {
        let chunks = self.chunks(pieces).map { (pieces: trimmed($0.pieces), afterComma: $0.afterComma) }
        var out: [String] = []
        for chunk in chunks where isUsable(chunk.pieces) {
            if chunk.pieces.count == 1 && chunks.count > 1 { continue }
            if let name = text(chunk.pieces), !out.contains(name) { out.append(name) }
        }
        return out
    }

    /// True for a line of one to four names: capitalised words, initials and particles, parted by "and" or commas.
    func isNameLine(_ pieces: [TextPiece]) -> Bool {
        guard !pieces.isEmpty, pieces.count <= 16 else { return false }
        let parts = chunks(pieces)
        guard parts.count <= 4, let first = parts.first, isName(first.pieces) else { return false }
        return parts.dropFirst().allSatisfy { isName($0.pieces) || ($0.afterComma && isPlace($0.pieces)) }
    }

    /// "Bucharest" behind a name.
    private func isPlace(_ pieces: [TextPiece]) -> Bool {
        pieces.count <= 2 && pieces.allSatisfy { $0.isCapitalised && !lexicon.has(.english, $0.key) }
    }

    /// True for initials in brackets or with full stops.
    func isInitials(_ pieces: [TextPiece]) -> Bool {
        let words = pieces.filter { $0.kind == .word }
        guard (1...3).contains(words.count), !pieces.contains(where: { $0.kind == .number }) else { return false }
        let isBracketed = pieces.first?.isSymbol("(") == true && pieces.last?.isSymbol(")") == true
        let isDotted = words.allSatisfy { $0.key.count == 1 && $0.isCapitalised } && words.count >= 2
        return isDotted || (isBracketed && words.allSatisfy { $0.key.count <= 3 && $0.isCapitalised })
    }

    /// Two to four capitalised words that are no ordinary words.
    private func isName(_ pieces: [TextPiece]) -> Bool {
        let words = pieces.filter { $0.kind == .word }
        guard (2...5).contains(words.count), words.count(where: \.isCapitalised) >= 2 else { return false }
        guard pieces.allSatisfy({ $0.kind == .word || $0.isSymbol(".") || $0.isSymbol("-") }) else { return false }
        guard pieces.last?.isSymbol(".") != true, words.first?.isCapitalised == true else { return false }
        return words.allSatisfy { word in
            let isOrdinary =
                lexicon.has(.english, word.key) || lexicon.has(.outlet, word.key)
                || lexicon.has(.role, word.key) || lexicon.has(.lead, word.key)
            return word.isCapitalised ? !isOrdinary : lexicon.has(.particle, word.key)
        }
    }

    private func chunks(_ pieces: [TextPiece]) -> [(pieces: [TextPiece], afterComma: Bool)] {
        var out: [(pieces: [TextPiece], afterComma: Bool)] = [([], false)]
        var depth = 0
        for piece in pieces {
            if piece.isSymbol("(") { depth += 1 }
            if depth == 0 {
                if isSeparator(piece) {
                    out.append(([], piece.isSymbol(",")))
                } else {
                    out[out.count - 1].pieces.append(piece)
                }
            }
            if piece.isSymbol(")") { depth = max(0, depth - 1) }
        }
        return out.filter { !$0.pieces.isEmpty }
    }

    private func isSeparator(_ piece: TextPiece) -> Bool {
        if piece.kind == .symbol { return [",", ";", "&", "/", "|", "·", "•"].contains(piece.key) }
        return !piece.isCapitalised && ["and", "y", "et", "und", "e", "i", "ve", "en", "и", "و"].contains(piece.key)
    }

    /// Without a leading title such as "Correspondent" and without "in Landi Kotal" at the end.
    private func trimmed(_ pieces: [TextPiece]) -> [TextPiece] {
        var out = pieces
        while let first = out.first, first.kind == .symbol || lexicon.has(.role, first.key) { out.removeFirst() }
        if let cut = out.firstIndex(where: { isCut($0) }) { out.removeSubrange(cut...) }
        while let last = out.last, last.kind == .symbol && !last.isSymbol(".") { out.removeLast() }
        while let last = out.last, lexicon.has(.role, last.key) { out.removeLast() }
        return out
    }

    private func isCut(_ piece: TextPiece) -> Bool {
        if piece.kind == .symbol { return ["@", "-", "–", "—", ":"].contains(piece.key) && piece.gap > 0 }
        if piece.kind == .number { return true }
        return !piece.isCapitalised && !lexicon.has(.particle, piece.key)
    }

    private func isUsable(_ pieces: [TextPiece]) -> Bool {
        let words = pieces.filter { $0.kind == .word }
        guard let first = words.first, first.isCapitalised || first.isForeignScript, words.count <= 6 else {
            return false
        }
        return !words.contains { lexicon.has(.role, $0.key) || lexicon.has(.outlet, $0.key) }
    }

    private func text(_ pieces: [TextPiece]) -> String? {
        guard let first = pieces.first, let last = pieces.last else { return nil }
        var end = last.end
        if last.isSymbol("."), pieces.count > 1, pieces[pieces.count - 2].key.count > 1 { end = last.start }
        let words = String(decoding: bytes[first.start..<end], as: UTF8.self).split { $0.isWhitespace }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
