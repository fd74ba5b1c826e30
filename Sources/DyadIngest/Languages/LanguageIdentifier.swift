import DyadCore

/// Names the language of a block of text.
struct LanguageIdentifier {
    let profiles: LanguageProfiles
    /// Shorter blocks in Latin letters are not judged.
    static let minimumLetters = 40
    /// Letters looked at.
    static let sample = 240
    /// How much better, per triple, another language must fit than English.
    static let margin: Float = 0.35

    /// The language of a block when it is another than English; nil for English and for what cannot be told.
    func foreignLanguage(of bytes: [UInt8], in span: Span) -> String? {
        let sample = LetterSample(bytes: bytes, range: span.start..<min(span.end, bytes.count), limit: Self.sample)
        guard sample.letters >= 4, let script = sample.mainScript else { return nil }
        if script == .latin { return latin(LetterSample(smallWordsOf: sample)) }
        if script == .han, sample.share(of: .kana) > 0.05 { return "ja" }
        if let language = script.language { return language }
        return other(sample, script)
    }

    /// By words in small letters: a list of names in another language does not make an English sentence foreign.
    private func latin(_ sample: LetterSample) -> String? {
        guard sample.letters >= Self.minimumLetters else { return nil }
        let (sums, count) = profiles.scores(of: sample.values, in: .latin)
        guard count > 0, let english = profiles.languages.firstIndex(where: { $0.code == "en" }),
            let best = best(sums, .latin), best != english,
            (sums[best] - sums[english]) / Float(count) > Self.margin
        else { return nil }
        return profiles.languages[best].code
    }

    /// Letters that no language of the profiles uses make the text one of unknown language, `und`.
    private func other(_ sample: LetterSample, _ script: Script) -> String? {
        guard let best = best(profiles.scores(of: sample.values, in: script).sums, script) else { return "und" }
        return profiles.languages[best].code
    }

    private func best(_ sums: [Float], _ script: Script) -> Int? {
        profiles.languages.indices.filter { profiles.languages[$0].script == script }.max { sums[$0] < sums[$1] }
    }
}

/// The first letters of a text, small, with spaces for everything else.
private struct LetterSample {
    private(set) var values: [UInt32] = []
    private(set) var letters = 0
    private var scripts = [Int](repeating: 0, count: Script.allCases.count)
    /// Where words begin with a capital letter, in `values`.
    private var capitals: Set<Int> = []

    /// The words of a sample that begin with a small letter.
    init(smallWordsOf sample: LetterSample) {
        var isKept = false
        for (index, value) in sample.values.enumerated() {
            let isStart = index == 0 || sample.values[index - 1] == 0x20
            if isStart { isKept = !sample.capitals.contains(index) }
            guard isKept else { continue }
            values.append(value)
            if value != 0x20 { letters += 1 }
        }
    }

    init(bytes: [UInt8], range: Range<Int>, limit: Int) {
        values.reserveCapacity(limit * 5 / 4)
        var index = range.lowerBound
        while index < range.upperBound, letters < limit {
            let (scalar, length) = ScalarReader.scalar(in: bytes, at: index)
            let value = UnicodeValue.lowered(scalar)
            if let script = Script(value) {
                letters += 1
                scripts[script.rawValue] += 1
                if value != scalar, values.last ?? 0x20 == 0x20 { capitals.insert(values.count) }
                values.append(value)
            } else if values.last != 0x20 {
                values.append(0x20)
            }
            index += length
        }
    }

    /// The script of more than half of the letters; of Chinese and Japanese, Chinese.
    var mainScript: Script? {
        if (scripts[Script.han.rawValue] + scripts[Script.kana.rawValue]) * 2 > letters {
            return scripts[Script.kana.rawValue] * 20 > letters ? .kana : .han
        }
        return Script.allCases.first { scripts[$0.rawValue] * 2 > letters }
    }

    func share(of script: Script) -> Double { Double(scripts[script.rawValue]) / Double(max(1, letters)) }
}
