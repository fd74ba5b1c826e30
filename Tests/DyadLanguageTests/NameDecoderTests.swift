import DyadCore
import DyadTesting
import Testing

@testable import DyadLanguage

@Suite struct NameDecoderTests {
    private static let tags = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
    private let decoder = NameDecoder(tags: Self.tags)

    /// One row a word in which the named tag has the score and all others 0.
    private func scores(_ wanted: [(String, Float)]) -> [Float] {
        wanted.flatMap { tag, score in Self.tags.map { $0 == tag ? score : 0 } }
    }

    @Test func readsNamesOfSeveralWords() {
        let found = decoder.decode(scores([("B-PER", 5), ("I-PER", 5), ("O", 5), ("B-LOC", 5)]), count: 4)
        #expect(found == [Name(type: .person, tokens: 0..<2), Name(type: .place, tokens: 3..<4)])
    }

    @Test func separatesNamesThatTouch() {
        let found = decoder.decode(scores([("B-ORG", 5), ("B-ORG", 5), ("I-ORG", 5)]), count: 3)
        #expect(found == [Name(type: .organisation, tokens: 0..<1), Name(type: .organisation, tokens: 1..<3)])
    }

    @Test func continuesOnlyANameOfTheSameType() {
        // "I-LOC" is the best single choice for the second word, but no path leads there from a person.
        let found = decoder.decode(scores([("B-PER", 9), ("I-LOC", 5)]), count: 2)
        #expect(found.allSatisfy { $0.type == .person })
        #expect(
            decoder.decode(scores([("I-PER", 5), ("O", 5)]), count: 2).allSatisfy {
                $0.tokens.lowerBound != 0 || $0.type != .person || $0.tokens == 0..<1
            })
    }

    @Test func beginsAMissedName() {
        // The first word's row prefers O by little; the second insists on I-PER: the path through B-PER is the best.
        var rows = scores([("O", 1), ("I-PER", 9)])
        rows[1] = 0.5
        #expect(decoder.decode(rows, count: 2) == [Name(type: .person, tokens: 0..<2)])
    }

    @Test func findsNothingInNoWords() { #expect(decoder.decode([], count: 0).isEmpty) }

    @Test func findsTheBestPath() {
        var numbers = RepeatableNumbers(seed: 11)
        let k = Self.tags.count
        for round in 0..<60 {
            let count = Int.random(in: 1...4, using: &numbers)
            let rows = (0..<count * k).map { _ in Float.random(in: -5...5, using: &numbers) }
            let best = paths(count).max { total($0, rows) < total($1, rows) } ?? []
            #expect(decoder.decode(rows, count: count) == names(best), "round \(round)")
        }
    }

    private func total(_ path: [Int], _ rows: [Float]) -> Float {
        path.enumerated().reduce(0) { $0 + rows[$1.offset * Self.tags.count + $1.element] }
    }

    private func paths(_ count: Int) -> [[Int]] {
        var all: [[Int]] = [[]]
        for _ in 0..<count {
            all = all.flatMap { path in
                Self.tags.indices.filter { next in
                    let tag = Self.tags[next]
                    guard tag.hasPrefix("I-") else { return true }
                    return path.last.map { Self.tags[$0].dropFirst(2) == tag.dropFirst(2) } ?? false
                }.map { path + [$0] }
            }
        }
        return all
    }

    private func names(_ path: [Int]) -> [Name] {
        var out: [Name] = []
        for (index, choice) in path.enumerated() {
            let tag = Self.tags[choice]
            guard let type = NameType(rawValue: String(tag.dropFirst(2))) else { continue }
            if tag.hasPrefix("B-") {
                out.append(Name(type: type, tokens: index..<index + 1))
            } else {
                out[out.count - 1].tokens = out[out.count - 1].tokens.lowerBound..<index + 1
            }
        }
        return out
    }
}
