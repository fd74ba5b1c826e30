import DyadCodebook
import DyadCore
import Foundation

/// Counts whom comments name, each actor once a comment.
struct ActorTally {
    let lexicon: ActorLexicon
    let published: CalendarDate?

    func tally(_ comments: [ReaderComment]) -> [CommentSummary.Discussed] {
        var found: [String: CommentSummary.Discussed] = [:]
        for comment in comments {
            for (key, name) in actors(in: comment.text) {
                var entry = found[key] ?? .init(key: key, name: name, comments: 0, example: comment.text)
                entry.comments += 1
                found[key] = entry
            }
        }
        return found.values.sorted { ($1.comments, $0.key) < ($0.comments, $1.key) }
    }

    /// Keys and names of the actors of a text.
    private func actors(in text: String) -> [String: String] {
        let words = text.replacing("’", with: "'").split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "." }
            .map(Self.plain)
        var out: [String: String] = [:]
        var index = 0
        while index < words.count {
            if let (reading, count) = reading(at: index, in: words) {
                let key = reading.kind == .person ? reading.name : reading.code.body ?? reading.name
                if out[key] == nil { out[key] = reading.kind == .person ? reading.name : name(of: reading) }
                index += count
            } else {
                index += 1
            }
        }
        return out
    }

    private func name(of reading: ActorReading) -> String {
        reading.code.body.flatMap { lexicon.countries[$0]?.name } ?? reading.name
    }

    /// The longest name that begins at a word.
    private func reading(at start: Int, in words: [String]) -> (ActorReading, Int)? {
        let longest = min(lexicon.longestName(from: words[start]), words.count - start)
        guard longest > 0 else { return nil }
        for count in stride(from: longest, through: 1, by: -1) {
            let key = words[start..<start + count].joined(separator: " ")
            if let reading = choose(lexicon.readings(key), key) { return (reading, count) }
            // Readers write "pakistan"; short words are left alone.
            let isSmall = key.count >= 4 && key == key.lowercased()
            if isSmall, let reading = choose(lexicon.readings(key.capitalized), key), reading.kind != .person {
                return (reading, count)
            }
        }
        return nil
    }

    /// A reading with a code that holds on the day, unless several different ones do.
    private func choose(_ readings: [ActorReading], _ key: String) -> ActorReading? {
        let fitting = readings.filter { reading in
            guard reading.code.body != nil, reading.holds(on: published) else { return false }
            switch reading.kind {
            case .country, .demonym, .organisation, .metonym: return true
            case .person: return key.contains(" ") || key.count > 4
            case .capital, .generic: return false
            }
        }
        guard let first = fitting.first, Set(fitting.map(\.code.body)).count == 1 else { return nil }
        return first
    }

    /// A word without the possessive and full stops: "Turkey's" as "Turkey".
    private static func plain(_ word: Substring) -> String {
        var text = word.trimmingCharacters(in: ["'", "."])
        if text.hasSuffix("'s") { text.removeLast(2) }
        return text
    }
}
