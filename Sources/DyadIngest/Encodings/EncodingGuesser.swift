/// Chooses the encoding of bytes that carry no mark and are no valid UTF-8.
///
/// Each candidate's characters are compared with the languages that are written in it; only letter triples with a
/// character outside ASCII count, as the others are the same in all. ISO-8859-9 is windows-1254 without the signs
/// between 0x80 and 0x9F.
struct EncodingGuesser {
    let profiles: LanguageProfiles

    /// Bytes looked at.
    static let sample = 64_000
    /// Letters compared.
    static let letters = 4000

    private static let candidates: [(encoding: TextEncoding, languages: Set<String>)] = [
        (.windows1252, ["en", "de", "fr", "es", "it", "pt", "nl", "id"]), (.windows1254, ["tr"]),
        (.windows1251, ["ru", "uk"]), (.windows1256, ["ar", "fa", "ur"]),
    ]

    /// The likeliest encoding; windows-1252 when nothing speaks for another.
    func guess(_ bytes: [UInt8]) -> TextEncoding {
        guard !profiles.isEmpty else { return .windows1252 }
        let excerpts = excerpts(of: bytes)
        guard !excerpts.isEmpty else { return .windows1252 }
        var best: (encoding: TextEncoding, score: Float) = (.windows1252, -.infinity)
        for (encoding, languages) in Self.candidates {
            let score = score(excerpts, as: encoding, languages)
            if score > best.score + 1e-4 { best = (encoding, score) }
        }
        return best.encoding
    }

    /// Upper bytes with the bytes around them.
    private func excerpts(of bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var copied = 0
        for index in 0..<min(bytes.count, Self.sample) where bytes[index] >= 0x80 {
            let start = max(copied, index - 3), end = min(bytes.count, index + 3)
            guard end > start else { continue }
            if start > copied { out.append(0x20) }
            out += bytes[start..<end]
            copied = end
            if out.count > Self.letters { break }
        }
        return out
    }

    /// Mean over the triples of the best language, less what letters that stand alone among others cost.
    private func score(_ bytes: [UInt8], as encoding: TextEncoding, _ languages: Set<String>) -> Float {
        var letters: [UInt32] = []
        letters.reserveCapacity(bytes.count)
        var holes = 0, mixed = 0, upper = 0
        for (index, byte) in bytes.enumerated() {
            let value = byte < 0x80 ? UInt32(byte) : encoding.scalar(for: byte).value
            if value == 0xFFFD { holes += 1 }
            let lowered = UnicodeValue.lowered(value)
            let script = Script(lowered)
            letters.append(script == nil ? 0x20 : lowered)
            guard byte >= 0x80, script != nil else { continue }
            upper += 1
            if script != .latin, index > 0, Script(UInt32(bytes[index - 1])) != nil { mixed += 1 }
        }
        let (sums, count) = profiles.scores(of: letters, onlyForeign: true)
        let columns = profiles.languages.indices.filter { languages.contains(profiles.languages[$0].code) }
        guard count > 0, let best = columns.map({ sums[$0] }).max() else { return -12 - Float(holes) }
        return best / Float(count) - Float(holes) - 6 * Float(mixed) / Float(max(1, upper))
    }
}
