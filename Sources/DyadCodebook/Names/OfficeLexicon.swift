public import Foundation

/// Which titles name the same office, and which offices one person holds at a time.
public struct OfficeLexicon: Sendable {
    /// What a title says.
    public struct Office: Sendable, Equatable {
        /// The office's name, the same for all wordings: "foreign minister" for "top diplomat".
        public var name: String
        /// True when a state or body has one holder at a time.
        public var isSingle: Bool
        /// True for "former", "late" and the like.
        public var isPast: Bool
        /// True for an acting, deputy or disputed holder, who may stand beside another.
        public var isActing: Bool
    }

    private static let file = "rules/en/offices.tsv"
    private var names: [String: (name: String, isSingle: Bool)] = [:]
    private var past: Set<String> = []
    private var acting: Set<String> = []
    private var organs: [String: Set<String>] = [:]

    init(folder: URL, errors: inout [DataError]) {
        for row in TSVFile(Self.file, in: folder, columns: ["kind", "words", "value"], errors: &errors).rows {
            let words = row.list("words").map { $0.lowercased() }
            switch row["kind"] {
            case "one", "many": for word in words { names[word] = (row["value"], row["kind"] == "one") }
            case "past": past.formUnion(words)
            case "acting": acting.formUnion(words)
            case "organ": for word in words { organs[word] = Set(row.list("value")) }
            default:
                let message = "\(row["kind"]) is no kind; write one, many, past, acting or organ"
                errors.append(DataError(file: Self.file, line: row.line, column: 1, message: message))
            }
        }
    }

    /// True for "former" and the like.
    public func isPast(_ word: String) -> Bool { past.contains(word.lowercased()) }

    /// False when an organ of this name is known to be that of other states only: no Congress in Lebanon.
    public func isOrgan(_ name: String, of state: String) -> Bool { organs[name]?.contains(state) ?? true }

    /// The office of a title in small letters; a title of no known office is an office of its own that many may hold.
    public func office(_ title: String) -> Office {
        var words = title.lowercased().split(separator: " ").map(String.init)
        var found = Office(name: "", isSingle: false, isPast: false, isActing: false)
        while let first = words.first, words.count > 1, names[words.joined(separator: " ")] == nil {
            if past.contains(first) || first.hasPrefix("ex-") {
                found.isPast = true
            } else if acting.contains(first) {
                found.isActing = true
            } else {
                break
            }
            words.removeFirst()
        }
        let bare = words.joined(separator: " ")
        let known = names[bare]
        found.name = known?.name ?? bare
        found.isSingle = known?.isSingle ?? false
        return found
    }
}
