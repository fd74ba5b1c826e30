/// A PETRARCH or TABARI verb dictionary of either generation: sets of synonyms, verbs, and the patterns around them.
///
/// What a line says is kept as conditions on the words before and after the verb. Order and adjacency inside these are
/// not kept: `- * {DIPLOMATIC TIES}` asks for both words after the verb.
public struct PetrarchVerbs: Sendable {
    /// A condition: one of these words must stand there.
    public enum Word: Sendable, Equatable, Hashable {
        case words([String])
        case synset(String)
    }

    /// A verb with the words that belong to it: `BEEF_UP`, `WIRE_+TAP`.
    public struct Verb: Sendable, Equatable {
        public var forms: [String]
        public var before: [Word]
        public var after: [Word]
        /// Its own code, where it has one.
        public var code: String?
        public var line: Int
    }

    /// One pattern of a block, or the verbs alone.
    public struct Pattern: Sendable, Equatable {
        public var verbs: [Verb]
        public var before: [Word] = []
        public var after: [Word] = []
        /// Code as written, without the part of a reciprocal one; `---` for no event.
        public var code: String
        /// Slots where the marks `$` and `+` ask for the actors in other places than usual.
        public var source: String?
        public var target: String?
        /// Both parties in one place (`%`).
        public var isMutual = false
        public var line: Int
    }

    /// A line that says what conditions on words cannot say.
    public struct Leftover: Sendable, Equatable {
        public var line: Int
        public var text: String
        public var reason: String
    }

    /// Words of each set, lower case, sets inside sets opened.
    public private(set) var synsets: [String: [String]] = [:]
    public private(set) var patterns: [Pattern] = []
    public private(set) var leftovers: [Leftover] = []
    public private(set) var mistakes: [DictionaryMistake] = []

    private let file: String
    private var raw: [String: [(word: String, line: DictionaryLine)]] = [:]
    private var openSynset: String?
    private var block: (code: String, line: Int)?
    private var verbs: [Verb] = []
    private var lines: [(line: DictionaryLine, verbs: [Verb])] = []

