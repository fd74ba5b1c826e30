/// Gathers words and rules, then numbers them and checks the whole.
struct TimeGrammarBuilder {
    private var symbols: [String: Int] = [:]
    private var categories: [String: Int] = [:]
    private var words: [String: [TimeGrammar.WordClass]] = [:]
    private var rules: [[TimeGrammar.Rule]] = []
    private var pending: [(row: TSVFile.Row, file: String)] = []

    /// Adds words of a kind; a wording of several words becomes a pattern of the category of that name.
    mutating func add(words list: [String], kind: String, value: String) {
        let kind = kind.uppercased()
        for word in list {
            let (bare, letters) = Self.letters(word)
            let pieces = Self.pieces(bare)
            if pieces.count == 1 {
                words[bare, default: []].append(.init(symbol: symbol(kind), value: value, letters: letters))
            } else {
                let elements = pieces.map { element(symbols: [symbol($0.text)], glued: $0.isGlued) }
                rules[category(kind)].append(.init(elements: elements, builder: "word", settings: ["value": value]))
            }
        }
    }

    mutating func add(rule row: TSVFile.Row, file: String, errors: inout [DataError]) {
        pending.append((row, file))
        _ = category(row["category"])
    }

    /// The finished grammar.
    mutating func grammar(file: String, errors: inout [DataError]) -> TimeGrammar {
        for (row, file) in pending { read(row, file, &errors) }
        let first = firstSymbols(file, &errors)
        return TimeGrammar(
            symbolNumbers: symbols, words: words, rules: rules, categoryNumbers: categories, first: first)
    }

    // MARK: - Rules

    private mutating func read(_ row: TSVFile.Row, _ file: String, _ errors: inout [DataError]) {
        var elements: [TimeGrammar.Element] = []
        for text in row["pattern"].split(separator: " ") {
            guard let element = element(text) else {
                errors.append(
                    DataError(
                        file: file, line: row.line, column: 0, message: "the pattern holds \(text), not understood"))
                return
            }
            elements.append(element)
        }
        guard elements.contains(where: { $0.role == .take && !$0.isOptional }) else {
            errors.append(DataError(file: file, line: row.line, column: 0, message: "the pattern takes no word"))
            return
        }
        let value = row["value"].split(separator: " ").map(String.init)
        var settings: [String: String] = [:]
        for part in value.dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            settings[sides[0]] = sides.count == 2 ? sides[1] : ""
        }
        let rule = TimeGrammar.Rule(
            elements: elements, builder: value.first ?? "", settings: settings, example: example(row, file))
        rules[category(row["category"])].append(rule)
    }

    private func example(_ row: TSVFile.Row, _ file: String) -> TimeGrammar.Example? {
        let sides = row["example"].split(separator: "=", maxSplits: 1).map { $0.trimming() }
        guard sides.count == 2 else { return nil }
        return TimeGrammar.Example(file: file, line: row.line, text: sides[0], value: sides[1])
    }

    /// `[<|<!|>|>!] [_] name|name… [:slot] [?]`; capitals are classes, `@` marks categories, the rest are literals.
    private mutating func element(_ text: Substring) -> TimeGrammar.Element? {
        var rest = text
        var role = TimeGrammar.Element.Role.take
        for (mark, meaning) in Self.marks where rest.hasPrefix(mark) && rest.count > mark.count {
            role = meaning
            rest = rest.dropFirst(mark.count)
            break
        }
        let glued = rest.hasPrefix("_") && rest.count > 1
        if glued { rest = rest.dropFirst() }
        let optional = rest.hasSuffix("?") && rest.count > 1
        if optional { rest = rest.dropLast() }
        var slot: String?
        if let colon = rest.lastIndex(of: ":"), colon != rest.startIndex, rest.last != ":" {
            slot = String(rest[rest.index(after: colon)...])
            rest = rest[..<colon]
        }
        var out = TimeGrammar.Element(
            role: role, symbols: [], categories: [], slot: slot ?? "", isOptional: optional, isGlued: glued)
        for name in rest.split(separator: "|") {
            guard add(String(name), to: &out) else { return nil }
            // Classes and categories name their slot; plain words do not.
            let isNamed = name.hasPrefix("@") && name.count > 1 || name.first?.isUppercase ?? false
            if slot == nil, isNamed, out.slot.isEmpty { out.slot = name.drop { $0 == "@" }.lowercased() }
        }
        return out.symbols.isEmpty && out.categories.isEmpty ? nil : out
    }

    private static let marks: [(String, TimeGrammar.Element.Role)] = [
        ("<!", .notBefore), (">!", .notAfter), ("<", .before), (">", .after),
    ]

    private mutating func add(_ name: String, to element: inout TimeGrammar.Element) -> Bool {
        if name.hasPrefix("@"), name.count > 1 {
            guard let number = categories[String(name.dropFirst())] else { return false }
            element.categories.append(number)
            return true
        }
        element.symbols.append(symbol(name))
        // A class may also have wordings of several words.
        if name.first?.isUppercase ?? false, let number = categories[name] { element.categories.append(number) }
        return true
    }

    // MARK: - First symbols

    /// Symbols an expression of each category may begin with; a category that begins with itself is a mistake.
    private func firstSymbols(_ file: String, _ errors: inout [DataError]) -> [[Bool]] {
        var out = [[Bool]?](repeating: nil, count: rules.count)
        var open: Set<Int> = []
        func visit(_ category: Int) -> [Bool] {
            if let known = out[category] { return known }
            var set = [Bool](repeating: false, count: symbols.count)
            guard open.insert(category).inserted else {
                let name = categories.first { $0.value == category }?.key ?? "?"
                errors.append(
                    DataError(file: file, line: 0, column: 0, message: "the category \(name) begins with itself"))
                return set
            }
            for rule in rules[category] {
                for element in rule.elements where element.role == .take {
                    for symbol in element.symbols { set[symbol] = true }
                    for inner in element.categories {
                        for (symbol, isFirst) in visit(inner).enumerated() where isFirst { set[symbol] = true }
                    }
                    if !element.isOptional { break }
                }
            }
            open.remove(category)
            out[category] = set
            return set
        }
        return rules.indices.map(visit)
    }

    // MARK: - Names

    private mutating func symbol(_ name: String) -> Int {
        if let number = symbols[name] { return number }
        symbols[name] = symbols.count
        return symbols.count - 1
    }

    private mutating func category(_ name: String) -> Int {
        if let number = categories[name] { return number }
        categories[name] = rules.count
        rules.append([])
        return rules.count - 1
    }

    private func element(symbols: [Int], glued: Bool) -> TimeGrammar.Element {
        .init(role: .take, symbols: symbols, categories: [], slot: "", isOptional: false, isGlued: glued)
    }

    /// `^May` counts only with a capital, `=daily` only without.
    private static func letters(_ word: String) -> (String, TimeGrammar.Letters) {
        if word.hasPrefix("^") { return (String(word.dropFirst()), .capital) }
        if word.hasPrefix("="), word.count > 1 { return (String(word.dropFirst()), .small) }
        return (word, .any)
    }

    /// The pieces a wording is cut into, as the words of a text are.
    private static func pieces(_ wording: String) -> [(text: String, isGlued: Bool)] {
        wording.split(separator: " ").flatMap { word in
            TimePieces.of(String(word)).enumerated().map { ($0.element.text, $0.offset > 0) }
        }
    }
}

extension Substring {
    fileprivate func trimming() -> String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
