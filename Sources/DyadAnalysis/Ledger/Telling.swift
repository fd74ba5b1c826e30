import DyadCodebook
import DyadCore

/// An event as merging sees it: numbers instead of words, so that comparing two costs little.
struct Telling: Sendable {
    var id: String
    var document: Int32
    /// Index of its sentence in the document.
    var sentence: Int32
    var type: EventType
    /// Roots of the words that tell the happening, sorted.
    var roots: [Int32]
    /// Classes of these words, sorted.
    var classes: [Int32]
    /// Bodies of those who act, sorted.
    var sources: [Int32]
    /// Bodies of those acted on, sorted; empty for a mutual event.
    var targets: [Int32]
    var isMutual: Bool
    /// First and last day, in days since 1970-01-01.
    var first: Int32
    var last: Int32
    /// True when the text itself dates it, not the day of publication.
    var isDated: Bool
    /// Number of the place and of its country; 0 for none.
    var place: Int32
    var country: Int32
    var isTown: Bool
    /// Roots of the words of the sentence, sorted.
    var terms: [Int32]
    /// Figures of the sentence, as numbers of their text.
    var numbers: [Int32]

    /// All bodies, sorted.
    var bodies: [Int32] { isMutual ? sources : Sorted.union(sources, targets) }
    /// True when it is known to within two months.
    var isFine: Bool { last - first <= 62 }
}

/// Sets as sorted arrays.
enum Sorted {
    static func shared(_ left: [Int32], _ right: [Int32]) -> Int {
        var i = 0, j = 0, count = 0
        while i < left.count, j < right.count {
            if left[i] == right[j] {
                count += 1
                i += 1
                j += 1
            } else if left[i] < right[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return count
    }

    static func meet(_ left: [Int32], _ right: [Int32]) -> Bool { shared(left, right) > 0 }

    static func union(_ left: [Int32], _ right: [Int32]) -> [Int32] { of(left + right) }

    static func of(_ values: [Int32]) -> [Int32] {
        let sorted = values.sorted()
        var out: [Int32] = []
        out.reserveCapacity(sorted.count)
        for value in sorted where out.last != value { out.append(value) }
        return out
    }
}

/// Numbers for words, given in the order of their first use.
struct Numbering {
    private var numbers: [String: Int32] = [:]
    private(set) var names: [String] = [""]

    /// The number of a word, from 1.
    mutating func number(_ word: String) -> Int32 {
        if let known = numbers[word] { return known }
        let fresh = Int32(names.count)
        numbers[word] = fresh
        names.append(word)
        return fresh
    }

    func name(_ number: Int32) -> String { names[Int(number)] }
}

/// Makes tellings of events; words of all of them share one numbering.
struct TellingMaker {
    private let lexicon: LedgerLexicon
    private(set) var words = Numbering()
    private var documents = Numbering()
    private var roots: [String: Int32] = [:]
    private var classes: [Int32: [Int32]] = [:]

    init(lexicon: LedgerLexicon) { self.lexicon = lexicon }

    /// The telling of an event; `text` is the same for copies of one document.
    mutating func telling(_ event: Event, text: String? = nil) -> Telling {
        let trigger = terms(event.trigger)
        let days = event.days
        let isMutual = event.targetActors.isEmpty && event.sourceActors.count > 1
        let names = bodies(event.sourceActors), others = bodies(event.targetActors)
        let place = event.place
        return Telling(
            id: event.id, document: documents.number(text ?? event.document), sentence: Int32(event.sentence),
            type: event.type,
            roots: trigger,
            classes: Sorted.of(trigger.flatMap { classes[$0] ?? [] }), sources: names, targets: others,
            isMutual: isMutual, first: days.map { Int32($0.first.daysSince1970) } ?? 0,
            last: days.map { Int32($0.last.daysSince1970) } ?? Int32.max / 2,
            isDated: event.isDatedByText, place: place.map { words.number($0.name) } ?? 0,
            country: place?.country.map { words.number($0) } ?? 0, isTown: place?.kind == "city",
            terms: terms(event.text), numbers: Sorted.of(event.quantities.map { words.number($0.text) }))
    }

    private mutating func bodies(_ actors: [EventActor]) -> [Int32] {
        Sorted.of(actors.map { words.number($0.code.body ?? $0.code.sector ?? $0.name) })
    }

    /// Roots of the words of a text that mean something, sorted.
    mutating func terms(_ text: String) -> [Int32] {
        var out: [Int32] = []
        for word in Words.of(text) {
            let number = root(word)
            if number > 0 { out.append(number) }
        }
        return Sorted.of(out)
    }

    /// Number of a word's root; 0 for a word without meaning of its own.
    private mutating func root(_ word: String) -> Int32 {
        if let known = roots[word] { return known }
        let low = word.lowercased()
        var number: Int32 = 0
        if !lexicon.stops.contains(low), low.utf8.count > 1 || low.first?.isNumber == true {
            let root = lexicon.root(low)
            number = words.number(root)
            if classes[number] == nil, let found = lexicon.classes[root] {
                classes[number] = Sorted.of(found.map { words.number("class " + $0) })
            }
        }
        roots[word] = number
        return number
    }
}

/// Words of a text: runs of letters and digits, hyphens and marks inside numbers kept.
enum Words {
    static func of(_ text: String) -> [String] {
        var out: [String] = []
        var word: [UInt8] = []
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            let isInside = index + 1 < bytes.count && !word.isEmpty && isWord(bytes[index + 1])
            let isMark = byte == 0x2D || (byte == 0x2C || byte == 0x2E) && isDigit(bytes[max(index, 1) - 1])
            if isWord(byte) && !isQuote(bytes, index) || isInside && isMark && isDigitOrHyphen(byte, bytes, index) {
                if byte != 0x2C { word.append(byte) }
            } else if !word.isEmpty {
                out.append(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { out.append(String(decoding: word, as: UTF8.self)) }
        return out
    }

    private static func isDigitOrHyphen(_ byte: UInt8, _ bytes: [UInt8], _ index: Int) -> Bool {
        byte == 0x2D || isDigit(bytes[index + 1])
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte >= 0x80 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
    }

    /// Curly quotes and dashes, U+2010 to U+203F, are three bytes that begin with E2 80.
    private static func isQuote(_ bytes: [UInt8], _ index: Int) -> Bool {
        for back in 0..<3 where index >= back && bytes[index - back] == 0xE2 {
            return index - back + 1 < bytes.count && bytes[index - back + 1] == 0x80
        }
        return false
    }
}

extension Event {
    /// True when the text gives the date, and not only the day of publication.
    var isDatedByText: Bool {
        guard let date else { return false }
        return (date.basis == "stated" || date.basis == "relative") && DayRange(date.value) != nil
    }
}
