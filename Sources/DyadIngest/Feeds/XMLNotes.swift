/// What was wrong with a file, each kind once, with its first place and how often it came.
struct XMLNotes {
    enum Kind: CaseIterable {
        case bareAmpersand, unknownEntity, controlCharacter, strayBracket, strayEnd, unclosedTag, unclosedQuote
        case unclosedComment, unclosedElement, unclosedItem, tooLarge, cutOff

        fileprivate var words: String {
            switch self {
            case .bareAmpersand: "\"&\" that is not written as \"&amp;\""
            case .unknownEntity: "unknown entity, left as it stands"
            case .controlCharacter: "control character, read as a space"
            case .strayBracket: "\"<\" that opens no tag"
            case .strayEnd: "end tag without its start tag"
            case .unclosedTag: "tag without its \">\""
            case .unclosedQuote: "attribute without its closing quotation mark"
            case .unclosedComment: "comment or instruction without its end"
            case .unclosedElement: "element that is not closed"
            case .unclosedItem: "item that is not closed before the next one begins"
            case .tooLarge: "item too large to be read"
            case .cutOff: "the file is cut off"
            }
        }
    }

    private(set) var found: [Kind: (byte: Int, count: Int)] = [:]

    var isEmpty: Bool { found.isEmpty }

    mutating func add(_ kind: Kind, at byte: Int) {
        let before = found[kind]
        found[kind] = (before?.byte ?? byte, (before?.count ?? 0) + 1)
    }

    /// One sentence for each kind, by place.
    func sentences(of bytes: [UInt8]) -> [String] {
        let lines = LineNumbers(bytes: bytes, places: found.values.map(\.byte))
        return found.sorted { ($0.value.byte, "\($0.key)") < ($1.value.byte, "\($1.key)") }.map { kind, place in
            let times = place.count > 1 ? " (\(place.count) times, first here)" : ""
            return "line \(lines[place.byte]): \(kind.words)\(times)"
        }
    }
}

/// Line numbers of some bytes, found in one pass.
struct LineNumbers {
    private var lines: [Int: Int] = [:]

    init(bytes: [UInt8], places: [Int]) {
        var line = 1, start = 0
        for place in places.sorted() {
            let end = min(place, bytes.count)
            if end > start {
                line += bytes[start..<end].count { $0 == 0x0A }
                start = end
            }
            lines[place] = line
        }
    }

    /// Line of a byte, from 1; 0 for one that was not asked for.
    subscript(_ byte: Int) -> Int { lines[byte] ?? 0 }
}
