public import Foundation

/// How languages look: the letter triples of a sample text of each.
///
/// A text is compared by the mean log probability of its triples, as in Cavnar and Trenkle, "N-Gram-Based Text
/// Categorization" (1994), with probabilities instead of ranks. Samples lie in `Data/rules/languages`.
public struct LanguageProfiles: Sendable {
    /// One language and the letters it is written in.
    struct Language: Sendable {
        var code: String
        var script: Script
        var alphabet: Set<UInt32>
        /// Log probability of a triple that the sample does not have.
        var unseen: Float
    }

    private(set) var languages: [Language] = []
    /// Of each language, the log probability of a triple that its sample does not have.
    private var unseen: [Float] = []
    /// Row of each triple in `weights`.
    private var rows: [UInt64: Int32] = [:]
    /// A row for each triple, a column for each language; 0 where the sample does not have it.
    private var weights: [Float] = []

    /// Profiles of sample texts by their languages' codes.
    public init(samples: [String: String]) {
        let counts = samples.sorted { $0.key < $1.key }.compactMap { code, text in Self.counted(code, text) }
        languages = counts.map(\.language)
        unseen = languages.map(\.unseen)
        for (column, entry) in counts.enumerated() {
            for (triple, count) in entry.triples { add(triple, Float(count) / Float(entry.total), column) }
        }
    }

    /// The profiles of a data folder; none when it has no samples.
    public static func standard(folder: URL) -> LanguageProfiles {
        let place = folder.appendingPathComponent("rules/languages")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        var samples: [String: String] = [:]
        for name in names where name.hasSuffix(".txt") {
            samples[String(name.dropLast(4))] = try? String(
                contentsOf: place.appendingPathComponent(name), encoding: .utf8)
        }
        return LanguageProfiles(samples: samples)
    }

    /// True when there is nothing to compare with.
    public var isEmpty: Bool { languages.isEmpty }

    private static func counted(_ code: String, _ text: String) -> (
        language: Language, triples: [UInt64: Int], total: Int
    )? {
        var triples: [UInt64: Int] = [:]
        var letters: [UInt32: Int] = [:]
        var scripts = [Int](repeating: 0, count: Script.allCases.count)
        var window = TripleWindow()
        for scalar in text.unicodeScalars {
            let value = UnicodeValue.lowered(scalar.value)
            let script = Script(value)
            if let script {
                letters[value, default: 0] += 1
                scripts[script.rawValue] += 1
            }
            if let triple = window.push(script == nil ? 0x20 : value) { triples[triple, default: 0] += 1 }
        }
        guard let best = scripts.indices.max(by: { scripts[$0] < scripts[$1] }), scripts[best] > 0,
            let script = Script(rawValue: best)
        else { return nil }
        let total = triples.values.reduce(0, +) + triples.count
        let language = Language(
            code: code, script: script, alphabet: Set(letters.keys), unseen: log(0.3 / Float(total)))
        return (language, triples, total)
    }

    private mutating func add(_ triple: UInt64, _ share: Float, _ column: Int) {
        let row: Int
        if let known = rows[triple] {
            row = Int(known)
        } else {
            row = rows.count
            rows[triple] = Int32(row)
            weights += [Float](repeating: 0, count: languages.count)
        }
        weights[row * languages.count + column] = log(share)
    }

    /// Sums of log probabilities of the triples of some letters, a number for each language.
    ///
    /// - Parameters:
    ///   - letters: small letters, with a space for everything else.
    ///   - onlyForeign: count only triples with a letter outside ASCII.
    ///   - script: compare only the languages written in it; the others keep 0.
    /// - Returns: the sums, and how many triples were counted.
    func scores(
        of letters: [UInt32], onlyForeign: Bool = false, in script: Script? = nil
    ) -> (sums: [Float], triples: Int) {
        var sums = [Float](repeating: 0, count: languages.count)
        var count = 0
        var window = TripleWindow()
        let columns = languages.indices.filter { script == nil || languages[$0].script == script }
        for letter in letters {
            guard let triple = window.push(letter), !onlyForeign || window.isForeign else { continue }
            count += 1
            let row = rows[triple].map { Int($0) * languages.count }
            let isForeign = window.isForeign
            for column in columns {
                let weight = row.map { weights[$0 + column] } ?? 0
                sums[column] += weight < 0 ? weight : isForeign ? foreign(window, column) : unseen[column]
            }
        }
        return (sums, count)
    }

    /// Triples with letters that the language does not use are least likely.
    private func foreign(_ window: TripleWindow, _ column: Int) -> Float {
        unseen[column] - Float(window.strangers(to: languages[column].alphabet)) * 3
    }
}

/// The last three letters of a text; runs of other signs count as one space.
struct TripleWindow {
    private var first: UInt32 = 0x20
    private var second: UInt32 = 0x20
    private var third: UInt32 = 0x20

    /// Adds a letter or a space; the triple that ends with it, if it has a letter in its middle or at its end.
    mutating func push(_ value: UInt32) -> UInt64? {
        if value == 0x20, third == 0x20 { return nil }
        (first, second, third) = (second, third, value)
        if second == 0x20 { return nil }
        return UInt64(first) << 42 | UInt64(second) << 21 | UInt64(third)
    }

    /// A letter outside ASCII is among the three.
    var isForeign: Bool { first > 0x7F || second > 0x7F || third > 0x7F }

    /// How many of the three do not belong to an alphabet.
    func strangers(to alphabet: Set<UInt32>) -> Int {
        var count = 0
        if first > 0x7F, !alphabet.contains(first) { count += 1 }
        if second > 0x7F, !alphabet.contains(second) { count += 1 }
        if third > 0x7F, !alphabet.contains(third) { count += 1 }
        return count
    }
}
