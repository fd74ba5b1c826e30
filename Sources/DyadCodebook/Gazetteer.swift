import Foundation

/// A place of the gazetteer.
public struct GazetteerPlace: Sendable, Equatable {
    public var name: String
    /// ISO alpha-3; nil for seas.
    public var country: String?
    public var kind: String
    public var latitude: Double
    public var longitude: Double
    public var population: Int
}

/// Places by name, several under one name in falling order of population.
///
/// Read from `lexicons/en/places.tsv` and every `.tsv` file in `lexicons/en/places/`, in the order of their names, then
/// from `places/` of a user's additional lexicon. A place
/// that an earlier file has is not added again; a later file may add names to it.
public struct Gazetteer: Sendable {
    private var places: [GazetteerPlace] = []
    /// Indices of places by name, in falling order of population.
    private var byName: [String: [Int32]] = [:]
    private var firstWords: [String: Int] = [:]
    /// Words around place names.
    public let words: PlaceWords

    init(folder: URL, additional: URL? = nil, errors: inout [DataError]) {
        words = PlaceWords(folder: folder, errors: &errors)
        var known: [String: [Int32]] = [:]
        for name in ["lexicons/en/places.tsv"] + Self.files("lexicons/en/places", in: folder) {
            read(name, folder, &known, &errors)
        }
        if let additional {
            for name in Self.files("places", in: additional) { read(name, additional, &known, &errors) }
        }
        for key in byName.keys {
            byName[key]?.sort { (places[Int($1)].population, $0) < (places[Int($0)].population, $1) }
        }
    }

    /// The files of a folder of places, by their paths in the folder around it.
    private static func files(_ place: String, in folder: URL) -> [String] {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(place).path)) ?? []
        return names.filter { $0.hasSuffix(".tsv") }.sorted().map { "\(place)/\($0)" }
    }

    // MARK: - Reading

    private static let columns = ["name", "country", "kind", "latitude", "longitude", "population", "names"]

    /// Reads one file line by line; the lines are many, so cells are slices of the text and not tables of strings.
    private mutating func read(
        _ name: String, _ folder: URL, _ known: inout [String: [Int32]], _ errors: inout [DataError]
    ) {
        guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else {
            errors.append(DataError(file: name, line: 0, column: 0, message: "the file is missing or is not UTF-8"))
            return
        }
        var order: [Int?] = []
        var width = 0
        for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard let first = line.first, first != 0x23 else { continue }
            let cells = line.split(separator: 0x09, omittingEmptySubsequences: false)
            if order.isEmpty {
                let header = cells.map { String(Substring($0)) }
                width = header.count
                order = Self.columns.map { header.firstIndex(of: $0) }
                for (column, at) in zip(Self.columns, order) where at == nil {
                    errors.append(
                        DataError(file: name, line: index + 1, column: 0, message: "the header has no column \(column)")
                    )
                }
            } else if cells.count > width {
                errors.append(
                    DataError(
                        file: name, line: index + 1, column: width + 1,
                        message: "\(cells.count) cells, but \(width) columns"))
            } else {
                func cell(_ column: Int) -> String {
                    order[column].flatMap { $0 < cells.count ? String(Substring(cells[$0])) : nil } ?? ""
                }
                add(cell, &known, DataError(file: name, line: index + 1, column: 4, message: ""), &errors)
            }
        }
    }

    private mutating func add(
        _ cell: (Int) -> String, _ known: inout [String: [Int32]], _ at: DataError, _ errors: inout [DataError]
    ) {
        guard let latitude = Double(cell(3)), let longitude = Double(cell(4)) else {
            var error = at
            error.message = "latitude and longitude are decimal degrees"
            errors.append(error)
            return
        }
        let country = cell(1)
        let place = GazetteerPlace(
            name: cell(0), country: country.isEmpty ? nil : country, kind: cell(2), latitude: latitude,
            longitude: longitude, population: Int(cell(5)) ?? 0)
        let index = index(of: place, &known)
        insert(place.name, index)
        for other in cell(6).utf8.split(separator: 0x7C) { insert(String(Substring(other)), index) }
    }

    /// The place's number: that of the same place when an earlier line has it.
    private mutating func index(of place: GazetteerPlace, _ known: inout [String: [Int32]]) -> Int32 {
        for index in known[place.name] ?? [] {
            let other = places[Int(index)]
            if other.country == place.country, other.kind == place.kind, abs(other.latitude - place.latitude) < 0.5,
                abs(other.longitude - place.longitude) < 0.5
            {
                return index
            }
        }
        places.append(place)
        known[place.name, default: []].append(Int32(places.count - 1))
        return Int32(places.count - 1)
    }

    private mutating func insert(_ text: String, _ index: Int32) {
        let words = Self.isPlain(text) ? [text] : ActorLexicon.words(text)
        guard let first = words.first else { return }
        let key = words.count == 1 ? first : words.joined(separator: " ")
        if byName[key]?.contains(index) ?? false { return }
        byName[key, default: []].append(index)
        firstWords[first] = max(firstWords[first] ?? 0, words.count)
    }

    /// True for a name of one word that no rule cuts.
    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { ![0x20, 0x2C, 0x2D, 0x2F, 0x27].contains($0) && $0 != 0xE2 }
    }

    // MARK: - Looking up

    /// Number of places.
    public var count: Int { places.count }

    /// Longest place name, in words, that begins with a word as written.
    public func longestName(from word: String) -> Int { firstWords[word] ?? 0 }

    /// Places of a name whose words are joined by single spaces.
    public func places(_ key: String) -> [GazetteerPlace] { (byName[key] ?? []).map { places[Int($0)] } }
}
