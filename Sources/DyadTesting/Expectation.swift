public import DyadCore

/// Why a line is no expectation.
public struct ExpectationMistake: Error, Equatable {
    public var message: String
}

/// One line below `----`: an event that must be there, one that must not, or nothing at all.
public struct Expectation: Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable { case event, never, nothing }

    public var kind: Kind
    public var type: EventType?
    /// `TUR`, `PKK`, or with a sector `TUR/MIL`; `*` for anybody.
    public var sources: [String] = []
    /// Empty when all parties act, and for an event on nobody.
    public var targets: [String] = []
    public var isMutual = false
    public var factuality: Factuality?
    public var mode: String?
    /// The words that express the event.
    public var trigger: String?
    /// Words or code of whoever says it.
    public var accordingTo: String?
    public var date: String?
    public var place: String?
    /// Figures of the event as value and unit: `30/item`, `1500000000/USD`.
    public var figures: [String] = []
    /// Line in the file.
    public var line: Int
    public var description: String

    /// Reads a line such as `event REQUEST TUR > PAK asserted "seeks" mode=assist according-to "officials"`.
    public init(_ text: String, at line: Int) throws(ExpectationMistake) {
        var words = try Self.words(text)
        guard let first = words.first, let kind = Kind(rawValue: first.text), !first.isQuoted else {
            throw ExpectationMistake(message: "a line begins with event, never or nothing")
        }
        self.kind = kind
        self.line = line
        description = text
        words.removeFirst()
        if kind == .nothing {
            guard words.isEmpty else { throw ExpectationMistake(message: "nothing stands alone") }
            return
        }
        guard let word = words.first, let type = EventType(rawValue: word.text) else {
            throw ExpectationMistake(message: "\(words.first?.text ?? "nothing") is no PLOVER event")
        }
        self.type = type
        words.removeFirst()
        try readParties(&words)
        try readRest(words)
    }

    private mutating func readParties(_ words: inout [Word]) throws(ExpectationMistake) {
        var side: [String] = []
        var isAfterArrow = false
        while let word = words.first, !word.isQuoted,
            word.text == ">" || word.text == "+" || word.text == "," || Self.isParty(word.text)
        {
            words.removeFirst()
            switch word.text {
            case ">":
                (sources, side, isAfterArrow) = (side, [], true)
            case "+": isMutual = true
            case ",": break
            default: side.append(word.text)
            }
        }
        if isAfterArrow { targets = side } else { sources = side }
        if sources.isEmpty || isAfterArrow && targets.isEmpty {
            throw ExpectationMistake(message: "name the parties, as in TUR > PAK or TUR + PAK")
        }
        if isMutual, isAfterArrow || sources.count < 2 {
            throw ExpectationMistake(message: "parties of a mutual event are joined by +, without >")
        }
    }

    private mutating func readRest(_ words: [Word]) throws(ExpectationMistake) {
        var expectsSpeaker = false
        for word in words {
            if expectsSpeaker {
                accordingTo = word.text
                expectsSpeaker = false
            } else if word.isQuoted {
                trigger = word.text
            } else if let factuality = Factuality(rawValue: word.text) {
                self.factuality = factuality
            } else if word.text == "according-to" {
                expectsSpeaker = true
            } else if let equals = word.text.firstIndex(of: "=") {
                try set(String(word.text[..<equals]), String(word.text[word.text.index(after: equals)...]))
            } else {
                throw ExpectationMistake(
                    message: "\(word.text) is neither a factuality nor name=value nor quoted words")
            }
        }
        if expectsSpeaker { throw ExpectationMistake(message: "according-to needs the words or the code of a speaker") }
    }

    private mutating func set(_ key: String, _ value: String) throws(ExpectationMistake) {
        switch key {
        case "mode": mode = value
        case "date": date = value
        case "place": place = value
        case "figure": figures.append(value)
        default: throw ExpectationMistake(message: "\(key)= is not known; there are mode=, date=, place= and figure=")
        }
    }

    // MARK: - Words of a line

    private struct Word {
        var text: String
        var isQuoted: Bool
    }

    private static func isParty(_ text: String) -> Bool {
        text == "*"
            || text.first?.isUppercase ?? false
                && text.allSatisfy { $0.isUppercase || $0.isNumber || "/-".contains($0) }
    }

    /// Cuts at spaces and commas; words in double quotes stay together.
    private static func words(_ text: String) throws(ExpectationMistake) -> [Word] {
        var out: [Word] = []
        var run = ""
        var isQuoted = false
        func close(_ quoted: Bool) {
            if !run.isEmpty || quoted { out.append(Word(text: run, isQuoted: quoted)) }
            run = ""
        }
        for character in text {
            if character == "\"" {
                close(isQuoted)
                isQuoted.toggle()
            } else if isQuoted {
                run.append(character)
            } else if character == " " || character == "\t" {
                close(false)
            } else if character == "," {
                close(false)
                out.append(Word(text: ",", isQuoted: false))
            } else {
                run.append(character)
            }
        }
        if isQuoted { throw ExpectationMistake(message: "a quotation mark is not closed") }
        close(false)
        return out
    }
}
