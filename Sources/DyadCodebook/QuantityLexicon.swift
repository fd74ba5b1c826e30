import Foundation

/// Number words, units, currencies and the nouns that denote people.
///
/// Read from `rules/en/quantities.tsv`, `units.tsv`, `currencies.tsv` and `person_nouns.tsv`.
public struct QuantityLexicon: Sendable {
    /// A unit of measure, time or share.
    public struct Unit: Sendable, Equatable {
        public var name: String
        /// `measure`, `duration`, `percent` or `money`.
        public var kind: String

        /// A unit of a kind.
        public init(name: String, kind: String) {
            self.name = name
            self.kind = kind
        }
    }

    /// A currency by its ISO 4217 code, with the states that use it.
    public struct Currency: Sendable, Equatable {
        public var code: String
        public var countries: [String]
    }

    private var tables: [String: PhraseTable<String>] = [:]
    /// Units by names in lower case, by signs as written, and by letters that touch their number.
    public private(set) var unitNames = PhraseTable<Unit>()
    public private(set) var unitSymbols = PhraseTable<Unit>()
    public private(set) var unitLetters = PhraseTable<Unit>()
    /// Currencies by name, in the order of the file, and by sign or code.
    public private(set) var currencyNames = PhraseTable<[Currency]>()
    public private(set) var currencySymbols = PhraseTable<[Currency]>()
    private var persons: Set<String> = []

    init(folder: URL, errors: inout [DataError]) {
        let words = TSVFile("rules/en/quantities.tsv", in: folder, columns: ["kind", "word", "value"], errors: &errors)
        for row in words.rows {
            for word in row.list("word") { tables[row["kind"], default: PhraseTable()].insert(word, row["value"]) }
        }
        readUnits(folder, &errors)
        readCurrencies(folder, &errors)
        let nouns = TSVFile("rules/en/person_nouns.tsv", in: folder, columns: ["noun"], errors: &errors)
        persons = Set(nouns.rows.map { $0["noun"] })
    }

    private mutating func readUnits(_ folder: URL, _ errors: inout [DataError]) {
        let columns = ["unit", "kind", "names", "symbols", "glued"]
        for row in TSVFile("rules/en/units.tsv", in: folder, columns: columns, errors: &errors).rows {
            let unit = Unit(name: row["unit"], kind: row["kind"])
            for name in row.list("names") { unitNames.insert(name, unit) }
            for symbol in row.list("symbols") { unitSymbols.insert(symbol, unit) }
            for letter in row.list("glued") { unitLetters.insert(letter, unit) }
        }
    }

    private mutating func readCurrencies(_ folder: URL, _ errors: inout [DataError]) {
        let columns = ["code", "names", "symbols", "countries"]
        for row in TSVFile("rules/en/currencies.tsv", in: folder, columns: columns, errors: &errors).rows {
            let currency = Currency(code: row["code"], countries: row.list("countries"))
            for name in row.list("names") { currencyNames.update(name) { $0 = ($0 ?? []) + [currency] } }
            for symbol in row.list("symbols") { currencySymbols.update(symbol) { $0 = ($0 ?? []) + [currency] } }
        }
    }

    /// Number behind a word of a kind (`number`, `scale`, `ordinal`, …).
    public func number(_ kind: String, _ word: String) -> Double? { tables[kind]?[word].flatMap(Double.init) }

    /// Value of a word or phrase of a kind (`before`, `casualty`, …).
    public func value(_ kind: String, _ word: String) -> String? { tables[kind]?[word] }

    /// True when a word is listed under a kind.
    public func has(_ kind: String, _ word: String) -> Bool { tables[kind]?[word] != nil }

    /// The longest phrase of a kind that begins at a word.
    public func match(_ kind: String, at start: Int, in words: [String]) -> (value: String, count: Int)? {
        tables[kind]?.match(at: start, in: words)
    }

    /// True for a noun, in lemma form, that denotes a person.
    public func isPerson(_ noun: String) -> Bool { persons.contains(noun) }
}
