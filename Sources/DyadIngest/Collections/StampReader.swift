import DyadCore

/// Reads the dates of feeds, sitemaps and news items: RFC 822, ISO 8601, or words.
struct StampReader {
    let lexicon: BlockLexicon

    /// The day as written, in the writer's own time zone; nil when there is none.
    func day(_ text: String?) -> CalendarDate? {
        guard let text = text?.singleSpaced, !text.isEmpty else { return nil }
        if let day = CalendarDate(text) { return day }
        if let day = compact(text) { return day }
        let bytes = Array(text.utf8.prefix(120))
        let pieces = PieceReader.pieces(of: bytes, in: 0..<bytes.count)
        return PublicationReader(lexicon: lexicon).dates(in: pieces).first?.date
    }

    /// `20240510T…`.
    private func compact(_ text: String) -> CalendarDate? {
        let digits = text.prefix(8)
        guard digits.utf8.count == 8, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return CalendarDate("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
    }
}