    /// Reads a dictionary; every mistake is kept with its place, and every good pattern.
    public init(_ text: String, file: String) {
        self.file = file
        for line in DictionaryLine.lines(text) { read(line) }
        closeBlock()
        for name in raw.keys.sorted() { synsets[name] = members(of: name, path: []) }
        for (line, verbs) in lines { readPattern(line, verbs) }
        patterns.sort { $0.line < $1.line }
        mistakes.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    private mutating func note(_ line: DictionaryLine, _ column: Int, _ message: String) {
        mistakes.append(DictionaryMistake(file: file, line: line.number, column: column, message: message))
    }

    // MARK: - Lines

    private mutating func read(_ line: DictionaryLine) {
        let text = line.text
        if text.hasPrefix("+"), let name = openSynset {
            raw[name, default: []].append((text.dropFirst().trimmed, line))
            return
        }
        openSynset = nil
        if text.hasPrefix("&") {
            let name = PetrarchVerbs.name(text.dropFirst())
            if name.isEmpty { return note(line, line.firstColumn, "a set of synonyms needs a name after &") }
            openSynset = name
            if raw[name] == nil { raw[name] = [] }
        } else if text.hasPrefix("---") {
            openBlock(line)
        } else if text.hasPrefix("~") {
            leftovers.append(
                Leftover(line: line.number, text: text, reason: "a transformation of one clause in another"))
        } else if text.hasPrefix("-") || block != nil && line.beforeBracket.contains("*") {
            if block == nil {
                return note(line, line.firstColumn, "a pattern before the first block (--- VERB [CODE] ---)")
            }
            lines.append((line, verbs))
        } else {
            readVerb(line)
        }
    }

    private mutating func openBlock(_ line: DictionaryLine) {
        closeBlock()
        var found: [(Int, String)] = []
        let bracket = line.brackets { found.append(($0, $1)) }.first
        for (column, message) in found { note(line, column, message) }
        if bracket == nil, found.isEmpty {
            note(line, line.firstColumn, "the block has no code: write --- VERB [CODE] ---")
        }
        block = (bracket?.content ?? "---", line.number)
        verbs = []
    }

    /// The verbs by themselves have the code of the block, or their own.
    private mutating func closeBlock() {
        guard let block else { return }
        for (code, same) in Dictionary(grouping: verbs, by: { $0.code ?? block.code }) {
            if let pattern = pattern(same, code, block.line) { patterns.append(pattern) }
        }
        // Patterns below the block's verbs belong to all of them, also to those that come later.
        for index in lines.indices where lines[index].line.number > block.line { lines[index].verbs = verbs }
        self.block = nil
    }

    /// `BREAK { BROKE BROKEN }`, `+BEEF_UP {+BEEFS_UP …}`, `KLM_NOP_+RST [002]`.
    private mutating func readVerb(_ line: DictionaryLine) {
        guard block != nil else {
            return note(line, line.firstColumn, "a verb before the first block (--- VERB [CODE] ---)")
        }
        var found: [(Int, String)] = []
        let code = line.brackets { found.append(($0, $1)) }.first?.content
        for (column, message) in found { note(line, column, message) }
        let parts = line.beforeBracket.split(separator: "{", maxSplits: 1).map(String.init)
        if parts.count == 2, !parts[1].contains("}") {
            note(line, (line.characters.firstIndex(of: "{") ?? 0) + 1, "this { has no }")
        }
        guard let name = parts.first?.trimmed, !name.isEmpty else {
            return note(line, line.firstColumn, "a verb is missing here")
        }
        let words = DictionaryPhrase.words(name)
        let head = words.firstIndex { $0.hasPrefix("+") } ?? 0
        func word(_ text: String) -> String { text.filter { $0 != "+" && $0 != "}" }.lowercased() }
        var forms = [word(words[head])]
        for phrase in parts.dropFirst().joined().split(whereSeparator: \.isWhitespace) {
            let form = DictionaryPhrase.words(phrase)
            let text = word(form.first { $0.hasPrefix("+") } ?? form.first ?? "")
            if words.count == 1 || form.contains(where: { $0.hasPrefix("+") }), !text.isEmpty, !forms.contains(text) {
                forms.append(text)
            }
        }
        verbs.append(
            Verb(
                forms: forms, before: words[..<head].map { .words([word($0)]) },
                after: words[(head + 1)...].map { .words([word($0)]) }, code: code, line: line.number))
    }

    // MARK: - Synonyms

    private static func name(_ text: some StringProtocol) -> String {
        var name = text.trimmed.uppercased().prefix { !$0.isWhitespace }
        while name.last == "_" { name.removeLast() }
        return String(name)
    }

    private mutating func members(of name: String, path: [String]) -> [String] {
        var out: [String] = []
        for (word, line) in raw[name] ?? [] {
            guard word.hasPrefix("&") else {
                let words = DictionaryPhrase.words(word.filter { !"(){}".contains($0) })
                if words.isEmpty { note(line, line.firstColumn, "a word is missing after +") }
                out.append(words.joined(separator: " ").lowercased())
                continue
            }
            let inner = PetrarchVerbs.name(word.dropFirst())
            if path.contains(inner) || inner == name {
                note(line, line.firstColumn, "&\(inner) contains itself")
            } else if raw[inner] == nil {
                note(line, line.firstColumn, "no set of synonyms is called &\(inner)")
            } else {
                out += members(of: inner, path: path + [name])
            }
        }
        var seen: Set<String> = []
        return out.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    // MARK: - Patterns

    private mutating func readPattern(_ line: DictionaryLine, _ verbs: [Verb]) {
        var found: [(Int, String)] = []
        let bracket = line.brackets { found.append(($0, $1)) }.last
        for (column, message) in found { note(line, column, message) }
        guard let bracket else {
            if found.isEmpty { note(line, line.characters.count, "the pattern has no code: write [CODE] behind it") }
            return
        }
        // Some dictionaries leave the dash out.
        let body = Array(line.beforeBracket.drop { $0 == "-" })
        guard let star = body.firstIndex(of: "*") else {
            return note(line, line.firstColumn, "the pattern has no * where the verb stands")
        }
        let last = body.lastIndex(of: "*") ?? star
        if body[star...last].contains(where: { $0 != "*" }) {
            return note(line, line.firstColumn + last + 1, "a second * in the pattern")
        }
        guard var out = pattern(verbs, bracket.content, line.number) else {
            return note(line, bracket.column, "a code is missing between [ and ]")
        }
        let isReversed = bracket.content.hasPrefix(":")
        read(body[..<star], line, isBefore: true, &out)
        read(body[(last + 1)...], line, isBefore: false, &out)
        if isReversed { (out.source, out.target) = ("obj,of,by,from", "subj") }
        if verbs.isEmpty { return note(line, line.firstColumn, "the block of this pattern has no verb") }
        patterns.append(out)
    }

    private func pattern(_ verbs: [Verb], _ code: String, _ line: Int) -> Pattern? {
        let parts = code.split(separator: ":").map(\.trimmed)
        guard let first = parts.first, !first.isEmpty else { return nil }
        return Pattern(verbs: verbs, code: first, line: line)
    }

    /// Words on one side of the verb, with the marks of actors among them.
    private mutating func read(
        _ side: ArraySlice<Character>, _ line: DictionaryLine, isBefore: Bool, _ out: inout Pattern
    ) {
        var preposition: String?
        var depth = 0
        for piece in PetrarchVerbs.pieces(side) {
            switch piece {
            case "(": depth += 1
            case ")":
                depth -= 1
                preposition = nil
            case "{", "}", "^": continue
            case "+": if isBefore { out.target = "subj" }
            case "$": if !isBefore { out.source = preposition.map { "\($0),subj" } ?? "obj,subj" }
            case "%": out.isMutual = true
            default:
                for word in words(piece, line) {
                    if depth > 0, preposition == nil, case .words(let forms) = word { preposition = forms.first }
                    if isBefore { out.before.append(word) } else { out.after.append(word) }
                }
            }
        }
        if out.target == "subj", out.source == nil { out.source = isBefore ? "obj,by,from" : nil }
    }

    /// Words, brackets and marks of a pattern, each by itself.
    private static func pieces(_ side: ArraySlice<Character>) -> [String] {
        var out: [String] = []
        var run = ""
        func close() {
            if !run.isEmpty { out.append(run) }
            run = ""
        }
        for character in side {
            if character.isWhitespace {
                close()
            } else if "(){}%^$+".contains(character) {
                close()
                out.append(String(character))
            } else {
                run.append(character)
            }
        }
        close()
        return out
    }

    private static let articles: Set<String> = ["the", "a", "an"]

    /// The words of one piece, parted at `_` unless that is part of a set's name.
    private mutating func words(_ piece: String, _ line: DictionaryLine) -> [Word] {
        if piece.hasPrefix("&") {
            let name = PetrarchVerbs.name(piece.dropFirst())
            if raw[name] != nil { return [.synset(name)] }
            // `&TIETYPES_RELATIONS`: the longest name that there is, then words.
            var parts = name.split(separator: "_")
            var rest: [Substring] = []
            while let last = parts.popLast() {
                rest.insert(last, at: 0)
                if raw[parts.joined(separator: "_")] != nil {
                    return [.synset(parts.joined(separator: "_"))] + words(rest.joined(separator: "_"), line)
                }
            }
            note(line, column(of: piece, in: line), "no set of synonyms is called &\(name)")
            return []
        }
        let parts = piece.split(separator: "_")
        return parts.enumerated().flatMap { index, part -> [Word] in
            if part.hasPrefix("&") { return words(parts[index...].joined(separator: "_"), line) }
            if index > 0, parts[..<index].contains(where: { $0.hasPrefix("&") }) { return [] }
            let word = part.lowercased()
            return PetrarchVerbs.articles.contains(word) || word.isEmpty ? [] : [.words(PetrarchVerbs.numbers(word))]
        }
    }

    private func column(of piece: String, in line: DictionaryLine) -> Int {
        let wanted = Array(piece)
        let all = line.characters
        guard wanted.count <= all.count else { return line.firstColumn }
        return (0...(all.count - wanted.count)).first { Array(all[$0..<$0 + wanted.count]) == wanted }.map { $0 + 1 }
            ?? line.firstColumn
    }

    /// A plural with its singular: dictionaries write both for either.
    static func numbers(_ word: String) -> [String] {
        guard word.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss") else { return [word] }
        if word.hasSuffix("ies") { return [word, word.dropLast(3) + "y"] }
        return [word, String(word.dropLast())]
    }
}
